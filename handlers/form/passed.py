"""What there is on a form that a letter may call in order, each part with its phrase.

Does: names the parts that stand on the form; `handlers/vouching.py` takes off those that a finding
tells against.
Trusts: the sheet.
Never touches: findings.
Known limits: a blank that was not filled in, or is filled in by a digital signature, is not named.
"""

from __future__ import annotations

from collections.abc import Mapping

from config.parts import called
from handlers.form.marks import EMPTY
from handlers.form.sheet import Sheet


def parts_on(sheet: Sheet) -> Mapping[str, str]:
    """The phrase of each part that the form has: "all 17 answers", "the date"."""
    filled = [entry for entry in sheet.entries if entry.filled and entry.text]
    there = {
        "statements": bool(sheet.standings) and not _left_empty(sheet),
        "answers": bool(sheet.asked),
        "signature": any(entry.field.reads_as == "signature" for entry in filled),
        "dates": any(entry.key == "date" for entry in filled),
    }
    count = {"answers": len(sheet.asked)}
    return {part: called(part, count.get(part, 1)) for part, has in there.items() if has}


def _left_empty(sheet: Sheet) -> bool:
    """Whether a box that somebody may tick stands empty anywhere on it."""
    return any(char in EMPTY for p in sheet.passages for char in p.text)
