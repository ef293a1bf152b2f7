"""Where an agency stands, and the matrix."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.findings import Finding, Judgement
from tests.registry import DAY, SECOND_CASE, STRANGERS, Registry, judgement


def test_an_agency_s_standing_is_its_own(registry: Registry) -> None:
    registry.log(judgement("imr", "refer"), code="GP", raw=b"1")
    registry.log(judgement("qa_form"), code="POL", raw=b"2")
    standing = registry.register.agency_standing(registry.place("GP"), DAY)
    assert standing.owed == {"chronology", "imr", "qa_form", "evaluation_statement"}
    assert standing.come == {"imr"}
    assert standing.others == {"shirepolice", "pol", "police"}
    assert standing.here == {"n12", "n12a"}
    assert standing.identifier == "n12a"
    assert standing.elsewhere == frozenset()


def test_another_case_s_words_are_elsewhere(registry: Registry) -> None:
    registry.load(STRANGERS)
    standing = registry.register.agency_standing(registry.place("GP", "N13"), DAY)
    assert standing.here == {"n13", "n13a"}
    assert standing.elsewhere == {"n12", "n12a"}


def test_an_abbreviation_that_two_agencies_share_tells_nothing(registry: Registry) -> None:
    text = SECOND_CASE.replace('["POL", "Police"]', '["POL", "GP"]')
    registry.load(text)
    assert registry.register.agency_standing(registry.place("GP", "N13"), DAY).others == {
        "shirepolice",
        "pol",
    }


def test_what_was_held_or_empty_has_not_come_and_a_return_sent_back_only_on_its_day(
    registry: Registry,
) -> None:
    empty = Judgement("chronology", 1.0, (Finding("no-rows", "fault", "It is empty.", "Fill it."),))
    registry.log(judgement("imr", "hold"), empty, judgement(None, "refer"), raw=b"1")
    assert registry.register.agency_standing(registry.place("GP"), DAY).come == frozenset()
    registry.log(judgement("nil_return", "reject"), raw=b"2")
    assert registry.register.agency_standing(registry.place("GP"), DAY).come == {"nil_return"}
    later = DAY + timedelta(days=1)
    assert registry.register.agency_standing(registry.place("GP"), later).come == frozenset()


def test_a_nil_return_has_come_once_it_stands(registry: Registry) -> None:
    registry.log(judgement("nil_return"))
    assert registry.register.agency_standing(registry.place("GP"), DAY).come == {"nil_return"}


def test_the_matrix_is_every_case_agency_by_return(registry: Registry) -> None:
    registry.load(SECOND_CASE)
    cases = registry.register.case_matrix(DAY)
    assert [case.reference for case in cases] == ["N12", "N13"]
    assert [agency.name for agency in cases[0].agencies] == ["Meadow Lane Surgery", "Shire Police"]
    assert cases[0].agencies[1].returns[0].due == date(2010, 4, 30)
    assert [case.reference for case in registry.register.case_matrix(DAY, "n13")] == ["N13"]
    assert registry.register.case_matrix(DAY, "N99") == []


def test_a_return_is_overdue_from_the_day_after_until_it_is_with_a_person_or_settled(
    registry: Registry,
) -> None:
    def overdue(today: date) -> bool:
        (case,) = registry.register.case_matrix(today)
        return case.agencies[0].returns[0].overdue

    assert not overdue(date(2010, 4, 16))
    assert overdue(date(2010, 4, 17))
    registry.log(judgement("chronology", "reject"), raw=b"1")
    assert overdue(date(2010, 4, 17))
    registry.log(judgement("chronology", "refer"), raw=b"2")
    assert not overdue(date(2010, 4, 17))
