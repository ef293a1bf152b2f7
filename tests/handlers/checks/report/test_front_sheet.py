"""The front sheet: its words, its blanks, and the clues on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.context import AgencyFacts
from handlers.document import Cell, Paragraph, Row


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity"),
    [
        ("Strictly Confidential", "", "front-sheet-strictly-confidential", "advice"),
        ("Meadow Lane Surgery", "", "front-sheet-agency", "advice"),
        ("Individual Management Review", "A report", "front-sheet-title", "advice"),
        ("In Respect of:", "", "front-sheet-in-respect-of", "advice"),
        ("Name: Child N", "Name:", "front-sheet-name", "advice"),
        ("Ethnic Origin: White British", "Ethnic Origin:", "front-sheet-ethnic-origin", "advice"),
        ("Author: Author One", "Author: ____________", "front-sheet-author", "fault"),
        ("Author: Author One", "", "front-sheet-author", "fault"),
        ("Date: 28 May 2010", "Date:", "front-sheet-date", "fault"),
        ("Date: 28 May 2010", "Date: dd/mm/yyyy", "front-sheet-date", "fault"),
        ("Date: 28 May 2010", "", "front-sheet-date", "fault"),
    ],
)  # fmt: skip
def test_each_part_of_the_front_sheet_is_missed_when_it_is_gone(draft, old, new, rule, severity):
    draft.replace_front(old, new)
    assert [(f.rule, f.severity) for f in draft.judged().findings] == [(rule, severity)]


@pytest.mark.parametrize(
    "day", ["XX May 2010", "?? May 2010", "__ May 2010", "May 2010", "[day] May 2010", "XX/05/2010"]
)
def test_a_date_whose_day_is_left_open_is_asked_about_wherever_it_stands(draft, rows, day):
    draft.replace_front("Date: 28 May 2010", f"Date: {day}")
    (found,) = draft.judged().findings
    assert (found.rule, found.where.section) == ("front-sheet-unclear", "Front sheet, Date")
    assert "one day is needed" in found.message
    draft.replace_front(f"Date: {day}", "")
    draft.front += rows(1, ("Date", day))
    assert draft.rules() == {"front-sheet-unclear"}


def test_a_blank_is_named_by_its_label(draft):
    draft.replace_front("Author: Author One", "Author:")
    (found,) = draft.found("front-sheet-author")
    assert found.where.section == "Front sheet, Author"


def test_the_front_sheet_may_be_a_table_of_labels_and_values(draft, rows, line):
    draft.front = [
        line("Strictly Confidential"),
        line("Individual Management Review"),
        *rows(
            1,
            ("Name of Agency", "Meadow Lane Surgery"),
            ("In Respect of", "Child N"),
            ("Ethnic Origin", "White British"),
            ("Report Author", "Author One"),
            ("Date of Report", "30/05/10"),
            ("Version", "2"),
        ),
    ]
    judged = draft.judged()
    assert judged.findings == ()
    assert judged.clues.dated == date(2010, 5, 30)
    draft.front[5] = Row(1, 4, (Cell((Paragraph("Report Author"),), 0), Cell((Paragraph(""),), 1)))
    assert draft.rules() == {"front-sheet-author"}


def test_a_value_may_stand_in_the_line_below_its_label(draft, line):
    for label, value in (("Author", "Author One"), ("Date", "28 May 2010")):
        draft.replace_front(f"{label}: {value}", f"{label}:")
        at = next(i for i, b in enumerate(draft.front) if b.text == f"{label}:")
        draft.front.insert(at + 1, line(value))
    assert draft.rules() == set()


def test_the_author_in_a_version_table_is_not_the_front_sheets_author(draft, rows):
    draft.replace_front("Author: Author One", "Author:")
    draft.front += rows(1, ("Version", "Date", "Author"), ("1", "1 May 2010", "Author One"))
    assert draft.rules() == {"front-sheet-author"}


def test_a_content_control_nobody_clicked_on_is_blank(draft, line):
    draft.replace_front("Author: Author One", "Author:")
    at = next(i for i, b in enumerate(draft.front) if b.text == "Author:")
    draft.front.insert(at + 1, line("Click here to enter text.", placeholder=True))
    assert draft.rules() == {"front-sheet-author"}  # told once


def test_the_marking_may_stand_in_the_page_header(draft):
    draft.replace_front("Strictly Confidential", "")
    draft.traits.margins.append("STRICTLY CONFIDENTIAL")
    assert draft.rules() == set()


def test_the_sheets_date_is_a_clue_to_the_day(draft):
    """Beside those of the signing off: the latest of them all."""
    assert draft.judged().clues.dated == date(2010, 5, 29)
    draft.replace_front("Date: 28 May 2010", "Date: 30 May 2010")
    assert draft.judged().clues.dated == date(2010, 5, 30)
    draft.bodies["signing-off"] = []
    draft.replace_front("Date: 30 May 2010", "Date: May 2010")
    assert draft.judged().clues.dated is None


@pytest.mark.parametrize(
    ("written", "clue"),
    [
        ("Meadow Lane Surgery", "own"),
        ("MEADOW LANE SURGERY, Shireshire", "own"),
        ("MLS", "own"),
        ("City Hospital", "other"),
        ("Meadow Park Medical Centre", None),
        ("", None),
    ],
)
def test_the_agency_comes_out_only_as_own_or_other(draft, written, clue):
    draft.replace_front("Meadow Lane Surgery", written)
    assert draft.judged().clues.agency == clue


def test_the_agency_may_stand_in_one_paragraph_with_the_blanks_below_the_title(draft, line):
    """An author who parts lines by Shift and Enter has the whole sheet in one paragraph."""
    sheet = draft.front[4:]
    for agency, clue in (("Meadow Lane Surgery", "own"), ("City Hospital", "other")):
        lines = ["Strictly Confidential", agency, *(one.text for one in sheet)]
        draft.front = [line("Individual Management Review"), line("\n".join(lines))]
        assert draft.judged().clues.agency == clue
        assert draft.found("front-sheet-agency") == []


def test_a_labelled_agency_is_compared_too(draft):
    draft.replace_front("Meadow Lane Surgery", "Agency: Shire Police")
    assert draft.judged().clues.agency == "other"
    police = AgencyFacts("POL", "Shire Police")
    draft.context = replace(draft.context, agency=police)
    assert draft.judged().clues.agency == "own"
    draft.context = replace(draft.context, agency=None)
    assert draft.judged().clues.agency is None


@pytest.mark.parametrize(
    ("written", "clue"), [("N12/A", "N12/A"), ("Ref N13/A", "N13/A"), ("N/A", None)]
)
def test_a_child_identifier_is_a_clue_when_it_has_the_form_of_one(draft, line, written, clue):
    draft.front.append(line(f"Child identifier: {written}"))
    assert draft.judged().clues.child_identifier == clue
    assert draft.judged().clues.agency == "own"


def heavy(draft) -> list[tuple[str, str | None]]:
    told = [(f.rule, f.where.section) for f in draft.judged().findings]
    assert all(f.where.row is None for f in draft.judged().findings)
    return told


@pytest.mark.parametrize("words", ["[Insert]", "Click here to enter text", "[insert details]"])
@pytest.mark.parametrize(
    ("label", "value", "told"),
    [
        ("Agency", "Meadow Lane Surgery", "placeholder-left"),
        ("In Respect of", "Child N", "placeholder-left"),
        ("Ethnic Origin", "White British", "placeholder-left"),
        ("Author", "Author One", "front-sheet-author"),
        ("Date", "28 May 2010", "front-sheet-date"),
    ],
)
def test_template_text_in_a_blank_is_told_once_and_at_the_blank(
    draft, line, rows, words, label, value, told
):
    """One cause, one sentence: not as a blank and as template text, nor as another agency."""
    blanks = {"Agency": "Meadow Lane Surgery", "In Respect of": "Child N",
              "Ethnic Origin": "White British", "Author": "Author One",
              "Date": "28 May 2010"} | {label: words}  # fmt: skip
    titles = [line("Strictly Confidential"), line("Individual Management Review, version 2")]
    section = "Front sheet, Name" if label == "In Respect of" else f"Front sheet, {label}"
    for blocks in (
        rows(1, *blanks.items()),
        [line(f"{name}: {said}") for name, said in blanks.items()],
        [line(text) for name, said in blanks.items() for text in (f"{name}:", said)],
    ):
        draft.front = [*titles, *blocks]
        assert heavy(draft) == [(told, section)]
        assert draft.judged().clues.agency in ("own", None)


@pytest.mark.parametrize("words", ["INSERT NAME OF AGENCY", "[Insert name of organisation]"])
def test_template_text_in_the_agencys_place_is_told_once(draft, words):
    draft.replace_front("Meadow Lane Surgery", words)
    assert heavy(draft) == [("placeholder-left", "Front sheet")]


@pytest.mark.parametrize("words", ["TBC", "to be confirmed", "N/A", "?"])
def test_an_agency_that_is_put_off_is_no_other_agency(draft, words):
    """Failure mode 91: it would be held, as somebody else's."""
    draft.replace_front("Meadow Lane Surgery", f"Agency: {words}")
    assert draft.judged().clues.agency is None
    assert draft.rules() == {"front-sheet-agency"}


