"""`scr-intake due`: who would be chased for what, and when, without sending anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from commands.composition.app import open_application
from commands.global_options import GlobalOptions, print_json, print_lines
from config.calendar import date_in_words
from outbox.chasing.suppression import suppressed_needs

if TYPE_CHECKING:
    from outbox.chasing.chasing import ForecastLetter
    from outbox.chasing.suppression import SuppressedLetter

DEFAULT_SPAN = timedelta(days=28)  # when no last day is given
MAX_SPAN = timedelta(days=400)


@click.command
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day (today).")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day (4 weeks on).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def due(asked: GlobalOptions, first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """Show who would be reminded and chased, and when, without sending.

    It takes things as they stand: nothing comes in, and nobody decides anything.

    Example: scr-intake due --from 2010-04-12 --to 2010-04-30
    """
    with open_application(asked) as app:
        start = first.date() if first else app.now().date()
        end = last.date() if last else start + DEFAULT_SPAN
        if not timedelta() <= end - start <= MAX_SPAN:
            raise click.UsageError("--to lies after --from, and at most 400 days after it.")
        foreseen = list(app.chasing.forecast_days(start, end, app.settings.board.zone_info))
        silent = app.chasing.find_suppressed(app.now()) if start <= app.now().date() <= end else ()
    if as_json:
        print_json([*map(_as_json, foreseen), *map(_silent_as_json, silent)])
    else:
        _print(foreseen, start, end)
        if silent:
            click.echo("Not written to, as things stand")
        for line in suppressed_needs(silent):
            ways = [each for each in (line.command, *line.more) if each]
            print_lines(f"  {line.says}", *(f"    {each}" for each in ways))


def _print(found: Sequence[ForecastLetter], start: date, end: date) -> None:
    if not found:
        click.echo(
            f"Nobody would be written to from {date_in_words(start)} to {date_in_words(end)}."
        )
    for day, letters in groupby(found, key=lambda one: one.when.date()):
        click.echo(date_in_words(day))
        for one in letters:
            click.echo(f"  {_line(one)}")


def _line(one: ForecastLetter) -> str:
    facts: Any = one.draft.facts
    to, kind = one.draft.recipient.name, one.draft.kind
    what = "a draft for you to release," if one.draft.to_release else kind
    about = "about what waits for a decision:" if kind == "undecided" else "for"
    return f"{facts.case}  {facts.agency}: {what} to {to}, {about} the {facts.nouns}"


def _as_json(one: ForecastLetter) -> dict[str, str]:
    facts: Any = one.draft.facts
    return {
        "day": one.when.date().isoformat(),
        "case": facts.case,
        "agency": facts.agency,
        "letter": one.draft.kind,
        "to": one.draft.recipient.email,
        "about": facts.nouns,
        "why_not": "",
    }


def _silent_as_json(one: SuppressedLetter) -> dict[str, str]:
    """What is not written, as things stand: no day, no letter."""
    return {
        "day": "",
        "case": one.reference,
        "agency": one.agency,
        "letter": "",
        "to": "",
        "about": one.about,
        "why_not": one.why,
    }
