"""What may alter the scope is known though its message does not call itself a scope alert."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from handlers.senders.scope_news import speaks_only_of_meetings, tells_of_family, tells_of_scope
from tests.each_case import each_case

_MAILS = tomllib.loads(Path(__file__).with_name("scope_news.toml").read_text())

NEWS = [
    (
        "N12 URGENT - scope",
        (
            "Urgent. We have just learned that there is a second child in the h"
            "ousehold, aged one, who is not in the terms of reference of N12. T"
            "his may alter the scope of the review.\n\nHelen Marsh"
        ),
    ),
    (
        "N12 urgent: terms of reference",
        (
            "We have found an older child of the family whom nobody knew of. Th"
            "e period of the review should begin in 2004.\n\nHelen"
        ),
    ),
    (
        "N12: scope",
        (
            "It has come to light that the family was also known to Westshire H"
            "ousing, an agency not represented on the panel."
        ),
    ),
    (
        "N12",
        (
            "A half-brother has turned up in our records. You may want to look "
            "at the terms of reference again."
        ),
    ),
    (
        "N12",
        (
            "Our records go back to 2003. I wonder whether the review period mi"
            "ght be extended to cover them."
        ),
    ),
    (
        "N12 - please read",
        (
            "The mother lived in another county until 2006 and their social car"
            "e team was involved before the period of the review. We did not kn"
            "ow until today."
        ),
    ),
    ("N12 urgent", "The scope of the review may need to be widened."),
]
ORDINARY = [
    ("N12 URGENT", "Urgent: could you tell me the scope of the meeting on Thursday?"),
    ("URGENT: N12 chronology", "Please find our chronology. Urgent, as it is due today."),
    (
        "N12 panel",
        (
            "Could you alter the time of the panel meeting? The terms of refere"
            "nce are on the agenda."
        ),
    ),
    ("N12", "Thank you for the terms of reference, which I have found."),
    ("N12", ("Could you send me the terms of reference again? I have not found them.")),
    (
        "N12 IMR",
        ("Please find attached our IMR. It covers the older child as in the terms of reference."),
    ),
    (
        "N12",
        (
            "Could we have an extension for the IMR until 11 June, as another a"
            "gency has not sent us its records?"
        ),
    ),
    ("N12 urgent", "Is another agency sending its chronology too?"),
    ("N12", "When does the review period end?"),
    ("N12", "The other children are well. Thank you for asking."),
    ("Scope of the audit", ("The scope of our audit may change. Another agency will be included.")),
]


@pytest.mark.parametrize(("subject", "words"), NEWS)
def test_news_that_may_alter_the_scope_is_known_by_its_words(subject: str, words: str) -> None:
    assert tells_of_scope(words, subject)
    assert not speaks_only_of_meetings(words)


@pytest.mark.parametrize(("subject", "words"), ORDINARY)
def test_an_ordinary_message_is_no_such_news(subject: str, words: str) -> None:
    assert not tells_of_scope(words, subject)


def test_a_subject_alone_tells_of_no_news() -> None:
    assert not tells_of_scope("See below.", "N12: a second child has come to light, scope")


@pytest.mark.parametrize(
    "words",
    [
        "Could you alter the time of the panel meeting? The terms of reference are on the agenda.",
        "The agenda: terms of reference, change of venue. Should we begin earlier than ten?",
    ],
)
def test_the_scope_of_a_meeting_is_none_of_a_review(words: str) -> None:
    assert speaks_only_of_meetings(words)


def test_what_speaks_of_no_scope_speaks_of_no_meetings_alone() -> None:
    assert not speaks_only_of_meetings("Shall we move the meeting? Whom may we ask?")


@each_case("words", _MAILS["news"])
def test_news_is_known_by_what_it_is_about(words: str) -> None:
    assert tells_of_scope(words) or tells_of_family(words)


@each_case("words", _MAILS["none"])
def test_thanks_requests_and_questions_are_no_news(words: str) -> None:
    assert not (tells_of_scope(words) or tells_of_family(words))


def test_a_death_that_the_review_is_about_is_no_news_and_another_in_the_same_mail_is() -> None:
    known = "Our author knew the child, who died in February. After the child died we closed."
    assert not tells_of_scope(known)
    assert tells_of_scope(f"{known} This morning the mother died.")
