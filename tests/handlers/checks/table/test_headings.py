"""Which tables are chronologies, and what is wrong with their headings."""

from __future__ import annotations

import pytest

from handlers.checks.table.table_claims import TableClaims
from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.findings import Finding, FindingPlace
from tests.chronologies import (
    CONTEXT,
    HEADINGS,
    KIND,
    cell,
    entry,
    heard,
    judge,
    only,
    row,
    rules,
    table,
)
from tests.each_case import each_case

PLAN = (
    "Outcome", "Recommendation", "Action", "By Whom", "Timescale",
    "Evidence of Implementation (Including Method of Audit)",
)  # fmt: skip


def about(judgement_findings: tuple[Finding, ...], rule: str) -> list[str | None]:
    return [f.where.column for f in judgement_findings if f.rule == rule]


@pytest.mark.parametrize(
    "headings",
    [
        PLAN,
        ("Criteria", "Yes", "No", "Partially", "Comments"),
        ("Full Name", "Date of Birth", "Relationship", "Address"),
        ("Name", "Role", "Agency", "Date", "Time"),
        ("Date", "Event", "Comment"),
        ("Version", "Date", "Author", "Change"),
        ("Key", "Role", "Agency"),
    ],
)
def test_other_tables_are_left_to_other_judges(headings: tuple[str, ...]) -> None:
    claims = TableClaims([KIND], CONTEXT, Traits())
    rows = table(["x"] * len(headings), headings=headings)
    assert not any(claims.claim_block(block) for block in rows)
    assert claims.judges[0].finish_judgement(Traits()) is None


def test_every_block_of_a_chronology_is_claimed_and_nothing_else() -> None:
    claims = TableClaims([KIND], CONTEXT, Traits())
    blocks: list[Block] = [Paragraph("Agency chronology"), *table(entry(), entry())]
    blocks += [Paragraph("Action plan"), *table(["x"] * 6, headings=PLAN, number=2)]
    claimed = [claims.claim_block(block) for block in blocks]
    assert claimed == [False, True, True, True, True, False, False, False, False]


@pytest.mark.parametrize(
    "headings",
    [
        [h.upper() for h in HEADINGS],
        [h.replace(" ", "\n") for h in HEADINGS],
        [f"{h}:" for h in HEADINGS],
        [h.replace("Authors", "Author’s") for h in HEADINGS],
        ["ChildSeen" if h == "Child seen" else h for h in HEADINGS],
    ],
)
def test_case_space_and_punctuation_make_no_difference(headings: list[str]) -> None:
    assert judge(table(entry(), headings=headings)).findings == ()


@each_case("column", range(9))
@each_case("text", ["Something else", ""])
def test_one_changed_heading_is_named_and_its_column_still_judged(column: int, text: str) -> None:
    headings = [text if index == column else h for index, h in enumerate(HEADINGS)]
    finding = only(judge(table(entry(), headings=headings)), "heading-changed")
    assert finding.where == FindingPlace(1, 1, HEADINGS[column])
    assert f'"{HEADINGS[column]}"' in finding.fix
    blank = ["" if index == column else text for index, text in enumerate(entry())]
    if column not in (4, 8):
        assert len(judge(table(blank, headings=headings)).findings) > 1


def test_numbered_headings_are_changed_each_and_the_table_is_a_chronology() -> None:
    numbered = [f"{n}. {heading}" for n, heading in enumerate(HEADINGS, 1)]
    judgement = judge(table(entry(), headings=numbered))
    assert about(judgement.findings, "heading-changed") == list(HEADINGS)
    assert set(rules(judgement)) == {"heading-changed"}


def test_a_heading_in_other_words_is_changed_not_lost() -> None:
    headings = ("Date of event", "Time", "Agency name", "Name", "Age", "Child seen?", "Source",
                "Event", "Comments")  # fmt: skip
    judgement = judge(table(entry(), headings=headings))
    assert set(rules(judgement)) == {"heading-changed"}
    assert about(judgement.findings, "heading-changed") == [
        "Date", "Agency", "Name of subject", "Source of Information", "Authors Comment",
    ]  # fmt: skip
    assert judgement.confidence < 1


