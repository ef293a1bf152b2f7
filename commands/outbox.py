"""`scr-intake outbox`: whether letters leave; `pause` keeps them in, `resume` lets them go.

Does: shuts and opens the gate, and says how it stands.
Trusts: whoever may run this.
Never touches: letters. Those that are due are still written, and wait.
Known limits: the digest goes all the same, and says that the outbox is paused.
"""

from __future__ import annotations

import click

from commands.asked import Asked, print_json
from commands.house import House, open_house
from config.calendar import moment


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def outbox(context: click.Context, as_json: bool) -> None:
    """Show whether letters leave, and how many wait.

    Example: scr-intake outbox
    """
    if context.invoked_subcommand is not None:
        return
    asked: Asked = context.obj
    with open_house(asked) as house:
        paused = house.gate.paused()
        if as_json:
            since = paused.isoformat() if paused else None
            print_json({"paused": since, "letters": house.queue.counts()})
        else:
            click.echo(_stands(house))


@outbox.command
@click.pass_obj
def pause(asked: Asked) -> None:
    """Keep all letters in, but for the digest.

    Example: scr-intake outbox pause
    """
    with open_house(asked) as house:
        house.gate.pause(house.now())
        click.echo(_stands(house))


@outbox.command
@click.pass_obj
def resume(asked: Asked) -> None:
    """Let letters go again.

    Example: scr-intake outbox resume
    """
    with open_house(asked) as house:
        house.gate.resume(house.now())
        click.echo(_stands(house))


def _stands(house: House) -> str:
    waiting = house.queue.counts()["queued"]
    paused = house.gate.paused()
    if paused is None:
        return f"Letters leave. Waiting: {waiting}."
    since = moment(paused.astimezone(house.settings.board.zone))
    return f"Paused since {since}: no letter leaves but the digest. Waiting: {waiting}."
