"""What a mail that brings documents says besides: a table of mails as people write them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from handlers.senders.covering_note import read_covering_note
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
