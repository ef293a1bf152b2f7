"""The ears: listens for events in the drop folder, so that a new file need not wait for the next
look.

Does: nudges whoever waits whenever anything is put, saved or renamed there; listens anew when the
listening has died or the folder is another one (a share that was mounted in the meantime).
Trusts: nothing it hears: the scan is the truth (failure modes 16 to 18). A nudge carries nothing.
Never touches: files, the register; it does nothing in the thread that hears.
Known limits: listens to `done/` and `returned/` too, so what we do there causes one more look.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from intake.drop.names import LOCK, SENTINEL
from intake.drop.noticing import Mode, Noticing, deaf, noticing
from intake.mounts import kind_of_disk, read_table

# Not what is opened or read: our own looks do that, and would nudge us for ever.
_HEARD: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileMovedEvent, FileModifiedEvent, FileClosedEvent)
]
_STOPS_WITHIN = 5.0  # seconds


class Ears:
    """Listens to one folder, while that is of use."""

    def __init__(
        self,
        folder: Path,
        mode: Mode,
        nudge: Callable[[], None],
        table: Callable[[], str] = read_table,
    ) -> None:
        """`nudge` is called from another thread, and must do no more than wake the service."""
        self._folder = folder
        self._mode = mode
        self._nudge = nudge
        self._table = table
        self._observer: BaseObserver | None = None
        self._on: tuple[int, int] | None = None  # the folder that is listened to

    def attend(self) -> Noticing:
        """See to it that we listen if we should. Says how new files are noticed now."""
        chosen = noticing(self._mode, kind_of_disk(self._folder, self._table()))
        here = self._identity()
        if self._observer is not None and not (chosen.events and self._alive(here)):
            self.close()
        if not chosen.events or here is None:
            return chosen
        if self._observer is None:
            try:
                self._listen(here)
            except OSError:  # no more watches, or no more descriptors
                self.close()
                return deaf(chosen)
        return chosen

    def close(self) -> None:
        """Listen no more."""
        observer, self._observer = self._observer, None
        if observer is not None and observer.is_alive():
            observer.stop()
            observer.join(_STOPS_WITHIN)

    def _listen(self, here: tuple[int, int]) -> None:
        self._observer, self._on = Observer(), here
        self._observer.schedule(
            _Nudging(self._nudge), str(self._folder), recursive=True, event_filter=_HEARD
        )
        self._observer.start()
        self._nudge()  # for what came before we listened

    def _alive(self, here: tuple[int, int] | None) -> bool:
        """Whether every thread that listens does, and to the folder that is there now."""
        observer = self._observer
        return (
            observer is not None
            and here == self._on
            and observer.is_alive()
            and all(emitter.is_alive() for emitter in observer.emitters)
        )

    def _identity(self) -> tuple[int, int] | None:
        try:
            about = self._folder.stat()
        except OSError:
            return None
        return about.st_dev, about.st_ino


class _Nudging(FileSystemEventHandler):
    """Hears anything, does one thing. An exception here would end the listening silently."""

    def __init__(self, nudge: Callable[[], None]) -> None:
        self._nudge = nudge

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A look closes our own lock, which is heard like a file that was saved."""
        if Path(os.fsdecode(event.src_path)).name not in (LOCK, SENTINEL):
            self._nudge()
