"""The worker in the service's hands: questions, answers, and a fork server that comes and goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from config.kind_shape import Criterion
from handlers.context import Context
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import DeliveryOutOfTime, WorkerStopped, WorkerUnavailable

HERE = Path(__file__).parent


def test_a_task_gets_the_document_the_argument_and_the_setup(worker_with):
    worker = worker_with(setup=(Criterion(4, "on time"),))
    told = worker.run_in_child("echo", "naïve".encode(), Context(date(2009, 2, 1))).value
    assert told["data"] == "naïve"
    assert told["argument"] == repr(Context(date(2009, 2, 1)))
    assert told["setup"] == repr((Criterion(4, "on time"),))


def test_attachments_come_back_byte_for_byte(worker):
    answer = worker.run_in_child("attachments", bytes(range(256)), 3)
    assert answer.value == {"count": 3}
    assert answer.blobs == (bytes(range(256)),) * 3


def test_a_document_as_big_as_a_mail_may_be_goes_through(worker):
    assert len(worker.run_in_child("attachments", b"x" * (50 << 20), 0).blobs) == 0


def test_an_empty_document_is_a_document(worker):
    assert worker.run_in_child("attachments", b"", 1).blobs == (b"",)


def test_what_libraries_import_late_is_there_already(worker):
    """Failure mode 55."""
    mail = b"From: a@agency.example\nContent-Type: text/plain; charset=iso-2022-jp\n\nplain\n"
    assert worker.run_in_child("late_imports", mail).value == [
        "a@agency.example",
        "plain",
        "ü",
        "xn--bcher-kva.example",
        "2009-02-01T00:00:00",
        "naïve.txt",
        "b",
    ]


def test_half_a_surrogate_pair_from_a_hostile_header_becomes_a_question_mark(worker):
    """Failure mode 27."""
    assert worker.run_in_child("answer_with", b"", "a\udcffb").value == "a?b"


def test_a_task_that_is_not_in_the_table_cannot_be_asked(worker):
    with pytest.raises(KeyError):
        worker.run_in_child("os:system", b"")


def test_threads_take_turns(worker):
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda n: worker.run_in_child("answer_with", b"", n).value, range(40))
        )
    assert answers == list(range(40))


def test_the_worker_outlives_the_thread_that_started_it(worker_with):
    worker = worker_with()
    starter = threading.Thread(target=worker.confinement)
    starter.start()
    starter.join()
    started = worker._fork_server.pid
    assert worker.run_in_child("answer_with", b"", 1).value == 1
    assert worker._fork_server.pid == started


def test_a_nursery_killed_between_documents_is_started_again(worker_with):
    worker = worker_with()
    for number in range(3):
        worker.confinement()
        os.kill(worker._fork_server.pid, signal.SIGKILL)
        assert worker.run_in_child("answer_with", b"", number).value == number


def test_a_nursery_killed_in_the_middle_of_a_document_takes_the_child_along_and_is_tried_again(
    worker_with, processes
):
    worker = worker_with()
    worker.confinement()
    first = worker._fork_server.pid
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(worker.run_in_child, "sleep", b"", 1)
        (child,) = processes.wait_until(lambda: processes.children_of(first))
        os.kill(first, signal.SIGKILL)
        assert answer.result().value == "awake"
    processes.wait_until(lambda: not processes.alive(child))


def test_a_nursery_that_dies_each_time_is_our_fault_and_not_the_documents(worker_with, processes):
    worker = worker_with()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(worker.run_in_child, "sleep", b"", 60)
        first = processes.wait_until(lambda: reading(worker, processes))
        os.kill(first, signal.SIGKILL)
        second = processes.wait_until(lambda: reading(worker, processes, after=first))
        os.kill(second, signal.SIGKILL)
        with pytest.raises(WorkerUnavailable):
            answer.result()
    assert worker.run_in_child("answer_with", b"", 1).value == 1


def reading(worker, processes, after: int | None = None) -> int | None:
    """The fork server's id once it has a document open, if it is another than `after`."""
    fork_server = worker._fork_server
    if fork_server is None or fork_server.pid == after or not processes.alive(fork_server.pid):
        return None
    return fork_server.pid if processes.children_of(fork_server.pid) else None


def test_closing_interrupts_a_document_and_leaves_no_process(worker_with, processes):
    worker = worker_with()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(worker.run_in_child, "sleep", b"", 60)
        pid = processes.wait_until(lambda: reading(worker, processes))
        (child,) = processes.children_of(pid)
        worker.close()
        with pytest.raises(WorkerUnavailable):
            answer.result()
    assert not processes.alive(child)
    with pytest.raises(ProcessLookupError):  # reaped, not a zombie
        os.kill(pid, 0)


def test_an_interrupt_ends_the_document_in_hand_and_whoever_waits_is_told(worker_with):
    """As SIGTERM does it, from a signal handler in the thread that waits."""
    worker = worker_with()
    before = signal.signal(signal.SIGUSR1, lambda *_: worker.interrupt())
    try:
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        with pytest.raises(WorkerStopped):
            worker.run_in_child("sleep", b"", 60)
    finally:
        signal.signal(signal.SIGUSR1, before)
    with pytest.raises(WorkerStopped):
        worker.run_in_child("echo", b"")


def test_what_is_bounded_shares_its_seconds(worker):
    """Failure mode 104."""
    with worker.time_limit(1.0):
        with pytest.raises(DeliveryOutOfTime):
            worker.run_in_child("sleep", b"", 60)
        with pytest.raises(DeliveryOutOfTime):
            worker.run_in_child("echo", b"")
    assert worker.run_in_child("echo", b"x").value["data"] == "x"


def test_closing_while_it_is_still_starting_is_not_forgotten(worker_with, processes):
    worker = worker_with()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(worker.run_in_child, "sleep", b"", 60)
        processes.wait_until(worker._lock.locked)
        worker.close()
        with pytest.raises(WorkerUnavailable):
            answer.result()


def test_a_closed_worker_answers_no_more_and_may_be_closed_again():
    worker = Worker()
    worker.close()
    worker.close()
    with pytest.raises(WorkerUnavailable):
        worker.run_in_child("judge", b"")


def test_nothing_is_left_when_the_service_is_killed(processes):
    """Neither the fork server nor the document it has open outlives the service."""
    script = (
        "from pathlib import Path\n"
        "from handlers.sandbox.client import Worker\n"
        f"w = Worker(tasks={{'sleep': 'tasks_for_tests:sleep'}}, path=[Path({str(HERE)!r})])\n"
        "w.confinement(); print(w._fork_server.pid, flush=True); w.run_in_child('sleep', b'', 60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as service:
        fork_server = int(service.stdout.readline())
        (child,) = processes.wait_until(lambda: processes.children_of(fork_server))
        service.kill()
    processes.wait_until(lambda: not processes.alive(fork_server))
    processes.wait_until(lambda: not processes.alive(child))


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("no_such_module:task", "ModuleNotFoundError"),
        ("tasks_for_tests:no_such_task", "AttributeError"),
    ],
)
def test_a_wrong_table_of_tasks_is_told_at_the_first_question(place, why):
    with (
        Worker(tasks={"wrong": place}, path=[HERE]) as worker,
        pytest.raises(WorkerUnavailable, match=why),
    ):
        worker.run_in_child("wrong", b"")


def test_the_service_imports_nothing_heavy_for_it():
    heavy = {"lxml", "zipfile", "ctypes", "email", "pydantic", "multiprocessing", "asyncio"}
    script = "import sys, handlers.sandbox.client; print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True)
    assert heavy.isdisjoint(done.stdout.split())
