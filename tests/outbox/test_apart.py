"""What is said of a message that was set apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from config.kind_loading import load_kinds
from handlers.register.set_apart_reasons import SET_APART_REASONS
from handlers.register.submissions import Entry, EntryDetails, EntryVerdict
from outbox.due.set_apart import ANSWERS_BY_REASON, describe_entry, sole_message_entry
from outbox.writing.letter import LetterKind
from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail

KINDS = load_kinds()
AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"


def entry(
    reason: str, kind: str | None = None, *cases: str, verdict: EntryVerdict = "hold"
) -> Entry:
    return Entry(
        id=1,
        delivery_id=1,
        position=0,
        part=1,
        content="",
        kind=kind,
        case_id=None,
        agency_id=None,
        return_id=None,
        verdict=verdict,
        reason=reason,
        told=EntryDetails(candidates=cases),
        judged=datetime(2010, 4, 1, tzinfo=UTC),
    )


def sentence(one: Entry) -> str:
    return describe_entry(one, KINDS.get(one.kind))


def test_every_reason_has_a_sentence_without_an_end() -> None:
    for reason, words in SET_APART_REASONS.items():
        assert sentence(entry(reason)) == words
        assert not words.endswith(".")


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            entry("sender-unknown", "chronology", "N12"),
            "a message from a sender nobody is registered under, with a document that reads like"
            " a chronology for N12",
        ),
        (
            entry("sender-webmail", "imr"),
            "a message from a personal web-mail address, of someone whose name is registered,"
            " with a document that reads like an IMR",
        ),
        (
            entry("case-unclear", None, "N12", "N13"),
            "it could belong to more than one case, N12 or N13",
        ),
        (entry("", "imr"), "IMR"),
        (entry(""), "a document not recognised"),
    ],
)
def test_the_administrator_reads_what_it_is_and_whose_it_might_be(one: Entry, words: str) -> None:
    assert sentence(one) == words


def test_each_answer_is_to_a_reason_there_is_and_by_a_letter_there_is() -> None:
    assert set(ANSWERS_BY_REASON) <= set(SET_APART_REASONS)
    assert {kind for kind in ANSWERS_BY_REASON.values() if kind} <= set(get_args(LetterKind))


def test_a_message_with_documents_is_answered_for_the_documents() -> None:
    message, document = entry("not-whole", verdict="refer"), entry("", "imr", verdict="accept")
    assert sole_message_entry([message]) == message
    assert sole_message_entry([document, message]) is None
    assert sole_message_entry([entry("sender-unknown")]) is None


@pytest.mark.parametrize("ruling", ["accept", "reject"])
def test_who_was_promised_a_letter_gets_one_whatever_is_decided(loaded: Board, ruling: str) -> None:
    """A sealed message is answered with "we write to you"."""
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Read it at https://reader.egress.com/x", ()))
    loaded.once()
    (promised,) = loaded.answers()
    assert "we write to you" in " ".join(letter_plain_text(promised).split())
    done = loaded.run(ruling, 1, "--reason", "A note", "--yes", at="2010-04-01T11:00")
    assert "Letter (decision) to Author One" in done.out
    loaded.once("2010-04-01T12:00")
    letter = loaded.answers()[-1]
    assert "no action needed - about your message" in letter["Subject"]
    assert "What we need from you" not in letter_plain_text(letter)
