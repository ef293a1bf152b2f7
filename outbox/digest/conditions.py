"""The conditions that the service is in, for a monitor and for systemd's status line.

Does: names every condition, says of each whether the service is well in it or degraded, since when
and what to do. The table at the end is all there is. Pure.
Trusts: what was looked at (`commands/health_probe.py`).
Never touches: the world; cases. Work that waits for a person is not ill health.
Known limits: what is degraded is so from the first moment; how long to bear it is the monitor's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.calendar import moment
from intake.source_health import DISK, KEPT, MESSAGE, WORKER, Outage
from outbox.digest.digest_history import DIGEST
from outbox.digest.service_health import OLD, SCARCE, WAITING
from outbox.due.letter_failures import LETTERS
from outbox.sending.transport_back_off import TRY, TransportWait
from outbox.writing.words import count

FULL = 0.0005  # of the disk, free: as good as nothing
NOT_KNOWN = "That is not known yet: no round has looked."
ANSWERED = "It answered when a round last asked it."
OPEN = "No round has met a way that takes none."
DOCTOR = "For more: `scr-intake doctor`"
START = "See its log for why it stopped. To start it: `systemctl start scr-intake`"


@dataclass(frozen=True, slots=True)
class Condition:
    """One line: what it is about, and how it stands. `since` is None where nobody knows."""

    about: str
    says: str
    degraded: bool = False
    since: datetime | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at. `patience` is how long there may be no round; `outages` are those that
    last; `stopped` are the kinds of letter of which the guard stops one, which waits for a person;
    `waiting` is how many letters wait; `unwritable` says where nothing can be written, `doubt` why
    the clock is not believed, and `unheard` why alerts cannot go by a way of their own. Times are
    in the board's time zone."""

    last_round: datetime | None
    patience: timedelta
    sources: tuple[str, ...]
    outages: tuple[Outage, ...]
    transports: tuple[TransportWait, ...]
    waiting: int
    waits_since: datetime | None
    stopped: frozenset[str]
    free: float
    unwritable: tuple[str, ...]
    backed_up: datetime | None
    began: datetime | None
    paused: datetime | None = None
    doubt: str = ""
    unheard: tuple[tuple[str, datetime], ...] = ()
    answered: frozenset[str] = frozenset()  # the sources that ever did
    begun: datetime | None = None  # when the service last began its first round
    usual: timedelta = timedelta(minutes=20)  # that a round may take, and be no late one
    handed: int = 0  # letters that a mail server was given, and has not answered


Look = Callable[[Looked, datetime], Iterator[Condition]]


