"""How what a signing off lacks is put right: where the report asks for it, by what is printed.

Does: says for each part whether to fill its place in, to put something in the place of what stands
there, or, where it has no place, which line to add and where.
Trusts: `handlers/checks/report/signatory.py` for the places.
Never touches: what stands in a place.
Known limits: the words of a label are told as the shape has them, a colon only outside tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.kind_shape import Field, SignOff
from handlers.checks.report.paragraphs import listed
from handlers.checks.report.signatory import Place, Signatory
from handlers.fields.label_meanings import Spot

# Where the answer to a label goes, in a table.
CELLS: dict[Spot, str] = {
    "": "in the same cell as {}",
    "beside": "in the cell beside {}",
    "under": "in the cell under {}",
    "above": "in the cell above {}",
    "column": "beside {}, in the {person}'s column",
    "row": "under {}, in the {person}'s row",
}
LINE = "on the line for {}"


def how_to_mend(keys: Sequence[str], sign_off: SignOff | None, person: Signatory) -> str:
    """'put the report author's name in the cell beside "Name", in place of what stands there'."""
    if sign_off is None:
        return ""
    called = next(one.label for one in sign_off.roles if one.key == person.role)
    asked = [one for one in sign_off.parts if one.key in keys]
    placed: dict[Place, list[Field]] = {}
    for one in asked:
        if (place := person.parts[one.key].place) is not None:
            placed.setdefault(place, []).append(one)
    told = [
        _in_place(taken, {p: fields for p, fields in placed.items() if p.taken == taken}, called)
        for taken in (True, False)
    ]
    bare = [one for one in asked if person.parts[one.key].place is None]
    told.append(_to_add(bare, called, person) if bare else "")
    return "; and ".join(filter(None, told))


def _in_place(taken: bool, placed: dict[Place, list[Field]], called: str) -> str:
    """What goes where something or nothing stands, each with its own place."""
    said = [
        f"{listed([one.label.lower() for one in fields])} {_where(place, called)}"
        for place, fields in placed.items()
    ]
    there = ", in place of what stands there" if taken else ""
    return f"put the {called.lower()}'s {listed(said)}{there}" if said else ""


def _where(place: Place, called: str) -> str:
    if not place.in_table:
        return LINE.format(f'"{place.label}:"')
    return CELLS[place.spot].format(f'"{place.label}"', person=called.lower())


def _to_add(asked: Sequence[Field], called: str, person: Signatory) -> str:
    """The lines to copy: each says whose it is, or they stand under words that do."""
    this = "this line" if len(asked) == 1 else "these lines"
    if person.found:
        lines = listed([f'"{called}\'s {one.label.lower()}:"' for one in asked])
        return f"add {this} at the end of the signing off: {lines}"
    lines = listed([f'"{one.label}:"' for one in asked])
    return f'add the words "{called}" at the end of the signing off, and under them {this}: {lines}'
