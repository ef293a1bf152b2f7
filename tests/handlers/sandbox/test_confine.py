"""Each layer of confinement by itself, in a fresh process: none of them leans on another."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from handlers.sandbox.confine import CHILD_STEPS, FILTER_LAYER, FORK_SERVER_STEPS, LANDLOCK_LAYER
from handlers.sandbox.protocol import DONE_STATUS, LESS_CONFINED_STATUS, ORPHANED_STATUS, pack_parts

NO_NEW = "No new privileges"
OPEN = "attempt(open, '/etc/passwd')\n"


def granted(confinement, name, printed, expected):
    """Where the kernel has the layer it has to work; where not, that has to be said."""
    if confinement.is_in_force(name):
        assert printed == expected
    else:
        assert printed == [f"not in force: {name}"]


def test_landlock_alone_refuses_files(alone, confinement, tmp_path):
    """Failure mode 55."""
    standing = tmp_path / "standing"
    standing.write_text("still here")
    printed = alone(
        [NO_NEW, LANDLOCK_LAYER],
        OPEN
        + "attempt(os.listdir, '/')\n"
        + f"attempt(open, {str(tmp_path / 'new')!r}, 'w')\n"
        + f"attempt(os.truncate, {str(standing)!r}, 0)\n"
        + f"attempt(os.symlink, '/', {str(tmp_path / 'link')!r})\n"
        + f"attempt(os.unlink, {str(standing)!r})\n"
        + "attempt(os.execv, '/bin/true', ['true'])\n",
    )
    granted(confinement, LANDLOCK_LAYER, printed, ["EACCES"] * 7)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["still here"]


def test_landlock_alone_refuses_tcp_and_signals_where_its_version_can(alone, confinement):
    """Failure mode 55."""
    version = next(
        (x.detail for x in confinement.layers if x.name == LANDLOCK_LAYER and x.in_force), ""
    )
    printed = alone(
        [NO_NEW, LANDLOCK_LAYER],
        "line = socket.socket()\n"
        "attempt(line.connect, ('127.0.0.1', 9))\n"
        "attempt(line.bind, ('127.0.0.1', 0))\n"
        "attempt(os.kill, os.getppid(), 0)\n",
    )
    number = int(version.removeprefix("version ") or 0)
    can = 3 if number >= 6 else 2 if number >= 4 else 0
    assert printed[:can] == ["EACCES", "EACCES", "EPERM"][:can]


def test_the_filter_alone_refuses_every_call_that_is_not_listed(alone, confinement):
    """Failure mode 55."""
    printed = alone(
        [NO_NEW, FILTER_LAYER],
        OPEN
        + "attempt(socket.socket)\n"
        + "attempt(os.fork)\n"
        + "attempt(os.execv, '/bin/true', ['true'])\n"
        + "attempt(os.kill, os.getppid(), 0)\n"
        + "attempt(os.setsid)\n"
        + "attempt(os.memfd_create, 'x')\n"
        + "attempt(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC))\n"
        + "attempt(lambda: mmap.mmap(-1, 4096).close())\n",
    )
    granted(confinement, FILTER_LAYER, printed, ["EPERM"] * 8 + ["done"])


def test_the_filter_ends_a_process_that_calls_in_foreign_numbers(alone, confinement):
    """x32 calls on x86_64 would slip past a list of x86_64 numbers."""
    printed = alone(
        [NO_NEW, FILTER_LAYER],
        "print('before', flush=True)\nctypes.CDLL(None).syscall(0x40000000 | 39)\nprint('after')\n",
    )
    granted(confinement, FILTER_LAYER, printed, ["before"])


def test_the_limits_alone_refuse_files_and_memory(alone):
    """Failure modes 48 and 55."""
    assert alone(
        ["Limits"],
        OPEN
        + "attempt(socket.socket)\n"
        + "attempt(bytearray, 200 << 20)\n"
        + "attempt(bytearray, 20 << 20)\n",
    ) == ["EMFILE", "EMFILE", "MemoryError", "done"]


def test_the_own_network_alone_is_empty(alone, confinement):
    """Failure mode 55."""
    printed = alone(["Own network"], "attempt(socket.create_connection, ('127.0.0.1', 9), 1)\n")
    granted(confinement, "Own network", printed, ["ENETUNREACH"])


def test_without_privileges_root_is_an_ordinary_user(alone, confinement):
    printed = alone(
        ["No privileges of root"],
        "attempt(os.chroot, '/')\n"
        "more = os.getpriority(os.PRIO_PROCESS, 0) - 1\n"  # a test may run at any priority
        "attempt(os.setpriority, os.PRIO_PROCESS, 0, more)\n",
    )
    assert printed[0] == "EPERM"
    assert printed[1] in ("EPERM", "EACCES")


CHILD_ALONE = """
import os, sys
from handlers.sandbox import child
from handlers.sandbox.protocol import WorkerLimits as Limits
from handlers.sandbox.child import PreparedServer as Prepared

def task(data, argument, setup):
    return data.decode()

insists, parent = frozenset({sys.argv[1]}), os.getppid() + int(sys.argv[2])
os.dup2(1, 3)
child.CHANNEL_DESCRIPTOR = 3
prepared = Prepared(Limits(), {"task": task}, frozenset(), None, parent, (), insists)
os._exit(child.run_one_task(prepared))
"""


def child_alone(layer: str, stranger: int = 0) -> subprocess.CompletedProcess[bytes]:
    """A child that reads a document if `layer` is in force; its parent is this process, or not."""
    return subprocess.run(
        [sys.executable, "-I", "-c", CHILD_ALONE, layer, str(stranger)],
        input=b"".join(pack_parts([pickle.dumps(("task", None)), b"the document"])),
        capture_output=True,
        timeout=60,
    )


def test_a_child_that_is_confined_less_than_the_first_reads_no_document():
    """A layer that has gone missing stops the work; it is never done with less."""
    sandbox_judge, less = child_alone("Limits"), child_alone("A layer no kernel has")
    assert (sandbox_judge.returncode, sandbox_judge.stdout[8:]) == (
        DONE_STATUS,
        b'{"value": "the document"}',
    )
    assert (less.returncode, less.stdout) == (LESS_CONFINED_STATUS, b"")


def test_a_child_whose_nursery_ended_while_it_was_being_forked_reads_no_document():
    orphan = child_alone("Limits", stranger=1)
    assert (orphan.returncode, orphan.stdout) == (ORPHANED_STATUS, b"")


def test_this_machines_confinement_holds(confinement):
    """Failure modes 55 and 83: on CI also by the two layers that matter most."""
    assert confinement.all_refused, confinement.report_sentences()


def test_every_layer_is_reported_once(confinement):
    assert [x.name for x in confinement.layers] == [
        name for name, _ in FORK_SERVER_STEPS + CHILD_STEPS
    ]


@pytest.mark.parametrize("name", [LANDLOCK_LAYER, FILTER_LAYER])
def test_a_step_the_kernel_refuses_is_not_in_force(name, alone):
    """Neither can be had without the promise of no new privileges, unless by root."""
    assert alone(["No privileges of root", name], "print('confined')") == [f"not in force: {name}"]
