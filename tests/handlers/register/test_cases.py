"""Loading a case: what is new is told in a sentence each, and nothing goes by omission."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.kind_loading import load_kinds
from handlers.context import AgencyFacts, Subject
from handlers.register.cases import Cases
from tests.board import CASE
from tests.registry import SECOND_CASE, Registry

POLICE = CASE[CASE.index('[[agencies]]\ncode          = "POL"') :]
WITHOUT_POLICE = CASE.replace(POLICE, "")


@pytest.fixture
def empty(tmp_path: Path) -> Registry:
    return Registry(tmp_path)


def test_a_new_case_is_told_whole(empty: Registry) -> None:
    told = empty.load()
    assert told[0] == "N12: a new case, to be complete by Wednesday 1 September 2010."
    assert told[1:8] == [
        "N12, GP: a new agency, Meadow Lane Surgery.",
        "N12, GP: a new author, Author One.",
        "N12, GP: a new commissioner, Commissioner One.",
        "N12, GP: chronology due Friday 16 April 2010.",
        "N12, GP: IMR due Friday 28 May 2010.",
        "N12, GP: QA form due Friday 28 May 2010.",
        "N12, GP: evaluation statement due Friday 28 May 2010.",
    ]
    assert "N12, POL: chronology due Friday 30 April 2010." in told
    assert empty.record() == ["case loaded"]


def test_the_same_file_again_changes_nothing(registry: Registry) -> None:
    sealed = registry.database.fetch_row("SELECT sealed FROM cases")["sealed"]  # type: ignore[index]
    assert registry.load() == []
    assert registry.record() == ["case loaded"]
    assert registry.database.fetch_row("SELECT sealed FROM cases")["sealed"] == sealed  # type: ignore[index]


ONE_CHANGE = [
    ('"N12/A"', '"N12/B"', "N12: the child identifier has changed."),
    ("2010-03-01", "2010-03-02", "N12: the day of the decision has changed."),
    ("from = 2007-01-01", "from = 2006-01-01", "N12: the review period has changed."),
    ('"Response to injuries"', '"Neglect"', "N12: the key issues have changed."),
    ("[due]", "staff_interviews = true\n[due]", "N12: whether staff are interviewed has changed."),
    ('"Mother"', '"Father"', "N12: the subjects have changed."),
    ("2010-09-01", "2010-10-01", "N12: to be complete by Friday 1 October 2010."),
    ("Meadow Lane Surgery", "Hill Surgery", "N12, GP: is now called Hill Surgery."),
    ('["GP", "MLS"]', '["GP"]', "N12, GP: its abbreviations have changed."),
    ("Author One", "Author Nine", "N12, GP: the author's name is now Author Nine."),
    ("2010-04-30", "2010-05-04",
     "N12, POL: chronology now due Tuesday 4 May 2010; it was Friday 30 April 2010."),
    ('role = "author",       email = "author@shire', 'role = "commissioner", email = "author@shire',
     "N12, POL: a new commissioner, Author Two."),
    ("author@meadowlane", "someone@meadowlane", "N12, GP: a new author, Author One."),
    ('abbreviations = ["POL"', 'returns = ["chronology", "imr", "qa_form", "nil_return"]\n'
     'due = { nil_return = 2010-04-16, chronology = 2010-04-30 }\nabbreviations = ["POL"',
     "N12, POL: nil return due Friday 16 April 2010."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), ONE_CHANGE)
def test_one_change_is_told_in_one_sentence(
    registry: Registry, old: str, new: str, told: str
) -> None:
    assert old in CASE
    text = CASE.replace(old, new)
    if "nil_return" in new:
        text = text.replace("\ndue = { chronology = 2010-04-30 }", "")
    assert registry.load(text) == [told]
    assert registry.load(text) == []
    assert registry.record() == ["case loaded"] * 2


def test_a_new_due_date_counts_its_versions_so_that_chasing_begins_anew(
    registry: Registry,
) -> None:
    for day in ("2010-05-04", "2010-05-05"):
        registry.load(CASE.replace("2010-04-30", day))
    chronology = registry.owed("POL")[0]
    assert (chronology.due, chronology.due_version) == (date(2010, 5, 5), 3)


def test_an_agency_left_out_stays_with_its_contacts_and_what_it_owes(registry: Registry) -> None:
    assert registry.load(WITHOUT_POLICE.replace("2010-04-16", "2010-04-17")) == [
        "N12, GP: chronology now due Saturday 17 April 2010; it was Friday 16 April 2010."
    ]
    assert registry.owed("POL")[0].due == date(2010, 4, 30)
    assert registry.register.people.places_of_sender("author@shirepolice.example")


def test_what_an_agency_left_out_sends_can_still_be_judged(registry: Registry) -> None:
    """Its facts used to go with the file, and its mail was set aside after three tries."""
    registry.load(WITHOUT_POLICE)
    facts = registry.register.cases.judging_facts("N12", "POL")
    assert facts.agency.name == "Shire Police"
    assert registry.load() == []


def test_an_author_left_out_is_still_one_of_those_who_may_have_written(registry: Registry) -> None:
    moved = CASE.replace("author@meadowlane", "nine@meadowlane").replace(
        "Author One", "Author Nine"
    )
    registry.load(moved)
    authors = registry.register.cases.judging_facts("N12", "GP").agency.author_names
    assert authors == ("Author Nine", "Author One")


def test_a_date_that_nothing_hangs_on_is_kept_and_told_as_that(registry: Registry) -> None:
    text = CASE.replace("[due]", "[due]\nnil_return = 2010-04-16")
    assert registry.load(text) == ["N12: only details that nothing hangs on yet."]
    assert registry.load(text) == []


def test_a_reference_or_code_in_other_letters_is_the_same_one(registry: Registry) -> None:
    text = CASE.replace('"N12"', '"n12"').replace('code          = "GP"', 'code          = "gp"')
    registry.load(text)
    assert registry.register.cases.case_references() == ["N12"]
    assert registry.register.cases.case_file("n12").reference == "N12"
    assert [a.code for a in registry.register.case_matrix(date(2010, 4, 1))[0].agencies] == [
        "GP",
        "POL",
    ]


def test_a_load_that_goes_wrong_leaves_nothing_behind(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 56."""

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(registry.register.record, "append", full)
    with pytest.raises(OSError, match="no space"):
        registry.load(SECOND_CASE)
    assert registry.register.cases.case_references() == ["N12"]


