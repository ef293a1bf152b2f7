"""What a delivery, a letter and a look cost as the register grows: the curve, not the point.

Does: makes registers of 100, 1,000 and 10,000 entries of one agency, and of 1, 30 and 150 cases,
and prints, for each, processor milliseconds: to hold one document against where its agency stands,
to write a letter and have the guard read it, and to look for all that is due. `make bench` runs it.
Trusts: the machine to have little else to do; the least of several times is taken.
Never touches: the repository.
Known limits: entries are written straight into the tables, as in `bench/register.py`; the record
does not tell of them. All of a case's returns are settled, so that nothing is chased.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from bench.register import AT, Size, fill
from commands.app import House, open_house
from commands.global_options import Asked
from commands.init import make_board
from outbox.samples.facts import ACCEPTED
from outbox.writing.letter import Draft, Recipient

SIZES = tuple(Size(1, 1, entries) for entries in (100, 1_000, 10_000)) + tuple(
    Size(cases, 5, 1_000) for cases in (1, 30, 150)
)
AGAIN = 7


def least(what: Callable[[], object]) -> float:
    """The least processor time of several, in milliseconds; the first is not counted."""
    what()
    times = []
    for _ in range(AGAIN):
        began = time.process_time()
        what()
        times.append(time.process_time() - began)
    return min(times) * 1000


def measured(size: Size) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        make_board(folder)
        with open_house(Asked(folder / "scr-intake.toml", AT)) as house:
            fill(house, size)
            return {
                "document": least(lambda: _document(house)),
                "letter": least(lambda: _letter(house)),
                "look": least(lambda: _look(house)),
            }


def _document(house: House) -> None:
    """All that the register is asked for one document."""
    place = house.register.people.places_of_agency("A0")[0]
    house.register.cases.facts(place.reference, place.code)
    house.register.entries.known(place.agency_id, "nothing")
    house.register.entries.accepted_elsewhere(place.case_id, "nothing")
    house.register.standing(place, AT.date())


def _letter(house: House) -> None:
    """Written, and read by the guard."""
    (place,) = house.register.people.places_of_sender("author@a0-0.example")
    assert place.contact is not None  # it was found by its address
    to = Recipient(place.contact.name, place.contact.email, place.contact.id)
    draft = Draft("answer/0/1", "acknowledgement", to, ACCEPTED, place.case_id, place.agency_id)
    house.correspondence.tried(draft, house.now())


def _look(house: House) -> None:
    """For all that is due, as after any change."""
    house.ledger.change("UPDATE returns SET due = due WHERE id = 1")
    house.correspondence.derive(house.now())


def main() -> None:
    click.echo("Processor milliseconds; each column should stay nearly flat down the page.")
    click.echo(f"{'cases':>7}{'entries':>9}{'document':>10}{'letter':>8}{'look':>8}")
    for size in SIZES:
        took = measured(size)
        click.echo(
            f"{size.cases:>7,}{size.entries:>9,}"
            f"{took['document']:>10.1f}{took['letter']:>8.1f}{took['look']:>8.1f}"
        )


if __name__ == "__main__":
    main()
