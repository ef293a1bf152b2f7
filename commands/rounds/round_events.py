"""Turns what one round did into events for the log: one for each delivery, document, letter and
trouble, by ids, kinds, verdicts and rule ids. `once.round_lines` says the same in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from commands.rounds.log_forms import FieldValue, LogEvent
from commands.rounds.round_report import RoundReport
from config.monitoring_settings import LogLevel
from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.findings import Judgement
from handlers.register.submissions import Origin, Submission
from intake.spool import Delivery

Fields = tuple[tuple[str, FieldValue], ...]


def round_events(report: RoundReport) -> Iterator[LogEvent]:
    """What a round did, in the order of the work; nothing when it did nothing."""
    for sentence in report.said:
        yield LogEvent("round.said", says=sentence)
    if report.taken:
        yield LogEvent("deliveries.taken", (("number", report.taken),))
    if report.passed_over:
        yield LogEvent("messages.passed_over", (("number", report.passed_over),))
    for delivery, settlement in report.settled:
        yield from _delivery_events(delivery, settlement)
    for draft in report.queued:
        about: Fields = (("kind", draft.kind), ("released_by_hand", str(draft.to_release).lower()))
        yield LogEvent("letter.written", about)
    for letter in report.sent:
        yield LogEvent("letter.sent", (("letter", letter.id), ("kind", letter.kind)))


def change_events(last: RoundReport, report: RoundReport) -> Iterator[LogEvent]:
    """What is otherwise than after the last round: a trouble that lasts is said once."""
    warns = LogLevel.WARNING
    for trouble in report.troubles:
        if trouble not in last.troubles:
            yield LogEvent("round.trouble", says=trouble, level=warns)
    if report.held and report.held != last.held:
        yield LogEvent("letters.held", says=report.held, level=warns)
    if report.strangers and not last.strangers:
        says = f"Messages of strangers that wait their turn: {report.strangers:,}."
        yield LogEvent("strangers.waiting", (("number", report.strangers),), says)
    for name in last.away:
        if name not in report.away:
            says = f"The source {name} is there again."
            yield LogEvent("source.answers_again", (("source", name),), says)
    for name in last.closed:
        if name not in report.closed:
            says = f"Letters leave again by {name}."
            yield LogEvent("transport.open_again", (("transport", name),), says)


def _delivery_events(delivery: Delivery, settlement: JudgedDelivery) -> Iterator[LogEvent]:
    about: Fields = (
        ("delivery", delivery.id),
        ("source", delivery.source),
        ("outcome", settlement.delivery_outcome),
        ("ordered", str(settlement.ordered).lower()),
        ("tries", delivery.tries),
    )
    yield LogEvent("delivery.judged", about)
    for part in settlement.parts:
        for submission in part.submissions:
            yield from _submission_events(delivery.id, part.origin, submission)


def _submission_events(id: int, origin: Origin, submission: Submission) -> Iterator[LogEvent]:
    whose: Fields = (("delivery", id),)
    if origin.reference:
        whose = (*whose, ("case", origin.reference), ("agency", origin.code or ""))
    if submission.verdict is not None:
        reason: Fields = (("verdict", submission.verdict), ("reason", submission.reason))
        yield LogEvent("document.set_apart", (*whose, *reason))
    for judgement in submission.judgements:
        yield LogEvent("document.judged", (*whose, *_judged(judgement)))


def _judged(judgement: Judgement) -> Fields:
    """The rules that were broken, each once, in the order that they were found in."""
    rules = tuple(dict.fromkeys(finding.rule for finding in judgement.findings))
    kind: FieldValue = judgement.kind or "unrecognised"
    return (("kind", kind), ("verdict", judgement.verdict), ("rules", rules))
