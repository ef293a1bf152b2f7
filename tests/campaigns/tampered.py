"""One value changed in every column of every row: `audit verify` has to find each.

Does: `python -m tests.campaigns.tampered [--rows N]` plays some days on a board, recovers it from
a backup so that those tables have rows too, and changes, with the triggers dropped and no use of
the keys, one value at a time of up to N rows of each table, looks the register through, has the
service write those rows, and takes the change back. Exit status 1, and the column, where one is not
found, or is written over.
Trusts: that what is covered is what `audit verify --json` lists.
Never touches: anything outside a temporary folder.
Known limits: a table without a row on that board is told, and tried by `test_audit.py`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from handlers.register.audit_log import AuditLog
from handlers.register.reconciliation import find_unrecorded_changes
from handlers.register.row_proofs import RowNotAsRecorded
from intake.database import RegisterDatabase
from intake.keys import read_keys
from intake.vault import Vault
from tests.board import Board
from tests.campaigns.restored import RecoverWork, laid_out

# Another value of the same type, so that a STRICT table takes it.
CHANGED = {
    "INTEGER": "ifnull({0}, 0) + 1000",
    "TEXT": "ifnull({0}, '') || 'x'",
    "BLOB": "CASE {0} WHEN x'01' THEN x'02' ELSE x'01' END",
}


def written_over(database: RegisterDatabase, record: AuditLog, most: int) -> tuple[int, list[str]]:
    """How many values were changed before their table was honestly written, and which of those rows
    were proven by that. The record is the witness; triggers that refuse are gone."""
    run, tried, proven = database.fetch_rows, 0, list[str]()  # past the witness
    for table in record.rows.tables():
        types = {x["name"]: x["type"] for x in run(f"PRAGMA table_info({table.name})")}
        covered = record.rows.covered_columns()[table.name]
        key = ", ".join(table.key)
        for row in run(f"SELECT {key} FROM {table.name} ORDER BY random() LIMIT ?", most):
            for column in covered:
                where = " AND ".join(f"{each} IS ?" for each in table.key)
                changed = CHANGED[types[column]].format(column)
                sql = f"SELECT {column} AS old, {changed} AS new FROM {table.name} WHERE {where}"
                (value,) = run(sql, *row)
                put = f"UPDATE {table.name} SET {column} = ? WHERE {where}"
                run(put, value["new"], *row)
                tried += 1
                try:
                    database.execute_change(f"UPDATE {table.name} SET {column} = {column}")
                    proven.append(f"{table.name}.{column} of {list(row)}")
                except RowNotAsRecorded:
                    pass
                now = [value["new"] if each == column else row[each] for each in table.key]
                run(put, value["old"], *now)
    return tried, proven


def tampered(board: Board, most: int) -> tuple[int, list[str], list[str]]:
    """How many values were changed, which were not found or were proven by being written over, and
    the tables without a row."""
    keys = read_keys(board.folder / "keys")
    with closing(RegisterDatabase(board.folder / "register.db")) as database:
        run = database.fetch_rows  # past the witness, as another program would
        run("PRAGMA ignore_check_constraints = ON")
        run("PRAGMA foreign_keys = OFF")
        for row in run("SELECT name FROM main.sqlite_master WHERE type = 'trigger'"):
            run(f"DROP TRIGGER {row['name']}")
        record, vault = AuditLog(database, keys), Vault(board.folder / "vault", keys)
        tried, unnoticed, empty = 0, list[str](), list[str]()
        for table in record.rows.tables():
            key = ", ".join(table.key)
            found = run(f"SELECT {key} FROM {table.name} ORDER BY random() LIMIT ?", most)
            empty += [] if found else [table.name]
            types = {x["name"]: x["type"] for x in run(f"PRAGMA table_info({table.name})")}
            where = " AND ".join(f"{column} IS ?" for column in table.key)
            for row in found:
                for column in record.rows.covered_columns()[table.name]:
                    changed = CHANGED[types[column]].format(column)
                    run("BEGIN")
                    sql = f"UPDATE OR IGNORE {table.name} SET {column} = {changed} WHERE {where}"
                    run(sql, *row)
                    tried += 1
                    if not any(find_unrecorded_changes(record, vault)):
                        unnoticed.append(f"{table.name}.{column} of {list(row)}")
                    run("ROLLBACK")
        record.witness_commits()
        more, proven = written_over(database, record, most)
    return tried + more, unnoticed + [f"{each}, written over" for each in proven], empty


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="scr-intake-tampered-") as name:
        work = RecoverWork(laid_out(Path(name)), Path(name) / "recovered")
        assert work.run() == 0
        tried, unnoticed, empty = tampered(work.board, given.rows)
    for told in unnoticed:
        print(f"not found: {told}")
    print(f"No row on this board: {', '.join(empty)}.")
    print(f"{tried} values changed: {len(unnoticed) or 'none'} not found.")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
