"""What an ordinary letter that asks for more time says: for which return, until when and why."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph
from tests.handlers.checks.form.specimen import judged, rules

NOT_READ, NOT_SAID = "not read", "not said"
# The letter's body (today is Friday 28 May 2010); its return, until when, and why in our words.
ASKED = (
    ("We will not be able to let you have our IMR by 12 June as our author is on sick leave; could"
     " we have until the 30th?", "IMR", "2010-06-30", "illness"),
    ("Please may we have a further fortnight for the chronology? The notes are in off-site store.",
     "chronology", "two weeks more", "records"),
    ("We need an extra two weeks, to 26 June, to finish the individual management review because of"
     " staff shortages.", "IMR", "2010-06-26", "workload"),
    ("Could the date for our IMR be moved from 11 June to 25 June 2010? Two of those to be"
     " interviewed are on annual leave.", "IMR", "2010-06-25", "leave"),
    ("I am writing about the QA form, due on 4 June. Our Chief Executive, who must sign, is abroad"
     " until 14 June. May we send it on 16 June?", "QA form", "2010-06-16", "leave"),
    ("Dr Roe, who is writing the report, has had a bereavement. Would the end of June be acceptable"
     " for the IMR?", "IMR", "2010-06-30", "bereavement"),
    ("The chronology has already been sent. For the IMR we ask for another ten working days, owing"
     " to the number of interviews.", "IMR", "ten working days more", "interviews"),
    ("Thank you for your letter of 3 May. We should be grateful for an extension to 18 June for the"
     " evaluation statement, as our Director is in hospital.", "evaluation statement",
     "2010-06-18", "illness"),
    ("We cannot meet the deadline of 11 June for the chronology. Our computer system has been down"
     " all week. Friday 2 July would be realistic.", "chronology", "2010-07-02", "computer"),
    ("Would it be possible to let you have the IMR three weeks late? The police have asked us not"
     " to interview our staff before the trial.", "IMR", "three weeks more", "police"),
    ("Please can the due date of our report be put back by a month.", "IMR",
     "one month more", NOT_SAID),
    ("Our author leaves at the end of this week and her successor starts on 7 June. We ask for the"
     " IMR to be due on 9 July instead.", "IMR", "2010-07-09", "staff"),
    ("Can we have until 21/06/2010 for the IMR and the chronology please? We are short of staff.",
     "chronology, IMR", "2010-06-21", "workload"),
    ("The board of our Trust must approve the IMR and next meets on 22 June, so we would like to"
     " send it on 23 June rather than 11 June.", "IMR", "2010-06-23", "approval"),
    ("I regret that the chronology will be late. I hope to let you have it by Monday 14th June.",
     "chronology", "2010-06-14", NOT_SAID),
    ("We are struggling with the IMR and need more time, say until the summer, because the author"
     " has been unwell.", "IMR", NOT_READ, "illness"),
    ("Please may we have more time for our chronology? The volume of records is far greater than we"
     " had thought.", "chronology", NOT_SAID, "workload"),
    ("May we have longer for the IMR? I will telephone next week to agree a day. The reason is"
     " confidential.", "IMR", NOT_READ, "other"),
    ("We request an extension.", NOT_SAID, NOT_SAID, NOT_SAID),
    ("Our record store was flooded on Sunday. May we have until 9 July for the chronology?",
     "chronology", "2010-07-09", "other"),
    ("May I ask for the IMR to be accepted a week late? The author's laptop was stolen.", "IMR",
     "one week more", "other"),
    ("An extension of 14 days is requested for submission of the action plan, due to you on 11"
     " June. The lead nurse is on maternity leave.", "action plan", "14 days more", "leave"),
    ("We had hoped to finish by 4 June. Unfortunately our named doctor went off sick on 17 May, and"
     " we now expect to be able to send the chronology on 15 June.", "chronology", "2010-06-15",
     "illness"),
    ("Please extend the time for the IMR by one week to Friday 18th. We had the inspectors in.",
     "IMR", "2010-06-18", "workload"),
    ("Grateful if we could have a couple more weeks for everything you asked of us; the author"
     " only came into post on 10 May.", "everything outstanding", "two weeks more", "staff"),
    ("The IMR cannot be with you before 25 June, since legal services have to see it first.", "IMR",
     "2010-06-25", "approval"),
    ("We request more time for our chronology and IMR: chronology to 30 June, IMR to 18 July.",
     "chronology, IMR", "2010-06-30 for the chronology; 2010-07-18 for the IMR", NOT_SAID),
    ("Due to sickness absence, I request that the deadline for submission of the chronology be put"
     " back to 26 June 2010.", "chronology", "2010-06-26", "illness"),
    ("Is there any leeway on 11 June? The chronology is about half done.", "chronology", NOT_SAID,
     "other"),
    ("Because of the holidays the school cannot complete its IMR by 11 June. We request an"
     " extension to 18 June 2010.", "IMR", "2010-06-18", "leave"),
    ("We need a little longer for all our returns.", "all our returns", NOT_SAID, NOT_SAID),
    ("Could we have another ten days for the QA form and the statement? Our author is ill.",
     "evaluation statement, QA form", "ten days more", "illness"),
    ("Could we have another ten days for the form, the statement and the report? I am ill.",
     "IMR, evaluation statement, QA form", "ten days more", "illness"),
    ("Could we have until 18 June for the statement and 25 June for the form? Our author is ill.",
     "evaluation statement, QA form",
     "2010-06-18 for the evaluation statement; 2010-06-25 for the QA form", "illness"),
    # Half of what is asked for is not said to be all.
    ("Could we have another ten days for the QA form and the health summary? Our author is ill.",
     "Could we have another ten days for the QA form and the health summary?", "ten days more",
     "illness"),
)  # fmt: skip


def letter(body: str) -> list[Paragraph]:
    lines = ("Meadow Lane Surgery", "28 May 2010", "Dear Administrator", "Serious Case Review N12")
    foot = ("Yours sincerely", "Jane Holt", "Practice Manager")
    return [Paragraph(line) for line in (*lines, body, *foot)]


def read(body: str) -> tuple[str, str, bool]:
    judgement = judged("extension_request", letter(body))
    kept, said = dict(judgement.clues.asks), rules(judgement)
    until = NOT_READ if "new_date-unclear" in said else NOT_SAID
    return (
        kept.get("Return", NOT_SAID), kept.get("New date", until), "reason-missing" not in said,
    )  # fmt: skip


def test_which_return_until_when_and_whether_why_are_read_from_ordinary_letters() -> None:
    wrong = []
    for body, which, until, why in ASKED:
        wanted = (which, until, why != NOT_SAID)
        if read(body) != wanted:
            wrong.append((body, wanted, read(body)))
    assert wrong == []


def test_a_reason_is_told_only_where_its_words_stand() -> None:
    """Compassionate leave is no bereavement, a broken leg no illness, a volume no missing file."""
    for body, reason in (
        ("We need more time: our author has been on compassionate leave.", "somebody is away"),
        ("We need more time: our author has broken her leg.", "an injury"),
        ("We need more time because of the volume of records.", "workload"),
        ("We need more time because of industrial action.", "for the reason that it gives"),
        ("We need more time: both our authors were seconded.", "somebody is seconded"),
        ("We need more time for the IMR because of the bank holidays.", "of holidays"),
        (
            "We need more time for the IMR, in the absence of the records.",
            "records are still to be had",
        ),
    ):
        found = judged("extension_request", letter(body)).findings
        told = next(f.message for f in found if f.rule == "extension-requested")
        assert reason in told, (body, told)


@pytest.mark.parametrize(
    "body",
    [
        "We are not going to manage the 23rd. Would 18 June be all right for the chronology?",
        "Our IMR will follow by 14 June, later than you asked. I told the board's chair so myself.",
    ],
)
def test_no_reason_is_said_to_be_given_where_none_is(body: str) -> None:
    found = judged("extension_request", letter(body)).findings
    (told,) = (f.message for f in found if f.rule == "extension-requested")
    assert "reason" not in told


# Without a day of its own (today is Friday 28 May 2010).
NEAR = (
    ("Could we have until the following Friday for the IMR?",
     "the following Friday, said on 2010-05-28"),
    ("We are running behind with the IMR, would Monday do?", "Monday, said on 2010-05-28"),
    ("Could I have until next Friday for the IMR?", "next Friday, said on 2010-05-28"),
    ("We need until a week on Tuesday for the IMR.", "2010-06-08"),
    ("We can do the IMR by the end of next week, is that all right?", "2010-06-04"),
    ("Could the IMR wait until the end of the month?", "2010-05-31"),
    ("We could send the IMR in a fortnight.", "2010-06-11"),
    ("Could we have until close on the 14th for the IMR?", "2010-06-14"),
    ("Would Monday 14th do for the IMR?", "2010-06-14"),
    ("Would Monday 12th do for the IMR?", NOT_READ),  # a Saturday, and June 2010 has no other
    ("Could we have the IMR in by 14th?", "2010-06-14"),
    ("Two more weeks please for the IMR.", "two weeks more"),
    ("Please could we have a few more days for the IMR?", NOT_READ),
    ("Could we have until half term for the IMR?", NOT_READ),
    ("Could we have another week or two for the IMR?", NOT_READ),
    ("Could we have a week or so more for the IMR?", NOT_READ),
    ("Could we have the IMR with you in a week or so?", NOT_READ),
    ("Our inspection was on Tuesday so we need more time for the IMR.", NOT_SAID),
    ("In two weeks our author is back. Could we have more time for the IMR?", NOT_SAID),
    ("I am in court on Friday. Could we have until 14 June for the IMR?", "2010-06-14"),
    ("We cannot do the IMR by Friday. Would Tuesday be all right?", "Tuesday, said on 2010-05-28"),
    ("Could we have until Monday for the chronology and 18 June for the IMR?",
     "2010-05-31 for the chronology; 2010-06-18 for the IMR"),
)  # fmt: skip


def test_a_day_is_read_that_is_told_by_other_days() -> None:
    wrong = [(body, until, read(body)[1]) for body, until in NEAR if read(body)[1] != until]
    assert wrong == []


def test_everything_outstanding_is_all_that_is_owed_and_what_is_left_out_is_not_asked_for() -> None:
    for body, clause in (
        ("Could we have an extension for everything outstanding until 30 June 2010?",
         "for everything outstanding, until"),
        ("We ask for more time for all outstanding returns, until 30 June 2010.",
         "for all outstanding returns, until"),
        ("Could we have an extension for everything outstanding except the chronology to 30 June?",
         "for everything outstanding, until"),
        ("Could we have an extension for the IMR but not the chronology to 30 June?",
         "for the IMR, until"),
    ):  # fmt: skip
        found = judged("extension_request", letter(body)).findings
        told = next(f.message for f in found if f.rule == "extension-requested")
        assert clause in told, (body, told)


def test_the_line_for_whoever_decides_has_all_three_in_our_own_words() -> None:
    """It stands on CHECK and in the digest, and repeats nothing of the letter (failure mode 83)."""
    told = {
        f.message
        for body in (ASKED[0][0], ASKED[15][0], ASKED[18][0])
        for f in judged("extension_request", letter(body)).findings
        if f.rule == "extension-requested"
    }
    before, after = "We have your request for more time (", "). A person will decide it."
    assert told == {
        f"{before}for the IMR, until 30 June 2010, because of illness{after}",
        f"{before}for the IMR, until a day that we could not read, because of illness{after}",
        f"{before}it says neither for which return nor until when{after}",
    }


# Each return with its day, however they stand beside each other; then, where that is not plain, the
# days alone. Today is Friday 28 May 2010.
OF_EACH = (
    ("Please can the deadline be moved to 14 June for the chronology and the IMR, 21 June for the"
     " QA form.", "for the chronology and IMR until 14 June 2010, for the QA form until 21 June"),
    ("Chronology: I should manage by 7 June. The IMR and the QA form - realistically 21 June.",
     "for the chronology until 7 June 2010, for the IMR and QA form until 21 June 2010"),
    ("Could I have until 5 June for the chronology, and 28 June for the other three, please?",
     "for the chronology until 5 June 2010, for the rest until 28 June 2010"),
    ("Chronology by 7 June and 21 June for the IMR, if we may.",
     "for the chronology until 7 June 2010, for the IMR until 21 June 2010"),
    ("The IMR can be with you on 18 June and the other documents on 25 June, if that will do.",
     "for the IMR until 18 June 2010, for the rest until 25 June 2010"),
    ("Would 11 June be all right for the chronology? The IMR would follow a week later.",
     "for the chronology until 11 June 2010, for the IMR until 18 June 2010"),
    ("Chronology by 7 June, the IMR by 21 June. The chronology is the longest we have had.",
     "for the chronology until 7 June 2010, for the IMR until 21 June 2010"),
    ("Can we push the IMR back to the end of June and everything else after that?",
     "for the IMR until 30 June 2010, for the rest until a later day"),
    ("Could we have until 11 June for the IMR, and till half-term for the chronology?",
     "for the IMR until 11 June 2010, for the chronology until a later day that we could not read"),
    ("We need another week or so on the chronology and a fortnight more on the IMR.",
     "for the chronology until a later day that we could not read, for the IMR two weeks more"),
    ("Can the IMR wait until 11 June and the chronology until early July?",
     "for the IMR until 11 June 2010, for the chronology until a later day that we could not read"),
    ("Our author is away until after Easter. Could we have until 11 June for the IMR and the"
     " chronology?", "until 11 June 2010"),
    ("Could we have 11 June for the chronology, and for the IMR until 4 July, more or less?",
     "until 11 June 2010 or 4 July 2010: a person has to look which is meant"),
    ("More time for the chronology and IMR please: 7 June and 14 June would be fine.",
     "until 7 June 2010 or 14 June 2010: a person has to look which is meant"),
    ("One more week for the IMR please, i.e. until 4 June, and a fortnight for the chronology.",
     "for the IMR until 4 June 2010, for the chronology two weeks more"),
    ("We need a week more for the chronology, that is to 7 June, and three weeks for the IMR.",
     "for the chronology until 7 June 2010, for the IMR three weeks more"),
    ("Another fortnight for the IMR (to 11 June) please.", "for the IMR, until 11 June 2010"),
    ("Could we have until Tuesday 15 June for the IMR, and until Monday 22 June for the"
     " chronology?",
     "for the IMR until 15 June 2010, for the chronology until a later day that we could not read"),
    ("The chronology is ready and was sent on 20 May. Could we have until 4 June for the IMR?",
     "for the IMR, until 4 June 2010"),
)  # fmt: skip


def test_days_of_several_returns_are_each_told_with_their_own_or_as_not_plain() -> None:
    """Two days were asked for, and one command gave one of them to all."""
    wrong = []
    for body, clause in OF_EACH:
        found = judged("extension_request", letter(body)).findings
        told = next(f.message for f in found if f.rule == "extension-requested")
        if clause not in told:
            wrong.append((body, told))
    assert wrong == []


def test_all_that_is_owed_is_known_however_it_is_called() -> None:
    for words in ("all four documents", "all of this", "the lot", "everything", "all our reports"):
        told = judged("extension_request", letter(f"We need longer for {words}, say 30 June."))
        assert dict(told.clues.asks)["Return"].startswith(("everything", "all our")), words
        assert "return-missing" not in rules(told), words


# What a letter asks for, and what it only mentions. Today is Friday 28 May 2010.
ONLY_MENTIONED = (
    ("Our IMR and QA form will be with you by 30 June as agreed. The Chief Executive is on leave,"
     " so could we have until 9 July for the evaluation statement?", "evaluation statement",
     "2010-07-09"),
    ("Our IMR will be with you by 30 June as agreed, but could we have until 9 July for the"
     " evaluation statement?", "evaluation statement", "2010-07-09"),
    ("Our author is off sick so I will not be able to check the IMR in time. Could the QA form wait"
     " until 13 July?", "QA form", "2010-07-13"),
    ("I will not be able to check the IMR in time, so could the QA form wait until 13 July?",
     "QA form", "2010-07-13"),
    ("Could the QA form wait until 13 July, because the IMR has taken all our time?", "QA form",
     "2010-07-13"),
    ("We cannot finish the IMR in time. Can we have until 13 July?", "IMR", "2010-07-13"),
    ("We cannot finish the IMR in time. Can we have until 13 July? Could the QA form"
     " wait as well?",
     "IMR, QA form", "2010-07-13"),
    ("I regret that the IMR will be late. Could the QA form wait until 13 July too?",
     "IMR, QA form", "2010-07-13"),
    ("We shall not be able to send the quality assurance form by 11 June. Could we have until 13"
     " July for the QA form?", "QA form", "2010-07-13"),
    ("Could we have until 13 July for the quality assurance form and QA form?", "QA form",
     "2010-07-13"),
)  # fmt: skip


def test_what_is_asked_for_stands_in_the_clause_that_asks() -> None:
    """An `extend` was offered for returns that a request only mentioned, and nobody chased them."""
    wrong = [
        (body, read(body)[:2]) for body, *wanted in ONLY_MENTIONED if [*read(body)[:2]] != wanted
    ]
    assert wrong == []
