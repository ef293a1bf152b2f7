"""The one SQLite file, opened so that it can be trusted."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from intake import database as database_module
from intake.database import (
    RegisterDatabase,
    RegisterOnNetwork,
    RegisterUnreadable,
    SqliteTooOld,
)
from intake.schema_steps import RegisterOfAnotherVersion, read_schema_steps, split_statements


@pytest.fixture
def plain(tmp_path: Path) -> RegisterDatabase:
    """A database with one table, `t`, whose `n` is unique."""
    database = RegisterDatabase(tmp_path / "register.db")
    database.execute_insert("CREATE TABLE t (n INTEGER UNIQUE, blob BLOB) STRICT")
    return database


def numbers(path: Path) -> list[int]:
    """What another connection sees: what was committed."""
    other = sqlite3.connect(path / "register.db")
    try:
        return [n for (n,) in other.execute("SELECT n FROM t ORDER BY n")]
    finally:
        other.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
    ],
)
def test_the_connection_leaves_nothing_to_chance(
    database: RegisterDatabase, pragma: str, value: str | int
) -> None:
    """Failure mode 59. Without recursive triggers INSERT OR REPLACE would delete unseen."""
    row = database.fetch_row(f"PRAGMA {pragma}")
    assert row is not None
    assert row[0] == value


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_an_sqlite_that_can_lose_a_commit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    """Failure mode 58."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    with pytest.raises(SqliteTooOld):
        RegisterDatabase(tmp_path / "register.db")
    assert not list(tmp_path.iterdir())


def test_the_first_sqlite_that_is_mended_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 58."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    RegisterDatabase(tmp_path / "register.db").close()


def test_the_register_and_its_log_are_readable_by_us_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = RegisterDatabase(tmp_path / "register.db")
        database.execute_insert("CREATE TABLE t (n INTEGER)")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"register.db": 0o600, "register.db-wal": 0o600, "register.db-shm": 0o600}
    database.close()


def _count_locks(folder: Path) -> int:
    """Locks of this process on the files of this folder: other tests' connections come and go."""
    files = {f":{path.stat().st_ino} " for path in folder.iterdir()}
    lines = Path("/proc/locks").read_text().splitlines()
    mine = [line for line in lines if f" {os.getpid()} " in line]
    return sum(any(file in line for file in files) for line in mine)


def test_a_second_connection_of_this_process_leaves_the_firsts_locks_alone(
    plain: RegisterDatabase, tmp_path: Path
) -> None:
    """Closing any descriptor on a file drops all the process's locks on it."""
    with plain.transaction():
        plain.execute_insert("INSERT INTO t (n) VALUES (1)")
        held = _count_locks(tmp_path)
        RegisterDatabase(tmp_path / "register.db").close()
        assert held and _count_locks(tmp_path) == held
    plain.close()


@pytest.mark.parametrize("content", [b"not a register, and long enough " * 40, b"\x00" * 4096])
def test_what_is_not_a_register_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(content)
    with pytest.raises(RegisterUnreadable):
        RegisterDatabase(path)
    assert path.read_bytes() == content


def test_a_register_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnreadable):
        RegisterDatabase(tmp_path / "nowhere" / "register.db")


def test_a_transaction_is_kept_whole(plain: RegisterDatabase, tmp_path: Path) -> None:
    with plain.transaction():
        plain.execute_insert("INSERT INTO t (n) VALUES (1)")
        plain.execute_insert("INSERT INTO t (n) VALUES (2)")
        assert numbers(tmp_path) == []
    assert numbers(tmp_path) == [1, 2]
    plain.close()


def test_a_transaction_that_goes_wrong_leaves_nothing(
    plain: RegisterDatabase, tmp_path: Path
) -> None:
    """Failure mode 56."""
    with pytest.raises(KeyError), plain.transaction():
        plain.execute_insert("INSERT INTO t (n) VALUES (1)")
        raise KeyError
    assert numbers(tmp_path) == []
    with plain.transaction():
        plain.execute_insert("INSERT INTO t (n) VALUES (2)")
    assert numbers(tmp_path) == [2]
    plain.close()


def test_an_inner_transaction_joins_the_outer_one(plain: RegisterDatabase, tmp_path: Path) -> None:
    with pytest.raises(KeyError), plain.transaction():
        with plain.transaction():
            plain.execute_insert("INSERT INTO t (n) VALUES (1)")
        assert numbers(tmp_path) == []
        raise KeyError
    assert numbers(tmp_path) == []
    with plain.transaction(), plain.transaction():
        plain.execute_insert("INSERT INTO t (n) VALUES (2)")
    assert numbers(tmp_path) == [2]
    plain.close()


