"""Letters that are drafted and go only once a person releases them.

Does: puts each into a sentence with the command that sends it; many of one case and sort into one.
Trusts: the queue's rows.
Never touches: what a letter says; its case and agency are named.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.ledger import Ledger, Row
from outbox import remedies
from outbox.facts import Need
from outbox.groups import group, together
from outbox.words import listed

_DRAFTS = (
    "SELECT l.id, l.kind, c.reference, a.name FROM letters l JOIN cases c ON c.id = l.case_id"
    " JOIN agencies a ON a.id = l.agency_id WHERE l.state = 'draft' ORDER BY l.id"
)


_LATE = "so late that the chair's office should hear of it"
_WHY = {
    "undecided": "what they sent has waited so long for the board that the chair's office"
    " should hear of it"
}


def drafted(ledger: Ledger) -> Iterator[Need]:
    """One line a draft, or for many, oldest first."""
    for same in together(
        ledger.rows(_DRAFTS),
        lambda row: (row["reference"], row["kind"]),
        lambda row: row["kind"],
    ):
        yield _one(same[0]) if len(same) == 1 else _many(same)


def _one(row: Row) -> Need:
    return Need(
        f"{row['reference']}, {row['name']}: {_WHY.get(row['kind'], _LATE)}."
        f" The letter is drafted (`scr-intake letters show {row['id']}`). To send it:",
        f"scr-intake letters release {row['id']}",
    )


def _many(rows: Sequence[Row]) -> Need:
    same = group("letters", [row["id"] for row in rows])
    cases = sorted({row["reference"] for row in rows})
    names = sorted({row["name"] for row in rows})
    begins = f"{cases[0]}, {listed(names)}" if len(cases) == 1 else listed(cases)
    return Need(
        f"{begins}, {len(rows):,} times: {_WHY.get(rows[0]['kind'], _LATE)}. The letters are"
        f" drafted (`{remedies.letters('show', same.name)}`). To send them all:",
        remedies.letters("release", same.name),
        group=same,
    )
