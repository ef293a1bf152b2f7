"""What the digest quotes of a message: what matters first, and nobody's signature."""

from __future__ import annotations

import pytest

from outbox.digest.telling_words import CUT, Purpose, telling_words

LEFT = "Our author has left, Tom Vane finished on Friday."
SUCCESSOR = "Sam Orr takes over (sam.orr@probation.example)."
DANGER = "I am frightened for his sister, who is still at home and was bruised on Friday."
STORY = "I used to work with the school. The head told staff to change the records on the boy. "
LONG = "We wrote to you about the reports that we have been working on for the last few weeks. " * 2


@pytest.mark.parametrize(
    ("purpose", "said", "told"),
    [
        ("leaving", f"Hello\n\n{LEFT} {SUCCESSOR}\n\nLena Kirk", f"{LEFT} {SUCCESSOR}"),
        ("leaving", f"{LONG}{LEFT} {LONG}{SUCCESSOR}", f"{LEFT} {CUT} {SUCCESSOR}"),
        ("danger", f"{STORY}{DANGER} {LONG}", f"{DANGER} {CUT}"),
        ("question", f"{LONG}Whom do we ask about the template? {LONG}", "Whom do we ask about"),
        ("question", "Please ring me. Moira", "Please ring me."),
        ("question", "Do we list the half-sibling as well? Regards, Jane Pell", "Do we list the"),
        ("question", "We put it in the post this morning, recorded delivery. Jane", "We put it in"),
        ("doubt", f"{LONG}Rows 5 and 6 are not done, so treat as draft.", "Rows 5 and 6 are"),
        ("reason", "Could we have until 11 June for the IMR?\nMr Rudd", ""),
        (
            "reason",
            "Please give us until Friday. Two of our staff are off sick.\nRuth",
            "Two of our",
        ),
    ],
)
def test_what_is_quoted_begins_with_what_matters(purpose: Purpose, said: str, told: str) -> None:
    words = telling_words(said.split("\n"), purpose).words
    assert words.startswith(told) and bool(told) == bool(words), words
    for signature in ("Lena Kirk", "Moira", "Jane", "Rudd", "Ruth", "Regards"):
        assert signature not in words


@pytest.mark.parametrize("purpose", ["leaving", "danger", "question", "doubt"])
def test_a_message_of_less_than_25_words_is_quoted_whole(purpose: Purpose) -> None:
    said = f"{STORY}What do we do?"
    told = telling_words([said], purpose)
    assert told.words == said


def test_where_there_is_less_room_it_begins_with_what_matters() -> None:
    told = telling_words(["Thank you for the template. Whom do we ask about the rows?"], "question")
    assert told.briefly == "Whom do we ask about the rows?" and told.least == 7


def test_a_long_sentence_is_told_from_where_the_danger_is() -> None:
    said = (
        "I have for a long time " + "been in and out of that house and " * 6 + "the boy was beaten"
    )
    told = telling_words([f"{said} again by his father last night."], "danger")
    assert told.words.startswith(CUT) and "the boy was beaten" in told.words
