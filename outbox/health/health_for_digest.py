"""The service's health as the digest tells it: what is well in one line, what is not in
sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from config.calendar import date_without_year
from config.english import count_noun, join_with_and
from handlers.register.whole_looks import WholeLook
from intake.source import DeliveryForm
from outbox.health.health_limits import (
    BACKUP_DEGRADED_AFTER,
    DISK_SCARCE_SHARE,
    JUDGING_DEGRADED_AFTER,
    SOURCE_SILENT_AFTER,
)
from outbox.sending.transport_back_off import TransportWait
from outbox.writing.digest_facts import Need

DOCTOR_COMMAND = "scr-intake doctor"


@dataclass(frozen=True, slots=True)
class SourceReach:
    """A mailbox, or the drop folder. `away` says why it cannot be reached, "" when it can; `unread`
    that something in it cannot be read."""

    name: str
    answered: datetime | None
    away: str = ""
    unread: bool = False
    form: DeliveryForm = DeliveryForm.MESSAGE

    @property
    def is_drop_folder(self) -> bool:
        return self.form is DeliveryForm.FILE


@dataclass(frozen=True, slots=True)
class HealthSign:
    """One thing: `well` is how it stands in the line of what is well, `says` what is not; `need`
    says that somebody has to see to it, with `command`; before all else, unless it `can_wait`.
    A `remark` is of what nobody asked for, and is neither well nor ill."""

    what: str
    well: str = ""
    says: str = ""
    command: str = ""
    need: bool = False
    can_wait: bool = False
    remark: str = ""


def source_signs(reached: Sequence[SourceReach], now: datetime) -> Iterator[HealthSign]:
    of_form = Counter(source.form for source in reached)
    names = {source: _what(source, alone=of_form[source.form] == 1) for source in reached}
    here = [source for source in reached if not source.away]
    for source in reached:
        if source.away:
            yield _away(names[source], source, now)
    if unasked := [source for source in here if source.answered is None]:
        what = join_with_and([names[source] for source in unasked])
        yield HealthSign(what, says=f"{_begin(what)} {_were(unasked)} not asked yet.")
    if silent := [source for source in here if _silent(source, now)]:
        what = join_with_and([names[source] for source in silent])
        when = time_or_day(max(source.answered for source in silent if source.answered), now)
        says = f"{_begin(what)} {_were(silent)} last asked at {when}; is the service running?"
        yield HealthSign(what, says=says, command=DOCTOR_COMMAND, need=True)
    if unread := [source for source in here if source.unread]:
        what = join_with_and([names[source] for source in unread])
        holds = "holds" if len(unread) == 1 else "hold"
        yield HealthSign(what, says=f"{_begin(what)} {holds} something that cannot be read.")
    answer = (source for source in here if source.answered and not source.unread)
    well = [source for source in answer if not _silent(source, now)]
    if answering := [source for source in well if not source.is_drop_folder]:
        yield HealthSign("the mailbox", well=_answering(answering, now))
    if folders := [source for source in well if source.is_drop_folder]:
        what = "the folder" if len(folders) == 1 else "the folders"
        yield HealthSign(what, well=what)


def _silent(source: SourceReach, now: datetime) -> bool:
    return source.answered is not None and now - source.answered > SOURCE_SILENT_AFTER


def _what(source: SourceReach, *, alone: bool) -> str:
    what = "the folder" if source.is_drop_folder else "the mailbox"
    return what if alone else f"{what} {source.name}"


def _begin(what: str) -> str:
    return what[:1].upper() + what[1:]


def _were(sources: Sequence[SourceReach]) -> str:
    return "was" if len(sources) == 1 else "were"


def _away(what: str, source: SourceReach, now: datetime) -> HealthSign:
    since = f" since {time_or_day(source.answered, now)}" if source.answered else ""
    says = f"{_begin(what)} cannot be reached{since}, and nothing comes in from there."
    return HealthSign(what, says=f"{says} Ask the operator.", command=DOCTOR_COMMAND, need=True)


def _answering(sources: Sequence[SourceReach], now: datetime) -> str:
    """ "the mailbox (last answered 07:59)"."""
    if len(sources) == 1 and sources[0].answered:
        return f"the mailbox (last answered {time_or_day(sources[0].answered, now)})"
    said = (f"{s.name} {time_or_day(s.answered, now)}" for s in sources if s.answered)
    return f"the mailboxes (last answered: {', '.join(said)})"


def time_or_day(when: datetime, now: datetime) -> str:
    """ "07:59" of today, "17:59 on Monday 19 April" of another day."""
    return f"{when:%H:%M}" + (
        f" on {date_without_year(when.date())}" if when.date() != now.date() else ""
    )


@dataclass(frozen=True, slots=True)
class ScannerHealth:
    """Whether a virus scanner is set up, and why it cannot be relied on since when, "" where it
    can."""

    configured: bool
    away: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ServiceHealth:
    """What was looked at. `free` is the share of the disk, `retired` the keys that are no longer
    used and still there, `unwritten` the kinds of letter that cannot be written or sent; `slips`
    says that the board's own words have some. Times are in the board's time zone."""

    sources: tuple[SourceReach, ...]
    free: float
    retired: tuple[int, ...]
    backed_up: datetime | None
    began: datetime | None
    waits_since: datetime | None  # the oldest of what came and is not judged
    unwritten: tuple[str, ...] = ()
    slips: bool = False
    closed: tuple[TransportWait, ...] = ()  # ways that take no letters
    backup_command: str = "scr-intake backup DIR"  # what makes one again
    looked: WholeLook | None = None  # the last through all that is kept
    scanner: ScannerHealth | None = None  # None: nobody looked
    digest_late: str = ""  # that and why the last digest has not gone, "" when it has


def health_needs(health: ServiceHealth, now: datetime, *, can_wait: bool = False) -> list[Need]:
    """What somebody has to see to before all else; or else what can wait."""
    signs = (sign for sign in _signs(health, now) if sign.need and sign.can_wait == can_wait)
    return [Need(sign.says, sign.command, for_operator=True) for sign in signs]


def troubled_things(health: ServiceHealth, now: datetime) -> list[str]:
    """What somebody has to see to and cannot wait, each in a word or two."""
    return [sign.what for sign in _signs(health, now) if sign.need and not sign.can_wait]


def lines_for_operator(health: ServiceHealth, now: datetime) -> list[str]:
    """What can wait, to be told once and to whoever can mend it."""
    signs = (sign for sign in _signs(health, now) if sign.says and sign.can_wait)
    return [without_whom_to_ask(sign.says) for sign in signs]


def health_lines(health: ServiceHealth, now: datetime, *, with_operator: bool = False) -> list[str]:
    """A sentence for each thing that is not well, and a line for the rest. What is `with_operator`
    is told as theirs, but for what can wait, else it stands among what needs somebody."""
    signs = list(_signs(health, now))
    above = [sign.what for sign in signs if sign.need and not with_operator]
    told = (
        sign
        for sign in signs
        if sign.says and (not sign.can_wait if with_operator else not sign.need)
    )
    sentences = [without_whom_to_ask(s.says) if s.need else s.says for s in told]
    well = [sign.well for sign in signs if sign.well]
    if above:
        sentences.insert(0, f"Not well: {join_with_and(above)}; see above.")
    if well:
        begins = "All else is well" if sentences else "All is well"
        sentences.append(f"{begins} with {join_with_and(well)}.")
    return [*sentences, *(sign.remark for sign in signs if sign.remark)]


def without_whom_to_ask(says: str) -> str:
    """What is not well, to somebody who need not ask the operator: they know."""
    return _OPERATOR.sub("", says)


_OPERATOR = re.compile(r" (?:Ask the operator\b[^.]*|The operator was told)\.$")


def _signs(health: ServiceHealth, now: datetime) -> Iterator[HealthSign]:
    yield from source_signs(health.sources, now)
    yield from _work(health, now)
    yield from _scanner(health.scanner, now)
    yield _disk(health)
    yield _keys(health)
    yield from _whole(health, now)
    yield _backup(health, now)


def _work(health: ServiceHealth, now: datetime) -> Iterator[HealthSign]:
    since = health.waits_since
    if since is not None and now - since > JUDGING_DEGRADED_AFTER:
        says = (
            f"What came has waited to be judged since {time_or_day(since, now)}. Ask the operator."
        )
        yield HealthSign("the judging", says=says, command=DOCTOR_COMMAND, need=True)
    for wait in health.closed:
        begun = time_or_day(wait.since.astimezone(now.tzinfo), now)
        says = (
            f"No letters leave by {wait.transport} since {begun}: {wait.answer}. Ask the operator."
        )
        yield HealthSign("letters", says=says, command=DOCTOR_COMMAND, need=True)
    for kind in health.unwritten:
        says = f"A letter ({kind}) cannot be written or sent as it stands. The operator was told."
        yield HealthSign("a letter", says=says, command=DOCTOR_COMMAND, need=True)
    if health.slips:
        says = "The board's own words for letters have slips; ours are used. The operator was told."
        yield HealthSign("the words of letters", says=says)
    if health.digest_late:
        yield HealthSign("the digest", says=health.digest_late)


def _scanner(scanner: ScannerHealth | None, now: datetime) -> Iterator[HealthSign]:
    what = "the virus scanner"
    if scanner is None:
        return
    if not scanner.configured:
        says = "No virus scanner is set up: what comes in is not looked through for viruses."
        yield HealthSign(what, remark=says)
    elif not scanner.away:
        yield HealthSign(what, well=what)
    else:
        since = f" since {time_or_day(scanner.since, now)}" if scanner.since else ""
        says = f"{scanner.away} Nothing that comes in is opened{since}. Ask the operator."
        yield HealthSign(what, says=says, command=DOCTOR_COMMAND, need=True)


def _disk(health: ServiceHealth) -> HealthSign:
    if health.free < DISK_SCARCE_SHARE:
        says = f"The disk is only {health.free:.0%} free. Ask the operator to make room."
        return HealthSign("the disk", says=says, command=DOCTOR_COMMAND, need=True)
    return HealthSign("the disk", well=f"the disk ({health.free:.0%} free)")


def _keys(health: ServiceHealth) -> HealthSign:
    if not health.retired:
        return HealthSign("the keys", well="the keys")
    names = join_with_and([f"vault-{number}.key" for number in health.retired])
    one = len(health.retired) == 1
    says = f"{count_noun(len(health.retired), 'retired key')}, {names}, "
    says += f"still {'lies' if one else 'lie'} among the keys: keep {'it' if one else 'them'} with"
    return HealthSign("the keys", says=f"{says} the backups made until then, and nowhere else.")


def _whole(health: ServiceHealth, now: datetime) -> Iterator[HealthSign]:
    look = health.looked
    if look is None:
        return
    when = time_or_day(look.at.astimezone(now.tzinfo), now)
    if not look.faults:
        yield HealthSign("all that is kept", well=f"all that is kept (looked through at {when})")
        return
    found = f"{count_noun(look.faults, 'thing')} that {'is' if look.faults == 1 else 'are'}"
    says = (
        f"A look through all that is kept, at {when}, found {found} not as recorded, or not there."
        " The operator was told."
    )
    command = "scr-intake audit verify --originals"
    yield HealthSign("something that is kept", says=says, command=command, need=True)


def _backup(health: ServiceHealth, now: datetime) -> HealthSign:
    last, command = health.backed_up, health.backup_command
    if last is None:
        old = health.began is not None and now - health.began > BACKUP_DEGRADED_AFTER
        says = "There was never a backup. Ask the operator for one each night."
        return HealthSign("the backup", says=says, command=command, need=old, can_wait=True)
    if now - last > BACKUP_DEGRADED_AFTER:
        says = f"The last backup is {(now - last).days} days old. Ask the operator why."
        return HealthSign("the backup", says=says, command=command, need=True, can_wait=True)
    return HealthSign("the backup", well=_last_backup(last, now))


def _last_backup(last: datetime, now: datetime) -> str:
    evening = datetime.combine(now.date() - timedelta(days=1), time(18), now.tzinfo)
    if evening <= last <= datetime.combine(now.date(), time(8), now.tzinfo):
        return "last night's backup"
    if last.date() == now.date():
        return "today's backup"
    return f"the backup of {date_without_year(last.date())}"