@pytest.mark.parametrize(
    "title",
    ["Individual Management Review", "Individual Management Review by Meadow Lane Surgery"],
)
def test_who_prepared_a_report_is_no_agency(draft, line, title):
    """Failure mode 91: it would be held, as another agency's."""
    prepared = line("Prepared by Dr Green, Named GP, 28 May 2010")
    draft.front = [line("Strictly Confidential"), line(title), line("In Respect of Child N"),
                   prepared]  # fmt: skip
    assert draft.judged().clues.agency is None
    draft.front.insert(1, line("Nottingham City Hospital Trust"))
    own = title.endswith("Surgery")
    assert draft.judged().clues.agency == (None if own else "other")
    draft.front[1] = line("Agency: Nottingham City Hospital Trust")
    assert draft.judged().clues.agency == "other"
    draft.front[1:2] = [line("Nottingham City Hospital Trust"), line("To Meadow Lane Surgery")]
    assert draft.judged().clues.agency is not None or own


@pytest.mark.parametrize("written", ["", "...........", "[Insert name of agency]"])
def test_labels_over_what_is_entered_are_no_other_agency(draft, line, rows, written):
    """In Respect of | Name | Ethnic Origin | Author | Date, over their values."""
    draft.front = [
        line("Strictly Confidential"),
        line(written),
        line("Individual Management Review"),
        *rows(
            1,
            ("In Respect of", "Name", "D.O.B.", "Ethnic Origin", "Author", "Date"),
            ("Child N (N12)", "Child N", "2007", "White British", "Dr A. One", "28 May 2010"),
        ),
    ]
    assert draft.judged().clues.agency is None


