"""What the digest tells for information: what mail said that asks nothing of anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from itertools import groupby

from config.calendar import date_without_year, day_and_month, utc_text
from config.kind import Kinds
from handlers.register.agencies import RegisteredContact
from handlers.register.held_strangers import HeldStrangers
from handlers.register.register import Register
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import Absence, Entry
from handlers.register.time_requests import WITHDRAWN_REASON
from intake.database import RegisterDatabase, Row
from outbox.due.recipients import deputy_phrase, until_phrase
from outbox.writing import commands_to_paste
from outbox.writing.commands_to_paste import show_command
from outbox.writing.digest_facts import Need
from outbox.writing.groups import group_alike, make_group, number_range_phrase

_BACK = (
    "SELECT m.source, m.place, d.id, d.place AS first FROM met_again m"
    " JOIN deliveries d ON d.id = m.delivery_id"
    " WHERE m.met > ? AND m.released = m.met AND d.outcome IS NOT 'not ours' ORDER BY m.met, d.id"
)

_DESTROYED = (
    "SELECT DISTINCT d.id, d.received AS came, x.at AS gone FROM destroyed x"
    " JOIN entries e ON e.content = x.content JOIN deliveries d ON d.id = e.delivery_id"
    " WHERE x.why = 'stranger' AND x.at > ? ORDER BY d.id"
)

_STANDS = (
    "ifnull((SELECT what FROM standing WHERE entry_id = {0}.id ORDER BY id DESC LIMIT 1),"
    " {0}.verdict) = 'accept'"
)
_BEFORE = (
    "SELECT max(d.received) FROM entries o JOIN deliveries d ON d.id = o.delivery_id"  # noqa: S608
    f" WHERE o.return_id = e.return_id AND o.id < e.id AND o.delivery_id <> e.delivery_id"
    f" AND {_STANDS.format('o')}"
)
_REPLACED = (
    f"SELECT e.id, e.kind, c.reference, a.name, ({_BEFORE}) AS before FROM entries e"  # noqa: S608
    " JOIN agencies a ON a.id = e.agency_id JOIN cases c ON c.id = a.case_id"
    " WHERE e.judged > ? AND e.verdict = 'accept' AND e.return_id IS NOT NULL"
    f" AND {_STANDS.format('e')} AND before IS NOT NULL ORDER BY e.id"
)


def leaving_stranger_notes(held: HeldStrangers, now: datetime) -> Iterator[str]:
    """What strangers sent, nobody decided about, and is destroyed within days: one line."""
    going = list(held.going_by(now + held.told_before))
    if going:
        ids = [each.entry.id for each in going]
        first = min(each.goes for each in going).astimezone(now.tzinfo)
        what = "A message that is held, from somebody who is not registered, is"
        which = f"it before (entry {ids[0]})"
        if len(ids) > 1:
            what = f"{len(ids):,} messages that are held, from people who are not registered, are"
            which = f"them before (entries from {min(ids)} to {max(ids)})"
        yield (
            f"{what} destroyed from {day_and_month(max(first, now))} on, unless you decide about"
            f" {which}. To list what is held: `scr-intake held`"
        )


def destroyed_stranger_notes(
    database: RegisterDatabase, at: str, zone: tzinfo | None
) -> Iterator[str]:
    """What of theirs was destroyed since the last digest, a sentence a day."""
    found = defaultdict[tuple[date, date], int](int)
    for row in database.fetch_rows(_DESTROYED, at):
        days = [datetime.fromisoformat(row[name]).astimezone(zone) for name in ("came", "gone")]
        found[days[0].date(), days[1].date()] += 1
    for (came, gone), number in found.items():
        what = "A message from somebody who is not registered"
        if number > 1:
            what = f"{number:,} messages from people who are not registered"
        were = "was" if number == 1 else "were"
        yield (
            f"{what}, which came on {day_and_month(came)} and nobody decided about, {were}"
            f" destroyed on {day_and_month(gone)}, as was told before."
            " To see which: `scr-intake audit log`"
        )


def put_back_notes(database: RegisterDatabase, at: str) -> Iterator[str]:
    """What was put back since the last digest, a sentence each."""
    found = defaultdict[str, list[int]](list)
    for row in database.fetch_rows(_BACK, at):
        # In a folder that was numbered anew everything has another place; nobody moved it.
        if _folder(row["place"]) == _folder(row["first"]):
            found[row["source"]].append(row["id"])
    for source, deliveries in found.items():
        yield _sentence(source, deliveries, _entries(database, deliveries))


def _sentence(source: str, deliveries: Sequence[int], entries: Sequence[int]) -> str:
    if len(deliveries) == 1:
        says = (
            f"A message that was dealt with lies in {source} again: somebody moved it back, or it"
            " was delivered a second time. It is not taken in twice, and stays there."
        )
        which, one = "of it", "it"
    else:
        says = (
            f"{len(deliveries):,} messages that were dealt with lie in {source} again: somebody"
            " moved them back, or they were delivered a second time. None is taken in twice, and"
            " they stay there."
        )
        which, one = "of the first", "one"
    look = f" To see what became {which}: `{show_command(entries[0])}`" if entries else ""
    return f"{says}{look} To have {one} judged anew, forward it to the mailbox as a new message."


def _entries(database: RegisterDatabase, deliveries: Sequence[int]) -> list[int]:
    sql = "SELECT id FROM entries WHERE delivery_id = ? ORDER BY id"
    return [row["id"] for delivery in deliveries for row in database.fetch_rows(sql, delivery)]


def _folder(place: str) -> str:
    """A message's place without its number, see `imap/mailbox.py`; a Maildir is one folder."""
    return place.rpartition(".")[0]


