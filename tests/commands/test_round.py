"""One round: a full disk pauses it and costs nobody a try."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest

from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from commands.once import ROUND_STEPS, run_round
from handlers.deliveries.process_delivery import DeliveryProcessor
from handlers.judging.arrival import JudgingRequest
from handlers.judging.in_sandbox import SandboxJudge
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import DeliveryOutOfTime, SandboxReply
from intake.database import RegisterDatabase
from intake.vault import Vault
from outbox.sending.letter_queue import LetterQueue
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import zipped

GOOD = build.make_chronology(build.STORIES["GP"])


def no_room(*_: object) -> object:
    raise OSError(errno.ENOSPC, "made up")


@pytest.mark.parametrize(
    ("owner", "deed"),
    [(Vault, "store_original"), (DeliveryProcessor, "settle_delivery"), (LetterQueue, "add")],
)
def test_a_full_disk_pauses_the_round_and_loses_nothing(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, owner: type, deed: str
) -> None:
    """Failure mode 60: told in a sentence, four rounds running, and nothing is set aside."""
    loaded.drop("GP", GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(owner, deed, no_room)
        for _ in range(4):
            ended = loaded.once()
            assert ended.status == 1
            assert "The disk is full." in ended.err
    assert loaded.status()["deliveries"]["set aside"] == 0
    loaded.once()
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_vault_that_cannot_be_written_is_waited_for_and_what_can_leave_does(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Failure mode 115: it is named, health is degraded, the operator hears by another way, and
    nothing is set aside."""
    vault = loaded.folder / "vault"

    def shut(*_: object) -> object:
        raise OSError(number, "made up", str(vault / "4d" / "x"))

    file = loaded.folder / "scr-intake.toml"
    file.write_text(file.read_text() + '\n[alerts]\nfile = "alerts.log"\nafter_minutes = 0\n')
    loaded.run("outbox", "pause")
    loaded.drop("GP", GOOD)
    loaded.once()
    loaded.run("outbox", "resume")
    police = loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    with monkeypatch.context() as patch:
        patch.setattr(Vault, "store_original", shut)
        for _ in range(4):
            ended = loaded.once()
            assert "A place that the service keeps things in cannot be written." in ended.err
            assert str(vault) in ended.err
        assert len(loaded.answers()) == 1, "a letter that waited"
        assert "DEGRADED  kept" in loaded.run("status", "--health").out
    told = (loaded.folder / "alerts.log").read_text()
    assert told.count("action needed - something cannot be kept") == 1
    assert police.exists()
    loaded.once()
    assert loaded.returns("POL")["chronology"]["state"] == "accepted"
    assert "everything can be kept again" in (loaded.folder / "alerts.log").read_text()
    assert "DEGRADED  kept" not in loaded.run("status", "--health").out


