"""A nil return in the words of many sorts of agency: read or asked about, never sent back."""

from __future__ import annotations

from pathlib import Path

from handlers.document import Paragraph
from handlers.findings import Judgement
from tests.handlers.checks.form.specimen import judged, rules


def bodies_of(heading: str) -> list[str]:
    text = Path(__file__).with_name("nil_by_agency.txt").read_text(encoding="utf-8")
    return text.split(f"\n# {heading}\n")[1].split("\n#")[0].strip().splitlines()


def return_of(body: str) -> Judgement:
    lines = ("Meadow Lane Surgery", "20 May 2010", "Dear Administrator", "Serious Case Review N12")
    foot = ("Yours sincerely", "Jane Holt", "Practice Manager")
    return judged("nil_return", [Paragraph(line) for line in (*lines, body, *foot)])


def test_what_is_said_of_all_the_family_in_free_words_is_never_sent_back() -> None:
    verdicts = {
        body: return_of(body).verdict for body in (*bodies_of("good"), *bodies_of("good too"))
    }
    assert set(verdicts.values()) <= {"accept", "refer"}, verdicts


def test_what_takes_something_back_is_a_question_in_whatever_words() -> None:
    bad = [*bodies_of("bad"), *bodies_of("bad too")]
    assert [body for body in bad if return_of(body).verdict != "refer"] == []


SAY_WHAT_WAS_SEARCHED = (
    "Following your enquiry we ran the names through SystmOne and drew a blank on all of them.",
    "I have gone through our patient list and nobody in this family has ever been on it.",
    "Our Patient Administration System shows no record of any member of the family.",
    "The Trust's paper and electronic records contain nothing about any of the persons named.",
    "Having consulted the office and the database, we find the family is unknown to the school.",
)
SAY_NOTHING_OF_IT = (
    "The family has never been known to us.",
    "None of the people on your list has ever been a patient here.",
)


def test_a_letter_is_told_that_it_names_no_records_only_where_it_names_none() -> None:
    """ "It does not say which records were searched" was untrue of some."""
    told = [b for b in SAY_WHAT_WAS_SEARCHED if "records-missing" in rules(return_of(b))]
    quiet = [b for b in SAY_NOTHING_OF_IT if "records-missing" not in rules(return_of(b))]
    assert (told, quiet) == ([], [])
