"""What only a person can settle, worst first, each with the one command that settles it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType

from config.calendar import Calendar, moment_in_words
from config.english import join_with_and
from config.kind import Kinds
from config.settings import FIRST_DROP_FOLDER
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase, Row
from intake.drop.shared_folder import drop_folder_in_words
from intake.source import DeliveryForm
from intake.source_backlog import RecordedStray, StrayRecords
from outbox.chasing.undecided import UndecidedEntry
from outbox.digest.first_words import EntryTelling
from outbox.digest.open_questions import OpenQuestions
from outbox.digest.unproven_reports import UnprovenReports
from outbox.writing import commands_to_paste
from outbox.writing.asks import AskLine, AskTopic, letter_offers
from outbox.writing.digest_facts import Need
from outbox.writing.groups import MAX_TOLD_SINGLY, group_alike, make_group

_SAYS = {
    "no file": "is a link, or not an ordinary file, and was not opened. Ask the agency for a copy",
    "no message": "is a link, a folder or not an ordinary file, and no message; it was not opened."
    " Ask the operator to take it away",
    "misplaced": "was not looked at: returns belong in an agency's folder, or in one"
    " not far below it. Move it there",
    "unsettled": "is still being written, or is open in Word. Ask the agency to close it",
    "unreadable": "cannot be read. Ask the operator to look at its permissions",
    "too large": "is larger than anything the toolkit asks for, and was not taken. Ask the agency",
}


def not_taken_sentence(strays: Sequence[RecordedStray], folder: str, now: datetime) -> str:
    """ "Drop folder GP: something of 34 KB, last changed at ..., cannot be read. Ask ...". Of many
    that are there for one reason: "Drop folder GP, 12 times: something of 4 MB in all ..."."""
    times = f", {len(strays):,} times" if len(strays) > 1 else ""
    in_all = " in all" if times else ""
    total = sum(stray.size for stray in strays)
    unknown = not total and strays[0].kind == "unreadable"
    what = "something" if unknown else f"something of {_size(total)}{in_all}"
    changed = max(stray.changed for stray in strays)
    when = moment_in_words(changed.astimezone(now.tzinfo)) if changed.year > 1970 else ""
    last = f", last changed at {when}," if when else ""
    return f"{folder}{times}: {what}{last} {_SAYS[strays[0].kind]}."


def stray_location(
    stray: RecordedStray, codes: Collection[str], references: Collection[str]
) -> str:
    """Where something lies that cannot be taken in."""
    way = stray.way
    if stray.form is DeliveryForm.MESSAGE:
        return f"The mailbox {stray.source}"
    share = drop_folder_in_words(stray.source)
    if not way:
        return f"The {share} itself"
    if way[0] not in codes:
        return f"A folder in the {share} that is no agency's"
    folder = f"{share.capitalize()}{'' if stray.source == FIRST_DROP_FOLDER else ','} {way[0]}"
    if len(way) == 1:
        return folder
    below = way[1] if way[1] in references else "a folder below it that is no case's"
    return f"{folder}, {below}"


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{size // 1024:,} KB"
    return f"{size / (1024 * 1024):,.1f} MB"


_DRAFTS = (
    "SELECT l.id, l.kind, c.reference, a.name, a.code FROM letters l"
    " JOIN cases c ON c.id = l.case_id JOIN agencies a ON a.id = l.agency_id"
    " WHERE l.state = 'draft' ORDER BY l.id"
)


_CAME = {
    DeliveryForm.FILE: "put into the drop folder",
    DeliveryForm.MESSAGE: "sent by mail",
}
_LATE = "so late that the chair's office should hear of it"
_WHY = {
    "undecided": "what they sent has waited so long for the board that the chair's office"
    " should hear of it"
}


def drafted_letter_needs(database: RegisterDatabase) -> Iterator[Need]:
    """One line a draft, or for many, oldest first."""
    for same in group_alike(
        database.fetch_rows(_DRAFTS),
        lambda row: (row["reference"], row["kind"]),
        lambda row: row["kind"],
    ):
        yield _one(same[0]) if len(same) == 1 else _many(same)


def _line(rows: Sequence[Row]) -> AskLine:
    late = rows[0]["kind"] not in _WHY
    names = join_with_and(list(dict.fromkeys(row["name"] for row in rows)))
    letters = f"{len(rows):,} letters" if len(rows) > 1 else "a letter"
    wait = "are" if len(rows) > 1 else "is"
    why = "it is so late" if late else "what they sent has waited so long"
    return AskLine(names, f"{letters} to the chair's office {wait} drafted, since {why}")


def _one(row: Row) -> Need:
    return Need(
        f"{row['reference']}, {row['name']}: {_WHY.get(row['kind'], _LATE)}."
        f" The letter is drafted. To read it: `scr-intake letters show {row['id']}` To send it:",
        f"scr-intake letters release {row['id']}",
        more=(f"To leave it unsent: `scr-intake letters cancel {row['id']}`",),
        topic=AskTopic("letters", (row["id"],), row["reference"], row["code"]),
        offers=letter_offers("draft"),
        line=_line([row]),
    )


def _many(rows: Sequence[Row]) -> Need:
    same = make_group("letters", [row["id"] for row in rows])
    return Need(
        f"{_whose(rows)}, {len(rows):,} times: {_WHY.get(rows[0]['kind'], _LATE)}. The letters are"
        f" drafted. To list them: `{commands_to_paste.letters_command('show', same.name)}`"
        " To send them all:",
        commands_to_paste.letters_command("release", same.name),
        group=same,
        topic=AskTopic("letters", same.items, _only(row["reference"] for row in rows)),
        offers=letter_offers("draft"),
        line=_line(rows),
        more=(f"To leave them unsent: `{commands_to_paste.letters_command('cancel', same.name)}`",),
    )


def _only(cases: Iterable[str]) -> str:
    """The one case of them all, "" where there are several."""
    found = set(cases)
    return found.pop() if len(found) == 1 else ""


def _whose(rows: Sequence[Row]) -> str:
    """ "N12, Shire Police and Vale Housing; N13, Shire Police"."""
    of_case = defaultdict[str, list[str]](list)
    for row in sorted(rows, key=lambda row: (row["reference"], row["name"])):
        if row["name"] not in of_case[row["reference"]]:
            of_case[row["reference"]].append(row["name"])
    return "; ".join(f"{case}, {join_with_and(names)}" for case, names in of_case.items())


# The latest of its kind that came, unless a person has decided about it.
_TO_MEND_FROM_MACHINES = (
    "SELECT e.id, e.kind, e.agency_id FROM entries e JOIN origins o"
    " ON o.delivery_id = e.delivery_id AND o.agency_id = e.agency_id"
    " WHERE o.automatic <> '' AND e.verdict = 'reject' AND e.decision_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM standing d WHERE d.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM entries later WHERE later.agency_id = e.agency_id"
    "   AND later.id > e.id AND later.kind IS e.kind) ORDER BY e.id"
)


class NeedsReader:
    """Reads what only a person can settle."""

    def __init__(
        self,
        database: RegisterDatabase,
        register: Register,
        strays: StrayRecords,
        kinds: Kinds,
        may_say: Callable[[str], bool],
        calendar: Calendar,
        came: Callable[[Sequence[Entry], tzinfo | None], str],
        telling: Callable[[Entry], EntryTelling],
    ) -> None:
        self._database = database
        self._register = register
        self._strays = strays
        self._kinds = kinds
        self._asks = OpenQuestions(
            *(register, kinds, may_say, self._arrived, calendar),
            came=came,
            telling=telling,
            reports=UnprovenReports(database, register.people),
        )

    def urgent_needs(
        self, cases: Sequence[CaseRow], asked: Mapping[int, UndecidedEntry], now: datetime
    ) -> Iterator[Need]:
        """What is urgent, and what has waited too long: told before all else."""
        return self._asks.urgent_needs(cases, asked, now)

    def needs_of_entries(
        self, entries: Sequence[Entry], cases: Sequence[CaseRow], now: datetime
    ) -> tuple[Need, ...]:
        """One for each of them."""
        return tuple(self._asks.needs_of_entries(entries, cases, now))

    def list_needs(
        self,
        cases: Sequence[CaseRow],
        last: datetime | None,
        now: datetime,
        asked: Mapping[int, UndecidedEntry] = MappingProxyType({}),
        silencing: Mapping[int, UndecidedEntry] = MappingProxyType({}),
    ) -> Iterator[Need]:
        """What needs the administrator, strangers' messages last, since they can be very many.

        `last` is when the last digest was written: what lies in a source and cannot be taken is
        told once. Entries in `asked`, by number, are told elsewhere before this list; entries in
        `silencing` are told beside the returns that are not chased because of them."""
        of_agencies, of_strangers = self._asks.waiting_needs(cases, asked, silencing, now)
        yield from of_agencies
        yield from self._untold(cases)
        yield from self._nobody(cases)
        yield from self._not_taken(cases, last, now)
        yield from drafted_letter_needs(self._database)
        yield from of_strangers

    def _arrived(self, delivery_id: int, zone: tzinfo | None) -> str:
        """ "put into the drop folder at 9:15am on Monday 3 May 2010"."""
        sql = "SELECT form, received FROM deliveries WHERE id = ?"
        for row in self._database.fetch_rows(sql, delivery_id):
            way = _CAME[DeliveryForm(row["form"])]
            at = datetime.fromisoformat(row["received"]).astimezone(zone)
            return f"{way}, here since {moment_in_words(at)}"
        return ""

    def _untold(self, cases: Sequence[CaseRow]) -> Iterator[Need]:
        """What needs changes and came from a machine, which is never answered (failure mode 66):
        whoever made it does not know."""
        names = {agency.id: f"{c.reference}, {agency.name}" for c in cases for agency in c.agencies}
        rows = self._database.fetch_rows(_TO_MEND_FROM_MACHINES)
        of_cases = [row for row in rows if row["agency_id"] in names]
        for same in group_alike(of_cases, lambda row: (row["agency_id"], row["kind"])):
            kind = self._kinds.get(same[0]["kind"])
            what = kind.noun if kind else "a document not recognised"
            ends = "needs changes; its sender is a machine, so nobody was told."
            whose, ids = names[same[0]["agency_id"]], [row["id"] for row in same]
            if len(same) == 1:
                yield Need(f"{whose}: {what} {ends}", commands_to_paste.show_command(ids[0]))
            else:
                many = make_group("entries", ids)
                says = f"{whose}, {len(ids):,} times: {what} {ends}"
                yield Need(says, commands_to_paste.show_group_command(many.name), group=many)

    def _nobody(self, cases: Sequence[CaseRow]) -> Iterator[Need]:
        for case in cases:
            alone = [
                agency
                for agency in (case.agencies if case.state == "open" else ())
                if not self._register.people.contacts_of_agency(agency.id)
            ]
            if len(alone) > MAX_TOLD_SINGLY:
                yield Need(
                    f"{case.reference}: nobody is registered to write to at"
                    f" {join_with_and([agency.name for agency in alone])}. Put people into its"
                    " case file, and load it:",
                    "scr-intake case load FILE",
                )
                continue
            for agency in alone:
                says = f"{case.reference}, {agency.name}: nobody is registered to write to."
                yield Need(
                    says, commands_to_paste.register_command(case.reference, agency.code, "author")
                )

    def _not_taken(
        self, cases: Sequence[CaseRow], last: datetime | None, now: datetime
    ) -> Iterator[Need]:
        codes = {agency.code for case in cases for agency in case.agencies}
        references = frozenset(case.reference for case in cases)
        places = [
            (stray, stray_location(stray, codes, references))
            for stray in self._strays.strays_since(last)
        ]
        for same in group_alike(places, lambda each: (each[0].kind, each[1])):
            yield Need(not_taken_sentence([stray for stray, _ in same], same[0][1], now))
