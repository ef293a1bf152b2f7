"""A return that names no review, dropped by an agency that is in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.sandbox.client import Worker
from handlers.values.case_reference import is_in_file_name
from tests import builders as build
from tests.processors import Desk, apart, mail, outcomes, rules
from tests.registry import KINDS, SECOND_CASE

DAY = date(2010, 3, 30)
BLANK = build.make_qa_form(dated=DAY, child_identifier="")
UNSIGNED = build.make_qa_form(dated=DAY, child_identifier="", signed="")
OTHER = build.make_qa_form(dated=DAY, child_identifier="", role="Director of Nursing")
OF_N13 = build.make_qa_form(dated=DAY, child_identifier="N13/A")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(setup=KINDS) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, worker: Worker) -> Desk:
    made = Desk(tmp_path, worker)
    made.registry.load(SECOND_CASE)
    return made


def called(desk: Desk, raw: bytes, name: str) -> JudgedDelivery:
    """What comes of a file in the agency's folder that is called so."""
    delivery = desk.registry.arrived(raw, "drop", "GP")
    return desk.settled(replace(delivery, name=name))


def where(settlement: JudgedDelivery) -> str:
    return settlement.first_origin.reference or ""


NAMES = (
    *("N13 QA form.docx", "QA form (N13).docx", "n13_qa_form_v2.docx", "QA-N13-final.docx"),
    *("N13.docx", "Re N13, QA form.docx"),
)
TELL_NOTHING = (
    *("QA form.docx", "N131 QA form.docx", "QA form N1.3.docx", "N12 and N13 QA.docx"),
    *("RN13 QA.docx", "N13-2 QA.docx"),
)


def test_the_file_s_name_tells_which_where_the_document_does_not(desk):
    settlement = called(desk, BLANK, NAMES[0])
    assert outcomes(settlement) == [("qa_form", "accept")]
    assert rules(settlement) == ["child-missing"]
    assert {where(called(desk, BLANK, name)) for name in NAMES} == {"N13"}


def test_a_name_that_tells_nothing_or_two_is_a_question(desk):
    for name in TELL_NOTHING:
        assert apart(called(desk, BLANK, name)) == ("refer", "case-unclear"), name


def test_a_document_that_says_otherwise_is_believed_over_its_name(desk):
    assert where(called(desk, OF_N13, "N12 QA form.docx")) == "N13"


def test_a_name_of_a_review_that_the_agency_has_no_place_in_places_nothing(desk):
    strange = SECOND_CASE.replace("N13", "N14").replace('"GP"', '"XX"')
    desk.registry.load(strange.replace("meadowlane", "hilltop").replace("shirepolice", "vale"))
    assert apart(called(desk, BLANK, "N14 QA form.docx")) == ("refer", "case-unclear")


def test_a_new_version_of_what_was_sent_back_finds_its_review(desk):
    """Its author did what the letter asked, and was told again that it was nobody's."""
    assert outcomes(called(desk, UNSIGNED, "N12 QA form.docx")) == [("qa_form", "reject")]
    mended = called(desk, BLANK, "QA form mended.docx")
    assert (where(mended), outcomes(mended)) == ("N12", [("qa_form", "accept")])
    assert rules(mended) == ["child-missing", "taken-as-new-version"]
    # What is settled awaits no further version.
    assert apart(called(desk, OTHER, "QA form.docx")) == ("refer", "case-unclear")


def test_so_does_one_that_comes_by_mail(desk):
    called(desk, UNSIGNED, "N12 QA form.docx")
    mended = desk.mailed(mail(BLANK, subject="Our form again"))
    assert (where(mended), outcomes(mended)) == ("N12", [("qa_form", "accept")])


def test_one_that_was_sent_back_in_both_reviews_is_a_question(desk):
    called(desk, UNSIGNED, "N12 QA form.docx")
    other = build.make_qa_form(dated=DAY, child_identifier="", signed="", role="Director")
    called(desk, other, "N13 QA form.docx")
    assert apart(called(desk, BLANK, "QA form.docx")) == ("refer", "case-unclear")


def test_another_return_than_the_one_that_was_sent_back_is_a_question(desk):
    called(desk, UNSIGNED, "N12 QA form.docx")
    chronology = build.make_chronology(build.STORIES["GP"], reference="")
    assert apart(called(desk, chronology, "chronology.docx")) == ("refer", "case-unclear")


def test_a_new_version_that_names_the_other_review_is_of_that_one(desk):
    called(desk, UNSIGNED, "N12 QA form.docx")
    assert where(called(desk, OF_N13, "QA form.docx")) == "N13"


def test_a_name_with_a_reference_is_told_from_longer_ones():
    named = ("SAR26-2 QA", "QA_SAR26-2.docx", "SAR26-2-final")
    assert all(is_in_file_name(name, "SAR26-2") for name in named)
    assert not any(is_in_file_name(name, "SAR26") for name in named)
    assert not is_in_file_name("SAR26-21 QA", "SAR26-2")
