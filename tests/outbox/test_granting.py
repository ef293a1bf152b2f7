"""A request for more time is printed as the command that gives it; to accept it gives none."""

from __future__ import annotations

from datetime import date

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
LATER = '--agreed-by "..." --reason "..."'
ASKED = {
    "Could we have an extension for the chronology until 30 April 2010 because of leave?": [
        f"extend N12 GP chronology --until 2010-04-30 {LATER}",
    ],
    "Could we have an extension for the IMR and the QA form until 11 June 2010, due to illness?": [
        f"extend N12 GP imr qa_form --until 2010-06-11 {LATER}",
    ],
    "Please may we have an extension for the chronology because of leave?": [
        f"extend N12 GP chronology --until DATE {LATER}",
    ],
    "Could we have an extension for the chronology until 12 April 2010 because of leave?": [
        f"extend N12 GP chronology --until DATE {LATER}",  # it is due later than that
    ],
}

# A return under a name of its own, or under none that is known.
CALLED = {
    ("N12", "May we have an extension for our management review until 11 June, please?"): "imr",
    ("N12", "May we have an extension for the review report until 11 June, please?"): "imr",
    ("N12", "May we have an extension for our report until 11 June, please?"): "imr",
    ("N12 - IMR", "May we have an extension for the report until 11 June, please?"): "imr",
    ("N12", "Please may we have an extension for the report until 11 June?"): "KIND",
    ("N12", "May we have an extension for our health summary until 11 June, please?"): "KIND",
    (
        "N12",
        "May we have an extension for the QA form and the health summary until 11 June?",
    ): "KIND",
    ("N12", "May we have an extension until 11 June, please?"): "KIND",
}


def test_a_command_extends_no_more_than_what_the_request_names_and_else_asks_which(
    loaded: Board,
) -> None:
    for id, ((subject, words), kind) in enumerate(CALLED.items(), 1):
        loaded.mail(mail(AUTHOR, SERVICE, subject, words, ()))
        loaded.once("2010-04-13T10:00")
        shown = loaded.run("show", id, at="2010-04-13T11:00").out
        assert [x.strip() for x in shown.splitlines() if " extend " in x] == [
            f"scr-intake extend N12 GP {kind} --until 2010-06-11 {LATER}"
        ], words
        assert ("ut that in the place of KIND" in shown) == (kind == "KIND"), words


def test_no_letter_says_more_time_was_asked_for_of_returns_that_a_request_does_not_name(
    loaded: Board,
) -> None:
    words = "May we have an extension for our health summary until 11 June, owing to leave?"
    loaded.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    loaded.once("2010-04-13T10:00")
    (letter,) = (
        letter_plain_text(one) for one in loaded.sent() if "more time" in str(one["Subject"])
    )
    assert "more time asked for" not in letter
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())
    assert "extend N12 GP KIND --until 2010-06-11" in said


# The mail comes on Tuesday 13 April; the chronology is due on Friday 16 April, the IMR on 28 May.
NEAR = {
    "Could we have until the following Friday for the chronology?": ["2010-04-23"],
    "Running behind with the chronology, would Monday do?": ["2010-04-19"],
    "Could we have until next Thursday for the chronology?": ["2010-04-22"],  # not before it is due
    "Could we have until the Friday after next for the chronology?": ["2010-04-23", "2010-04-30"],
    "Could we have two more weeks for the chronology?": ["2010-04-30"],
    "Could we have eleven more working days for the chronology?": ["2010-05-04"],
    "Can we have until the end of the month for the chronology?": ["2010-04-30"],
    "Could we have until half term for the chronology?": ["DATE"],
    "Could we have a few more days for the chronology?": ["DATE"],
}


def test_a_day_told_by_other_days_stands_in_the_command_and_both_where_two_may_be_meant(
    loaded: Board,
) -> None:
    for id, (words, days) in enumerate(NEAR.items(), 1):
        loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
        loaded.once("2010-04-13T10:00")
        shown = loaded.run("show", id, at="2010-04-13T11:00").out
        assert [x.strip() for x in shown.splitlines() if " extend " in x] == [
            f"scr-intake extend N12 GP chronology --until {day} {LATER}" for day in days
        ], words