def test_it_begins_as_a_writer_so_that_reading_first_does_not_make_it_fail(
    plain: RegisterDatabase, tmp_path: Path
) -> None:
    """Failure mode 57: the other one waits for its turn, it does not write in between."""
    other = sqlite3.connect(tmp_path / "register.db", timeout=0)
    with plain.transaction():
        plain.fetch_rows("SELECT * FROM t")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO t (n) VALUES (1)")
        plain.execute_insert("INSERT INTO t (n) VALUES (2)")
    other.close()
    assert numbers(tmp_path) == [2]
    plain.close()


def test_a_commit_that_is_refused_leaves_no_transaction_for_the_next_one_to_join(
    plain: RegisterDatabase, tmp_path: Path
) -> None:
    plain.execute_insert(
        "CREATE TABLE child (t INTEGER REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED) STRICT"
    )
    with pytest.raises(sqlite3.IntegrityError), plain.transaction():
        plain.execute_insert("INSERT INTO child (t) VALUES (404)")
    with plain.transaction():
        plain.execute_insert("INSERT INTO t (n) VALUES (1)")
    assert numbers(tmp_path) == [1]
    assert plain.fetch_rows("SELECT * FROM child") == []
    plain.close()


def test_a_full_disk_leaves_nothing_half_written_and_work_goes_on_when_there_is_room(
    plain: RegisterDatabase, tmp_path: Path
) -> None:
    """Failure mode 60: a blind ROLLBACK would raise and hide what really happened."""
    plain.execute_insert("PRAGMA max_page_count = 8")
    with (
        pytest.raises(sqlite3.OperationalError, match="full"),
        plain.transaction(),
    ):
        plain.execute_insert("INSERT INTO t (n) VALUES (1)")
        plain.execute_insert("INSERT INTO t (n, blob) VALUES (2, zeroblob(100000))")
    assert numbers(tmp_path) == []
    plain.execute_insert("PRAGMA max_page_count = 1000")
    with plain.transaction():
        plain.execute_insert("INSERT INTO t (n, blob) VALUES (2, zeroblob(100000))")
    assert numbers(tmp_path) == [2]
    plain.close()


def test_what_was_rolled_back_under_us_raises_what_went_wrong(
    plain: RegisterDatabase, tmp_path: Path
) -> None:
    """Failure mode 60, with the rollback made certain."""
    plain.execute_insert(
        "CREATE TRIGGER gone BEFORE INSERT ON t WHEN NEW.n = 2"
        " BEGIN SELECT RAISE(ROLLBACK, 'no room at all'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="no room at all"), plain.transaction():
        plain.execute_insert("INSERT INTO t (n) VALUES (1)")
        plain.execute_insert("INSERT INTO t (n) VALUES (2)")
    assert numbers(tmp_path) == []
    plain.close()


def test_a_foreign_key_is_a_promise(plain: RegisterDatabase) -> None:
    """Failure mode 59."""
    plain.execute_insert("CREATE TABLE child (t INTEGER REFERENCES t (n)) STRICT")
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute_insert("INSERT INTO child (t) VALUES (404)")
    plain.close()


def test_rows_are_read_by_name_and_changes_counted(plain: RegisterDatabase) -> None:
    assert plain.execute_insert("INSERT INTO t (n) VALUES (7)") == 1
    assert plain.execute_change("UPDATE t SET n = n + ?", 1) == 1
    assert plain.execute_change("DELETE FROM t WHERE n = 404") == 0
    row = plain.fetch_row("SELECT n FROM t")
    assert row is not None
    assert row["n"] == 8
    assert plain.fetch_row("SELECT n FROM t WHERE n = ?", 404) is None
    plain.close()


SCRIPT = """\
-- A comment; with a semicolon.
CREATE TABLE a (n INTEGER);  -- and 'another; one'
CREATE TRIGGER stays BEFORE DELETE ON a
WHEN OLD.n > 1
BEGIN
    SELECT RAISE(ABORT, 'it stays; END;');
    UPDATE a SET n = CASE WHEN n > 2 THEN 1 ELSE 2 END;
END;
CREATE INDEX i ON a (n);
-- The end.
"""


def test_a_script_is_taken_apart_between_statements_not_inside_triggers() -> None:
    found = list(split_statements(SCRIPT))
    assert "".join(found) == SCRIPT
    assert [next(w for w in found[n].split("CREATE ")[1].split()) for n in range(3)] == [
        "TABLE",
        "TRIGGER",
        "INDEX",
    ]
    assert found[3:] == ["-- The end.\n"]


def test_a_last_statement_without_its_semicolon_is_not_left_out() -> None:
    assert list(split_statements("CREATE TABLE a (n);\nCREATE TABLE b (n)")) == [
        "CREATE TABLE a (n);\n",
        "CREATE TABLE b (n)",
    ]
    assert list(split_statements("\n\n")) == []


def write_schema(folder: Path, *steps: str) -> Path:
    (folder / "schema").mkdir(exist_ok=True)
    for n, step in enumerate(steps, 1):
        (folder / "schema" / f"{n:02d}-step.sql").write_text(step)
    return folder


def tables(database: RegisterDatabase) -> set[str]:
    rows = database.fetch_rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row["name"] for row in rows} - {
        "_sqlite_migrations",
        "schema_steps",
        "sqlite_sequence",
    }


