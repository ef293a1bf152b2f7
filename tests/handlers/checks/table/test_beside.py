"""What stands beside a chronology is understood as no part of it, or told (failure mode 95)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from config.kind_loading import load_kinds
from handlers.checks.table.table_claims import has_dated_pieces, is_like_entry
from handlers.document import Block, Paragraph, TableEnd
from handlers.findings import FindingPlace, Judgement
from handlers.judging.vocabulary import Vocabulary
from tests.chronologies import HEADINGS, entry, judge, only, row, rules, table
from tests.each_case import each_case
from tests.handlers.fields.test_front_matter import KNOWN, UNKNOWN

Rows = Sequence[Sequence[str]]
# A heading of the chronology's own says that entries may stand under it.
EVENTS = [["Initials", "Role", "Event"], ["HV1", "Health visitor", "Telephoned"]]


def other(rows: Rows, number: int = 2) -> list[Block]:
    return [*(row(n, texts, number) for n, texts in enumerate(rows, 1)), TableEnd(number)]


UNDERSTOOD: dict[str, Rows] = {
    "a key": [["Abbreviation", "Meaning"], ["HV1", "Health Visitor"], ["A&E", "Accident"]],
    "a key without headings": [["HV1", "Health Visitor"], ["SW2", "Social Worker, duty team"]],
    "a key of three columns": [["Code", "Name", "Role"], ["HV1", "A. Body", "Health Visitor"]],
    "personnel": [["Initials", "Designation", "Agency"], ["HV1", "Health Visitor", "City Care"]],
    "a key side by side": [["Key:", "HV1", "Key:", "SW2"]],
    "subjects": [
        ["Full Name", "Date of Birth", "Relationship", "Address"],
        ["Child N", "09/05/2007", "Subject", "12 Any Street, Shiretown, Shireshire"],
    ],
    "family": [["Name", "DOB", "Relationship to child"], ["Mother", "02/11/1986", "Mother"]],
    "front sheet": [["Agency", "Meadow Lane Surgery"], ["Date completed", "12/04/2010"]],
    "front sheet, four columns": [
        ["Agency:", "MLS", "Case:", "N12"],
        ["Author:", "GP", "Date:", "x"],
    ],
    "titles and details, three columns": [
        ["Meadow Lane Surgery", "Chronology", "Version 1.0"],
        ["Author: Lead GP", "Status: final", "Review: N12"],
    ],
    "unknown details": [["Practice list size", "4,500"], ["Practice manager's deputy", "A. Body"]],
    "information": [
        ["Column", "What to enter", "Checked"],
        ["Date", "The date of the event. Mandatory.", "Yes"],
        ["Time", "24 hour clock", "Yes"],
    ],
    "information without headings": [
        ["Date", "The day of the event, such as 01/02/2009", "must"],
        ["Time", "24 hour clock", "should"],
        ["Agency", "Yours", "must"],
    ],
    "versions": [
        ["Version", "Date", "Author", "Changes"],
        ["1", "01/04/2010", "GP", "First draft of all"],
    ],
    "a place to sign": [["Signed", "Print name", "Date"], ["", "A. Body", "12/04/2010"]],
    "a banner": [["RESTRICTED - when complete"]],
    "a note": [["This chronology was compiled from the GP records and the practice's own diary."]],
    "nothing": [["", ""], ["", ""]],
}
UNREAD: dict[str, Rows] = {
    "entries of three columns": [
        ["Date", "Event", "Source"], ["01/02/2009", "Seen at home by HV", "Notes"],
    ],
    "dates and events": [["01/02/2009", "Seen at home"], ["03/02/2009", "Seen again"]],
    "events and dates": [["Seen at home by the HV", "01/02/2009"]],
    "date and note": [["Date", "Event"], ["01/02/2009", "Seen"]],
    "an unknown list": [["Month", "Visits", "Missed"], ["May", "3", "1"]],
    "entries in a box": [["01/02/2009 Seen at home by the health visitor with Mother"]],
    "nine other columns": [[f"Word {n}" for n in range(9)]],
}  # fmt: skip


@each_case("rows", UNDERSTOOD.values(), ids=list(UNDERSTOOD))
@each_case("first", [True, False])
def test_what_is_no_part_of_it_is_understood(rows: Rows, first: bool) -> None:
    blocks = (
        [*other(rows, 1), *table(entry(), number=2)] if first else [*table(entry()), *other(rows)]
    )
    assert judge(blocks).findings == ()


@each_case("rows", UNREAD.values(), ids=list(UNREAD))
@each_case("first", [True, False])
def test_what_may_be_part_of_it_is_asked_about(rows: Rows, first: bool) -> None:
    blocks = (
        [*other(rows, 1), *table(entry(), number=2)] if first else [*table(entry()), *other(rows)]
    )
    finding = only(judge(blocks), "table-unread")
    assert finding.severity == "question"
    assert (finding.where.table, finding.where.row) == (1 if first else 2, None)


def test_front_matter_of_every_sort_is_left_alone_and_the_chronology_judged() -> None:
    """Before it or after it; it says of nobody whose the chronology is."""
    agencies = [["Code", "Role", "Agency", "Team"], ["PC1", "Constable", "Shire Police", "East"]]
    every = {**{name: texts for name, (_, texts) in KNOWN.items()}, "agencies": agencies}
    spoiled = entry(source="")
    for name, texts in every.items():
        before = judge([*other(texts, 1), *table(entry(), spoiled, number=2)])
        after = judge([*table(entry(), spoiled), *other(texts)])
        assert (rules(before), rules(after)) == (["source-missing"], ["source-missing"]), name


def test_what_is_none_of_these_is_asked_about() -> None:
    """Save where all its headings are a version's own."""
    for name, texts in {**UNKNOWN, "events": EVENTS}.items():
        if len(texts[0]) > 2 and name != "versions of a day in the period":
            assert rules(judge([*table(entry()), *other(texts)])) == ["table-unread"], name


