"""Hostile documents, given to a real worker. Failure modes 28, 48, 55, 83 and 89.

The `worker` fixture adds to every test here: afterwards the same fork server reads the next
document as if nothing had happened, and has no child left.
"""

from __future__ import annotations

import logging
import os
import socket
import struct
import traceback
import zlib

import pytest

from handlers.sandbox.confine import FILTER_LAYER
from handlers.sandbox.protocol import (
    ChildDied,
    DocumentUnreadable,
    LimitExceeded,
    ReadingTimedOut,
    UnforeseenFault,
    WorkerLimits,
)

CANARY = "Marigold Winterbourne"


def bomb(megabytes: int) -> bytes:
    """A zip whose one member inflates to so many megabytes of nothing."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    body = block * megabytes + squeeze.flush()
    sizes = struct.pack("<IIIHH", 0, len(body), megabytes << 20, 1, 0)
    local = b"PK\x03\x04" + struct.pack("<5H", 20, 0, 8, 0, 33) + sizes + b"x"
    central = b"PK\x01\x02" + struct.pack("<6H", 20, 20, 0, 8, 0, 33) + sizes + bytes(14) + b"x"
    at = len(local) + len(body)
    end = b"PK\x05\x06" + struct.pack("<4HIIH", 0, 0, 1, 1, len(central), at, 0)
    return local + body + central + end


def test_a_small_file_that_inflates_to_two_gigabytes_is_over_the_limit(worker):
    """Failure mode 48."""
    with pytest.raises(LimitExceeded) as outcome:
        worker.run_in_child("inflate", bomb(2048))
    assert outcome.value.bound == "memory"


def test_a_document_that_fills_the_memory_crumb_by_crumb_is_over_the_limit(worker):
    """Failure mode 48. There is hardly memory left to say so."""
    with pytest.raises(LimitExceeded) as outcome:
        worker.run_in_child("hoard", b"")
    assert outcome.value.bound == "memory"


def test_a_document_nested_too_deeply_is_over_the_limit(worker):
    """Failure mode 28."""
    with pytest.raises(LimitExceeded) as outcome:
        worker.run_in_child("nest", b"")
    assert outcome.value.bound == "nesting"


def test_a_document_that_needs_too_much_processor_time_is_over_the_limit(worker_with):
    """Failure mode 28."""
    worker = worker_with(limits=WorkerLimits(cpu_seconds=1))
    with pytest.raises(LimitExceeded) as outcome:
        worker.run_in_child("spin", b"")
    assert outcome.value.bound == "processor"
    assert worker.run_in_child("echo", b"next").value["data"] == "next"


@pytest.mark.parametrize(("task", "argument"), [("spin", None), ("sleep", 60)])
def test_a_document_that_takes_too_long_times_out_and_leaves_nobody_behind(
    worker_with, task, argument
):
    """Failure mode 28."""
    worker = worker_with(limits=WorkerLimits(wall_seconds=0.5))
    with pytest.raises(ReadingTimedOut):
        worker.run_in_child(task, b"", argument)
    assert worker.run_in_child("echo", b"next").value["data"] == "next"


def test_an_answer_counts_only_once_its_process_has_ended(worker_with):
    worker = worker_with(limits=WorkerLimits(wall_seconds=0.5))
    with pytest.raises(ReadingTimedOut):
        worker.run_in_child("answer_and_stay", b"")


def test_a_crash_in_a_parser_is_the_documents_end_and_not_ours(worker):
    """Failure modes 48 and 55."""
    with pytest.raises(ChildDied) as outcome:
        worker.run_in_child("crash", b"")
    assert outcome.value.how == "Segmentation fault"


@pytest.mark.parametrize("status", [0, 1, 3])
def test_a_process_that_ends_without_an_answer_has_died(worker, status):
    with pytest.raises(ChildDied):
        worker.run_in_child("leave", b"", status)


def test_a_library_that_exits_is_unforeseen(worker):
    with pytest.raises(UnforeseenFault) as outcome:
        worker.run_in_child("exit_politely", b"")
    assert outcome.value.type_name == "SystemExit"


@pytest.mark.parametrize("task", ["return_a_date", "return_odd_blobs"])
def test_a_task_that_answers_what_cannot_travel_is_unforeseen_too(worker, task):
    with pytest.raises(UnforeseenFault) as outcome:
        worker.run_in_child(task, b"")
    assert outcome.value.type_name == "TypeError"


def test_an_exception_says_its_type_and_place_and_nothing_of_the_document(worker, capfd, caplog):
    """Failure mode 89."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(UnforeseenFault) as outcome:
        worker.run_in_child("stumble", CANARY.encode())
    assert outcome.value.type_name == "LookupError"
    assert outcome.value.places[-1].startswith("tasks_for_tests:")
    told = [
        str(outcome.value),
        repr(outcome.value.__dict__),
        *traceback.format_exception(outcome.value),
        *capfd.readouterr(),
        caplog.text,
    ]
    assert not [text for text in told if CANARY in text or CANARY.split()[0] in text]


def test_an_exception_in_a_library_is_located_by_our_own_lines_only(worker):
    """Failure mode 89."""
    with pytest.raises(UnforeseenFault) as outcome:
        worker.run_in_child("inflate", CANARY.encode())
    assert outcome.value.type_name == "zipfile.BadZipFile"
    ours = [place.rpartition(":")[0] for place in outcome.value.places]
    assert ours == ["handlers.sandbox.child", "tasks_for_tests"]


