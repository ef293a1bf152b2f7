"""The commands that a line of the digest ends with, to be pasted as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from shlex import quote

from config.calendar import Calendar, date_in_words, date_without_year
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED_STATES, EXTENSION_REQUEST
from handlers.register.submissions import Entry
from handlers.register.time_requests import MESSAGE_REASON, Matter, matter_of, read_time_request


def register_command(
    case: str, agency: str, role: str, email: str = "ADDRESS", name: str = ""
) -> str:
    """Somebody new for an agency."""
    words = ("contact", "add", case, agency, email)
    named = _quoted(name) if name else '"..."'
    return f'{_typed(*words)} --name {named} --role {quote(role)} --reason "..."'


def contact_back_command(case: str, agency: str, email: str) -> str:
    """Somebody is not away any more, or not to be left in peace."""
    return f'{_typed("contact", "back", case, agency, email)} --reason "..."'


def remove_contact_command(case: str, agency: str, email: str) -> str:
    """Somebody is not written to any more, and sends nothing."""
    return f'{_typed("contact", "remove", case, agency, email)} --reason "..."'


def pause_contact_command(case: str, agency: str, email: str, until: str) -> str:
    """Somebody is left in peace until a day."""
    return f'{_typed("contact", "pause", case, agency, email)} --until {until} --reason "..."'


def case_command(what: str, case: str) -> str:
    """A review is put on hold, or closed."""
    return f'{_typed("case", what, case)} --reason "..."'


def waive_command(case: str, agency: str, kinds: Sequence[str]) -> str:
    """The board does without returns."""
    return f'{_typed("waive", case, agency, *kinds)} --reason "..."'


def reopen_case_command(case: str) -> str:
    return f'{_typed("case", "reopen", case)} --reason "..."'


def prolong_case_command(case: str) -> str:
    """More time for a review, as somebody has agreed in writing."""
    return f'{_typed("case", "extend", case)} --to DATE --agreed-by "..." --reason "..."'


def milestone_command(case: str, day: date) -> str:
    """What was to be on a day is done."""
    return _typed("case", "milestone", case, "--done", day.isoformat())


def extend_command(case: str, agency: str, kinds: Sequence[str], until: date | None) -> str:
    """More time for returns, until the day that was asked for where it was read."""
    words, day = ("extend", case, agency, *kinds), until.isoformat() if until else "DATE"
    return f'{_typed(*words)} --until {day} --agreed-by "..." --reason "..."'


def reject_command(entry: int) -> str:
    """No to what it asks, with words for whoever asked."""
    return f'{_typed("reject", str(entry))} --reason "..." --tell "..."'


def show_command(entry: int) -> str:
    return _typed("show", str(entry))


def show_group_command(name: str) -> str:
    """All that a digest told in one line."""
    return _typed("show", "--group", name)


def put_away_command(entry: int) -> str:
    """Nothing comes of a message."""
    return f'{_typed("reject", str(entry))} --reason "..."'


def reject_group_command(name: str) -> str:
    """Nothing comes of all that a digest told in one line."""
    return f'{_typed("reject", "--group", name)} --reason "..."'


def accept_group_command(name: str) -> str:
    """All that a digest told in one line is good."""
    return f'{_typed("accept", "--group", name)} --reason "..."'


def assign_group_command(name: str) -> str:
    """All that a digest told in one line is of one agency in one case."""
    return f'{_typed("assign", "--group", name)} --case REF --agency CODE --reason "..."'


def group_kind_command(name: str, kind: str = "KIND") -> str:
    """All that a digest told in one line is of one kind, or no return."""
    return f'{_typed("assign", "--group", name, "--kind", kind)} --reason "..."'


def entry_kind_command(entry: int) -> str:
    """It is of one kind, or no return."""
    return f'{_typed("assign", str(entry))} --kind KIND --reason "..."'


def letters_command(what: str, name: str) -> str:
    """Something is done with all the letters that a digest told in one line."""
    return _typed("letters", what, "--group", name)


def drop_letter_command(key: str) -> str:
    """A letter that the guard stops is not written."""
    return _typed("letters", "drop", key)


def _typed(*words: str) -> str:
    return " ".join(["scr-intake", *map(_quoted, words)])


def _quoted(word: str) -> str:
    """As a shell takes it for one word. A backtick, which ends a command in our own sentences, is
    spelled as its number; one stands in quotes, since `quote` puts it there."""
    return quote(word).replace("`", "'$'\\140''")


@dataclass(frozen=True, slots=True)
class TimeWay:
    """More time that would give what is asked for. `kinds` are the returns, () where it does not
    say plainly for which, and then `perhaps` those that it may be for; `until` is None where no day
    was read."""

    kinds: tuple[str, ...]
    until: date | None
    perhaps: tuple[str, ...] = ()


def extension_commands(
    entry: Entry,
    case: CaseRow,
    agency: AgencyRow,
    kinds: Kinds,
    calendar: Calendar,
    agreed: Collection[str] = (),
    *,
    any_message: bool = False,
) -> tuple[str, ...]:
    """The commands, one for each way, in their order."""
    ways = time_ways(entry, agency, kinds, calendar, agreed, any_message=any_message)
    return tuple(
        extend_command(case.reference, agency.code, way.kinds or ("KIND",), way.until)
        for way in ways
    )


def time_ways(
    entry: Entry,
    agency: AgencyRow,
    kinds: Kinds,
    calendar: Calendar,
    agreed: Collection[str] = (),
    *,
    any_message: bool = False,
) -> tuple[TimeWay, ...]:
    """What it asks for, each until a working day, the earliest first, and then in the order of the
    checklist; nothing for what asks for no more time. `agreed` are the kinds that were agreed about
    since. With `any_message` one that only names returns has them too."""
    if not (
        is_time_request(entry) or (any_message and is_bare_message(entry) and entry.told.names)
    ):
        return ()
    ask, open = (
        read_time_request(entry.told.clues.asks, kinds),
        returns_still_open(entry, agency, kinds, agreed),
    )
    if ask.several and len(open) > 1:
        return _ways_for_any([(row, day) for day in ask.several for row in open], calendar)
    if open and not plain_for_which(entry, agency, kinds, agreed):
        each = [(row, ask.days_for_kind(row.kind, row.due, calendar, row.own_due)) for row in open]
        return _ways_for_any([(row, day) for row, days in each for day in days], calendar)
    by_days = defaultdict[tuple[date, ...], list[str]](list)
    for row in open:
        asked = ask.days_for_kind(row.kind, row.due, calendar, row.own_due)
        by_days[tuple(dict.fromkeys(calendar.add_working_days(d, 0) for d in asked))].append(
            row.kind
        )
    ways = ((day, of_days) for days, of_days in by_days.items() for day in days or (None,))
    found_ways = sorted(ways, key=lambda way: way[0] or date.max)
    return tuple(TimeWay(tuple(of_days), day) for day, of_days in found_ways)


def _ways_for_any(
    found: Sequence[tuple[ReturnRow, date]], calendar: Calendar
) -> tuple[TimeWay, ...]:
    """One for each day, the earliest first, with the returns that it may be for."""
    by_day = defaultdict[date, list[str]](list)
    for row, day in found:
        by_day[calendar.add_working_days(day, 0)] += [row.kind] if row.due < day else []
    ways = tuple(TimeWay((), day, tuple(by_day[day])) for day in sorted(by_day))
    return ways or (TimeWay((), None),)


def is_time_request(entry: Entry) -> bool:
    """A request; or a message that answers a reminder and asks something, kept as one is."""
    return entry.kind == EXTENSION_REQUEST or (
        is_bare_message(entry) and bool(entry.told.clues.asks)
    )


def is_bare_message(entry: Entry) -> bool:
    """Whether it is a message without a document, and no return of itself."""
    return entry.reason == MESSAGE_REASON and entry.kind is None and entry.agency_id is not None


def is_question_of_several(entry: Entry) -> bool:
    """Whether it is a message without a document, of somebody with several reviews, that does not
    say for which it is."""
    unplaced = entry.agency_id is None and bool(entry.told.places)
    return unplaced and entry.reason == MESSAGE_REASON and entry.kind is None


def non_working_day_notes(
    entry: Entry, agency: AgencyRow, kinds: Kinds, calendar: Calendar, agreed: Collection[str] = ()
) -> tuple[str, ...]:
    """ "Monday 31 May 2010 is no working day; the next is Tuesday 1 June 2010.", which the command
    has; and what KIND may be in a command that asks which return it is."""
    ask = read_time_request(entry.told.clues.asks, kinds)
    open = returns_still_open(entry, agency, kinds, agreed)
    which = "" if plain_for_which(entry, agency, kinds, agreed) else _WHICH
    days = {
        day for row in open for day in ask.days_for_kind(row.kind, row.due, calendar, row.own_due)
    }
    off = (
        f"{date_in_words(day)} is no working day;"
        f" the next is {date_in_words(calendar.add_working_days(day, 0))}."
        for day in sorted(days.union(ask.several))
        if not calendar.is_working_day(day)
    )
    return (*off, *([which.format(" or ".join(row.kind for row in open))] if which else ()))


def asked_until(
    entry: Entry, agency: AgencyRow, kinds: Kinds, calendar: Calendar, agreed: Collection[str] = ()
) -> str:
    """ " until Friday 14 May", as a request has it, or " until Friday 14 May for the IMR and until
    Friday 21 May for the QA form"; "" where no day was read of one of them."""
    if entry.kind != EXTENSION_REQUEST:
        return ""
    if not plain_for_which(entry, agency, kinds, agreed):
        return ""
    by_day = defaultdict[str, list[str]](list)
    for row in returns_still_open(entry, agency, kinds, agreed):
        until = until_in_words(entry.told.clues.asks, row, kinds, calendar)
        by_day[until].append(kinds[row.kind].noun)
    if len(by_day) < 2 or "" in by_day:
        return next(iter(by_day), "") if len(by_day) == 1 else ""
    return join_with_and(
        [f"{until} for the {join_with_and(nouns)}" for until, nouns in by_day.items()]
    )


