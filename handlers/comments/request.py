"""What is asked of the worker: which comments, where, in whose name.

Does: names the values that go into the worker for an annotated copy.
Trusts: the findings they are made of.
Never touches: the document.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.findings import Where


@dataclass(frozen=True, slots=True)
class Note:
    """One comment: where, for which kind of return, and its paragraphs."""

    where: Where
    kind: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """`author` and `initials` are shown beside each comment; `at` is "2010-04-01T10:00:00Z"."""

    notes: tuple[Note, ...]
    author: str
    initials: str
    at: str
