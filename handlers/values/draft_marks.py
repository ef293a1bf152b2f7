"""Says whether what stands on a front sheet, in a title or in a margin marks a draft.

The words are those of `config/unfinished_report_words.toml`. A draft of which a later line names
the final version, or a first whole one, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from config.word_lists import UNFINISHED
from handlers.values.normalise import fold_text
from handlers.values.unfinished import PHRASES

_NUMBER = re.compile(
    r"(?:version |v|issue )?(\d)\.(\d{1,2})(?![.\d])"
)  # "0.1", "v1.0", at the start

# What a report is called now, beside its label: "Version: 0.9 draft".
_CURRENT = re.compile(
    r"\W*(?:document |report |current )?(?:version|status)(?: no| number| control)?\.?\s*[:\t\n]",
    re.I,
)
_PARTS = re.compile(r"\s+[-\u2010-\u2015|/]+\s+|\s*[\u2013\u2014:;,()\[\]*.]+\s*")
_NUMBERED = re.compile(r"\s*(?:v(?:ersion)?|no)?\.?\s*\d[\d.]*\s*$", re.I)
_POINT = re.compile(r"(?<=\d)\.(?=\d)")  # of a number
_LINE_MARKS = frozenset(fold_text(words) for words in UNFINISHED["line_marks"])
_SHOUTED = re.compile(r"\bDRAFT\b")
MAX_LINE = 14  # words of a line that is a mark or a title


def is_line_marked(line: str) -> bool:
    """Whether a line marks a draft by itself, beside a title or not: "DRAFT v0.3 - first tenancy",
    "Second tenancy (draft)". A sentence of which "draft" is a word does not."""
    words = fold_text(line).split()
    final = "final" in words and not PHRASES.has("not_finals", words)
    if final or not 0 < len(line.split()) <= MAX_LINE:
        return False
    if _SHOUTED.search(line) and any(map(str.islower, line)):
        return is_marked_draft(line)
    parts = [_NUMBERED.sub("", part) for part in _PARTS.split(_POINT.sub("", line))]
    named = [fold_text(part) for part in parts if part.strip()]
    return bool(named) and bool({named[0], named[-1]} & _LINE_MARKS)


def is_still_draft(lines: Iterable[str]) -> bool:
    """Whether any line marks a draft, and none below it says that this one is final."""
    return find_draft_line(list(lines)) is not None


def find_draft_line(lines: Sequence[str]) -> str | None:
    """The last line that marks a draft, where none below it says that this one is final. The one
    line that is labelled as its version counts, whatever a history says."""
    labelled = (line for line in lines if _CURRENT.match(line))
    current = [line for line in labelled if _tells_version(line) or is_marked_draft(line)]
    if len(current) == 1 and is_marked_draft(current[0]):
        return current[0]
    marked: str | None = None
    past = False  # a version of several, which a later one may replace
    early = False  # and numbered as one before the first whole one
    for line in lines:
        if is_marked_draft(line):
            past = (past or marked is None) and _tells_version(line)
            early = _whole_number(line) == 0
            marked = line
        elif (
            marked is not None
            and past
            and (_is_final(fold_text(line).split()) or (early and _is_whole(line)))
        ):
            marked = None
    return marked


def is_marked_draft(line: str) -> bool:
    """Whether a line marks a draft: "DRAFT", "Draft v2 - not yet approved"."""
    words = PHRASES.without("no_marks", fold_text(line).split())
    last = max(PHRASES.ends("marks", words), default=None)
    return last is not None and not _is_final(words[last:])


def label_of_version(line: str) -> str:
    """The label beside which a line says what the report is called now, "Status"; "" for none."""
    found = _CURRENT.match(line)
    return found[0].strip(" \t\n:.-*") if found else ""


def _tells_version(line: str) -> bool:
    """Whether it is of a history of versions, with a number or a day."""
    return any(char.isdigit() for char in line)


def _whole_number(line: str) -> int | None:
    """The whole part of the number a version begins with: 1 of "1.0 Following review"."""
    found = _NUMBER.match(line.strip().casefold())
    return int(found[1]) if found else None


def _is_whole(line: str) -> bool:
    """Whether a version of a history is a first whole one, or a later, that tells what it was made
    after; nothing in it may say that it goes to somebody still."""
    words = fold_text(line).split()
    open_ = (PHRASES.has(kind, words) for kind in ("not_finals", "not_wholes", "marks"))
    return bool(_whole_number(line)) and PHRASES.has("wholes", words) and not any(open_)


def _is_final(words: Sequence[str]) -> bool:
    if PHRASES.has("not_finals", words) or PHRASES.has("marks", words):
        return False
    numbered = any(word[:1].isdigit() or word[:1] == "v" for word in words)
    return "final" in words or (numbered and PHRASES.has("finals", words))
