"""Whether the mailboxes and the drop folder answer, as signs of the service's health.

Does: puts into words which of them are well, away, or were not asked for long. Pure.
Trusts: what was looked at (`commands/vitals.py`).
Never touches: sources.
Known limits: a source that answers and says that nothing is there looks well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.calendar import briefly
from outbox.words import listed

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
