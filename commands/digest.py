"""`scr-intake digest --preview`: today's digest as it would be written now; nothing is sent.

What this morning's digest told once is told again, as of the last one before it.
"""

from __future__ import annotations

from pathlib import Path

import click
from jinja2 import TemplateError

from commands.app import open_application
from commands.global_options import GlobalOptions, exit_with_message
from config.command_line import separate_commands
from outbox.writing.disclosure_guard import LetterWithheld
from outbox.writing.enclosures import self_contained_html
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.subject_line import LetterMalformed

PREVIEW_HINT = (
    "The service sends the digest by itself. To see it now: `scr-intake digest --preview`"
)


@click.command
@click.option("--preview", is_flag=True, help="Print it; nothing is sent or recorded.")
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the HTML with its pictures into FILE, to look at in a browser.",
)
@click.option("--all", "whole", is_flag=True, help="Cut no list short.")
@click.pass_obj
def digest(asked: GlobalOptions, preview: bool, html: Path | None, whole: bool) -> None:
    """Show today's digest as it would be written now, without sending.

    Example: scr-intake digest --preview --html digest.html
    """
    if not (preview or html):
        raise click.UsageError(separate_commands(PREVIEW_HINT))
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
