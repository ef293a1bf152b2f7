"""Notices new files in the drop folder: by events of the file system, or by looking alone on a
network share."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

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

from intake.drop.scan import LOCK_FILE, SENTINEL_FILE

# A folder that is made while its parent is looked through is met twice: the watch is the same, and
# the warning would put the folder's name into the log.
warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")

MOUNT_TABLE = Path("/proc/self/mountinfo")
# Where every change is made through this kernel, which then tells of it. On all others (CIFS, NFS,
# FUSE, 9p, virtiofs ...) others change things behind its back (failure mode 16).
LOCAL_FILE_SYSTEMS = frozenset(
    {"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "nilfs2", "overlay", "ramfs"}
    | {"reiserfs", "tmpfs", "ufs", "xfs", "zfs"}
)
# Where SQLite's locks and its log cannot be relied on (failure mode 62).
NETWORK_FILE_SYSTEMS = frozenset(
    {"9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"}
    | {"fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2"}
    | {"smb2", "smb3", "smbfs", "virtiofs", "vboxsf"}
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def read_mount_table() -> str:
    """The table as it is now, "" where there is none."""
    try:
        return os.fsdecode(MOUNT_TABLE.read_bytes())
    except OSError:
        return ""


def file_system_type(folder: Path, table: str) -> str:
    """The type of the mount that the folder lies on ("ext4", "cifs", "fuse.sshfs"), or ""."""
    here = Path(os.path.realpath(folder))
    found, longest = "", -1
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, types = before.split(" "), after.split(" ")
        if len(fields) < 5 or not types[0]:
            continue
        point = Path(_ESCAPED.sub(lambda m: chr(int(m[1], 8)), fields[4]))
        depth = len(point.parts)
        # Of two mounts on one point, the later hides the earlier.
        if depth >= longest and here.is_relative_to(point):
            found, longest = types[0], depth
    return found


def is_network_disk(kind: str) -> bool:
    return kind in NETWORK_FILE_SYSTEMS


def reports_changes(kind: str) -> bool:
    return kind in LOCAL_FILE_SYSTEMS


WatchMode = Literal["events", "poll", "auto"]


@dataclass(frozen=True, slots=True)
class WatchMethod:
    """What was chosen, and a clause that says why."""

    events: bool
    why: str

    def sentence_for_status(self, seconds: float, folder: str = "drop folder") -> str:
        """For the line at the start, and `status`. `folder` is what the folder is called."""
        every = "looked at every " + ("second" if seconds == 1 else f"{seconds:g} seconds")
        if self.events:
            return f"{folder.capitalize()}: {every}, and at once when something comes ({self.why})."
        return f"{folder.capitalize()}: {every} ({self.why})."


def choose_watch_method(mode: WatchMode, kind: str) -> WatchMethod:
    """`kind` is the type of the mount, as `file_system_type` finds it."""
    disk = kind or "an unknown kind of disk"
    if mode == "events":
        return WatchMethod(True, f'the settings say "events"; it is on {disk}')
    if mode == "poll":
        return WatchMethod(False, 'the settings say "poll"')
    if reports_changes(kind):
        return WatchMethod(True, f"it is on a local disk, {disk}")
    return WatchMethod(False, f"it is on {disk}, where files can come without an event")


def without_events(why: WatchMethod) -> WatchMethod:
    """The same where the system does not give us events."""
    return WatchMethod(False, f"{why.why}, but this system gives us no more events")


# Not what is opened or read: our own looks do that, and would nudge us for ever.
_HEARD: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileMovedEvent, FileModifiedEvent, FileClosedEvent)
]
_STOPS_WITHIN = 5.0  # seconds


class FolderWatcher:
    """Listens to one folder, while that is of use."""

    def __init__(
        self,
        folder: Path,
        mode: WatchMode,
        nudge: Callable[[], None],
        table: Callable[[], str] = read_mount_table,
    ) -> None:
        """`nudge` is called from another thread, and must do no more than wake the service."""
        self._folder = folder
        self._mode = mode
        self._nudge = nudge
        self._table = table
        self._observer: BaseObserver | None = None
        self._on: tuple[int, int] | None = None  # the folder that is listened to

    def watch_if_useful(self) -> WatchMethod:
        """See to it that we listen if we should. Says how new files are noticed now."""
        chosen = choose_watch_method(self._mode, file_system_type(self._folder, self._table()))
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
                return without_events(chosen)
        return chosen

    def close(self) -> None:
        """Stop listening for changes."""
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
        if Path(os.fsdecode(event.src_path)).name not in (LOCK_FILE, SENTINEL_FILE):
            self._nudge()
