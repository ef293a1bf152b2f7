"""How fast a full register answers: `status`, and a round in which there is nothing to do.

Does: makes a register of 200 cases, 3,000 returns and 100,000 entries in a temporary folder, and
prints the medians beside what is wanted. `make bench` runs it.
Trusts: the machine to have little else to do.
Never touches: the repository.
Known limits: entries are written straight into the tables, so that making them takes seconds; the
record does not tell of them.
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

from commands.app import House, open_house
from commands.global_options import Asked
from commands.init import make_board
from commands.once import one_round
from commands.program import program
from config.case_file import CaseFile
from handlers.register.entries import SEALED, TOLD
from handlers.register.submissions import Told

AGAIN = 9
KINDS = ("chronology", "imr", "qa_form")
AT = datetime(2010, 4, 1, 7, tzinfo=UTC)  # before office hours: nothing is chased


@dataclass(frozen=True)
class Size:
    """How many cases, agencies in each, and entries in all."""

    cases: int
    agencies: int
    entries: int


FULL = Size(200, 5, 100_000)
WANTED = {"status": 0.2, "a round with nothing to do": 0.02}


def case(n: int, agencies: int) -> CaseFile:
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


def fill(house: House, size: Size) -> None:
    """All of it in one transaction."""
    ledger, at = house.ledger, AT.isoformat()
    with house.register.transaction():
        for n in range(size.cases):
            house.register.cases.load(case(n, size.agencies), house.now())
        places = ledger.rows(
            "SELECT r.id, r.kind, a.id AS agency, a.case_id FROM returns r"
            " JOIN agencies a ON a.id = r.agency_id"
        )
        told = house.vault.seal(TOLD.dump_json(Told()), SEALED)
        for n in range(size.entries):
            place = places[n % len(places)]
            delivery = ledger.write(
                "INSERT INTO deliveries (source, place, content, size, received, state, released)"
                " VALUES ('mail-1', ?, ?, 1, ?, 'judged', ?)",
                *(str(n), str(n), at, at),
            )
            ledger.write(
                "INSERT INTO origins (delivery_id, agency_id) VALUES (?, ?)",
                *(delivery, place["agency"]),
            )
            entry = ledger.write(
                "INSERT INTO entries (delivery_id, position, part, content, case_id, agency_id,"
                " kind, return_id, verdict, sealed, judged)"
                " VALUES (?, 1, 1, ?, ?, ?, ?, ?, 'accept', ?, ?)",
                *(delivery, str(n), place["case_id"], place["agency"], place["kind"], place["id"]),
                *(told, at),
            )
            ledger.write(
                "INSERT INTO letters (key, kind, case_id, agency_id, message_id, sealed, state,"
                " not_before, queued, since, told_on, sent)"
                " VALUES (?, 'acknowledgement', ?, ?, ?, ?, 'sent', ?, ?, ?, '2010-03-31', ?)",
                *(f"answer/{delivery}/1", place["case_id"], place["agency"], f"<{entry}>", told),
                *(at, at, at, at),
            )
        ledger.change(
            "UPDATE returns SET state = 'accepted', received = '2010-03-31',"
            " accepted = '2010-03-31'"
        )


def taken(what: Callable[[], object]) -> float:
    """The median of several times, in seconds; the first is not counted."""
    what()
    times = []
    for _ in range(AGAIN):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return median(times)


def status(asked: Asked) -> None:
    """The whole command, but for starting Python."""
    words = ["--config", str(asked.config), "--at", AT.isoformat(), "status"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(click.exceptions.Exit):
        program(words, standalone_mode=False)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        make_board(folder)
        asked = Asked(folder / "scr-intake.toml", AT)
        with open_house(asked) as house:
            fill(house, FULL)
            idle = taken(lambda: one_round(house))
        measured = {"status": taken(lambda: status(asked)), "a round with nothing to do": idle}
    returns = FULL.cases * FULL.agencies * len(KINDS)
    click.echo(f"{FULL.cases} cases, {returns:,} returns, {FULL.entries:,} entries")
    for what, seconds in measured.items():
        click.echo(f"{what:<30}{seconds * 1000:8.1f} ms   wanted {WANTED[what] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
