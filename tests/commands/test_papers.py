"""What the demonstration's documents promise: in order against the toolkit, and always the same."""

from __future__ import annotations

import io
import re
from datetime import date, datetime

import pytest
from docx import Document
from docx.document import Document as Word
from docx.shared import Cm

from tests.papers.chronology_paper import CHRONOLOGY_HEADINGS, make_chronology
from tests.papers.imr_paper import KEY_ISSUES, make_imr
from tests.papers.papers import (
    AGENCIES,
    ALL_YES,
    CODES,
    CRITERIA,
    DECLARATION,
    PLAN_HEADINGS,
    STATEMENTS,
    STORIES,
)
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement
from tests.papers.stories import age_as_recorded

SECTIONS = [
    "Introduction",
    "Genogram",
    "Background Information",
    "Summary of Period Covered by Chronology",
    "Relevant post incident additional information that has come to light during the review "
    "process",
    "Analysis",
    "Conclusions/ Lessons to be learned",
    "Recommendations and Action Plan",
    "Signing Off",
]
STYLES = {
    "GP": "%d/%m/%Y",
    "POL": "%d.%m.%y",
    "CSC": "%d %B %Y",
    "HOSP": "%d %b %Y",
    "SCH": "%d/%m/%Y",
}


def opened(docx: bytes) -> Word:
    return Document(io.BytesIO(docx))


def headings(word: Word, level: int) -> list[str]:
    return [p.text for p in word.paragraphs if p.style and p.style.name == f"Heading {level}"]


@pytest.mark.parametrize("code", CODES)
def test_a_story_is_in_order_and_within_the_period(code: str) -> None:
    story = STORIES[code]
    moments = [datetime.strptime(f"{e.date} {e.time}", f"{STYLES[code]} %H:%M") for e in story]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    assert all(date(2007, 1, 1) <= m.date() <= date(2010, 2, 14) for m in moments)
    assert 8 <= len(story) <= 46


@pytest.mark.parametrize("code", CODES)
def test_a_story_fills_every_mandatory_column(code: str) -> None:
    for event in STORIES[code]:
        assert event.agency
        assert event.source
        assert event.event
        assert event.subject in ("Child N", "Mother")
        assert event.child_seen in ("Y", "N")
        assert bool(event.age) == (event.subject == "Child N")


@pytest.mark.parametrize("code", CODES)
def test_a_story_names_people_by_their_part_only(code: str) -> None:
    pairs = re.compile(r"(?<![.:] )(?<!^)\b[A-Z][a-z]+ [A-Z][a-z]+\b")
    known = {"Good Practice", "Moses basket"}
    for event in STORIES[code]:
        found = set(pairs.findall(f"{event.event} {event.comment}"))
        assert not {pair for pair in found if pair not in known}


@pytest.mark.parametrize(
    ("day", "clinical", "plain"),
    [
        (date(2007, 4, 25), "unborn", "unborn"),
        (date(2007, 5, 11), "2/7", "2/7"),
        (date(2007, 6, 20), "6/52", "6/52"),
        (date(2008, 1, 16), "8/12", "8 mths"),
        (date(2008, 6, 25), "13 mths", "13 mths"),
        (date(2009, 5, 8), "23 mths", "23 mths"),
        (date(2009, 5, 9), "2y", "2y"),
        (date(2010, 2, 14), "2y 9m", "2y 9m"),
    ],
)
def test_an_age_is_written_as_that_agency_writes_it(day: date, clinical: str, plain: str) -> None:
    assert age_as_recorded(day, "clinical") == clinical
    assert age_as_recorded(day, "plain") == plain


def test_a_chronology_has_one_row_an_event_under_the_issued_headings() -> None:
    word = opened(make_chronology(STORIES["GP"]))
    (table,) = word.tables
    assert [cell.text for cell in table.rows[0].cells] == list(CHRONOLOGY_HEADINGS)
    assert len(table.rows) == 1 + len(STORIES["GP"])
    assert [c.text for c in table.rows[46].cells][:3] == ["02/02/2010", "16:30", "GP"]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    width = word.sections[0].page_width
    assert width is not None and width > Cm(29)


