"""`scr-intake check FILE...`: what an author would run before sending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import click

from commands.composition.clock import DEFAULT_ZONE, make_clock
from commands.global_options import (
    EXIT_ATTENTION,
    EXIT_USAGE,
    GlobalOptions,
    exit_with_message,
    print_json,
)
from config.authorities import read_authorities
from config.case_file import CaseFile, load_case_file
from config.kind import Kind, Kinds
from config.kind_loading import load_kinds
from config.settings import Settings, load_settings
from config.user_file import InvalidUserFile
from handlers.context import AgencyFacts, Context
from handlers.deliveries.judge_documents import judge_attachment, unpack_documents
from handlers.findings import Judgement
from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.agency_standing import AgencyStanding, check_points_elsewhere
from handlers.register.cases import (
    facts_of_agency,
    facts_of_case,
    identifiers_of_cases,
    names_of_other_agencies,
)
from handlers.sandbox.client import Worker
from handlers.values.normalise import fold_without_spaces
from intake.source import MAX_CONTENT_BYTES
from outbox.writing.places import group_into_changes

VERDICT_WORDS = {
    "accept": "would be accepted",
    "refer": "would be received; a person would look at it",
    "reject": "needs changes before it can be accepted",
    "hold": "would be held for a person; do not send it",
}
HEAVIEST_FIRST = ("danger", "fault", "question", "advice")


@dataclass(frozen=True, slots=True)
class CheckedReturn:
    """One return found in a file. `name` tells it from others in the same file."""

    name: str
    judgement: Judgement


def is_acceptable(found: Sequence[CheckedReturn]) -> bool:
    """Whether there is a document in the file, and each would simply be accepted."""
    return bool(found) and all(checked.judgement.verdict == "accept" for checked in found)


def checked_as_json(file: Path, found: Sequence[CheckedReturn]) -> dict[str, object]:
    """The contract of `check --json` for one file."""
    return {"file": str(file), "documents": [_document(checked) for checked in found]}


def _document(checked: CheckedReturn) -> dict[str, object]:
    judgement = checked.judgement
    return {
        "name": checked.name,
        "kind": judgement.kind,
        "verdict": judgement.verdict,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "where": {
                    part: said
                    for part, said in asdict(finding.where).items()
                    if said is not None and part != "line"  # a digest, which tells a reader nothing
                },
                "message": finding.message,
                "fix": finding.fix,
            }
            for finding in judgement.findings
        ],
        **({"asks": dict(judgement.clues.asks)} if judgement.clues.asks else {}),
    }


def print_checked_file(file: Path, found: Sequence[CheckedReturn], kinds: Kinds) -> None:
    click.echo(f"{file}")
    if not found:
        click.echo("  No document was found in it.")
    for checked in found:
        kind = kinds.get(checked.judgement.kind)
        title = kind.title if kind else checked.name
        click.echo(f"  {title}: {VERDICT_WORDS[checked.judgement.verdict]}")
        for label, text in checked.judgement.clues.asks:
            click.echo(f"    {'read':<9} {label}: {text}")
        _print_findings(checked.judgement, kind)


def _print_findings(judgement: Judgement, kind: Kind | None) -> None:
    for severity in HEAVIEST_FIRST:
        of_it = [finding for finding in judgement.findings if finding.severity == severity]
        for change in group_into_changes(of_it, kind, judgement.findings):
            place = f"{change.place}. " if change.place else ""
            click.echo(f"    {severity:<9} {place}{change.message}")
            click.echo(f"    {'':<9} {change.fix}")
    if judgement.passed:
        click.echo(f"    in order: {', '.join(judgement.passed)}")


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
    asked: GlobalOptions,
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
        exit_with_message("\n".join(problems), EXIT_USAGE)
    shapes = board.reference if board else ()
    today = make_clock(board.zone_info if board else DEFAULT_ZONE, asked.at)().date()
    context = _context(case, agency, kind, today, shapes)
    standing = replace(_standing(case, agency), shapes=shapes)
    with Worker(setup=kinds) as worker:
        name = board.name if board else ""
        sandbox_judge = SandboxJudge(worker, kinds, authorities=authorities, board=name)
        results = [
            (file, list(_checked(file, data, sandbox_judge, context, standing, kinds)))
            for file, data in given
        ]
    if as_json:
        print_json([checked_as_json(file, found) for file, found in results])
    else:
        for file, found in results:
            print_checked_file(file, found, kinds)
    if not all(is_acceptable(found) for _, found in results):
        raise click.exceptions.Exit(EXIT_ATTENTION)


def _settings(asked: GlobalOptions) -> Settings | None:
    """Where there are settings, the board's own kinds of return and authorities count. Raises
    InvalidUserFile."""
    if asked.config.exists():
        return load_settings(asked.config)
    if asked.config != GlobalOptions().config:
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
            elif file.stat().st_size > MAX_CONTENT_BYTES:
                problems.append(f"{file} is larger than anything the toolkit asks for.")
            else:
                yield file, file.read_bytes()
        except OSError as why:
            problems.append(f"{file} cannot be read: {why.strerror}.")


def _case(path: Path | None, kinds: Kinds, problems: list[str]) -> CaseFile | None:
    try:
        return load_case_file(path, kinds) if path else None
    except InvalidUserFile as why:
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


def _standing(case: CaseFile | None, agency: str | None) -> AgencyStanding:
    """What the case's file tells of whose a document may be; of other cases it tells nothing."""
    if case is None:
        return AgencyStanding()
    return AgencyStanding(
        others=names_of_other_agencies([case], agency) if agency else frozenset(),
        here=identifiers_of_cases([case]),
        identifier=fold_without_spaces(case.child_identifier),
    )


def _checked(
    file: Path,
    data: bytes,
    sandbox_judge: SandboxJudge,
    context: Context,
    standing: AgencyStanding,
    kinds: Kinds,
) -> Iterator[CheckedReturn]:
    """What the file comes to, or each document inside it."""
    for n, document in enumerate(unpack_documents(data, sandbox_judge), 1):
        itself = document.content is data
        if itself:
            document = replace(document, declared=file.suffix.lstrip(".").lower())
        for said in judge_attachment(document, context, sandbox_judge):
            judgement = check_points_elsewhere(said, standing, kinds)
            yield CheckedReturn(file.name if itself else f"attachment {n}", judgement)
