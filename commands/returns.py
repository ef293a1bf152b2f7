"""`scr-intake extend`, `waive`: what a person agrees about returns of an agency.

Does: gives returns more time, or does without them, always with a reason. Several of one agency
are one command and one letter.
Trusts: whoever may run this to decide for the board.
Never touches: what came for it.
Known limits: several returns get one day; those with days of their own are a command each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import click

from commands.app import House, open_house
from commands.deciding import because, decided, settle_together
from commands.global_options import Asked, stop
from handlers.register import decision
from handlers.register.decision import Cannot, Decision
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow

REFERENCE = click.argument("reference", metavar="REF")
AGENCY = click.argument("code", metavar="AGENCY")
KINDS = click.argument("kinds", metavar="KIND...", nargs=-1, required=True)
DAY = click.DateTime(["%Y-%m-%d"])
_TELL = click.option("--tell", default="", help="Words for the agency, put into the letter.")


@click.command
@REFERENCE
@AGENCY
@KINDS
@click.option("--until", required=True, type=DAY, help="The new due date, such as 2010-06-11.")
@click.option("--agreed-by", required=True, help="Who agreed to it.")
@_TELL
@decided
@click.pass_obj
def extend(
    asked: Asked,
    reference: str,
    code: str,
    kinds: tuple[str, ...],
    until: datetime,
    agreed_by: str,
    tell: str,
    reason: str,
    yes: bool,
) -> None:
    """Agree to more time for a return, or for several of an agency.

    Of several all or none have the new date, and one letter tells them. A later `case load` leaves
    the new date alone, unless it changes the date in the file.

    Example: scr-intake extend N12 GP imr --until 2010-06-11 --agreed-by Chair --reason "Leave"
    """
    why = because(reason, tell=tell, agreed_by=agreed_by)
    with open_house(asked) as house:
        today = house.now().date()

        def extended(kind: str) -> Decision | Cannot:
            place = place_of(house, reference, code, kind)
            return decision.extend(*place, until.date(), today, why)

        settle_together(house, lambda: _each(house, kinds, extended), yes=yes)


@click.command
@REFERENCE
@AGENCY
@KINDS
@_TELL
@decided
@click.pass_obj
def waive(
    asked: Asked,
    reference: str,
    code: str,
    kinds: tuple[str, ...],
    tell: str,
    reason: str,
    yes: bool,
) -> None:
    """Do without a return, or several of an agency.

    Example: scr-intake waive N12 GP imr --reason "The panel has what it needs"
    """
    why = because(reason, tell=tell)
    with open_house(asked) as house:

        def waived(kind: str) -> Decision | Cannot:
            return decision.waive(*place_of(house, reference, code, kind), why)

        settle_together(house, lambda: _each(house, kinds, waived), yes=yes)


def _each(
    house: House, kinds: Sequence[str], decide: Callable[[str], Decision | Cannot]
) -> list[Decision] | Cannot:
    """One decision a return, or why it cannot be; of several it is said of which."""
    made, once = list[Decision](), dict.fromkeys(kinds)
    for kind in once:
        found = decide(kind)
        if isinstance(found, Cannot):
            return Cannot(f"{house.kinds[kind].noun}: {found.why}") if len(once) > 1 else found
        made.append(found)
    return made


def case_of(house: House, reference: str) -> CaseRow:
    """The case, or the end of the command."""
    found = house.register.matrix(house.now().date(), reference)
    if not found:
        stop(f"There is no case {reference}. To list those there are: `scr-intake case list`")
    return found[0]


def agency_of(case: CaseRow, code: str) -> AgencyRow:
    """The agency of the case, or the end of the command."""
    found = next((a for a in case.agencies if a.code.casefold() == code.casefold()), None)
    if found is None:
        codes = ", ".join(agency.code for agency in case.agencies)
        stop(f"There is no agency {code} in {case.reference}. There are {codes}.")
    return found


def place_of(
    house: House, reference: str, code: str, kind: str
) -> tuple[CaseRow, AgencyRow, ReturnRow]:
    """The return, or the end of the command."""
    case = case_of(house, reference)
    agency = agency_of(case, code)
    found = next((row for row in agency.returns if row.kind == kind), None)
    if found is None:
        kinds = ", ".join(row.kind for row in agency.returns)
        stop(f"{agency.code} does not owe {kind} in {case.reference}. It owes {kinds}.")
    return case, agency, found