def test_a_month_where_a_day_is_asked_is_a_question(draft):
    draft.replace_front("Date: 28 May 2010", "Date: May 2010")
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("front-sheet-unclear", "question")
    assert "one day is needed" in found.message


def test_an_author_or_a_day_added_counts_before_a_tbc_left_above_it(draft, line):
    for label, value in (("Author", "Author One"), ("Date", "28 May 2010")):
        draft.replace_front(f"{label}: {value}", f"{label}: TBC")
        rule = f"front-sheet-{label.lower()}"
        assert [f.rule for f in draft.judged().findings if f.severity == "fault"] == [rule]
        draft.front.append(line(f"{label}: {value}"))
        assert draft.judged().verdict == "accept"


def test_a_date_with_a_word_for_not_yet_is_a_question_that_says_so(draft):
    """Failure mode 93: a day that is still to come is taken for the report's own."""
    for words in ("Date: 28 May 2010 (TBC)", "Date: TBC 28 May 2010"):
        spoiled = replace(draft, front=[*draft.front])
        spoiled.replace_front("Date: 28 May 2010", words)
        (found,) = [f for f in spoiled.judged().findings if f.rule.startswith("front-sheet")]
        assert (found.rule, found.severity) == ("front-sheet-unclear", "question")
        assert "still to come" in found.message


def test_a_word_for_not_yet_left_beside_the_date_that_was_added_is_advice(draft, line):
    draft.replace_front("Date: 28 May 2010", "Date: TBC")
    draft.front.append(line("Date: 28 May 2010"))
    (found,) = [f for f in draft.judged().findings if f.rule.startswith("front-sheet")]
    assert (found.rule, found.severity) == ("front-sheet-date", "advice")
