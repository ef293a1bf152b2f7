"""A mail that only asks what is still owed is told from one that asks anything else."""

from __future__ import annotations

import pytest

from handlers.senders.status_questions import asks_for_status


@pytest.mark.parametrize(
    "words",
    [
        "What is still owed?",
        "What do we still owe you for N12, please?",
        "Dear Administrator\n\nWhich returns are still outstanding?\n\nKind regards\nJo Brown",
        "Could you tell me what is outstanding from us?\n\nThanks",
        "Where are we with our returns?",
    ],
)
def test_it_only_asks_where_the_returns_stand(words: str) -> None:
    assert asks_for_status(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Thanks",
        "What is still owed? And could we have more time for the IMR?",
        "What is still owed? Author One has left.",
        "What is owed to the family?",
        "What do we owe you, and whom do I ask about column 7?",
        "We do not know what is still owed.",
        "What is still owed?\n\nKind regards\nJo\nP.S. can we have until 11 June?",
        "The chronology is what is still owed?",
    ],
)
def test_what_says_anything_else_goes_to_a_person(words: str) -> None:
    assert not asks_for_status(words)
