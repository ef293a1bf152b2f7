"""What a delivery report reports."""

from __future__ import annotations

import pytest

from intake.headers.header_block import Headers
from intake.message.bounce import read_delivery_report
from intake.message.message import Bounce
from intake.message.mime import MimeLeaf
from tests.each_case import each_case


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
        ("Status: 5.7.1", "hard"),
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
