"""`scr-intake template FILE`: a template stamped for one agency, case and return.

Does: puts a hidden, keyed property into a Word template, so that what comes back in it says for
itself which case and agency it is for.
Trusts: the register for who the agencies are. The template is opened in the confined worker.
Never touches: the template itself, or anything that is seen in it.
Known limits: a document pasted into another one leaves the stamp behind; it is then recognised as
any other is.
"""

from __future__ import annotations

from pathlib import Path

import click

from commands.app import House, open_house
from commands.global_options import ATTENTION, USAGE, Asked, stop
from handlers.document import Stamp, in_form
from handlers.judging.in_sandbox import Confined
from handlers.register.agencies import Place
from handlers.sandbox.client import Worker
from intake.source import LARGEST

NOT_WORD = "{} is not a Word document that could be read (.docx, .docm, .dotx or .dotm)."


@click.command
@click.argument(
    "file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--case", "reference", required=True, help="The case, by its reference.")
@click.option("--agency", required=True, help="The code of the agency it is issued to.")
@click.option("--kind", required=True, help="The kind of return it is for.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the stamped template.",
)
@click.pass_obj
def template(
    asked: Asked, file: Path, reference: str, agency: str, kind: str, output: Path
) -> None:
    """Stamp a Word template for one agency's return.

    The stamp is a hidden property of the document, which only this board's keys can make. When the
    template comes back filled in, it says which case and agency it was issued for.

    Example: scr-intake template chronology.docx --case N12 --agency GP --kind chronology -o GP.docx
    """
    if output.exists():
        stop(f"{output} is there already. Name a new file.", USAGE)
    if file.stat().st_size > LARGEST:
        stop(f"{file} is larger than anything the toolkit asks for.", USAGE)
    with open_house(asked) as house:
        place = _place(house, reference, agency, kind)
        stamp = house.register.stamps.text(Stamp(place.reference, place.code, kind))
    if not in_form(stamp):
        stop("The case's reference and the agency's code are too long to be stamped.", ATTENTION)
    with Worker(setup=house.kinds) as worker:
        made = Confined(worker, house.kinds).stamp(file.read_bytes(), stamp)
    if made is None:
        stop(NOT_WORD.format(file), ATTENTION)
    output.write_bytes(made)
    click.echo(f"{output}: stamped for {place.reference}, {place.code}, {house.kinds[kind].noun}.")


def _place(house: House, reference: str, agency: str, kind: str) -> Place:
    """The agency's place in the case; says what there is where it has none."""
    if kind not in house.kinds:
        known = ", ".join(each.id for each in house.kinds.all)
        stop(f"{kind} is not a kind of return. The kinds are {known}.", USAGE)
    places = house.register.people.places_of_agency(agency)
    found = (p for p in places if p.reference.casefold() == reference.casefold())
    place = next(found, None)
    if place is None:
        stop(f"{agency} is not an agency of an open case {reference}.", USAGE)
    return place
