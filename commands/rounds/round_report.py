"""What one round did, or several of them that `once` makes, gathered as it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.sandbox.protocol import WorkerUnavailable
from handlers.scanning.virus_scanner import ScannerUnavailable
from intake.source import SourceUnavailable, StrayItem
from intake.source_health import OutageSubject
from intake.spool import Delivery
from outbox.writing.letter import Draft, Letter


@dataclass(slots=True)
class RoundReport:
    """What was done. `troubles` are sentences for the operator, without names; `away` are the
    sources that could not be reached, `closed` the ways that take no letters; `full` says that the
    disk was, `shut` what could not be written, `unable` why nothing can be judged, `unscanned` why
    nothing is opened for want of the virus scanner, and `more` that a step left something for the
    next round. `passed_over` are messages that are for nobody here,
    `held` what else does not leave since a restore, and the command that ends it,
    `let_in` those of strangers that were dealt with in the last round, `strangers` those that wait
    their turn after it, and
    `said` is what else there is to say, in sentences."""

    taken: int = 0
    passed_over: int = 0
    let_in: int = 0
    strangers: int = 0
    held: str = ""
    said: list[str] = field(default_factory=list)
    settled: list[tuple[Delivery, JudgedDelivery]] = field(default_factory=list)
    queued: list[Draft] = field(default_factory=list)
    sent: list[Letter] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    absent: dict[OutageSubject, SourceUnavailable] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    full: bool = False
    shut: Path | None = None
    unable: WorkerUnavailable | None = None
    unscanned: ScannerUnavailable | None = None
    more: bool = False
    unread: dict[str, dict[str, StrayItem]] = field(default_factory=dict)  # by source, by place
    looked: set[str] = field(default_factory=set)  # sources of which everything was asked for
    tried: set[int] = field(default_factory=set)  # deliveries that were begun on

    def begin_round(self) -> None:
        """Forget what is counted in each round anew."""
        self.more, self.let_in, self.held, self.unscanned = False, 0, "", None

    def add_troubles(self, *troubles: str) -> None:
        """Each is told once, however often a step was taken."""
        self.troubles += [trouble for trouble in troubles if trouble not in self.troubles]

    @property
    def waiting_for_person(self) -> int:
        """How many documents wait for a person to look."""
        verdicts = [verdict for _, s in self.settled for verdict in s.return_verdicts]
        return sum(verdict in ("refer", "hold") for verdict in verdicts)
