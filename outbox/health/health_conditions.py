"""The conditions that the service is in, for a monitor and for systemd's status line: what is
degraded, and so with which status `scr-intake status --health` ends.

Work that waits for a person is not ill health. What is degraded is so from the first moment; how
long to bear it is the monitor's. The bounds are in `health_limits.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.calendar import moment_in_words
from config.english import count_noun, join_with_and
from intake.source_health import (
    DISK_OUTAGE,
    FAULTS_OUTAGE,
    JUDGING_OUTAGE,
    RECORD_OUTAGE,
    SCANNER_OUTAGE,
    STORAGE_OUTAGE,
    Outage,
    OutageKind,
)
from outbox.digest.digest_history import DIGEST_OUTAGE
from outbox.health.health_limits import (
    BACKUP_DEGRADED_AFTER,
    DISK_FULL_SHARE,
    DISK_SCARCE_SHARE,
    JUDGING_DEGRADED_AFTER,
    LOOK_DEGRADED_AFTER,
)
from outbox.sending.after_restore import RecoveryStanding
from outbox.sending.transport_back_off import TRY_HINT, TransportWait

NOT_KNOWN = "That is not known yet: no round has looked."
SAYS_ANSWERED = "It answered when a round last asked it."
SAYS_TRANSPORTS_OPEN = "No round has met a way that takes none."
SAYS_SCANNING = "It could be relied on when a round last asked it."
DOCTOR_HINT = "For more: `scr-intake doctor`"
START_HINT = "See its log for why it stopped. To start it: `systemctl start scr-intake`"


@dataclass(frozen=True, slots=True)
class HealthCondition:
    """One line: what it is about, and how it stands. `since` is None where nobody knows."""

    about: str
    says: str
    degraded: bool = False
    since: datetime | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class HealthObservations:
    """What was looked at. `patience` is how long there may be no round; `outages` are those that
    last; `stopped` are the kinds of letter of which the guard stops one, which waits for a person;
    `waiting` is how many letters wait; `unwritable` says where nothing can be written and what
    mends it, `doubt` why the clock is not believed, and `unheard` why alerts cannot go by a way of
    their own; `barred` names what keeps the service from starting. Times are in the board's time
    zone."""

    last_round: datetime | None
    patience: timedelta
    sources: tuple[str, ...]
    outages: tuple[Outage, ...]
    transports: tuple[TransportWait, ...]
    waiting: int
    waits_since: datetime | None
    stopped: frozenset[str]
    free: float
    unwritable: tuple[tuple[str, str], ...]
    backed_up: datetime | None
    began: datetime | None
    paused: datetime | None = None
    doubt: str = ""
    unheard: tuple[tuple[str, datetime], ...] = ()
    answered: frozenset[str] = frozenset()  # the sources that ever did
    begun: datetime | None = None  # when the service last began its first round
    usual: timedelta = timedelta(minutes=20)  # that a round may take, and be no late one
    handed: int = 0  # letters that a mail server was given, and has not answered
    restored: RecoveryStanding | None = None  # what is held since the register was put back
    barred: tuple[str, ...] = ()
    backup_step: str = ""  # what makes one again
    looked_through: datetime | None = None  # when all that is kept last was
    scans: bool = True  # a virus scanner is set up
    not_backed_up: datetime | None = None  # when the last that was begun came to nothing


ConditionCheck = Callable[[HealthObservations, datetime], Iterator[HealthCondition]]


def _rounds(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when no round has ended for longer than `patience`, by a clock that is believed."""
    last = looked.last_round
    if looked.doubt:
        return
    at_work = looked.begun is not None and now - looked.begun <= looked.patience
    if last is None and looked.begun is not None and at_work:
        says = f"Its first round began at {moment_in_words(looked.begun)}, and has not ended yet."
        yield HealthCondition("service", says)
    elif last is None:
        yield HealthCondition(
            "service", "It has made no round yet.", True, looked.began, _start_hint(looked)
        )
    elif now - last > looked.patience:
        says = (
            "It is not running, hangs or cannot write: its last round ended at"
            f" {moment_in_words(last)}."
        )
        yield HealthCondition("service", says, True, last, _start_hint(looked))
    else:
        late = now - last > looked.usual
        allowed = f"{_ago(looked.patience)} are allowed"
        says = f"That is longer than usual, as when much is at hand; {allowed}." if late else ""
        ended = f"Its last round ended at {moment_in_words(last)}, {_ago(now - last)} ago."
        yield HealthCondition("service", f"{ended} {says}".rstrip())