def test_a_register_that_cannot_be_written_ends_no_round(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> object:
        why = sqlite3.OperationalError("made up")
        why.sqlite_errorcode = 8
        raise why

    loaded.drop("GP", GOOD)
    with at_work(loaded) as app, monkeypatch.context() as patch:
        patch.setattr("intake.disk_errors._writable", lambda place: False)
        patch.setattr(RegisterDatabase, "transaction", read_only)
        report = run_round(app)
        assert report.shut == app.settings.storage.vault
        assert any("cannot be written" in trouble for trouble in report.troubles)
    loaded.once()
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"


def test_an_unforeseen_bug_is_tried_three_times_and_set_aside(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Promise 6; failure mode 89: the log has the place, never what was being read."""

    def bug(*_: object) -> object:
        raise KeyError("Zebedee Quillfeather")

    loaded.drop("GP", GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(DeliveryProcessor, "settle_delivery", bug)
        ended = [loaded.once() for _ in range(3)]
    assert "It will be tried again." in ended[0].err
    assert "It is set aside." in ended[2].err
    assert "KeyError at test_round.py" in caplog.text
    assert "Zebedee" not in caplog.text + ended[2].err
    assert loaded.status()["deliveries"]["set aside"] == 1


class Killed(BaseException):
    """As the watchdog, the kernel or a power cut ends a process: nothing of ours runs after it."""


def at_work(board: Board) -> AbstractContextManager[Application]:
    at = datetime(2010, 4, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    return open_application(GlobalOptions(board.folder / "scr-intake.toml", at), working=True)


def test_an_item_that_ends_the_process_each_time_is_set_aside_and_the_others_go_on(
    loaded: Board,
) -> None:
    """Failure mode 104: a try is counted before it is made."""
    loaded.drop("GP", GOOD)
    for _ in range(3):
        with at_work(loaded) as app, pytest.raises(Killed):
            run_round(replace(app, processor=Mock(settle_delivery=Mock(side_effect=Killed))))
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    ended = loaded.once()
    assert "Delivery 1 could not be judged. It is set aside." in ended.err
    assert loaded.returns("POL")["chronology"]["state"] == "accepted"
    assert loaded.status()["deliveries"]["set aside"] == 1


def test_a_document_that_ends_the_worker_each_time_is_set_aside_and_the_next_is_served(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 104: as where the kernel, short of memory, ends the worker with the child."""
    asked = Worker._asked

    def ended(worker: Worker, request: bytes, data: bytes) -> SandboxReply:
        if data.startswith(b"poison"):
            os.kill(worker._running().pid, signal.SIGKILL)
        return asked(worker, request, data)

    monkeypatch.setattr(Worker, "_asked", ended)
    loaded.drop("GP", b"poison", "a.docx")
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    said = [loaded.once().err for _ in range(3)]
    assert loaded.returns("POL")["chronology"]["state"] == "accepted"
    assert ["Delivery 1" in err for err in said] == [True] * 3
    assert "It is set aside." in said[2]


def test_a_service_that_is_to_stop_costs_no_item_a_try(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    for _ in range(4):
        with at_work(loaded) as app:
            app.sandbox_judge.interrupt()
            report = run_round(app)
            assert (report.settled, report.troubles) == ([], [])
    loaded.once()
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"


def test_each_step_is_done_for_a_while_in_a_round_and_letters_leave_between(
    loaded: Board,
) -> None:
    """Failure mode 112: a backlog of one step holds up no other."""
    for agency in ("GP", "POL"):
        loaded.drop(agency, build.make_chronology(build.STORIES[agency]))
    with at_work(loaded) as app:
        first = run_round(app, step_seconds=0)
        assert (first.taken, len(first.settled), first.more) == (1, 1, True)
        assert first.sent[0].kind == "acknowledgement"
        second = run_round(app, step_seconds=0)
        assert (second.taken, len(second.settled)) == (1, 1)


def test_whoever_watches_hears_of_each_thing_that_was_done(loaded: Board) -> None:
    """Failure mode 82: a long round outlasts no watchdog."""
    loaded.drop("GP", GOOD)
    heard: list[int] = []
    with at_work(loaded) as app:
        run_round(app, lambda report: heard.append(report.taken))
    assert len(heard) >= len(ROUND_STEPS) - 2


def test_all_documents_of_a_delivery_share_its_time(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 104: one mail whose documents cost all they may holds everybody up. What was
    never opened is neither dangerous nor nobody's to mend."""
    monkeypatch.setattr("commands.rounds.round_judging.DELIVERY_SECONDS", -1.0)
    loaded.drop("GP", GOOD, "one.docx")
    loaded.drop("GP", b"{\\rtf1 words}", "two.rtf")
    said = loaded.once().out
    assert said.count("takes long; it is gone on with after the others") == 4
    assert "GP: a document of no known kind for the administrator to look at" in said
    assert loaded.status()["held"] == 0
    for letter in loaded.answers():
        told = " ".join(letter_plain_text(letter).split())
        assert "The time for this message ran out before this file was opened." in told
        assert "Please send it again by itself." in told
        assert "nothing you need to do" not in told


ANOTHERS = 99


def test_what_there_was_no_time_for_is_judged_in_a_later_round_after_the_others(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time it goes on where it was left, and nobody is asked for what was only slow."""
    papers = [GOOD, build.make_qa_form(), build.make_imr()]
    order: list[int] = []
    left, heard = [0], SandboxJudge._heard

    def sparing(self: SandboxJudge, data: bytes, request: JudgingRequest) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise DeliveryOutOfTime
        order.append(papers.index(data) if data in papers else ANOTHERS)
        return heard(self, data, request)

    def bounded(self: Worker, seconds: float) -> AbstractContextManager[None]:
        left[0] = 1
        return nullcontext()

    monkeypatch.setattr(SandboxJudge, "_heard", sparing)
    monkeypatch.setattr(Worker, "time_limit", bounded)
    loaded.drop("GP", zipped((f"{n}.docx", data) for n, data in enumerate(papers)), "all.zip")
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]), "one.docx")
    loaded.once()
    assert order == [0, ANOTHERS, 1, 2]
    assert "ran out" not in "".join(map(letter_plain_text, loaded.answers()))
