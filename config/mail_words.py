"""What the service listens for in mail: absences, claims to carry a document, web-mail domains.

Does: reads `config/mail_words.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: mail, pydantic. The confined worker imports this before it is confined.
Known limits: a board that wants other words edits the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MailWords:
    """All of it, in lower case."""

    absent: tuple[str, ...]  # how the subject of an absence note begins
    claims: tuple[str, ...]  # words that say a document comes with the message
    footers: tuple[str, ...]  # words of a line that every message of a house carries
    quoted: tuple[str, ...]  # how a line begins that somebody else's words follow
    webmail: frozenset[str]  # domains


def _read(path: Path) -> MailWords:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    absent = (words for language in raw["absent"].values() for words in language)
    claims = raw["claims"]
    return MailWords(
        absent=_lower(absent),
        claims=_lower(claims["words"]),
        footers=_lower(claims["footers"]),
        quoted=_lower(claims["quoted"]),
        webmail=frozenset(_lower(raw["webmail"]["domains"])),
    )


def _lower(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


MAIL_WORDS = _read(Path(__file__).with_suffix(".toml"))
