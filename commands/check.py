"""`scr-intake check FILE...`: what an author would run before sending.

Does: judges documents as the service would, and logs nothing. Needs no settings and no register;
where there are settings it reads the board's own kinds of return and its time zone from them.
Trusts: nothing in the files; they are opened in the confined worker.
Never touches: the register, the network.
Known limits: without `--case` the rules that need a case (the period, the subjects) are silent. Of
the board's other cases it knows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from commands.asked import ATTENTION, USAGE, Asked, print_json, stop
from commands.checked import Checked, as_data, in_order, print_checked
from commands.clock import clock
from config.authorities import read_authorities
from config.casefile import CaseFile, load_case
from config.kind import Kinds
from config.kinds import load_kinds
from config.problem import Refused
from config.settings import Settings, load_settings
from handlers.context import AgencyFacts, Context
from handlers.desk.container import documents_in
from handlers.desk.desk import said_of
from handlers.judging.confined import Confined
from handlers.register.cases import agencies_but, facts_of_agency, facts_of_case, identifiers_of
from handlers.register.standing import Standing, pointing_elsewhere
from handlers.typed.fold import squash
from handlers.worker.client import Worker
from intake.source import LARGEST

HOME = ZoneInfo("Europe/London")


@click.command
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--case", "case_file", type=click.Path(path_type=Path), help="The case, as TOML.")
@click.option("--agency", help="The code of the agency it is from (needs --case).")
@click.option("--kind", help="Take it to be this kind of return.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(
    asked: Asked,
    files: Sequence[Path],
    case_file: Path | None,
    agency: str | None,
    kind: str | None,
    as_json: bool,
) -> None:
    """Judge documents without logging anything.

    Works without settings; where there are some, the board's own kinds of return count. Exit
    status 1 when any file would not
    simply be accepted.

    Example: scr-intake check --case case-n12.toml --agency GP chronology.docx
    """
    settings = _settings(asked)
    board = settings.board if settings else None
    kinds = load_kinds(board.kinds if board else None)
    authorities = read_authorities(settings.signatures.authorities if settings else None)
    problems: list[str] = []
    given = list(_given(files, problems))
    case = _case(case_file, kinds, problems)
    problems += _slips(case_file, case, agency, kind, kinds)
    if problems:
        stop("\n".join(problems), USAGE)
    shapes = board.reference if board else ()
    today = clock(board.zone if board else HOME, asked.at)().date()
    context = _context(case, agency, kind, today, shapes)
    standing = replace(_standing(case, agency), shapes=shapes)
    with Worker(setup=kinds) as worker:
        confined = Confined(worker, kinds, authorities=authorities)
        results = [
            (file, list(_checked(file, data, confined, context, standing, kinds)))
            for file, data in given
        ]
    if as_json:
        print_json([as_data(file, found) for file, found in results])
    else:
        for file, found in results:
            print_checked(file, found, kinds)
    if not all(in_order(found) for _, found in results):
        raise click.exceptions.Exit(ATTENTION)


def _settings(asked: Asked) -> Settings | None:
    """Where there are settings, the board's own kinds of return and authorities count. Raises
    Refused."""
    if asked.config.exists():
        return load_settings(asked.config)
    if asked.config != Asked().config:
        click.echo(f"There are no settings in {asked.config}; checking without.", err=True)
    return None


def _given(files: Sequence[Path], problems: list[str]) -> Iterator[tuple[Path, bytes]]:
    """Each file that can be read, whole; of the others, why not goes into `problems`."""
    for file in files:
        try:
            if file.is_dir():
                problems.append(f"{file} is a folder. Name the files in it, such as {file}/*.docx.")
            elif not file.exists():
                problems.append(f"There is no file {file}.")
            elif not file.is_file():
                problems.append(f"{file} is not a file with a document in it.")
            elif file.stat().st_size > LARGEST:
                problems.append(f"{file} is larger than anything the toolkit asks for.")
            else:
                yield file, file.read_bytes()
        except OSError as why:
            problems.append(f"{file} cannot be read: {why.strerror}.")


def _case(path: Path | None, kinds: Kinds, problems: list[str]) -> CaseFile | None:
    try:
        return load_case(path, kinds) if path else None
    except Refused as why:
        problems.append(str(why))
        return None


def _slips(
    case_file: Path | None,
    case: CaseFile | None,
    agency: str | None,
    kind: str | None,
    kinds: Kinds,
) -> Iterator[str]:
    """What --kind and --agency say that nothing answers to."""
    if kind is not None and kind not in kinds:
        yield f"{kind} is not a kind of return. The kinds are {', '.join(k.id for k in kinds.all)}."
    if agency is not None and case_file is None:
        yield "--agency needs --case, which says who that is."
    elif agency is not None and case is not None and _agency(case, agency) is None:
        codes = ", ".join(a.code for a in case.agencies)
        yield f"{agency} is not an agency of {case.reference}. Its agencies are {codes}."


def _agency(case: CaseFile, code: str) -> AgencyFacts | None:
    found = (a for a in case.agencies if a.code.casefold() == code.casefold())
    return next((facts_of_agency(a) for a in found), None)


def _context(
    case: CaseFile | None,
    agency: str | None,
    kind: str | None,
    today: date,
    shapes: tuple[str, ...],
) -> Context:
    return Context(
        today=today,
        case=replace(facts_of_case(case), shapes=shapes) if case else None,
        agency=_agency(case, agency) if case and agency else None,
        assume=kind,
    )


def _standing(case: CaseFile | None, agency: str | None) -> Standing:
    """What the case's file tells of whose a document may be; of other cases it tells nothing."""
    if case is None:
        return Standing()
    return Standing(
        others=agencies_but([case], agency) if agency else frozenset(),
        here=identifiers_of([case]),
        identifier=squash(case.child_identifier),
    )


def _checked(
    file: Path, data: bytes, confined: Confined, context: Context, standing: Standing, kinds: Kinds
) -> Iterator[Checked]:
    """What the file comes to, or each document inside it."""
    for n, document in enumerate(documents_in(data, confined), 1):
        itself = document.content is data
        if itself:
            document = replace(document, declared=file.suffix.lstrip(".").lower())
        for said in said_of(document, context, confined):
            judgement = pointing_elsewhere(said, standing, kinds)
            yield Checked(file.name if itself else f"attachment {n}", judgement)
