"""`scr-intake open ID`: a decrypted copy of what came, for a person to read.

The copy lies in a folder that only its owner can enter; nothing removes it later.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from commands.composition.app import open_application
from commands.composition.original_files import copy_name
from commands.decisions.decision_prompt import login_name
from commands.decisions.plain_copies import OPENED_PREFIX
from commands.decisions.withdrawal_note import OPENED_SEAL_CONTEXT
from commands.entries import ENTRY_ARGUMENT, matter_or_exit
from commands.global_options import GlobalOptions, exit_with_message
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import WITHDRAW


@click.command
@ENTRY_ARGUMENT
@click.pass_obj
def open(asked: GlobalOptions, id: int) -> None:
    """Decrypt a copy of what came, to read it.

    Example: scr-intake open 41
    """
    with open_application(asked) as app:
        entry = matter_or_exit(app, id).entry
        gone = app.register.withdrawals.destroyed.is_gone
        if entry.decided == WITHDRAW or gone(entry.content):
            exit_with_message(f"What came as entry {id} is destroyed.")
        raw = app.vault.read_original(entry.content)
        delivery = app.spool.get(entry.delivery_id)
        message = not entry.position and not delivery.is_file
        # What a mail says besides its documents is for a person to read, whole, unless it is gone.
        in_mail = entry.position and not delivery.is_file and not gone(delivery.content)
        mail = app.vault.read_original(delivery.content) if in_mail else b""
        format = "eml" if message else app.sandbox_judge.sniff_format(raw)
        with app.register.transaction():
            who = app.vault.seal_bytes(login_name().encode(), OPENED_SEAL_CONTEXT, entry.case_id)
            app.register.record.append(app.now(), AuditAct.OPENED, entry=id, by=who.hex())
    path = _private_copy(copy_name(id, format, raw), raw)
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
    folder = Path(tempfile.mkdtemp(prefix=OPENED_PREFIX))  # 0700
    return _put(folder / name, raw)


def _put(path: Path, raw: bytes) -> Path:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as copy:
        copy.write(raw)
    return path