def test_the_digest_has_both_days_of_two_that_may_be_meant_the_earlier_first(loaded: Board) -> None:
    words = "Could we have until the Friday after next for the chronology, owing to leave?"
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
    loaded.once("2010-04-13T10:00")
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())
    first, second = said.index("--until 2010-04-23"), said.index("--until 2010-04-30")
    assert first < second


def test_a_span_is_counted_for_each_return_from_its_own_day_and_a_day_off_is_told(
    loaded: Board,
) -> None:
    words = "Could we have another three days for the chronology and the IMR please?"
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
    loaded.once("2010-04-13T10:00")
    shown = loaded.run("show", 1, at="2010-04-13T11:00").out
    assert f"extend N12 GP chronology --until 2010-04-19 {LATER}" in shown
    assert f"extend N12 GP imr --until 2010-06-01 {LATER}" in shown
    assert "Monday 31 May 2010 is no working day; the next is Tuesday 1 June 2010." in shown


TWO_DAYS = {
    "Could we have an extension until 30 April for the chronology, and 11 June for the IMR?": [
        f"extend N12 GP chronology --until 2010-04-30 {LATER}",
        f"extend N12 GP imr --until 2010-06-11 {LATER}",
    ],
    "May we have an extension, please: 30 April for the chronology, 11 June for the others?": [
        f"extend N12 GP chronology --until 2010-04-30 {LATER}",
        f"extend N12 GP imr qa_form evaluation_statement --until 2010-06-11 {LATER}",
    ],
    "We need an extension for the IMR and the QA form: 4 June and 11 June would be fine.": [
        f"extend N12 GP KIND --until 2010-06-04 {LATER}",
        f"extend N12 GP KIND --until 2010-06-11 {LATER}",
    ],
    # The earlier day stands first, however they are named.
    "Could we have an extension until 11 June for the chronology, and 4 June for the IMR?": [
        f"extend N12 GP imr --until 2010-06-04 {LATER}",
        f"extend N12 GP chronology --until 2010-06-11 {LATER}",
    ],
    "We need an extension for the IMR and the QA form: 11 June or 4 June would be fine.": [
        f"extend N12 GP KIND --until 2010-06-04 {LATER}",
        f"extend N12 GP KIND --until 2010-06-11 {LATER}",
    ],
}


def test_of_two_days_each_is_a_command_and_what_is_granted_is_settled_alone(loaded: Board) -> None:
    """The sentence of the digest has both days too; an unsure pairing names no return."""
    for id, (words, commands) in enumerate(TWO_DAYS.items(), 1):
        loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
        loaded.once("2010-04-13T10:00")
        shown = loaded.run("show", id, at="2010-04-13T11:00").out
        assert [x.strip() for x in shown.splitlines() if " extend " in x] == [
            f"scr-intake {c}" for c in commands
        ]
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())
    assert "for the chronology until 30 April 2010, for the rest until 11 June 2010" in said
    assert "until 4 June 2010 or 11 June 2010: a person has to look which is meant" in said
    words = ("extend", "N12", "GP", "chronology", "--until", "2010-04-30", "--agreed-by", "Chair")
    out = loaded.run(*words, "--reason", "x", "--yes", at="2010-04-14T09:00").out
    assert "Entry 1, request for more time, stays open for the IMR." in out
    assert "Entry 2, request for more time, stays open for the IMR, QA form and evaluation" in out
    left = loaded.run("show", 2, at="2010-04-14T10:00").out
    assert f"{TWO_DAYS[[*TWO_DAYS][1]][1]}" in left and "GP chronology" not in left


def test_show_prints_what_would_give_it_and_accept_says_so(loaded: Board) -> None:
    for id, (words, commands) in enumerate(ASKED.items(), 1):
        loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
        loaded.once("2010-04-13T10:00")
        shown = loaded.run("show", id, at="2010-04-13T11:00").out.splitlines()
        assert [x.strip() for x in shown if " extend " in x] == [
            f"scr-intake {c}" for c in commands
        ]
        assert not any("scr-intake accept" in line for line in shown)
        accepted = loaded.run("accept", id, "--reason", "Chair agrees", "--yes")
        assert accepted.status and f"scr-intake show {id}" in accepted.err


