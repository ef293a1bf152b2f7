"""What in a mail its sender says, and what other people and programs do."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.message.body import claims_a_document, sender_own_sentences, sender_own_text

OWN = "Please find our chronology attached."


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        f"[EXTERNAL]\n{OWN}",
        f"CAUTION: This mail came from outside the council. Do not click links.\n\n{OWN}",
        f"> Where is it?\n{OWN}",
        f"Many thanks\n\n{OWN}",
        f"Hello\n{OWN}\nThis e-mail and any attachments are confidential.",
        "Please find our chronology\nattached.\nKind regards\nJo",
        "The report is attached; it was with the police because of a suspicious injury.",
    ],
)
def test_words_of_their_own_are_found_among_others(text: str) -> None:
    assert claims_a_document(sender_own_sentences(text, "Author One"))


@pytest.mark.parametrize(
    "text",
    [
        f"Hello.\n\nOn 1 April 2010 at 09:00, The Administrator wrote:\n> {OWN}",
        f"Hello.\n\nOn 1 April 2010 at 09:00, The Administrator <a@board.example>\nwrote:\n\n{OWN}",
        f"Hello.\n\n-----Original Message-----\n{OWN}",
        f"Hello.\n\nFrom: The Administrator\nSent: today\n\n{OWN}",
        f"Hello.\n\nAm 1.4.2010 schrieb A:\n{OWN}",
        "Hello.\nThis message and any attached files are for the\naddressee alone.",
        "Hello.\n-- \nSee attached our opening hours",
        "Hello.\nAuthor One\nSee the attached price list",
        "Be careful with links or attached files unless you know the sender. Who is it?",
    ],
)
def test_words_of_others_are_not_the_sender_s(text: str) -> None:
    """Failure mode 100."""
    assert not claims_a_document(sender_own_sentences(text, "One, Author"))


@pytest.mark.parametrize(
    "sentence",
    [
        "May we interview our health visitor?",
        "We will preview our report with the director.",
        "Please review our entries.",
    ],
)
def test_a_sentence_is_no_footer_for_a_word_that_ends_like_one(sentence: str) -> None:
    """Failure mode 100: "interview our" has "view our" in it."""
    assert sender_own_sentences(f"Hello.\n\n{sentence}", "One, Author").endswith(sentence)


@given(st.text(max_size=300), st.text(max_size=20))
def test_no_text_raises_and_none_is_made_up(text: str, name: str) -> None:
    assert len(sender_own_text(text, name)) <= len(text)
    sender_own_sentences(text, name)


@pytest.mark.parametrize(
    "piece", ["> a\n", "on 1 a\n", "wrote:\n", "[(<", "a. ", "--\n", "attached "]
)
def test_long_texts_take_their_length_and_no_more(piece: str) -> None:
    """Failure mode 28."""
    began = process_time()
    sender_own_sentences(piece * (100_000 // len(piece)), "A")
    assert process_time() - began < 5
