"""Measures what a delivery, a letter and a look cost as the register grows (`make bench` runs it).

Registers of 100, 1,000 and 10,000 entries are compared, the least of several times each. Entries
are written straight into the tables; the audit log does not tell of them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from bench.register import AT, RegisterSize, fill_register
from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from commands.init import make_board
from outbox.samples.facts import ACCEPTED
from outbox.writing.letter import Draft, Recipient

SIZES = tuple(RegisterSize(1, 1, entries) for entries in (100, 1_000, 10_000)) + tuple(
    RegisterSize(cases, 5, 1_000) for cases in (1, 30, 150)
)
REPETITIONS = 7


def least_cpu_time(what: Callable[[], object]) -> float:
    """The least processor time of several, in milliseconds; the first is not counted."""
    what()
    times = []
    for _ in range(REPETITIONS):
        began = time.process_time()
        what()
        times.append(time.process_time() - began)
    return min(times) * 1000


def measure_growth(size: RegisterSize) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        make_board(folder)
        with open_application(GlobalOptions(folder / "scr-intake.toml", AT)) as app:
            fill_register(app, size)
            return {
                "document": least_cpu_time(lambda: _document(app)),
                "letter": least_cpu_time(lambda: _letter(app)),
                "look": least_cpu_time(lambda: _look(app)),
            }


def _document(app: Application) -> None:
    """All that the register is asked for one document."""
    place = app.register.people.places_of_agency("A0")[0]
    app.register.cases.judging_facts(place.reference, place.code)
    app.register.entries.is_known_content(place.agency_id, "nothing")
    app.register.entries.is_accepted_elsewhere(place.case_id, "nothing")
    app.register.agency_standing(place, AT.date())


def _letter(app: Application) -> None:
    """Written, and read by the guard."""
    (place,) = app.register.people.places_of_sender("author@a0-0.example")
    assert place.contact is not None  # it was found by its address
    to = Recipient(place.contact.name, place.contact.email, place.contact.id)
    draft = Draft("answer/0/1", "acknowledgement", to, ACCEPTED, place.case_id, place.agency_id)
    app.correspondence.write_unqueued(draft, app.now())


def _look(app: Application) -> None:
    """For all that is due, as after any change."""
    app.database.execute_change("UPDATE returns SET due = due WHERE id = 1")
    app.correspondence.queue_due_letters(app.now())


def main() -> None:
    click.echo("Processor milliseconds; each column should stay nearly flat down the page.")
    click.echo(f"{'cases':>7}{'entries':>9}{'document':>10}{'letter':>8}{'look':>8}")
    for size in SIZES:
        took = measure_growth(size)
        click.echo(
            f"{size.cases:>7,}{size.entries:>9,}"
            f"{took['document']:>10.1f}{took['letter']:>8.1f}{took['look']:>8.1f}"
        )


if __name__ == "__main__":
    main()
