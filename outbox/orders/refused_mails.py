"""Tells of mails in the administrator's name that were not taken: in the next digest, to her, once
and in one line for each reason; and to the operator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from config.calendar import moment_in_words
from intake.source_health import OutageKind, OutageSubject
from outbox.orders.order_records import OrderRecords

REFUSED_OUTAGE = OutageSubject(OutageKind.ANSWERS)
REFUSED_FOR = timedelta(days=1)  # how long the operator's alert lasts after the last of them
_WHY = {
    "unclear": "it does not name one sender plainly",
    "another": "somebody else sent it, or passed it on, in that name",
    "unproven": "nothing proves that it came from that address",
    "no key": "it does not answer a digest, and has no link of one",
}


@dataclass(frozen=True, slots=True)
class MailsRefused:
    """That mails in the administrator's name were not believed: said to the operator."""

    sentence: str = (
        "A mail in the administrator's name was not taken for an answer to a digest: nothing proves"
        " that it is one. Nothing in it was done, and nobody was answered."
    )
    fix: str = (
        "Ask the administrator whether they sent it. If they did, see how the mailbox proves who"
        " sent a mail: `scr-intake doctor` If they did not, somebody else uses their name."
    )


def refused_mail_notes(
    records: OrderRecords, since: datetime | None, zone: tzinfo | None
) -> Iterator[str]:
    """One sentence for each reason, since the last digest."""
    found = defaultdict[str, list[datetime]](list)
    for why, at in records.refused_since(since):
        found[why].append(at)
    for why, moments in found.items():
        last = moment_in_words(max(moments).astimezone(zone))
        many = f"{len(moments):,} answers in your name were not taken, the last at {last}"
        one = f"An answer in your name was not taken at {last}"
        yield (
            f"{one if len(moments) == 1 else many}: {_WHY[why]}. Nothing in it was done. If it was"
            " yours, please answer the digest once more; if not, tell the operator."
        )
