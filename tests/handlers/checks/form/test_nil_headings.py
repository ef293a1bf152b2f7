"""What stands over the statement of a nil return, and beside its labels. Failure mode 94."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph
from handlers.findings import Judgement
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, table

SAID = "No member of the family is or has been known to this agency."
SIGNED = ("Signed: M Pugh", "Name: Marian Pugh", "Role: Practice Manager", "Date: 20 May 2010")


def return_of(*lines: str) -> Judgement:
    head = ("Meadow Lane Surgery", "20 May 2010")
    return judged("nil_return", [Paragraph(line) for line in (*head, *lines, *SIGNED)])


def places(judgement: Judgement) -> list[str | None]:
    return [f.where.section for f in judgement.findings if f.severity == "question"]


HEADINGS = (
    "Nil return", "Nil return for review N12", "Review N12: nil return", "Review N12 - nil return",
    "Serious Case Review N12 - Nil Return", "Nil Return for Review N12", "Nil return (review N12)",
    "Confirmation of No Involvement - Review N12", "Nil return re N12", "SCR N12 nil return form",
    "Nil return by Meadow Lane Surgery for the serious case review N12", "Nil return, 20 May 2010",
    "Nil return to Anytown and Shire Safeguarding Children Board", "NIL RETURN FOR REVIEW N12",
    "Meadow Lane Surgery: nil return for N12", "Nil return in respect of review N12",
)  # fmt: skip
SAYING_MORE = (
    "Nil return, subject to checks", "Nil return for Mother only", "Nil Return for Mother Only",
    "Nil Return Subject to Checks", "Nil return for review N13", "Nil return to 1 July 2009",
    "Nil return for the child only", "Partial nil return", "Interim Nil Return",
    "Nil return so far", "Provisional Nil Return", "Nil Return Pending",
    "Nil return - one exception", "Nil Return To Date",
    "Nil return for 2009", "Nil Return on Father", "NIL RETURN PENDING ARCHIVE SEARCH",
    "Nil return for N12 (Mother)",
)  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_of_the_returns_own_names_says_nothing_else(heading: str) -> None:
    assert return_of(heading, SAID, "All our records were searched.").verdict == "accept"


@pytest.mark.parametrize("heading", SAYING_MORE)
def test_a_heading_that_says_more_is_a_question(heading: str) -> None:
    assert return_of(heading, SAID, "All our records were searched.").verdict == "refer"


RECORDS = (
    "attendance registers and accident book.", "attendance registers, accident book, fees ledger.",
    "the attendance registers and the accident book", "enrolment forms and the accident book.",
    "PNC, custody records and the intelligence system.", "signing-in sheets; nappy book",
    "Fees ledger", "attendance registers/accident book", "Sickness book & medication log",
)  # fmt: skip
NOT_ALL = (
    "to follow", "registers, but not the ledger", "attendance registers from 2008", "mother file",
    "available registers", "destroyed registers", "unsearched books", "missing registers",
    "registers (2009)", "accident book showing one entry", "attendance registers and one visit",
    "electronic registers; paper ledger later", "registers where possible",
    "registers for the child",
)  # fmt: skip


@pytest.mark.parametrize("label", ["Records searched", "Systems checked", "Registers searched"])
@pytest.mark.parametrize("records", RECORDS)
def test_what_stands_beside_records_searched_may_be_any_list_of_them(
    label: str, records: str
) -> None:
    assert return_of(SAID, f"{label}: {records}").verdict == "accept"


@each_case("records", NOT_ALL)
def test_records_that_are_not_all_searched_or_tell_of_somebody_are_a_question(records: str) -> None:
    assert return_of(SAID, f"Records searched: {records}").verdict == "refer"


@pytest.mark.parametrize("records", RECORDS[1:4])
def test_any_list_of_records_may_be_searched_in_a_sentence_too(records: str) -> None:
    assert return_of(f"We have searched {records}", SAID).verdict == "accept"
    searched = f"The surgery's {records.strip('.').removeprefix('the ')} were searched."
    assert return_of(SAID, searched).verdict == "accept"
    assert (
        return_of(SAID, f"We have searched {records.strip('.')} where possible.").verdict == "refer"
    )


@pytest.mark.parametrize(
    "searched", ["We searched the Jones file.", "The Jones book was searched."]
)
def test_records_by_somebodys_name_are_a_question(searched: str) -> None:
    assert return_of(SAID, searched).verdict == "refer"


def test_records_may_be_listed_below_their_label() -> None:
    listed = ("Records searched:", "Attendance registers", "• accident book", "- fees ledger")
    assert return_of(SAID, *listed).verdict == "accept"
    assert return_of(SAID, *listed, "ledger from 2008").verdict == "refer"
    assert return_of(SAID, *listed, "The cellar flooded.", "accident book").verdict == "refer"


@pytest.mark.parametrize("label", ["Date searched", "Dates searched", "Searched on"])
def test_the_days_of_a_search_are_days_and_no_limits(label: str) -> None:
    searched = "Records searched: attendance registers"
    assert return_of(SAID, searched, f"{label}: 18 and 19 May 2010").verdict == "accept"
    assert return_of(SAID, searched, f"{label}: 2008 to 2010").verdict == "refer"


TEXT = "paragraph 1 of the text (headings not counted)"


def test_a_question_says_what_it_is_about_by_a_place_that_is_found_at_once() -> None:
    assert places(return_of("Nil return, subject to checks", SAID)) == [
        "the line above the first full sentence"
    ]
    said = f"{SAID} The cellar flooded."
    assert places(return_of("Nil return", said)) == [f"{TEXT}, sentence 2"]
    assert places(return_of("Dear Administrator", said)) == [
        "paragraph 1 after the greeting, sentence 2"
    ]
    searched = "Records searched: ledger from 2008"
    assert places(return_of(SAID, searched)) == ['the line "Records searched"']
    assert places(return_of(SAID, "Address: where the records are kept")) == ['the line "Address"']
    assert places(return_of(SAID, "Practice Manager: where the records are")) == [
        f"the line below {TEXT}"
    ]


def test_a_row_of_a_table_is_one_line() -> None:
    rows = table(1, ("Agency", "Meadow Lane Surgery"), ("Statement", SAID), *(
        tuple(line.split(": ")) for line in SIGNED[1:]))  # fmt: skip
    blocks = [Paragraph("Nil return"), *rows, Paragraph("Practice Manager: where the records are")]
    assert places(judged("nil_return", blocks)) == ["line 7 from the top"]


PARTED = (
    ":",
    ": ......",
    "......",
    "..........................",
    "\u2026\u2026\u2026",
    "______",
    "\t",
)
AFTER = ("", " ........", "________", "\t\u2026\u2026\u2026")


def with_leaders(parted: str, after: str, searched: str) -> Judgement:
    values = {
        "Agency": "Meadow Lane Surgery", "Records searched": searched, "Name": "Marian Pugh",
        "Role": "Practice Manager", "Date": "20 May 2010",
    }  # fmt: skip
    lines = [f"{label}{parted} {value}{after}" for label, value in values.items()]
    blocks = [Paragraph(line) for line in ("Nil return", *lines[:1], SAID, *lines[1:])]
    return judged("nil_return", blocks)


@pytest.mark.parametrize("parted", PARTED)
@pytest.mark.parametrize("after", AFTER)
def test_what_is_printed_to_write_on_changes_nothing(parted: str, after: str) -> None:
    """Dots or a rule before a value, or behind it, are the form's."""
    assert with_leaders(parted, after, "attendance registers, accident book").verdict == "accept"
    for doubt in ("accident book, archive not available", "patient index; one card for Mother"):
        assert with_leaders(parted, after, doubt).verdict == "refer", doubt
    assert with_leaders(parted, after, "").verdict == "accept"  # which records is advice