def _start_hint(looked: HealthObservations) -> str:
    """Nobody is told to start what cannot start."""
    if not looked.barred:
        return START_HINT
    return f"It cannot start before this is mended: {join_with_and(sorted(set(looked.barred)))}."


def _clock(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when the clock is too far from the last round to be believed. Since when, no clock
    tells: the sentence has both times."""
    if looked.doubt:
        fix = "Set it right; if it is right: `scr-intake clock accept --reason '...'`"
        yield HealthCondition("clock", looked.doubt, True, None, fix)
    elif looked.last_round is None:
        yield HealthCondition("clock", "There is no round yet to hold it against.")
    else:
        yield HealthCondition(
            "clock", f"It is not far from the last round: {moment_in_words(now)}."
        )


def _sources(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when a mailbox or the drop folder cannot be reached, or hands a message not over."""
    for name in looked.sources:
        of_it = (outage for outage in looked.outages if outage.is_of_source(name))
        found = sorted(of_it, key=lambda outage: outage.is_of_part)
        for outage in found:
            part = "/message" if outage.is_of_part else ""
            yield _lasting(f"source {name}{part}", outage, now)
        if not found:
            says = SAYS_ANSWERED if name in looked.answered else NOT_KNOWN
            yield HealthCondition(f"source {name}", says)


def _letters(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when a way takes no letters, one cannot be written for a fault of ours, or none
    leaves since the register was restored."""
    for wait in looked.transports:
        says = (
            f"Letters cannot leave: {wait.answer}. {_waiting(looked.waiting)};"
            f" the way is tried again {wait.next_try_phrase(now)}."
        )
        yield HealthCondition(f"letters, {wait.transport}", says, True, wait.since, TRY_HINT)
    for outage in looked.outages:
        kind = outage.of.name
        if outage.of.kind is OutageKind.LETTERS and kind not in looked.stopped:
            yield _lasting(f"letters of the kind {kind}", outage, now)
        if outage.of == DIGEST_OUTAGE:
            yield _lasting("digest", outage, now)
    if looked.restored is not None:
        stops, fix = looked.restored.stops_letters, f"`{looked.restored.command}`"
        yield HealthCondition("letters", looked.restored.says, stops, None, fix)
    if looked.doubt or looked.restored is not None:  # under the clock it stands that none is sent
        return
    if looked.paused is not None:
        yield HealthCondition(
            "letters", f"A person paused them at {moment_in_words(looked.paused)}."
        )
    elif not looked.transports:
        known = SAYS_TRANSPORTS_OPEN if looked.last_round else NOT_KNOWN
        yield HealthCondition("letters", f"{known}{_with_the_server(looked.handed)}")


def _alerts(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when the operator could not be alerted by a way that `[alerts]` names."""
    for why, since in looked.unheard:
        fix = "To try it: `scr-intake alerts test`"
        yield HealthCondition("alerts", why, True, since, fix)


def _judging(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when no document can be opened, or what came has waited for an hour."""
    for outage in looked.outages:
        if outage.of == JUDGING_OUTAGE:
            yield _lasting("judging", outage, now)
            return
    since = looked.waits_since if not looked.doubt else None
    if since is not None and now - since > JUDGING_DEGRADED_AFTER:
        yield HealthCondition("judging", "What came waits to be judged.", True, since, DOCTOR_HINT)
    elif looked.doubt and looked.waits_since is not None:
        says = "How long what came has waited is not known while the clock is doubted."
        yield HealthCondition("judging", says)
    else:
        yield HealthCondition("judging", "Nothing has waited for long.")


def _scanner(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when a virus scanner is set up and cannot be relied on: nothing is opened then."""
    outage = next((each for each in looked.outages if each.of == SCANNER_OUTAGE), None)
    if not looked.scans:
        says = "None is set up: what comes in is not looked through for viruses."
        yield HealthCondition("virus scanner", says)
    elif outage is not None:
        yield _lasting("virus scanner", outage, now)
    else:
        yield HealthCondition("virus scanner", SAYS_SCANNING if looked.last_round else NOT_KNOWN)


def _disk(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when less than a tenth is free, or what is kept cannot be written."""
    for says, fix in looked.unwritable:
        yield HealthCondition("kept", says, True, None, fix)
    for outage in looked.outages if not looked.unwritable else ():
        if outage.of == STORAGE_OUTAGE:
            yield _lasting("kept", outage, now)
    if looked.free < DISK_SCARCE_SHARE:
        since = next((o.since for o in looked.outages if o.of == DISK_OUTAGE), None)
        says = "It is full: nothing can be taken in."
        if looked.free >= DISK_FULL_SHARE:
            says = f"Only {looked.free:.1%} of it is free. Nothing can be taken in when it is full."
        yield HealthCondition("disk", says, True, since, "Make room.")
    else:
        yield HealthCondition("disk", f"{looked.free:.0%} of it is free.")


def _record(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded while a row is not as the record has it: nothing is worked on then."""
    for outage in looked.outages:
        if outage.of == RECORD_OUTAGE:
            yield _lasting("record", outage, now)


def _whole(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded while anything that is kept is not as it was recorded, as the last look through all
    of it found; and when there was no look for some nights, by a clock that is believed."""
    last = looked.looked_through
    for outage in looked.outages:
        if outage.of == FAULTS_OUTAGE:
            yield _lasting("what is kept", outage, now)
            return
    says = "All of it was not looked through yet."
    if last is not None:
        says = f"It was looked through at {moment_in_words(last)}, and is as it was recorded."
    since = last or looked.began
    late = since is not None and now - since > LOOK_DEGRADED_AFTER and not looked.doubt
    if late:
        says = f"{says} That is to be done each night: since then nobody has looked."
    fix = "Is the service running? To look now: `scr-intake audit verify --originals`"
    yield HealthCondition("what is kept", says, late, since if late else None, fix if late else "")


def _backup(looked: HealthObservations, now: datetime) -> Iterator[HealthCondition]:
    """Degraded when the last backup is more than a week old, or there was none for as long, by a
    clock that is believed."""
    last, fix = looked.backed_up, f"Have one made each night. {looked.backup_step}"
    if looked.doubt:
        says = "The age of the last one is not known while the clock is doubted."
        yield HealthCondition("backup", says)
    elif looked.not_backed_up is not None:
        made = f"The last was made at {moment_in_words(last)}" if last else "There was never one"
        says = f"{made}, and the one begun at {moment_in_words(looked.not_backed_up)} came to none."
        yield HealthCondition("backup", says, True, looked.not_backed_up, looked.backup_step)
    elif last is None and looked.began is not None and now - looked.began > BACKUP_DEGRADED_AFTER:
        yield HealthCondition("backup", "There was never one.", True, looked.began, fix)
    elif last is not None and now - last > BACKUP_DEGRADED_AFTER:
        yield HealthCondition(
            "backup", f"The last was made at {moment_in_words(last)}.", True, last, fix
        )
    else:
        says = f"The last was made at {moment_in_words(last)}." if last else "There is none yet."
        yield HealthCondition("backup", says)


def _ago(since: timedelta) -> str:
    minutes = round(since.total_seconds() / 60)
    return count_noun(minutes, "minute") if minutes else "less than a minute"


def _with_the_server(number: int) -> str:
    if not number:
        return ""
    waits = "waits" if number == 1 else "wait"
    return f" {count_noun(number, 'letter')} {waits} for a mail server's yes."


def _waiting(number: int) -> str:
    return (
        f"{count_noun(number, 'letter')} {'waits' if number == 1 else 'wait'}"
        if number
        else "None waits"
    )


def _lasting(about: str, outage: Outage, now: datetime) -> HealthCondition:
    said = " ".join(outage.said.split())
    return HealthCondition(about, said, True, outage.since, outage.fix)


CONDITION_CHECKS: tuple[ConditionCheck, ...] = (
    _rounds,
    _clock,
    _sources,
    _letters,
    _alerts,
    _judging,
    _scanner,
    _disk,
    _record,
    _whole,
    _backup,
)


def list_conditions(looked: HealthObservations, now: datetime) -> list[HealthCondition]:
    """All of them, what is degraded first. `now` is in the board's time zone."""
    found = [condition for look in CONDITION_CHECKS for condition in look(looked, now)]
    return sorted(found, key=lambda condition: not condition.degraded)


def is_degraded(found: Iterable[HealthCondition]) -> bool:
    """Whether any of them is: `scr-intake status --health` then ends with status 1."""
    return any(condition.degraded for condition in found)


def degraded_line(found: list[HealthCondition], now: datetime) -> str:
    """What is degraded, for systemd's status line; "" when all is well."""
    bad = [each for each in found if each.degraded]
    told = (f"{each.about}{since_clause(each, now)}: {each.says}" for each in bad)
    return " ".join(["Degraded.", *told]) if bad else ""


def since_clause(condition: HealthCondition, now: datetime) -> str:
    """ ", since 9:15am on ...", "" where nobody knows, or all is well."""
    if condition.since is None:
        return ""
    return f", since {moment_in_words(condition.since.astimezone(now.tzinfo))}"