def until_in_words(
    asks: Sequence[tuple[str, str]], row: ReturnRow, kinds: Kinds, calendar: Calendar
) -> str:
    """ " until Friday 14 May" or, of a day that may be meant in two ways, " until Friday 14 May or
    Friday 21 May"."""
    days = read_time_request(asks, kinds).days_for_kind(row.kind, row.due, calendar, row.own_due)
    return f" until {' or '.join(map(date_without_year, days))}" if days else ""


def returns_still_open(
    entry: Entry, agency: AgencyRow, kinds: Kinds, agreed: Collection[str]
) -> list[ReturnRow]:
    """The returns that it asks about, that nothing was agreed about since, and that have not
    come: there is no more time to give for what a person is looking at."""
    about = _matter(entry, agency, kinds).kinds
    open = [row for row in agency.returns if row.state in CHASED_STATES and row.kind not in agreed]
    return [row for row in open if row.kind in about]


def plain_for_which(
    entry: Entry, agency: AgencyRow, kinds: Kinds, agreed: Collection[str] = ()
) -> bool:
    """Whether it says for which returns it asks, or there is only one left that it could be."""
    if _matter(entry, agency, kinds).sure:
        return True
    chased = (row for row in agency.returns if kinds[row.kind].chased)
    return sum(row.state in CHASED_STATES and row.kind not in agreed for row in chased) < 2


def _matter(entry: Entry, agency: AgencyRow, kinds: Kinds) -> Matter:
    theirs = [row.kind for row in agency.returns if kinds[row.kind].chased]
    return matter_of(entry.told.clues.asks, entry.told.names, theirs, kinds)


_WHICH = "It does not say plainly for which return. Put that in the place of KIND ({})."


def partly_agreed_notes(agreed: Collection[str], kinds: Kinds) -> tuple[str, ...]:
    """ "Of what it asks, the chronology was decided since; the rest waits." """
    nouns = [kind.noun for kind in kinds.all if kind.id in agreed]
    if not nouns:
        return ()
    was = "was" if len(nouns) == 1 else "were"
    return (f"What it asks about the {join_with_and(nouns)} {was} decided since; the rest waits.",)
