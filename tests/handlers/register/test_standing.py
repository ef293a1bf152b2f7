"""What the register adds to a judgement: whose it seems to be, and what contradicts it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.kind import Kinds
from handlers.findings import Clues, Finding, Judgement
from handlers.judging.arrival import file_finding
from handlers.register.agency_standing import AgencyStanding, check_against_standing, says_something
from tests.registry import KINDS, judgement

PACK = frozenset(kind.id for kind in KINDS.pack_kinds)
STANDING = AgencyStanding(
    owed=PACK,
    others=frozenset({"shirepolice", "pol"}),
    elsewhere=frozenset({"n13", "n13a"}),
    here=frozenset({"n12", "n12a"}),
    identifier="n12a",
)


def rules(standing: AgencyStanding, *said: Judgement, kinds: Kinds = KINDS) -> list[list[str]]:
    """The rules of each judgement, each in a document of its own."""
    held = check_against_standing(standing, [(each,) for each in said], kinds)
    return [[f.rule for j in document for f in j.findings] for document in held]


def clued(agency: str | None = None, child: str | None = None, kind: str = "imr") -> Judgement:
    return replace(judgement(kind), clues=Clues(child_identifier=child, agency=agency))


# Another agency's, another case's


def test_what_says_nothing_of_itself_is_left_as_it_was() -> None:
    said = judgement("imr", "reject")
    assert check_against_standing(STANDING, [(said,)], KINDS) == [(said,)]


@pytest.mark.parametrize("agency", ["other", "Shire Police", "POL", "pol."])
def test_a_document_of_another_agency_is_held(agency: str) -> None:
    ((held,),) = check_against_standing(STANDING, [(clued(agency),)], KINDS)
    assert (held.verdict, [f.rule for f in held.findings]) == ("hold", ["another-agency"])


@pytest.mark.parametrize("agency", [None, "own", "", "Another Service"])
def test_a_name_that_is_no_agency_of_the_case_is_left_to_the_judge(agency: str | None) -> None:
    assert rules(STANDING, clued(agency)) == [[]]


@pytest.mark.parametrize("child", ["N13/A", "n13a", "N13", "N13/B"])
def test_a_document_of_another_case_is_held(child: str) -> None:
    assert rules(STANDING, clued(child=child)) == [["another-case"]]


@pytest.mark.parametrize("child", [None, "", "N12/A", "n12 a", "N12", "N12/B"])
def test_this_case_s_own_identifiers_are_right(child: str | None) -> None:
    assert rules(STANDING, clued(child=child)) == [[]]


def test_a_document_of_another_review_is_held_by_the_shape_of_the_boards_references() -> None:
    """Whether or not that review is loaded here (failure mode 123)."""
    shaped = replace(STANDING, shapes=("N#", "SAR#-#"))
    for child in ("N131", "N14/A", "SAR26-9/K"):
        assert rules(shaped, clued(child=child)) == [["another-case"]]
    for child in ("N12/B", "N12"):
        assert rules(shaped, clued(child=child)) == [[]]
    assert rules(shaped, clued(child="SCR9")) == [["identifier-unknown"]]


@pytest.mark.parametrize("child", ["N131", "N14/A", "SCR9"])
def test_an_identifier_of_no_case_we_know_is_a_question(child: str) -> None:
    """Principle 4 of the toolkit's rules: clues that disagree are a question."""
    assert rules(STANDING, clued(child=child)) == [["identifier-unknown"]]
    unnamed = replace(STANDING, identifier="")
    assert rules(unnamed, clued(child=child)) == [[]]


@pytest.mark.parametrize("place", ["Front sheet", "Page header or footer", ""])
def test_an_identifier_of_no_case_we_know_is_told_where_it_stands(place: str) -> None:
    """A letter that did not say where had it answered instead of put right."""
    said = judgement("imr")
    clues = Clues(child_identifier="SCR9", identifier_place=place)
    ((told,),) = check_against_standing(STANDING, [(replace(said, clues=clues),)], KINDS)
    (finding,) = (f for f in told.findings if f.rule == "identifier-unknown")
    assert finding.where.section == (place or None)
    assert "put there" in finding.fix.lower()


def test_what_is_held_already_is_not_asked_about_besides() -> None:
    held = replace(judgement("qa_form", "hold"), clues=Clues(child_identifier="N14/A"))
    assert rules(STANDING, held) == [["a-rule"]]


def test_a_return_of_the_pack_that_was_not_expected_is_a_question() -> None:
    standing = replace(STANDING, owed=frozenset({"chronology"}))
    assert rules(standing, judgement("imr"), judgement("chronology")) == [["not-owed"], []]
    assert rules(standing, judgement("extension_request"), judgement(None)) == [[], []]


# A nil return beside something else

