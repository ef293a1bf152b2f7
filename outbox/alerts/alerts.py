"""Drafts the letters that the operator gets at once, not with the digest (failure mode 80b).

An alert says nothing of any case. An outage that was over before anybody was told of it is not
told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from config.calendar import moment_in_words
from intake.drop.shared_folder import drop_folder_in_words
from intake.source_health import (
    Outage,
    OutageKind,
    OutageSubject,
)
from outbox.writing.facts import AlertFacts, AlertTopic
from outbox.writing.letter import Draft, LetterKey, Recipient

NO_DELAY = timedelta(0)


def draft_alerts(
    outages: Iterable[Outage],
    after: Mapping[OutageSubject, timedelta],
    told: Callable[[int], bool],
    operator: Recipient,
    now: datetime,
) -> Iterator[Draft]:
    """`after` says how long each source may be away; `told` whether it was written that the outage
    with this number began; `now` is in the board's time zone."""
    for outage in outages:
        if outage.over is None:
            if now - outage.since >= after.get(outage.of, NO_DELAY):
                yield draft_alert(outage, operator, now)
        elif told(outage.id):
            yield draft_alert(outage, operator, now)


def draft_alert(outage: Outage, operator: Recipient, now: datetime) -> Draft:
    """What is told of it by whichever way: that it began, or that it is over."""
    over = outage.over
    facts = AlertFacts(
        about=_ABOUT.get(outage.of.kind, "source"),
        what=_what(outage.of),
        said=outage.said,
        fix=outage.fix,
        since=moment_in_words(outage.since.astimezone(now.tzinfo)),
        over=moment_in_words(over.astimezone(now.tzinfo)) if over else "",
    )
    return Draft(
        key=f"alert/{outage.id}{'/over' if over else ''}",
        kind="alert",
        recipient=operator,
        facts=facts,
        about=LetterKey(outage_id=outage.id, outage_over=over is not None),
    )


_ABOUT: dict[OutageKind, AlertTopic] = {
    OutageKind.TRANSPORT: "way",
    OutageKind.LETTERS: "letters",
    OutageKind.TEMPLATES: "templates",
    OutageKind.DIGEST: "digest",
    OutageKind.JUDGING: "judging",
    OutageKind.SCANNER: "scanner",
    OutageKind.REFUSED: "refused",
    OutageKind.SET_ASIDE: "aside",
    OutageKind.CLOCK: "clock",
    OutageKind.DISK: "disk",
    OutageKind.STORAGE: "kept",
    OutageKind.RECORD: "record",
    OutageKind.FAULTS: "faults",
    OutageKind.ANSWERS: "answers",
}


def _what(of: OutageSubject) -> str:
    """What the words call it: a source, something in one, or the name that it has of its own."""
    match of.kind:
        case OutageKind.MAILBOX:
            return f"the mailbox {of.name}"
        case OutageKind.DROP_FOLDER:
            return f"the {drop_folder_in_words(of.name)}"
        case OutageKind.MESSAGE:
            return f"a message in the mailbox {of.name}"
        case OutageKind.FILE:
            return f"a file in the {drop_folder_in_words(of.name)}"
    return of.name or of.kind
