"""A processor at work on a real register, with a real worker: what comes of a message or a file.

Does: settles what a test hands in, and checks each time that the record holds.
Trusts: nothing.
Never touches: letters; `tests/board.py` works a whole board.
Known limits: mailboxes by name: "mail-1" is closed, "mail-2" is nobody's, "mail-3" goes by DMARC.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.deliveries.process_delivery import DeliveryProcessor
from handlers.judging.in_sandbox import SandboxJudge
from handlers.sandbox.client import Worker
from handlers.senders.sender_proof import EVERY_SENDER, MailboxPolicy, VouchedByServer
from intake.source import SourceOffer
from intake.spool import Delivery
from tests import builders as build
from tests.known_sources import MAIL_1
from tests.registry import KINDS, NOW, Registry

AUTHOR = "author@meadowlane.example"
SERVICE = "scr-returns@board.example"
ALIAS = "returns@board.example"
SERVER = "mx.board.example"
RELAY = "relay.board.example"


class Desk:
    """A processor at work on a register."""

    def __init__(
        self, folder: Path, worker: Worker, sandbox_judge: SandboxJudge | None = None
    ) -> None:
        self.registry = Registry(folder)
        self.registry.load()
        self.processor = DeliveryProcessor(
            self.registry.spool,
            self.registry.vault,
            self.registry.register,
            sandbox_judge or SandboxJudge(worker, KINDS),
            KINDS,
            ZoneInfo("Europe/London"),
            {
                "mail-1": MailboxPolicy(EVERY_SENDER),
                "mail-3": MailboxPolicy(VouchedByServer(SERVER), frozenset({RELAY})),
            },
            ours=[SERVICE, ALIAS],
        )

    def dropped(self, raw: bytes, agency: str = "GP", case: str | None = None) -> JudgedDelivery:
        return self.settled(self.registry.arrived(raw, "drop", agency, case))

    def mailed(self, raw: bytes, source: str = "mail-1") -> JudgedDelivery:
        return self.settled(self.registry.arrived(raw, source))

    def oversize(self, head: bytes) -> JudgedDelivery:
        """A message too large to be fetched, by its headers."""
        self.registry.spool.take_delivery(
            MAIL_1, SourceOffer("too-large"), head, NOW, oversize=True
        )
        return self.settled(self.registry.spool.waiting_deliveries()[-1])

    def settled(self, delivery: Delivery) -> JudgedDelivery:
        settlement = self.processor.settle_delivery(delivery, NOW)
        after = self.registry.spool.get(delivery.id)
        assert (after.state, after.outcome) == ("judged", settlement.delivery_outcome)
        assert self.registry.register.record.first_broken_row() is None
        assert self.registry.register.unrecorded_changes() == []
        return settlement


def mail(
    *documents: bytes,
    sender: str = AUTHOR,
    to: str = SERVICE,
    subject: str = "N12",
    body: str = "Attached.",
    **more: str,
) -> bytes:
    attached = [(f"{n}.docx", document) for n, document in enumerate(documents)]
    return build.mail(sender, to, subject, body, attached, **more)


def outcomes(settlement: JudgedDelivery) -> list[tuple[str | None, str]]:
    """Kind and verdict of each return, in order."""
    return [(j.kind, j.verdict) for s in settlement.submissions for j in s.judgements]


def apart(settlement: JudgedDelivery) -> tuple[str | None, str]:
    """Why the delivery as a whole was set apart."""
    (submission,) = settlement.submissions
    assert (submission.position, submission.judgements) == (0, ())
    return submission.verdict, submission.reason


def rules(settlement: JudgedDelivery) -> list[str]:
    return [f.rule for s in settlement.submissions for j in s.judgements for f in j.findings]
