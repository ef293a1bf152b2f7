"""A stamp put into a document: read again by the reader, and nothing else touched."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from handlers.context import Context
from handlers.document import PROPERTY, Stamp
from handlers.judging.arrival import Question
from handlers.judging.judging import judge_document
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import Refusal
from handlers.readers.word.stamping import PART, stamp_task, stamped
from handlers.register.register import Stamps
from intake.keys import Keys
from tests import builders as build
from tests.registry import KINDS

STAMPS = Stamps(Keys(b"v" * 32, b"m" * 32))
TEXT = STAMPS.text(Stamp("N12", "GP", "chronology"))
BLANK = build.blank_chronology()


def properties(docx: bytes) -> dict[str, str]:
    reading = open_word(docx)
    list(reading.blocks())
    return reading.traits.properties


def members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "docx", [BLANK, build.strict(BLANK), build.macro_enabled(BLANK)], ids=["docx", "strict", "docm"]
)
def test_the_reader_finds_the_stamp_again(docx: bytes) -> None:
    assert properties(stamped(docx, TEXT)) == {PROPERTY: TEXT}


def test_every_other_part_is_as_it_was() -> None:
    before, after = members(BLANK), members(stamped(BLANK, TEXT))
    assert set(after) - set(before) == {PART}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "_rels/.rels"}


def test_stamping_again_changes_the_stamp_and_keeps_other_properties() -> None:
    other = STAMPS.text(Stamp("N13", "POL", "imr"))
    once = stamped(BLANK, TEXT)
    part = members(once)[PART].replace(PROPERTY.encode(), b"Their own")
    both = stamped(_with(once, PART, part), other)
    assert properties(both) == {"Their own": TEXT, PROPERTY: other}
    assert properties(stamped(both, TEXT)) == {"Their own": TEXT, PROPERTY: TEXT}
    assert list(members(both)).count(PART) == 1


def test_the_same_stamp_makes_the_same_file() -> None:
    assert stamped(BLANK, TEXT) == stamped(BLANK, TEXT)


def test_a_stamped_template_is_judged_as_before_and_says_whose_it_is() -> None:
    docx = build.chronology(build.STORIES["GP"])
    question = Question(Context(date(2010, 4, 1)), "docx", "docx")
    (before,) = judge_document(docx, question, KINDS)
    (after,) = judge_document(stamped(docx, TEXT), question, KINDS)
    assert (before.clues.issued, after.clues.issued) == (None, TEXT)
    assert before.findings == after.findings


@pytest.mark.parametrize("value", ["Child N was seen", "N12/GP/chronology/" + "z" * 32, "x" * 500])
def test_a_property_that_is_no_stamp_does_not_leave_the_worker(value: str) -> None:
    """Failure mode 89."""
    question = Question(Context(date(2010, 4, 1)), "docx", "docx")
    (judgement,) = judge_document(stamped(BLANK, value), question, KINDS)
    assert judgement.clues.issued is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", build.zipped([("a.txt", b"x")])])
def test_what_is_no_word_document_is_not_stamped(data: bytes) -> None:
    with pytest.raises(Refusal):
        stamped(data, TEXT)
    assert stamp_task(data, TEXT, None) == (None, [])


def _with(docx: bytes, name: str, content: bytes) -> bytes:
    return build.packed({**members(docx), name: content})
