"""The service's health, in words: what is well in one line, what is not in sentences.

Does: tells of the sources, the disk, the keys, the backup and the work that waits. Pure.
Trusts: what was looked at (`commands/vitals.py`).
Never touches: the world.
Known limits: a trouble that passed between two digests is not told; the journal has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from config.calendar import briefly
from outbox.facts import Need
from outbox.reach import LOOK, Reach, Sign, at, sources
from outbox.transport_waits import TransportWait
from outbox.words import count, listed

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
