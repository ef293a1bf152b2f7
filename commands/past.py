"""A source with a past: a mailbox that was in use before the service was told to watch it.

Does: at the first round there says what lies there, and has only what comes from that day on taken
in, unless `since` in the settings gives another day (failure mode 113).
Trusts: the settings, the source.
Never touches: what lies there.
Known limits: none.
"""

from __future__ import annotations

from datetime import date, datetime, time

from commands.house import House
from commands.report import Report
from config.calendar import briefly
from intake.source import Beginning, Past, Source


def look_back(house: House, source: Source, report: Report) -> None:
    """Tell the source from when on. Raises NotThere or NotYet."""
    beginnings, now = house.reception.beginnings, house.now()
    known = beginnings.of(source.name)
    since = house.reception.since.get(source.name)
    today = midnight(now.date(), now)
    for past in source.past(known, midnight(since, now) if since else today):
        began = beginnings.begin(source.name, past, today, now)
        known[past.part] = began
        if past.messages:
            report.said.append(f"{source.name}: {lies_there(past, since or now.date())}")
        if since is not None:
            report.said.append(f"{source.name}: {are_taken(past, since)}")
    for part, beginning in known.items():
        at = midnight(since, now) if since else beginning.at.astimezone(now.tzinfo)
        source.begins(part, Beginning(at, beginning.last))


def lies_there(past: Past, since: date) -> str:
    """ "20,000 messages lie there from before, the oldest of 2019, and are left. ..."."""
    one = past.messages == 1
    what = "1 message lies" if one else f"{past.messages:,} messages lie"
    oldest = f"{'' if one else 'the oldest '}of {past.oldest}, " if past.oldest else ""
    return (
        f"{what} there from before, {oldest}and {'is' if one else 'are'} left. What comes from"
        f" {briefly(since)} {since.year} on is taken in; `since` in the settings of the mailbox"
        " names another day."
    )


def are_taken(past: Past, since: date) -> str:
    """ "412 messages there came from Thursday 1 January 2009 on and are taken in."."""
    when = f"came from {briefly(since)} {since.year} on"
    if not past.later:
        return f"No message there {when}."
    one = past.later == 1
    what = "1 message there" if one else f"{past.later:,} messages there"
    return f"{what} {when} and {'is' if one else 'are'} taken in."


def midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)
