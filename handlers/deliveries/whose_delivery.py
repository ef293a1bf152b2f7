"""Whose a delivery is, before any document in it is looked at."""

from __future__ import annotations

from handlers.deliveries.judge_documents import origin_of_place, unplaced_origin
from handlers.register.agencies import AgencyPlace
from handlers.register.register import Register
from handlers.register.submissions import Origin
from handlers.senders.attribution import UncertainPlace, place_by_folder, place_by_sender
from handlers.senders.mail import Mail, MailReader
from intake.disk_errors import is_disk_full
from intake.spool import Delivery
from intake.vault import Vault


def place_of_mail(mail: Mail) -> AgencyPlace | UncertainPlace:
    """By who sent it, and what its words point at."""
    return place_by_sender(mail.doubt, mail.evidence, mail.about, mail.unknown)


class DeliveryOwners:
    """Finds whose a delivery is."""

    def __init__(self, register: Register, vault: Vault, mailroom: MailReader) -> None:
        self._register = register
        self._vault = vault
        self._mailroom = mailroom

    def place_of_file(self, delivery: Delivery) -> AgencyPlace | UncertainPlace:
        """By the folder it lay in."""
        places = self._register.people.places_of_agency(delivery.agency or "")
        elsewhere = self._register.cases.case_references()
        shapes = self._register.cases.shapes
        return place_by_folder(delivery.agency, delivery.case, places, elsewhere, shapes)

    def origin_as_far_as_certain(
        self, delivery: Delivery, *, read: bool
    ) -> tuple[Origin, tuple[str, ...]]:
        """Whose it is as far as that is certain, and the cases it could be of. A message that is
        not `read` is nobody's."""
        message = None
        if delivery.is_file:
            place = self.place_of_file(delivery)
        elif not read:
            return unplaced_origin(), ()
        else:
            try:
                mail = self._mailroom.read_mail(
                    delivery, self._vault.read_original(delivery.content)
                )
            except Exception as why:  # it has gone wrong three times already
                if is_disk_full(why):
                    raise
                return unplaced_origin(), ()
            message = mail.message
            place = place_of_mail(mail)
        if isinstance(place, UncertainPlace):
            return unplaced_origin(message), place.candidates
        return origin_of_place(place, message), ()