@pytest.mark.parametrize(
    "said",
    [
        f"{SAID} Nothing was found.",
        f"{SAID}\nThe following were searched:\n- attendance registers\n- accident book",
        f"{SAID}\nThe following records were searched: attendance registers, accident book",
        f"{SAID}\nSources: patient records, staff records, visitor log",
        "Having checked our patient index, appointment book and visitors' book, we can confirm "
        "that no member of the family is or has been known to us.",
        "Neither the child nor any other member of the family has ever been registered here or "
        "otherwise known to us.",
    ],
)
def test_what_was_searched_and_found_may_be_said_in_other_words(said: str) -> None:
    assert return_of("Nil return for review N12", *said.split("\n")).verdict == "accept"


@pytest.mark.parametrize(
    "said",
    [
        f"{SAID} Nothing was found except a card.",
        f"{SAID} Nothing was found for Mother.",
        f"{SAID}\nThe following were searched:\n- attendance registers\n- accident book (in part)",
        f"{SAID}\nThe following records were searched: those that are left",
        f"{SAID}\nSources: patient records, what the mother told us",
        "Having checked our patient index and some cards, we can confirm that no member of the "
        "family is or has been known to us.",
        "Having checked the father's card, we can confirm that no member of the family is or has "
        "been known to us.",
        "Neither the child nor any other member of the family is otherwise known to us.",
    ],
)
def test_what_was_not_searched_or_was_found_is_a_question_in_those_words_too(said: str) -> None:
    assert return_of("Nil return for review N12", *said.split("\n")).verdict == "refer"
