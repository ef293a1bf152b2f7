"""A good version that would take the place of another, or comes after its form was signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.findings import Clues, Judgement
from handlers.register.agency_standing import AgencyStanding, check_against_standing
from handlers.register.submissions import EntryDetails
from handlers.verdict import Verdict
from tests.registry import DAY, KINDS, Registry, judgement

PACK = frozenset(kind.id for kind in KINDS.pack_kinds)
FIVE = Clues(rows=5, digests=(1, 2, 3, 4, 5))
SIGNED = "evaluation_statement"


def rules(standing: AgencyStanding, *said: Judgement) -> list[list[str]]:
    held = check_against_standing(standing, [(each,) for each in said], KINDS)
    return [[f.rule for f in one.findings] for (one,) in held]


def chronology(rows: int, *digests: int) -> Judgement:
    return replace(judgement("chronology"), clues=Clues(rows=rows, digests=digests))


# A chronology that is shorter than the one before


def test_an_older_shorter_chronology_is_a_question_that_says_what_would_go() -> None:
    standing = AgencyStanding(owed=PACK, accepted={"chronology": FIVE})
    ((held,),) = check_against_standing(standing, [(chronology(3, 1, 2, 3),)], KINDS)
    assert held.verdict == "refer"
    (finding,) = held.findings
    assert finding.rule == "shorter-than-before"
    assert "3 entries" in finding.message
    assert "has 5: 2 of those would go" in finding.message


@pytest.mark.parametrize(
    "newer",
    [
        chronology(6, 1, 2, 3, 4, 5, 6),
        chronology(5, 1, 2, 3, 4, 9),
        chronology(5, 5, 4, 3, 2, 1),
        replace(judgement("chronology"), clues=Clues(rows=3)),
    ],
    ids=["longer", "mended", "sorted", "not known"],
)
def test_a_version_as_long_or_longer_is_not_asked_about(newer: Judgement) -> None:
    assert rules(AgencyStanding(owed=PACK, accepted={"chronology": FIVE}), newer) == [[]]


def test_a_first_chronology_is_shorter_than_nothing() -> None:
    assert rules(AgencyStanding(owed=PACK), chronology(1, 1)) == [[]]


def test_what_is_sent_back_takes_no_place() -> None:
    short = replace(judgement("chronology", "reject"), clues=Clues(rows=1, digests=(1,)))
    assert rules(AgencyStanding(owed=PACK, accepted={"chronology": FIVE}), short) == [["a-rule"]]


# A report after its statement was signed


def report_on(
    registry: Registry, day: date, *more: Judgement, dated: date | None = DAY
) -> list[list[str]]:
    standing = registry.register.agency_standing(registry.place(), day)
    return rules(standing, replace(judgement("imr"), clues=Clues(dated=dated)), *more)


def statement(signed: date) -> Judgement:
    return replace(judgement(SIGNED), clues=Clues(dated=signed))


def test_a_report_sent_again_after_its_statement_was_signed_is_asked_about_whatever_its_day(
    registry: Registry,
) -> None:
    registry.log(replace(judgement("imr"), clues=Clues(dated=DAY)), raw=b"first")
    registry.log(statement(DAY), raw=b"signed")
    later = DAY + timedelta(days=9)
    assert report_on(registry, later, dated=later) == [["signed-before-report"]]
    assert report_on(registry, later, dated=DAY) == [["signed-before-report"]]
    assert report_on(registry, DAY, dated=DAY) == [[]]
    assert report_on(registry, later, dated=None) == [["signed-before-report"]]


def test_a_report_dated_after_its_statement_was_signed_is_asked_about(registry: Registry) -> None:
    registry.log(statement(DAY), raw=b"signed")
    later = DAY + timedelta(days=3)
    assert report_on(registry, later, dated=later) == [["signed-before-report"]]


def test_a_report_that_is_first_sent_after_it_was_signed_for_is_none(registry: Registry) -> None:
    registry.log(statement(DAY), raw=b"signed")
    assert report_on(registry, DAY + timedelta(days=9)) == [[]]


def test_a_statement_that_comes_with_the_report_speaks_for_itself(registry: Registry) -> None:
    registry.log(replace(judgement("imr"), clues=Clues(dated=DAY)), raw=b"first")
    registry.log(statement(DAY), raw=b"signed")
    day = DAY + timedelta(days=9)
    assert report_on(registry, day, statement(day)) == [[], []]


def test_a_statement_that_was_never_accepted_is_asked_about_when_it_is(registry: Registry) -> None:
    registry.log(replace(judgement("imr"), clues=Clues(dated=DAY)), raw=b"first")
    registry.log(replace(statement(DAY), findings=judgement("imr", "reject").findings), raw=b"no")
    assert report_on(registry, DAY + timedelta(days=9)) == [[]]


def test_a_statement_that_waits_for_a_person_is_asked_about_as_one_that_was_accepted(
    registry: Registry,
) -> None:
    """S1 of the strangers: a report was accepted that nobody had signed for."""
    registry.log(replace(judgement("imr"), clues=Clues(dated=DAY)), raw=b"first")
    registry.log(replace(statement(DAY), findings=judgement("imr", "refer").findings), raw=b"wait")
    later = DAY + timedelta(days=9)
    assert report_on(registry, later) == [["signed-before-report"]]
    assert report_on(registry, DAY) == [[]]
    assert report_on(registry, later, statement(later)) == [[], []]


def test_a_report_that_a_person_looks_at_is_asked_about_its_statement_too(
    registry: Registry,
) -> None:
    registry.log(replace(judgement("imr"), clues=Clues(dated=DAY)), raw=b"first")
    registry.log(statement(DAY), raw=b"signed")
    standing = registry.register.agency_standing(registry.place(), DAY + timedelta(days=9))
    for verdict, asked in (("refer", True), ("reject", False)):
        ((told),) = rules(standing, judgement("imr", verdict))
        assert ("signed-before-report" in told) is asked


def test_an_old_statement_that_comes_with_a_report_sent_again_is_asked_about(
    registry: Registry,
) -> None:
    """Whichever comes last: whoever signed has not read what came since."""
    registry.log(replace(judgement("imr", "reject"), clues=Clues(dated=DAY)), raw=b"first")
    later = DAY + timedelta(days=1)
    assert report_on(registry, later, statement(DAY)) == [[], ["date-before-report"]]
    assert report_on(registry, later, statement(later)) == [[], []]


def test_a_statement_that_waits_says_that_its_report_was_sent_again_meanwhile(
    registry: Registry,
) -> None:
    report = replace(judgement("imr"), clues=Clues(dated=DAY - timedelta(days=2)))
    registry.log(report, raw=b"first")
    waits = replace(statement(DAY - timedelta(days=1)), findings=judgement("imr", "refer").findings)
    registry.log(replace(waits, passed=("the signature", "the date")), raw=b"wait")

    def by_now() -> EntryDetails:
        matter = registry.register.entry_to_decide(2, ZoneInfo("Europe/London"))
        assert matter is not None
        return matter.entry.told

    assert by_now().passed == ("the signature", "the date")
    registry.log(report, raw=b"again")
    assert [f.rule for f in by_now().findings] == ["a-rule", "date-before-report"]
    assert by_now().passed == ("the signature",)


# What waits for a person


def test_of_the_versions_of_a_return_only_the_newest_waits_for_a_person(registry: Registry) -> None:
    """One document with two of them is no newer version of itself."""
    registry.log(judgement("imr", "refer"), raw=b"first")
    registry.log(judgement("imr", "refer"), judgement("imr", "refer"), raw=b"second")
    registry.log(judgement("chronology", "refer"), raw=b"another return")
    waiting = registry.register.entries.waiting_entries("refer")
    assert [(one.delivery_id, one.kind) for one in waiting] == [
        (2, "imr"),
        (2, "imr"),
        (3, "chronology"),
    ]
    assert [one.id for one in registry.register.entries.unsettled_entries()] == [
        e.id for e in waiting
    ]


@pytest.mark.parametrize(
    ("before", "later", "waits"),
    [
        ((), ("reject",), True),
        ((), ("reject", "reject"), True),
        (("accept",), ("reject",), True),
        (("accept",), (), True),
        ((), ("accept",), False),
        ((), ("refer",), False),
        ((), ("hold",), True),
        ((), ("reject", "accept"), False),
    ],
)
def test_what_was_referred_waits_until_a_later_version_takes_its_place(
    registry: Registry,
    before: Sequence[Verdict],
    later: Sequence[Verdict],
    waits: bool,
) -> None:
    """Its sender was told that a person will look: a later faulty one keeps no such word."""
    for n, verdict in enumerate(before):
        registry.log(judgement("chronology", verdict), raw=b"before%d" % n)
    registry.log(judgement("chronology", "refer"), raw=b"promised")
    promised = len(before) + 1
    for n, verdict in enumerate(later):
        registry.log(judgement("chronology", verdict), raw=b"later%d" % n)
    waiting = {entry.id for entry in registry.register.entries.waiting_entries("refer")}
    assert (promised in waiting) is waits
    of_all = {entry.id for entry in registry.register.entries.unsettled_entries()}
    assert (promised in of_all) is waits


def test_all_that_one_delivery_brought_for_a_return_waits(registry: Registry) -> None:
    """One that is accepted beside them, or is to be mended, keeps no word about the others."""
    said = [judgement("chronology", v) for v in ("refer", "accept", "refer", "reject")]
    registry.log(*said, raw=b"many")
    assert [entry.id for entry in registry.register.entries.waiting_entries("refer")] == [1, 3]
