"""`scr-intake letters preview KIND`: each letter as it would read, with made-up facts.

Nothing is kept and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, cast

import click

from commands.composition.board_owner import load_own_settings
from commands.composition.clock import make_clock
from commands.global_options import EXIT_USAGE, GlobalOptions, exit_with_message, print_lines
from config.settings import Settings
from outbox.samples.drafts import RECEIPTS, samples_of_kind
from outbox.writing.enclosures import self_contained_html
from outbox.writing.letter import LetterKind
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.template_check import TemplateChecker
from outbox.writing.writer import LetterWriter

# When each is written, for whoever looks for the one to change.
LETTER_PURPOSES: dict[LetterKind | Literal["receipt"], str] = {
    "acknowledgement": "all that came is accepted",
    "rejection": "something that came has to be mended",
    "unreadable": "what came could not be opened: damaged, cut short or empty",
    "referral": "something that came is for a person to look at",
    "duplicate": "the same document came again",
    "nothing-found": "a message says that a document is attached, and none is",
    "sealed-waiting": "a sealed message waits on another site for a person to open it",
    "too-big": "a message is larger than the service takes",
    "unplaced": "it does not say which of its sender's reviews it is for",
    "check-result": "an author rehearses: nothing is logged",
    "decision": "a person has decided about what came",
    "extension": "more time is agreed for a return",
    "waiver": "a return is no longer asked for",
    "withdrawal": "something that should never have come is destroyed",
    "reminder": "a return is due soon",
    "chaser": "a return is late",
    "escalation": "a return is later still",
    "to-chair": "a return is so late that the chair's office should hear of it; drafted",
    "undecided": "what came has waited long for a decision of the board; drafted",
    "digest": "the administrator's day",
    "alert": "the service itself is in trouble, or well again; to the operator",
    "urgent": "something urgent came; to the administrator, at any hour",
    "confirmation": "what was done by the administrator's mail; to them alone",
    "receipt": "no letter: the text that is put beside a dropped file",
}
_NOT_SHOWN = ("mime-version", "content-type")
_RULE = "-" * 72


@click.command
@click.argument("kind", metavar="[KIND]", required=False, type=click.Choice(list(LETTER_PURPOSES)))
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the HTML into FILE, to look at in a browser; further samples beside it.",
)
@click.pass_obj
def preview(asked: GlobalOptions, kind: str | None, html: Path | None) -> None:
    """Show a kind of letter with made-up facts; without KIND, list the kinds.

    The board's own words are used, from the folder that `letters` in the settings names. Where a
    letter reads differently from case to case, each is shown.

    Example: scr-intake letters preview rejection --html rejection.html
    """
    if kind is None:
        click.echo("\n".join(f"{kind:<16}  {said}" for kind, said in LETTER_PURPOSES.items()))
        return
    settings = load_own_settings(asked.config)
    writer = LetterWriter(settings.board, settings.outbox.sender)
    for slip in TemplateChecker(settings.board, writer).find_mistakes():
        print_lines(str(slip), f"  {slip.fix}", err=True)
    if kind == "receipt":
        if html is not None:
            exit_with_message("A receipt is plain text; there is no HTML of it.", EXIT_USAGE)
        _show(map(writer.write_receipt, RECEIPTS))
        return
    now = make_clock(settings.board.zone_info, asked.at)()
    written = list(_written(settings, writer, cast(LetterKind, kind), now))
    if html is None:
        _show(map(_as_read, written))
    else:
        for letter, path in zip(written, _numbered(html), strict=False):
            _put(path, self_contained_html(letter))


def _written(
    settings: Settings, writer: LetterWriter, kind: LetterKind, now: datetime
) -> Iterator[EmailMessage]:
    message_id = f"<scr.sample@{settings.outbox.sender.rpartition('@')[2]}>"
    for draft in samples_of_kind(kind):
        yield parse_letter(writer.write(draft, message_id, now))


def _show(texts: Iterable[str]) -> None:
    click.echo(f"\n{_RULE}\n\n".join(texts))


def _put(path: Path, html: str) -> None:
    try:
        path.write_text(html, encoding="utf-8")
    except OSError as why:
        exit_with_message(f"{path} cannot be written: {why.strerror}.")
    click.echo(f"Written: {path}")


def _as_read(letter: EmailMessage) -> str:
    heads = [f"{name}: {said}" for name, said in letter.items() if name.lower() not in _NOT_SHOWN]
    return "\n".join([*heads, "", letter_plain_text(letter)])


def _numbered(path: Path) -> Iterator[Path]:
    """letter.html, letter-2.html, ..."""
    yield path
    number = 2
    while True:
        yield path.with_stem(f"{path.stem}-{number}")
        number += 1
