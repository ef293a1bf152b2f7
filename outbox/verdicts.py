"""What a mail server's answer means for a letter: not now, or never.

Does: tells the two apart by code and by what was being asked (failure mode 75). Pure.
Trusts: the codes. The words beside them are not repeated: they may quote an address.
Never touches: connections.
Known limits: none.
"""

from __future__ import annotations

import re
from smtplib import SMTPResponseException
from typing import Literal

from outbox.transport import Never, NotNow

Step = Literal["sender", "recipient", "letter"]

_ASKED: dict[Step, str] = {
    "sender": "our address as its sender",
    "recipient": "the address it is to",
    "letter": "the letter itself",
}
# Refusals of us, which say nothing of the letter: commands out of order or not known, a server
# that takes no mail, signing in.
_OF_US = frozenset({502, 503, 521, 530, 534, 535, 538})
_TOO_LARGE = 552  # the only refusal of a sender that is about the letter
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?![\d.])")


def refusal(step: Step, code: int, text: bytes) -> NotNow | Never:
    """What the answer to one step comes to, when it is not yes."""
    told = f"the mail server did not take {_ASKED[step]} ({status(code, text)})"
    return Never(told) if _final(step, code) else NotNow(told)


def _final(step: Step, code: int) -> bool:
    if not 500 <= code <= 599 or code in _OF_US:
        return False
    return step != "sender" or code == _TOO_LARGE


def said(why: SMTPResponseException) -> bytes:
    """The words beside the code, which smtplib keeps as one thing or the other."""
    return why.smtp_error if isinstance(why.smtp_error, bytes) else why.smtp_error.encode()


def status(code: int, text: bytes) -> str:
    """ "550 5.1.1": the codes alone, or that there was none."""
    if not 200 <= code <= 599:
        return "an answer that is no answer"
    enhanced = _ENHANCED.match(text)
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)
