"""`scr-intake init DIR`: a board's folder, ready to run; no existing file is touched."""

from __future__ import annotations

import shlex
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

import config
from commands.composition.incoming import open_incoming
from commands.composition.runtime import open_runtime
from commands.global_options import EXIT_USAGE, GlobalOptions, exit_with_message
from config.explained_error import ExplainedError
from config.settings import load_settings
from config.user_file import InvalidUserFile
from handlers.register.last_backup import LastBackup, noted_backup, restore_step
from intake.drop.scan import SENTINEL_FILE
from intake.drop.shared_folder import SharedFolder, make_drop_folder
from intake.earlier_registers import REGISTER_FILE
from intake.keys import make_missing_keys, read_keys
from intake.maildir import make_maildir
from intake.source_claim import CLAIM_FILE, ClaimFile, SourceClaim, SourceClaimedElsewhere

SETTINGS_NAME = "scr-intake.toml"
_PUT_BACK = "Put back the settings, the keys and the vault that belong to this register."


class BoardBegunBefore(ExplainedError):
    sentence = (
        "Keys or originals of a board lie there already, or its register, so this is no new"
        " board. Nothing was changed."
    )

    def __init__(self, place: Path, restore: str) -> None:
        super().__init__(str(place))
        self.explanation = f"{self.sentence} ({place}) {restore}"


def make_board(folder: Path, at: datetime | None = None) -> None:
    """Write the settings, make every folder they name, and begin the register, at a time that is
    played or now. Raises FileExistsError, BoardBegunBefore, OSError, and what opening raises."""
    template = Path(config.__file__).parent / SETTINGS_NAME
    _refuse_begun_board(folder)
    _refuse_claimed_sources(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / SETTINGS_NAME).open("x", encoding="utf-8") as file:
        file.write(template.read_text(encoding="utf-8"))
    make_missing_keys(folder / "keys")
    make_maildir(folder / "mail")
    make_drop_folder(folder / "drop")
    for name in ("sent", "vault"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    asked = GlobalOptions(folder / SETTINGS_NAME, at)
    with (
        open_runtime(asked, working=False, running=False, new=True) as runtime,
        ExitStack() as claimed,
    ):
        open_incoming(runtime, claimed, working=True)  # ours from now on, whoever runs first


def _refuse_begun_board(folder: Path) -> None:
    """Raises FileExistsError for a board that has its register, BoardBegunBefore for one that lost
    it, with its settings or without, or all but it."""
    settings = folder / SETTINGS_NAME
    begun, register = (folder / "keys", folder / "vault"), None
    if not settings.exists() and (left := folder / REGISTER_FILE).exists():
        step = restore_step(_backup_noted(*begun), left)
        raise BoardBegunBefore(left, f"{_PUT_BACK} {step}")
    if settings.exists():
        try:
            storage = load_settings(settings).storage
        except InvalidUserFile:
            raise FileExistsError(str(settings)) from None
        begun, register = (storage.keys, storage.vault), storage.register_file
    if register is None or not register.exists():
        for place in begun:
            if any(place.glob("*")):
                step = restore_step(_backup_noted(*begun), register or folder / REGISTER_FILE)
                raise BoardBegunBefore(place, step)
    if register is not None:
        raise FileExistsError(str(settings))


def _refuse_claimed_sources(folder: Path) -> None:
    """Before anything is written: without keys there is none that is ours. Raises
    SourceClaimedElsewhere or ShareClaimedElsewhere, and SourceUnavailable where it cannot be
    told."""
    nobody = SourceClaim("", "")
    drop, mail = SharedFolder(folder / "drop", nobody), folder / "mail"
    drop.refuse_inner_folder()
    if (folder / "drop" / SENTINEL_FILE).exists():
        drop.check_available()
    claim = ClaimFile("mail", mail / CLAIM_FILE, nobody)
    if (mail / CLAIM_FILE).exists() and (owner := claim.look()) is not None:
        raise SourceClaimedElsewhere(str(mail), owner, f"delete the file {mail / CLAIM_FILE}")


def _backup_noted(keys: Path, vault: Path) -> LastBackup | None:
    try:
        return noted_backup(vault, read_keys(keys, None))
    except ExplainedError:
        return None


@click.command
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def init(asked: GlobalOptions, folder: Path) -> None:
    """Write settings and folders into DIR, ready to run.

    Example: scr-intake init board
    """
    try:
        make_board(folder, asked.at)
    except FileExistsError:
        exit_with_message(
            f"{folder / SETTINGS_NAME} is already there. Nothing was changed.", EXIT_USAGE
        )
    except OSError as why:
        exit_with_message(f"{folder} cannot be made: {why.strerror}.", EXIT_USAGE)
    click.echo(f"Made {folder / SETTINGS_NAME}: the settings, with a sentence above each.")
    click.echo(f"Made {folder / 'keys'}: copy it somewhere safe; without it nothing can be read.")
    click.echo("Next:")
    click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  scr-intake case load FILE")
    click.echo("  scr-intake once")