def test_an_answer_that_is_too_big_is_cut_off(worker):
    with pytest.raises(LimitExceeded) as outcome:
        worker.run_in_child("attachments", b"x" * (512 << 10), 3)
    assert outcome.value.bound == "answer"


def test_an_answer_without_end_is_cut_off(worker):
    with pytest.raises(LimitExceeded):
        worker.run_in_child("answer_unread", b"")


def test_too_much_json_is_not_parsed(worker):
    """Its share is smaller than that of attachments, for parsed JSON needs many times its size."""
    with pytest.raises(LimitExceeded):
        worker.run_in_child("answer_with", b"", "x" * (512 << 10))


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"garbage",
        b"\x80\x05cposix\nsystem\n",
        bytes(8),
        (4).to_bytes(8, "big") + b"null",
        (2**63).to_bytes(8, "big") + b"{}",
        (13).to_bytes(8, "big") + b'{"value": 42}' + b"and more",
    ],
)
def test_a_garbled_reply_is_a_death(worker, reply):
    """Failure mode 55."""
    with pytest.raises(ChildDied):
        worker.run_in_child("say_raw", reply)


def test_a_captured_process_has_no_way_to_anyone_but_its_own_channel(worker, capfd):
    """Failure mode 55. What it writes to 1 and 2 goes to /dev/null."""
    assert worker.run_in_child("writable", b"").value == [1, 2]
    assert capfd.readouterr() == ("", "")


def test_no_secret_of_the_service_reaches_a_document(monkeypatch, worker_with):
    """Failure mode 83."""
    monkeypatch.setenv("SCR_INTAKE_CANARY", CANARY)
    monkeypatch.setenv("PYTHONPATH", f"/{CANARY}")
    seen = worker_with().run_in_child("environment", b"", "").value
    assert CANARY not in repr(seen)
    assert seen.keys() <= {"LC_CTYPE", "LD_LIBRARY_PATH", "cwd", "argv"}


def refusal(worker, *deed):
    return worker.run_in_child("refused", b"", deed).value


def test_a_document_cannot_read_a_file(worker, confinement):
    """Failure mode 55."""
    assert refusal(worker, "read", "/etc/passwd") == by_filter(confinement)
    assert refusal(worker, "list", "/") == by_filter(confinement)


def test_a_document_cannot_write_or_remove_a_file(worker, confinement, tmp_path):
    """Failure mode 55."""
    standing = tmp_path / "standing"
    standing.write_text("still here")
    assert refusal(worker, "write", str(tmp_path / "new")) == by_filter(confinement)
    assert refusal(worker, "write", str(standing)) == by_filter(confinement)
    assert refusal(worker, "remove", str(standing)) == "PermissionError"
    assert [path.read_text() for path in tmp_path.iterdir()] == ["still here"]


def test_a_document_cannot_reach_the_network(worker, confinement):
    """Failure mode 55."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        assert refusal(worker, "connect", server.getsockname()[1]) == by_filter(confinement)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    ("deed", "stopped_by"),
    [
        (["fork"], "PermissionError"),
        (["thread"], "RuntimeError"),
        (["execute", "/bin/true"], "PermissionError"),
        (["signal"], "PermissionError"),
        (["make code"], "PermissionError"),
        (["raise limits"], "ValueError"),
    ],
)
def test_a_document_cannot_start_or_signal_a_process_or_make_code(
    worker, confinement, deed, stopped_by
):
    """Failure mode 55: no fork bomb, no shell, no way out of the limits."""
    if confinement.is_in_force(FILTER_LAYER):
        assert refusal(worker, *deed) == stopped_by
    else:
        assert (
            FILTER_LAYER in confinement.missing_layers
        )  # nothing else stops these, and `doctor` says so


@pytest.mark.parametrize(
    "deed",
    [
        *("fork without end", "trace", "read memory", "any socket", "pair of sockets"),
        *("ring of calls", "new namespace", "memory as a file", "open by a descriptor"),
        "other limits",
    ],
)
def test_a_document_that_runs_our_process_finds_every_way_out_shut(worker, confinement, deed):
    """Failure mode 55: tried as code of an intruder's would try it, past what Python checks."""
    if confinement.is_in_force(FILTER_LAYER):
        assert refusal(worker, deed) == "PermissionError"


def test_two_hundred_documents_that_die_leave_nothing_open_and_nobody_behind(worker, processes):
    """Failure mode 55. Every other one is an honest document, read as if nothing had happened."""

    def held():
        return [
            len(os.listdir(f"/proc/{pid}/fd")) for pid in (os.getpid(), worker._fork_server.pid)
        ]

    def zombies():
        return processes.children_of(worker._fork_server.pid)

    before, children = held(), processes.children_of(os.getpid())
    for number in range(100):
        with pytest.raises(DocumentUnreadable):
            worker.run_in_child("crash" if number % 2 else "leave", b"", 9)
        assert worker.run_in_child("echo", b"%d" % number).value["data"] == str(number)
    assert (held(), zombies()) == (before, [])
    assert processes.children_of(os.getpid()) == children


def by_filter(confinement):
    """Without the filter it is the limit of no open files that refuses, with a plain OSError."""
    return "PermissionError" if confinement.is_in_force(FILTER_LAYER) else "OSError"


def test_every_outcome_about_a_document_is_one_family():
    assert all(
        issubclass(kind, DocumentUnreadable)
        for kind in (ReadingTimedOut, LimitExceeded, ChildDied, UnforeseenFault)
    )
