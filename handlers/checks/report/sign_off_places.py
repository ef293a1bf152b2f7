"""Words how what a signing off lacks is put right: fill in a place, replace it, or add one."""

from __future__ import annotations

from collections.abc import Sequence

from config.english import join_with_and
from config.kind_shape import Field, SignOff
from handlers.checks.report.signatory import Signatory, SigningPlace
from handlers.fields.label_meanings import ValueSpot

# Where the answer to a label goes, in a table.
CELL_PHRASES: dict[ValueSpot, str] = {
    "": "in the same cell as {}",
    "beside": "in the cell beside {}",
    "under": "in the cell under {}",
    "above": "in the cell above {}",
    "column": "beside {}, in the {person}'s column",
    "row": "under {}, in the {person}'s row",
}
# Where lines stand in columns that tabs make.
TAB_PHRASES: dict[ValueSpot, str] = {
    "": "on the line for {}, on the {person}'s side of it",
    "beside": "on the same line as {}",
    "under": "on the line below {}",
    "above": "on the line above {}",
    "column": "beside {}, in the {person}'s column",
    "row": "under {}, on the {person}'s line",
}
LINE_PHRASE = "on the line for {}"


def describe_sign_off_fix(keys: Sequence[str], sign_off: SignOff | None, person: Signatory) -> str:
    """'put the report author's name in the cell beside "Name", in place of what stands there'."""
    if sign_off is None:
        return ""
    called = next(one.label for one in sign_off.roles if one.key == person.role)
    asked = [one for one in sign_off.parts if one.key in keys]
    placed: dict[SigningPlace, list[Field]] = {}
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


def _in_place(taken: bool, placed: dict[SigningPlace, list[Field]], called: str) -> str:
    """What goes where something or nothing stands, each with its own place."""
    said = [
        f"{join_with_and([one.label.lower() for one in fields])} {_where(place, called)}"
        for place, fields in placed.items()
    ]
    there = ", in place of what stands there" if taken else ""
    return f"put the {called.lower()}'s {join_with_and(said)}{there}" if said else ""


def _where(place: SigningPlace, called: str) -> str:
    if place.tabbed:
        return TAB_PHRASES[place.spot].format(f'"{place.label}"', person=called.lower())
    if not place.in_table:
        return LINE_PHRASE.format(f'"{place.label}:"')
    return CELL_PHRASES[place.spot].format(f'"{place.label}"', person=called.lower())


def _to_add(asked: Sequence[Field], called: str, person: Signatory) -> str:
    """The lines to copy: each says whose it is, or they stand under words that do."""
    this = "this line" if len(asked) == 1 else "these lines"
    if person.found:
        lines = join_with_and([f'"{called}\'s {one.label.lower()}:"' for one in asked])
        return f"add {this} at the end of the signing off: {lines}"
    lines = join_with_and([f'"{one.label}:"' for one in asked])
    return f'add the words "{called}" at the end of the signing off, and under them {this}: {lines}'
