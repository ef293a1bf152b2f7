"""Which requests for changes stand: on which day they were written, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from config.calendar import Calendar, date_without_year
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.agencies import ContactDirectory
from handlers.register.matrix import ReturnRow
from intake.database import RegisterDatabase
from outbox.due.recipients import LetterReader
from outbox.writing.facts import DocumentFacts

ListOf = Callable[[int], DocumentFacts | None]  # what was to be mended in an entry

# Working days: so long after a request for changes nobody hears that the new version has not come.
MENDING_DAYS = 3

_STAYED = "NOT EXISTS (SELECT 1 FROM decisions w WHERE w.entry_id = e.id AND w.what = 'withdraw')"
# From the few returns sent back: what letters tell, and what a person has just decided and
# no letter tells yet.
_ASKED = (
    "SELECT r.id, e.id AS entry, l.contact_id, l.told_on, l.id AS at FROM returns r"  # noqa: S608
    " CROSS JOIN entries e ON e.return_id = r.id CROSS JOIN tells t ON t.entry_id = e.id"
    " JOIN letters l ON l.id = t.letter_id LEFT JOIN decisions d ON d.id = t.decision_id"
    " WHERE r.state = 'rejected' AND l.state <> 'called back' AND l.contact_id IS NOT NULL"
    # What was only tried nobody was told, once that is over.
    " AND (l.trial = 0 OR EXISTS (SELECT 1 FROM trials WHERE ended IS NULL))"
    " AND CASE WHEN d.what IN ('accept', 'reject') THEN d.what ELSE e.verdict END = 'reject'"
    f" AND {_STAYED}"
    " UNION SELECT r.id, e.id, NULL, date(d.decided), 0 FROM returns r"
    " CROSS JOIN entries e ON e.return_id = r.id CROSS JOIN standing d ON d.entry_id = e.id"
    f" WHERE r.state = 'rejected' AND d.what = 'reject' AND {_STAYED} ORDER BY 2, 5"
)


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What is to be mended in one return was written on `day` to these contacts, by their numbers
    and names."""

    entry_id: int
    day: date
    to: Mapping[int, str]

    def first_reminder_day(self, calendar: Calendar) -> date:
        """The first day on which the new version may be asked for."""
        return calendar.add_working_days(self.day, MENDING_DAYS)


def read_change_requests(
    database: RegisterDatabase, people: ContactDirectory
) -> dict[int, ChangeRequest]:
    """By the return, of each that has to be mended: about the version that came last."""
    found: dict[int, ChangeRequest] = {}
    for row in database.fetch_rows(_ASKED):
        contact, same = people.find_contact(row["contact_id"] or 0), found.get(row["id"])
        before = same.to if same is not None and same.entry_id == row["entry"] else {}
        to = {**before, contact.id: contact.name} if contact else before
        found[row["id"]] = ChangeRequest(row["entry"], date.fromisoformat(row["told_on"]), to)
    return found


def change_list_sentences(
    owed: Iterable[ReturnRow],
    asked: Mapping[int, ChangeRequest],
    reader: int | None,
    kinds: Kinds,
) -> Iterator[str]:
    """ "What needs to be mended in the IMR we wrote to Author One on Thursday 1 April.", for each
    that has to be."""
    for row in owed:
        one = asked.get(row.id)
        if row.state == "rejected" and one is not None:
            them = [name for id, name in one.to.items() if id != reader and name]
            names = join_with_and([*(["you"] if reader in one.to else []), *them])
            if names:
                noun, on = kinds[row.kind].noun, date_without_year(one.day)
                yield f"What needs to be mended in the {noun} we wrote to {names} on {on}."


def the_list_itself(
    owed: Iterable[ReturnRow],
    asked: Mapping[int, ChangeRequest],
    reader: LetterReader,
    readers: Iterable[LetterReader],
    list_of: ListOf,
) -> Iterator[DocumentFacts]:
    """What is to be mended, for whoever at the agency stands in for those who were told of it, or
    hears of it while none of them can be written to."""
    own, there = (
        reader.recipient.contact_id,
        {r.recipient.contact_id for r in readers if not r.kept},
    )
    for row in owed if own is not None else ():
        one = asked.get(row.id)
        if row.state == "rejected" and one is not None and own not in one.to:
            alone = bool(reader.instead_of) or there.isdisjoint(one.to)
            found = list_of(one.entry_id) if alone else None
            if found is not None:
                yield found
