"""How every decision by a person is taken: what it will cause is told, then asked, then done."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

import click

from commands.composition.app import Application
from commands.composition.board_owner import load_own_settings
from commands.decisions.effects import LETTER_LINE, WordsWithheld, decision_effects
from commands.decisions.requesting import carry_out_decisions, decide_request
from commands.global_options import GlobalOptions, exit_with_message, print_lines
from config.english import count_noun
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from handlers.register.requests import Request

TOLD_TOGETHER = frozenset({"accept", "reject", "assign", "extend", "waive"})


_Command = TypeVar("_Command", bound=Callable[..., Any])

_DECIDED_BY = "scr-intake: who decided"  # its key in click's context
CHANGED_MEANWHILE = "Something has changed meanwhile. Nothing was decided; please look again."
_DONE = "Done, and in the record."
_LETTERS_GO = "Letters go with the next round."
_LETTERS_WAIT = (
    "What it tells goes in one letter, once you have decided nothing more about the agency for {};"
    " what is urgent goes at once."
)


def decision_options(command: _Command) -> _Command:
    """The options of every decision."""
    for option in (
        click.option("--reason", required=True, help="Why. Kept, sealed; no letter tells it."),
        click.option("--yes", is_flag=True, help="Do not ask; do it."),
        click.option(
            "--by",
            metavar="NAME",
            expose_value=False,
            callback=_keep_name,
            help="Who decided; the board's administrator unless given.",
        ),
    ):
        command = option(command)
    return command


def _keep_name(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None and value.strip():
        context.meta[_DECIDED_BY] = value.strip()


def decision_reason(reason: str, *, tell: str = "", agreed_by: str = "") -> DecisionReason:
    """Why, who decided, and at whose login it was typed. Raises InvalidUserFile."""
    if not reason.strip():
        raise click.UsageError("--reason should say something.")
    context = click.get_current_context()
    asked: GlobalOptions = context.obj
    by = context.meta.get(_DECIDED_BY) or load_own_settings(asked.config).board.administrator.name
    return DecisionReason(reason.strip(), by, agreed_by.strip(), tell.strip(), login_name())


def settle_decision(
    app: Application,
    decide: Callable[[], Decision | DecisionRefused],
    carry_out: Callable[[Decision], object] | None = None,
    *,
    yes: bool,
    told: Iterable[str] = (),
) -> None:
    """Tell what the decision will cause, ask, and carry it out: for most, to make it is all.
    `told` comes first."""
    carry_out = carry_out or (lambda made: app.register.decisions.record_decision(made, app.now()))
    decision = decide()
    if isinstance(decision, DecisionRefused):
        exit_with_message(decision.why)
    do = partial(carry_out, decision)
    effects = _effects(app, [decision], do)
    print_lines(*told, *effects)
    _do_when_agreed(app, decide, decision, do, yes=yes)
    click.echo(_done(app, [decision], effects))


def _done(app: Application, decisions: Iterable[Decision], effects: Collection[str]) -> str:
    """That it is done, and when its letters go, where it has any."""
    if not any(line.startswith(LETTER_LINE) for line in effects):
        return _DONE
    quiet = app.settings.outbox.decisions_quiet_minutes
    waits = quiet and any(decision.what in TOLD_TOGETHER for decision in decisions)
    goes = _LETTERS_WAIT.format(count_noun(quiet, "minute")) if waits else _LETTERS_GO
    return f"{_DONE} {goes}"


def settle_decisions(
    app: Application,
    decide: Callable[[], list[Decision]],
    carry_out_one: Callable[[Decision], object] | None = None,
    *,
    yes: bool,
    told: Iterable[str],
) -> int:
    """The same for many of one sort, all or none of them; returns how many were made."""
    do = carry_out_one or (lambda made: app.register.decisions.record_decision(made, app.now()))

    def carry_out() -> None:
        for decision in decisions:
            do(decision)

    decisions = decide()
    print_lines(*told, *_effects(app, decisions, carry_out))
    _do_when_agreed(app, decide, decisions, carry_out, yes=yes)
    return len(decisions)


def settle_request(
    app: Application, request: Request, *, yes: bool, told: Iterable[str] = ()
) -> None:
    """The same for what a mail may ask for as well: all of it or nothing."""
    decide = partial(decide_request, app, request)
    decisions = decide()
    if isinstance(decisions, DecisionRefused):
        exit_with_message(decisions.why)
    carry_out = partial(carry_out_decisions, app, decisions)
    effects = _effects(app, decisions, carry_out)
    print_lines(*told, *effects)
    _do_when_agreed(app, decide, decisions, carry_out, yes=yes)
    click.echo(_done(app, decisions, effects))


def _effects(
    app: Application, decisions: Sequence[Decision], carry_out: Callable[[], object]
) -> list[str]:
    """What they cause; ends the command where no letter could tell it."""
    try:
        return decision_effects(app, decisions, carry_out)
    except WordsWithheld as why:
        exit_with_message(why.sentence)


def _do_when_agreed(
    app: Application,
    decide: Callable[[], object],
    decided: object,
    carry_out: Callable[[], object],
    *,
    yes: bool,
) -> None:
    """What was told is asked about, decided once more under the lock, and done only if it is still
    the same."""
    if not yes and not click.confirm("Go on?"):
        exit_with_message("Nothing was decided.")
    with app.register.transaction():
        if decide() != decided:
            exit_with_message(CHANGED_MEANWHILE)
        carry_out()


def login_name() -> str:
    """Who is at the keyboard: whoever became the service's user by sudo, else that user."""
    return os.environ.get("SUDO_USER") or pwd.getpwuid(os.getuid()).pw_name
