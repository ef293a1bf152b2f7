"""`scr-intake keys rotate`: a new key for everything that is kept."""

from __future__ import annotations

import click

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from handlers.register.audit_acts import AuditAct


@click.group
def keys() -> None:
    """Change the key that everything kept is sealed under.

    Example: scr-intake keys rotate
    """


@keys.command
@click.pass_obj
def rotate(asked: GlobalOptions) -> None:
    """Make a new key, and wrap all others with it: of the board, and of every case.

    The service may be running. If this is stopped half-way, running it again finishes it.

    Example: scr-intake keys rotate
    """
    with open_application(asked) as app:
        number = app.vault.rotate_keys()
        with app.register.transaction():
            app.register.record.append(app.now(), AuditAct.KEYS_ROTATED, key=number)
    folder = app.settings.storage.keys
    click.echo(f"Everything is now under key {number}. Copy {folder} somewhere safe again.")
    click.echo(
        f"The keys before it open backups made until now, and nothing else: keep vault-1.key to"
        f" vault-{number - 1}.key with those backups, and delete them from {folder}."
        if number > 2
        else f"The key before it opens backups made until now, and nothing else: keep vault-1.key"
        f" with those backups, and delete it from {folder}."
    )
