"""What a delivery report reports."""

from __future__ import annotations

import pytest

from intake.message.bounce import read
from intake.message.headers import Headers
from intake.message.message import Bounce
from intake.message.parts import Leaf


def leaf(kind: str, text: str) -> Leaf:
    return Leaf(Headers(), kind, text.encode())


def status(text: str) -> Leaf:
    return leaf("message/delivery-status", f"Reporting-MTA: dns; mx.example\n\n{text}")


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Action: failed\nStatus: 5.1.1", "hard"),
        ("Action: failed\nStatus: 4.4.7 (expired)", "soft"),
        ("Action: delayed\nStatus: 4.4.1", "soft"),
        ("Action: delivered\nStatus: 2.1.5", "delivered"),
        ("ACTION: Relayed\nSTATUS: 2.0.0", "delivered"),
        ("Action: failed", "hard"),
        ("Status: 5.7.1", "hard"),
        ("Nothing: known", ""),
    ],
)
def test_how_final_it_is_follows_from_status_and_action(text, weight):
    assert read([status(text)]).weight == weight


def test_the_heaviest_report_decides():
    assert read([status("Status: 2.0.0"), status("Status: 5.0.0"), status("Status: 4.0.0")]) == (
        Bounce("hard")
    )


def test_one_report_on_two_people_weighs_as_its_worst():
    two = "Action: delivered\nStatus: 2.0.0\n\nAction: failed\nStatus: 5.1.1"
    assert read([status(two)]).weight == "hard"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/global"])
def test_the_mail_it_returns_is_named_by_its_id(kind):
    """Failure mode 71."""
    returned = leaf(kind, "From: a@b.example\nMessage-ID: <letter-7@board.example>\n\nDear")
    assert read([returned]).named == ("<letter-7@board.example>",)


def test_an_id_quoted_in_words_is_named_and_a_strange_one_is_not():
    words = (
        "Sorry:\n> Message-ID: <letter-7@board.example>\n> Message-Id: <a b@c>\nIn <x@y.example>"
    )
    assert read([leaf("text/plain", words)]).named == ("<letter-7@board.example>",)


def test_a_report_in_words_alone_proves_nothing():
    """Failure mode 71."""
    assert read([leaf("text/plain", "It could not be delivered.")]) == Bounce()
