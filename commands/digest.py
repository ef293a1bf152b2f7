"""`scr-intake digest`: what the last digest asked, or with --preview the next one as it would be
written now; nothing is sent.

What this morning's digest told once is told again, as of the last one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from jinja2 import TemplateError

from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions, exit_with_message, print_json
from config.command_line import separate_commands
from outbox.orders.kept_asks import KeptAsks
from outbox.writing.asks import NumberedAsk
from outbox.writing.disclosure_guard import LetterWithheld
from outbox.writing.enclosures import self_contained_html
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.subject_line import LetterMalformed

PREVIEW_HINT = (
    "The service sends the digest by itself. To see it now: `scr-intake digest --preview`"
    " To see what the last one asked: `scr-intake digest --json`"
)


@click.command
@click.option("--preview", is_flag=True, help="Print it; nothing is sent or recorded.")
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the HTML with its pictures into FILE, to look at in a browser.",
)
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help="Cut no list short, and say the command for each of its points.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: what is asked, and the links.")
@click.pass_obj
def digest(
    asked: GlobalOptions, preview: bool, html: Path | None, whole: bool, as_json: bool
) -> None:
    """Show today's digest as it would be written now, without sending; or what
    the last one asked.

    With --json alone, what the last digest asked that went, worst first, with the links that
    answer it. With --preview as well, what the next one would ask; its links do not act yet.

    Example: scr-intake digest --preview --html digest.html
    """
    if not (preview or html or as_json):
        raise click.UsageError(separate_commands(PREVIEW_HINT))
    if as_json:
        with open_application(asked) as app:
            print_json({"asks": [ask_as_json(ask) for ask in _asks(app, preview, whole)]})
        return
    with open_application(asked) as app:
        now = app.now()
        try:
            written = parse_letter(
                app.correspondence.write_unqueued(
                    app.digests.draft_digest_at(now, whole=whole), now
                )
            )
        except TemplateError as why:
            exit_with_message(f"The digest cannot be written: {why}")
        except (LetterMalformed, LetterWithheld) as why:
            exit_with_message(f"The digest cannot be written. {why.sentence}")
    if preview:
        click.echo(f"Subject: {written['Subject']}\n\n{letter_plain_text(written)}", nl=False)
    if html is None:
        return
    try:
        html.write_text(self_contained_html(written), encoding="utf-8")
    except OSError as why:
        exit_with_message(f"{html} cannot be written: {why.strerror}.")
    click.echo(f"Written: {html}")


def _asks(app: Application, preview: bool, whole: bool) -> Sequence[NumberedAsk]:
    """Those of the last digest that went, or of the next."""
    if preview:
        return app.digests.draft_digest_at(app.now(), whole=whole).numbered
    kept = KeptAsks(app.database, app.vault)
    last = kept.last_digest()
    return [each.ask for each in kept.asks_of_digest(last)] if last is not None else []


def ask_as_json(ask: NumberedAsk) -> dict[str, Any]:
    """The contract of `digest --json`."""
    return {
        "number": ask.number,
        "case": ask.topic.case or None,
        "agency": ask.topic.agency or None,
        "says": ask.says,
        "links": [{"label": link.label, "mailto": link.mailto} for link in ask.links],
    }
