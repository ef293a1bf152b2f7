"""The head of a template: the subject, two marks for Outlook, and nothing else."""

from __future__ import annotations

import pytest

from outbox.writing.subject_line import (
    HeadersMalformed,
    LetterHead,
    SubjectMalformed,
    SubjectMissing,
    TextMissing,
    split_head,
)

BEGINS = "OFFICIAL-SENSITIVE: SCR N12: "
SUBJECT = f"Subject: {BEGINS}received"


def test_the_subject_is_the_first_line_and_the_text_begins_below_an_empty_one() -> None:
    assert split_head(f"{SUBJECT}\n\nDear you\n\nThank you.", BEGINS) == (
        LetterHead(f"{BEGINS}received"),
        "Dear you\n\nThank you.",
    )


def test_blanks_that_a_template_leaves_do_not_matter() -> None:
    head, _ = split_head(f"\n\n{SUBJECT}   twice \n\n\nDear you", BEGINS)
    assert head.subject == f"{BEGINS}received twice"


def test_a_template_may_say_how_outlook_marks_the_letter() -> None:
    head, _ = split_head(f"{SUBJECT}\nImportance: high\nSensitivity: Private\n\nText", BEGINS)
    assert head.more == (("Importance", "high"), ("Sensitivity", "Private"))


@pytest.mark.parametrize(
    "line",
    [
        "Bcc: evil@x.example",
        "bcc:evil@x.example",
        "Reply-To: elsewhere@x.example",
        "Cc: x@x.example",
        "Importance: high, and Bcc",
        "importance: high",
        "Importance: high\nImportance: low",
        "From: a@b.example",
        " folded into the subject",
        "Dear you",
    ],
)
def test_a_template_can_neither_add_nor_smuggle_another_header(line: str) -> None:
    """Failure mode 77; also not by a name that brings a line of its own along."""
    with pytest.raises(HeadersMalformed):
        split_head(f"{SUBJECT}\n{line}\n\nText", BEGINS)


@pytest.mark.parametrize("text", ["Dear you", "subject: x\n\ny", "", "Subject:x\n\ny"])
def test_a_letter_without_a_subject_is_refused(text: str) -> None:
    with pytest.raises(SubjectMissing):
        split_head(text, BEGINS)


@pytest.mark.parametrize(
    "said", ["received", "SCR N12: received", "OFFICIAL-SENSITIVE: SCR N13: x"]
)
def test_a_subject_without_the_marking_and_the_reference_is_refused(said: str) -> None:
    with pytest.raises(SubjectMalformed):
        split_head(f"Subject: {said}\n\nText", BEGINS)


def test_a_letter_that_says_nothing_is_refused() -> None:
    with pytest.raises(TextMissing):
        split_head(f"{SUBJECT}\n\n \n", BEGINS)
