"""What is said of a backup once it is made: the originals to put back, the registers and keys in
it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import join

from commands.composition.app import Application
from commands.composition.found_faults import copies_to_put_back
from config.english import count_noun, join_with_and
from handlers.register.integrity import missing_originals
from intake.backup import SEALED_KEYS_FILE
from intake.earlier_registers import (
    EARLIER_FOLDER,
    earlier_registers,
    missing_registers,
    rotted_registers,
)
from intake.sealed_keys import are_sealed


def originals_to_put_back(app: Application, folder: Path, rotted: Sequence[str]) -> Iterator[str]:
    """What the vault in use does not have any more, and the lines to type that bring it back."""
    missing = list(missing_originals(app.database, app.vault))
    if not (rotted or missing):
        return
    told = [f"{count_noun(len(rotted), 'original')} cannot be opened any more"] if rotted else []
    if missing:
        told.append(f"{count_noun(len(missing), 'original')} {_is(missing)} missing")
    yield f"In the vault {join_with_and(told)}."
    yield from copies_to_put_back([*rotted, *missing], folder, app.vault, app.keys)


def earlier_told(folder: Path) -> str:
    """How many earlier registers can be restored, as a line; "" for none. Raises OSError."""
    earlier = len(earlier_registers(folder)) - len(rotted_registers(folder))
    return f"It keeps {count_noun(earlier, 'earlier register')}.\n" if earlier else ""


def spoiled_told(folder: Path) -> Iterator[str]:
    """Earlier registers that the disk of the backup has spoiled, or that are gone from it, and the
    lines that take away what is left of them. Raises OSError."""
    if rotted := rotted_registers(folder):
        yield (
            f"{count_noun(len(rotted), 'earlier register')} in the backup {_is(rotted)} not as"
            f" {'it was' if len(rotted) == 1 else 'they were'} written: the disk has spoiled what"
            " lies there. It cannot be restored, and does not count as kept. To take it away, type:"
        )
        yield from _removals(folder, rotted)
    if missing := missing_registers(folder):
        yield (
            f"{count_noun(len(missing), 'earlier register')} {_is(missing)} gone from the backup:"
            f" of {join_with_and(missing)} only the folder is left. Somebody or the disk took it"
            " away, and it does not count as kept. To take the folder away too, type:"
        )
        yield from _removals(folder, missing)


def _removals(folder: Path, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield f"  {join(('rm', '-r', str((folder / EARLIER_FOLDER / name).resolve())))}"


def _is(found: Sequence[str]) -> str:
    return "is" if len(found) == 1 else "are"


def keys_told(app: Application, folder: Path, *, put_in: bool) -> tuple[str, bool]:
    """Which keys are in it, those of an earlier backup staying where they are; and False where
    whoever relies on them has to see to it."""
    if put_in:
        return "The keys are in it under the passphrase. Keep that somewhere else.", True
    place = folder / SEALED_KEYS_FILE
    try:
        sealed = place.read_bytes()
    except FileNotFoundError:
        return "The keys are not in it. Keep a copy of them somewhere else.", True
    except OSError:
        return (
            "Keys of an earlier backup lie in it. Whether they can be read is not known.",
            False,
        )
    if are_sealed(sealed, app.keys):
        return (
            "The keys are in it from an earlier backup, under the passphrase of that time, and"
            " are the ones that open it."
        ), True
    return (
        "The keys in it are those of an earlier backup, from before they were changed, and do not"
        " open this one. To put in those of today, add --with-keys. If you keep the keys elsewhere,"
        f" take the old ones away: {join(('rm', str(place.resolve())))}"
    ), False
