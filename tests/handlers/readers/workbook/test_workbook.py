"""Spreadsheets, read far enough to tell a chronology from any other list."""

from __future__ import annotations

from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.context import Context
from handlers.document import Row
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from handlers.readers import workbook
from handlers.readers import workbook as reader
from handlers.readers.word.errors import DamagedFile, DangerousFile, FileTooBig
from handlers.readers.workbook import NotAWorkbook, open_workbook
from tests.builders import STORIES, escaping_member, truncated, with_doctype
from tests.builders_workbook import STRICT, Rows, S, workbook_file
from tests.papers.chronology_paper import CHRONOLOGY_HEADINGS

TOLD = load_kinds()
ENTRIES: Rows = [
    (39845 + n, "09:15", "GP", "Child N", "1", "Y", "GP records", e.event, "")
    for n, e in enumerate(STORIES["GP"])
]
CHRONOLOGY: Rows = [CHRONOLOGY_HEADINGS, *ENTRIES]
ROTA: Rows = [
    ("Date", "Time", "Agency", "Attendees", "Room", "Chair", "Minutes", "Notes"),
    ("01/02/2010", "10:00", "GP", "One, Two", "4", "One", "Two", ""),
]


def judged(data: bytes, assume: str | None = None) -> Judgement:
    context = Context(date(2010, 5, 28), assume=assume)
    (judgement,) = judge_document(data, JudgingRequest(context, "xlsx"), TOLD)
    return judgement


def outcome(data: bytes, assume: str | None = None) -> tuple[str | None, str, list[str]]:
    found = judged(data, assume)
    return found.kind, found.verdict, [finding.rule for finding in found.findings]


def rows(data: bytes) -> list[list[str]]:
    return [
        [c.text for c in b.cells] for b in open_workbook(data).iter_blocks() if isinstance(b, Row)
    ]


# What it comes to (the toolkit's rules, section 6)


@pytest.mark.parametrize(
    "data",
    [
        workbook_file(CHRONOLOGY),
        workbook_file(CHRONOLOGY, inline=True),
        workbook_file(CHRONOLOGY, space=STRICT),
        workbook_file([("About",), ("Kept by the surgery",)], CHRONOLOGY),
        workbook_file([("Chronology of the surgery",), (), *CHRONOLOGY]),
        workbook_file(
            [(*CHRONOLOGY_HEADINGS[:6], "Source", "What happened", "Comments"), *ENTRIES]
        ),
        workbook_file([CHRONOLOGY_HEADINGS]),
    ],
    ids=["shared", "inline", "strict", "second sheet", "titled", "reworded", "empty"],
)
def test_a_chronology_as_a_spreadsheet_is_called_one_and_sent_back(data: bytes) -> None:
    assert outcome(data) == ("chronology", "reject", ["chronology-format"])
    (finding,) = judged(data).findings
    assert finding.message.startswith("This is a spreadsheet. ")
    assert finding.fix == "Copy the entries into the Word chronology we sent you, and send that."


@pytest.mark.parametrize(
    "data",
    [workbook_file([("Item", "Cost"), ("Paper", 3)]), workbook_file([()], [("Paper",)])],
    ids=["costs", "a word"],
)
def test_any_other_spreadsheet_is_a_question(data: bytes) -> None:
    assert outcome(data) == (None, "refer", ["not-recognised"])


@pytest.mark.parametrize("data", [workbook_file([()]), workbook_file()], ids=["blank", "no sheets"])
def test_a_spreadsheet_with_nothing_in_it_is_sent_back_as_empty(data: bytes) -> None:
    assert outcome(data) == (None, "reject", ["empty"])


def test_a_list_that_shares_some_headings_is_a_question_that_names_the_chronology() -> None:
    assert outcome(workbook_file(ROTA)) == (None, "refer", ["not-recognised-near"])


def test_a_spreadsheet_that_was_named_a_chronology_is_not_opened() -> None:
    assert outcome(workbook_file(ROTA), "chronology") == (
        "chronology",
        "reject",
        ["chronology-format"],
    )


def test_the_agency_that_every_entry_names_still_comes_out_as_a_clue() -> None:
    """A chronology of another agency is held, whatever it came in."""
    assert judged(workbook_file(CHRONOLOGY)).clues.agency == "GP"


def test_a_workbook_in_excel_s_binary_format_is_a_question() -> None:
    binary = workbook_file(
        CHRONOLOGY, main="application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    )
    assert outcome(binary) == (None, "refer", ["format-not-read"])
    with pytest.raises(NotAWorkbook):
        open_workbook(binary)


def test_an_old_spreadsheet_is_not_read_and_not_called_anything() -> None:
    context = Context(date(2010, 5, 28))
    (found,) = judge_document(b"", JudgingRequest(context, "xls", "xls"), TOLD)
    assert (found.kind, found.verdict) == (None, "refer")


# How it is read


def test_cells_that_are_left_out_leave_their_columns_blank() -> None:
    assert rows(workbook_file([("a", "", "", "d"), ("", "b")])) == [
        ["a", "", "", "d"],
        ["", "b", "", ""],
    ]


def test_cells_without_an_address_follow_one_another() -> None:
    simple = (
        workbook_file([("a", "b")], inline=True).replace(b'r="A1" ', b"").replace(b'r="B1" ', b"")
    )
    assert rows(simple) == [["a", "b"]]


def test_a_string_that_is_not_there_is_blank() -> None:
    part = "xl/sharedStrings.xml"
    none = workbook_file([("a", "b")], more={part: '<sst xmlns="urn:none"/>'})
    assert rows(none) == []


# Hostile ones (failure modes 48 to 51)


def test_a_truncated_one_is_damaged() -> None:
    assert outcome(truncated(workbook_file(CHRONOLOGY)))[1:] == ("reject", ["unreadable"])


def test_a_document_type_in_any_part_is_refused() -> None:
    with pytest.raises(DangerousFile):
        open_workbook(with_doctype(workbook_file(CHRONOLOGY), "xl/sharedStrings.xml"))
    assert outcome(escaping_member(workbook_file(CHRONOLOGY)))[1:] == ("hold", ["dangerous"])


def test_a_link_to_the_network_holds_it() -> None:
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
    link = f'<Relationship Id="r1" Type="{kind}" Target="//host.example/x" TargetMode="External"/>'
    more = {"xl/externalLinks/_rels/l.xml.rels": f'<Relationships xmlns="{rels}">{link}'}
    more = {name: f"{text}</Relationships>" for name, text in more.items()}
    assert outcome(workbook_file(CHRONOLOGY, more=more)) == ("chronology", "hold", ["dangerous"])


def test_rows_strings_and_sheets_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, bound in ((reader, "MAX_ROWS"), (reader, "MAX_SHEETS"),
                          (workbook, "MAX_STRINGS"), (workbook, "MAX_LETTERS")):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(module, bound, 1)
            with pytest.raises(FileTooBig):
                rows(workbook_file(CHRONOLOGY, CHRONOLOGY))


def test_a_part_that_is_not_xml_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        rows(workbook_file(CHRONOLOGY, more={"xl/worksheets/sheet1.xml": "words"}))


def test_what_is_written_far_to_the_right_is_passed_over() -> None:
    far = '<row><c r="XFD1"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{S}"><sheetData>{far}</sheetData></worksheet>'
    assert rows(workbook_file([("a",)], more={"xl/worksheets/sheet1.xml": sheet})) == []
