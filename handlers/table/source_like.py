"""Words that say where an entry comes from, told from words that say what happened.

Does: tells a source ("GP records", "Letter from the hospital") by its length and its words.
Trusts: nothing in the cells.
Never touches: findings.
Known limits: English words. What neither is nor is not one in its own column counts for nothing; it
takes most rows of two columns to say that these have changed places (`handlers/table/swap.py`).
"""

from __future__ import annotations

from handlers.typed.fold import fold

LONGEST = 70  # characters
WORDS = 8
FEW, TALE = 3, 6  # words of a bare source, and of a tale beside it

_SOURCES = frozenset({
    "record", "records", "recording", "notes", "note", "file", "files", "log", "logs", "letter",
    "letters", "report", "reports", "system", "database", "register", "minutes", "interview",
    "email", "emails", "sheet", "card", "book", "form", "diary", "summary", "print", "printout",
    "correspondence", "fax", "paper", "electronic", "emis", "systmone", "rio", "pnc", "cris", "ics",
    "carefirst", "liquidlogic", "proforma", "chronology", "conversation", "recollection", "archive",
    "archived", "referral", "transcript", "cad", "statement", "ledger", "index",
})  # fmt: skip
_TELLS = frozenset({
    "was", "were", "is", "are", "has", "had", "said", "told", "seen", "attended", "sent",
    "received", "rang", "visited", "called", "did",
})  # fmt: skip


def is_source(text: str) -> bool:
    """Whether a text looks like a source and like nothing else."""
    if not text or len(text) > LONGEST:
        return False
    words = fold(text).split()
    return 0 < len(words) <= WORDS and not _SOURCES.isdisjoint(words) and _TELLS.isdisjoint(words)


def is_tale(text: str, beside: str) -> bool:
    """Whether a text under the heading of sources tells what happened: it is none, and is longer
    than what stands under the heading of events."""
    length = len(text.split())
    if length < FEW or is_source(text):
        return False
    return is_source(beside) or (len(beside.split()) < FEW and length >= TALE)
