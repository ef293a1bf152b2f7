"""Who sent what waits, when it came, by which way, and where it lies now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from config.calendar import clock_time, day_and_month
from handlers.register.agencies import ContactDirectory
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import SEALED_NOTICE_REASON, Entry
from intake.database import RegisterDatabase, Row
from intake.drop.scan import DONE_FOLDER
from intake.drop.shared_folder import drop_folder_in_words
from intake.message.parse import read_message_head, read_sender_name
from intake.source import DeliveryForm, Outcome
from intake.vault import OriginalMissing, SealBroken, Vault

# Of a delivery that was assigned, its sender stands with the agency that it was given to.
_CAME = (
    "SELECT d.source, d.form, d.outcome, d.received, d.released, d.content,"
    " (SELECT o.contact_id FROM origins o WHERE o.delivery_id = d.id AND o.contact_id IS NOT NULL"
    "  ORDER BY o.agency_id IS NOT ?2 LIMIT 1) AS contact_id,"
    " (SELECT a.code FROM agencies a WHERE a.id = ?2) AS code"
    " FROM deliveries d WHERE d.id = ?1"
)


@dataclass(frozen=True, slots=True)
class FilingPlaces:
    """Where things lie once they are dealt with: of each mailbox its own `inbox`, and the folder
    for each outcome where it has some; and the drop folders out of which files are `moved`."""

    inboxes: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, Mapping[Outcome, str]] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()

    def mail_folder(self, source: str, outcome: Outcome | None) -> str:
        """ "the mail folder SCR held"."""
        inbox = self.inboxes.get(source, "")
        folders = self.folders.get(source, {})
        folder = folders.get(outcome, inbox) if outcome else inbox
        return f"the mail folder {folder}" if folder else "the mailbox"


@dataclass(frozen=True, slots=True)
class ArrivalReader:
    """Reads it. `may_say` says of words whether the administrator may be told them."""

    database: RegisterDatabase
    vault: Vault
    people: ContactDirectory
    places: FilingPlaces
    may_say: Callable[[str], bool]

    def arrival_phrase(self, entries: Sequence[Entry], zone: tzinfo | None) -> str:
        """ "by mail from Author One (author@...), 13 April 10:02am, in the mail folder SCR
        held"; of several, how the last of them came."""
        last = max(entries, key=lambda entry: entry.delivery_id)
        row = self.database.fetch_row(_CAME, last.delivery_id, last.agency_id)
        if row is None:
            return ""
        at = datetime.fromisoformat(row["received"]).astimezone(zone)
        when = f"{day_and_month(at.date())} {clock_time(at)}"
        begins = "the last " if len(entries) > 1 else ""
        if DeliveryForm(row["form"]) is DeliveryForm.FILE:
            if row["outcome"] == "refused" and row["source"] in self.places.moved:
                return f"{begins}from {drop_folder_in_words(row['source'])}, {when}, and taken away"
            return f"{begins}in {self._drop_place(row, zone)} since {when}"
        who = self.sender_phrase(last, row["contact_id"], row["content"])
        came = f"by mail{f' from {who}' if who else ''}, {when}"
        return f"{begins}{came}, in {self.places.mail_folder(row['source'], row['outcome'])}"

    def sender_and_day(self, entries: Sequence[Entry], zone: tzinfo | None) -> str:
        """ "Author One, 13 April"; of several, of the last of them. The rest of how it came stands
        in the answer to "details"."""
        last = max(entries, key=lambda entry: entry.delivery_id)
        row = self.database.fetch_row(_CAME, last.delivery_id, last.agency_id)
        if row is None:
            return ""
        day = day_and_month(datetime.fromisoformat(row["received"]).astimezone(zone).date())
        if DeliveryForm(row["form"]) is DeliveryForm.FILE:
            who = drop_folder_in_words(row["source"])
        else:
            who = self.sender_phrase(last, row["contact_id"], row["content"]).partition(" (")[0]
            unknown = last.reason == SetApartReason.SENDER_UNKNOWN
            shown = self._name_shown(row["content"]) if who and unknown else ""
            who = f"{shown}, {who}" if shown else who
        last_of = "the last " if len(entries) > 1 else ""
        return f"{last_of}{f'{who}, ' if who else ''}{day}"

    def _drop_place(self, row: Row, zone: tzinfo | None) -> str:
        """ "drop folder GP, done/2010-04-13"."""
        folder = f"{drop_folder_in_words(row['source'])}{' ' + row['code'] if row['code'] else ''}"
        if row["source"] not in self.places.moved or row["released"] is None:
            return folder
        day = datetime.fromisoformat(row["released"]).astimezone(zone).date()
        return f"{folder}, {DONE_FOLDER}/{day.isoformat()},"

    def _name_shown(self, content: str) -> str:
        """The name that somebody not registered gives themselves, where it may be told."""
        try:
            name = read_sender_name(self.vault.read_original(content))
        except (OriginalMissing, SealBroken, OSError):
            return ""
        return name if name and self.may_say(name) else ""

    def sender_phrase(self, entry: Entry, contact_id: int | None, content: str) -> str:
        """ "Author One (author@...)" of somebody registered, else the address that the message
        gives, where it may be told. Whom the notice of something sealed names did not send it."""
        named = () if entry.reason == SEALED_NOTICE_REASON else entry.told.places
        ids = [contact_id, *(contact for _, contact in named)]
        for contact in (self.people.find_contact(id) for id in ids if id is not None):
            if contact is not None:
                return f"{contact.name} ({contact.email})"
        try:
            sender = read_message_head(self.vault.read_original(content)).sender
        except (OriginalMissing, SealBroken, OSError):
            sender = ""
        return sender if sender and self.may_say(sender) else ""
