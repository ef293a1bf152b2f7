"""Whether a sentence takes back what a form says, puts it off, or makes a condition of it.

Does: looks at one sentence, or one line, by the words of `config/taken_back.toml`.
Trusts: those words.
Never touches: where the sentence stands: `handlers/checks/form/final.py` does.
Known limits: words that are not there take nothing back; what is honest in words that are there is
asked about, and a person answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from config.document_words import TAKEN_BACK
from handlers.values.normalise import fold

LONGEST_LINE = 12  # words of a line that only says that the form is a draft
_NAMED = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"[.!?]+(?:\s+|$)|\n")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break ends one."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


@lru_cache(maxsize=1024)
def takes_back(sentence: str, *, beside: bool = False) -> bool:
    """Whether a sentence says that what the form says is not so yet, or not without a condition.
    `beside` the words of a statement it is about them, whatever else it names."""
    words = fold(sentence)
    if not _patterns("takes_back", "of_a_draft", "if_about").search(words):
        return False
    words = _patterns("honest").sub(" honest ", words)
    if _patterns("settled").search(words):
        return False
    if _patterns("elsewhere").search(words) and not (
        beside or _patterns("approving").search(words)
    ):
        return False
    draft = _patterns("of_a_draft").search(words) and not _patterns("finished").search(words)
    if draft or _patterns("takes_back").search(words):
        return True
    about = beside or _patterns("about").search(words) is not None
    return about and _patterns("if_about").search(words) is not None


def is_draft(line: str, titles: str = "") -> bool:
    """Whether a line says nothing but that the form is a draft, or provisional: "DRAFT v2",
    "Status: Draft". `titles` are words of the form's own title."""
    words = fold(line).split()
    if not 0 < len(words) <= LONGEST_LINE + len(titles.split()):
        return False
    drafts, beside = TAKEN_BACK["draft"], TAKEN_BACK["beside"]
    if not any(word in drafts for word in words) or ("final" in words and "draft" not in words):
        return False
    own = {*drafts, *beside, *fold(titles).split()}
    final = "final" in words and "final draft" not in " ".join(words)
    return not final and all(word in own or _is_number(word) for word in words)


def is_history(line: str) -> bool:
    """Whether a line tells of a version that is no draft any more."""
    words = f" {fold(line).replace('final draft', '').replace('not ', 'not_')} "
    return any(f" {word} " in words for word in TAKEN_BACK["history"])


def _is_number(word: str) -> bool:
    return word.lstrip("v").isdigit() or re.fullmatch(r"\d+(?:st|nd|rd|th|[a-d])", word) is not None


@lru_cache(maxsize=16)
def _patterns(*names: str) -> re.Pattern[str]:
    """All patterns of some lists as one, the lists that they name put in."""
    ways = [_NAMED.sub(_listed, way) for name in names for way in TAKEN_BACK[name]]
    return re.compile(rf"\b(?:{'|'.join(f'(?:{way})' for way in ways)})(?!\w)")


def _listed(named: re.Match[str]) -> str:
    words: Sequence[str] = sorted(TAKEN_BACK[named[1]], key=len, reverse=True)
    return f"(?:{'|'.join(words)})"
