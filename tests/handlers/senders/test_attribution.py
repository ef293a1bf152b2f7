"""Whose a delivery is: nobody is believed for what they say, and no reference opens a door."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.register.agencies import AgencyPlace, RegisteredContact
from handlers.register.set_apart_reasons import REFERRED_REASONS, SET_APART_REASONS
from handlers.register.submissions import SEALED_NOTICE_REASON
from handlers.senders.attribution import (
    AttributionContext,
    DocumentEvidence,
    MailEvidence,
    UncertainPlace,
    place_by_folder,
    weigh_document,
)
from handlers.senders.attribution import place_by_sender as placed_by_sender
from handlers.values.case_reference import is_shaped_like


def place(case: int, reference: str, agency: int = 1, code: str = "GP") -> AgencyPlace:
    contact = RegisteredContact(agency, agency, "author", "Author One", "author@meadowlane.example")
    return AgencyPlace(case, reference, "open", agency, code, contact)


N12, N13 = place(1, "N12", 1), place(2, "N13", 2)
PROVEN = ""

REFERENCES = ["N1", "N12", "N12.1", "N13", "N-12", "n14", "SCR-2010-1", "10"]
WORDS = st.lists(
    st.one_of(
        st.sampled_from([*REFERENCES, "about", "Re:", "(N12)", "N12/A,"]), st.text(max_size=5)
    ),
    max_size=8,
).map(" ".join)
PLACES = st.lists(st.sampled_from(REFERENCES), unique=True, max_size=4).map(
    lambda references: [place(n, r, n) for n, r in enumerate(references, 1)]
)
DOUBTS = st.sampled_from(["", "sender-unproven", "sender-ours", "results-fail"])
ANSWERED = st.lists(st.integers(0, 6), max_size=3).map(tuple)
ELSEWHERE = st.lists(st.sampled_from(REFERENCES), max_size=3)


def by_sender(
    doubt: str,
    places: list[AgencyPlace],
    words: str,
    elsewhere: Iterable[str] = (),
    answered: tuple[int, ...] = (),
) -> AgencyPlace | UncertainPlace:
    about = AttributionContext(places, tuple(elsewhere))
    return placed_by_sender(doubt, MailEvidence(words, answered), about)


# Properties


@given(DOUBTS, PLACES, WORDS, ELSEWHERE)
def test_a_place_is_always_one_of_the_sender_s_own(
    doubt: str, places: list[AgencyPlace], words: str, elsewhere: list[str]
) -> None:
    """Failure mode 47."""
    found = by_sender(doubt, places, words, elsewhere)
    assert isinstance(found, UncertainPlace) or found in places


@given(PLACES, WORDS, ELSEWHERE, ANSWERED, st.sampled_from(["sender-unproven", "sender-ours"]))
def test_a_sender_who_is_doubted_is_held_whatever_the_mail_says_or_answers(
    places: list[AgencyPlace],
    words: str,
    elsewhere: list[str],
    answered: tuple[int, ...],
    doubt: str,
) -> None:
    """Failure modes 44, 47 and 68."""
    found = by_sender(doubt, places, words, elsewhere, answered)
    assert found == UncertainPlace(doubt)


@given(DOUBTS, WORDS, ELSEWHERE)
def test_a_sender_without_a_place_is_given_none_by_naming_a_case(
    doubt: str, words: str, elsewhere: list[str]
) -> None:
    """Failure mode 47."""
    found = by_sender(doubt, [], words, elsewhere)
    assert isinstance(found, UncertainPlace)
    assert found.verdict == "hold"


@given(DOUBTS, PLACES, WORDS, ELSEWHERE)
def test_the_cases_it_might_be_of_are_the_sender_s_own(
    doubt: str, places: list[AgencyPlace], words: str, elsewhere: list[str]
) -> None:
    """Promise 5."""
    found = by_sender(doubt, places, words, elsewhere)
    if isinstance(found, UncertainPlace):
        assert {*found.candidates} <= {p.reference for p in places}
        assert found.verdict in ("hold", "refer")
        assert found.reason in SET_APART_REASONS


@given(PLACES, WORDS, ELSEWHERE)
def test_no_words_open_a_case_that_is_not_the_sender_s(
    places: list[AgencyPlace], words: str, elsewhere: list[str]
) -> None:
    """Naming more cases can only make the place less certain."""
    foreign = [r for r in elsewhere if r not in {p.reference for p in places}]
    alone, named = by_sender(PROVEN, places, words), by_sender(PROVEN, places, words, foreign)
    assert named == alone or isinstance(named, UncertainPlace)


@given(st.sampled_from([None, "", "GP"]), st.sampled_from([None, *REFERENCES]), PLACES)
def test_a_folder_s_place_is_always_one_of_its_agency(
    code: str | None, reference: str | None, places: list[AgencyPlace]
) -> None:
    found = place_by_folder(code, reference, places)
    if isinstance(found, UncertainPlace):
        assert found.reason in SET_APART_REASONS
        assert {*found.candidates} <= {p.reference for p in places}
    else:
        assert code
        assert found in places
        own = {p.reference.casefold() for p in places}
        assert (
            reference is None
            or reference.casefold() in {found.reference.casefold()}
            or (reference.casefold() not in own and not is_shaped_like(reference, own))
        )


# Examples


def test_a_sender_of_one_case_need_not_name_it() -> None:
    assert by_sender(PROVEN, [N12], "Our chronology", ["N13"]) == N12


@pytest.mark.parametrize("words", ["N13: our chronology", "re n13", "(N13)", "about N13.", "N13/A"])
def test_a_sender_of_two_cases_names_the_one(words: str) -> None:
    assert by_sender(PROVEN, [N12, N13], words) == N13


@pytest.mark.parametrize(
    "words", ["our chronology", "N12 and N13", "N120", "N12-3", "xN13", "N13.4"]
)
def test_a_sender_of_two_cases_who_names_neither_or_both_is_asked_about(words: str) -> None:
    assert by_sender(PROVEN, [N12, N13], words) == UncertainPlace("case-unclear", ("N12", "N13"))


def test_mail_that_names_another_case_is_not_put_into_the_sender_s() -> None:
    """It may hold another case's papers: an answer could tell of them."""
    held = UncertainPlace("case-other", ("N12",))
    assert by_sender(PROVEN, [N12], "N13: the chronology", ["N13"]) == held


