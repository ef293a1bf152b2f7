"""`scr-intake keys rotate`: a new key, without stopping anything.

Does: adds a key to the keys folder, wraps with it what the vault seals with, and records that.
Trusts: whoever may run this to write in the keys folder.
Never touches: originals. They stay sealed as they are; what opens them is wrapped anew.
Known limits: the old key is not deleted, since backups made before still need it.
"""

from __future__ import annotations

import click

from commands.asked import Asked
from commands.house import open_house


@click.group
def keys() -> None:
    """Change the key that everything kept is sealed under.

    Example: scr-intake keys rotate
    """


@keys.command
@click.pass_obj
def rotate(asked: Asked) -> None:
    """Make a new key, and seal everything under it.

    The service may be running. If this is stopped half-way, running it again finishes it.

    Example: scr-intake keys rotate
    """
    with open_house(asked) as house:
        number = house.vault.rotate()
        with house.register.transaction():
            house.register.record.append(house.now(), "keys rotated", key=number)
    folder = house.settings.storage.keys
    click.echo(f"Everything is now under key {number}. Copy {folder} somewhere safe again.")
    click.echo(
        f"The keys before it open backups made until now, and nothing else: keep vault-1.key to"
        f" vault-{number - 1}.key with those backups, and delete them from {folder}."
        if number > 2
        else f"The key before it opens backups made until now, and nothing else: keep vault-1.key"
        f" with those backups, and delete it from {folder}."
    )