NIL, PACK_TOO = "nil_return", "nil-and-chronology"


def came(*kinds: str) -> AgencyStanding:
    return replace(STANDING, come=frozenset(kinds))


def test_a_nil_return_alone_is_no_question() -> None:
    assert rules(came(), judgement(NIL)) == [[]]
    assert rules(came("extension_request", NIL), judgement(NIL)) == [[]]


@pytest.mark.parametrize("kind", sorted(PACK))
def test_a_nil_return_after_something_of_the_pack_is_a_question(kind: str) -> None:
    ((held,),) = check_against_standing(came(kind), [(judgement(NIL),)], KINDS)
    assert held.verdict == "refer"
    assert held.findings[0].rule == PACK_TOO
    assert held.findings[0].message == KINDS[NIL].rules[PACK_TOO].says


@pytest.mark.parametrize("kind", sorted(PACK))
def test_something_of_the_pack_after_a_nil_return_is_a_question(kind: str) -> None:
    assert rules(came(NIL), judgement(kind)) == [[PACK_TOO]]


def test_both_in_one_delivery_are_a_question_in_either_order() -> None:
    nil, chronology = judgement(NIL), judgement("chronology")
    assert rules(came(), nil, chronology) == [[PACK_TOO], [PACK_TOO]]
    assert rules(came(), chronology, nil) == [[PACK_TOO], [PACK_TOO]]
    ((one, other),) = check_against_standing(came(), [(nil, chronology)], KINDS)
    assert one.verdict == other.verdict == "refer"


def test_a_return_that_this_agency_owes_speaks_against_a_nil_return_though_no_pack_has_it() -> None:
    """D2: what settles, and what contradicts, is what the agency owes."""
    own = replace(KINDS["imr"], id="agency_summary", in_pack=False)
    kinds = Kinds((*KINDS.all, own))
    standing = replace(came("agency_summary"), owed=frozenset({"agency_summary"}))
    assert rules(standing, judgement(NIL), kinds=kinds) == [[PACK_TOO]]
    assert rules(came("agency_summary"), judgement(NIL), kinds=kinds) == [[]]


def test_a_nil_return_that_is_sent_back_is_asked_about_beside_something_else() -> None:
    """By the same letter: its author would be asked at the second else."""
    told = ["a-rule", PACK_TOO]
    assert rules(came("chronology"), judgement(NIL, "reject")) == [told]
    assert rules(came(), judgement(NIL, "reject"), judgement("imr")) == [told, [PACK_TOO]]


def test_a_nil_return_that_was_sent_back_another_day_contradicts_nothing() -> None:
    assert not says_something(KINDS[NIL], "reject", ["date-missing"])
    assert says_something(KINDS[NIL], "reject", ["date-missing"], just_came=True)
    assert not says_something(KINDS[NIL], "reject", ["blank-template"], just_came=True)


@pytest.mark.parametrize("rule", ["no-rows", "blank-template"])
def test_an_empty_chronology_contradicts_no_nil_return(rule: str) -> None:
    """Whoever sent one was told to send a nil return instead."""
    empty = Judgement("chronology", 1.0, (Finding(rule, "fault", "It is empty.", "Fill it."),))
    assert rules(came(), empty, judgement(NIL)) == [[rule], []]
    assert not says_something(KINDS["chronology"], "reject", [rule])


def test_a_chronology_sent_back_for_its_faults_still_contradicts() -> None:
    assert rules(came(), judgement("chronology", "reject"), judgement(NIL)) == [
        ["a-rule", PACK_TOO],
        [PACK_TOO],
    ]


def test_what_is_held_contradicts_nothing() -> None:
    """It may be another agency's: nobody is told of it."""
    assert rules(came(), judgement("chronology", "hold"), judgement(NIL)) == [["a-rule"], []]
    stray = clued("other", kind="chronology")
    assert rules(came(), stray, judgement(NIL)) == [["another-agency"], []]


def test_a_board_that_takes_the_rule_out_is_not_asked() -> None:
    nil = replace(KINDS[NIL], rules={k: v for k, v in KINDS[NIL].rules.items() if k != PACK_TOO})
    kinds = Kinds(tuple(nil if kind.id == NIL else kind for kind in KINDS.all))
    assert rules(came("chronology"), judgement(NIL), kinds=kinds) == [[]]


def test_several_returns_of_one_document_stay_together_and_in_order() -> None:
    said = [(judgement("imr"), judgement("qa_form")), (), (judgement(None),)]
    assert check_against_standing(STANDING, said, KINDS) == said


def test_the_words_are_those_of_the_arrivals() -> None:
    ((held,),) = check_against_standing(STANDING, [(clued("other", "N13/A"),)], KINDS)
    assert held.findings == (file_finding("another-agency"), file_finding("another-case"))
