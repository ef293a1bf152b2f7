"""What a delivery report reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.bounce_reasons import REASONS_IN_WORDS
from intake.headers.header_block import Headers
from intake.message.bounce import read_delivery_report
from intake.message.message import Bounce
from intake.message.mime import MimeLeaf
from tests.each_case import each_case

ROOT = Path(__file__).parents[3]


def leaf(kind: str, text: str) -> MimeLeaf:
    return MimeLeaf(Headers(), kind, text.encode())


def status(text: str) -> MimeLeaf:
    return leaf("message/delivery-status", f"Reporting-MTA: dns; mx.example\n\n{text}")


@each_case(
    ("text", "weight"),
    [
        ("Action: failed\nStatus: 5.1.1", "hard"),
        ("Action: failed\nStatus: 4.4.7 (expired)", "soft"),
        ("Action: delayed\nStatus: 4.4.1", "late"),
        ("Status: 4.4.1", "late"),
        ("Action: delivered\nStatus: 2.1.5", "delivered"),
        ("ACTION: Relayed\nSTATUS: 2.0.0", "delivered"),
        ("Action: failed", "hard"),
        ("Status: 5.7.1", "soft"),
        ("Action: expanded", "delivered"),
        ("Nothing: known", ""),
        ("Action: failed\nStatus: 2.0.0", ""),
        ("Action: delivered\nStatus: 5.1.1", ""),
        ("Action: canary\nStatus: 5.1.1", ""),
    ],
)
def test_how_final_it_is_follows_from_status_and_action(text, weight):
    assert read_delivery_report([status(text)]).weight == weight


@pytest.mark.parametrize(
    "text",
    [
        "Action: delayed\nStatus: 4.4.1\n\nAction: failed\nStatus: 5.1.1",
        "Action: failed\nStatus: 5.1.1\n\nAction: delayed\nStatus: 4.4.1",
        "Action: delivered\nStatus: 2.0.0\n\nAction: failed\nStatus: 5.1.1",
        "Action: delayed\nStatus: 4.4.1\nStatus: 5.1.1",
        "Action: delayed\nAction: failed\nStatus: 4.4.1",
        "Action: failed\nStatus: 5.1.1\n\nAction: canary",
    ],
)
def test_a_failure_hidden_in_another_report_says_nothing(text):
    """Failure mode 71: what says two things at once is a question, and stops no letter."""
    assert read_delivery_report([status(text)]).weight == ""
    blocks = [status(block) for block in text.split("\n\n")]
    assert read_delivery_report(blocks).weight == ""


def test_who_still_tries_has_not_failed():
    """Failure mode 71: a final code beside it does not make it so."""
    assert read_delivery_report([status("Action: delayed\nStatus: 5.1.1")]).weight == "late"


def test_one_of_two_who_has_it_and_one_who_waits_is_late():
    two = "Action: relayed\nStatus: 2.0.0\n\nAction: delayed\nStatus: 4.4.1"
    assert read_delivery_report([status(two)]).weight == "late"


def test_reports_that_agree_are_one():
    assert read_delivery_report([status("Action: failed\nStatus: 5.1.1")] * 2).weight == "hard"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/global"])
def test_the_mail_it_returns_is_named_by_its_id(kind):
    """Failure mode 71."""
    returned = leaf(kind, "From: a@b.example\nMessage-ID: <letter-7@board.example>\n\nDear")
    assert read_delivery_report([returned]).named == ("<letter-7@board.example>",)


def test_an_id_quoted_in_words_is_named_and_a_strange_one_is_not():
    words = (
        "Sorry:\n> Message-ID: <letter-7@board.example>\n> Message-Id: <a b@c>\nIn <x@y.example>"
    )
    assert read_delivery_report([leaf("text/plain", words)]).named == ("<letter-7@board.example>",)


def test_a_report_in_words_alone_proves_nothing():
    """Failure mode 71."""
    assert read_delivery_report([leaf("text/plain", "It could not be delivered.")]) == Bounce()


@each_case(
    ("text", "told"),
    [
        ("Action: failed\nStatus: 5.1.1", ("hard", "no-such-address")),
        ("Action: failed\nStatus: 5.2.1", ("hard", "switched-off")),
        ("Action: failed\nStatus: 5.2.2", ("soft", "mailbox-full")),
        ("Action: failed\nStatus: 4.2.2", ("soft", "mailbox-full")),
        ("Action: failed\nStatus: 5.3.4", ("soft", "too-large")),
        ("Action: failed\nStatus: 5.7.1", ("soft", "refused")),
        ("Action: failed\nStatus: 5.4.4", ("hard", "domain-unknown")),
        ("Action: failed\nStatus: 4.4.7", ("soft", "out-of-time")),
        ("Action: failed\nStatus: 5.0.0", ("hard", "")),
        (
            "Action: failed\nStatus: 5.0.0\n"
            "Diagnostic-Code: smtp; 552 5.2.2 The email account is over\n quota",
            ("soft", "mailbox-full"),
        ),
        (
            "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 Mailbox full",
            ("soft", "mailbox-full"),
        ),
        (
            "Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 RESOLVER.ADR."
            "RecipNotFound; not found",
            ("hard", "no-such-address"),
        ),
        (
            "Action: failed\nStatus: 5.4.1\nDiagnostic-Code: smtp; 550 5.4.1 Recipient address"
            " rejected: Access denied.",
            ("hard", "no-such-address"),
        ),
        (
            "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 see 5.2.2.9 or 10.5.2.2",
            ("hard", ""),
        ),
        ("Action: failed\nStatus: 4.1.1", ("soft", "no-such-address")),
        ("Action: delayed\nStatus: 4.2.2", ("late", "")),
        (
            "Action: failed\nStatus: 5.1.1\n\nAction: failed\nStatus: 5.2.1",
            ("hard", ""),
        ),
    ],
)
def test_a_full_mailbox_is_no_dead_one_and_the_reason_is_kept(text, told):
    """A refusal that says nothing of the address closes none, whatever class its code has."""
    report = read_delivery_report([status(text)])
    assert (report.weight, report.why) == told


QMAIL = """Hi. This is the qmail-send program at relay.board.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<jo@meadowlane.example>:
{why}

