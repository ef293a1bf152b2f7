"""Paths that a person gives: one into which they may not look is said to be that, and neither
missing nor a fault of ours."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from config.refused_access import find_refusal

# What the vault and the keys are made of.
_OURS = re.compile(r"head|journal|[0-9a-f]{62}|[0-9]+\.wrapped|(?:marks|vault-[0-9]+)\.key")


class GivenFile(click.Path):
    """A path of something that is to be there already."""

    def __init__(self, *, folder: bool = False) -> None:
        super().__init__(path_type=Path, exists=True, dir_okay=folder, file_okay=not folder)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        with suppress(OSError):  # any other is told by click
            try:
                Path(value).stat()
            except PermissionError as why:
                self.fail(permission_sentence(why) or "", param, ctx)
        return super().convert(value, param, ctx)


def permission_sentence(why: PermissionError) -> str | None:
    """What may not be worked by whoever runs this, whose it is, and the line to type; None where
    the system named no path. A file is named only where a person gave it, or we did: others may
    bear a name of somebody."""
    if not isinstance(why.filename, str | os.PathLike):
        return None
    path = Path(os.fsdecode(why.filename)).absolute()
    shut = next((f for f in reversed(path.parents) if not os.access(f, os.X_OK)), None)
    given = {Path(word).absolute() for word in sys.argv}
    if shut is not None or path in given or path.is_dir() or _OURS.fullmatch(path.name):
        return find_refusal(path).explanation
    return f"Permission is refused in {path.parent}: the user who runs this may not do that there."
