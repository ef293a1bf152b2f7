"""Findings told by cause: one number a cause, all its places."""

from __future__ import annotations

from handlers.findings import Finding, FindingPlace
from outbox.writing.places import Change, group_into_changes
from tests.registry import KINDS


def found(
    rule: str = "source-missing", message: str = "Nothing is entered.", **where: object
) -> Finding:
    return Finding(rule, "fault", message, "Say where it comes from.", FindingPlace(**where))  # type: ignore[arg-type]


def test_one_fault_in_three_rows_is_one_change_naming_the_rows() -> None:
    rows = [found(table=1, row=n, column="Source of Information") for n in (22, 23, 31)]
    assert group_into_changes(rows) == (
        Change(
            "Rows 22, 23 and 31, Source of Information",
            "Nothing is entered.",
            "Say where it comes from.",
        ),
    )


def test_different_words_are_different_changes() -> None:
    one = found(table=1, row=14, column="Date", message="31/02/2009 is not a day.")
    other = found(table=1, row=15, column="Date", message="This gives a week.")
    assert [c.place for c in group_into_changes([one, other])] == ["Row 14, Date", "Row 15, Date"]


def test_the_same_words_in_another_column_are_another_change() -> None:
    rows = [found(table=1, row=2, column="Event"), found(table=1, row=2, column="Agency")]
    assert [c.place for c in group_into_changes(rows)] == ["Row 2, Event", "Row 2, Agency"]


def test_the_count_of_the_rest_joins_the_places_it_belongs_to() -> None:
    more = "Nothing is entered. The same is so in 390 more rows, the last being row 402."
    rows = [found(table=1, row=n, column="Event") for n in range(2, 12)]
    (told,) = group_into_changes([*rows, found(table=1, column="Event", message=more)])
    assert told.place == "Rows 2, 3, 4, 5, 6, 7, 8, 9, 10 and 11, Event"
    assert told.message == more


def test_the_table_is_named_only_where_there_is_more_than_the_first() -> None:
    assert group_into_changes([found(table=1, row=2, column="Event")])[0].place == "Row 2, Event"
    assert (
        group_into_changes([found(table=3, row=2, column="Event")])[0].place
        == "Table 3, row 2, Event"
    )


def test_rows_of_several_tables_are_one_sentence_that_names_each_table_once() -> None:
    rows = [found(table=t, row=n, column="Event") for t, n in ((1, 6), (2, 3), (2, 5), (4, 2))]
    (told,) = group_into_changes(rows)
    assert told.place == "Row 6 of table 1, rows 3 and 5 of table 2 and row 2 of table 4, Event"
    more = "Nothing is entered. The same is so in 3 more rows, the last being row 7 of table 5."
    (told,) = group_into_changes([*rows, found(table=5, column="Event", message=more)])
    assert (told.place[:16], told.message) == ("Row 6 of table 1", more)


def test_an_action_plan_is_named_before_its_rows_and_its_tables_are_not_numbered() -> None:
    kind = KINDS["imr"]
    one, two = (
        found("plan-by-whom-missing", table=9, row=2, column="By Whom", section=name)
        for name in ("Action Plan, recommendation 1", "Action Plan, recommendation 2")
    )
    assert [c.place for c in group_into_changes([one, two], kind)] == [
        "Action Plan, recommendation 1, row 2, By Whom",
        "Action Plan, recommendation 2, row 2, By Whom",
    ]


def test_the_table_is_named_in_each_part_of_a_letter_where_any_speaks_of_another() -> None:
    first, second = found(table=1, row=2, column="Event"), found(table=2, row=2, column="Event")
    assert [c.place for c in group_into_changes([first], None, [second])] == [
        "Table 1, row 2, Event"
    ]
    assert [c.place for c in group_into_changes([first], None, [first])] == ["Row 2, Event"]


def test_criteria_and_sections_are_named_in_their_own_words() -> None:
    criteria = [found(criterion=n) for n in (5, 9)]
    assert group_into_changes(criteria)[0].place == "Criteria 5 and 9"
    assert group_into_changes([found(section="Genogram")])[0].place == "Genogram"


def test_a_finding_about_the_whole_document_has_no_place() -> None:
    assert group_into_changes([found()])[0].place == ""


def test_a_table_as_a_whole_is_counted_in_words_and_placed() -> None:
    unread = found("table-unread", table=1, section="before the first entry")
    row = found(table=2, row=5, column="Event")
    assert [c.place for c in group_into_changes([unread])] == [
        "The first table, before the first entry"
    ]
    assert [c.place for c in group_into_changes([unread, row])][1] == "Table 2, row 5, Event"
    assert [c.place for c in group_into_changes([found("table-unread", table=11)])] == ["Table 11"]


def test_a_missing_section_is_one_change_that_says_all_that_goes_there() -> None:
    section = FindingPlace(section="Signing Off")
    told = [
        Finding("section-missing", "fault", "It is not there.", "Add it.", section),
        Finding(
            "section-missing", "fault", "It is not there.", "Add it.", FindingPlace(section="Two")
        ),
        Finding("sign-off-missing", "fault", "No author.", "Add one.", section),
        Finding("sign-off-missing", "fault", "No commissioner.", "Add another.", section),
        Finding(
            "sign-off-missing", "fault", "Elsewhere.", "Mend it.", FindingPlace(section="Three")
        ),
    ]
    assert group_into_changes(told) == (
        Change("Signing Off", "It is not there.", "Add it. Add one. Add another."),
        Change("Two", "It is not there.", "Add it."),
        Change("Three", "Elsewhere.", "Mend it."),
    )


def test_parts_of_a_form_that_are_told_in_the_same_words_are_one_change() -> None:
    told = [
        Finding(
            f"{key}-missing", "fault", "No line.", "Add lines.", FindingPlace(section=key.title())
        )
        for key in ("date", "name", "title")
    ]
    assert group_into_changes(told) == (Change("Date, Name and Title", "No line.", "Add lines."),)
    rows = [
        Finding(
            f"{key}-missing", "fault", "Nothing.", "Enter it.", FindingPlace(1, row, key.title())
        )
        for row, key in enumerate(("date", "name"), 2)
    ]
    assert len(group_into_changes(rows)) == 2


def test_what_stands_before_each_comma_is_said_once() -> None:
    told = [
        Finding(
            f"front-sheet-{key}",
            "fault",
            "None.",
            "Add.",
            FindingPlace(section=f"Front sheet, {key}"),
        )
        for key in ("Author", "Date")
    ]
    assert [change.place for change in group_into_changes(told)] == ["Front sheet, Author and Date"]
