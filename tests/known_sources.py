"""Sources as a delivery knows them, for tests that have no real one."""

from __future__ import annotations

from typing import NamedTuple

from intake.source import DeliveryForm


class KnownSource(NamedTuple):
    """What a delivery is told of its source."""

    name: str
    form: DeliveryForm
    proves_agency: bool = False


DROP = KnownSource("drop", DeliveryForm.FILE, proves_agency=True)
MAIL_1 = KnownSource("mail-1", DeliveryForm.MESSAGE)
MAIL_2 = KnownSource("mail-2", DeliveryForm.MESSAGE)
MAIL_3 = KnownSource("mail-3", DeliveryForm.MESSAGE)
SOURCES = {source.name: source for source in (DROP, MAIL_1, MAIL_2, MAIL_3)}
