"""`scr-intake digest --preview`: today's digest as it would be written now.

Does: prints it, or puts its HTML with the pictures into a file.
Trusts: whoever may run this to read what the administrator reads.
Never touches: the queue; nothing is sent and nothing is recorded.
Known limits: what the digest of this morning told once is told again, as of the last one before it.
"""

from __future__ import annotations

from pathlib import Path

import click
from jinja2 import TemplateError

from commands.app import open_house
from commands.global_options import Asked, stop
from config.command_line import apart
from config.sentence import sentence_of
from outbox.writing.disclosure_guard import Withheld
from outbox.writing.enclosures import self_contained
from outbox.writing.letter_text import opened, text_of
from outbox.writing.writer import LetterMisshapen

SERVICE = "The service sends the digest by itself. To see it now: `scr-intake digest --preview`"


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
def digest(asked: Asked, preview: bool, html: Path | None, whole: bool) -> None:
    """Show today's digest as it would be written now, without sending.

    Example: scr-intake digest --preview --html digest.html
    """
    if not (preview or html):
        raise click.UsageError(apart(SERVICE))
    with open_house(asked) as house:
        now = house.now()
        try:
            written = opened(house.correspondence.tried(house.digests.as_of(now, whole=whole), now))
        except TemplateError as why:
            stop(f"The digest cannot be written: {why}")
        except (LetterMisshapen, Withheld) as why:
            stop(f"The digest cannot be written. {sentence_of(why)}")
    if preview:
        click.echo(f"Subject: {written['Subject']}\n\n{text_of(written)}", nl=False)
    if html is None:
        return
    try:
        html.write_text(self_contained(written), encoding="utf-8")
    except OSError as why:
        stop(f"{html} cannot be written: {why.strerror}.")
    click.echo(f"Written: {html}")
