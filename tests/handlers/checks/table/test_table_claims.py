"""Whose each table is: the nearest kind's, never the first's (failure mode 123)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.kind import Kind
from config.kind_shape import Column, TableShape
from handlers.checks.table.table_claims import TableClaims
from handlers.context import Context
from handlers.document import STAMP_PROPERTY, Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.findings import FindingPlace, Judgement
from tests.chronologies import (
    CONTEXT,
    GP,
    HEADINGS,
    KIND,
    cell,
    entry,
    judge,
    only,
    row,
    rules,
    table,
)
from tests.each_case import each_case

# The timeline of another review: fewer columns, mostly the same words.
TIMELINE_HEADINGS = ("Date", "Time", "Agency", "Source of Information", "Event", "Comment")
TIMELINE = Kind(
    "timeline",
    "Timeline",
    "timeline",
    TableShape(
        tuple(
            Column(key, heading, reads_as)  # type: ignore[arg-type]
            for key, heading, reads_as in zip(
                ("date", "time", "agency", "source", "event", "comment"),
                TIMELINE_HEADINGS,
                ("date", "time", "agency", "source", "text", "text"),
                strict=True,
            )
        )
    ),
    KIND.rules,
    order=0,
)
ENTRY = ("01/02/2009", "17:45", "GP", "GP records", "Seen in surgery.", "")
BOTH = [(KIND, TIMELINE), (TIMELINE, KIND)]


def judged(
    blocks: list[Block],
    kinds: tuple[Kind, ...],
    context: Context = CONTEXT,
    traits: Traits | None = None,
) -> dict[str, Judgement]:
    traits = traits or Traits()
    claims = TableClaims(kinds, context, traits)
    for block in blocks:
        claims.claim_block(block)
    said = ((judge.kind.id, judge.finish_judgement(traits)) for judge in claims.judges)
    return {kind: judgement for kind, judgement in said if judgement is not None}


def stamped(kind: str) -> Traits:
    return Traits(properties={STAMP_PROPERTY: f"N12/GP/{kind}/{'0' * 32}"})


@pytest.mark.parametrize("kinds", BOTH)
def test_faultless_tables_of_either_kind_are_that_kinds(kinds: tuple[Kind, ...]) -> None:
    found = judged(table(entry()), kinds)
    assert {kind: rules(said) for kind, said in found.items()} == {"chronology": []}
    found = judged(table(ENTRY, headings=TIMELINE_HEADINGS), kinds)
    assert {kind: rules(said) for kind, said in found.items()} == {"timeline": []}


@pytest.mark.parametrize("kinds", BOTH)
def test_both_in_one_document_are_each_judged_as_their_own(kinds: tuple[Kind, ...]) -> None:
    blocks = [*table(entry()), *table(ENTRY, headings=TIMELINE_HEADINGS, number=2)]
    assert {kind: rules(said) for kind, said in judged(blocks, kinds).items()} == {
        "chronology": [],
        "timeline": [],
    }


@each_case("kinds", BOTH)
@each_case("gone", range(9))
def test_a_chronology_that_lacks_one_heading_is_still_one(
    kinds: tuple[Kind, ...], gone: int
) -> None:
    headings = (*HEADINGS[:gone], *HEADINGS[gone + 1 :])
    texts = entry()
    found = judged(table((*texts[:gone], *texts[gone + 1 :]), headings=headings), kinds)
    assert list(found) == ["chronology"]
    assert "heading-missing" in rules(found["chronology"])


@pytest.mark.parametrize("kinds", BOTH)
@pytest.mark.parametrize("meant", ["chronology", "timeline"])
def test_the_stamp_says_whose_a_doubtful_table_is(kinds: tuple[Kind, ...], meant: str) -> None:
    headings = ("Date", "Time", "Agency", "Source of Information", "Event", "What else")
    found = judged(table(ENTRY, headings=headings), kinds, traits=stamped(meant))
    assert list(found) == [meant]


@pytest.mark.parametrize("kinds", BOTH)
@pytest.mark.parametrize("meant", ["chronology", "timeline"])
def test_the_kind_that_is_named_has_it(kinds: tuple[Kind, ...], meant: str) -> None:
    context = replace(CONTEXT, assume=meant)
    found = judged(table(ENTRY, headings=TIMELINE_HEADINGS), kinds, context)
    assert list(found) == [meant]


@pytest.mark.parametrize("kinds", BOTH)
@pytest.mark.parametrize("owed", ["chronology", "timeline"])
def test_what_the_agency_owes_decides_where_neither_is_exact(
    kinds: tuple[Kind, ...], owed: str
) -> None:
    context = replace(CONTEXT, agency=replace(GP, owes=(owed,)))
    headings = ("Date", "Time", "Agency", "Source of Information", "Event", "What else")
    assert list(judged(table(ENTRY, headings=headings), kinds, context)) == [owed]


@pytest.mark.parametrize("kinds", BOTH)
def test_what_is_exact_is_that_kind_whatever_is_owed(kinds: tuple[Kind, ...]) -> None:
    context = replace(CONTEXT, agency=replace(GP, owes=("chronology",)))
    assert list(judged(table(ENTRY, headings=TIMELINE_HEADINGS), kinds, context)) == ["timeline"]


# A table without headings


def in_two(first: tuple[str, ...], second: tuple[str, ...]) -> list[Block]:
    return [*table(first), Paragraph(""), row(1, second, 2), TableEnd(2)]


FIRST_DATES = ("w/c 2/2/09", "31/02/2009", "Feb 2009", "", "N/K", "2-5/2/09", "yesterday")


@pytest.mark.parametrize("day", FIRST_DATES)
def test_the_rest_after_a_split_is_read_on_whatever_its_first_date_is(day: str) -> None:
    """Failure mode 95: twenty entries went unread behind one bad date."""
    judgement = judge(in_two(entry(), entry(day)))
    (finding,) = judgement.findings
    assert finding.rule in {"date-invalid", "date-missing"}
    assert finding.where == FindingPlace(2, 1, "Date")


def test_a_ditto_first_in_the_second_half_is_the_date_above() -> None:
    assert rules(judge(in_two(entry(), entry('"')))) == ["ditto"]


def test_headings_that_were_other_are_told_once_when_the_table_is_split() -> None:
    first = table(entry(), headings=("When", *HEADINGS[1:]))
    only(judge([*first, row(1, entry(), 2), TableEnd(2)]), "heading-changed")


def test_a_list_of_other_things_as_wide_is_not_read_on() -> None:
    other = [row(1, [f"Word {n}" for n in range(9)], 2), TableEnd(2)]
    only(judge([*table(entry()), *other]), "table-unread")


def test_a_table_that_lost_its_headings_is_a_chronology_without_them() -> None:
    judgement = judge([row(1, entry()), row(2, entry(source="")), TableEnd(1)])
    assert rules(judgement) == ["heading-missing", "source-missing"]
    assert judgement.findings[0].where == FindingPlace(1)
    assert judgement.findings[1].where.row == 2
    assert judgement.clues.rows == 2


@pytest.mark.parametrize("texts", [["01/02/2009"] + ["x"] * 8, ["x"] * 9, entry()[:8]])
def test_other_rows_without_headings_are_no_chronology(texts: list[str]) -> None:
    claims = TableClaims([KIND], CONTEXT, Traits())
    claims.claim_block(row(1, texts))
    assert not claims.has_claimed_table


# Tables without headings of their own


def continued(*entries: tuple[str, ...], number: int = 2) -> list[Block]:
    """A faultless table, and one below it of these entries and no headings."""
    rows = [row(count, texts, number) for count, texts in enumerate(entries, 1)]
    return [*table(entry()), *rows, TableEnd(number)]


def claimed_tables(blocks: list[Block]) -> set[int]:
    claims = TableClaims((KIND,), CONTEXT, Traits())
    for block in blocks:
        claims.claim_block(block)
    return set(claims.claimed)


def test_a_table_goes_on_from_the_one_before_it_though_all_but_the_date_is_blank() -> None:
    alone = ("03/02/2009", "", "", "", "", "", "", "Seen again.", "")
    assert claimed_tables(continued(alone)) == {1, 2}


def test_a_table_of_fewer_or_more_columns_does_not_go_on_from_the_one_before_it() -> None:
    """Its cells would be read under headings that are not theirs."""
    assert claimed_tables(continued(entry()[:-1])) == {1}
    assert claimed_tables(continued((*entry(), "more"))) == {1}


def test_a_table_with_nothing_in_place_does_not_go_on_from_the_one_before_it() -> None:
    words = tuple(f"words of another table {number}" for number in range(len(HEADINGS)))
    assert claimed_tables(continued(words)) == {1}


def test_whether_a_table_goes_on_is_seen_by_its_first_row_alone() -> None:
    """A dated row further down in a table of something else makes it no part of the chronology."""
    words = tuple(f"words of another table {number}" for number in range(len(HEADINGS)))
    assert claimed_tables(continued(words, entry())) == {1}


def test_the_row_by_which_a_table_goes_on_is_an_entry_and_judged() -> None:
    (finding,) = judge(continued(entry(date="31/02/2009"), entry())).findings
    assert (finding.rule, finding.where.table, finding.where.row) == ("date-invalid", 2, 1)


# Headings that are not one row, or not the first


def test_headings_over_two_rows_are_read_as_one() -> None:
    upper = ("Date", "Time", "Agency", "Name of", "Age", "Child", "Source of", "Event", "Authors")
    lower = ("", "", "", "subject", "", "seen", "Information", "", "Comment")
    blocks = [row(1, upper), row(2, lower), row(3, entry()), TableEnd(1)]
    assert judge(blocks).findings == ()


def test_a_heading_over_several_columns_above_the_headings_is_no_heading() -> None:
    upper = [cell(h, i) for i, h in enumerate(HEADINGS[:3])]
    upper += [cell("The child", 3, span=3)]
    upper += [cell(h, i + 6) for i, h in enumerate(HEADINGS[6:])]
    lower = [cell("", i, continued=True) for i in range(3)]
    lower += [cell(h, i + 3) for i, h in enumerate(HEADINGS[3:6])]
    lower += [cell("", i + 6, continued=True) for i in range(3)]
    blocks = [Row(1, 1, tuple(upper)), Row(1, 2, tuple(lower)), row(3, entry()), TableEnd(1)]
    assert judge(blocks).findings == ()


@pytest.mark.parametrize("above", range(1, 6))
def test_details_may_stand_in_rows_above_the_headings(above: int) -> None:
    details = [
        Row(1, n, (cell("Agency:", 0, 2), cell("Meadow Lane Surgery", 2, 7)))
        for n in range(1, above + 1)
    ]
    judgement = judge([*details, row(above + 1, HEADINGS), row(above + 2, entry()), TableEnd(1)])
    assert judgement.findings == ()


# Tables in tables


def nested(*levels: Cell) -> Row:
    return Row(1, 1, levels)


def within(rows: tuple[Row, ...], depth: int) -> Row:
    outer = Row(1, 1, (Cell((Paragraph("Agency Chronology"),), 0, tables=(rows,)),))
    return outer if depth == 1 else within((outer,), depth - 1)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_chronology_in_a_layout_table_is_a_chronology(depth: int) -> None:
    """Failure mode 95."""
    rows = (row(1, HEADINGS), row(2, entry()), row(3, entry(source="")))
    judgement = judge([within(rows, depth), TableEnd(1)])
    assert only(judgement, "source-missing").where == FindingPlace(1, 3, "Source of Information")


def test_a_table_in_an_entrys_cell_is_the_entrys() -> None:
    cells = list(row(2, entry()).cells)
    cells[7] = replace(cells[7], tables=((row(1, ("a", "b")),),))
    assert judge([row(1, HEADINGS), Row(1, 2, tuple(cells)), TableEnd(1)]).findings == ()


def test_ten_thousand_rows_are_all_read() -> None:
    """Failure mode 95: rows beyond a bound."""
    entries = [entry() for _ in range(9_999)]
    judgement = judge(table(*entries, entry(source="")))
    assert judgement.clues.rows == 10_000
    assert only(judgement, "source-missing").where.row == 10_001


def test_what_is_counted_is_entries_and_all_of_them_wherever_a_table_was_split() -> None:
    """A letter says "all 5 dates": over every table, and of nothing but entries."""
    blank, year = ("",) * 9, ("2009", *[""] * 8)
    later = [entry(f"0{day}/02/2009") for day in range(2, 6)]
    first = table(year, entry(), blank, HEADINGS, later[0])
    bare = [row(1, later[1], 2), TableEnd(2)]
    headed = table(blank, later[2], later[3], blank, number=3)
    judgement = judge([*first, Paragraph(""), *bare, *headed, *table(blank, number=4)])
    assert judgement.clues.rows == 5
    assert {"all 5 dates", "all 5 times"} <= set(judgement.passed)
    assert len(judgement.clues.digests) == 5
