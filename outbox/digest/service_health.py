"""The service's health, in words: what is well in one line, what is not in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from config.calendar import briefly
from outbox.sending.transport_back_off import TransportWait
from outbox.writing.facts import Need
from outbox.writing.words import count, listed

SILENT = timedelta(hours=1)  # since a source answered
LOOK = "scr-intake doctor"


@dataclass(frozen=True, slots=True)
class Reach:
    """A mailbox, or the drop folder. `away` says why it cannot be reached, "" when it can; `unread`
    that something in it cannot be read."""

    name: str
    answered: datetime | None
    away: str = ""
    unread: bool = False

    @property
    def is_folder(self) -> bool:
        return self.name == "drop"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing: `well` is how it stands in the line of what is well, `says` what is not; `need`
    says that somebody has to see to it, with `command`; before all else, unless it `can_wait`."""

    what: str
    well: str = ""
    says: str = ""
    command: str = ""
    need: bool = False
    can_wait: bool = False


def sources(reached: Sequence[Reach], now: datetime) -> Iterator[Sign]:
    mailboxes = [source for source in reached if not source.is_folder]
    names = {source: _what(source, alone=len(mailboxes) == 1) for source in reached}
    here = [source for source in reached if not source.away]
    for source in reached:
        if source.away:
            yield _away(names[source], source, now)
    if unasked := [source for source in here if source.answered is None]:
        what = listed([names[source] for source in unasked])
        yield Sign(what, says=f"{_begin(what)} {_were(unasked)} not asked yet.")
    if silent := [source for source in here if _silent(source, now)]:
        what = listed([names[source] for source in silent])
        when = at(max(source.answered for source in silent if source.answered), now)
        says = f"{_begin(what)} {_were(silent)} last asked at {when}; is the service running?"
        yield Sign(what, says=says, command=LOOK, need=True)
    if unread := [source for source in here if source.unread]:
        what = listed([names[source] for source in unread])
        holds = "holds" if len(unread) == 1 else "hold"
        yield Sign(what, says=f"{_begin(what)} {holds} something that cannot be read.")
    answer = (source for source in here if source.answered and not source.unread)
    well = [source for source in answer if not _silent(source, now)]
    if answering := [source for source in well if not source.is_folder]:
        yield Sign("the mailbox", well=_answering(answering, now))
    if any(source.is_folder for source in well):
        yield Sign("the folder", well="the folder")


def _silent(source: Reach, now: datetime) -> bool:
    return source.answered is not None and now - source.answered > SILENT


def _what(source: Reach, *, alone: bool) -> str:
    if source.is_folder:
        return "the folder"
    return "the mailbox" if alone else f"the mailbox {source.name}"


def _begin(what: str) -> str:
    return what[:1].upper() + what[1:]


def _were(sources: Sequence[Reach]) -> str:
    return "was" if len(sources) == 1 else "were"


def _away(what: str, source: Reach, now: datetime) -> Sign:
    since = f" since {at(source.answered, now)}" if source.answered else ""
    says = f"{_begin(what)} cannot be reached{since}, and nothing comes in from there."
    return Sign(what, says=f"{says} Ask the operator.", command=LOOK, need=True)


def _answering(sources: Sequence[Reach], now: datetime) -> str:
    """ "the mailbox (last answered 07:59)"."""
    if len(sources) == 1 and sources[0].answered:
        return f"the mailbox (last answered {at(sources[0].answered, now)})"
    said = (f"{s.name} {at(s.answered, now)}" for s in sources if s.answered)
    return f"the mailboxes (last answered: {', '.join(said)})"


def at(when: datetime, now: datetime) -> str:
    """ "07:59" of today, "17:59 on Monday 19 April" of another day."""
    return f"{when:%H:%M}" + (f" on {briefly(when.date())}" if when.date() != now.date() else "")


SCARCE = 0.10  # of the disk, free
OLD = timedelta(days=7)  # of a backup
WAITING = timedelta(hours=1)  # for what came to be judged