PLACES: dict[str, tuple[list[Block], FindingPlace]] = {
    "before all entries": (
        [*other(UNREAD["an unknown list"], 1), *table(entry(), number=2)],
        FindingPlace(1, section="before the first entry"),
    ),
    "after an entry": (
        [*table(entry("03/03/2009")), *other(UNREAD["an unknown list"])],
        FindingPlace(2, section="after the entry of 3 March 2009"),
    ),
    "between the halves": (
        [
            *table(entry("03/03/2009"), entry("tbc")),
            *other(UNREAD["an unknown list"]),
            *table(entry("04/03/2009"), number=3),
        ],
        FindingPlace(2, section="after the entry of 3 March 2009"),
    ),
    "after entries without a day": (
        [*table(entry("tbc")), *other(UNREAD["an unknown list"])],
        FindingPlace(2),
    ),
    "with the chronology's own headings": (
        [*table(entry()), *other(UNREAD["entries of three columns"])],
        FindingPlace(
            2,
            section='after the entry of 1 February 2009, with "Date" and "Event" in its first row',
        ),
    ),
    "above the headings": (
        [row(1, entry()[:1] + entry()[5:]), row(2, HEADINGS), row(3, entry()), TableEnd(1)],
        FindingPlace(1, section="above its headings"),
    ),
}


def test_a_table_that_is_not_read_is_placed_by_what_its_author_can_find() -> None:
    """Never by what stands in it: the toolkit's own headings and the days of entries alone."""
    for blocks, where in PLACES.values():
        (finding,) = (f for f in judge(blocks).findings if f.rule == "table-unread")
        assert finding.where == where
        assert Vocabulary(load_kinds()).contains_judgement(Judgement("chronology", 1.0, (finding,)))


LINES = (
    "03/02/2009 Home visit by the health visitor, nobody in.",
    "3rd February 2009: Mother rang the surgery and asked for advice",
    "Mon 3 Feb 2009 - did not attend the clinic, letter sent home",
    "\u2022 2009-02-03 seen in the surgery with a rash on arm",
    "Period 01/06/2008 to 20/03/2011. 03/02/2009 seen in the surgery with a rash on arm",
    "Printed 03/02/2009 a letter to the mother about the missed clinic",
)
NOT = (
    "Period 01/06/2008 to 20/03/2011. Compiled by Review Officer G Pell, Public Protection.",
    "Printed 16/05/2011 from the Public Protection system by Review Officer G Pell.",
    "Covers 01/06/2008 to 20/03/2011. Prepared by Review Officer G Pell, Public Protection.",
    "12 April 2010", "Date: 12/04/2010", "Compiled by the Named GP on 12/04/2010 for the Board.",
    "Period covered: 1 January 2007 to 14 February 2010", "12/04/2010 Version 2, final", "2009",
    "In February 2009 the practice moved to another building and changed its name.",
)  # fmt: skip


@pytest.mark.parametrize("text", LINES)
def test_a_line_that_begins_with_a_date_and_tells_something_is_like_an_entry(text: str) -> None:
    assert is_like_entry(text)
    finding = only(judge([*table(entry()), Paragraph(text)]), "entries-outside")
    assert finding.severity == "question"


