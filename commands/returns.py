"""`scr-intake extend`, `waive`: what a person agrees about one return.

Does: gives a return more time, or does without it, always with a reason.
Trusts: whoever may run this to decide for the board.
Never touches: what came for it.
Known limits: one return at a time.
"""

from __future__ import annotations

from datetime import datetime

import click

from commands.asked import Asked, stop
from commands.deciding import because, decided, settle
from commands.house import House, open_house
from handlers.register import agreement
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow

REFERENCE = click.argument("reference", metavar="REF")
AGENCY = click.argument("code", metavar="AGENCY")
KIND = click.argument("kind", metavar="KIND")
DAY = click.DateTime(["%Y-%m-%d"])
_TELL = click.option("--tell", default="", help="Words for the agency, put into the letter.")


@click.command
@REFERENCE
@AGENCY
@KIND
@click.option("--until", required=True, type=DAY, help="The new due date, such as 2010-06-11.")
@click.option("--agreed-by", required=True, help="Who agreed to it.")
@_TELL
@decided
@click.pass_obj
def extend(
    asked: Asked,
    reference: str,
    code: str,
    kind: str,
    until: datetime,
    agreed_by: str,
    tell: str,
    reason: str,
    yes: bool,
) -> None:
    """Agree to more time for a return.

    A later `case load` leaves the new date alone, unless it changes the date in the file.

    Example: scr-intake extend N12 GP imr --until 2010-06-11 --agreed-by Chair --reason "Leave"
    """
    why = because(reason, tell=tell, agreed_by=agreed_by)
    with open_house(asked) as house:
        today = house.now().date()
        settle(
            house,
            lambda: agreement.extend(
                *place_of(house, reference, code, kind), until.date(), today, why
            ),
            yes=yes,
        )


@click.command
@REFERENCE
@AGENCY
@KIND
@_TELL
@decided
@click.pass_obj
def waive(
    asked: Asked, reference: str, code: str, kind: str, tell: str, reason: str, yes: bool
) -> None:
    """Do without a return.

    Example: scr-intake waive N12 GP imr --reason "The panel has what it needs"
    """
    why = because(reason, tell=tell)
    with open_house(asked) as house:
        settle(
            house, lambda: agreement.waive(*place_of(house, reference, code, kind), why), yes=yes
        )


def case_of(house: House, reference: str) -> CaseRow:
    """The case, or the end of the command."""
    found = house.register.matrix(house.now().date(), reference)
    if not found:
        stop(f"There is no case {reference}. `scr-intake case list` shows those there are.")
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
