"""`scr-intake extend`, `waive`: what a person agrees about returns of an agency, with a reason.

Several returns get one day and one letter; those with days of their own are a command each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import click

from commands.composition.app import Application, open_application
from commands.decisions.decision_prompt import decision_options, decision_reason, settle_request
from commands.global_options import GlobalOptions, exit_with_message
from config.english import join_with_and
from handlers.register.decision import DecisionRefused
from handlers.register.dependent_returns import report_kind
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.requests import Request, find_agency, no_case_sentence
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
        request = Request(
            "extend", why, case=reference, agency=code, kinds=kinds, until=until.date()
        )
        moved = [*forms_moved(app, reference, code, kinds, until.date())]
        settle_request(app, request, yes=yes, told=moved)


def forms_moved(
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
        request = Request("waive", why, case=reference, agency=code, kinds=kinds)
        settle_request(app, request, yes=yes)


def case_or_exit(app: Application, reference: str) -> CaseRow:
    """The case, or the end of the command."""
    found = app.register.case_matrix(app.now().date(), reference)
    if not found:
        exit_with_message(no_case_sentence(reference))
    return found[0]


def agency_or_exit(case: CaseRow, code: str) -> AgencyRow:
    """The agency of the case, or the end of the command."""
    found = find_agency(case, code)
    if isinstance(found, DecisionRefused):
        exit_with_message(found.why)
    return found