def test_markup_in_a_cell_is_text() -> None:
    event = STORIES["SCH"][0]
    odd = type(event)(*('<b> & "c"\nd' for _ in CHRONOLOGY_HEADINGS))
    (table,) = opened(make_chronology([odd])).tables
    assert {cell.text for cell in table.rows[1].cells} == {'<b> & "c"\nd'}


@pytest.mark.parametrize("code", CODES)
def test_an_imr_has_the_nine_sections_each_with_text_of_its_own(code: str) -> None:
    word = opened(make_imr(code=code))
    assert headings(word, 1) == [*SECTIONS, "Appendix A: Key to personnel"]
    assert [h for h in headings(word, 2) if h in KEY_ISSUES] == list(KEY_ISSUES)
    assert len({p.text for p in word.paragraphs if len(p.text) > 80}) > 35
    assert AGENCIES[code] in [p.text for p in word.paragraphs]


def test_an_imr_carries_front_sheet_contents_version_plan_and_signatures() -> None:
    word = opened(make_imr())
    text = [p.text for p in word.paragraphs]
    assert text[:3] == [
        "Strictly Confidential",
        "Meadow Lane Surgery",
        "Individual Management Review",
    ]
    assert "Author:\tAuthor One" in text
    assert "Date:\t20 May 2010" in text
    assert "1\tIntroduction\t3" in text
    assert "Name of Organisation: Meadow Lane Surgery" in text
    first_cells = [[c.text for c in t.rows[0].cells] for t in word.tables]
    assert ["Version", "Date", "Author", "Changes"] in first_cells
    assert list(PLAN_HEADINGS) in first_cells
    assert first_cells.count(["Name", "Author One"]) == 1
    assert first_cells.count(["Name", "Commissioner One"]) == 1


def test_an_imr_has_a_drawn_genogram_automatic_numbers_and_page_numbers() -> None:
    word = opened(make_imr())
    assert word.element.xpath("count(//w:drawing)") == 1
    numbered = word.styles["Numbered Paragraph"].element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
    assert numbered == ["90"]
    fields = word.sections[0].footer._element.xpath("//w:instrText/text()")
    assert [f.strip() for f in fields] == ["PAGE", "NUMPAGES"]
    assert all(section.footer.is_linked_to_previous for section in list(word.sections)[1:])


def test_issues_beyond_those_an_agency_wrote_about_still_get_text() -> None:
    issues = (*KEY_ISSUES, "Supervision of staff")
    assert [h for h in headings(opened(make_imr(issues=issues)), 2) if h in issues] == list(issues)


def test_the_form_asks_the_seventeen_criteria_and_ticks_one_box_for_each() -> None:
    word = opened(make_qa_form(answers={**ALL_YES, 5: "Partially"}, comments={5: "See 2.1"}))
    grid = word.tables[1]
    assert [row.cells[0].text for row in grid.rows][1:] == list(CRITERIA)
    assert len(CRITERIA) == 17
    for number, row in enumerate(list(grid.rows)[1:], 1):
        ticks = row._tr.xpath(".//w14:checked/@w14:val")
        assert ticks == (["0", "0", "1"] if number == 5 else ["1", "0", "0"])
    assert grid.rows[5].cells[4].text == "See 2.1"


def test_a_criterion_without_an_answer_is_left_unticked() -> None:
    word = opened(make_qa_form(answers={}))
    assert set(word.tables[1]._tbl.xpath(".//w14:checked/@w14:val")) == {"0"}


def test_the_statement_carries_its_wordings_and_its_blanks() -> None:
    text = [p.text for p in opened(make_statement(title="")).paragraphs]
    assert [line for line in text if line in STATEMENTS] == list(STATEMENTS)
    assert DECLARATION in text
    assert "Date: 24 May 2010" in text
    assert any(re.fullmatch(r"Title\.+", line) for line in text)


@pytest.mark.parametrize("make", [make_imr, make_qa_form, make_statement])
def test_the_same_words_make_the_same_bytes(make) -> None:  # type: ignore[no-untyped-def]
    assert make() == make()
    assert make(agency="Another Agency") != make()
