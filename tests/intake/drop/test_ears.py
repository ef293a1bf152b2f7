"""Events in the drop folder: a hint that is listened to, and never believed."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from intake.drop.shared_folder import SharedFolder, make_drop_folder
from intake.drop.watcher import FolderWatcher, WatchMode
from intake.source_claim import SourceClaim
from tests.intake.drop.shares import mounted

ROOT = Path(__file__).parents[3]
PATIENCE = 30.0  # seconds until a test gives up
LOCAL, SHARE = ("1 1 0:1 / / rw - ext4 d rw", "1 1 0:1 / / rw - cifs d rw")


class Listening:
    """Ears on a folder, and what they nudge."""

    def __init__(self, folder: Path, mode: WatchMode = "auto", table: str = LOCAL) -> None:
        self.folder = folder
        self.nudged = threading.Event()
        self.ears = FolderWatcher(folder, mode, self.nudged.set, lambda: table)

    def heard(self) -> bool:
        """Whether there was a nudge; waits for one."""
        heard = self.nudged.wait(PATIENCE)
        self.nudged.clear()
        return heard

    def begin(self) -> None:
        """Listen, and take the nudge that begins it."""
        assert self.ears.watch_if_useful().events
        assert self.heard()


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    (tmp_path / "drop" / "GP").mkdir(parents=True)
    made = Listening(tmp_path / "drop")
    with closing(made.ears):
        yield made


def test_what_comes_saved_or_renamed_is_heard_at_once(listening: Listening) -> None:
    listening.begin()
    path = listening.folder / "GP" / "x.docx"
    path.write_bytes(b"x")
    assert listening.heard()
    path.rename(path.with_name("y.docx"))
    assert listening.heard()


def test_an_agencys_folder_made_later_is_listened_to_as_well(listening: Listening) -> None:
    listening.begin()
    (listening.folder / "POL").mkdir()
    (listening.folder / "POL" / "x").write_bytes(b"x")
    assert listening.heard()


def test_our_own_looks_do_not_nudge_us(listening: Listening) -> None:
    """Else the service would look for ever."""
    path = listening.folder / "GP" / "x.docx"
    path.write_bytes(b"x")
    make_drop_folder(listening.folder)
    share = SharedFolder(listening.folder, SourceClaim("0" * 64, "The Board"))
    share.claim_folder()
    listening.begin()
    share.renew_claim()
    path.read_bytes()
    os.listdir(path.parent)
    path.unlink()
    share.release_claim()
    marker = listening.folder / "marker"
    assert not listening.nudged.is_set()
    marker.write_bytes(b"")
    assert listening.heard(), "events come in order: there was none before this one"


def test_it_begins_with_a_nudge_for_what_came_before(listening: Listening) -> None:
    """Failure mode 19."""
    (listening.folder / "GP" / "x.docx").write_bytes(b"x")
    assert listening.ears.watch_if_useful().events
    assert listening.heard()


@pytest.mark.parametrize(("mode", "table"), [("poll", LOCAL), ("auto", SHARE), ("auto", "")])
def test_it_does_not_listen_where_that_is_of_no_use(
    tmp_path: Path, mode: WatchMode, table: str
) -> None:
    listening = Listening(tmp_path, mode, table)
    before = threading.active_count()
    assert not listening.ears.watch_if_useful().events
    assert threading.active_count() == before


def test_listening_that_has_died_is_begun_again(listening: Listening) -> None:
    """Failure mode 18."""
    listening.begin()
    for emitter in listening.ears._observer.emitters:  # type: ignore[union-attr]
        emitter.stop()
        emitter.join()
    listening.begin()
    (listening.folder / "GP" / "x.docx").write_bytes(b"x")
    assert listening.heard()


def test_a_folder_that_came_back_as_another_is_listened_to(listening: Listening) -> None:
    """Failure mode 23: a share that was mounted after the service had started."""
    listening.begin()
    listening.folder.rename(listening.folder.with_name("aside"))
    assert listening.ears.watch_if_useful().events
    listening.folder.mkdir()
    listening.begin()
    (listening.folder / "x").write_bytes(b"x")
    assert listening.heard()


def test_a_folder_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    listening = Listening(tmp_path / "drop")
    with closing(listening.ears):
        listening.ears.watch_if_useful()
        (tmp_path / "drop").mkdir()
        listening.begin()


def test_a_share_that_takes_the_place_of_a_local_folder_is_listened_to_no_more(
    tmp_path: Path,
) -> None:
    tables = [LOCAL, SHARE]
    ears = FolderWatcher(tmp_path, "auto", lambda: None, lambda: tables.pop(0))
    with closing(ears):
        assert ears.watch_if_useful().events
        assert not ears.watch_if_useful().events
        assert ears._observer is None


def test_a_system_without_room_for_another_watch_is_only_looked_at(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("intake.drop.watcher.Observer.schedule", full)
    noticed = listening.ears.watch_if_useful()
    assert not noticed.events
    assert "no more events" in noticed.why


class _Names(FileSystemEventHandler):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.marked = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.names.add(Path(os.fsdecode(event.src_path)).name)
        if "marker" in self.names:
            self.marked.set()


def test_on_a_real_share_what_others_put_there_makes_no_event(tmp_path: Path) -> None:
    """Failure mode 16: why "auto" does not listen on one."""
    with mounted(tmp_path / "share") as share:
        names, observer = _Names(), Observer()
        observer.schedule(names, str(share.mount), recursive=True)
        observer.start()
        (share.behind / "from another machine").write_bytes(b"x")
        (share.mount / "marker").write_bytes(b"x")
        assert names.marked.wait(PATIENCE)
        observer.stop()
        observer.join()
        assert "from another machine" not in names.names
        with closing(FolderWatcher(share.mount, "auto", lambda: None)) as ears:
            assert "fuse" in ears.watch_if_useful().why


FLOOD = 8_000  # files, three events each; the kernel keeps 16,384
_FLOODED = """
import sys, threading
from datetime import date
from pathlib import Path
from intake.drop import DropFolder
from intake.drop.watcher import FolderWatcher
heard, nudged = [], threading.Event()
folder = Path(sys.argv[1])
ears = FolderWatcher(folder, "events", lambda: (heard.append(None), nudged.set()))
drop = DropFolder(folder, bytes.hex, settle=lambda: None, today=lambda: date(2010, 4, 1))
ears.watch_if_useful()
print("listening", flush=True)
sys.stdin.readline()
nudged.clear()
(folder / "GP" / "last").write_bytes(b"x")
assert nudged.wait(30)
print(len(heard), len(list(drop.list_offers())), flush=True)
ears.close()
"""


def test_events_lost_in_a_flood_lose_no_file(tmp_path: Path) -> None:
    """Failure mode 17: while we are held up, more come than the kernel remembers."""
    (tmp_path / "GP").mkdir()
    (tmp_path / ".scr-intake").write_bytes(b"")
    with subprocess.Popen(
        [sys.executable, "-c", _FLOODED, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "listening\n"
        process.send_signal(signal.SIGSTOP)
        for n in range(FLOOD):
            (tmp_path / "GP" / f"{n}").write_bytes(b"x")
        process.send_signal(signal.SIGCONT)
        out, _ = process.communicate("\n", timeout=2 * PATIENCE)
    heard, found = (int(word) for word in out.split())
    assert heard < 3 * FLOOD, "nothing was lost: this test proves nothing here"
    assert found == FLOOD + 1


def test_what_watchdog_says_of_a_folder_that_it_meets_twice_puts_no_name_into_the_log() -> None:
    said = "Callback with id '1' already exists for watch Watch(path=b'/drop/GP/Child Name')."
    told = (
        "import warnings, intake.drop.watcher\n"
        f"warnings.warn_explicit({said!r}, RuntimeWarning, 'inotify.py', 365,"
        " 'watchdog.observers.inotify')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stderr == ""
