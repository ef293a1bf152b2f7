"""`audit verify` and `audit log`: the record proves itself (promise 8)."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from commands.composition.runtime import SCHEMAS
from commands.decisions.audit_sentences import EVENT_SENTENCES
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_coverage import OPENED_COLUMNS
from handlers.register.audit_log import AuditLog
from handlers.register.last_backup import LastBackup, note_backup
from handlers.register.reconciliation import find_unrecorded_changes
from intake.chain_head import ChainHead, OutsideHead
from intake.journal import OutsideJournal
from intake.keys import read_keys
from intake.schema_steps import split_statements
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import out_of_office
from tests.campaigns.tampered import CHANGED
from tests.registry import NOW, Registry
from tests.test_architecture import ROOT

GP = build.make_chronology(build.STORIES["GP"])


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(chronology_taken)


def chronology_taken(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()


def by_hand(board: Board, *statements: str) -> None:
    """As somebody would who has the file and not the keys."""
    with closing(sqlite3.connect(board.folder / "register.db")) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def outside_head(board: Board) -> OutsideHead:
    return OutsideHead(board.folder / "vault", read_keys(board.folder / "keys"))


def test_a_record_that_was_left_alone_is_whole(used: Board) -> None:
    ended = used.run("audit", "verify")
    assert ended.status == 0
    assert re.match(r"The record is whole: \d+ entries, seal [-0-9a-f]{19}\.\n", ended.out)
    assert "The originals were not opened" in ended.out
    assert "\nscr-intake audit verify --originals --config " in ended.out
    assert used.run("audit", "verify", "--originals").out.endswith("Every original was opened.\n")
    assert used.run("audit", "verify", "--json").json["faults"] == []


def test_what_is_proven_is_said_table_by_table(used: Board) -> None:
    """Only work in hand is not: nothing that tells when, what, who, which, or why."""
    told = used.run("audit", "verify", "--json").json
    with closing(sqlite3.connect(used.folder / "register.db")) as raw:
        tables = {
            name: [row[1] for row in raw.execute(f"PRAGMA table_info({name})")]
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert told["uncovered"] == {
        "alarms": ["tries", "not_before"],
        "deliveries": ["tries"],
        "heard": ["at"],
        "letters": ["tries", "broke", "not_before"],
        "strangers": ["taken"],
        "transport_waits": ["tries", "not_before"],
        "turns": ["messages"],
        "unfinished": ["tries"],
    }
    for name, columns in tables.items():
        proven = told["covered"][name] + told["uncovered"].get(name, [])
        assert sorted(proven) == sorted(columns), name


def test_one_value_changed_in_any_column_of_any_table_is_found(tmp_path: Path) -> None:
    """Failure mode 102, as somebody would do it who has the file and not the keys."""
    registry = Registry(tmp_path)
    registry.database.apply_schema_steps(SCHEMAS)
    rows = ROOT / "tests" / "released" / "rows" / "0.1.0.sql"
    for statement in split_statements(rows.read_text()):
        if "INSERT INTO record " in statement or "INSERT INTO row_proofs " in statement:
            continue
        registry.database.execute_insert(statement)
    run = registry.database.fetch_rows  # past the witness, as another program would
    run("PRAGMA ignore_check_constraints = ON")
    run("PRAGMA foreign_keys = OFF")
    for row in run("SELECT name FROM main.sqlite_master WHERE type = 'trigger'"):
        run(f"DROP TRIGGER {row['name']}")
    for table, (column, about) in OPENED_COLUMNS.items():
        run(f"UPDATE {table} SET {column} = ?", registry.vault.seal_bytes(b"words", about))
    record = AuditLog(registry.database, registry.keys)
    with registry.database.transaction():
        record.append_existing_rows(NOW, "schema changed")
    assert list(find_unrecorded_changes(record, registry.vault)) == []
    unnoticed = []
    for table, columns in record.rows.covered_columns().items():
        assert run(f"SELECT 1 FROM {table}"), f"{table} has no row to change"
        types = {row["name"]: row["type"] for row in run(f"PRAGMA table_info({table})")}
        for column in columns if table != "record" else ():
            run("BEGIN")
            changed = CHANGED[types[column]].format(column)
            run(f"UPDATE OR IGNORE {table} SET {column} = {changed}")
            if not list(find_unrecorded_changes(record, registry.vault)):
                unnoticed.append(f"{table}.{column}")
            run("ROLLBACK")
    assert unnoticed == []


FORGED = {
    "when it first came": (
        "UPDATE returns SET received = '2010-03-29' WHERE kind = 'imr' AND agency_id = 1",
        *("extend", "N12", "GP", "imr", "--until", "2010-06-11", "--agreed-by", "The chair"),
    ),
    "a contact's role": (
        "UPDATE contacts SET role = 'commissioner' WHERE id = 1",
        *("contact", "pause", "N12", "GP", "author@meadowlane.example", "--until", "2010-04-20"),
    ),
    "by when a case is to be complete": (
        "UPDATE cases SET complete_by = '2010-12-30'",
        *("case", "hold", "N12"),
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_is_not_proven_by_an_honest_command(used: Board, what: str) -> None:
    forged, *words = FORGED[what]
    with closing(sqlite3.connect(used.folder / "register.db")) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        dropped, put_back = zip(*triggers.fetchall(), strict=True)
    by_hand(used, *(f"DROP TRIGGER {name}" for name in dropped), forged, *put_back)
    found = used.run("audit", "verify").out
    assert "was changed." in found
    ended = used.run(*words, "--reason", "So agreed", "--yes")
    assert ended.status == 1
    assert "A row of the register is not as the record has it" in ended.err
    assert used.run("audit", "verify").out == found


def test_a_round_does_nothing_on_a_forged_register_and_tells_the_operator(used: Board) -> None:
    before = len(used.sent())
    used.drop("POL", GP, "theirs.docx")
    by_hand(used, "UPDATE returns SET due = '2010-03-01' WHERE kind = 'imr' AND agency_id = 2")
    ended = used.run("once", at="2010-04-06T10:00")
    assert ended.status == 1
    assert "A row of the register is not as the record has it" in ended.err
    assert (used.folder / "drop" / "POL" / "theirs.docx").exists()
    assert len(used.sent()) == before
    health = used.run("status", "--health", at="2010-04-06T10:01")
    assert "record, since" in health.out
    by_hand(used, "UPDATE returns SET due = '2010-05-28' WHERE kind = 'imr' AND agency_id = 2")
    assert "Taken in: 1." in used.run("once", at="2010-04-06T10:10").out
    assert "record, since" not in used.run("status", "--health", at="2010-04-06T10:11").out


INVENTED = {
    "a restore": "INSERT INTO recoveries (begun) VALUES ('2010-04-01T09:30:00+00:00')",
    "a trial": "INSERT INTO trials (began) VALUES ('2010-04-01T09:30:00+00:00')",
    "what was told": "INSERT INTO told_before VALUES ('a', 'b', '2010-04-01T09:30:00+00:00')",
    "a mail that came back": (
        "INSERT INTO bounces (delivery_id, message_id, weight, noted)"
        " VALUES (1, '<1@board.example>', 'hard', '2010-04-01T09:30:00+00:00')"
    ),
    "that the administrator is away": (
        "INSERT INTO officer_absences (noted) VALUES ('2010-04-01T09:30:00+00:00')"
    ),
}


@pytest.mark.parametrize("what", INVENTED)
def test_an_invented_row_silences_no_board(used: Board, what: str) -> None:
    by_hand(used, INVENTED[what])
    ended = used.run("once", at="2010-04-06T10:00")
    assert ended.status == 1
    assert "A row of the register is not as the record has it" in " ".join(ended.err.split())
    assert "DEGRADED  record" in used.run("status", "--health", at="2010-04-06T10:01").out


def test_the_first_bad_link_is_named(used: Board) -> None:
    """Failure mode 86."""
    by_hand(used, "DROP TRIGGER record_stands", "UPDATE record SET what = 'moved' WHERE seq = 1")
    ended = used.run("audit", "verify")
    assert ended.status == 1
    assert ended.out.startswith("Entry 1 of the record is missing or was changed:")


def test_a_cut_tail_shows_against_the_head_on_a_digest(used: Board) -> None:
    """Failure mode 85."""
    digest = " ".join(letter_plain_text(used.sent("administrator@board.example")[-1]).split())
    seal = digest.rsplit("check number ", 1)[1].strip()
    assert used.run("audit", "verify", "--head", seal).status == 0
    by_hand(used, "DROP TRIGGER record_stays", "DELETE FROM record WHERE seq > 1")
    with closing(sqlite3.connect(used.folder / "register.db")) as raw:
        ((first,),) = raw.execute("SELECT seal FROM record")
    assert used.run("audit", "verify", "--head", seal).err.startswith("This register is older")
    (used.folder / "vault" / "head").unlink()
    outside_head(used).write_head(ChainHead(1, first))
    ended = used.run("audit", "verify", "--head", seal)
    assert ended.status == 1
    assert ended.out.startswith("Entry 2 of the record is missing:")


def test_a_change_that_was_not_logged_is_found(used: Board) -> None:
    """Failure mode 88."""
    by_hand(used, "UPDATE returns SET state = 'waived' WHERE kind = 'imr' AND agency_id = 1")
    ended = used.run("audit", "verify")
    assert (ended.status, ended.out.splitlines()[0]) == (
        1,
        "N12, GP: the IMR (returns, row 2) was changed.",
    )


DAY = "Thursday 1 April 2010"
NAMED = {
    "UPDATE entries SET reason = 'x' WHERE id = 1": (
        f"N12, GP: the chronology that was judged on {DAY} (entries, row 1) was changed."
    ),
    "DELETE FROM entries": (
        f"N12, GP: the chronology that was judged on {DAY} (entries, row 1)"
        " is in the record and nowhere else."
    ),
    "UPDATE contacts SET state = 'removed' WHERE id = 3": (
        "N12, POL: the author (contacts, row 3) was changed."
    ),
    "UPDATE origins SET automatic = 'x'": (
        "N12, GP: what is kept of what came on Thursday 1 April 2010 as entry 1 (origins, row 1)"
        " was changed."
    ),
    "INSERT INTO pauses (paused) VALUES ('2010-04-02T10:00:00+00:00')": (
        "A pause of all letters on Friday 2 April 2010 (pauses, row 1) is not in the record."
    ),
    "INSERT INTO pauses (paused) VALUES ('no time')": (
        "A pause of all letters (pauses, row 1) is not in the record."
    ),
    "INSERT INTO row_proofs VALUES ('no table', 'no key', 'x')": (
        "The row no key of no table has another digest than the record tells."
    ),
}


@pytest.mark.parametrize("change", NAMED)
def test_what_was_changed_is_called_by_what_the_operator_knows_it_as(
    used: Board, change: str
) -> None:
    """Table and row stand beside it; that a table has another number of rows is not told twice."""
    without_triggers(used)
    by_hand(used, change)
    told = used.run("audit", "verify", "--json").json["faults"]
    assert [each for each in told if "The trigger " not in each] == [NAMED[change]]


def test_one_event_is_one_line(used: Board) -> None:
    """It was a line for each of the 16 rows."""
    by_hand(used, "DELETE FROM row_proofs WHERE of_table IN ('returns', 'contacts')")
    ended = used.run("audit", "verify")
    lines = [line for line in ended.out.splitlines() if "have no digest" in line]
    assert lines == [
        "8 rows of returns, all that there are, have no digest any more. The first:"
        " N12, GP: the chronology (returns, row 1) has no digest any more."
    ], "four contacts stand one by one"
    assert len(used.run("audit", "verify", "--json").json["faults"]) == 12


def test_what_was_found_comes_with_the_line_that_mends_it(used: Board, tmp_path: Path) -> None:
    used.run("backup", tmp_path / "copy", "--keep", 7)
    (original,) = (used.folder / "vault").glob("??/*")
    whole = original.read_bytes()
    original.unlink()
    by_hand(used, "UPDATE returns SET state = 'waived' WHERE kind = 'imr' AND agency_id = 1")
    lines = used.run("audit", "verify").out.splitlines()
    (restore,) = (line for line in lines if line.startswith("scr-intake restore"))
    assert used.run(*shlex.split(restore)[1:]).status == 0
    (install,) = (line for line in lines if line.startswith("  install"))
    subprocess.run(shlex.split(install), check=True)
    assert original.read_bytes() == whole
    assert "  install" not in used.run("audit", "verify").out


def test_originals_that_did_not_open_are_counted_with_what_brings_them_back(
    used: Board, tmp_path: Path
) -> None:
    """It ended with "Every original was opened.", and nothing to do."""
    used.drop("POL", build.make_chronology(build.STORIES["POL"]), "theirs.docx")
    used.once()
    (lost, _) = (used.folder / "vault").glob("??/*")
    lost.write_bytes(lost.read_bytes()[:-1])
    verify = ("audit", "verify", "--originals")
    assert "Of 2 originals 1 opened and are what came." in (told := used.run(*verify).out)
    assert "\nscr-intake backup DIR --config " in told
    shutil.copytree(used.folder / "vault", tmp_path / "copy" / "vault")
    journal = OutsideJournal(used.folder / "vault", read_keys(used.folder / "keys"))
    made = LastBackup(tmp_path / "copy", NOW, "x", None)
    note_backup(journal, made, NOW)
    assert f"The backup in {made.place} has no good copy of 1." in used.run(*verify).out
    shutil.rmtree(made.place)
    assert f"The backup in {made.place} is not there. Is a disk not mounted?" in (
        used.run(*verify).out
    )


def without_triggers(board: Board) -> None:
    with closing(sqlite3.connect(board.folder / "register.db")) as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    by_hand(board, *(f"DROP TRIGGER {name}" for (name,) in names))


def test_the_history_of_a_case_reads_as_plain_english(used: Board) -> None:
    used.drop("GP", GP, "again.docx")
    used.once(at="2010-04-06T10:00")
    words = ("extend", "N12", "GP", "imr", "--until", "2010-06-11", "--agreed-by", "The chair")
    used.run(*words, "--reason", "She is ill", "--yes", at="2010-04-06T10:30")
    used.run("waive", "N12", "GP", "qa_form", "--reason", "No need", "--yes", at="2010-04-07T10:30")
    told = used.run("audit", "log", "n12").out.splitlines()
    lines = [line for line in told if " left to " not in line]
    assert told[2] == (
        "10:00am on Thursday 1 April 2010: GP: an acknowledgement left to Author One, author"
        " (letter 1)."
    )
    assert lines[:3] == [
        "9:00am on Tuesday 2 March 2010: The case file was loaded: 15 changes.",
        "10:00am on Thursday 1 April 2010: GP: chronology accepted (entry 1, delivery 1).",
        "10:00am on Tuesday 6 April 2010: Entry 1 came again, in delivery 2.",
    ]
    assert lines[3].startswith(
        "10:30am on Tuesday 6 April 2010: Decision 1, extend the IMR for GP until Friday 11 June"
        " 2010, by "
    )
    assert lines[3].endswith("): She is ill (agreed by The chair).")
    assert lines[5] == "10:30am on Wednesday 7 April 2010: GP: QA form now waived (decision 2)."


def test_whoever_decided_is_named_and_not_the_login_alone(used: Board) -> None:
    words = ("waive", "N12", "GP", "qa_form", "--reason", "No need", "--yes")
    used.run(*words, "--by", "Jo Reed, deputy")
    used.run("case", "hold", "N12", "--reason", "The court asks", "--yes")
    named, administrator = [
        line
        for line in used.run("audit", "log", "N12").out.splitlines()
        if "Decision " in line and ", by " in line
    ]
    assert ", by Jo Reed, deputy (typed at the login " in named
    assert ", by The Administrator (typed at the login " in administrator


def test_an_absence_says_whose_it_is(used: Board) -> None:
    used.mail(out_of_office("author@meadowlane.example", "scr@board.example"))
    used.once(at="2010-04-06T10:00")
    told = used.run("audit", "log", "N12").out
    assert "GP: Author One, author, wrote that they are away until Thursday 22 April 2010" in told


def test_every_act_has_a_sentence() -> None:
    assert set(EVENT_SENTENCES) == set(AuditAct) - {AuditAct.ROWS_WRITTEN}


def test_a_case_that_is_not_there_is_told(loaded: Board) -> None:
    assert loaded.run("audit", "log", "N99").err.startswith("There is no case N99.")


def originals(board: Board) -> list[Path]:
    return sorted((board.folder / "vault").glob("??/*"))


def exchanged(board: Board) -> None:
    one, other = originals(board)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def deleted(board: Board) -> None:
    originals(board)[0].unlink()


def shortened(board: Board) -> None:
    path = originals(board)[0]
    path.write_bytes(path.read_bytes()[:-7])


def emptied(board: Board) -> None:
    originals(board)[0].write_bytes(b"")


def rotten(board: Board) -> None:
    path = originals(board)[0]
    sealed = bytearray(path.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    path.write_bytes(sealed)


@pytest.mark.parametrize("harm", [exchanged, deleted, shortened, emptied, rotten])
def test_an_original_that_is_not_the_one_of_its_row_is_found(
    used: Board, harm: Callable[[Board], None]
) -> None:
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once()
    harm(used)
    quick = used.run("audit", "verify")
    assert ("its original" in quick.out) == (harm is not rotten), "contents take --originals"
    assert quick.out.count("(deliveries, row ") == {exchanged: 2, rotten: 0}.get(harm, 1)
    ended = used.run("audit", "verify", "--originals")
    assert ended.status == 1
    assert ended.out.count("its original") == (2 if harm is exchanged else 1)
    told = used.run("audit", "verify", "--json").json
    assert told["originals"] == "not opened"
    assert bool(told["faults"]) == (harm is not rotten)


def test_a_restore_stands_in_the_log_of_every_case_and_a_letter_at_the_time_it_left(
    loaded: Board, tmp_path: Path
) -> None:
    yesterday = tmp_path / "yesterday.db"
    shutil.copy(loaded.folder / "register.db", yesterday)
    loaded.once(at="2010-04-09T09:00")
    shutil.copy(yesterday, loaded.folder / "register.db")
    words = ("audit", "accept", "--reason", "The disk was lost", "--yes")
    assert loaded.run(*words, at="2010-04-09T12:00").status == 0
    assert loaded.run("recover", at="2010-04-09T12:10").status == 0
    log = loaded.run("audit", "log", "N12", at="2010-04-09T12:30").out
    assert (
        "12:00pm on Friday 9 April 2010: A person took this register for the latest: The disk was"
        in log
    )
    assert "What came and left after the backup was taken in again." in log
    left = "a reminder had left at 9:00am on Friday 9 April 2010 (letter"
    assert left in log
    assert log.count("that became known after a restore.") >= 1
    number = log.partition(left)[2].partition(")")[0].strip()
    shown = loaded.run("letters", "show", number, at="2010-04-09T12:30").out
    assert "Date: Fri, 09 Apr 2010" in shown
    assert "+00:00" not in shown