--- Below this line is a copy of the message.

Return-Path: <returns@board.example>
Message-ID: <letter-7@board.example>

The mailbox is full of user unknown.
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  jo@meadowlane.example
    {why}

------ This is a copy of the message, including all the headers. ------

Message-ID: <letter-7@board.example>

over quota
"""


@each_case(
    ("frame", "why", "told"),
    [
        (QMAIL, "Sorry, no mailbox here by that name. (#5.1.1)", ("hard", "no-such-address")),
        (QMAIL, "The user is over quota. (#5.2.2)", ("soft", "mailbox-full")),
        (QMAIL, "I'm not going to try again; this message has been in the queue too long.",
         ("soft", "out-of-time")),
        (QMAIL, "Something new. (#5.9.9)", ("hard", "")),
        (EXIM, "Unrouteable address", ("hard", "no-such-address")),
        (EXIM, "SMTP error from remote mail server after RCPT TO:<jo@meadowlane.example>:\n"
         "    host mx.meadowlane.example [192.0.2.1]: 552 5.2.2 Mailbox quota exceeded",
         ("soft", "mailbox-full")),
        (EXIM, "retry timeout exceeded", ("soft", "out-of-time")),
        (EXIM, "host mx.meadowlane.example [192.0.2.1]: 554 rejected as spam", ("soft", "refused")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("failed", [False, True])
def test_servers_that_write_words_alone_are_understood_up_to_the_copy_of_the_letter(
    frame, why, told, failed
):
    """qmail's format and Exim's, with and without a header that says who could not be reached."""
    report = read_delivery_report([leaf("text/plain", frame.format(why=why))], failed)
    assert (report.weight, report.why) == told
    assert report.named == ("<letter-7@board.example>",)


def test_exim_still_tries():
    words = "Warning: message 1abc-0001 delayed 24 hours\nThis message has not yet been delivered."
    assert read_delivery_report([leaf("text/plain", words)]).weight == "late"


def test_every_reason_is_one_that_the_register_takes():
    schema = (ROOT / "handlers/schema/01-register.sql").read_text()
    allowed = re.search(r"CHECK \(why IN \((.*?)\)\)", schema, re.S)
    assert set(re.findall(r"'([a-z-]*)'", allowed[1])) == set(REASONS_IN_WORDS)
