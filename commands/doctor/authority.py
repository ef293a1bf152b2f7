"""Whether the mail server vouches for senders under the name that the settings believe.

Does: looks at the headers of the latest messages for a verdict in that name.
Trusts: nothing: a header in that name may be forged; it is only counted.
Never touches: flags, bodies; no word of a header is told.
Known limits: a mailbox that nothing came to yet cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from commands.doctor.check import Said, soon, well, wrong
from commands.doctor.visit import Visit
from intake.imap.session import HEADERS
from intake.message.authenticated import doubt

LATEST = 20  # messages
ANY = "nobody.example"  # a domain that no verdict is about


def authority(visit: Visit) -> Iterator[Said]:
    """Nothing for a mailbox where every sender is believed, but that it is so."""
    if visit.box.authentication == "none":
        yield soon(
            f"{visit.name}: every sender is believed.",
            'Use that on a closed network only; else set authentication = "dmarc".',
        )
        return
    heads = list(_heads(visit))
    name = visit.box.authserv_id or ""
    vouched = sum(doubt(head, name, ANY) != "results-missing" for head in heads)
    if not heads:
        yield soon(
            f"{visit.name}: there is no mail yet to tell whether {name} vouches for senders.",
            "Send a message to the mailbox from outside and ask again.",
        )
    elif vouched:
        yield well(
            f"{visit.name}: {name} vouches for {vouched} of the latest {len(heads)} messages."
        )
    else:
        yield wrong(
            f"{visit.name}: {name} vouches for none of the latest {len(heads)} messages, so every"
            " sender would be held.",
            "Look at the Authentication-Results header of a message: `authserv_id` has to be the"
            " first word in it. If there is none, the mail server has to be told to write it.",
        )


def _heads(visit: Visit) -> Iterator[bytes]:
    """Of the latest messages in the first watched folder."""
    visit.session.closed()
    visit.session.opened(visit.there[0])
    client = visit.session.client
    latest = sorted(client.search(["ALL"]))[-LATEST:]
    for message in client.fetch(latest, [HEADERS]).values():
        yield from (value for value in message.values() if isinstance(value, bytes))