@pytest.mark.parametrize("column", range(9))
def test_a_missing_heading_is_named_and_its_column_not_judged(column: int) -> None:
    def without(texts: tuple[str, ...]) -> list[str]:
        return [text for index, text in enumerate(texts) if index != column]

    judgement = judge(table(without(entry()), headings=without(HEADINGS)))
    finding = only(judgement, "heading-missing")
    assert finding.where == FindingPlace(1, 1, HEADINGS[column])
    beside = [HEADINGS[n] for n in (column - 1, column + 1) if 0 <= n < len(HEADINGS)]
    assert "its place is" in finding.fix  # at the end it was taken for one that was moved
    assert all(f'"{heading}"' in finding.fix for heading in beside)
    assert "the headings" not in judgement.passed


@pytest.mark.parametrize(
    ("at", "place"), [(1, 'after "Date"'), (5, 'after "Age"'), (9, 'after "Authors Comment"')]
)
def test_an_added_column_is_placed_and_the_rest_still_read(at: int, place: str) -> None:
    def widened(texts: tuple[str, ...], extra: str) -> list[str]:
        return [*texts[:at], extra, *texts[at:]]

    finding = only(
        judge(table(widened(entry(), "high"), headings=widened(HEADINGS, "Risk"))),
        "heading-added",
    )
    assert place in finding.message
    assert "Risk" not in finding.message + finding.fix


def test_many_added_columns_are_one_sentence() -> None:
    more = [str(n) for n in range(72)]
    wide = table([*entry(), *more], headings=[*HEADINGS, *more])
    finding = only(judge(wide), "heading-added")
    assert finding.message == '72 columns have been added after "Authors Comment".'


def test_columns_added_all_over_are_one_sentence() -> None:
    def between(texts: tuple[str, ...]) -> list[str]:
        return [text for each in texts for text in (each, "more")]

    finding = only(judge(table(between(entry()), headings=between(HEADINGS))), "heading-added")
    assert finding.message == "9 columns have been added in several places."


@each_case("heading", ["No.", "", "#", "Entry", "Ref"])
@each_case("number", ["1", "12.", "GP/3", ""])
def test_one_extra_first_column_may_number_the_rows(heading: str, number: str) -> None:
    judgement = judge(table((number, *entry()), headings=(heading, *HEADINGS)))
    assert judgement.findings == ()
    assert "the headings" in judgement.passed


def test_the_numbering_column_is_not_taken_for_a_changed_date() -> None:
    judgement = judge(table(("1", *entry()), headings=("No", "When", *HEADINGS[1:])))
    assert only(judgement, "heading-changed").where.column == "Date"


def test_an_extra_first_column_of_anything_else_is_an_added_one() -> None:
    rows = [("Family", *entry()), ("Health", *entry("02/02/2009"))]
    finding = only(judge(table(*rows, headings=("Theme", *HEADINGS))), "heading-added")
    assert 'before "Date"' in finding.message


def test_a_row_with_nothing_but_its_number_is_blank() -> None:
    rows = [("1", *entry()), ("2", *[""] * 9)]
    assert judge(table(*rows, headings=("No", *HEADINGS))).clues.rows == 1


def test_headings_in_another_order_are_moved_and_read_where_they_are() -> None:
    swap = [1, 0, 2, 3, 4, 5, 6, 7, 8]
    moved = table([entry()[i] for i in swap], headings=[HEADINGS[i] for i in swap])
    judgement = judge(moved)
    finding = only(judgement, "heading-changed")
    assert finding.message == "The heading has been moved."
    assert finding.fix.endswith(", with all that belongs under it.")
    assert finding.where.column in ("Date", "Time")


def test_a_title_across_the_table_is_stepped_over() -> None:
    title = Row(1, 1, (cell("Chronology for N12", 0, span=9),))
    rows = [Row(1, b.number + 1, b.cells) for b in table(entry("31/02/2009")) if isinstance(b, Row)]
    judgement = judge([title, *rows, TableEnd(1)])
    assert only(judgement, "date-invalid").where.row == 3


def test_blank_rows_and_repeated_headings_are_skipped_but_counted() -> None:
    blank = ("",) * 9
    upper = tuple(h.upper() for h in HEADINGS)
    judgement = judge(table(blank, entry(), HEADINGS, blank, upper, entry("31/02/2009")))
    assert only(judgement, "date-invalid").where.row == 7
    assert judgement.clues.rows == 2


def test_each_row_of_headings_that_is_repeated_with_other_words_is_told() -> None:
    """Whoever mends the first row alone hears of the second now, not at the next try."""
    headings = ("When", *HEADINGS[1:])
    judgement = judge(table(entry(), headings, entry(), HEADINGS, headings=headings))
    assert rules(judgement) == ["heading-changed"] * 2
    assert [f.where.row for f in judgement.findings] == [1, 3]
    assert (
        judgement.findings[1].message
        == "The heading has been changed where the headings stand again."
    )
    assert "or delete this row" in judgement.findings[1].fix


