"""What is done about a letter hangs on a reason, and on no sentence that people read."""

from __future__ import annotations

import re
from pathlib import Path

from outbox.writing.letter_reasons import LetterReason

ROOT = Path(__file__).parents[2]


def test_the_register_knows_every_reason_and_no_other() -> None:
    schema = (ROOT / "outbox" / "schema" / "01-letters.sql").read_text("utf-8")
    known = re.search(r"CHECK \(reason IN \((.*?)\)\)", schema, re.S)
    assert known is not None
    assert set(re.findall(r"'([^']*)'", known[1])) == {"", *LetterReason}


def test_every_reason_has_words_of_its_own() -> None:
    words = [reason.words for reason in LetterReason]
    assert all(words)
    assert len(set(words)) == len(words)


def test_no_query_compares_the_words() -> None:
    """To mend the English of a reason must not change what is done about rows that are there."""
    compared = re.compile(r"\banswer (?:= (?:\?|'[^'])|(?:NOT )?IN [({?])")
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for room in ("outbox", "commands")
        for path in (ROOT / room).rglob("*.py")
        for found in compared.finditer(path.read_text("utf-8"))
        if not re.search(r"answer = \?, reason", path.read_text("utf-8")[found.start() :][:24])
    ]
    assert wrong == []