def test_the_digest_prints_it_ready_to_paste(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", next(iter(ASKED)), ()))
    loaded.once("2010-04-13T10:00")
    for day in ("2010-04-14T08:00", "2010-04-16T08:00"):
        said = " ".join(loaded.run("digest", "--preview", "--all", at=day).out.split())
        assert f"scr-intake extend N12 GP chronology --until 2010-04-30 {LATER}" in said
        assert "To see it: scr-intake show 1 To say no: scr-intake reject 1 " in said


ASKED_FOR_TWO = (
    "Could we have an extension for the IMR and the chronology until 11 June, due to illness?"
)
ASKED_WITH_FORM = ASKED_FOR_TWO.replace("chronology", "QA form")


def extend(board: Board, *kinds: str, at: str = "2010-04-13T11:00") -> str:
    words = ("extend", "N12", "GP", *kinds, "--until", "2010-06-11", "--agreed-by", "Chair")
    ended = board.run(*words, "--reason", "x", "--yes", at=at)
    assert ended.status == 0, ended.err
    return ended.out


def test_a_request_for_several_stays_open_for_what_is_left(loaded: Board) -> None:
    """Issue 12: one `extend` does not settle a whole request."""
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", ASKED_FOR_TWO, ()))
    loaded.once("2010-04-13T10:00")
    assert "Entry 1, request for more time, stays open for the chronology." in extend(loaded, "imr")
    shown = loaded.run("show", 1, at="2010-04-13T12:00").out
    assert "What it asks about the IMR was decided since; the rest waits." in shown
    assert f"scr-intake extend N12 GP chronology --until 2010-06-11 {LATER}" in shown
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())
    assert (
        "request for more time until Friday 11 June; the chronology is not chased until you decide"
        in said
    )
    assert "This answers entry 1 too" in extend(loaded, "chronology", at="2010-04-14T09:00")
    assert loaded.run("referred", at="2010-04-14T10:00").out == "Nothing waits here.\n"


def test_more_time_for_a_report_answers_what_asked_no_more_for_its_form(loaded: Board) -> None:
    """A form is due with its report: to ask for a decision about it too would be for nothing."""
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", ASKED_WITH_FORM, ()))
    loaded.once("2010-04-13T10:00")
    assert "This answers entry 1 too" in extend(loaded, "imr")
    assert loaded.run("referred", at="2010-04-14T10:00").out == "Nothing waits here.\n"


def test_what_asked_longer_for_a_form_than_its_report_was_given_stays_open(loaded: Board) -> None:
    asked = ASKED_WITH_FORM.replace("11 June", "18 June")
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", asked, ()))
    loaded.once("2010-04-13T10:00")
    assert "Entry 1, request for more time, stays open for the QA form." in extend(loaded, "imr")
    shown = loaded.run("show", 1, at="2010-04-13T12:00").out
    assert f"scr-intake extend N12 GP qa_form --until 2010-06-18 {LATER}" in shown


