"""A stamp put into a document: read again by the reader, and nothing else touched."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from handlers.context import Context
from handlers.document import STAMP_PROPERTY, Stamp
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import UnreadableFile
from handlers.readers.word.stamping import CUSTOM_PROPERTIES_PART, stamp_document, stamp_task
from handlers.register.register import Stamps
from intake.keys import Keys
from tests import builders as build
from tests.registry import KINDS

STAMPS = Stamps(Keys(b"v" * 32, b"m" * 32))
TEXT = STAMPS.format_stamp(Stamp("N12", "GP", "chronology"))
BLANK = build.blank_chronology()


def properties(docx: bytes) -> dict[str, str]:
    reading = open_word(docx)
    list(reading.iter_blocks())
    return reading.traits.properties


def members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "docx", [BLANK, build.strict(BLANK), build.macro_enabled(BLANK)], ids=["docx", "strict", "docm"]
)
def test_the_reader_finds_the_stamp_again(docx: bytes) -> None:
    assert properties(stamp_document(docx, TEXT)) == {STAMP_PROPERTY: TEXT}


def test_every_other_part_is_as_it_was() -> None:
    before, after = members(BLANK), members(stamp_document(BLANK, TEXT))
    assert set(after) - set(before) == {CUSTOM_PROPERTIES_PART}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "_rels/.rels"}


def test_stamping_again_changes_the_stamp_and_keeps_other_properties() -> None:
    other = STAMPS.format_stamp(Stamp("N13", "POL", "imr"))
    once = stamp_document(BLANK, TEXT)
    part = members(once)[CUSTOM_PROPERTIES_PART].replace(STAMP_PROPERTY.encode(), b"Their own")
    both = stamp_document(_with(once, CUSTOM_PROPERTIES_PART, part), other)
    assert properties(both) == {"Their own": TEXT, STAMP_PROPERTY: other}
    assert properties(stamp_document(both, TEXT)) == {"Their own": TEXT, STAMP_PROPERTY: TEXT}
    assert list(members(both)).count(CUSTOM_PROPERTIES_PART) == 1


def test_the_same_stamp_makes_the_same_file() -> None:
    assert stamp_document(BLANK, TEXT) == stamp_document(BLANK, TEXT)


def test_a_stamped_template_is_judged_as_before_and_says_whose_it_is() -> None:
    docx = build.make_chronology(build.STORIES["GP"])
    question = JudgingRequest(Context(date(2010, 4, 1)), "docx", "docx")
    (before,) = judge_document(docx, question, KINDS)
    (after,) = judge_document(stamp_document(docx, TEXT), question, KINDS)
    assert (before.clues.issued, after.clues.issued) == (None, TEXT)
    assert before.findings == after.findings


@pytest.mark.parametrize("value", ["Child N was seen", "N12/GP/chronology/" + "z" * 32, "x" * 500])
def test_a_property_that_is_no_stamp_does_not_leave_the_worker(value: str) -> None:
    """Failure mode 89."""
    question = JudgingRequest(Context(date(2010, 4, 1)), "docx", "docx")
    (judgement,) = judge_document(stamp_document(BLANK, value), question, KINDS)
    assert judgement.clues.issued is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", build.zipped([("a.txt", b"x")])])
def test_what_is_no_word_document_is_not_stamped(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        stamp_document(data, TEXT)
    assert stamp_task(data, TEXT, None) == (None, [])


def _with(docx: bytes, name: str, content: bytes) -> bytes:
    return build.packed({**members(docx), name: content})
