"""Why a return is not chased though it is due, in the order in which the reasons count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal, NamedTuple

from config.calendar import Calendar, utc_text
from config.english import count_noun, join_with_and
from config.kind import Kinds
from handlers.register.entries import WAITING_ELSEWHERE_REASONS, UnsettledEntry
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON
from intake.database import RegisterDatabase
from intake.source import DeliveryForm
from intake.source_backlog import StrayRecords
from intake.source_health import OutageRecords
from intake.spool import Spool
from outbox.due.waiting_matters import asks_for_time, is_plain, kinds_concerned, without_old_notices
from outbox.writing import commands_to_paste
from outbox.writing.checklist import LOOKED_AT, MORE_TIME
from outbox.writing.digest_facts import Need
from outbox.writing.groups import group_alike, number_range_phrase
from outbox.writing.letter import LETTER_NAMES
from outbox.writing.letter_reasons import LetterReason


@dataclass(frozen=True, slots=True)
class WaitingMatters:
    """What waits for us before an agency can be asked for a return: entries by their numbers.

    `unseen` says that a mailbox or the drop folder cannot be looked at, `unjudged` that something
    came and is not judged yet, `set_aside` that a file of the agency's could not be, `unread` that
    one lies in their folder and cannot be read. `perhaps` are those of the requests that do not
    say for which return they are, `notices` those of sealed-mail services.
    """

    unseen: bool = False
    unjudged: bool = False
    set_aside: bool = False
    unread: bool = False
    requests: tuple[int, ...] = ()
    perhaps: frozenset[int] = frozenset()
    sealed: tuple[int, ...] = ()
    referred: tuple[int, ...] = ()
    notices: tuple[int, ...] = ()

    @property
    def agency_wording(self) -> str:
        """What an agency is told of a return instead of that it is late, "" for nothing. Of a
        notice, which is held, it is told nothing."""
        if self.perhaps.issuperset(self.requests):
            return LOOKED_AT if self.requests or self.sealed or self.referred else ""
        return MORE_TIME


@dataclass(frozen=True, slots=True)
class SuppressedLetter:
    """A letter of the ladder that is due and not written: whose, about what, and why, with the
    command by which a person ends that, "" for none, and what `more` can be done."""

    reference: str
    agency: str
    about: str
    why: str
    command: str = ""
    more: tuple[str, ...] = ()


def _look(case: CaseRow, entries: Sequence[int]) -> str:
    return commands_to_paste.show_command(entries[0]) if entries else ""


class _Reason(NamedTuple):
    """A reason, when it holds, which entries wait, and the command that begins to end it."""

    holds: Callable[[CaseRow, WaitingMatters], bool]
    why: str
    entries: Callable[[WaitingMatters], tuple[int, ...]] = lambda waiting: ()
    remedy: Callable[[CaseRow, Sequence[int]], str] = _look


# In this order; the first that holds is told.
SUPPRESSION_REASONS: tuple[_Reason, ...] = (
    _Reason(
        lambda case, w: case.state == "on hold",
        "the case is on hold",
        remedy=lambda case, entries: commands_to_paste.reopen_case_command(case.reference),
    ),
    _Reason(
        lambda case, w: w.unseen,
        "a mailbox or the drop folder cannot be looked at, and something may have come",
    ),
    _Reason(lambda case, w: w.unjudged, "something came that is still to be judged"),
    _Reason(lambda case, w: w.set_aside, "a file of theirs could not be judged"),
    _Reason(lambda case, w: w.unread, "a file in their folder could not be read"),
    _Reason(
        lambda case, w: bool(w.requests),
        "they ask for more time, and you have not decided",
        lambda w: w.requests,
    ),
    _Reason(
        lambda case, w: bool(w.sealed), "a sealed message waits to be opened", lambda w: w.sealed
    ),
    _Reason(
        lambda case, w: bool(w.referred),
        "something they sent waits for you to look",
        lambda w: w.referred,
    ),
    _Reason(
        lambda case, w: bool(w.notices),
        "the notice of a sealed message names one of them, and you have not looked",
        lambda w: w.notices,
    ),
)


def suppression_reason(case: CaseRow, waiting: WaitingMatters) -> tuple[str, str] | None:
    """Why the return is not chased, and the command that begins to end it; None when it may be."""
    reason = next((reason for reason in SUPPRESSION_REASONS if reason.holds(case, waiting)), None)
    if reason is None:
        return None
    entries = reason.entries(waiting)
    more = f" ({count_noun(len(entries), 'document')})" if len(entries) > 1 else ""
    return reason.why + more, reason.remedy(case, entries)


MatterSort = Literal["requests", "perhaps", "sealed", "referred", "notices"]
MattersLookup = Callable[[int, str], WaitingMatters]  # by the agency's id and the kind of return


class MattersReader:
    """Reads what waits for a person and keeps a return from being chased."""

    def __init__(
        self,
        register: Register,
        spool: Spool,
        outages: OutageRecords,
        strays: StrayRecords,
        kinds: Kinds,
        calendar: Calendar,
    ) -> None:
        self._calendar = calendar
        self._kinds = kinds
        self._register = register
        self._spool = spool
        self._outages = outages
        self._strays = strays

    def read_matters(self, cases: Iterable[CaseRow], now: datetime) -> MattersLookup:
        """What waits of each agency's that one of its returns is the matter of, as things
        stand."""
        cases = list(cases)
        outages = self._outages.recent_outages(now)
        unseen = any(outage.is_source_away for outage in outages)
        unjudged = self._spool.oldest_waiting_time() is not None
        set_aside = self._set_aside()
        unread = self._unread(cases)
        entries = self._entries(cases, now)

        def of(agency_id: int, kind: str) -> WaitingMatters:
            of_theirs = entries[agency_id, kind]
            return WaitingMatters(
                unseen=unseen,
                unjudged=unjudged,
                set_aside=agency_id in set_aside,
                unread=agency_id in unread,
                requests=tuple(of_theirs["requests"]),
                perhaps=frozenset(of_theirs["perhaps"]),
                sealed=tuple(of_theirs["sealed"]),
                referred=tuple(of_theirs["referred"]),
                notices=tuple(of_theirs["notices"]),
            )

        return of

    def _set_aside(self) -> frozenset[int]:
        """Whose waits for a person since it could not be judged: it may be any of their returns."""
        waits = self._register.entries.unsettled_entries()
        return frozenset(entry.agency_id for entry in waits if entry.reason == NOT_JUDGED_REASON)

    def _unread(self, cases: Sequence[CaseRow]) -> frozenset[int]:
        """Whose folder has a file that was not taken and may be any of their returns; in a folder
        of one case, of those there."""
        found = set[int]()
        references = {case.reference for case in cases}
        for stray in self._strays.possible_returns():
            code, below = (*stray.way, "", "")[:2]
            for case in cases if stray.form is DeliveryForm.FILE else ():
                if below not in references or below == case.reference:
                    found.update(agency.id for agency in case.agencies if agency.code == code)
        return frozenset(found)

    def _entries(
        self, cases: Iterable[CaseRow], now: datetime
    ) -> defaultdict[tuple[int, str], defaultdict[MatterSort, list[int]]]:
        """The numbers of the entries that wait, by agency, by kind of return and by what waits."""
        found: defaultdict[tuple[int, str], defaultdict[MatterSort, list[int]]]
        found = defaultdict(lambda: defaultdict(list))
        owed = {a.id: {r.kind for r in a.returns} for case in cases for a in case.agencies}
        waits = self._register.entries.unsettled_entries()
        for entry in without_old_notices(waits, self._calendar, now):
            if entry.reason == NOT_JUDGED_REASON:
                continue
            theirs = owed.get(entry.agency_id, set())
            plain = is_plain(entry, theirs, self._kinds)
            for kind in kinds_concerned(entry, theirs, self._kinds):
                found[entry.agency_id, kind][_sort(entry)].append(entry.id)
                if not plain:
                    found[entry.agency_id, kind]["perhaps"].append(entry.id)
        return found


def _sort(entry: UnsettledEntry) -> MatterSort:
    if entry.reason == SEALED_NOTICE_REASON:
        return "notices"
    if entry.reason in WAITING_ELSEWHERE_REASONS:
        return "sealed"
    return "requests" if asks_for_time(entry) else "referred"


_CALLED_BACK = (
    "SELECT l.id, l.kind, l.answer, c.reference, a.name FROM letters l"  # noqa: S608  our own words
    " JOIN cases c ON c.id = l.case_id JOIN agencies a ON a.id = l.agency_id"
    " WHERE l.state = 'called back'"
    f" AND l.reason NOT IN ('{LetterReason.TOLD_TOGETHER}', '{LetterReason.TRIED}')"
    " AND l.called_back > ? ORDER BY l.id"
)


def suppressed_needs(silent: Sequence[SuppressedLetter]) -> Iterator[Need]:
    """ "N12, Shire Police: chronology. They ask for more time, and you have not decided."."""
    by_reason = sorted(silent, key=_same)
    for (case, about, why, command, more), same in groupby(by_reason, key=_same):
        agencies = join_with_and(sorted(each.agency for each in same))
        begins = why[:1].upper() + why[1:]
        yield Need(f"{case}, {agencies}: {about}. {begins}.", command, more=more)


def _same(silent: SuppressedLetter) -> tuple[str, str, str, str, tuple[str, ...]]:
    return silent.reference, silent.about, silent.why, silent.command, silent.more


def called_back_needs(database: RegisterDatabase, since: datetime | None) -> Iterator[Need]:
    """What was written since then and taken back before it left, a sentence each, or for many."""
    at = utc_text(since) if since else ""
    for same in group_alike(
        database.fetch_rows(_CALLED_BACK, at), lambda row: (row["kind"], row["answer"])
    ):
        row, name = same[0], LETTER_NAMES[same[0]["kind"]]
        if len(same) > 1:
            agencies = sorted({f"{each['reference']}, {each['name']}" for each in same})
            letters = number_range_phrase("letters", [each["id"] for each in same])
            yield Need(
                f"{'; '.join(agencies)}: {letters}, each {name}, were not sent after all:"
                f" {row['answer']}."
            )
            continue
        yield Need(
            f"{row['reference']}, {row['name']}: letter {row['id']}, {name}, was not sent after"
            f" all: {row['answer']}."
        )
