"""`scr-intake check FILE...`: what an author would run before sending.

Does: judges documents as the service would, and logs nothing. Needs no settings and no register.
Trusts: nothing in the files; they are opened in the confined worker.
Never touches: the register, the network.
Known limits: without `--case` the rules that need a case (the period, the subjects) are silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from commands.asked import ATTENTION, USAGE, Asked, print_json, stop
from commands.clock import clock
from config.casefile import CaseFile, load_case
from config.kind import Kinds
from config.kinds import load_kinds
from config.problem import Refused
from handlers.clerk import NOT_RETURNS
from handlers.confined import Confined
from handlers.context import AgencyFacts, Context
from handlers.finding import Judgement
from handlers.question import Question
from handlers.register.cases import facts_of_agency, facts_of_case
from handlers.worker.client import Worker
from intake.message.sniff import sniff
from outbox.places import changes

HOME = ZoneInfo("Europe/London")

_VERDICTS = {
    "accept": "would be accepted",
    "refer": "would be received; a person would look at it",
    "reject": "needs changes before it can be accepted",
    "hold": "would be held for a person; do not send it",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One return found in a file. `name` tells it from others in the same file."""

    name: str
    judgement: Judgement


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

    Exit status 1 when any would not simply be accepted.

    Example: scr-intake check --case case-n12.toml --agency GP chronology.docx
    """
    kinds = load_kinds()
    case = _case(case_file, kinds)
    _refuse(_problems(files, case, agency, kind, kinds))
    today = clock(HOME, asked.at)().date()
    context = _context(case, agency, kind, today)
    with Worker(setup=kinds) as worker:
        confined = Confined(worker, kinds)
        results = [(file, list(_checked(file, confined, context))) for file in files]
    if as_json:
        print_json([_as_json(file, found) for file, found in results])
    else:
        for file, found in results:
            _print(file, found, kinds)
    if any(c.judgement.verdict != "accept" for _, found in results for c in found):
        raise click.exceptions.Exit(ATTENTION)


def _case(path: Path | None, kinds: Kinds) -> CaseFile | None:
    try:
        return load_case(path, kinds) if path else None
    except Refused as why:
        stop(why, ATTENTION)


def _problems(
    files: Sequence[Path],
    case: CaseFile | None,
    agency: str | None,
    kind: str | None,
    kinds: Kinds,
) -> Iterator[str]:
    for file in files:
        if not file.is_file():
            yield f"There is no file {file}."
    if kind is not None and kind not in kinds:
        yield f"{kind} is not a kind of return. The kinds are {', '.join(k.id for k in kinds.all)}."
    if agency is not None and case is None:
        yield "--agency needs --case, which says who that is."
    elif agency is not None and case is not None and _agency(case, agency) is None:
        codes = ", ".join(a.code for a in case.agencies)
        yield f"{agency} is not an agency of {case.reference}. Its agencies are {codes}."


def _refuse(problems: Iterator[str]) -> None:
    told = "\n".join(problems)
    if told:
        stop(told, USAGE)


def _agency(case: CaseFile, code: str) -> AgencyFacts | None:
    found = (a for a in case.agencies if a.code.casefold() == code.casefold())
    return next((facts_of_agency(a) for a in found), None)


def _context(case: CaseFile | None, agency: str | None, kind: str | None, today: date) -> Context:
    return Context(
        today=today,
        case=facts_of_case(case) if case else None,
        agency=_agency(case, agency) if case and agency else None,
        assume=kind,
    )


def _checked(file: Path, confined: Confined, context: Context) -> Iterator[Checked]:
    data = file.read_bytes()
    format = sniff(data)
    if format == "eml":
        yield from _attached(data, confined, context)
        return
    question = Question(context, file.suffix.lstrip(".").lower(), format)
    for judgement in confined.judge(data, question):
        yield Checked(file.name, judgement)


def _attached(data: bytes, confined: Confined, context: Context) -> Iterator[Checked]:
    documents = [a for a in confined.unpack(data).documents if a.sniffed not in NOT_RETURNS]
    for n, document in enumerate(documents, 1):
        question = Question(context, document.declared, document.sniffed)
        for judgement in confined.judge(document.content, question):
            yield Checked(f"attachment {n}", judgement)


def _as_json(file: Path, found: Sequence[Checked]) -> dict[str, object]:
    """The contract of `check --json` for one file."""
    return {"file": str(file), "documents": [_document(checked) for checked in found]}


def _document(checked: Checked) -> dict[str, object]:
    judgement = checked.judgement
    return {
        "name": checked.name,
        "kind": judgement.kind,
        "verdict": judgement.verdict,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "where": {k: v for k, v in asdict(finding.where).items() if v is not None},
                "message": finding.message,
                "fix": finding.fix,
            }
            for finding in judgement.findings
        ],
    }


def _print(file: Path, found: Sequence[Checked], kinds: Kinds) -> None:
    click.echo(f"{file}")
    if not found:
        click.echo("  No document was found in it.")
    for checked in found:
        judgement = checked.judgement
        kind = kinds.get(judgement.kind)
        title = kind.title if kind else checked.name
        click.echo(f"  {title}: {_VERDICTS[judgement.verdict]}")
        for severity in ("danger", "fault", "question", "advice"):
            of_it = [f for f in judgement.findings if f.severity == severity]
            for change in changes(of_it):
                place = f"{change.place}. " if change.place else ""
                click.echo(f"    {severity:<9} {place}{change.message}")
                click.echo(f"    {'':<9} {change.fix}")
        if judgement.passed:
            click.echo(f"    in order: {', '.join(judgement.passed)}")