def test_a_schema_is_applied_step_by_step_once(tmp_path: Path) -> None:
    database = RegisterDatabase(tmp_path / "register.db")
    folder = write_schema(tmp_path, "CREATE TABLE a (n);", "CREATE TABLE b (n);\nDROP TABLE a;")
    for _ in range(2):
        database.apply_schema_steps([read_schema_steps("room", folder)])
        assert tables(database) == {"b"}
    (tmp_path / "schema" / "03-step.sql").write_text("CREATE TABLE c (n);")
    database.apply_schema_steps([read_schema_steps("room", folder)])
    assert tables(database) == {"b", "c"}
    database.close()


@pytest.mark.parametrize(
    ("made_by", "opened_by", "said"),
    [
        (
            ["CREATE TABLE a (n);"],
            ["CREATE TABLE a (n, m);"],
            "01-step is other than here",
        ),
        (["CREATE TABLE a (n);", "CREATE TABLE b (n);"], ["CREATE TABLE a (n);"], "unknown here"),
    ],
)
def test_a_register_of_other_steps_is_refused_before_anything_is_written(
    tmp_path: Path, made_by: list[str], opened_by: list[str], said: str
) -> None:
    """Failure mode 121: a step was edited after it was applied, or a later version applied one
    more."""
    for name, steps in (("made", made_by), ("opens", opened_by)):
        (tmp_path / name).mkdir()
        write_schema(tmp_path / name, *steps)
    database = RegisterDatabase(tmp_path / "register.db")
    database.apply_schema_steps([read_schema_steps("room", tmp_path / "made")])
    (tmp_path / "opens" / "schema" / "09-more.sql").write_text("CREATE TABLE more (n);")
    before = tables(database)
    with pytest.raises(RegisterOfAnotherVersion, match=said):
        database.apply_schema_steps([read_schema_steps("room", tmp_path / "opens")])
    assert tables(database) == before
    database.close()


def test_a_comment_in_a_step_is_no_change_of_it(tmp_path: Path) -> None:
    database = RegisterDatabase(tmp_path / "register.db")
    said = "CREATE TABLE a (n CHECK (n <> '--'));"
    database.apply_schema_steps([read_schema_steps("room", write_schema(tmp_path, said))])
    write_schema(tmp_path, f"-- What is kept.\n\n{said}  -- all of it")
    database.apply_schema_steps([read_schema_steps("room", tmp_path)])
    database.close()


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "register.db")) as other:
        other.execute("CREATE TABLE messages (n)")
    database = RegisterDatabase(tmp_path / "register.db")
    with pytest.raises(RegisterOfAnotherVersion, match="another program"):
        database.apply_schema_steps(
            [read_schema_steps("room", write_schema(tmp_path, "SELECT 1;"))]
        )
    database.close()


def test_a_schema_that_goes_wrong_half_way_changes_nothing(tmp_path: Path) -> None:
    database = RegisterDatabase(tmp_path / "register.db")
    folder = write_schema(tmp_path, "CREATE TABLE a (n);", "CREATE TABLE b (n);\nCREATE TABL c;")
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        database.apply_schema_steps([read_schema_steps("room", folder)])
    assert tables(database) == set()
    write_schema(tmp_path, "CREATE TABLE a (n);", "CREATE TABLE b (n);")
    database.apply_schema_steps([read_schema_steps("room", folder)])
    assert tables(database) == {"a", "b"}
    database.close()


def test_two_that_meet_a_new_register_build_it_once(tmp_path: Path) -> None:
    """Failure mode 64: `status` beside the service's first start."""
    folder = write_schema(tmp_path, *(f"CREATE TABLE t{n} (n);" for n in range(20)))
    start, wrong = threading.Barrier(4, timeout=60), []

    def open_it() -> None:
        start.wait()
        try:
            with closing(RegisterDatabase(tmp_path / "register.db")) as database:
                database.apply_schema_steps([read_schema_steps("room", folder)])
        except (sqlite3.Error, RegisterUnreadable) as why:
            wrong.append(why)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_register_on_a_network_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 62."""
    table = f"36 35 98:0 / {tmp_path} rw - nfs4 server:/share rw"
    monkeypatch.setattr(database_module, "read_mount_table", lambda: table)
    with pytest.raises(RegisterOnNetwork):
        RegisterDatabase(tmp_path / "register.db")
    assert not (tmp_path / "register.db").exists()
