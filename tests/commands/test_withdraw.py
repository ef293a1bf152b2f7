"""`entry withdraw`: another child's file is destroyed, and the register still proves itself.

Failure mode 124.
"""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from intake.keys import read_keys
from intake.vault import OriginalMissing, SealBroken, Vault
from tests import builders as build
from tests.board import CASE, Board, Ended
from tests.builders_mail import mail

LATER, NEXT_DAY = "2010-04-06T10:00", "2010-04-07T10:00"
CANARY = "Zebedee Quillfeather"
SENDER, SERVICE = "author@meadowlane.example", "returns@board.example"
CONTEXTS = (
    "entry",
    "letter",
    "name",
    "hint",
    "agency",
    "thread",
    "decision",
    "rehearsal",
    "deputy",
)


def withdraw(board: Board, id: int = 1, *words: object, at: str = LATER) -> Ended:
    return board.run(
        *("entry", "withdraw", id, "--reason", "Another child's file", "--by", "Jo Bloggs"),
        *("--yes", *words),
        at=at,
    )


def wrong_file() -> bytes:
    return build.make_statement(signed=CANARY, dated=date(2010, 3, 30))


@pytest.fixture
def dropped(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(wrong_file_dropped)


def wrong_file_dropped(loaded: Board) -> None:
    loaded.drop("GP", wrong_file(), name=f"{CANARY}.docx")
    loaded.once()


@pytest.fixture
def mailed(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(wrong_file_mailed)


def wrong_file_mailed(loaded: Board) -> None:
    """The wrong child's file, and the right one, in one message that names the child."""
    attached = [("statement.docx", wrong_file()), ("imr.docx", build.make_imr())]
    loaded.mail(mail(SENDER, SERVICE, CANARY, f"About {CANARY}.\n", attached))
    loaded.once()


def places_that_hold(folder: Path, *needles: bytes) -> list[str]:
    """Every file, and every name of one, in which any of these is found, plain or in base64; and
    all that opens with the keys that are there."""
    found = []
    for path in sorted(folder.rglob("*")):
        data = os.fsencode(path.name) + (path.read_bytes() if path.is_file() else b"")
        if any(needle in data for needle in needles):
            found.append(str(path.relative_to(folder)))
    return found + list(opened_that_hold(folder, needles))


def opened_that_hold(folder: Path, needles: tuple[bytes, ...]) -> Iterator[str]:
    keys = next(path for path in (folder / "keys", folder.parent / "keys") if path.exists())
    vault = Vault(folder / "vault", read_keys(keys))
    for mark in vault.list_marks():
        try:
            data = vault.read_original(mark)
        except (SealBroken, OriginalMissing):
            continue
        if any(needle in data for needle in needles):
            yield f"original {mark}"
    database = sqlite3.connect(folder / "register.db")
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in database.execute(f"SELECT * FROM {table}"):
            for value in row:
                for about in CONTEXTS if isinstance(value, bytes) else ():
                    try:
                        data = vault.unseal_bytes(value, about)
                    except SealBroken:
                        continue
                    if any(needle in data for needle in needles):
                        yield f"row of {table}, {about}"
    database.close()


def needles() -> tuple[bytes, ...]:
    """The name in it, and a part of its bytes that no other document has, also as in mail."""
    raw, other = wrong_file(), build.make_imr()
    own = next(at for at in range(0, len(raw), 3) if raw[at : at + 45] not in other)
    in_mail = base64.b64encode(raw[own : own + 45])
    return CANARY.encode(), base64.b64encode(CANARY.encode())[:24], raw[own : own + 45], in_mail


def verified(board: Board) -> None:
    ended = board.run("audit", "verify", at=NEXT_DAY)
    assert (ended.status, ended.err) == (0, ""), ended.out


def test_a_dropped_file_is_gone_from_every_file_of_the_board(dropped: Board) -> None:
    assert places_that_hold(dropped.folder, *needles())
    ended = withdraw(dropped)
    assert ended.status == 0, ended.err
    assert places_that_hold(dropped.folder, *needles()) == []
    verified(dropped)
    dropped.once(at=NEXT_DAY)
    assert places_that_hold(dropped.folder, *needles()) == []


def test_what_it_stood_for_is_owed_as_before_it_came(dropped: Board) -> None:
    before = dropped.returns("GP")["evaluation_statement"]
    assert before["received"] == "2010-04-01"
    withdraw(dropped)
    row = dropped.returns("GP", at=NEXT_DAY)["evaluation_statement"]
    assert (row["state"], row["received"], row["accepted"]) == ("awaited", None, None)
    shown = dropped.run("show", 1, at=NEXT_DAY)
    assert (shown.status, CANARY in shown.out) == (0, False)
    assert "Another child's file" in shown.out
    assert dropped.run("referred", at=NEXT_DAY).out == "Nothing waits here.\n"
    right = build.make_statement(signed="Author One", dated=date(2010, 4, 6))
    dropped.drop("GP", right, name="right.docx")
    dropped.once(at=NEXT_DAY)
    assert dropped.returns("GP", at=NEXT_DAY)["evaluation_statement"]["received"] == "2010-04-07"


def test_an_earlier_version_counts_again(loaded: Board) -> None:
    loaded.drop("GP", build.make_imr(), name="imr.docx")
    loaded.once()
    first = loaded.returns("GP")["imr"]
    loaded.drop("GP", build.make_imr(ethnic_origin=CANARY), name="again.docx")
    loaded.once(at=LATER)
    assert withdraw(loaded, 2).status == 0
    assert loaded.returns("GP", at=NEXT_DAY)["imr"] == first
    verified(loaded)


def test_the_letter_confirms_it_once(dropped: Board) -> None:
    withdraw(dropped)
    dropped.once(at=LATER)
    dropped.once(at=NEXT_DAY)
    letters = [x for x in dropped.sent(SENDER) if "destroyed" in x["Subject"]]
    assert len(letters) == 1
    assert "evaluation statement" in letters[0]["Subject"]


def test_a_message_goes_and_the_other_document_in_it_stays(mailed: Board) -> None:
    folder = mailed.folder
    entries = json.loads(mailed.run("referred", "--json").out)
    rows = sqlite3.connect(folder / "register.db").execute(
        "SELECT id, kind FROM entries WHERE position > 0"
    )
    kinds = {kind: id for id, kind in rows}
    assert entries or kinds
    ended = withdraw(mailed, kinds["evaluation_statement"])
    assert ended.status == 0, ended.err
    assert places_that_hold(folder, *needles()) == []
    opened = mailed.run("open", kinds["imr"], at=NEXT_DAY)
    assert opened.status == 0
    assert Path(opened.out.splitlines()[0]).read_bytes() == build.make_imr()
    verified(mailed)


def test_a_backup_made_after_it_opens_it_no_more(dropped: Board, tmp_path: Path) -> None:
    backup = dropped.folder.parent / "backup"
    assert dropped.run("backup", backup, "--keep", 3).status == 0
    withdraw(dropped)
    ended = dropped.run("backup", backup, "--keep", 3, at=NEXT_DAY)
    assert ended.status == 0, ended.err
    (backup / "keys").symlink_to(dropped.folder / "keys")
    assert places_that_hold(backup, *needles()) == []
    (backup / "keys").unlink()
    restored = dropped.run("restore", backup, dropped.folder.parent / "restored", at=NEXT_DAY)
    assert restored.status == 0, restored.err


def test_the_note_tells_who_opened_it_and_what_lies_out_of_reach(dropped: Board) -> None:
    opened = dropped.run("open", 1, at="2010-04-02T09:00").out.splitlines()[0]
    note = dropped.folder.parent / "note.txt"
    ended = withdraw(dropped, 1, "--note", note)
    assert ended.status == 0, ended.err
    text = note.read_text()
    assert note.stat().st_mode & 0o777 == 0o600
    assert CANARY not in text
    assert f"rm -r {Path(opened).parent}" in " ".join(text.split()), "where a copy still lies"
    for said in ("2 April 2010, at the login", "Jo Bloggs", "Letter ", "No backup is known of"):
        assert said in text
    log = dropped.run("audit", "log", "N12", at=NEXT_DAY).out
    assert "at the login" in log and "withdraw" in log


def test_the_note_as_json(dropped: Board) -> None:
    told = json.loads(withdraw(dropped, 1, "--json").out)
    assert list(told)[:2] == ["What was withdrawn", "Who opened it"]


@pytest.mark.parametrize("how", ["taken", "exchanged"])
def test_what_was_lost_before_is_not_said_to_be_destroyed(dropped: Board, how: str) -> None:
    lost = next(path for path in (dropped.folder / "vault").glob("[0-9a-f][0-9a-f]/*"))
    if how == "taken":
        lost.unlink()
    else:
        lost.write_bytes(b"another file")
    ended = withdraw(dropped)
    assert ended.status == 0, ended.err
    assert "1 original and" not in ended.out
    assert "It is destroyed" not in ended.out and "What there was is destroyed" in ended.out
    for heading in ("Who opened it", "What is destroyed"):
        said = ended.out.split(f"{heading}\n")[1].split("\n\n")[0]
        words = "in no log" if heading == "Who opened it" else "before the withdrawal"
        assert words in said
    what = {"taken": "1 not in the vault", "exchanged": "1 changed or exchanged"}[how]
    assert what in dropped.run("audit", "log", "N12", at=NEXT_DAY).out
    verified(dropped)


@pytest.mark.parametrize(
    "wrong", ["twice", "unknown", "hold", "closed", "no reason", "note there", "not agreed"]
)
def test_what_cannot_be_withdrawn_is_refused_in_a_sentence(dropped: Board, wrong: str) -> None:
    words: tuple[object, ...] = ()
    if wrong == "twice":
        withdraw(dropped)
    if wrong in ("hold", "closed"):
        act = {"hold": "hold", "closed": "close"}[wrong]
        assert dropped.run("case", act, "N12", "--reason", "r", "--yes", at=LATER).status == 0
    if wrong == "note there":
        (dropped.folder / "note").touch()
        words = ("--note", dropped.folder / "note")
    before = places_that_hold(dropped.folder, *needles())
    if wrong == "no reason":
        ended = dropped.run("entry", "withdraw", 1, "--reason", " ", "--yes", at=LATER)
    elif wrong == "not agreed":
        ended = dropped.run("entry", "withdraw", 1, "--reason", "r", at=LATER)
    else:
        ended = withdraw(dropped, 7 if wrong == "unknown" else 1, *words)
    assert ended.status != 0
    assert ended.err.strip()
    assert places_that_hold(dropped.folder, *needles()) == before
    verified(dropped)


def test_the_same_file_in_the_case_it_belongs_to_stays_there(dropped: Board) -> None:
    other = CASE.replace('"N12"', '"N13"').replace('"N12/A"', '"N13/A"')
    other = other.replace('"GP"', '"HV"').replace("meadowlane", "hilltop")
    dropped.load(other)
    dropped.drop("HV", wrong_file(), name="statement.docx")
    dropped.once(at=LATER)
    assert withdraw(dropped, 1).status == 0
    opened = dropped.run("open", 2, at=NEXT_DAY)
    assert opened.status == 0, opened.err
    assert Path(opened.out.splitlines()[0]).read_bytes() == wrong_file()
    refused = dropped.run("open", 1, at=NEXT_DAY)
    assert (refused.status, "destroyed" in refused.err) == (1, True)
    verified(dropped)


def test_the_same_file_sent_once_more_is_judged_anew(dropped: Board) -> None:
    withdraw(dropped)
    dropped.drop("GP", wrong_file(), name="same.docx")
    dropped.once(at=NEXT_DAY)
    row = dropped.returns("GP", at=NEXT_DAY)["evaluation_statement"]
    assert row["received"] == "2010-04-07"
    assert dropped.run("show", 2, at=NEXT_DAY).status == 0
    verified(dropped)


class Killed(BaseException):
    """As kill -9 would end it: nothing is tidied."""


@pytest.mark.parametrize("seed", range(12))
def test_a_kill_at_any_step_is_finished_or_was_never_begun(
    dropped: Board, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The row first, then the key: what a kill stops in between is done at the next start."""
    left = [random.Random(seed).randrange(1, 14) if seed > 3 else seed + 1]
    for name in ("pwrite", "unlink", "fsync", "rename"):
        real = getattr(os, name)

        def step(*words: object, real=real, **more: object) -> object:  # type: ignore[no-untyped-def]
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            return real(*words, **more)

        monkeypatch.setattr(os, name, step)
    with suppress(Killed):
        withdraw(dropped)
    monkeypatch.undo()
    verified(dropped)
    decided = json.loads(dropped.run("show", 1, "--json", at=NEXT_DAY).out)["decided"]
    if decided != "withdraw":
        assert withdraw(dropped, at=NEXT_DAY).status == 0
    assert places_that_hold(dropped.folder, *needles()) == []
    verified(dropped)


@pytest.mark.parametrize("again", [False, True])
def test_no_recovery_takes_in_again_what_was_destroyed(loaded: Board, again: bool) -> None:
    """A source may hold a copy out of our reach; what was sent once more on purpose is another."""
    backup = loaded.folder.parent / "backup"
    assert loaded.run("backup", backup).status == 0
    loaded.drop("GP", wrong_file(), name=f"{CANARY}.docx")
    loaded.once(at="2010-04-02T10:00")
    assert withdraw(loaded).status == 0
    if again:
        loaded.drop("GP", wrong_file(), name="again.docx")
        loaded.once(at="2010-04-06T12:00")
    done = loaded.folder / "drop" / "GP" / "done" / "2010-04-06"
    done.mkdir(parents=True, exist_ok=True)
    (done / "copy.docx").write_bytes(wrong_file())
    for name in ("register.db-wal", "register.db-shm"):
        (loaded.folder / name).unlink(missing_ok=True)
    shutil.copy(backup / "register.db", loaded.folder / "register.db")
    ended = loaded.run("recover", at=NEXT_DAY)
    assert ended.status == 0, ended.err
    listed = loaded.run("status", "--json", at=NEXT_DAY).json["deliveries"]
    assert sum(listed.values()) == int(again)


def brought_back(board: Board, *words: object) -> Ended:
    """The backup is restored and named in the settings, and what came since is taken in again."""
    copy, new = board.folder.parent / "copy", board.folder / "new"
    ended = board.run("restore", copy, new, *words, at=NEXT_DAY)
    assert ended.status == 0, ended.err
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text()
    for name in ("register.db", "vault"):
        text = text.replace(f'"{name}"', f'"new/{name}"')
    settings.write_text(text)
    ended = board.run("recover", "--vault", board.folder / "vault", at=NEXT_DAY)
    assert ended.status == 0, ended.err
    (new / "keys").symlink_to(board.folder / "keys")
    return ended


@pytest.mark.parametrize("words", [(), ("--earlier", "20")], ids=["before", "earlier"])
def test_a_copy_from_before_the_withdrawal_brings_nothing_back(
    dropped: Board, words: tuple[str, ...]
) -> None:
    """It counted as accepted again, and opened; its agency was told that it is destroyed."""
    copy = dropped.folder.parent / "copy"
    assert dropped.run("backup", copy).status == 0
    withdraw(dropped)
    dropped.once(at=LATER)
    if words:
        assert dropped.run("backup", copy, at=LATER).status == 0
    sent = len(dropped.sent())
    ended = brought_back(dropped, *words)
    assert ended.out.startswith("Destroyed again, as after the backup: what came with entry 1.")
    assert "withdraw" not in ended.out
    assert dropped.run("open", 1, at=NEXT_DAY).status == 1
    assert places_that_hold(dropped.folder / "new", *needles()) == []
    dropped.once(at=NEXT_DAY)
    told = [x for x in dropped.sent()[sent:] if "administrator" not in str(x["To"])]
    assert told == [], "its agency hears it once"
    verified(dropped)


def test_after_a_restore_too_it_goes_from_its_case_alone(dropped: Board) -> None:
    other = CASE.replace('"N12"', '"N13"').replace('"N12/A"', '"N13/A"')
    dropped.load(other.replace('"GP"', '"HV"').replace("meadowlane", "hilltop"))
    dropped.drop("HV", wrong_file(), name="statement.docx")
    dropped.once(at=LATER)
    assert dropped.run("backup", dropped.folder.parent / "copy", at=LATER).status == 0
    assert withdraw(dropped, 1).status == 0
    ended = brought_back(dropped)
    assert ended.out.startswith("Destroyed again, as after the backup: what came with entry 1.")
    assert dropped.run("open", 1, at=NEXT_DAY).status == 1
    opened = dropped.run("open", 2, at=NEXT_DAY)
    assert opened.status == 0, opened.err
    verified(dropped)


def test_what_cannot_be_destroyed_again_is_told_first_with_the_command(dropped: Board) -> None:
    """On hold: nothing of the case is destroyed."""
    words = ("--reason", "The court", "--yes")
    copy = dropped.folder.parent / "copy"
    assert dropped.run("case", "hold", "N12", *words, at=LATER).status == 0
    assert dropped.run("backup", copy, at=LATER).status == 0
    assert dropped.run("case", "reopen", "N12", *words, at=LATER).status == 0
    assert withdraw(dropped).status == 0
    ended = brought_back(dropped)
    assert ended.out.startswith(
        "Entry 1 was withdrawn before the restore, and what came with it is"
    )
    typed = 'scr-intake entry withdraw 1 --reason "..."'
    assert typed in ended.out.splitlines()
    assert dropped.run("case", "reopen", "N12", *words, at=NEXT_DAY).status == 0
    assert withdraw(dropped, at=NEXT_DAY).status == 0
    assert places_that_hold(dropped.folder / "new", *needles()) == []


def test_an_earlier_register_says_that_what_it_names_was_destroyed_rightly(dropped: Board) -> None:
    """It was not whole, as if somebody had spoiled it."""
    copy, back = dropped.folder.parent / "copy", dropped.folder.parent / "back"
    assert dropped.run("backup", copy).status == 0
    withdraw(dropped)
    assert dropped.run("backup", copy, at=NEXT_DAY).status == 0
    ended = dropped.run("restore", copy, back, "--earlier", "20", at=NEXT_DAY)
    assert (ended.status, ended.err) == (0, "")
    said = " ".join(ended.out.split())
    assert "What came with entry 1 was withdrawn on Tuesday 6 April 2010 and destroyed" in said
    (back / "keys").symlink_to(dropped.folder / "keys")
    assert places_that_hold(back, *needles()) == []