def test_an_agreement_about_another_return_leaves_a_request_as_it_is(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", ASKED_WITH_FORM, ()))
    loaded.once("2010-04-13T10:00")
    assert "ntry 1" not in extend(loaded, "chronology")
    shown = loaded.run("show", 1, at="2010-04-13T12:00").out
    assert "decided since" not in shown and "GP imr qa_form --until 2010-06-11" in shown


def test_several_returns_are_one_command_and_one_letter(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", ASKED_WITH_FORM, ()))
    loaded.once("2010-04-13T10:00")
    out = extend(loaded, "imr", "qa_form")
    assert out.count("Letter (extension)") == 1 and "This answers entry 1 too" in out
    for _ in range(2):
        loaded.once("2010-04-13T12:00")
    told = [x for x in loaded.sent(AUTHOR) if "more time agreed" in x["Subject"]]
    assert [x["Subject"].rpartition(" - ")[2] for x in told] == ["IMR and QA form"]
    assert {k: v["due"] for k, v in loaded.returns("GP").items() if k in ("imr", "qa_form")} == {
        "imr": "2010-06-11",
        "qa_form": "2010-06-11",
    }


def test_of_several_all_or_none_are_agreed(loaded: Board) -> None:
    words = ("extend", "N12", "GP", "chronology", "imr", "--until", "2010-05-01")
    refused = loaded.run(*words, "--agreed-by", "Chair", "--reason", "x", "--yes")
    assert (refused.status, refused.err) == (
        1,
        "IMR: It is due on Friday 28 May 2010; more time ends after that.\n",
    )
    assert loaded.returns("GP")["chronology"]["due"] == "2010-04-16"


def test_a_draft_to_the_chair_about_a_request_says_only_what_is_left(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("# chair       =", "chair ="))
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", ASKED_FOR_TWO, ()))
    loaded.once("2010-04-13T10:00")
    loaded.once("2010-04-21T10:00")
    extend(loaded, "imr", at="2010-04-21T11:00")
    loaded.once("2010-04-21T12:00")
    drafts = [x for x in loaded.run("letters", "--json").json if x["kind"] == "undecided"]
    assert [x["state"] for x in drafts] == ["called back", "draft"]
    assert "another says what is left" in drafts[0]["answer"]
    text = loaded.run("letters", "show", drafts[1]["id"]).out
    assert "chronology" in text and "IMR" not in text


def test_whoever_is_registered_and_wrote_is_who_asks(loaded: Board) -> None:
    """A letter to "Dear Lucy Kerr" said that we could not find who asks."""
    words = "Could we have an extension for all four documents until 11 June, due to illness?"
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
    for _ in range(2):
        loaded.once("2010-04-13T10:00")
    told = loaded.sent(AUTHOR)[-1]
    assert "a person will look at your request for more time" in " ".join(told["Subject"].split())
    text = str(told.get_body(("plain",)))
    assert "who asks" not in text and "which return" not in text and "illness" in text
    shown = loaded.run("show", 1, at="2010-04-13T11:00").out
    assert "extend N12 GP chronology imr qa_form evaluation_statement --until 2010-06-11" in shown


def test_a_day_on_which_nobody_works_is_offered_with_the_next_that_is_one(loaded: Board) -> None:
    words = "Could we have an extension for the IMR until 31 May 2010, due to illness?"
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
    loaded.once("2010-04-13T10:00")
    beside = "Monday 31 May 2010 is no working day; the next is Tuesday 1 June 2010."
    assert beside in loaded.run("show", 1, at="2010-04-13T11:00").out
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())
    assert beside in said and "imr --until 2010-06-01" in said


def test_to_accept_a_message_is_no_agreement_and_show_says_what_each_command_does(
    loaded: Board,
) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "What goes into column 7 of the chronology?", ()))
    loaded.once("2010-04-13T10:00")
    shown = loaded.run("show", 1, at="2010-04-13T11:00").out
    assert f"extend N12 GP chronology --until DATE {LATER}" in shown
    assert "`accept` and `reject` put the message away and give none" in shown
    out = loaded.run("accept", 1, "--reason", "x", "--yes", at="2010-04-13T11:00").out
    assert "It gives no more time, and no letter says that it does" in out
    assert "No letter tells of this." in out


BANNERED = """Thanks for all your help last week. Are you around for lunch on Thursday?

Best wishes
Author

Author One | Service Manager
*** Nominate a colleague as your panel representative by 14 May! Jane Roe will represent us ***
"""
NOMINATED = "Our panel representative is Jane Roe, Named Nurse, jane.roe@meadowlane.example."


def test_a_banner_below_a_signature_makes_no_return_and_what_is_none_is_put_away(
    loaded: Board,
) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", BANNERED, ()))
    loaded.mail(mail(AUTHOR, SERVICE, "N12", NOMINATED, ()))
    loaded.once("2010-04-13T10:00")
    assert "a message without a document" in loaded.run("show", 1, at="2010-04-13T11:00").out
    shown = loaded.run("show", 2, at="2010-04-13T11:00").out
    assert "panel representative's details" in shown
    assert 'scr-intake assign 2 --kind none --reason "..."' in shown
    words = ("assign", 2, "--kind", "none", "--reason", "neither", "--yes")
    done = loaded.run(*words, at="2010-04-13T11:00")
    assert done.status == 0 and "No letter tells of this." in done.out


ILL = "Could we have an extension for the chronology until Saturday 22 May 2010, due to illness?"