@pytest.mark.parametrize("text", NOT)
def test_other_lines_are_not(text: str) -> None:
    assert judge([*table(entry()), Paragraph(text)]).findings == ()


def test_a_chronology_with_open_questions_beside_it_has_none_of_its_entries_vouched_for() -> None:
    judgement = judge([*table(entry(), entry()), *other(UNREAD["dates and events"])])
    assert judgement.passed == ("the headings",)


def test_a_key_of_short_forms_in_two_pairs_of_columns_is_understood() -> None:
    """Failure mode 95."""
    key = [("A&E", "Accident and emergency", "HV", "Health visitor"), ("DNA", "Did not attend")]
    rows = [row(n, texts, 9) for n, texts in enumerate(key, 1)]
    assert rules(judge([*rows, TableEnd(9), *table(entry())])) == []
    told = row(1, ("12/06/2009", "GP", "Mother", "Seen in surgery with a rash."), 9)
    assert rules(judge([told, TableEnd(9), *table(entry())])) == ["table-unread"]


def test_dated_paragraphs_and_a_small_table_an_entry_are_most_like_a_chronology() -> None:
    told = Paragraph("21/11/2007 10:21 Child N: seen in surgery with Mother about a rash.")
    assert has_dated_pieces([told] * 3)
    assert not has_dated_pieces([told] * 2)
    small = [row(1, ("Date", "21/11/2007")), row(2, ("Event", "Seen in surgery."))]
    assert has_dated_pieces([*small, *small, *small])
    assert not has_dated_pieces(small)


KEYS: dict[str, Rows] = {
    "each in its cell": [
        ["SC = social care", "HV = health visitor", "GP – general practitioner"],
        ["CIN = child in need", "CP: child protection", "A&E = accident and emergency"],
    ],
    "small letters": [["sw", "social worker", "hv", "health visitor"]],
    "shortened words": [
        ["Soc Care", "Children's social care", "H Visitor", "Health visitor"],
        ["D/S", "Detective Sergeant", "S/N", "School nurse"],
    ],
}
NO_KEYS: dict[str, Rows] = {
    "events beside people": [
        ["Mother", "Seen at home by the health visitor", "Child N", "Bruise noted to left arm"],
        ["Father", "Left the house after an argument", "Mother", "Telephoned the police for help"],
    ],
    "events in one cell": [
        ["Mother: telephoned for help", "HV1: visited at home", "Child N: bruise seen on arm"],
    ],
    "a day among them": [["SC = social care", "HV = health visitor", "Seen on 3 May 2009 at home"]],
}


@pytest.mark.parametrize("name", KEYS)
def test_short_forms_that_the_document_explains_are_not_asked_about(name: str) -> None:
    assert judge([*table(entry()), *other(KEYS[name])]).findings == ()


@pytest.mark.parametrize("name", NO_KEYS)
def test_what_only_looks_like_a_key_is_told(name: str) -> None:
    only(judge([*table(entry()), *other(NO_KEYS[name])]), "table-unread")


OF_WHOLE = Paragraph("Period 01/06/2008 to 20/03/2011. Compiled by Review Officer G Pell.")


def test_a_line_that_reads_as_an_entry_is_told_by_where_it_stands() -> None:
    line, plain = Paragraph(LINES[0]), Paragraph("Page 3 of 3")
    held = table(entry())
    places: dict[str, list[Block]] = {
        "the line above the table": [OF_WHOLE, line, *held],
        "the second line above the table": [line, OF_WHOLE, Paragraph(""), *held],
        "the line below the table": [*held, Paragraph(" "), line],
        "the third line below the table": [*held, plain, plain, line],
        "the fourth line above the table, and more": [*[line] * 4, *held, line],
    }
    for place, blocks in places.items():
        finding = only(judge(blocks), "entries-outside")
        assert finding.where.section == place
        assert finding.where.line is not None
        assert Vocabulary(load_kinds()).contains_judgement(Judgement("chronology", 1.0, (finding,)))


def test_of_several_tables_it_is_told_after_which_entry_a_line_stands() -> None:
    line = Paragraph(LINES[0])
    one, two = table(entry()), table(entry(date="05/02/2009"), number=2)
    finding = only(judge([*one, *two, line]), "entries-outside")
    assert finding.where.section == "the line after the entry of 5 February 2009"
    finding = only(judge([*one, line, *two]), "entries-outside")
    assert finding.where.section == "the line after the entry of 1 February 2009"
