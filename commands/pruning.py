"""`scr-intake case load --prune`: taking out of the register what a case file no longer names.

Does: tells what a file leaves out and the register keeps; with `--prune`, takes it out, each person
and each return by a decision of its own, told and asked about like any other.
Trusts: whoever may run this to decide for the board.
Never touches: what came in; an agency that is left out stays, with nobody and nothing owed.
Known limits: what was agreed to before a "no" stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from commands.deciding import settle
from commands.house import House
from config.casefile import CaseFile, without_contact
from handlers.register.decision import Because, Cannot, Decision
from handlers.register.matrix import CaseRow
from handlers.register.people import Contact
from handlers.register.pruning import LeftOut, left_out


def kept(house: House, file: CaseFile) -> list[str]:
    """What the file leaves out, a sentence each."""
    tail = "is not in the file; it is kept."
    return [
        f"{file.reference}, {one.code}: {_called(house, one)} {tail}"
        for one in _left_out(house, file)
    ]


def prune(house: House, file: CaseFile, why: Because, *, yes: bool) -> None:
    """Take out what the file leaves out, one after the other."""
    for one in list(_left_out(house, file)):
        whose = f"{file.reference}, {one.name}"
        settle(
            house,
            lambda one=one: _decided(house, file, one, why),  # type: ignore[misc]  # bound here
            lambda made, one=one: _take_out(house, file, one, made),  # type: ignore[misc]
            yes=yes,
            told=[f"{whose}: {_called(house, one)} is not in the file."],
        )


def _left_out(house: House, file: CaseFile) -> Iterator[LeftOut]:
    people = house.register.people.contacts_of
    for case in _case(house, file):
        yield from left_out(file, case, people, house.kinds)


def _case(house: House, file: CaseFile) -> list[CaseRow]:
    return house.register.matrix(house.now().date(), file.reference)


def _decided(house: House, file: CaseFile, one: LeftOut, why: Because) -> Decision | Cannot:
    for case in _case(house, file):
        if one in left_out(file, case, house.register.people.contacts_of, house.kinds):
            return one.decision(case, why)
    return Cannot("It is gone already.")


def _take_out(house: House, file: CaseFile, one: LeftOut, made: Decision) -> None:
    if isinstance(one.what, Contact):
        now = house.register.cases.file(file.reference)
        house.register.cases.keep(without_contact(now, one.code, one.what.email, one.what.role))
    house.register.decisions.make(made, house.now())


def _called(house: House, one: LeftOut) -> str:
    if isinstance(one.what, Contact):
        return f"the {one.what.role} {one.what.name}"
    return f"the {house.kinds[one.what.kind].noun}"
