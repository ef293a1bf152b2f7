"""A register of another version is told as that by whoever meets it, and how to mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version

import pytest

from tests import builders as build
from tests.board import Board

GP = build.make_chronology(build.STORIES["GP"])
LOOKING = (("audit", "verify"), ("doctor",), ("status", "--health"), ("backup", "copy"))
MADE = "The register was made by another scr-intake than this one"
OTHER_BUILD = "The steps that made the register are others than those of this scr-intake"
LATER_STEP = "INSERT INTO schema_steps VALUES ('intake', '99-later', 'abc', '0.9.0')"
APPLIED = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES {}"
TAMPERED = {
    "a later step": (LATER_STEP, MADE, "by version 0.9.0"),
    "a room of a later version": (LATER_STEP.replace("intake", "cellar"), MADE, "cellar/99-later"),
    "a step that only the library knows": (
        APPLIED.format("('intake', '99-later', '')"), MADE, "intake/99-later is unknown here",
    ),
    "nothing of its steps": ("DELETE FROM schema_steps", MADE, "it does not say which"),
    "nothing applied": ("DELETE FROM _sqlite_migrations", MADE, "it does not say which"),
    "a later version": ("UPDATE schema_steps SET version = '0.9.0'", MADE, "by version 0.9.0"),
    "no version": ("UPDATE schema_steps SET version = 'ours'", MADE, "by version ours"),
    "another build": ("UPDATE schema_steps SET digest = 'abc'", OTHER_BUILD, version("scr-intake")),
}  # fmt: skip


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(chronology_taken)


def chronology_taken(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()


def by_hand(board: Board, statement: str) -> None:
    with closing(sqlite3.connect(board.folder / "register.db")) as raw, raw:
        raw.execute(statement)


@pytest.mark.parametrize(("statement", "says", "which"), TAMPERED.values(), ids=TAMPERED)
def test_whatever_a_register_of_another_version_shows_itself_by_it_is_refused_and_told_the_same(
    used: Board, statement: str, says: str, which: str
) -> None:
    by_hand(used, statement)
    for words in (("once",), *LOOKING):
        ended = used.run(*words)
        told = " ".join(f"{ended.out} {ended.err}".split())
        assert ended.status == 1, words
        assert says in told, words
        if words != ("status", "--health"):
            assert which in told, words
        assert "Install the" in told
        assert "restore" not in told, "a backup is no help against it"
        assert "systemctl start" not in told, "it cannot start"


def test_a_step_of_an_earlier_version_is_no_other_version_but_a_change_by_hand(used: Board) -> None:
    by_hand(used, "UPDATE schema_steps SET version = '0.0.1'")
    ended = used.once()
    assert "A row of the register is not as the record has it" in ended.err
    assert MADE not in ended.err
