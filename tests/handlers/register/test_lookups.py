"""The register is looked up, not looked through (failure mode 118): what a document costs does not
grow with what its agency sent before, nor with the number of cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from handlers.findings import Clues, Finding, Judgement
from handlers.register.decision import Decision, DecisionReason
from handlers.register.entry_decisions import accept_entry, reject_entry
from tests.board import CASE
from tests.registry import DAY, KINDS, NOW, Registry, judgement

EMPTY = Judgement("chronology", 1.0, (Finding("no-rows", "fault", "It is empty.", "Fill it."),))
KINDS_SENT = ("chronology", "imr", "qa_form", "nil_return")


@contextmanager
def opens(registry: Registry) -> Iterator[Counter[str]]:
    """How often sealed bytes are opened meanwhile, by what they are about."""
    counted, unseal = Counter[str](), registry.vault.unseal_bytes

    def counting(sealed: bytes, about: str) -> bytes:
        counted[about] += 1
        return unseal(sealed, about)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry.vault, "unseal_bytes", counting)
        yield counted


@contextmanager
def plans(registry: Registry) -> Iterator[list[str]]:
    """How SQLite goes about each statement that is run meanwhile."""
    database, found = registry.database, list[str]()
    rows, row = database.fetch_rows, database.fetch_row

    def explained(sql: str, values: tuple[object, ...]) -> None:
        found.extend(step["detail"] for step in rows(f"EXPLAIN QUERY PLAN {sql}", *values))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "fetch_rows", lambda sql, *v: (explained(sql, v), rows(sql, *v))[1])
        patch.setattr(database, "fetch_row", lambda sql, *v: (explained(sql, v), row(sql, *v))[1])
        yield found


def sent(registry: Registry, times: int) -> None:
    for n in range(times):
        for kind in KINDS_SENT:
            verdict = ("accept", "reject", "refer")[n % 3]
            registry.log(judgement(kind, verdict), raw=f"{kind} {n} of {times}".encode())


def test_a_document_costs_as_many_opened_entries_after_a_hundred_as_after_six(
    registry: Registry,
) -> None:
    counts = []
    for times in (6, 100):
        sent(registry, times)
        with opens(registry) as counted:
            registry.register.agency_standing(registry.place(), DAY)
        counts.append(counted["entry"])
    assert counts[0] == counts[1] <= 4 * len(KINDS_SENT)


def test_nothing_that_grows_is_looked_through_for_a_document(registry: Registry) -> None:
    sent(registry, 3)
    place = registry.place()
    with plans(registry) as steps:
        registry.register.agency_standing(place, DAY)
        registry.register.entries.is_known_content(place.agency_id, "nothing")
        registry.register.entries.is_accepted_elsewhere(place.case_id, "nothing")
    grow = r"(entries|decisions|deliveries|origins)"
    assert [s for s in steps if re.search(rf"SCAN {grow}|USE TEMP B-TREE", s)] == []
    searched = [s for s in steps if re.search(rf"SEARCH {grow}\b", s)]
    assert searched
    assert [s for s in searched if "one_entry" in s] == []  # all that an agency ever sent


def test_a_case_file_is_opened_once_until_it_changes(registry: Registry) -> None:
    for n in range(20):
        registry.load(CASE.replace('"N12"', f'"M{n}"').replace('"N12/A"', f'"M{n}/A"'))
    with opens(registry) as counted:
        for _ in range(3):
            registry.register.agency_standing(registry.place(), DAY)
            registry.register.cases.judging_facts("N12", "GP")
            registry.register.cases.case_identifiers()
    assert {about: n for about, n in counted.items() if about.startswith("case ") and n > 1} == {}
    registry.load(CASE.replace('"Child N"', '"Child P"'))
    assert registry.register.cases.case_file("N12").subjects[0].name == "Child P"
    assert "Child P" in {
        s.name for f in registry.register.cases.all_case_files() for s in f.subjects
    }


def test_what_says_nothing_is_passed_over_for_what_came_before_it(registry: Registry) -> None:
    registry.log(judgement("chronology", "reject"), raw=b"1")
    for n in range(5):
        registry.log(EMPTY, raw=f"empty {n}".encode())
    assert registry.register.agency_standing(registry.place(), DAY).come == {"chronology"}


def test_the_latest_accepted_version_is_the_one_by_a_person_s_word(registry: Registry) -> None:
    for n, verdict in enumerate(("accept", "reject", "accept")):
        said = replace(judgement("chronology", verdict), clues=Clues(rows=n + 1))
        registry.log(said, raw=f"{n}".encode())
    register = registry.register

    def rows() -> int | None:
        return register.agency_standing(registry.place(), DAY).accepted["chronology"].rows

    def decided(entry: int, ruling: object) -> None:
        matter = register.entry_to_decide(entry, NOW.tzinfo)  # type: ignore[arg-type]
        assert matter is not None
        decision = ruling(matter)  # type: ignore[operator]
        assert isinstance(decision, Decision)
        registry.decided(decision)

    assert rows() == 3
    because = DecisionReason("A reason.", "The chair", tell="Please mend it.")
    decided(3, lambda matter: reject_entry(matter, KINDS, because))
    assert rows() == 1
    decided(2, lambda matter: accept_entry(matter, KINDS, because))
    assert rows() == 2


def test_the_report_a_form_is_about_is_its_latest_version_not_held(registry: Registry) -> None:
    for n, verdict in enumerate(("reject", "refer", "accept", "hold")):
        registry.log(judgement("imr", verdict), raw=f"imr {n}".encode())
    report = registry.register.agency_standing(registry.place(), DAY).reports["imr"]
    assert report.rules == frozenset()
    assert report.versions > 1
