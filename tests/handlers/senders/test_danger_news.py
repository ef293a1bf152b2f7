"""Words of danger to a child and of a death are known, and what is sold or taught is not them."""

from __future__ import annotations

import pytest

from handlers.senders.danger_news import tells_of_danger

DANGER = [
    (
        "my grandson",
        "I am the nan of the little boy. There is another baby in that house and I am scared for"
        " her tonight. Please ring me",
    ),
    ("URGENT child at risk", "Please act today."),
    ("hello", "A toddler at 4 Hill Rise was left alone again last night with bruises."),
    ("Next door", "They shout all night. The kids are screaming. I think he hits them."),
    ("The family", "I was the dinner lady. The youngest died this morning in hospital."),
    ("Request for comment", "We understand the board is reviewing the death of a child."),
    (
        "Fwd: my sister",
        "See below.\n\n> Her baby has not been fed\n> since Sunday. They are drunk.",
    ),
    ("Worried", "My niece isn’t safe with him. She’s 4 year old."),
    ("", "the twins have bruises on there arms and the dad is violent"),
]
ELSE = [
    ("Lunch?", "At one? The death of my laptop is complete."),
    ("Toner", "Half price toner. Do not miss it."),
    ("Training", "Book now: a webinar on children at risk, and learning from child deaths."),
    ("Thank you for your message", "If you are worried about a child, ring 999."),
    ("Room for the panel", "It is room 4, at 2pm. The children's centre has parking."),
    ("", ""),
]


@pytest.mark.parametrize(("subject", "words"), DANGER)
def test_words_of_danger_to_a_child_are_known(subject: str, words: str) -> None:
    assert tells_of_danger(subject, words)


@pytest.mark.parametrize(("subject", "words"), ELSE)
def test_what_is_sold_taught_or_about_nobody_young_alarms_nobody(subject: str, words: str) -> None:
    assert not tells_of_danger(subject, words)
