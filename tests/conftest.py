"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment
from xdist.remote import Producer
from xdist.scheduler import WorkStealingScheduling

import handlers.judging.vocabulary
import outbox.writing.templates
from config.kind import Kinds
from tests import fork_servers
from tests.board import Board
from tests.intake.drop.shares import told as share_told
from tests.servers import clamd as clamds
from tests.servers.clamd import Clamd
from tests.servers.dovecot import Dovecot, running

# What is compiled is kept, whatever the machine's habit is: to compile it all again, in each worker
# and in each program that a test starts, takes longer than most of the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No test goes by the clock: how long an example takes says how busy the machine is.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


class CompiledTemplates(BytecodeCache):
    """What Jinja2 made of each template, by its text: compiling costs more than most tests."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self._kept.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


outbox.writing.templates.ImmutableSandboxedEnvironment = partial(  # type: ignore[misc,assignment]
    ImmutableSandboxedEnvironment, bytecode_cache=CompiledTemplates()
)


_words_of = dict[tuple[int, ...], tuple[Kinds, frozenset[str]]]()
_gathered = handlers.judging.vocabulary.own_words


def gathered_once(kinds: Kinds) -> frozenset[str]:
    """The words of the same kinds, which each command of a test would gather anew."""
    key = tuple(map(id, kinds.all))
    if key not in _words_of:
        _words_of[key] = kinds, _gathered(kinds)  # kept with them, so that no id is used again
    return _words_of[key][1]


handlers.judging.vocabulary.own_words = gathered_once


# No test can cut the power: what a disk takes to make things last is waited for in vain. A test
# that needs a disk of its own makes one.
MEMORY, ROOM = Path("/dev/shm"), 1 << 30


def pytest_configure(config: pytest.Config) -> None:
    """The tests' folders lie in memory where there is room, unless somebody has said where."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    if roomy and config.getoption("basetemp") is None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> object:
    """Each worker has the tests of its half in a row, so that what a file's tests share is made
    in one worker alone; whoever is done takes over from the other."""
    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None


def pytest_report_header() -> list[str]:
    return [share_told()]


@pytest.fixture(scope="module", autouse=True)
def _fork_servers() -> Iterator[None]:
    """To start a fork server costs more than most tests: workers of the same orders share one."""
    with fork_servers.shared():
        yield


@pytest.fixture
def board(tmp_path: Path) -> Board:
    """A board's folder as `init` makes it, with no case yet."""
    return Board(tmp_path / "board")


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a board with case N12 loaded, to be copied: to load it each time costs more."""
    board = Board(tmp_path_factory.mktemp("loaded") / "board")
    assert board.load().status == 0
    return board.folder


@pytest.fixture
def loaded(tmp_path: Path, loaded_once: Path) -> Board:
    """A board with case N12 loaded."""
    return Board.copied(loaded_once, tmp_path / "board")


Beginning = Callable[[Board], object]


@pytest.fixture(scope="session")
def begun_once(
    loaded_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Beginning], Path]:
    """The folder of a board, case N12 loaded, on which a beginning was played: each once."""
    folders = dict[Beginning, Path]()

    def folder_of(play: Beginning) -> Path:
        if play not in folders:
            board = Board.copied(loaded_once, tmp_path_factory.mktemp("begun") / "board")
            play(board)
            folders[play] = board.folder
        return folders[play]

    return folder_of


@pytest.fixture
def begin(begun_once: Callable[[Beginning], Path], tmp_path: Path) -> Callable[[Beginning], Board]:
    """A board of the test's own that goes on after a beginning, which is a function of a module."""
    return lambda play: Board.copied(begun_once(play), tmp_path / "board")


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A mail server that the tests of a session share: each makes up a user of its own."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def clamd() -> Iterator[Clamd]:
    """A virus scanner that the tests of a session share: it knows the test virus alone."""
    with clamds.running() as server:
        yield server
