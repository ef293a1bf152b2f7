"""`scr-intake case load --prune`: nothing goes by omission, and everything goes with a reason."""

from __future__ import annotations

import pytest

from tests import builders as build
from tests.board import CASE, Board

POLICE = CASE.index('[[agencies]]\ncode          = "POL"')
WITHOUT_POLICE = CASE[:POLICE]
COMMISSIONER = next(line for line in CASE.splitlines(True) if "Commissioner One" in line)
SHORTER = CASE.replace(COMMISSIONER, "").replace(
    'abbreviations = ["GP", "MLS"]',
    'abbreviations = ["GP", "MLS"]\nreturns = ["chronology", "imr", "qa_form"]',
)


def pruned(board: Board, text: str, *words: str) -> str:
    file = board.folder / "case.toml"
    file.write_text(text)
    ended = board.run("case", "load", file, "--prune", "--reason", "Agreed by the panel", *words)
    return ended.out + ended.err


def test_what_a_file_leaves_out_is_told_and_kept(loaded: Board) -> None:
    ended = loaded.load(SHORTER)
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "N12: only details that nothing hangs on yet.",
        "N12, GP: the commissioner Commissioner One is not in the file; it is kept.",
        "N12, GP: the evaluation statement is not in the file; it is kept.",
        "`--prune` takes out what the file leaves out.",
    ]
    assert loaded.returns("GP")["evaluation_statement"]["state"] == "awaited"


def test_with_prune_people_are_removed_and_what_is_owed_is_waived(loaded: Board) -> None:
    said = pruned(loaded, SHORTER, "--yes")
    assert "evaluation statement was still to come, and is not needed." in said
    assert loaded.returns("GP")["evaluation_statement"]["state"] == "waived"
    assert loaded.load(SHORTER).out == "N12: nothing has changed.\n"
    assert loaded.run("audit", "verify").status == 0
    assert "Agreed by the panel" in loaded.run("audit", "log", "N12").out


def test_who_was_pruned_is_not_written_to_and_not_believed(loaded: Board) -> None:
    pruned(loaded, SHORTER, "--yes")
    loaded.once(at="2010-04-19T09:30")
    assert "commissioner@meadowlane.example" not in "".join(str(x["To"]) for x in loaded.sent())
    sender = "commissioner@meadowlane.example"
    form = build.make_qa_form()
    loaded.mail(build.mail(sender, "scr-returns@board.example", "N12", "", [("a.docx", form)]))
    loaded.once(at="2010-04-19T09:40")
    assert loaded.status()["held"] == 1


def test_an_agency_left_out_owes_nothing_and_has_nobody(loaded: Board) -> None:
    said = pruned(loaded, WITHOUT_POLICE, "--yes")
    assert "Shire Police: the author Author Two is not in the file." in said
    assert {row["state"] for row in loaded.returns("POL").values()} == {"waived"}
    loaded.once(at="2010-05-04T09:30")
    assert not [x for x in loaded.sent() if "shirepolice" in str(x["To"])]


def test_what_still_comes_from_such_an_agency_is_judged(loaded: Board) -> None:
    pruned(loaded, WITHOUT_POLICE, "--yes")
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    assert "Delivery 1" in loaded.once().out


def test_a_no_leaves_everything_as_it_was(loaded: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.confirm", lambda words: False)
    assert "Nothing was decided." in pruned(loaded, SHORTER)
    assert loaded.returns("GP")["evaluation_statement"]["state"] == "awaited"


def test_it_takes_a_reason(loaded: Board) -> None:
    file = loaded.folder / "case.toml"
    file.write_text(SHORTER)
    ended = loaded.run("case", "load", file, "--prune")
    assert (ended.status, "--reason" in ended.err) == (2, True)
