"""What a small return asks is kept by its blanks, and nothing else of it."""

from __future__ import annotations

import pytest

from config.kind_loading import load_kinds
from handlers.checks.form.request_answers import MAX_ANSWER_LENGTH, is_believable
from handlers.document import Paragraph
from tests.handlers.checks.form.specimen import judged

KINDS = load_kinds()


def asks(kind: str, *lines: str) -> dict[str, str]:
    blocks = [
        Paragraph(line) for line in ("Dear Administrator", *lines, "Yours sincerely", "A. B.")
    ]
    return dict(judged(kind, blocks).clues.asks)


def test_a_request_for_more_time_says_of_which_return_until_when_and_why() -> None:
    kept = asks(
        "extension_request",
        "I am writing to request an extension for our IMR, due on 28 May, to 18 June 2010.",
        "This is because the author has been on sick leave.",
    )
    assert kept == {
        "Return": "IMR",
        "New date": "2010-06-18",
        "Reason": "This is because the author has been on sick leave.",
    }


def test_a_filled_blank_is_kept_as_it_stands() -> None:
    blocks = [
        Paragraph("Return: IMR"),
        Paragraph("New date: 11/06/2010"),
        Paragraph("Reason: leave"),
    ]
    kept = dict(judged("extension_request", blocks).clues.asks)
    assert kept == {"Return": "IMR", "New date": "2010-06-11", "Reason": "leave"}


@pytest.mark.parametrize(
    ("kind", "label", "sentence"),
    [
        ("staff_to_interview", "Staff to interview", "We wish to interview Nurse One."),
        ("debrief_slip", "Attending", "Three of us will attend the de-briefing."),
        ("scope_alert", "What may alter the scope", "The scope should include a half-sibling."),
    ],
)
def test_a_letter_s_own_sentence_is_kept(kind: str, label: str, sentence: str) -> None:
    assert asks(kind, "Thank you for your letter.", sentence)[label] == sentence


def test_a_list_without_a_sentence_is_kept_whole() -> None:
    kept = dict(
        judged("staff_to_interview", [Paragraph("Nurse One"), Paragraph("GP Two")]).clues.asks
    )
    assert kept == {"Staff to interview": "Nurse One GP Two"}


def test_a_long_sentence_is_cut_and_a_line_is_one_line() -> None:
    kept = asks("scope_alert", f"The scope\u2028may {'very ' * 90} well change.")
    text = kept["What may alter the scope"]
    assert len(text) <= MAX_ANSWER_LENGTH
    assert text.isprintable()


@pytest.mark.parametrize("kind", ["qa_form", "evaluation_statement", "interview_summary"])
def test_nothing_is_kept_of_what_asks_nothing(kind: str) -> None:
    assert asks(kind, "Name: A. Person") == {}


def test_what_comes_from_the_worker_is_believed_only_as_it_is_made() -> None:
    kind = KINDS["extension_request"]
    assert is_believable((("Return", "IMR"),), kind)
    assert not is_believable((("Child", "IMR"),), kind)
    assert not is_believable((("Return", "a\nb"),), kind)
    assert not is_believable((("Return", "x" * (MAX_ANSWER_LENGTH + 1)),), kind)
    assert not is_believable((("Return", "IMR"),) * 20, kind)
    assert not is_believable((("Return", "IMR"),), None)
    assert is_believable((), None)
