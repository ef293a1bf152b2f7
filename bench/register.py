"""Measures how fast a full register answers `run_status` and an idle round, and what it takes to
verify (`make bench` runs it).

Entries are written straight into the tables, so that making them takes seconds.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import click

from commands.composition.app import Application, open_application
from commands.composition.runtime import SCHEMAS
from commands.global_options import GlobalOptions
from commands.init import make_board
from commands.once import run_round
from commands.program import program
from config.case_file import CaseFile
from handlers.register.entries import ENTRY_DETAILS_ADAPTER, ENTRY_SEAL_CONTEXT
from handlers.register.integrity import find_record_faults
from handlers.register.submissions import EntryDetails

REPETITIONS = 3
KINDS = ("chronology", "imr", "qa_form")
AT = datetime(2010, 4, 1, 7, tzinfo=UTC)  # before office hours: nothing is chased


@dataclass(frozen=True)
class RegisterSize:
    """How many cases, agencies in each, and entries in all."""

    cases: int
    agencies: int
    entries: int


FULL_SIZE = RegisterSize(200, 5, 100_000)
VERIFY_RATIO = 3
PASSED = ("all that the toolkit asks for",) * 20  # an entry's findings, as long as they often are
OPENED = {"entries": ENTRY_SEAL_CONTEXT, "letters": "letter"}  # what is sealed in them, and how
WANTED_SECONDS = {"status": 0.2, "a round with nothing to do": 0.02}


def build_case_file(n: int, agencies: int) -> CaseFile:
    each = [
        {
            "code": f"A{m}",
            "name": f"Agency {m}",
            "returns": KINDS,
            "contacts": [
                {"name": "An Author", "role": "author", "email": f"author@a{n}-{m}.example"}
            ],
        }
        for m in range(agencies)
    ]
    return CaseFile.model_validate(
        {
            "reference": f"B{n}",
            "child_identifier": f"B{n}/A",
            "decided": date(2010, 3, 1),
            "due": dict.fromkeys(KINDS, date(2010, 5, 28)),
            "subjects": [{"name": f"Child {n}"}],
            "agencies": each,
        }
    )


def fill_register(app: Application, size: RegisterSize) -> None:
    """All of it in one transaction."""
    database, at = app.database, AT.isoformat()
    with app.register.transaction():
        for n in range(size.cases):
            app.register.cases.load_case(build_case_file(n, size.agencies), app.now())
        places = database.fetch_rows(
            "SELECT r.id, r.kind, a.id AS agency, a.case_id FROM returns r"
            " JOIN agencies a ON a.id = r.agency_id"
        )
        told = app.vault.seal_bytes(
            ENTRY_DETAILS_ADAPTER.dump_json(EntryDetails(passed=PASSED)), ENTRY_SEAL_CONTEXT
        )
        letter_text = app.vault.seal_bytes(b"Thank you.\r\n" * 1_500, "letter")
        for n in range(size.entries):
            place = places[n % len(places)]
            delivery = database.execute_insert(
                "INSERT INTO deliveries"
                " (source, form, place, content, size, received, state, released)"
                " VALUES ('mail-1', 'message', ?, ?, 1, ?, 'judged', ?)",
                *(str(n), str(n), at, at),
            )
            database.execute_insert(
                "INSERT INTO origins (delivery_id, agency_id) VALUES (?, ?)",
                *(delivery, place["agency"]),
            )
            entry = database.execute_insert(
                "INSERT INTO entries (delivery_id, position, part, content, case_id, agency_id,"
                " kind, return_id, verdict, sealed, judged)"
                " VALUES (?, 1, 1, ?, ?, ?, ?, ?, 'accept', ?, ?)",
                *(delivery, str(n), place["case_id"], place["agency"], place["kind"], place["id"]),
                *(told, at),
            )
            letter = database.execute_insert(
                "INSERT INTO letters (key, kind, case_id, agency_id, recipient, message_id,"
                " sealed, state, not_before, queued, since, told_on, sent)"
                " VALUES (?, 'acknowledgement', ?, ?, ?, ?, ?, 'sent', ?, ?, ?, '2010-03-31', ?)",
                *(f"answer/{delivery}/1", place["case_id"], place["agency"]),
                *(app.vault.seal_bytes(b"author@a0-0.example", "letter recipient"),),
                *(f"<{entry}>", letter_text),
                *(at, at, at, at),
            )
            database.execute_insert(
                "INSERT INTO tells (letter_id, delivery_id, entry_id) VALUES (?, ?, ?)",
                *(letter, delivery, entry),
            )
        database.execute_change(
            "UPDATE returns SET state = 'accepted', received = '2010-03-31',"
            " accepted = '2010-03-31'"
        )


def median_seconds(what: Callable[[], object]) -> float:
    """The median of several times, in seconds; the first is not counted."""
    what()
    times = []
    for _ in range(REPETITIONS):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return median(times)


def run_status(asked: GlobalOptions) -> None:
    """The whole command, but for starting Python."""
    words = ["--config", str(asked.config), "--at", AT.isoformat(), "status"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(click.exceptions.Exit):
        program(words, standalone_mode=False)


def read_and_open(app: Application) -> None:
    """The least that looking a register through could take: every row of every table is read, and
    what is sealed in entries and letters opened."""
    for table in app.database.tables():
        for row in app.database.iterate_rows(f"SELECT * FROM {table.name}"):  # noqa: S608
            if (about := OPENED.get(table.name)) is not None:
                app.vault.unseal_bytes(row["sealed"], about)


def verify(app: Application) -> None:
    assert list(find_record_faults(app.database, app.vault, app.register, SCHEMAS)) == []


def main(size: RegisterSize = FULL_SIZE) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        make_board(folder)
        asked = GlobalOptions(folder / "scr-intake.toml", AT)
        with open_application(asked) as app:
            fill_register(app, size)
            idle = median_seconds(lambda: run_round(app))
            least = median_seconds(lambda: read_and_open(app))
            verified = median_seconds(lambda: verify(app)) / least
        measured = {
            "status": median_seconds(lambda: run_status(asked)),
            "a round with nothing to do": idle,
        }
    returns = size.cases * size.agencies * len(KINDS)
    click.echo(f"{size.cases} cases, {returns:,} returns, {size.entries:,} entries")
    for what, seconds in measured.items():
        click.echo(
            f"{what:<30}{seconds * 1000:8.1f} ms   wanted {WANTED_SECONDS[what] * 1000:.0f} ms"
        )
    click.echo(
        f"{'audit verify':<30}{verified:8.1f} times reading and opening; wanted {VERIFY_RATIO}"
    )


if __name__ == "__main__":
    main()
