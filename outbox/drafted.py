"""Letters that are drafted and go only once a person releases them.

Does: puts each into a sentence with the command that sends it; many of one case and sort into one.
Trusts: the queue's rows.
Never touches: what a letter says; its case and agency are named.
Known limits: none.
"""

from __future__ import annotations

from collections import defaultdict
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
        f" The letter is drafted. To read it: `scr-intake letters show {row['id']}` To send it:",
        f"scr-intake letters release {row['id']}",
    )


def _many(rows: Sequence[Row]) -> Need:
    same = group("letters", [row["id"] for row in rows])
    return Need(
        f"{_whose(rows)}, {len(rows):,} times: {_WHY.get(rows[0]['kind'], _LATE)}. The letters are"
        f" drafted. To list them: `{remedies.letters('show', same.name)}` To send them all:",
        remedies.letters("release", same.name),
        group=same,
    )


def _whose(rows: Sequence[Row]) -> str:
    """ "N12, Shire Police and Vale Housing; N13, Shire Police"."""
    of_case = defaultdict[str, list[str]](list)
    for row in sorted(rows, key=lambda row: (row["reference"], row["name"])):
        if row["name"] not in of_case[row["reference"]]:
            of_case[row["reference"]].append(row["name"])
    return "; ".join(f"{case}, {listed(names)}" for case, names in of_case.items())
