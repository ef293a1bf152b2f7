"""A worker to give hostile documents to, which must be as good as new after each of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handlers.sandbox import confine
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import WorkerLimits

HERE = Path(__file__).parent
TASKS = {
    name: f"tasks_for_tests:{name}"
    for name in (
        *("echo", "attachments", "inflate", "hoard", "nest", "spin", "sleep", "crash", "leave"),
        *("exit_politely", "stumble", "answer_with", "say_raw", "answer_and_stay"),
        *(
            "answer_unread",
            "environment",
            "writable",
            "refused",
            "late_imports",
            "return_a_date",
            "return_odd_blobs",
        ),
    )
}
SMALL = WorkerLimits(
    wall_seconds=60,
    cpu_seconds=20,
    memory_bytes=300 << 20,
    reply_bytes=1 << 20,
    value_bytes=1 << 18,
)


class Processes:
    """What a test may ask of the process table."""

    @staticmethod
    def children_of(pid: int) -> list[int]:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    @staticmethod
    def alive(pid: int) -> bool:
        """Running, not merely waiting to be reaped by an init that never does."""
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            return False

    @staticmethod
    def wait_until(true):
        """What `true` answers once it is something; a minute is for a machine under load."""
        for _ in range(6000):
            if answer := true():
                return answer
            time.sleep(0.01)
        raise AssertionError("a minute went by and it did not happen")


@pytest.fixture(scope="module", autouse=True)
def _fork_servers():
    """Here every worker starts its own: how it does, and how it ends, is what is tested."""


@pytest.fixture
def processes():
    return Processes


@pytest.fixture(scope="session")
def shared():
    with Worker(SMALL, TASKS, path=[HERE], setup="the setup") as worker:
        yield worker


@pytest.fixture
def worker(shared):
    """After each test the same fork server reads the next document as if nothing had happened."""
    shared.confinement()
    before = shared._fork_server.pid
    yield shared
    assert shared.run_in_child("echo", b"the next one").value["data"] == "the next one"
    assert shared._fork_server.pid == before
    assert Processes.children_of(before) == []


@pytest.fixture
def worker_with():
    """Workers with limits of their own, closed at the end."""
    started = []

    def start(**options):
        started.append(Worker(tasks=TASKS, path=[HERE], **options))
        return started[-1]

    yield start
    for worker in started:
        worker.close()


@pytest.fixture
def confinement(shared):
    """What is in force here. A test asserts accordingly; on CI, whose kernel has both, the two
    that matter most are required."""
    found = shared.confinement()
    if os.environ.get("CI"):
        assert found.is_in_force(confine.LANDLOCK_LAYER)
        assert found.is_in_force(confine.FILTER_LAYER)
    return found


@pytest.fixture
def alone():
    """Run code in a fresh process after some steps of confinement only; what it printed."""

    def run(steps: list[str], code: str) -> list[str]:
        head = (
            "import ctypes, errno, mmap, os, socket, sys\n"
            "from handlers.sandbox import confine, self_test as trials\n"
            "from handlers.sandbox.protocol import WorkerLimits\n"
            f"names = {steps!r}\n"
            "every = confine.FORK_SERVER_STEPS + confine.CHILD_STEPS\n"
            "steps = tuple(s for s in every if s[0] in names)\n"
            "assert len(steps) == len(names)\n"
            "def attempt(deed, *arguments):\n"
            "    try:\n"
            "        deed(*arguments)\n"
            "    except (OSError, MemoryError) as stop:\n"
            "        number = getattr(stop, 'errno', None)\n"
            "        print(errno.errorcode.get(number, type(stop).__name__), flush=True)\n"
            "    else:\n"
            "        print('done', flush=True)\n"
            "for layer in confine.confine_process(steps, WorkerLimits(memory_bytes=200 << 20)):\n"
            "    if not layer.in_force: print('not in force:', layer.name); sys.exit()\n"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-c", head + code], capture_output=True, text=True, timeout=60
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return run
