"""Two columns that have changed places: their headings alone, or what is entered under them."""

from __future__ import annotations

from itertools import combinations

from handlers.findings import FindingPlace
from tests.chronologies import HEADINGS, entry, judge, rules, table

Row = tuple[str, ...]
GOOD = [
    entry("14/05/2007", "10:30", age="5/7", event="New baby check. No concerns noted."),
    entry("21/06/2007", "09:15", age="6/52", event="Six week check.", comment="No tool was used."),
    entry("21/06/2007", "16:40", subject="Mother", age="", seen="N", event="Rang about her mood."),
    entry("03/02/2008", "18:05", age="8 mths", source="Out of hours sheet", event="A bruise seen."),
    entry("17/09/2008", "14:20", "MLS", age="1y 4m", source="Immunisation record", event="MMR."),
    entry("29/01/2010", "12:10", age="2", seen="N", source="Letter from hospital",
          event="Discharge letter received and filed.", comment="It was read a week later."),
    entry("09/02/2010", "15:30", age="2", event="Seen with a limp. Sent to hospital."),
]  # fmt: skip
COMMENTED = [(*row[:8], row[8] or "Nothing to add.") for row in GOOD]
TOLD = {  # what stands in each other's place, and is known by its look
    ("Time", "Age"), ("Agency", "Name of subject"), ("Agency", "Source of Information"),
    ("Name of subject", "Age"), ("Source of Information", "Event"),
    ("Source of Information", "Authors Comment"),
}  # fmt: skip


def swapped(row: Row, one: str, other: str) -> Row:
    made, i, k = list(row), HEADINGS.index(one), HEADINGS.index(other)
    made[i], made[k] = made[k], made[i]
    return tuple(made)


def test_what_is_entered_under_each_others_headings_is_asked_about() -> None:
    """At the least: where it breaks another rule, that is told too."""
    for one, other in TOLD:
        judgement = judge(table(*(swapped(row, one, other) for row in COMMENTED)))
        (found,) = (f for f in judgement.findings if f.rule == "columns-swapped")
        assert (found.severity, found.where) == ("question", FindingPlace(1)), (one, other)
        assert f"under {one} looks as if it belongs under {other}" in found.message
        assert judgement.passed == ("the headings",)
        assert judgement.clues.agency is None


def test_no_two_columns_that_changed_places_are_accepted_where_a_look_tells() -> None:
    """Events and comments look alike: they are asked about where events are blank."""
    for one, other in combinations(HEADINGS, 2):
        if (one, other) != ("Event", "Authors Comment"):
            assert judge(table(*(swapped(r, one, other) for r in COMMENTED))).verdict != "accept"
    told = rules(judge(table(*(swapped(row, "Event", "Authors Comment") for row in GOOD))))
    assert told == ["columns-swapped", *["event-missing"] * 5]


def test_what_stands_under_its_own_heading_is_not_asked_about() -> None:
    odd = [
        entry("01/02/2009", source="Telephone call from the hospital", event="Letter."),
        entry("02/02/2009", source="GP", event="Letter from hospital", comment="See GP records."),
        entry("03/02/2009", source="Told by a neighbour", event="Report", comment="GP letter"),
        entry("04/02/2009", source="Seen by the author", event="File note", comment="Paper file"),
        entry("05/02/2009", source="EMIS", event="Seen.", comment="From the notes"),
        entry("06/02/2009", source="EMIS", event="Seen.", comment="As in the record"),
        entry("07/02/2009", source="EMIS", event="Seen."),
        entry("08/02/2009", source="EMIS", event="Notes", comment="Nothing in the records"),
    ]
    for rows in (GOOD, COMMENTED, GOOD * 3, odd):
        assert "columns-swapped" not in rules(judge(table(*rows))), rows[0]


def test_headings_that_alone_changed_places_are_put_back_alone() -> None:
    """What is entered is judged where it belongs, and told to be left where it is."""
    spoiled = [*COMMENTED[:-1], (*GOOD[-1][:6], "", *GOOD[-1][7:])]
    for one, other in combinations(HEADINGS, 2):
        for more in (HEADINGS, ("No", *HEADINGS)):
            rows = [row if more is HEADINGS else ("1", *row) for row in spoiled]
            headings = (*more[: -len(HEADINGS)], *swapped(HEADINGS, one, other))
            found = judge(table(*rows, headings=headings)).findings
            told = [(f.rule, f.where.column) for f in found]
            assert told == [
                ("heading-changed", one), ("heading-changed", other),
                ("source-missing", "Source of Information"),
            ], (one, other)  # fmt: skip
            assert all("leave what is entered where it is" in f.fix for f in found[:2])


def test_a_column_that_moved_with_its_heading_is_moved_back_with_it() -> None:
    for one, other in combinations(HEADINGS, 2):
        rows = [swapped(row, one, other) for row in COMMENTED]
        found = judge(table(*rows, headings=swapped(HEADINGS, one, other))).findings
        assert {f.rule for f in found} == {"heading-changed"}, (one, other)
        assert all("with all that belongs under it" in f.fix for f in found)
