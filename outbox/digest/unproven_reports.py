"""Whose letter did not arrive, as a delivery report says that nothing proves: it stops no letter,
and whoever is asked about it can pause its reader or take them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.calendar import Calendar, day_and_month
from handlers.register.agencies import AgencyPlace, ContactDirectory, RegisteredContact
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase
from outbox.writing.asks import PAUSE_DAYS, Offer

_READER = (
    "SELECT l.agency_id, l.contact_id FROM bounces b JOIN letters l ON l.message_id = b.message_id"
    " WHERE b.delivery_id = ? AND l.agency_id IS NOT NULL AND l.contact_id IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class ReportedReader:
    """Somebody whom a letter did not reach, as a report says."""

    place: AgencyPlace
    contact: RegisteredContact

    @property
    def says(self) -> str:
        """What waits, in a line."""
        return (
            f"a delivery report says that a letter to {self.contact.name} did not arrive; nothing"
            " proves it, so they are written to as before"
        )

    def offers(self, calendar: Calendar, today: date) -> Iterator[Offer]:
        """Links that pause them or take them out; each first says what it would do."""
        if self.contact.removed:
            return
        name, email = self.contact.name, self.contact.email
        until = day_and_month(calendar.add_working_days(today, PAUSE_DAYS))
        yield Offer(f"pause {name} until {until}", f"pause {email} until {until}")
        yield Offer(f"remove {name}", f"remove {email}")


@dataclass(frozen=True, slots=True)
class UnprovenReports:
    """Reads from the register whose letter such a report is about."""

    database: RegisterDatabase
    people: ContactDirectory

    def reader_of(self, entry: Entry) -> ReportedReader | None:
        """None of anything but such a report, and of one about a letter to nobody registered."""
        if entry.reason != SetApartReason.REPORT_UNPROVEN:
            return None
        row = self.database.fetch_row(_READER, entry.delivery_id)
        contact = self.people.find_contact(row["contact_id"]) if row else None
        place = self.people.place_of_agency(row["agency_id"]) if row else None
        if contact is None or place is None or place.case_state == "closed":
            return None
        return ReportedReader(place, contact)