def test_mail_that_names_the_sender_s_case_and_another_is_a_question() -> None:
    asked = UncertainPlace("case-unclear", ("N12",))
    assert by_sender(PROVEN, [N12], "N12, not N13", ["N13"]) == asked


def test_a_reference_within_another_is_not_named_by_it() -> None:
    own = place(1, "N12.1")
    assert by_sender(PROVEN, [own], "N12.1: chronology", ["N12", "N1"]) == own


def test_two_agencies_of_one_case_under_one_address_are_a_question() -> None:
    both = [place(1, "N12", 1, "GP"), place(1, "N12", 2, "POL")]
    assert by_sender(PROVEN, both, "N12") == UncertainPlace("case-unclear", ("N12",))


def test_nobody_registered_under_an_address_is_told_by_what_it_looks_like() -> None:
    assert by_sender(PROVEN, [], "N12") == UncertainPlace("sender-unknown")
    found = placed_by_sender(PROVEN, MailEvidence(), AttributionContext(()), "sender-webmail")
    assert found == UncertainPlace("sender-webmail")


def test_a_reply_to_our_letter_names_its_case() -> None:
    """Failure mode 47: together with a registered sender, and only so."""
    assert by_sender(PROVEN, [N12, N13], "our chronology", answered=(2,)) == N13
    assert by_sender(PROVEN, [N12, N13], "N12, as N13", answered=(1,)) == N12
    held = UncertainPlace("sender-unknown")
    assert by_sender(PROVEN, [], "N12", answered=(1,)) == held


def test_a_reply_that_names_another_case_is_a_question() -> None:
    asked = UncertainPlace("case-unclear", ("N12", "N13"))
    assert by_sender(PROVEN, [N12, N13], "N12", answered=(2,)) == asked


def test_a_reply_to_a_letter_of_ours_to_somebody_else_is_held() -> None:
    held = UncertainPlace("case-other", ("N12",))
    assert by_sender(PROVEN, [N12], "our chronology", answered=(9,)) == held


def test_a_folder_for_a_case_that_is_not_the_agency_s_is_held() -> None:
    assert place_by_folder("GP", "N99", [N12]) == UncertainPlace("case-other", ("N12",))
    assert place_by_folder("GP", "n12", [N12, N13]) == N12
    assert place_by_folder("GP", "final/N12/v2", [N12, N13]) == N12
    assert place_by_folder("GP", "final versions", [N12]) == N12
    assert place_by_folder("GP", "Final2", [N12, N13]).reason == "case-unclear"
    assert place_by_folder("GP", "N12/N13", [N12, N13]).reason == "case-unclear"
    assert place_by_folder("GP", "N12/N99", [N12]).reason == "case-other"
    assert place_by_folder("GP", "sar/2", [N12], ["SAR"]).reason == "case-other"
    assert place_by_folder("GP", None, [N12, N13]) == UncertainPlace("case-unclear", ("N12", "N13"))
    assert place_by_folder("XX", None, []) == UncertainPlace("agency-unknown")


def test_a_reference_of_the_boards_shape_that_is_not_the_senders_is_held() -> None:
    """Failure mode 123: in a folder's name, a mail, or a document's identifier."""
    held, shapes = UncertainPlace("case-other", ("N12",)), ("LMN-#", "N#")
    assert place_by_folder("GP", "LMN-8", [N12], (), shapes) == held
    assert place_by_folder("GP", "N12/final", [N12], (), shapes) == N12
    about = AttributionContext([N12], shapes=shapes)
    assert placed_by_sender(PROVEN, MailEvidence("Our return for LMN-8"), about) == held
    assert placed_by_sender(PROVEN, MailEvidence("N12: return, at N1 2AB"), about) == N12
    for identifier, foreign in (("LMN-8/A", True), ("N12/B", False), ("Child A", False)):
        assert weigh_document(DocumentEvidence(identifier), about).foreign is foreign


def test_whether_a_reason_holds_or_refers_is_said_in_one_table() -> None:
    """Whose sender or agency is not certain is held, and nobody is told."""
    assert SET_APART_REASONS.keys() > REFERRED_REASONS
    held = SET_APART_REASONS.keys() - REFERRED_REASONS - {"automatic"}
    doubted = {reason for reason in held if reason.startswith(("sender-", "results-"))}
    assert held - doubted == {
        *("mail-unreadable", "headers-twice", "signed-by-another", SEALED_NOTICE_REASON),
        *("agency-unknown", "case-other", "held-notice", "sealed-unknown"),
        *("infected", "not-scanned"),
    }