def _rounds(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when no round has ended for longer than `patience`, by a clock that is believed."""
    last = looked.last_round
    if looked.doubt:
        return
    at_work = looked.begun is not None and now - looked.begun <= looked.patience
    if last is None and looked.begun is not None and at_work:
        says = f"Its first round began at {moment(looked.begun)}, and has not ended yet."
        yield Condition("service", says)
    elif last is None:
        yield Condition("service", "It has made no round yet.", True, looked.began, START)
    elif now - last > looked.patience:
        says = f"It is not running, hangs or cannot write: its last round ended at {moment(last)}."
        yield Condition("service", says, True, last, START)
    else:
        late = now - last > looked.usual
        says = "That is late: it is at something that takes long, or hangs." if late else ""
        ended = f"Its last round ended at {moment(last)}, {_ago(now - last)} ago."
        yield Condition("service", f"{ended} {says}".rstrip())


def _clock(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when the clock is too far from the last round to be believed. Since when, no clock
    tells: the sentence has both times."""
    if looked.doubt:
        fix = "Set it right; if it is right: `scr-intake clock accept`"
        yield Condition("clock", looked.doubt, True, None, fix)
    elif looked.last_round is None:
        yield Condition("clock", "There is no round yet to hold it against.")
    else:
        yield Condition("clock", f"It is not far from the last round: {moment(now)}.")


def _sources(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when a mailbox or the drop folder cannot be reached, or hands a message not over."""
    away = {outage.source: outage for outage in looked.outages}
    for name in looked.sources:
        found = [away[each] for each in (name, name + MESSAGE) if each in away]
        for outage in found:
            yield _lasting(f"source {outage.source}", outage, now)
        if not found:
            says = ANSWERED if name in looked.answered else NOT_KNOWN
            yield Condition(f"source {name}", says)


def _letters(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when a way takes no letters, or one cannot be written for a fault of ours."""
    for wait in looked.transports:
        says = (
            f"Letters cannot leave: {wait.answer}. {_waiting(looked.waiting)};"
            f" the way is tried again {wait.tried_again(now)}."
        )
        yield Condition(f"letters, {wait.transport}", says, True, wait.since, TRY)
    for outage in looked.outages:
        kind = outage.source.removeprefix(LETTERS)
        if outage.source == f"{LETTERS}{kind}" and kind not in looked.stopped:
            yield _lasting(f"letters of the kind {kind}", outage, now)
        if outage.source == DIGEST:
            yield _lasting("digest", outage, now)
    if looked.doubt:  # that nothing is sent stands under the clock
        return
    if looked.paused is not None:
        yield Condition("letters", f"A person paused them at {moment(looked.paused)}.")
    elif not looked.transports:
        known = OPEN if looked.last_round else NOT_KNOWN
        yield Condition("letters", f"{known}{_with_the_server(looked.handed)}")


def _alerts(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when the operator could not be alerted by a way that `[alerts]` names."""
    for why, since in looked.unheard:
        fix = "To try it: `scr-intake alerts test`"
        yield Condition("alerts", why, True, since, fix)


def _judging(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when no document can be opened, or what came has waited for an hour."""
    for outage in looked.outages:
        if outage.source == WORKER:
            yield _lasting("judging", outage, now)
            return
    since = looked.waits_since
    if since is not None and now - since > WAITING:
        yield Condition("judging", "What came waits to be judged.", True, since, DOCTOR)
    else:
        yield Condition("judging", "Nothing has waited for long.")


def _disk(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when less than a tenth is free, or what is kept cannot be written."""
    for place in looked.unwritable:
        fix = "See who owns it, and that its disk is not read-only."
        yield Condition("kept", f"{place} cannot be written.", True, None, fix)
    for outage in looked.outages if not looked.unwritable else ():
        if outage.source == KEPT:
            yield _lasting("kept", outage, now)
    if looked.free < SCARCE:
        since = next((o.since for o in looked.outages if o.source == DISK), None)
        says = "It is full: nothing can be taken in."
        if looked.free >= FULL:
            says = f"Only {looked.free:.1%} of it is free. Nothing can be taken in when it is full."
        yield Condition("disk", says, True, since, "Make room.")
    else:
        yield Condition("disk", f"{looked.free:.0%} of it is free.")


def _backup(looked: Looked, now: datetime) -> Iterator[Condition]:
    """Degraded when the last backup is more than a week old, or there was none for as long."""
    last, fix = looked.backed_up, "Have one made each night. To make one: `scr-intake backup DIR`"
    if last is None and looked.began is not None and now - looked.began > OLD:
        yield Condition("backup", "There was never one.", True, looked.began, fix)
    elif last is not None and now - last > OLD:
        yield Condition("backup", f"The last was made at {moment(last)}.", True, last, fix)
    else:
        says = f"The last was made at {moment(last)}." if last else "There is none yet."
        yield Condition("backup", says)


def _ago(since: timedelta) -> str:
    minutes = round(since.total_seconds() / 60)
    return count(minutes, "minute") if minutes else "less than a minute"


def _with_the_server(number: int) -> str:
    if not number:
        return ""
    return (
        f" {count(number, 'letter')} {'waits' if number == 1 else 'wait'} for a mail server's yes."
    )


def _waiting(number: int) -> str:
    return (
        f"{count(number, 'letter')} {'waits' if number == 1 else 'wait'}"
        if number
        else "None waits"
    )


def _lasting(about: str, outage: Outage, now: datetime) -> Condition:
    said = " ".join(outage.said.split())
    return Condition(about, said, True, outage.since, outage.fix)


TABLE: tuple[Look, ...] = (
    _rounds,
    _clock,
    _sources,
    _letters,
    _alerts,
    _judging,
    _disk,
    _backup,
)


def conditions(looked: Looked, now: datetime) -> list[Condition]:
    """All of them, what is degraded first. `now` is in the board's time zone."""
    found = [condition for look in TABLE for condition in look(looked, now)]
    return sorted(found, key=lambda condition: not condition.degraded)


def in_a_line(found: list[Condition], now: datetime) -> str:
    """What is degraded, for systemd's status line; "" when all is well."""
    bad = [each for each in found if each.degraded]
    told = (f"{each.about}{since(each, now)}: {each.says}" for each in bad)
    return " ".join(["Degraded.", *told]) if bad else ""


def since(condition: Condition, now: datetime) -> str:
    """ ", since 9:15am on ...", "" where nobody knows, or all is well."""
    if condition.since is None:
        return ""
    return f", since {moment(condition.since.astimezone(now.tzinfo))}"
