"""`audit verify` and `audit log`: the record proves itself (promise 8)."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from commands.audit import EVENT_SENTENCES
from commands.grouped_letters import CANCEL, RELEASE, RETRY
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.test_architecture import ROOT

GP = build.make_chronology(build.STORIES["GP"])


@pytest.fixture
def used(loaded: Board) -> Board:
    loaded.drop("GP", GP)
    loaded.once()
    return loaded


def by_hand(board: Board, *statements: str) -> None:
    """As somebody would who has the file and not the keys."""
    with closing(sqlite3.connect(board.folder / "register.db")) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def test_a_record_that_was_left_alone_is_whole(used: Board) -> None:
    ended = used.run("audit", "verify")
    assert ended.status == 0
    assert ended.out.startswith("The record is whole: 2 entries, seal ")
    assert used.run("audit", "verify", "--json").json["faults"] == []


def test_the_first_bad_link_is_named(used: Board) -> None:
    """Failure mode 86."""
    by_hand(used, "DROP TRIGGER record_stands", "UPDATE record SET what = 'moved' WHERE seq = 1")
    ended = used.run("audit", "verify")
    assert ended.status == 1
    assert ended.out.startswith("Entry 1 of the record is missing or was changed:")


def test_a_cut_tail_shows_against_the_head_on_a_digest(used: Board) -> None:
    """Failure mode 85."""
    digest = letter_plain_text(used.sent("administrator@board.example")[-1])
    seal = digest.rsplit("seal ", 1)[1].strip()
    assert used.run("audit", "verify", "--head", seal).status == 0
    by_hand(
        used,
        *("DROP TRIGGER record_stays", "DROP TRIGGER entries_stay"),
        *("DELETE FROM record WHERE seq = 2", "DELETE FROM entries"),
        "UPDATE returns SET state = 'awaited'",
    )
    assert used.run("audit", "verify").status == 0, "nothing here tells that there was more"
    ended = used.run("audit", "verify", "--head", seal)
    assert ended.status == 1
    assert ended.out.startswith("Entry 2 of the record is missing:")


def test_a_change_that_was_not_logged_is_found(used: Board) -> None:
    """Failure mode 88."""
    by_hand(used, "UPDATE returns SET state = 'waived' WHERE kind = 'imr' AND agency_id = 1")
    ended = used.run("audit", "verify")
    assert (ended.status, ended.out) == (
        1,
        "Return 2 is waived; the record has it awaited.\n",
    )


def test_the_history_of_a_case_reads_as_plain_english(used: Board) -> None:
    used.drop("GP", GP, "again.docx")
    used.once(at="2010-04-06T10:00")
    words = ("extend", "N12", "GP", "imr", "--until", "2010-06-11", "--agreed-by", "The chair")
    used.run(*words, "--reason", "She is ill", "--yes", at="2010-04-06T10:30")
    used.run("waive", "N12", "GP", "qa_form", "--reason", "No need", "--yes", at="2010-04-07T10:30")
    lines = used.run("audit", "log", "n12").out.splitlines()
    assert lines[:3] == [
        "9:00am on Tuesday 2 March 2010: The case file was loaded: 15 changes.",
        "10:00am on Thursday 1 April 2010: GP: chronology accepted (entry 1, delivery 1).",
        "10:00am on Tuesday 6 April 2010: Entry 1 came again, in delivery 2.",
    ]
    assert lines[3].startswith(
        "10:30am on Tuesday 6 April 2010: Decision 1, extend for GP until 2010-06-11, by "
    )
    assert lines[3].endswith(": She is ill (agreed by The chair).")
    assert lines[5] == "10:30am on Wednesday 7 April 2010: GP: QA form now waived (decision 2)."


def test_every_kind_of_row_has_a_sentence() -> None:
    paths = [p for room in ("handlers", "commands") for p in (ROOT / room).rglob("*.py")]
    text = "".join(path.read_text() for path in paths)
    appended = r"\.append\(\s*(?:logged\.now|now|(?:self\.)?app\.now\(\)),\s*\"([a-z ]+)\""
    with_letters = {doing.record for doing in (RETRY, RELEASE, CANCEL)}
    assert set(re.findall(appended, text)) | with_letters == set(EVENT_SENTENCES)


def test_a_case_that_is_not_there_is_told(loaded: Board) -> None:
    assert loaded.run("audit", "log", "N99").err.startswith("There is no case N99.")
