"""Help, Digest and Status N12: what is answered at once, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from commands.app import Application
from commands.case_status import case_status_lines
from commands.mail_orders.order_claims import OrderClaim
from handlers.orders.digest_text import fold_line
from handlers.orders.reading import ReplyReading
from outbox.writing.asks import OrderResult

_ASKED = re.compile(r"(?:(?P<word>help|digest)|status(?: of)? (?P<case>\S{1,40}))[.!?]?")
_ANSWERED = re.compile(r"^(?:(?:re|aw|sv|antw)\s*:|\[[^\]]{1,30}\])\s*", re.I)
_HELP = (
    "To settle what a digest asks, press one of the underlined words below it and send the message"
    " that opens, or reply to the digest: a line for each, its number and the word.",
    "The words are: accept; send back, with a colon and your words; ask again, with a colon and"
    " your questions; file; assign, with the case, the agency's code and the return; more time"
    " until, with a day; no; release, retry or cancel, for letters; undo; details.",
    "A message that says Digest is answered with what waits for you now, and one that says Status"
    " and a case's reference with where everything stands in it.",
)


@dataclass(frozen=True, slots=True)
class HelpAnswer:
    """What is asked for. `case` is a reference."""

    what: Literal["help", "digest", "status"]
    case: str = ""

    def answer(self, app: Application) -> Iterator[OrderResult]:
        """The letter that answers what was asked."""
        if self.what == "help":
            yield OrderResult(0, "", _HELP)
        elif self.what == "status":
            yield OrderResult(0, "", tuple(_status(app, self.case)))
        else:
            yield from _digest(app)


def asked_question(claim: OrderClaim, reading: ReplyReading) -> HelpAnswer | None:
    """What is asked in the one line that says anything, or in the subject of an empty mail."""
    if reading.orders:
        return None
    lines = [line for line in reading.words if line.strip()]
    said = lines[0] if lines else _ANSWERED.sub("", claim.head.subject)
    found = _ASKED.fullmatch(fold_line(said).strip())
    if found is None:
        return None
    if found["case"]:
        return HelpAnswer("status", found["case"])
    return HelpAnswer("help" if found["word"] == "help" else "digest")


def _status(app: Application, reference: str) -> Iterator[str]:
    today = app.now().date()
    rows = app.register.matrix_with_milestones(today, reference.rstrip(".!?"))
    if not rows:
        yield "There is no such case."
    for row in rows:
        yield from (line.strip() for line in case_status_lines(row, app.kinds, today))


def _digest(app: Application) -> Iterator[OrderResult]:
    """What waits now. Its numbers are not those of any digest, so that it has no links."""
    asks = app.digests.draft_digest_at(app.now(), whole=True).numbered
    if not asks:
        yield OrderResult(0, "", ("Nothing needs you now.",))
    for ask in asks:
        yield OrderResult(0, "", (ask.says,))
