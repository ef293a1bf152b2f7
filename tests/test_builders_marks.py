"""Each mark in a cell is there in the XML, and hides from python-docx what it should hide."""

from __future__ import annotations

import io

import pytest
from docx import Document
from lxml import etree

from tests.builders import (
    DOCUMENT,
    STORIES,
    in_content_control,
    legacy_check_box,
    parts,
    placeholder,
    split_runs,
    symbol,
    tracked_deletion,
    tracked_insertion,
    tracked_replacement,
    tracked_row,
)
from tests.builders_package import W
from tests.papers.chronology_paper import make_chronology
from tests.papers.qa_paper import make_qa_form

GOOD = make_chronology(STORIES["SCH"])
EVENT = STORIES["SCH"][1].event


def found(docx: bytes, path: str) -> list[str]:
    root = etree.fromstring(parts(docx)[DOCUMENT])
    hits = root.xpath(path, namespaces={"w": W})
    assert isinstance(hits, list)
    return [str(hit) for hit in hits]


def seen_by_python_docx(docx: bytes, row: int, column: int) -> str:
    return Document(io.BytesIO(docx)).tables[0].rows[row - 1].cells[column - 1].text


def test_an_insertion_hides_from_python_docx() -> None:
    """Failure mode 54."""
    docx = tracked_insertion(GOOD, 3, "Event")
    assert found(docx, "//w:ins//w:t/text()") == [EVENT]
    assert seen_by_python_docx(docx, 3, 8) == ""


def test_a_deletion_keeps_its_words_as_deleted_text() -> None:
    docx = tracked_deletion(GOOD, 3, "Event")
    assert found(docx, "//w:del//w:delText/text()") == [EVENT]
    assert found(docx, "//w:del//w:t/text()") == []


def test_a_replacement_is_a_deletion_and_an_insertion() -> None:
    docx = tracked_replacement(GOOD, 3, "Date", "13/01/2009")
    assert found(docx, "//w:delText/text()") == ["12/01/2009"]
    assert found(docx, "//w:ins//w:t/text()") == ["13/01/2009"]


@pytest.mark.parametrize(("kind", "text"), [("ins", "w:t"), ("del", "w:delText")])
def test_a_whole_row_is_tracked(kind: str, text: str) -> None:
    docx = tracked_row(GOOD, 3, kind)  # type: ignore[arg-type]
    assert len(found(docx, f"//w:tr[3]/w:trPr/w:{kind}/@w:id")) == 1
    assert EVENT in found(docx, f"//w:tr[3]//w:{kind}//{text}/text()")


@pytest.mark.parametrize(
    ("around", "path"),
    [
        ("runs", "//w:tc/w:p/w:sdt/w:sdtContent/w:r/w:t/text()"),
        ("paragraph", "//w:tc/w:sdt/w:sdtContent/w:p/w:r/w:t/text()"),
        ("cell", "//w:tr/w:sdt/w:sdtContent/w:tc//w:t/text()"),
        ("row", "//w:tbl/w:sdt/w:sdtContent/w:tr//w:t/text()"),
        ("table", "//w:body/w:sdt/w:sdtContent/w:tbl//w:t/text()"),
    ],
)
def test_a_content_control_stands_around_it(around: str, path: str) -> None:
    """Failure mode 54."""
    docx = in_content_control(GOOD, around, 3, "Event")  # type: ignore[arg-type]
    assert EVENT in found(docx, path)
    assert len(found(docx, "//w:sdt/w:sdtPr/w:id/@w:val")) == 1


def test_a_placeholder_is_an_empty_control() -> None:
    docx = placeholder(GOOD, 3, "Event")
    assert found(docx, "//w:sdt[.//w:showingPlcHdr]//w:t/text()") == ["Click here to enter text."]


def test_split_runs_read_the_same() -> None:
    docx = split_runs(GOOD, 3, "Event")
    assert seen_by_python_docx(docx, 3, 8) == EVENT
    assert len(found(docx, "//w:tr[3]/w:tc[8]//w:r/w:t")) == len(EVENT)


def test_a_symbol_stands_for_a_tick() -> None:
    docx = symbol(make_qa_form(), 2, "Yes", table=2)
    assert found(docx, "//w:tbl[2]/w:tr[2]//w:sym/@w:char") == ["F0FE"]
    assert len(found(docx, "//w:tbl[2]/w:tr[2]//w:sdt")) == 2


@pytest.mark.parametrize("ticked", [True, False])
def test_a_form_field_check_box_replaces_the_control(ticked: bool) -> None:
    docx = legacy_check_box(make_qa_form(), 2, "Yes", table=2, ticked=ticked)
    assert found(docx, "//w:instrText/text()")[-1].strip() == "FORMCHECKBOX"
    assert len(found(docx, "//w:ffData/w:checkBox/w:checked")) == int(ticked)
    assert len(found(docx, "//w:tbl[2]/w:tr[2]//w:sdt")) == 2
