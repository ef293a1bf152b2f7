"""`scr-intake letters`: what is queued, sent and failed; `letters show ID` prints one.

Does: lists letters by number, and opens one.
Trusts: whoever may run this to read letters.
Never touches: anything; it only reads.
Known limits: none.
"""

from __future__ import annotations

import click

from commands.asked import ATTENTION, LARGEST_ID, Asked, print_json, stop
from commands.house import open_house
from outbox.letter import Letter
from outbox.wording import opened, text_of


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def letters(context: click.Context, as_json: bool) -> None:
    """Show what is queued, sent and failed.

    Exit status 1 when one failed for good.

    Example: scr-intake letters
    """
    if context.invoked_subcommand is not None:
        context.default_map = {"show": {"as_json": as_json}}  # wherever --json was typed
        return
    asked: Asked = context.obj
    with open_house(asked) as house:
        found = house.queue.all()
    if as_json:
        print_json([_as_json(letter) for letter in found])
    else:
        for letter in found:
            click.echo(_line(letter))
        if not found:
            click.echo("No letter has been written yet.")
    if any(letter.state == "failed" for letter in found):
        raise click.exceptions.Exit(ATTENTION)


@letters.command
@click.argument("id", metavar="ID", type=click.IntRange(1, LARGEST_ID))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the text.")
@click.pass_obj
def show(asked: Asked, id: int, as_json: bool) -> None:
    """Print one letter.

    Example: scr-intake letters show 3
    """
    with open_house(asked) as house:
        letter = house.queue.get(id)
    if letter is None:
        stop(f"There is no letter {id}. `scr-intake letters` lists them.")
    if as_json:
        print_json(_as_json(letter) | {"text": text_of(opened(letter.message))})
    else:
        click.echo(as_read(letter))


def as_read(letter: Letter) -> str:
    """A letter as its reader sees it: who, to whom, about what, and the text."""
    message = opened(letter.message)
    heads = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Date")]
    return "\n".join([*heads, "", text_of(opened(letter.message))])


def _as_json(letter: Letter) -> dict[str, object]:
    message = opened(letter.message)
    return {
        "id": letter.id,
        "kind": letter.kind,
        "state": letter.state,
        "to": message["To"].addresses[0].addr_spec,
        "subject": str(message["Subject"]),
        "message_id": letter.message_id,
        "queued": letter.queued.isoformat(),
        "sent": letter.sent.isoformat() if letter.sent else None,
        "tries": letter.tries,
        "answer": letter.answer,
    }


def _line(letter: Letter) -> str:
    message = opened(letter.message)
    to = message["To"].addresses[0].addr_spec
    return f"{letter.id:>5}  {letter.state:<8} {letter.kind:<16} {to:<36} {message['Subject']}"
