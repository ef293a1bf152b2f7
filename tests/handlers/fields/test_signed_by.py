"""Sentences that say who signed: read where nothing in them is left over, else not at all."""

from __future__ import annotations

from handlers.fields.label_meanings import LabelTerm, build_lexicon
from handlers.fields.signed_by import Signing, find_signings, says_signed

ROLES = {
    "author": ("report author", "author", "written by"),
    "commissioner": ("agency commissioner", "commissioner", "approved by", "commissioned by"),
}
KNOWN = build_lexicon(
    tuple(LabelTerm(k, words, True) for k, all_ in ROLES.items() for words in all_)
)
DOE = Signing("Jane Doe", "Named Nurse", "3 March 2026")
ROE = Signing("John Roe", "Director of Nursing", "5/3/26")


def with_role(one: Signing, role: str) -> Signing:
    return Signing(one.name, one.job, one.day, role)


def test_a_sentence_of_one_person_gives_name_job_and_day():
    for said in (
        "Signed by Jane Doe (Named Nurse), 3 March 2026",
        "Signed by Jane Doe, Named Nurse, on 3 March 2026.",
        "This form was completed and signed by Jane Doe, Named Nurse, on 3 March 2026.",
        "This form was signed on 3 March 2026 by Jane Doe, Named Nurse.",
        "Electronically signed by Jane Doe, Named Nurse on 3 March 2026 at 14:32",
        "Signed by the Named Nurse, Jane Doe, on 3 March 2026",
        "I, Jane Doe, Named Nurse, have signed this on 3 March 2026.",
        "Jane Doe, Named Nurse, signed this return on 3 March 2026",
    ):
        assert find_signings(said, KNOWN) == (DOE,), said


def test_a_sentence_of_two_gives_each_their_own_and_says_whose_part_it_is():
    author, commissioner = with_role(DOE, "author"), with_role(ROE, "commissioner")
    for said, found in {
        "This report was signed by Jane Doe, Named Nurse (report author), on 3 March 2026, and by "
        "John Roe, Director of Nursing (agency commissioner), on 5/3/26.": (author, commissioner),
        "This report was written and signed by Jane Doe, Named Nurse, as report author on 3 March "
        "2026, and signed off by John Roe, Director of Nursing, on 5/3/26.": (author, ROE),
        "Written and signed by Jane Doe, Named Nurse, on 3 March 2026. Approved and signed by John "
        "Roe, Director of Nursing, on 5/3/26.": (author, commissioner),
        "Signed by the report author, Jane Doe (Named Nurse), on 3 March 2026": (author,),
        "I, John Roe, Director of Nursing, commissioned this report and signed it on 5/3/26.": (
            commissioner,
        ),
    }.items():  # fmt: skip
        assert find_signings(said, KNOWN) == found, said


def test_what_is_left_out_stays_out():
    assert find_signings("Signed by Jane Doe on 3 March 2026", KNOWN) == (
        Signing("Jane Doe", "", "3 March 2026"),
    )
    assert find_signings("Signed by Jane Doe as report author on 3 March 2026", KNOWN) == (
        Signing("Jane Doe", "", "3 March 2026", "author"),
    )


def test_what_cannot_be_shared_out_for_certain_is_not_read():
    for said in (
        "Signed by ............, Named Nurse, on 3 March 2026",
        "Signed by Jane Doe, Named Nurse, and John Roe, Director, on 3 March 2026",
        "Signed by Jane Doe on behalf of John Roe, Director, on 3 March 2026",
        "Signed by Jane Doe, Named Nurse, on 3 March 2026 or 4 March 2026",
        "Jane Doe, Named Nurse, signed this and saw the child twice on 3 March 2026",
        "Signed by Jane Doe, post vacant, on 3 March 2026",
        "Written by Jane Doe, Named Nurse, on 3 March 2026, and signed off by John Roe, Director, "
        "on 5 March 2026",
    ):  # fmt: skip
        assert says_signed(said), said
        assert find_signings(said, KNOWN) == (), said


def test_signing_that_is_asked_for_or_ahead_is_none():
    for said in (
        "The report is to be signed by Jane Doe, Named Nurse, on 3 March 2026",
        "It must be dated and signed by both the report author and the Agency Commissioner",
        "Not yet signed by John Roe, Director of Nursing, as of 3 March 2026",
        "Signed by: Jane Doe",
    ):
        assert not says_signed(said), said


def test_a_sentence_over_the_blanks_that_names_roles_in_general_names_nobody():
    """A number that is typed before it is no day."""
    for said in (
        "This report is signed by its author and by the officer who commissioned it.",
        "This report is signed by its author and by the officer commissioning it.",
        "Signed by the author, Review Officer, and by the officer who commissioned it.",
        "This report has been signed by its author and by the Chief Officer who commissioned it.",
        "This report was written by its author and is signed off by the officer named below.",
    ):
        for number in ("", "9.1   ", "9.1\t", "9.1.1 ", "(a) ", "1. "):
            assert find_signings(number + said, KNOWN) == (), number + said


def test_a_number_before_a_sentence_is_no_part_of_it():
    for number in ("9.1 ", "9.1.2   ", "9. ", "(a) "):
        said = f"{number}Signed by Jane Doe, Named Nurse, on 3 March 2026"
        assert find_signings(said, KNOWN) == (DOE,), said
