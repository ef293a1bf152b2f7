"""Whose reply it is, whether that is proven, and whether a person wrote it."""

from __future__ import annotations

import pytest

from handlers.orders.digest_text import parse_digest
from handlers.orders.standing import AnswerRules, outcome_of_reply
from handlers.senders.sender_proof import MailboxPolicy, VouchedByServer
from tests.builders_replies import DIGEST, SUBJECT, TextBody, message, plain, reply
from tests.handlers.orders.conftest import ReadFunction, SettleFunction

RULES = AnswerRules(
    administrators=frozenset({"administrator@board.example"}),
    mailboxes=(MailboxPolicy(VouchedByServer("mx.board.example")),),
    ours=("scr-returns@board.example",),
)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Return-Path": "<>"},
        {"Precedence": "bulk"},
        {"Subject": f"Automatic reply: {SUBJECT}"},
        {"Subject": f"[EXTERNAL] Out of office: {SUBJECT}"},
        {"X-Autoreply": "yes"},
    ],
)
def test_what_a_program_wrote_is_left(settled: SettleFunction, headers: dict[str, str]) -> None:
    assert settled(message([plain("1 accept")], headers)) == ("ignore", [])


def test_a_calendars_answer_and_a_face_that_was_pressed_are_left(settled: SettleFunction) -> None:
    calendar = TextBody("text/calendar", "BEGIN:VCALENDAR\n", "; method=REPLY")
    face = TextBody("text/vnd.google.email-reaction+json", "{}")
    for pressed in (calendar, face):
        assert settled(message([plain("1 accept"), pressed])) == ("ignore", [])


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "Sam Other <sam.other@police.example>"},
        {"From": "Sam Other <sam.other@board.example>"},
        {"From": '"administrator@board.example" <sam@police.example>'},
        {"From": "administrator@board.example, sam.other@board.example"},
        {"From": ""},
        {"Sender": "Sam Other <sam.other@board.example>"},
        {"Resent-From": "sam.other@police.example"},
        {"Authentication-Results": ""},
        {"Authentication-Results": "mx.board.example; dmarc=fail header.from=board.example"},
        {"Authentication-Results": "mx.board.example; dmarc=pass header.from=police.example"},
        {"Authentication-Results": "garbled;;; ="},
    ],
)
def test_what_is_not_hers_or_not_proven_is_refused(
    settled: SettleFunction, headers: dict[str, str]
) -> None:
    named = {name.replace("-", "_"): value for name, value in headers.items()}
    assert settled(reply("outlook-plain", "1 accept", **named)) == ("refuse", [])


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "Administrator@Board.Example"},
        {"Sender": "administrator@board.example"},
        {"Reply-To": "sam.other@police.example"},
        {"Subject": f"RE: [EXTERNAL] {SUBJECT}"},
        {"X-Auto-Response-Suppress": "All"},
        {"Authentication-Results": "", "X-MS-Exchange-Organization-AuthAs": "Internal"},
        {"In-Reply-To": ""},
    ],
)
def test_what_changes_nothing_about_whose_it_is(
    settled: SettleFunction, headers: dict[str, str]
) -> None:
    named = {name.replace("-", "_"): value for name, value in headers.items()}
    assert settled(reply("outlook-plain", "1 accept", **named))[0] == "do"


def test_a_mail_that_answers_no_digest_is_refused(settled: SettleFunction) -> None:
    headers = {"In-Reply-To": "", "Subject": "Hello"}
    assert settled(message([plain("1 accept")], headers)) == ("refuse", [])


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({}, "do"),
        ({"From": "sam.other@board.example"}, "refuse"),
        (
            {"Authentication-Results": "mx.other.example; dmarc=pass header.from=board.example"},
            "refuse",
        ),
        ({"Authentication-Results": "", "X-MS-Exchange-Organization-AuthAs": "Internal"}, "refuse"),
    ],
)
def test_the_settings_say_who_she_is_and_whose_proof_is_believed(
    read: ReadFunction, headers: dict[str, str], outcome: str
) -> None:
    named = {name.replace("-", "_"): value for name, value in headers.items()}
    raw = reply("outlook-plain", "1 accept", **named)
    assert outcome_of_reply(raw, read(raw), RULES, parse_digest(DIGEST)) == outcome
