"""`scr-intake extend`, `waive`: what a person agrees about returns of an agency, with a reason.

Several returns get one day and one letter; those with days of their own are a command each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import click

from commands.app import Application, open_application
from commands.decision_prompt import decision_options, decision_reason, settle_agreements
from commands.global_options import GlobalOptions, exit_with_message
from config.english import join_with_and
from handlers.register import decision
from handlers.register.decision import Decision, DecisionRefused
from handlers.register.dependent_returns import report_kind
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import SETTLED_STATES

REFERENCE_ARGUMENT = click.argument("reference", metavar="REF")
AGENCY_ARGUMENT = click.argument("code", metavar="AGENCY")
KINDS_ARGUMENT = click.argument("kinds", metavar="KIND...", nargs=-1, required=True)
DAY_TYPE = click.DateTime(["%Y-%m-%d"])
_TELL = click.option("--tell", default="", help="Words for the agency, put into the letter.")


@click.command
@REFERENCE_ARGUMENT
@AGENCY_ARGUMENT
@KINDS_ARGUMENT
@click.option("--until", required=True, type=DAY_TYPE, help="The new due date, such as 2010-06-11.")
@click.option("--agreed-by", required=True, help="Who agreed to it.")
@_TELL
@decision_options
@click.pass_obj
def extend(
    asked: GlobalOptions,
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
    why = decision_reason(reason, tell=tell, agreed_by=agreed_by)
    with open_application(asked) as app:
        today = app.now().date()

        def extended(kind: str) -> Decision | DecisionRefused:
            place = return_or_exit(app, reference, code, kind)
            return decision.extend_return(*place, until.date(), today, why)

        moved = [*_forms_moved(app, reference, code, kinds, until.date())]
        settle_agreements(app, lambda: _each(app, kinds, extended), yes=yes, told=moved)


def _forms_moved(
    app: Application, reference: str, code: str, kinds: Sequence[str], until: date
) -> Iterator[str]:
    """Which forms are due later too, since their report is."""
    agency = agency_or_exit(case_or_exit(app, reference), code)
    for report in dict.fromkeys(kinds):
        forms = [
            app.kinds[row.kind].noun
            for row in agency.returns
            if report_kind(row.kind, app.kinds) == report
            and row.kind not in kinds
            and row.state not in SETTLED_STATES
            and row.due < until
        ]
        if forms:
            are = "is" if len(forms) == 1 else "are"
            yield (
                f"The {join_with_and(forms)} cannot be filled in without the"
                f" {app.kinds[report].noun}, and {are} due with it."
            )


@click.command
@REFERENCE_ARGUMENT
@AGENCY_ARGUMENT
@KINDS_ARGUMENT
@_TELL
@decision_options
@click.pass_obj
def waive(
    asked: GlobalOptions,
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
    why = decision_reason(reason, tell=tell)
    with open_application(asked) as app:

        def waived(kind: str) -> Decision | DecisionRefused:
            return decision.waive_return(*return_or_exit(app, reference, code, kind), why)

        settle_agreements(app, lambda: _each(app, kinds, waived), yes=yes)


def _each(
    app: Application, kinds: Sequence[str], decide: Callable[[str], Decision | DecisionRefused]
) -> list[Decision] | DecisionRefused:
    """One decision a return, or why it cannot be; of several it is said of which."""
    made, once = list[Decision](), dict.fromkeys(kinds)
    for kind in once:
        found = decide(kind)
        if isinstance(found, DecisionRefused):
            return (
                DecisionRefused(f"{app.kinds[kind].noun}: {found.why}") if len(once) > 1 else found
            )
        made.append(found)
    return made


def case_or_exit(app: Application, reference: str) -> CaseRow:
    """The case, or the end of the command."""
    found = app.register.case_matrix(app.now().date(), reference)
    if not found:
        exit_with_message(
            f"There is no case {reference}. To list those there are: `scr-intake case list`"
        )
    return found[0]


def agency_or_exit(case: CaseRow, code: str) -> AgencyRow:
    """The agency of the case, or the end of the command."""
    found = next((a for a in case.agencies if a.code.casefold() == code.casefold()), None)
    if found is None:
        codes = ", ".join(agency.code for agency in case.agencies)
        exit_with_message(f"There is no agency {code} in {case.reference}. There are {codes}.")
    return found


def return_or_exit(
    app: Application, reference: str, code: str, kind: str
) -> tuple[CaseRow, AgencyRow, ReturnRow]:
    """The return, or the end of the command."""
    case = case_or_exit(app, reference)
    agency = agency_or_exit(case, code)
    found = next((row for row in agency.returns if row.kind == kind), None)
    if found is None:
        kinds = ", ".join(row.kind for row in agency.returns)
        exit_with_message(
            f"{agency.code} does not owe {kind} in {case.reference}. It owes {kinds}."
        )
    return case, agency, found
