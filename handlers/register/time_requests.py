"""Requests for more time: for which returns, until which day, and what has been agreed since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from config.calendar import Calendar
from config.kind import Kind, Kinds
from config.kind_shape import FormShape
from handlers.register.dependent_returns import report_kind
from handlers.register.returns import EXTENSION_REQUEST, SETTLED_STATES
from handlers.register.set_apart_reasons import PossibleReason, SetApartReason
from handlers.values.day_words import read_iso_day
from handlers.values.relative_days import end_of_span, is_span, resolve_relative_day
from handlers.values.time_requests import (
    RequestedTerm,
    decode_days,
    decode_days_by_return,
    find_named_kinds,
    kinds_it_could_be,
    lists_unknown_return,
    names_all_returns,
    names_remaining,
)
from intake.database import RegisterDatabase, Row

_RETURN, _NEW_DATE = "return", "new_date"  # the blanks of the kind


@dataclass(frozen=True, slots=True)
class TimeRequest:
    """The kinds of return that a request names, and the day; None where it was not read. `whole`
    says that it asks for all that is owed. `each` are the days or spans of single kinds, one of its
    own for `rest`, all that is not named; `several` are days of which it is not plain which is for
    which. `counted` are words that count from the day a return is due; `called` is what it calls
    the return where that is no name we know."""

    kinds: tuple[str, ...] = ()
    until: date | None = None
    whole: bool = False
    each: tuple[tuple[str, RequestedTerm], ...] = ()
    rest: RequestedTerm = None
    several: tuple[date, ...] = ()
    counted: str = ""
    called: str = ""

    def days_for_kind(
        self, kind: str, due: date, calendar: Calendar, counts_from: date | None = None
    ) -> tuple[date, ...]:
        """Until when it asks for one kind of return, which is due on a day: of several readings
        those later than that, the earliest first. A span counts from that day, or from another."""
        counted = self.counted
        days: tuple[date | None, ...] = self.several or (self.until,)
        if self.each or self.rest:
            term = dict(self.each).get(kind, self.rest)
            counted, days = (term, ()) if isinstance(term, str) else ("", (term,))
        read = resolve_relative_day(counted, counts_from or due, calendar) or days
        return tuple(day for day in read if day is not None and day > due)

    def counted_term(self, kind: str) -> str:
        """The words by which it counts from the day that a kind of return is due, "" for none."""
        term = dict(self.each).get(kind, self.rest) if self.each or self.rest else self.counted
        return term if isinstance(term, str) and is_span(term) else ""

    def plain_day(self, kind: str) -> date | None:
        """The one day until which it asks for a kind of return, where it names it as a date."""
        term = dict(self.each).get(kind, self.rest) if self.each or self.rest else self.until
        return None if isinstance(term, str) else term


def read_time_request(asks: Iterable[tuple[str, str]], kinds: Kinds) -> TimeRequest:
    """What a request asks for, by what is kept of its blanks."""
    asks, request = tuple(asks), kinds.get(EXTENSION_REQUEST)
    named, until = _in(asks, _RETURN, request), _in(asks, _NEW_DATE, request)
    pairs = decode_days_by_return(until)
    each = tuple((kind, day) for words, day in pairs for kind in find_named_kinds(words, kinds))
    # Half of what is asked for is not taken for the whole: it could be about any return.
    by_name = () if lists_unknown_return(named) else find_named_kinds(named, kinds)
    every = tuple(dict.fromkeys((*by_name, *(kind for kind, _ in each))))
    return TimeRequest(
        every,
        read_iso_day(until),
        names_all_returns(named)
        or names_remaining(named)
        or any(names_remaining(words) for words, _ in _whole(pairs)),
        each,
        next((day for words, day in _whole(pairs) if names_remaining(words)), None),
        decode_days(until),
        until,
        "" if every else named.strip(),
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """The kinds of return, of those an agency owes, that a request is about; `sure` says that it is
    about each of them, and not about one or some that a person has to tell."""

    kinds: frozenset[str]
    sure: bool


def matter_of(
    asks: Sequence[tuple[str, str]], names: Sequence[str], owed: Iterable[str], kinds: Kinds
) -> Matter:
    """What a request is about. What it calls by no name we know is what its words could mean, and
    of those what the rest of its message names; else it could be any that is owed."""
    ask, theirs = read_time_request(asks, kinds), frozenset(owed)
    named = frozenset(ask.kinds or (() if ask.called else names)) & theirs
    if ask.whole or named:
        return Matter(theirs if ask.whole else named, sure=True)
    if not ask.called:
        return Matter(theirs, sure=len(theirs) == 1)
    could = frozenset(kinds_it_could_be(ask.called, kinds)) & theirs
    if len(both := could & frozenset(names)) == 1 and not lists_unknown_return(ask.called):
        return Matter(both, sure=True)
    return Matter(could or theirs, sure=len(theirs) == 1)


def settled_matter(
    asks: Sequence[tuple[str, str]], names: Sequence[str], states: Mapping[str, str], kinds: Kinds
) -> frozenset[str]:
    """The kinds of return that a request is about, or could be, where every one of them is settled
    by now: there is nothing to decide. None where one is not. `states` are those of the returns
    that its agency owes, by kind."""
    theirs = [kind.id for kind in kinds.all if kind.chased and kind.id in states]
    about = matter_of(asks, names, theirs, kinds).kinds
    return about if all(states[kind] in SETTLED_STATES for kind in about) else frozenset()


def _whole(pairs: Iterable[tuple[str, RequestedTerm]]) -> list[tuple[str, RequestedTerm]]:
    """The words of pairs as they were read: "rest" was "the rest"."""
    return [(f"the {words}, the {words.rpartition(', ')[2]}", day) for words, day in pairs]


def label_request_fields(asks: dict[str, str], kinds: Kinds) -> tuple[tuple[str, str], ...]:
    """What a message asks, by the keys of the request's blanks, kept as a request's is."""
    request = kinds.get(EXTENSION_REQUEST)
    fields = getattr(request.shape, "fields", ()) if request else ()
    return tuple((f.label, asks[f.key]) for f in fields if asks.get(f.key))


def _in(asks: Iterable[tuple[str, str]], key: str, request: Kind | None) -> str:
    """What it says in one of its blanks, "" where it says nothing there."""
    if request is None or not isinstance(request.shape, FormShape):
        return ""
    labels = {field.label for field in request.shape.fields if field.key == key}
    return " ".join(words for label, words in asks if label in labels)


MESSAGE_REASON = SetApartReason.NOTHING_ATTACHED
WITHDRAWN_REASON = SetApartReason.REQUEST_WITHDRAWN
# The kinds of return that more time was given for since, or that the board does without.
_AGREED = (
    "SELECT r.kind, max(d.until) AS until FROM standing d JOIN returns r ON r.id = d.return_id"
    " WHERE d.agency_id = ? AND d.what IN ('extend', 'waive') AND d.decided > ? GROUP BY r.kind"
)


# What its agency took back since.
_WITHDRAWN = (
    f"SELECT sealed FROM entries WHERE agency_id = ? AND reason = '{WITHDRAWN_REASON}' AND id > ?"  # noqa: S608  our own words
)


@dataclass(frozen=True, slots=True)
class AskingEntry:
    """What there is to know of an entry that asks: whose, since when, and what it names. `asks` are
    the blanks of a request. `held` says that it waits for more than an answer."""

    agency_id: int | None
    kind: str | None
    reason: PossibleReason
    judged: datetime
    names: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]
    entry_id: int
    held: bool = False


class AnsweredRequests:
    """Reads it. `names_in` opens what is sealed of an entry, and gives the kinds it names."""

    def __init__(
        self, database: RegisterDatabase, kinds: Kinds, names_in: Callable[[Row], tuple[str, ...]]
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._names_in = names_in

    def kinds_agreed(self, asking: AskingEntry) -> frozenset[str]:
        """The kinds that it asks about and that were agreed about since, or taken back."""
        asks = asking.names or asking.asks
        of_message = asking.reason == MESSAGE_REASON and asking.kind is None and asks
        if asking.agency_id is None or not (asking.kind == EXTENSION_REQUEST or of_message):
            return frozenset()
        rows = self._database.fetch_rows(_AGREED, asking.agency_id, asking.judged.isoformat())
        given = {row["kind"]: row["until"] for row in rows}
        since = frozenset(given) | self._with_report(asking, given) | self._withdrawn(asking)
        return since & self._about(asking) if since else since

    def _with_report(self, asking: AskingEntry, given: Mapping[str, str | None]) -> frozenset[str]:
        """The forms that are due with a report that it asks about too, where that was given at
        least as long as was asked for the form, or as many working days more. Whoever asks about a
        form alone was told nothing of a day that its report was given."""
        if not given:
            return frozenset()
        ask, own = read_time_request(asking.asks, self._kinds), self._own_dues(asking.agency_id)
        found = set[str]()
        for kind, due in own.items():
            report = report_kind(kind, self._kinds)
            if not (ask.whole or report in ask.kinds):
                continue
            until, span = given.get(report) or "", ask.counted_term(kind)
            day = ask.plain_day(kind) or end_of_span(span, date.fromisoformat(due))
            alike = span != "" and span == ask.counted_term(report)
            if (day.isoformat() if day else due) <= until and (day or alike):
                found.add(kind)
        return frozenset(found)

    def _own_dues(self, agency_id: int | None) -> dict[str, str]:
        """When each return is due by its own day, whatever its report was given."""
        sql = "SELECT kind, due FROM returns WHERE agency_id = ?"
        return {row["kind"]: row["due"] for row in self._database.fetch_rows(sql, agency_id)}

    def _withdrawn(self, asking: AskingEntry) -> frozenset[str]:
        """The kinds that its agency has said since it wants no more time for; all, where it named
        none."""
        rows = self._database.fetch_rows(_WITHDRAWN, asking.agency_id, asking.entry_id)
        owed = tuple(self._states(asking.agency_id)) if rows else ()
        return frozenset(kind for row in rows for kind in self._names_in(row) or owed)

    def kind_of_return(self, return_id: int | None) -> str | None:
        """What kind of return it is that was agreed about."""
        row = self._database.fetch_row("SELECT kind FROM returns WHERE id = ?", return_id)
        return row["kind"] if row else None

    def is_wholly_answered(self, asking: AskingEntry) -> bool:
        """Whether nothing that it asks about is left: all was decided about since, or is settled
        anyhow."""
        if asking.kind == EXTENSION_REQUEST and not asking.held:
            states = self._states(asking.agency_id)
            if settled_matter(asking.asks, asking.names, states, self._kinds):
                return True
        agreed = self.kinds_agreed(asking)
        if not agreed or not (self._named(asking) or self._whole(asking)):
            return bool(agreed)
        return agreed >= self._about(asking) - self._settled(asking.agency_id)

    def leaves_open(
        self,
        names: Sequence[str],
        asks: Sequence[tuple[str, str]],
        agreed: Collection[str],
        kinds: Collection[str],
    ) -> bool:
        """Whether a request may still be about one of these kinds of return, of which some were
        agreed about."""
        named = read_time_request(asks, self._kinds).kinds or tuple(names)
        return not set(kinds).isdisjoint(named or kinds) and not set(kinds) <= set(agreed)

    def _about(self, asking: AskingEntry) -> frozenset[str]:
        named = frozenset[str]() if self._whole(asking) else self._named(asking)
        return named or frozenset(self._states(asking.agency_id))

    def _whole(self, asking: AskingEntry) -> bool:
        """Whether it asks about all that is owed, or about the rest of it."""
        return bool(asking.asks) and read_time_request(asking.asks, self._kinds).whole

    def _named(self, asking: AskingEntry) -> frozenset[str]:
        """Of the returns that its agency owes those that it names; for a message all it names."""
        named = frozenset(kinds_asked_for(asking, self._kinds))
        return named.intersection(self._states(asking.agency_id)) if asking.kind else named

    def _settled(self, agency_id: int | None) -> frozenset[str]:
        states = self._states(agency_id)
        return frozenset(kind for kind, state in states.items() if state in SETTLED_STATES)

    def _states(self, agency_id: int | None) -> dict[str, str]:
        rows = self._database.fetch_rows(
            "SELECT kind, state FROM returns WHERE agency_id = ?", agency_id
        )
        return {row["kind"]: row["state"] for row in rows}


def kinds_asked_for(asking: AskingEntry, kinds: Kinds) -> tuple[str, ...]:
    """The kinds of return that it asks about by name."""
    if asking.asks:
        return read_time_request(asking.asks, kinds).kinds or asking.names
    return asking.names


def kinds_not_agreed(named: Iterable[str], agreed: Iterable[str]) -> tuple[str, ...]:
    """Of the kinds that are named, those not agreed about."""
    done = frozenset(agreed)
    return tuple(kind for kind in named if kind not in done)