def test_judging_may_know_the_case_and_the_agency_and_no_more(registry: Registry) -> None:
    facts = registry.register.cases.judging_facts("N12", "gp")
    assert facts.agency == AgencyFacts(
        "GP", "Meadow Lane Surgery", ("GP", "MLS"), author_names=("Author One",)
    )
    assert facts.case.period == (date(2007, 1, 1), date(2010, 2, 14))
    assert facts.case.subjects[0] == Subject("Child N", date(2007, 5, 9), "subject")
    assert replace(facts.case, subjects=(), period=None, key_issues=()).child_identifier == "N12/A"


@pytest.mark.parametrize(("reference", "code"), [("N99", "GP"), ("N12", "XX")])
def test_a_case_or_agency_that_is_not_there_is_a_key_error(
    registry: Registry, reference: str, code: str
) -> None:
    with pytest.raises(KeyError):
        registry.register.cases.judging_facts(reference, code)


def test_no_name_or_address_lies_in_the_register_in_clear(registry: Registry) -> None:
    """Promise 7, failure mode 89."""
    registry.load(SECOND_CASE)
    registry.database.close()
    stored = b"".join(p.read_bytes() for p in registry.folder.glob("register.db*"))
    for name in (b"Author One", b"Mother", b"Child N", b"meadowlane", b"2007-05-09"):
        assert name not in stored
    assert b"Meadow Lane Surgery" in stored  # an agency is not a person


def test_cases_of_another_key_do_not_open(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Registry(tmp_path / "other")
    cases = Cases(
        registry.database, other.vault, registry.register.people, registry.register.record,
        load_kinds(),
    )  # fmt: skip
    with pytest.raises(Exception, match="case n12"):
        cases.case_file("N12")
