"""Drafts the letters that the operator gets at once, not with the digest (failure mode 80b).

An alert says nothing of any case. An outage that was over before anybody was told of it is not
told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from config.calendar import moment_in_words
from intake.source_health import (
    CLOCK_KEY,
    DISK_KEY,
    MESSAGE_SUFFIX,
    SERVICE_PREFIX,
    SET_ASIDE_PREFIX,
    STORAGE_KEY,
    TRANSPORT_PREFIX,
    WORKER_KEY,
    Outage,
)
from outbox.digest.digest_history import DIGEST_OUTAGE
from outbox.due.letter_failures import LETTERS_OUTAGE, TEMPLATES_OUTAGE
from outbox.writing.facts import AlertFacts, AlertTopic
from outbox.writing.letter import Draft, LetterSubject, Recipient

NO_DELAY = timedelta(0)


def draft_alerts(
    outages: Iterable[Outage],
    after: Mapping[str, timedelta],
    told: Callable[[int], bool],
    operator: Recipient,
    now: datetime,
) -> Iterator[Draft]:
    """`after` says how long each source may be away; `told` whether it was written that the outage
    with this number began; `now` is in the board's time zone."""
    for outage in outages:
        if outage.over is None:
            if now - outage.since >= after.get(outage.source, NO_DELAY):
                yield draft_alert(outage, operator, now)
        elif told(outage.id):
            yield draft_alert(outage, operator, now)


def draft_alert(outage: Outage, operator: Recipient, now: datetime) -> Draft:
    """What is told of it by whichever way: that it began, or that it is over."""
    over = outage.over
    facts = AlertFacts(
        about=_about(outage.source),
        what=_what(outage.source),
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
        about=LetterSubject(outage_id=outage.id, outage_over=over is not None),
    )


_ABOUT: dict[str, AlertTopic] = {
    TEMPLATES_OUTAGE: "templates",
    DIGEST_OUTAGE: "digest",
    WORKER_KEY: "judging",
    CLOCK_KEY: "clock",
    DISK_KEY: "disk",
    STORAGE_KEY: "kept",
}


def _about(source: str) -> AlertTopic:
    if source in _ABOUT:
        return _ABOUT[source]
    if source.startswith(TRANSPORT_PREFIX):
        return "way"
    if source.startswith(SET_ASIDE_PREFIX):
        return "aside"
    return "letters" if source.startswith(LETTERS_OUTAGE) else "source"


def _what(source: str) -> str:
    if source.startswith(TRANSPORT_PREFIX):
        return source.removeprefix(TRANSPORT_PREFIX)
    if source.startswith(SERVICE_PREFIX):
        return source.removeprefix(LETTERS_OUTAGE).removeprefix(SERVICE_PREFIX)
    if source.endswith(MESSAGE_SUFFIX):
        whole = source.removesuffix(MESSAGE_SUFFIX)
        return f"{'a file' if whole == 'drop' else 'a message'} in {_what(whole)}"
    return "the drop folder" if source == "drop" else f"the mailbox {source}"