DigestNote = str | Need  # one of many has its group


class DigestNotes:
    """Reads what is to be told."""

    def __init__(
        self,
        database: RegisterDatabase,
        register: Register,
        kinds: Kinds,
        besides: Callable[[Entry], str],
    ) -> None:
        """`besides` quotes what the message says that brought an entry, "" for nothing."""
        self._besides = besides
        self._database = database
        self._register = register
        self._kinds = kinds

    def notes_since(
        self, last: datetime | None, zone: tzinfo | None, unwritten: Sequence[str] = ()
    ) -> Iterator[DigestNote]:
        """What there is since the last digest was written; all of it, before the first. Who is away
        is not told of an agency once more where that is why a letter is not written, as one of the
        sentences `unwritten` says."""
        at = utc_text(last) if last else ""
        # A machine may say it again and again, and one person may write for several agencies.
        yield from _of_each_person(self._absences(at, unwritten))
        yield from _of_each_person(self._back(at))
        yield from self._in_machines_mail(at)
        yield from self._replaced(at, zone)
        yield from self._says_more(at)
        yield from self._small_talk(at)
        yield from self._withdrawn(at)
        yield from self._asks_in_vain(at)
        yield from self._unsaid(at)
        yield from put_back_notes(self._database, at)
        yield from destroyed_stranger_notes(self._database, at, zone)

    def _absences(self, at: str, unwritten: Sequence[str]) -> Iterator[tuple[str, str]]:
        sql = (
            "SELECT n.contact_id, c.reference, a.name, date(n.noted) AS day FROM absences n"
            " JOIN contacts k ON k.id = n.contact_id"
            " JOIN agencies a ON a.id = k.agency_id JOIN cases c ON c.id = a.case_id"
            " WHERE n.noted > ? ORDER BY n.noted, n.contact_id"
        )
        for row in self._database.fetch_rows(sql, at):
            day = date.fromisoformat(row["day"])
            contact = self._register.people.find_contact(row["contact_id"])
            note = self._register.notes.find_absence(row["contact_id"], day)
            if contact is not None and note is not None:
                whose, away = _whose(row), f"{contact.name} is away{until_phrase(note)}"
                if not any(each.startswith(f"{whose}: ") and away in each for each in unwritten):
                    yield whose, f"{contact.name} is away{_until(note, contact)}."

    def _back(self, at: str) -> Iterator[tuple[str, str]]:
        """Who ended their absence by writing; what a person decided, they know."""
        sql = (
            "SELECT n.contact_id, c.reference, a.name FROM absences n"
            " JOIN contacts k ON k.id = n.contact_id"
            " JOIN agencies a ON a.id = k.agency_id JOIN cases c ON c.id = a.case_id"
            " WHERE n.back_in IS NOT NULL AND n.ended > ? ORDER BY n.ended, n.contact_id"
        )
        for row in self._database.fetch_rows(sql, at):
            contact = self._register.people.find_contact(row["contact_id"])
            if contact is not None:
                yield (
                    _whose(row),
                    f"{contact.name}, who was away, has written to us, and is written to again.",
                )

    def _in_machines_mail(self, at: str) -> Iterator[str]:
        sql = (
            "SELECT e.id, e.kind, c.reference, a.name FROM entries e JOIN origins o"
            " ON o.delivery_id = e.delivery_id AND o.agency_id = e.agency_id"
            " JOIN agencies a ON a.id = e.agency_id JOIN cases c ON c.id = a.case_id"
            " WHERE o.automatic <> '' AND e.reason = '' AND e.judged > ? ORDER BY e.id"
        )
        rows = self._database.fetch_rows(sql, at)
        # What waits for a person stands among what they have to look at.
        waits = {e.id for e in self._register.entries.waiting_among([row["id"] for row in rows])}
        rows = [row for row in rows if row["id"] not in waits]
        for same in group_alike(rows, lambda row: (row["reference"], row["name"], row["kind"])):
            row, ids = same[0], [each["id"] for each in same]
            kind = self._kinds.get(row["kind"])
            what = kind.noun if kind else "a document not recognised"
            times = f", {len(ids):,} times" if len(ids) > 1 else ""
            entries = number_range_phrase("entries", ids) if times else f"entry {ids[0]}"
            yield (
                f"{row['reference']}, {row['name']}{times}: {what}, in a message that a machine"
                f" sent; logged and not answered ({entries})."
            )

    def _replaced(self, at: str, zone: tzinfo | None) -> Iterator[str]:
        """A version that was accepted by itself, in the place of one that was accepted before: what
        a person accepted, they know."""
        rows = self._database.fetch_rows(_REPLACED, at)
        for same in group_alike(rows, lambda row: (row["reference"], row["name"], row["kind"])):
            row, last = same[0], same[-1]["id"]
            kind = self._kinds.get(row["kind"])
            noun = kind.noun if kind else "return"
            if len(same) == 1:
                day = date_without_year(
                    datetime.fromisoformat(row["before"]).astimezone(zone).date()
                )
                newer = f"a newer {noun} (entry {last})"
                replaces = f"replaces the accepted version that came on {day}."
            else:
                entries = number_range_phrase("entries", [each["id"] for each in same])
                newer = f"newer versions of the {noun} came, {len(same):,} times ({entries});"
                replaces = f"the last accepted, entry {last}, is the one that counts."
            command = commands_to_paste.show_command(last)
            yield f"{row['reference']}, {row['name']}: {newer} {replaces} To see it: `{command}`"

    def _says_more(self, at: str) -> Iterator[DigestNote]:
        """Mail that says something besides what it brings, which nothing else tells."""
        sql = (
            "SELECT o.delivery_id, c.reference, a.name, min(e.id) AS first"
            " FROM origins o"
            " JOIN agencies a ON a.id = o.agency_id JOIN cases c ON c.id = a.case_id"
            " JOIN entries e ON e.delivery_id = o.delivery_id AND e.agency_id = o.agency_id"
            " WHERE o.says_more = 1 GROUP BY o.id HAVING max(e.judged) > ? ORDER BY o.id"
        )
        rows = self._database.fetch_rows(sql, at)
        for same in group_alike(rows, lambda row: (row["reference"], row["name"])):
            whose, first = f"{same[0]['reference']}, {same[0]['name']}", same[0]["first"]
            if len(same) == 1:
                see = f" To see it: `{commands_to_paste.show_command(first)}`"
                yield f"{whose}: {self._said_besides(first)}{see}"
                continue
            many = make_group("entries", [row["first"] for row in same])
            yield Need(
                f"{whose}, {len(same):,} times: an e-mail says something besides that a document is"
                f" attached. To list them: `{commands_to_paste.show_group_command(many.name)}`"
                " To open one: `scr-intake open ID`",
                group=many,
            )

    def _said_besides(self, id: int) -> str:
        """'the e-mail with the chronology (entry 17) says: "Just making sure."'."""
        entry = self._register.entries.get_entry(id)
        kind = self._kinds.get(entry.kind) if entry else None
        what = f"the {kind.noun}" if kind else "a document"
        said = self._besides(entry) if entry else ""
        if said:
            return f"the e-mail with {what} (entry {id}) says {said}"
        return f"the e-mail with {what} (entry {id}) says something besides that it is attached."

    def _small_talk(self, at: str) -> Iterator[str]:
        """What asks nothing of anybody: told this once, and of each agency in one line."""
        sql = (
            "SELECT e.id, c.reference, a.name FROM entries e JOIN agencies a ON a.id = e.agency_id"
            " JOIN cases c ON c.id = a.case_id WHERE e.reason = ? AND e.judged > ?"
            " ORDER BY c.reference, a.name, e.id"
        )
        rows = self._database.fetch_rows(sql, SetApartReason.THANKS, at)
        for (case, agency), same in groupby(rows, lambda row: (row["reference"], row["name"])):
            ids = [row["id"] for row in same]
            which = f"entry {ids[0]}" if len(ids) == 1 else number_range_phrase("entries", ids)
            yield f"{case}, {agency}: thanks or small talk, which asks nothing of you ({which})."

    def _withdrawn(self, at: str) -> Iterator[str]:
        """What agencies took back of what they had asked: it is closed, and chasing goes on."""
        sql = (
            "SELECT e.id, c.reference, a.name FROM entries e JOIN agencies a ON a.id = e.agency_id"
            " JOIN cases c ON c.id = a.case_id WHERE e.reason = ? AND e.judged > ? ORDER BY e.id"
        )
        for row in self._database.fetch_rows(sql, WITHDRAWN_REASON, at):
            yield (
                f"{row['reference']}, {row['name']}: withdraws its request for more time, and is"
                f" chased again (entry {row['id']})."
            )

    def _asks_in_vain(self, at: str) -> Iterator[str]:
        """Requests for what was settled by then: nobody has to decide about them."""
        sql = (
            "SELECT e.id, c.reference, a.name FROM entries e JOIN agencies a ON a.id = e.agency_id"
            " JOIN cases c ON c.id = a.case_id WHERE e.kind = ? AND e.verdict = 'refer'"
            " AND e.judged > ? AND NOT EXISTS (SELECT 1 FROM standing d WHERE d.entry_id = e.id)"
            " ORDER BY e.id"
        )
        rows = self._database.fetch_rows(sql, EXTENSION_REQUEST, at)
        entries = self._register.entries
        waiting = {entry.id for entry in entries.waiting_among([row["id"] for row in rows])}
        for row in rows:
            entry = entries.get_entry(row["id"]) if row["id"] not in waiting else None
            if entry is not None and not entries.kinds_agreed_since(entry):
                yield (
                    f"{row['reference']}, {row['name']}: asks for more time for what is settled by"
                    f" now; there is nothing to decide (entry {entry.id})."
                )

    def _unsaid(self, at: str) -> Iterator[str]:
        sql = (
            "SELECT c.reference, a.name FROM rehearsals r"
            " JOIN agencies a ON a.id = r.agency_id JOIN cases c ON c.id = a.case_id"
            " WHERE r.unsaid > 0 AND r.asked > ? ORDER BY r.delivery_id"
        )
        rows = self._database.fetch_rows(sql, at)
        for same in group_alike(rows, lambda row: (row["reference"], row["name"])):
            times = f", {len(same):,} times" if len(same) > 1 else ""
            yield (
                f"{same[0]['reference']}, {same[0]['name']}{times}: asked for a check of a document"
                " that is unsafe or names another case or agency; it was not logged, and they were"
                " told nothing of it."
            )


def _whose(row: Row) -> str:
    return f"{row['reference']}, {row['name']}"


def _of_each_person(told: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What is said of the same person is one line, whichever of their agencies it is of."""
    found = defaultdict[str, list[str]](list)
    for whose, says in told:
        found[says].append(whose)
    for says, places in found.items():
        yield f"{'; '.join(dict.fromkeys(places))}: {says}"


def _until(note: Absence, who: RegisteredContact) -> str:
    """ " until Thursday 22 April; the note names deputy@agency.example instead"."""
    deputy = deputy_phrase(note, who.email)
    return f"{until_phrase(note)}; {deputy}" if deputy else until_phrase(note)
