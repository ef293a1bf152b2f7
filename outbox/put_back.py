"""Messages that lie in a mailbox again after they were dealt with: somebody moved them back, or
they were delivered a second time; which of the two cannot be told.

Does: puts those of one mailbox into one sentence, with what can be done (failure mode 120).
Trusts: the register.
Never touches: messages.
Known limits: a message that a person copies to another folder that is watched is not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from intake.ledger import Ledger
from outbox.remedies import show

_BACK = (
    "SELECT m.source, m.place, d.id, d.place AS first FROM met_again m"
    " JOIN deliveries d ON d.id = m.delivery_id"
    " WHERE m.met > ? AND m.released = m.met AND d.outcome IS NOT 'not ours' ORDER BY m.met, d.id"
)


def put_back(ledger: Ledger, at: str) -> Iterator[str]:
    """Since then."""
    found = defaultdict[str, list[int]](list)
    for row in ledger.rows(_BACK, at):
        # In a folder that was numbered anew everything has another place; nobody moved it.
        if _folder(row["place"]) == _folder(row["first"]):
            found[row["source"]].append(row["id"])
    for source, deliveries in found.items():
        yield _sentence(source, deliveries, _entries(ledger, deliveries))


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
    look = f" To see what became {which}: `{show(entries[0])}`" if entries else ""
    return f"{says}{look} To have {one} judged anew, forward it to the mailbox as a new message."


def _entries(ledger: Ledger, deliveries: Sequence[int]) -> list[int]:
    sql = "SELECT id FROM entries WHERE delivery_id = ? ORDER BY id"
    return [row["id"] for delivery in deliveries for row in ledger.rows(sql, delivery)]


def _folder(place: str) -> str:
    """A message's place without its number, see `intake/imap/place.py`; a Maildir is one folder."""
    return place.rpartition(".")[0]
