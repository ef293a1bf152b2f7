"""`scr-intake template FILE`: a copy of a template, stamped for one agency, case and return.

The stamp is a hidden, keyed property. A document pasted into another one leaves it behind, and is
then recognised as any other is.
"""

from __future__ import annotations

from pathlib import Path

import click

from commands.composition.app import Application, open_application
from commands.given_paths import GivenFile
from commands.global_options import EXIT_ATTENTION, EXIT_USAGE, GlobalOptions, exit_with_message
from handlers.document import Stamp, is_stamp_text
from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.agencies import AgencyPlace
from handlers.sandbox.client import Worker
from intake.source import MAX_CONTENT_BYTES

NOT_WORD_MESSAGE = "{} is not a Word document that could be read (.docx, .docm, .dotx or .dotm)."


@click.command
@click.argument("file", metavar="FILE", type=GivenFile())
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
    asked: GlobalOptions, file: Path, reference: str, agency: str, kind: str, output: Path
) -> None:
    """Stamp a Word template for one agency's return.

    The stamp is a hidden property of the document, which only this board's keys can make. When the
    template comes back filled in, it says which case and agency it was issued for.

    Example: scr-intake template chronology.docx --case N12 --agency GP --kind chronology -o GP.docx
    """
    if output.exists():
        exit_with_message(f"{output} is there already. Name a new file.", EXIT_USAGE)
    if file.stat().st_size > MAX_CONTENT_BYTES:
        exit_with_message(f"{file} is larger than anything the toolkit asks for.", EXIT_USAGE)
    with open_application(asked) as app:
        place = _place(app, reference, agency, kind)
        stamp = app.register.stamps.format_stamp(Stamp(place.reference, place.code, kind))
    if not is_stamp_text(stamp):
        exit_with_message(
            "The case's reference and the agency's code are too long to be stamped.", EXIT_ATTENTION
        )
    with Worker(setup=app.kinds) as worker:
        made = SandboxJudge(worker, app.kinds).stamp_document(file.read_bytes(), stamp)
    if made is None:
        exit_with_message(NOT_WORD_MESSAGE.format(file), EXIT_ATTENTION)
    output.write_bytes(made)
    click.echo(f"{output}: stamped for {place.reference}, {place.code}, {app.kinds[kind].noun}.")


def _place(app: Application, reference: str, agency: str, kind: str) -> AgencyPlace:
    """The agency's place in the case; says what there is where it has none."""
    if kind not in app.kinds:
        known = ", ".join(each.id for each in app.kinds.all)
        exit_with_message(f"{kind} is not a kind of return. The kinds are {known}.", EXIT_USAGE)
    places = app.register.people.places_of_agency(agency)
    found = (p for p in places if p.reference.casefold() == reference.casefold())
    place = next(found, None)
    if place is None:
        exit_with_message(f"{agency} is not an agency of an open case {reference}.", EXIT_USAGE)
    return place
