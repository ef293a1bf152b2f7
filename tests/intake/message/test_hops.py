"""Through which of our servers a mail came: only what our own server wrote counts (mode 106)."""

from __future__ import annotations

import pytest

from intake.headers.received import is_from_our_relay, received_at
from tests.each_case import each_case

RELAYS = ("relay.board.example",)
RELAY, MX = "relay.board.example", "mx.board.example"
MADE = f"by {RELAY} (Postfix) id 4F1; Mon, 19 Apr 2010 10:00:00 +0000"
FROM_RELAY = f"from {RELAY} ({RELAY} [10.0.0.2]) by {MX} (Postfix) with ESMTPS id 1; today"


def came(*received: str) -> bytes:
    lines = [f"Received: {each}\r\n" for each in received]
    return "".join(lines).encode() + b"From: MAILER-DAEMON@relay.board.example\r\n\r\nHello.\r\n"


@pytest.mark.parametrize(
    "received",
    [
        (FROM_RELAY,),
        (FROM_RELAY, MADE),
        (MADE,),
        (f"from {MX} by imap.board.example with LMTP id 7; today", FROM_RELAY, MADE),
        (f"from x ({RELAY.upper()}. [10.0.0.2])\r\n\tby {MX} with ESMTP; today",),
        (f"from x (root@{RELAY} [10.0.0.2]) by {MX} with ESMTP; today",),
        (f"from {RELAY} ([10.0.0.2] helo=x) by {MX} with esmtps (Exim 4.94); today",),
        (
            f"from x ({RELAY} [10.0.0.2])\r\n\t(using TLSv1.3 with cipher A (256/256 bits)"
            f" key-exchange X)\r\n\t(No client certificate requested)\r\n\tby {MX} (Postfix)"
            " with ESMTPS id 1\r\n\tfor <returns@board.example>; today",
        ),
    ],
)
def test_what_our_relay_made_or_handed_over_is_from_it(received: tuple[str, ...]) -> None:
    assert is_from_our_relay(came(*received), RELAYS)
    assert is_from_our_relay(came(*received), RELAYS, MX)


@each_case(
    "received",
    [
        (),
        # Greeted in its name.
        (f"from {RELAY} (unknown [192.0.2.6]) by {MX} with ESMTP id 1; today",),
        (f"from {RELAY} (host.elsewhere.example [192.0.2.6]) by {MX} with ESMTP id 1; today",),
        (f"from {RELAY} ([192.0.2.6]) by {MX} with ESMTP id 1; today",),
        (f"from {RELAY} by {MX} with ESMTP id 1; today",),
        (f"from [192.0.2.6] (helo={RELAY}) by {MX} with esmtp (Exim 4.94); today",),
        (f"from x ({RELAY}.elsewhere.example [192.0.2.6]) by {MX} with ESMTP; today",),
        (f"from x ({RELAY} [192.0.2.6] (may be forged)) by {MX} with ESMTP; today",),
        # Written below what our server wrote.
        (f"from a.example (a.example [192.0.2.6]) by {MX} with ESMTP id 1; today", FROM_RELAY),
        (f"from a.example (a.example [192.0.2.6]) by {MX} with ESMTP id 1; today", MADE),
        # The other side's certificate says so.
        (
            f'from a.example (a.example [192.0.2.6]) (Client CN "x) with LMTP (", Issuer "y")'
            f" by {MX} with ESMTPS id 1; today",
            FROM_RELAY,
        ),
        # The relay takes mail in as well, and passed it on.
        (FROM_RELAY, f"from a.example (a.example [192.0.2.6]) by {RELAY} with ESMTP id 2; today"),
        # Made by a server that is none of ours.
        ("by mail.elsewhere.example (Postfix) id 4F1; today",),
        ("(qmail 123 invoked by uid 0); today", MADE),
        ("nothing that can be read",),
    ],
)
def test_what_anybody_could_have_written_is_not(received: tuple[str, ...]) -> None:
    """Failure mode 106."""
    assert not is_from_our_relay(came(*received), RELAYS)


@each_case(
    "greeting",
    [
        f"x ({RELAY} [192.0.2.6])",
        f"x ({RELAY} [192.0.2.6]) (using TLSv1.3)",
        f"x ({RELAY} [192.0.2.6]) (using TLSv1.3",
        f"x ({RELAY} [192.0.2.6]) (",
        f'x ({RELAY} [192.0.2.6]) "',
        f"x ({RELAY} [192.0.2.6]) \\",
        f"x ({RELAY} [192.0.2.6]) by {MX} with ESMTP id 1; today",
        f"x ({RELAY} [192.0.2.6]) by {MX} (with",
        f"{RELAY} ([192.0.2.6] helo=x)",
        f"{RELAY} (helo=x",
        "x with LMTP",
        "x by imap.board.example with LMTP id 7",
        "x by imap.board.example with LMTP id 7 (",
        f"x by {RELAY} (Postfix)" + " " * 1_000,
        f"[192.0.2.6] ({RELAY})",
    ],
)
@each_case("server", [MX, RELAY], ids=["our server", "our relay"])
def test_by_its_greeting_nobody_writes_what_our_server_does(greeting: str, server: str) -> None:
    """Failure mode 106: a greeting may hold anything. What can be read in two ways proves nothing,
    at our relay neither: then nobody knows whether it only passed the mail on."""
    topmost = f"from {greeting} (unknown [192.0.2.6]) by {server} (Postfix) with ESMTPS id 1; today"
    above = () if server == MX else (FROM_RELAY,)
    assert not is_from_our_relay(came(*above, topmost, FROM_RELAY, MADE), RELAYS)


def test_what_no_server_of_ours_wrote_above_is_from_nobody() -> None:
    """Failure mode 106: then whoever sent it wrote the header that stands topmost."""
    forged = came(FROM_RELAY.replace(f"by {MX}", "by evil.example"))
    assert not is_from_our_relay(forged, RELAYS, MX)
    assert not is_from_our_relay(came(FROM_RELAY.replace(MX, f"{MX}.evil.example")), RELAYS, MX)
    assert is_from_our_relay(came(FROM_RELAY.replace(MX, f"a.{MX}")), RELAYS, MX)


def test_without_a_relay_nothing_is_from_it() -> None:
    assert not is_from_our_relay(came(FROM_RELAY, MADE), ())


def test_a_header_without_end_costs_little() -> None:
    assert not is_from_our_relay(came("from " + "(" * 50_000, "from a " + "by " * 20_000), RELAYS)


@pytest.mark.parametrize(
    ("field", "at"),
    [
        ("by a.example; Thu, 1 Apr 2010 10:00:00 +0100", "2010-04-01T09:00:00+00:00"),
        (
            "from b (b; c) by a.example (x; y)\r\n\t; 1 Apr 2010 10:00:00 -0000 (UTC)",
            "2010-04-01T10:00:00+00:00",
        ),
        ("by a.example", None),
        ("by a.example; yesterday", None),
        ("by a.example; Thu, 99 Apr 99999 10:00:00 +9999", None),
        ("", None),
    ],
)
def test_when_our_server_had_it_is_the_topmost_field_s_to_say(field: str, at: str | None) -> None:
    below = "Received: by z.example; 1 Jan 1990 10:00:00 +0000\r\n"
    raw = f"Received: {field}\r\n{below}From: a@b.example\r\n\r\nHello".encode()
    told = received_at(raw)
    assert (told and told.isoformat()) == at


def test_what_has_no_such_field_says_no_time() -> None:
    assert received_at(b"From: a@b.example\r\n\r\nHello") is None
    assert received_at(b"") is None
