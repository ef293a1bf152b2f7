"""Objects embedded in a document: which only show something, and which can act or reach out."""

from __future__ import annotations

import pytest

from handlers.document import DANGERS
from handlers.readers.word.document import open_word
from handlers.readers.word.embedded_objects import HARMLESS_CLASSES, danger_of_content
from tests import builders as build
from tests import builders_objects as made
from tests.builders_dangers import macro_enabled, remote_template
from tests.builders_workbook import workbook_file

DOCUMENT = build.make_imr()
SHEET = workbook_file([("A", "B")])
EXCEL = made.ole(made.EXCEL, Workbook=b"x" * 5_000, x1_CompObj=b"c")


def dangers(content: bytes, **more: str) -> list[str]:
    reading = open_word(made.with_object(DOCUMENT, content, **more))
    list(reading.iter_blocks())
    assert set(reading.traits.dangers) <= set(DANGERS)
    return reading.traits.dangers


@pytest.mark.parametrize(
    "content",
    [
        EXCEL,
        made.ole(made.WORD, WordDocument=b"x"),
        made.ole(made.VISIO, VisioDocument=b"x"),
        made.ole(made.EQUATION, Equation_Native=b"\x1c\0\0\0" + b"\x02\x84\x78\x00" * 40),
        made.ole(made.EXCEL_2007, Package=SHEET),
        made.ole(made.EXCEL, Workbook=b"x", x1_Ole=bytes(20)),
    ],
    ids=["Excel", "Word", "Visio", "an equation", "Excel in a wrapping", "not a link"],
)
def test_a_small_object_of_a_known_class_is_ordinary(content: bytes) -> None:
    assert dangers(content) == []


@pytest.mark.parametrize("program", ["Excel.Sheet.12", "Word.Document.12", "Package"])
def test_an_embedded_office_file_is_what_it_is_and_not_what_it_is_called(program: str) -> None:
    more = {"name": "sheet.xlsx", "kind": "package", "program": program}
    assert dangers(SHEET, **more) == []
    assert dangers(DOCUMENT, **more) == []
    assert dangers(remote_template(DOCUMENT), **more) == ["embedded-object:text"]
    assert dangers(macro_enabled(DOCUMENT), **more) == ["embedded-object:text"]
    assert dangers(made.with_object(DOCUMENT, SHEET), **more) == ["embedded-object:text"]


@pytest.mark.parametrize("program", ["Package", "Excel.Sheet.8", "Equation.3"])
@pytest.mark.parametrize(
    ("content", "word"),
    [
        (made.ole(made.PACKAGE, x1_Ole10Native=b"x" * 90), "packed-file"),
        (made.ole(made.EXCEL, Workbook=b"x", x1_Ole10Native=b"x"), "packed-file"),
        (made.ole(made.EXCEL, Workbook=b"x", MBD1={"\x01Ole10Native": b"x"}), "packed-file"),
        (made.ole(made.EQUATION, x1_OLE10nAtIvE=b"x"), "packed-file"),
        (made.ole(made.PACKAGE, Workbook=b"x"), "embedded-object"),
        (made.ole(made.EXCEL, WordDocument=b"x"), "embedded-object"),
        (made.ole("00000000-0000-0000-0000-000000000000", Workbook=b"x"), "embedded-object"),
        (made.ole("f20da720-c02f-11ce-927b-0800095ae340", Contents=b"x"), "embedded-object"),
        (made.ole(made.EXCEL, Workbook=b"x", _VBA_PROJECT_CUR={"x": b"x"}), "embedded-object"),
        (made.ole(made.EXCEL, Workbook=b"x", x3_OCXNAME=b"x"), "active-control"),
        (made.ole(made.EXCEL, Workbook=b"x", x1_Ole=b"\1\0\0\2\1\0\0\0"), "linked-object"),
        (made.ole(made.EQUATION, Equation_Native=b"\x08\x01" + b"A" * 60), "embedded-object"),
        (made.ole(made.EXCEL_2007, Package=macro_enabled(DOCUMENT)), "embedded-object"),
        (made.ole(made.EXCEL_2007, Package=b"MZ"), "embedded-object"),
        (EXCEL[:600], "embedded-object"),
        (b"MZ\x90", "embedded-object"),
        (b"", "embedded-object"),
    ],
)  # fmt: skip
def test_what_can_act_or_reach_out_is_a_danger_whatever_program_it_names(
    content: bytes, word: str, program: str
) -> None:
    """Failure mode 50: a package does not hide under the name of another program."""
    assert dangers(content, program=program) == [f"{word}:text"]


def test_a_package_is_found_under_any_name_and_relation() -> None:
    packed = made.ole(made.PACKAGE, x1_Ole10Native=b"x")
    for name in ("image1.png", "thing.xml", "x.dat"):
        assert dangers(packed, name=name, kind="image") == ["packed-file"]


def test_every_harmless_class_has_a_stream_to_be_known_by() -> None:
    assert all(
        streams and all(s == s.lower() for s in streams) for streams in HARMLESS_CLASSES.values()
    )


def test_no_bytes_raise() -> None:
    for length in range(0, len(EXCEL), 97):
        assert danger_of_content(EXCEL[:length]) in ("", "embedded-object")
