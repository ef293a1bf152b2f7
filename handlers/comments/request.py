"""The values that the worker is given for an annotated copy: its comments and their places."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.findings import FindingPlace


@dataclass(frozen=True, slots=True)
class CommentNote:
    """One comment: where, for which kind of return, and its paragraphs."""

    where: FindingPlace
    kind: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommentRequest:
    """`author` and `initials` are shown beside each comment; `at` is "2010-04-01T10:00:00Z"."""

    notes: tuple[CommentNote, ...]
    author: str
    initials: str
    at: str
