"""A message whose own words are a small return: no document, no title, no stamp."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.sandbox.client import Worker
from tests import builders as build
from tests.plain_reports import report
from tests.processors import Desk, apart, mail, outcomes, rules
from tests.registry import KINDS

SIGNED = "\n\nKind regards\n\nAuthor One\nPractice Manager\nMeadow Lane Surgery\n"
NIL = (
    "Hi Pat,\n\nJust to confirm that we have checked all our systems at Meadow Lane Surgery and no"
    "\nmember of the family is or has ever been known to us." + SIGNED
)
LETTERS = {
    "nil_return": NIL,
    "extension_request": "Dear Pat,\n\nCould we please have more time for our chronology? It is"
    " due on 16 April and we would\nbe grateful for an extension to 30 April 2010, because two of"
    " us are on leave." + SIGNED,
    "panel_representative": "Dear Pat,\n\nOur representative on the Serious Case Review Panel will"
    " be Dr Helen Marsh, Medical\nDirector." + SIGNED,
    "staff_to_interview": "Dear Pat,\n\nWe wish to interview the following: a health visitor and"
    " two practice nurses. Please could\nyou ask the police for clearance." + SIGNED,
    "debrief_slip": "Dear Pat,\n\nThree practitioners will attend the de-briefing session."
    + SIGNED,
    "scope_alert": "Dear Pat,\n\nAn older half-sibling has come to light, and you may wish to"
    " consider whether the scope\nof the review should include her." + SIGNED,
}
MARCH = date(2010, 3, 30)
NIL_PAPER = report(
    "Nil return",
    (
        "Agency: Meadow Lane Surgery",
        "No members of the family are or have been known to the agency.",
        "We have searched our paper and electronic records.",
        "Name: Commissioner One",
        "Role: Practice Manager",
        "Date: 30/03/2010",
    ),
    {},
)
QUOTED = "\n\nOn 31 Mar 2010, at 10:00, Board <scr-returns@board.example> wrote:\n> "


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(setup=KINDS) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, worker: Worker) -> Desk:
    return Desk(tmp_path, worker)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_message_that_is_a_small_return_is_known_and_a_person_looks(
    desk: Desk, kind: str
) -> None:
    settlement = desk.mailed(mail(body=LETTERS[kind]))
    assert outcomes(settlement) == [(kind, "refer")]
    assert desk.registry.states()["chronology"] == "awaited"


def test_a_nil_return_in_a_message_settles_nothing_until_a_person_says_so(desk: Desk) -> None:
    settlement = desk.mailed(mail(body=NIL))
    assert rules(settlement) == ["in-a-message"]
    assert set(desk.registry.states().values()) == {"awaited"}


def test_what_is_wanting_in_a_message_is_asked_and_never_sent_back(desk: Desk) -> None:
    settlement = desk.mailed(mail(body=NIL.replace("Practice Manager\n", "")))
    assert outcomes(settlement) == [("nil_return", "refer")]
    assert rules(settlement) == ["role-missing", "in-a-message"]


@pytest.mark.parametrize(
    "body",
    [
        "Thank you.",
        "Please ring me about the review when you can." + SIGNED,
        "Who is our contact for the chronology?" + SIGNED,
        "Thank you for your letter; we will send the chronology next week." + SIGNED,
        "See below." + QUOTED + NIL.replace("\n", "\n> "),
        "We will look into it." + QUOTED + LETTERS["extension_request"].replace("\n", "\n> "),
    ],
)
def test_any_other_message_is_a_message_without_a_document(desk: Desk, body: str) -> None:
    """What is quoted is not the sender's own (failure mode 100)."""
    assert apart(desk.mailed(mail(body=body)))[0] == "refer"


def test_a_small_return_in_the_words_of_a_message_is_kept_beside_its_documents(desk: Desk) -> None:
    statement = build.make_statement(signed="Commissioner One")
    found = outcomes(desk.mailed(mail(statement, body=LETTERS["extension_request"])))
    assert [kind for kind, _ in found] == ["evaluation_statement", "extension_request"]


def test_a_nil_return_in_a_message_that_says_more_is_a_question(desk: Desk) -> None:
    """Whoever reads only the letter is told the half of it."""
    nil = NIL_PAPER
    settlement = desk.mailed(mail(nil, body="Attached. It leaves out Father." + SIGNED))
    assert outcomes(settlement) == [("nil_return", "refer")]
    assert rules(settlement) == ["mail-says-more"]
    assert not settlement.first_origin.says_more
    assert set(desk.registry.states().values()) == {"awaited"}


def test_any_other_return_in_a_message_that_says_more_stands_and_that_is_told(desk: Desk) -> None:
    statement = build.make_statement(signed="Commissioner One", dated=MARCH)
    settlement = desk.mailed(mail(statement, body="Attached. Please ring me." + SIGNED))
    assert outcomes(settlement) == [("evaluation_statement", "accept")]
    assert settlement.first_origin.says_more


def test_any_return_is_a_question_that_may_not_be_used_as_it_stands(desk: Desk) -> None:
    statement = build.make_statement(signed="Commissioner One", dated=MARCH)
    settlement = desk.mailed(mail(statement, body="Draft, for your comments." + SIGNED))
    assert "mail-says-unfinished" in rules(settlement)
    assert outcomes(settlement) == [("evaluation_statement", "refer")]


def test_what_may_take_back_an_accepted_nil_return_is_told_as_that(desk: Desk) -> None:
    """Not as one more message without a document; beside it, what it says may be news."""
    desk.mailed(mail(NIL_PAPER, body="Attached."))
    for body in ("I withdraw our nil return.", "Father was seen here in 2008."):
        told = desk.mailed(mail(body=body + SIGNED)).submissions
        (said,) = (one for one in told if one.reason == "takes-back")
        assert (said.verdict, said.names) == ("refer", ("nil_return",))
    assert (
        apart(desk.mailed(mail(body="Who is our contact now?" + SIGNED)))[1] == "nothing-attached"
    )


def test_the_same_message_again_is_the_same(desk: Desk) -> None:
    desk.mailed(mail(body=NIL))
    again = desk.mailed(mail(body=NIL, subject="N12 once more"))
    assert [(s.position, s.judgements) for s in again.submissions] == [(1, ())]