@each_case(
    ("again", "wrong"),
    [
        ((*HEADINGS[:6], "Source", *HEADINGS[7:]), ["Source of Information"]),
        ((*HEADINGS[:6], "Where from", *HEADINGS[7:]), ["Source of Information"]),
        (("Day", "Hour", *HEADINGS[2:]), ["Date", "Time"]),
        ((*HEADINGS[:8], ""), ["Authors Comment"]),
        (("Date", "Clock", "Body", "Person", "Age", "Visible", "From", "What", "Remark"),
         ["Time", "Agency", "Name of subject", "Child seen", "Source of Information", "Event",
          "Authors Comment"]),
        (tuple(h.upper() + ":" for h in HEADINGS), []),
    ],
)  # fmt: skip
@each_case("last", [False, True])
def test_headings_repeated_below_right_ones_are_held_against_them(
    again: tuple[str, ...], wrong: list[str], last: bool
) -> None:
    rows = [entry(), again] if last else [entry(), again, entry()]
    judgement = judge(table(*rows))
    assert about(judgement.findings, "heading-changed") == wrong
    assert set(rules(judgement)) <= {"heading-changed"}


def test_headings_repeated_over_two_rows_are_read_as_one() -> None:
    upper = ("Date", "Time", "Agency", "Name of", "Age", "Child", "Source of", "Event", "Authors")
    lower = ("", "", "", "subject", "", "seen", "Information", "", "Comment")
    assert judge(table(entry(), upper, lower, entry())).findings == ()
    other = ("", "", "", "subject", "", "seen", "Facts", "", "Comment")
    found = only(judge(table(entry(), upper, other, entry())), "heading-changed")
    assert (found.where.row, found.where.column) == (3, "Source of Information")


def test_headings_repeated_before_any_entry_are_told_with_the_first() -> None:
    again = ("When", *HEADINGS[1:])
    judgement = judge(table(again, entry()))
    assert only(judgement, "heading-changed").where.row == 2
    assert set(rules(judge(table(again)))) == {"no-rows"}


def test_repeated_headings_with_a_cell_too_many_are_asked_about() -> None:
    judgement = judge(table(entry(), ("No", *HEADINGS, "More"), entry()))
    assert [(f.rule, f.where.row, f.severity) for f in judgement.findings] == [
        ("row-cells", 3, "question")
    ]


def test_several_tables_are_one_chronology_and_an_empty_one_is_ignored() -> None:
    blocks = [
        *table(headings=("When", *HEADINGS[1:])),
        *table(entry(), number=2),
        Paragraph("2009, continued"),
        *table(entry("02/02/2009"), number=3),
    ]
    judgement = judge(blocks)
    assert judgement.findings == ()
    assert judgement.clues.rows == 2


def test_the_headings_of_each_table_with_entries_are_judged() -> None:
    blocks = [
        *table(entry()),
        *table(entry("02/02/2009"), headings=("When", *HEADINGS[1:]), number=2),
    ]
    assert only(judge(blocks), "heading-changed").where.table == 2


def test_a_table_cut_in_two_is_read_on() -> None:
    """Cutting a table leaves the second half without headings; its entries are not lost."""
    second = [row(1, entry("31/02/2009"), 2), row(2, entry("03/02/2009"), 2), TableEnd(2)]
    blocks = [*table(entry()), row(1, entry("02/02/2009"), 2), *second]
    judgement = judge(blocks)
    assert rules(judgement) == ["date-invalid"]
    assert judgement.findings[0].where == FindingPlace(2, 1, "Date")
    assert judgement.clues.rows == 4


def test_any_grid_at_all_is_judged_without_falling_over() -> None:
    odd: list[Cell] = [cell("x", 0, 0), cell("y", 40, 3), cell("", 7, 1, continued=True)]
    blocks = table(entry())
    for count in range(4):
        heard([*blocks[:-1], Row(1, 3, tuple(odd[:count])), blocks[-1]])
    indented = Row(1, 1, tuple(cell(h, 5 + i) for i, h in enumerate(HEADINGS)))
    assert heard([indented, Row(1, 2, tuple(odd)), TableEnd(1)]) is not None
