"""What in effect asks for more time is known by its words, and lunch on Friday is not."""

from __future__ import annotations

import tomllib
from pathlib import Path

from handlers.senders.time_requests import asks_for_time, asks_something, declines_time
from tests.each_case import each_case

_IN = tomllib.loads(Path(__file__).with_name("asking.toml").read_text(encoding="utf-8"))
SAID = [
    (part == "asks", key == "answers", words)
    for part, lists in _IN.items()
    for key, listed in lists.items()
    for words in listed
]

# Whether it answers a reminder or names a return, and what it says.
ASKS = (
    (True, "I won't get this done by Friday, is Wednesday the 28th alright for it?"),
    (True, "We're not going to make Friday. Would the following Friday do?"),
    (True, "Any flexibility on the 23rd? I'm in court"),
    (True, "can it wait until after half term"),
    (True, "I can get it to you by the 7th if that's ok?"),
    (True, "Half of our notes are in Doncaster. How fixed is the date?"),
    (True, "My manager says Tuesday week. Hope that's all right."),
    (True, "No chance of this before the bank holiday I'm afraid - the record room is shut."),
    (True, "Two of us off with norovirus. We will be late, sorry."),
    (True, "Would it be a problem if this came in the week after?"),
    (False, "Won't get the chronology done by Friday, is Wednesday the 28th alright?"),
    (False, "Half term has crept up on us. Would the 11th be OK for the chronology?"),
    (False, "The chronology is going to be a week late, our typist has left."),
    (False, "I don't think we will have the chronology ready in time."),
    (False, "I shall be a bit late with the chronology, could we say next Friday please?"),
)
ASKS_NONE = (
    (True, "Thank you for the reminder."),
    (True, "Many thanks, happy to pick this up - lunch at the Bell on Friday? My treat."),
    (True, "It's on its way - should be with you tomorrow."),
    (True, "The chronology will be with you on Thursday as planned."),
    (False, "Are you around for lunch on Thursday?"),
    (True, "Could we say next Friday for the meeting?"),
    (True, "How about lunch next Friday?"),
    (False, "Could the panel meet on Thursday 29 April instead of the 22nd? I am on a course."),
    (False, "Can we move our phone call to Friday? I'm in clinic on Thursday."),
    (False, "My extension has changed to 4412. Please update your records."),
    (False, "We will be a few minutes late for the meeting on Thursday, sorry."),
    (False, "Please note our offices will be closed until Tuesday for the bank holiday."),
    (False, "We have been waiting for an extension to the building."),
    (False, "Is the training on 12 May still going ahead?"),
)


def test_a_wish_for_more_time_is_known_however_it_is_put() -> None:
    assert [said for named, said in ASKS if not asks_for_time(said, named=named)] == []
    assert [said for named, said in ASKS_NONE if asks_for_time(said, named=named)] == []


@each_case(("asks", "named", "words"), SAID)
def test_many_peoples_words_ask_or_do_not(asks: bool, named: bool, words: str) -> None:
    assert asks_for_time(words, named=named) is asks


def test_what_is_not_asked_is_passed_over_and_the_rest_of_the_sentence_is_heard() -> None:
    for words in (
        "We do not need more time for the chronology but we need another fortnight for the IMR.",
        "Thank you for the extra time for the chronology. Could we have a week for the IMR too?",
        "Two weeks ago our author left, so could we have until the 30th?",
    ):
        assert asks_for_time(words, named=True) and not declines_time(words)


def test_words_that_only_thank_for_time_or_decline_it_are_no_request() -> None:
    """The signs of the kind are there all the same: "more time", "an extension for the IMR"."""
    for words in (
        "Thank you for the extra time for the chronology.",
        "No extension for the IMR is needed.",
        "We do not need an extension for the IMR.",
        "We asked the police for more time to see their records.",
    ):
        assert declines_time(words)
    for words in ("The chronology is in hand.", "May we have an extension for the IMR?"):
        assert not declines_time(words)


def test_a_promise_asks_for_time_only_where_its_day_is_after_the_due_one() -> None:
    for said in (
        "Realistically it will be 4 May.",
        "I should manage by 7 May.",
        "It's going to be the back end of next week I'm afraid.",
    ):
        assert asks_for_time(said, named=True, later=True)
        assert not asks_for_time(said, named=True, later=False)


def test_a_question_is_one_unless_it_is_about_lunch() -> None:
    assert asks_something("What does column 7 mean?") and asks_something("Please can you advise.")
    assert not asks_something("Lunch on Friday? My treat.") and not asks_something("Will do.")
