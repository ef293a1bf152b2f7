"""The envelope, and letters that are not fit to be put into one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbox.sending.smtp import build_envelope
from outbox.sending.transport import HandoverRefused
from tests.outbox.test_transports import LETTER

US = "scr-returns@board.example"
TO = b"To: Author One <author@meadowlane.example>\r\n"


def test_it_names_the_one_recipient_and_us() -> None:
    made = build_envelope(replace(LETTER, message=TO + b"\r\nplain\r\n"), US)
    assert (made.sender, made.recipient) == (US, "author@meadowlane.example")
    assert not made.needs_eight_bit


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (b"Subject: to nobody\r\n\r\n", "the one address"),
        (b"To: a@b.example, c@d.example\r\n\r\n", "the one address"),
        (b"To: undisclosed-recipients:;\r\n\r\n", "the one address"),
        (b"To: <>\r\n\r\n", "the one address"),
        (b"To: another@meadowlane.example\r\n\r\n", "the one address"),
        (TO + b"Bcc: c@d.example\r\n\r\n", "somebody besides"),
        (TO + b"Cc: c@d.example\r\n\r\n", "somebody besides"),
        (TO + b"\r\none\ntwo\r\n", "laid out"),
        (TO + b"\r\none\rtwo\r\n", "laid out"),
        (TO + b"\r\n" + b"x" * 999 + b"\r\n", "laid out"),
    ],
)
def test_a_letter_that_came_out_wrong_is_not_sent(message: bytes, why: str) -> None:
    """Failure modes 74 and 80."""
    with pytest.raises(HandoverRefused, match=why):
        build_envelope(replace(LETTER, message=message), US)
