"""`scr-intake open ID`: a copy of what came, decrypted for a person to read.

Does: writes the copy into a new folder only its owner can enter, under a name of ours, says where
it is, and records that it was opened.
Trusts: whoever may run this to read originals. Nothing in the document, which may be dangerous.
Never touches: the sender's file name, which may hold a child's; the inside of the document.
Known limits: the copy is in clear until it is deleted by hand.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from commands.asked import Asked
from commands.entries import ENTRY, matter_of
from commands.house import open_house
from intake.message.message import SNIFFED

# The formats whose name is the ending that a person's programs know them by.
_ENDINGS = SNIFFED - {"text", "html", "ole-encrypted", "rpmsg", "tnef", "pgp", "empty", "unknown"}


@click.command
@ENTRY
@click.pass_obj
def open(asked: Asked, id: int) -> None:
    """Decrypt a copy of what came, to read it.

    Example: scr-intake open 41
    """
    with open_house(asked) as house:
        entry = matter_of(house, id).entry
        raw = house.vault.get(entry.content)
        delivery = house.spool.get(entry.delivery_id)
        message = not entry.position and not delivery.dropped
        # What a mail says besides its documents is for a person to read, whole.
        mail = house.vault.get(delivery.content) if entry.position and not delivery.dropped else b""
        format = "eml" if message else house.confined.sniff(raw)
        with house.register.transaction():
            house.register.record.append(house.now(), "opened", entry=id)
    path = _private_copy(f"entry-{id}.{format if format in _ENDINGS else 'bin'}", raw)
    told = path.parent / f"entry-{id}-mail.eml"
    if mail:
        _put(told, mail)
    if any(finding.severity == "danger" for finding in entry.told.findings):
        click.echo("Take care: it was held because opening it may be dangerous.", err=True)
    click.echo(path)
    if mail:
        click.echo(f"The message it came in is beside it: {told}")
    click.echo(f"It is not encrypted. When you have read it: rm -r {path.parent}")


def _private_copy(name: str, raw: bytes) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="scr-intake-"))  # 0700
    return _put(folder / name, raw)


def _put(path: Path, raw: bytes) -> Path:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as copy:
        copy.write(raw)
    return path
