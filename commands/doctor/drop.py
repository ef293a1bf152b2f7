"""The drop folder: is it there, whose is it, how are new files noticed, can the agencies' folders
be worked, and does anything lie there that nobody takes.

Does: looks at what the settings name as the service would, and takes nothing.
Trusts: the settings, the system's table of mounts.
Never touches: files; the lock of a service that runs.
Known limits: whether an agency may write its folder is the share's to say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from commands.doctor.check import Ground, Said, soon, well, wrong
from intake.drop.names import DONE, RETURNED, ignored
from intake.drop.noticing import noticing
from intake.drop.scan import scan
from intake.drop.share import AnotherRegisters, Share
from intake.keys import KeysExposed, KeysMissing, KeysSpoiled, read_keys
from intake.mounts import kind_of_disk, read_table
from intake.source import NotThere, Unreadable
from intake.vault import Vault


def drop_folder(ground: Ground) -> Iterator[Said]:
    """Nothing where there is no drop folder."""
    drop = ground.settings.drop
    if drop is None:
        return
    share = Share(drop.path, _owner(ground))
    try:
        share.look()
    except AnotherRegisters as why:
        yield wrong(why.sentence, why.fix)
        return
    except NotThere as why:
        yield wrong(why.sentence, why.fix)
        return
    chosen = noticing(drop.mode, kind_of_disk(drop.path, read_table()))
    yield well(chosen.sentence(ground.settings.schedule.scan_seconds))
    yield from _agencies(drop.path)
    yield from _odd(share)


def _agencies(folder: Path) -> Iterator[Said]:
    """Counted, not named: anyone may have made one of them."""
    ours = {DONE, RETURNED}
    found = [p for p in folder.iterdir() if p.is_dir() and not ignored(p.name)]
    agencies = [path for path in found if path.name.casefold() not in ours]
    shut = [path for path in agencies if not os.access(path, os.R_OK | os.W_OK | os.X_OK)]
    if shut:
        fix = "Let the service read and write them: it moves files and puts receipts there."
        yield wrong(f"{len(shut)} of {len(agencies)} folders in it cannot be worked.", fix)
    else:
        yield well(f"All {len(agencies)} folders in it can be read and written.")


def _odd(share: Share) -> Iterator[Said]:
    """Counted, not named, and not opened."""
    try:
        with share.root() as root:
            odd = len(scan(root).odd)
    except (NotThere, Unreadable):  # a moment ago it was well
        return
    if odd:
        what = "thing lies in it that is" if odd == 1 else "things lie in it that are"
        yield soon(
            f"{odd:,} {what} not taken: links, what is no ordinary file, or files outside the"
            " agencies' folders.",
            "Ask whoever put them there for copies in the agency's folder.",
        )


def _owner(ground: Ground) -> str | None:
    """Our mark on the folder; None where there are no keys to make it, which is told elsewhere."""
    try:
        keys = read_keys(ground.settings.storage.keys)
    except (KeysMissing, KeysExposed, KeysSpoiled):
        return None
    return Share.mark_of(Vault(ground.settings.storage.vault, keys).mark)
