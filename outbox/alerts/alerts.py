"""Alerts: what the operator is told at once, not with the digest.

Does: derives one letter when a source has not been reached for as long as the settings allow, a
letter could not be written or a digest has not gone, and one when that is over (failure mode 80b).
Pure.
Trusts: the outages that rounds noted.
Never touches: cases; an alert says nothing of any.
Known limits: an outage that was over before anybody was told of it is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from config.calendar import moment
from intake.source_health import (
    ASIDE,
    CLOCK,
    DISK,
    KEPT,
    MESSAGE,
    SERVICE,
    TRANSPORT,
    WORKER,
    Outage,
)
from outbox.digest.digest_history import DIGEST
from outbox.due.letter_failures import LETTERS, TEMPLATES
from outbox.writing.facts import About, AlertFacts
from outbox.writing.letter import Draft, Recipient

AT_ONCE = timedelta(0)


def alerts(
    outages: Iterable[Outage],
    after: Mapping[str, timedelta],
    told: Callable[[str], bool],
    operator: Recipient,
    now: datetime,
) -> Iterator[Draft]:
    """`after` says how long each source may be away; `told` whether a letter with this key was
    written; `now` is in the board's time zone."""
    for outage in outages:
        key = f"alert/{outage.id}"
        if outage.over is None:
            if now - outage.since >= after.get(outage.source, AT_ONCE):
                yield _draft(key, outage, operator, now)
        elif told(key):
            yield _draft(f"{key}/over", outage, operator, now)


def alert(outage: Outage, operator: Recipient, now: datetime) -> Draft:
    """What is told of it by whichever way: that it began, or that it is over."""
    key = f"alert/{outage.id}"
    return _draft(key if outage.over is None else f"{key}/over", outage, operator, now)


def _draft(key: str, outage: Outage, operator: Recipient, now: datetime) -> Draft:
    over = outage.over
    facts = AlertFacts(
        about=_about(outage.source),
        what=_what(outage.source),
        said=outage.said,
        fix=outage.fix,
        since=moment(outage.since.astimezone(now.tzinfo)),
        over=moment(over.astimezone(now.tzinfo)) if over else "",
    )
    return Draft(key=key, kind="alert", recipient=operator, facts=facts)


_ABOUT: dict[str, About] = {
    TEMPLATES: "templates",
    DIGEST: "digest",
    WORKER: "judging",
    CLOCK: "clock",
    DISK: "disk",
    KEPT: "kept",
}


def _about(source: str) -> About:
    if source in _ABOUT:
        return _ABOUT[source]
    if source.startswith(TRANSPORT):
        return "way"
    if source.startswith(ASIDE):
        return "aside"
    return "letters" if source.startswith(LETTERS) else "source"


def _what(source: str) -> str:
    if source.startswith(TRANSPORT):
        return source.removeprefix(TRANSPORT)
    if source.startswith(SERVICE):
        return source.removeprefix(LETTERS).removeprefix(SERVICE)
    if source.endswith(MESSAGE):
        whole = source.removesuffix(MESSAGE)
        return f"{'a file' if whole == 'drop' else 'a message'} in {_what(whole)}"
    return "the drop folder" if source == "drop" else f"the mailbox {source}"