def test_a_day_off_is_never_the_day_of_a_command(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", ILL, ()))
    loaded.once("2010-04-13T10:00")
    shown = loaded.run("show", 1, at="2010-04-13T11:00").out
    assert f"extend N12 GP chronology --until 2010-05-24 {LATER}" in shown
    assert "--until 2010-05-22" not in shown


def test_no_more_time_is_offered_for_what_has_come(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", ILL, ()))
    loaded.once("2010-04-13T10:00")
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once("2010-04-13T12:00")
    said = loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out
    assert "scr-intake extend" not in said


def test_the_letter_about_more_time_says_what_has_come_and_what_is_late(loaded: Board) -> None:
    """No letter asks for what its own list calls received."""
    why = ("--agreed-by", "Chair", "--reason", "Leave", "--yes")
    signed = build.make_statement(signed="Author One", dated=date(2010, 3, 30))
    loaded.drop("GP", signed)
    loaded.once("2010-04-13T12:00")
    loaded.run(
        *("extend", "N12", "GP", "evaluation_statement", "--until", "2010-07-01"),
        *why,
        at="2010-04-20T09:00",
    )
    loaded.once("2010-04-20T09:05")
    (letter,) = [each for each in loaded.sent(AUTHOR) if "more time agreed" in each["Subject"]]
    said = " ".join(letter_plain_text(letter).split())
    assert letter["Subject"].endswith("more time agreed until 1 July - evaluation statement")
    assert "The evaluation statement reached us already" in said
    assert "Please send" not in said


def test_what_was_accepted_since_is_said_to_be_accepted(loaded: Board) -> None:
    why = ("--agreed-by", "Chair", "--reason", "Leave", "--yes")
    signed = build.make_statement(signed="Author One", dated=date(2010, 3, 30))
    loaded.drop("GP", signed)
    loaded.once("2010-04-13T12:00")
    more = ("extend", "N12", "GP", "evaluation_statement", "--until", "2010-07-01")
    loaded.run(*more, *why, at="2010-04-20T09:00")
    (waiting,) = loaded.run("referred", "--json", at="2010-04-20T09:01").json
    done = loaded.run("accept", waiting["id"], "--reason", "seen", "--yes", at="2010-04-20T09:01")
    assert done.status == 0, done.err
    loaded.once("2010-04-20T09:45")
    said = " ".join(" ".join(map(letter_plain_text, loaded.sent(AUTHOR))).split())
    assert "We have accepted the evaluation statement: you do not need to send it again." in said
    assert "The evaluation statement reached us already" not in said


def test_thanks_keep_nothing_from_being_chased(loaded: Board) -> None:
    """Failure mode 107: whatever they name, they ask for nothing."""
    thanks = "Thank you for the extra time for the chronology.\n\nAuthor One"
    loaded.mail(mail(AUTHOR, SERVICE, "Chronology", thanks, ()))
    loaded.once("2010-04-13T10:00")
    assert (
        "is not chased" not in loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out
    )
    loaded.mail(mail(AUTHOR, SERVICE, "Chronology", "Our chronology is in two parts.", ()))
    loaded.once("2010-04-13T12:00")
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())
    assert "and the chronology is not chased meanwhile" in said


def test_what_is_late_says_until_when_more_time_is_asked_for(loaded: Board) -> None:
    words = "Could we have an extension for the chronology until 7 May 2010, due to illness?"
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
    loaded.once("2010-04-13T10:00")
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-20T08:00").out.split())
    assert "request for more time until Friday 7 May; has waited for you" in said
    assert "more time asked for until Friday 7 May, not yet decided." in said
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", "We need more time for the IMR.", ()))
    loaded.once("2010-04-20T10:00")
    loaded.run(*("extend", "N12", "GP", "chronology", "--until", "2010-05-07"), *YES_TO, at=NOON)
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-21T08:00").out.split())
    assert "request for more time; the IMR is not chased until you decide" in said
    assert "until Friday 7 May, not yet" not in said


def test_each_return_has_the_day_that_is_asked_for_it(loaded: Board) -> None:
    words = (
        "Could we have an extension for the chronology until 7 May 2010 and for the IMR until 18"
        " June 2010, due to illness?"
    )
    loaded.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))
    loaded.once("2010-04-13T10:00")
    said = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())
    assert (
        "until Friday 7 May for the chronology and until Friday 18 June for the IMR; the chronology"
        " and IMR are not chased until you decide"
    ) in said


YES_TO = ("--agreed-by", "Chair", "--reason", "Ill", "--yes")
NOON = "2010-04-20T12:00"
