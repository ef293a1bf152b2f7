"""The proofreader: tries every template of the board's own before a letter needs it.

Does: looks at each file in the board's folder of templates, and writes every sample letter with
them; tells all slips at once.
Trusts: the samples.
Never touches: letters. What a slip keeps from being used is written in our words meanwhile.
Known limits: the folder is read again when a file in it has changed. A slip that only a letter's
own facts bring out is known once that letter was written, and until the service starts anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from jinja2 import Environment

from config.settings import Board
from outbox.slip import Slip, slip
from outbox.templates import SHIPPED, environment, files, shipped
from outbox.writer import RECEIPT, Writer, template_of

_ID = "<scr.sample@board.example>"
_NOW = datetime(2010, 4, 1, 10, 15, tzinfo=UTC)

Stamp = tuple[tuple[str, int, int], ...]


class Proofreader:
    """Reads a board's own templates through."""

    def __init__(self, board: Board, writer: Writer) -> None:
        self._board = board
        self._writer = writer
        self._stamp: Stamp | None = None
        self._found: tuple[Slip, ...] = ()

    def slips(self) -> tuple[Slip, ...]:
        """Everything that is not as it should be; none where the board has no words of its own."""
        folder = self._board.letters
        if folder is None:
            return ()
        if self._stamp != (stamp := _stamp(folder)):
            self._stamp = stamp
            self._writer.met.clear()
            self._found = tuple({slip.place: slip for slip in self._read(folder)}.values())
        met = (self._slip(why, name, folder) for name, why in self._writer.met.items())
        places = {slip.place for slip in self._found}
        return (*self._found, *(slip for slip in met if slip.place not in places))

    def _read(self, folder: Path) -> Iterator[Slip]:
        if not folder.is_dir():
            yield Slip(
                f"{folder}", "is not a folder.", "Make it, or take `letters` out of the settings."
            )
            return
        names = [path.relative_to(folder).as_posix() for path in files(folder)]
        known, templates = shipped(), environment(self._board)
        for name in names:
            if name in known:
                yield from self._parsed(templates, name, folder)
            else:
                yield _strange(name, known)
        if set(names) & set(known):
            yield from self._tried(folder)

    def _parsed(self, templates: Environment, name: str, folder: Path) -> Iterator[Slip]:
        try:
            templates.get_template(name)
        except Exception as why:  # noqa: BLE001  a file may be anything
            yield self._slip(why, name, folder)

    def _tried(self, folder: Path) -> Iterator[Slip]:
        """Every sample of every kind. Ours alone are known to be good: a test sees to it."""
        # Drawing their pictures takes a while, which most boards need never wait for.
        from outbox.samples.drafts import RECEIPTS, SAMPLES

        for draft in SAMPLES.values():
            try:
                self._writer.as_the_board(draft, _ID, _NOW)
            except Exception as why:  # noqa: BLE001  a template may do anything
                yield self._slip(why, template_of(draft), folder, _known(draft.facts))
        for receipt in RECEIPTS:
            try:
                self._writer.receipt_as_the_board(receipt)
            except Exception as why:  # noqa: BLE001
                yield self._slip(why, RECEIPT, folder, _known(receipt))

    def _slip(self, why: Exception, name: str, folder: Path, known: str = "") -> Slip:
        return slip(why, name, (folder, SHIPPED), known)


def _known(facts: object) -> str:
    if not is_dataclass(facts):
        return ""
    return f"It has {', '.join(f'letter.{field.name}' for field in fields(facts))}."


def _strange(name: str, known: list[str]) -> Slip:
    near = get_close_matches(name, known, 1, 0.5)
    fix = f"If {near[0]} was meant, rename it; else" if near else "To keep it,"
    return Slip(name, "is the name of none of our templates.", f"{fix} move it elsewhere.")


def _stamp(folder: Path) -> Stamp:
    """The same for as long as no file has changed."""
    found = [(".", 0, int(folder.is_dir()))]
    for path in files(folder):
        with suppress(FileNotFoundError):  # taken away while we look
            stat = path.stat()
            found.append((path.as_posix(), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
