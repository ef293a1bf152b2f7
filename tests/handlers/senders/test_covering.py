"""What a mail that brings documents says besides: a table of mails as people write them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from handlers.findings import Finding, FindingPlace, Judgement
from handlers.register.submissions import Submission
from handlers.senders.covering_note import (
    read_covering_note,
    speaks_of_identifier,
    with_identifier_told,
)
from intake.message.body import sender_own_sentences
from intake.message.message import Message

MAILS = tomllib.loads(Path(__file__).with_name("covering_mails.toml").read_text(encoding="utf-8"))
COMES_TO = {"harmless": "", "more": "more", "unfinished": "unfinished"}
NAMES = ("Meadow Lane Surgery", "Author One", "Shire Police", "Homestart Shireshire")


def _said(text: str) -> str:
    return read_covering_note(
        Message(body_text=text, own_words=sender_own_sentences(text, "One, Author")), NAMES
    )


def test_covering_words_say_nothing_more_and_all_else_does() -> None:
    wrong = {
        text: said
        for name, mails in MAILS.items()
        for text in mails
        if (said := _said(text)) != COMES_TO[name]
    }
    assert wrong == {}


def test_a_subject_that_calls_it_a_draft_is_heeded_too() -> None:
    assert (
        read_covering_note(Message(subject="N12: DRAFT chronology", own_words="Attached."))
        == "unfinished"
    )


def _speaks(text: str) -> bool:
    message = Message(body_text=text, own_words=sender_own_sentences(text, "One, Author"))
    return speaks_of_identifier(message, ("N12", *NAMES))


@pytest.mark.parametrize(
    "text",
    [
        "The identifier is N12. It was mistyped.",
        "The identifier is N12/A.",
        "Sorry, it was mistyped. Please find the chronology attached.",
        "It should read N12 and not N21.",
        "The reference on the chronology was wrong.",
        "N12 is correct; the other was a typing error.",
    ],
)
def test_a_mail_that_answers_what_was_asked_about_the_identifier_is_known(text: str) -> None:
    assert _speaks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please find our chronology for SCR reference N12 attached.",
        "Please find attached.",
        "I attach the corrected chronology. Regards",
        "Our ref: N12",
        "The chronology covers the whole period.",
    ],
)
def test_a_mail_that_only_names_the_review_answers_nothing(text: str) -> None:
    assert not _speaks(text)


@pytest.mark.parametrize("rule", ["identifier-unknown", "child-unclear"])
def test_what_was_answered_is_not_asked_again(rule: str) -> None:
    """A reply with the document got the very same letter again."""
    where = FindingPlace(section="Front sheet")
    other = Finding("version", "advice", "Says.", "Fix.")
    said = Judgement("imr", 1.0, (Finding(rule, "question", "Says.", "Fix.", where), other))
    ((one,),) = (d.judgements for d in with_identifier_told((Submission(1, "c", (said,)),)))
    assert one.verdict == "refer"
    assert (one.findings[0].rule, one.findings[0].where) == ("identifier-told", where)
    assert one.findings[1] == other
    assert "Nothing more is needed" in one.findings[0].fix