@dataclass(frozen=True, slots=True)
class Health:
    """What was looked at. `free` is the share of the disk, `retired` the keys that are no longer
    used and still there, `unwritten` the kinds of letter that cannot be written or sent; `slips`
    says that the board's own words have some. Times are in the board's time zone."""

    sources: tuple[Reach, ...]
    free: float
    retired: tuple[int, ...]
    backed_up: datetime | None
    began: datetime | None
    waits_since: datetime | None  # the oldest of what came and is not judged
    unwritten: tuple[str, ...] = ()
    slips: bool = False
    closed: tuple[TransportWait, ...] = ()  # ways that take no letters
    digest_late: str = ""  # that and why the last digest has not gone, "" when it has


def needed(health: Health, now: datetime, *, can_wait: bool = False) -> list[Need]:
    """What somebody has to see to before all else; or else what can wait."""
    signs = (sign for sign in _signs(health, now) if sign.need and sign.can_wait == can_wait)
    return [Need(sign.says, sign.command) for sign in signs]


def told(health: Health, now: datetime) -> list[str]:
    """A sentence for each thing that is not well, and a line for the rest."""
    signs = list(_signs(health, now))
    above = [sign.what for sign in signs if sign.need]
    sentences = [sign.says for sign in signs if sign.says and not sign.need]
    well = [sign.well for sign in signs if sign.well]
    if above:
        sentences.insert(0, f"Not well: {listed(above)}; see above.")
    if well:
        begins = "All else is well" if sentences else "All is well"
        sentences.append(f"{begins} with {listed(well)}.")
    return sentences


def _signs(health: Health, now: datetime) -> Iterator[Sign]:
    yield from sources(health.sources, now)
    yield from _work(health, now)
    yield _disk(health)
    yield _keys(health)
    yield _backup(health, now)


def _work(health: Health, now: datetime) -> Iterator[Sign]:
    since = health.waits_since
    if since is not None and now - since > WAITING:
        says = f"What came has waited to be judged since {at(since, now)}. Ask the operator."
        yield Sign("the judging", says=says, command=LOOK, need=True)
    for wait in health.closed:
        begun = at(wait.since.astimezone(now.tzinfo), now)
        says = (
            f"No letters leave by {wait.transport} since {begun}: {wait.answer}. Ask the operator."
        )
        yield Sign("letters", says=says, command=LOOK, need=True)
    for kind in health.unwritten:
        says = f"A letter ({kind}) cannot be written or sent as it stands. The operator was told."
        yield Sign("a letter", says=says, command=LOOK, need=True)
    if health.slips:
        says = "The board's own words for letters have slips; ours are used. The operator was told."
        yield Sign("the words of letters", says=says)
    if health.digest_late:
        yield Sign("the digest", says=health.digest_late)


def _disk(health: Health) -> Sign:
    if health.free < SCARCE:
        says = f"The disk is only {health.free:.0%} free. Ask the operator to make room."
        return Sign("the disk", says=says, command=LOOK, need=True)
    return Sign("the disk", well=f"the disk ({health.free:.0%} free)")


def _keys(health: Health) -> Sign:
    if not health.retired:
        return Sign("the keys", well="the keys")
    names = listed([f"vault-{number}.key" for number in health.retired])
    one = len(health.retired) == 1
    says = f"{count(len(health.retired), 'retired key')}, {names}, "
    says += f"still {'lies' if one else 'lie'} among the keys: keep {'it' if one else 'them'} with"
    return Sign("the keys", says=f"{says} the backups made until then, and nowhere else.")


def _backup(health: Health, now: datetime) -> Sign:
    last, command = health.backed_up, "scr-intake backup DIR"
    if last is None:
        old = health.began is not None and now - health.began > OLD
        says = "There was never a backup. Ask the operator for one each night."
        return Sign("the backup", says=says, command=command, need=old, can_wait=True)
    if now - last > OLD:
        says = f"The last backup is {(now - last).days} days old. Ask the operator why."
        return Sign("the backup", says=says, command=command, need=True, can_wait=True)
    return Sign("the backup", well=_last_backup(last, now))


def _last_backup(last: datetime, now: datetime) -> str:
    evening = datetime.combine(now.date() - timedelta(days=1), time(18), now.tzinfo)
    if evening <= last <= datetime.combine(now.date(), time(8), now.tzinfo):
        return "last night's backup"
    if last.date() == now.date():
        return "today's backup"
    return f"the backup of {briefly(last.date())}"
