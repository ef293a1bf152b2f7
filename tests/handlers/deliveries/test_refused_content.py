"""Failure mode 52: what the virus scanner refuses is held whole, wherever in a delivery it is met,
and nothing of it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.judging.in_sandbox import SandboxJudge
from handlers.sandbox.protocol import SandboxReply
from handlers.scanning.virus_scanner import ContentRefused, ScannerUnavailable
from intake.signatures.decryption_key import DecryptionKey
from tests import builders as build
from tests.authority import Authority
from tests.builders_mail import bounce, zipped
from tests.builders_smime import encrypted_to, inner
from tests.in_process import InProcessWorker
from tests.processors import AUTHOR, SERVICE, Desk, apart, mail, outcomes
from tests.registry import KINDS

GP = build.make_chronology(build.STORIES["GP"])
MARK = b"what the scanner of this test knows"
BAD = GP + MARK
HELD = ("hold", "infected")


class Screen:
    """A scanner that takes nothing apart: it knows these bytes as they stand."""

    def __init__(self) -> None:
        self.away = False

    def admit(self, data: bytes) -> None:
        if self.away:
            raise ScannerUnavailable("It is away.", "Bring it back.")
        if MARK in data:
            raise ContentRefused("infected", "Made.Up-1")

    def interrupt(self) -> None:
        pass


class Watched(InProcessWorker):
    """Remembers what was opened."""

    def __init__(self) -> None:
        self.screen = Screen()
        super().__init__(KINDS, self.screen)
        self.opened = list[tuple[bytes, str]]()

    def run_in_child(self, task: str, data: bytes, argument: object = None) -> SandboxReply:
        told = super().run_in_child(task, data, argument)
        self.opened.append((data, repr(argument)))
        return told


@pytest.fixture
def worker() -> Watched:
    return Watched()


@pytest.fixture
def desk(tmp_path: Path, worker: Watched) -> Desk:
    return Desk(tmp_path, worker)


def test_a_file_as_it_came_is_its_agencys(desk: Desk, worker: Watched) -> None:
    settlement = desk.dropped(BAD)
    assert apart(settlement) == HELD
    assert settlement.first_origin.code == "GP"
    assert settlement.delivery_outcome == "refused"
    assert worker.opened == []


def test_a_file_in_a_folder_of_nobody_is_nobodys(desk: Desk, worker: Watched) -> None:
    settlement = desk.dropped(BAD, "ELSEWHERE")
    assert apart(settlement) == HELD
    assert settlement.first_origin.code is None
    assert worker.opened == []


def test_what_a_zip_holds_is_looked_through_when_it_is_out(desk: Desk, worker: Watched) -> None:
    """The scanner of this test opens no zip, as a real one does not beyond its limits."""
    settlement = desk.dropped(zipped([("a.docx", GP), ("b.docx", BAD)]))
    assert apart(settlement) == HELD
    assert not [data for data, _ in worker.opened if data in (GP, BAD)]


def test_what_a_mail_holds_is_looked_through_when_it_is_out(desk: Desk, worker: Watched) -> None:
    """In base64 it is not the same bytes."""
    settlement = desk.mailed(mail(GP, BAD))
    assert apart(settlement) == HELD
    assert settlement.first_origin.code == "GP"
    assert not [data for data, _ in worker.opened if data in (GP, BAD)]


def test_what_was_decrypted_is_looked_through_before_it_is_read(
    tmp_path: Path, worker: Watched
) -> None:
    board = Authority().issue("The board", "returns@board.example", rsa_key=True)
    seal = DecryptionKey(board.certificate, board.key)  # type: ignore[arg-type]  # an RSA key
    words = f"{MARK.decode()}\n"
    sealed = encrypted_to(inner(("chronology.docx", GP), words=words), board, AUTHOR.encode())
    assert MARK not in sealed
    desk = Desk(tmp_path, worker, SandboxJudge(worker, KINDS, seal=seal))
    assert apart(desk.mailed(sealed)) == HELD
    assert not [argument for _, argument in worker.opened if MARK.decode() in argument]


@pytest.mark.parametrize(
    "raw",
    [
        mail(GP, subject="CHECK", body=MARK.decode()),
        mail(GP, body=MARK.decode(), auto_submitted="auto-replied"),
        mail(GP, body=MARK.decode(), sender="nobody@elsewhere.example"),
        mail(GP, body=MARK.decode(), sender=SERVICE),
        bounce(mail(GP), AUTHOR, SERVICE) + MARK,
    ],
    ids=["to be checked", "a machine's", "a stranger's", "in our own name", "a report"],
)
def test_whatever_else_the_mail_is_it_is_held(raw: bytes, desk: Desk, worker: Watched) -> None:
    settlement = desk.mailed(raw)
    assert apart(settlement) == HELD
    assert settlement.notes == ()
    assert worker.opened == []


def test_it_says_why_as_a_danger_so_that_nobody_is_handed_it(desk: Desk) -> None:
    desk.dropped(BAD)
    ((id, _),) = desk.registry.register.entries.entries_refused()
    entry = desk.registry.register.entries.get_entry(id)
    assert entry is not None
    (finding,) = entry.told.findings
    assert (finding.rule, finding.severity) == ("infected", "danger")
    assert "Made.Up-1" in finding.message


def test_the_same_bytes_twice_are_two_that_wait_and_later_one_that_is_judged(
    desk: Desk, worker: Watched
) -> None:
    """Nobody judged them: they are no documents that came before."""
    desk.dropped(BAD)
    assert apart(desk.dropped(BAD)) == HELD
    worker.screen.admit = lambda data: None  # type: ignore[method-assign]
    assert outcomes(desk.dropped(BAD)) == [("chronology", "accept")]


def test_what_was_accepted_and_is_refused_now_is_held(desk: Desk, worker: Watched) -> None:
    """Signatures of a later day know more."""
    known, worker.screen.admit = worker.screen.admit, lambda data: None  # type: ignore[method-assign]
    desk.dropped(BAD)
    worker.screen.admit = known  # type: ignore[method-assign]
    assert apart(desk.dropped(BAD)) == HELD


def test_while_nobody_can_say_nothing_is_settled(desk: Desk, worker: Watched) -> None:
    worker.screen.away = True
    with pytest.raises(ScannerUnavailable):
        desk.dropped(GP)
    assert worker.opened == []
    (waiting,) = desk.registry.spool.waiting_deliveries()
    worker.screen.away = False
    assert outcomes(desk.settled(waiting)) == [("chronology", "accept")]
