"""Help, Digest and Status N12: what is answered at once, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from commands.composition.app import Application
from commands.mail_orders.order_claims import OrderClaim
from commands.mail_orders.own_asks import OwnAsks, hand_in_results, status_results
from config.command_line import without_commands
from handlers.orders.digest_text import fold_line
from handlers.orders.reading import ReplyReading
from outbox.digest.ask_lines import say_in_a_line
from outbox.writing.asks import OrderResult
from outbox.writing.digest_facts import DigestFacts

_ASKED = re.compile(
    r"(?:(?P<word>help|digest)|status(?: of)? (?P<case>\S{1,40})(?: (?P<agency>\S{1,40}))?)[.!?]?"
)
_ANSWERED = re.compile(r"^(?:(?:re|aw|sv|antw)\s*:|\[[^\]]{1,30}\])\s*", re.I)
_HELP = (
    "To settle what a digest asks, press one of the underlined words below it and send the message"
    " that opens, or reply to the digest: a line for each, its number and the word.",
    "The words are: accept; answer, with a colon and your words; yes; send back, with a colon and"
    " your words; ask again, with a colon and your questions; more time until, with a day; no;"
    " seen; file; assign, with the case, the agency's code and the return; cleared, for a list of"
    " staff; release, retry or cancel, for letters; details; send me; undo. What is heavier, such"
    " as waive, is a link alone.",
    "A message that says Digest is answered with what waits for you now, and one that says Status"
    " and a case's reference with where everything stands in it, and with links to put it on hold,"
    " close or reopen it. Status, a case and an agency's code has links for what the board has seen"
    " itself, and for each person.",
)


@dataclass(frozen=True, slots=True)
class HelpAnswer:
    """What is asked for. `case` is a reference, `agency` a code."""

    what: Literal["help", "digest", "status"]
    case: str = ""
    agency: str = ""

    def answer(self, app: Application, asks: OwnAsks) -> Iterator[OrderResult]:
        """What answers it."""
        if self.what == "help":
            yield OrderResult(0, "", _HELP)
            yield from hand_in_results(app, asks)
        elif self.what == "status":
            yield from status_results(app, asks, self.case, self.agency)
        else:
            yield from _digest(app)


def asked_question(claim: OrderClaim, reading: ReplyReading) -> HelpAnswer | None:
    """What is asked in the one line that says anything, or in the subject of an empty mail. One
    with a line that begins as an answer asks for nothing else."""
    if reading.orders or any(asked.line for asked in reading.questions):
        return None
    lines = [line for line in reading.words if line.strip()]
    said = lines[0] if lines else _ANSWERED.sub("", claim.head.subject)
    found = _ASKED.fullmatch(fold_line(said).strip())
    if found is None:
        return None
    if found["case"]:
        case, agency = (found[name] or "" for name in ("case", "agency"))
        return HelpAnswer("status", case.rstrip(".!?"), agency.rstrip(".!?"))
    return HelpAnswer("help" if found["word"] == "help" else "digest")


def _digest(app: Application) -> Iterator[OrderResult]:
    """What waits now, with links of its own: its numbers are not those of any digest."""
    draft = app.digests.draft_digest_at(app.now(), whole=True)
    facts = cast(DigestFacts, draft.facts)
    needs = (*facts.needs.shown, *facts.unsent.shown, *facts.suppressed.shown)
    lines = {need.number: say_in_a_line(need).says for need in needs}
    if not draft.numbered:
        yield OrderResult(0, "", ("Nothing needs you now.",))
    for ask in draft.numbered:
        said = replace(ask, says=lines.get(ask.number, ask.says))  # as the digest says it
        says = without_commands(f"{said.number}. {said.says}")
        yield OrderResult(0, "", (says,), said.links, asks=(said,))
