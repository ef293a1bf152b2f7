"""The campaigns still run: a few cases of each, so that neither rots between two uses."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.board import Board
from tests.campaigns import backlog, chaos, fuzz, poison, weather
from tests.flow.post import watch_mailbox
from tests.servers.dovecot import running

FEW = 8


def test_a_few_mutated_documents_and_mails_are_judged_and_read() -> None:
    """Failure modes 27, 28 and 55."""
    cases = [fuzz.case(seed=1, number=number) for number in range(FEW)]
    assert {case.mail for case in cases} == {True, False}
    assert [told for case in cases if (told := fuzz.fault(case))] == []


def test_the_same_seed_and_number_give_the_same_bytes() -> None:
    once, again = ([fuzz.case(1, n).bytes for n in range(FEW)] for _ in range(2))
    assert once == again


def test_a_case_loses_the_mutations_that_its_fault_does_not_need() -> None:
    long = fuzz.Case(True, "short", fuzz.case(1, 0).mutations, fuzz.case(1, 0).question)
    assert fuzz.smallest(long, told="").mutations == ()


def test_a_few_faults_in_a_row_lose_nothing(tmp_path: Path) -> None:
    """Failure modes 60 and 61."""
    little = chaos.kind("little", tmp_path)
    told = [chaos.trial(little, tmp_path / f"{n}", Random(f"1/{n}")) for n in range(FEW)]
    assert told == [""] * FEW


def test_the_first_return_and_a_file_are_not_kept_waiting_by_a_few_hundred_strangers(
    tmp_path: Path,
) -> None:
    """Failure modes 105 and 112."""
    board = Board(tmp_path / "board")
    board.load()
    with running() as server:
        backlog.filled(server.maildir(backlog.USER), 250)
        watch_mailbox(board, server, backlog.USER, "since = 2000-01-01\n")
        assert backlog.worked_off(board, 40)


def test_a_poison_at_the_head_of_any_queue_keeps_nobody_waiting_and_is_told(tmp_path: Path) -> None:
    """Failure modes 76 and 104; where something can end the process, it does."""
    ended = [
        poison.trial(stage, stage.ends[-1], tmp_path / f"{n}", 1)
        for n, stage in enumerate(poison.STAGES)
    ]
    assert [line for well, line in ended if not well] == []


def test_a_recipient_that_hangs_and_a_clock_that_steps_cost_nobody_a_letter(tmp_path: Path) -> None:
    """Failure modes 114 and 122."""
    assert weather.hanging(tmp_path / "hanging", 2)
    assert weather.clocks(tmp_path / "clocks")
