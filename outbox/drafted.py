"""Letters that are drafted and go only once a person releases them.

Does: puts each into a sentence with the command that sends it.
Trusts: the queue's rows.
Never touches: what a letter says; its case and agency are named.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.ledger import Ledger
from outbox.facts import Need

_DRAFTS = (
    "SELECT l.id, l.kind, c.reference, a.name FROM letters l JOIN cases c ON c.id = l.case_id"
    " JOIN agencies a ON a.id = l.agency_id WHERE l.state = 'draft' ORDER BY l.id"
)


_LATE = "so late that the chair's office should hear of it"
_WHY = {"undecided": "has waited so long for the board that the chair's office should hear of it"}


def drafted(ledger: Ledger) -> Iterator[Need]:
    """One line a draft, oldest first."""
    for row in ledger.rows(_DRAFTS):
        yield Need(
            f"{row['reference']}, {row['name']}: {_WHY.get(row['kind'], _LATE)}."
            f" The letter is drafted (`scr-intake letters show {row['id']}`). To send it:",
            f"scr-intake letters release {row['id']}",
        )
