"""One return found in a file that was checked, and how it is told: as JSON, or to its author.

Does: holds the contract of `check --json`, and words the same for people.
Trusts: the judgement.
Never touches: the file.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from config.kind import Kind, Kinds
from handlers.finding import Judgement
from outbox.places import changes

VERDICTS = {
    "accept": "would be accepted",
    "refer": "would be received; a person would look at it",
    "reject": "needs changes before it can be accepted",
    "hold": "would be held for a person; do not send it",
}
HEAVIEST_FIRST = ("danger", "fault", "question", "advice")


@dataclass(frozen=True, slots=True)
class Checked:
    """One return found in a file. `name` tells it from others in the same file."""

    name: str
    judgement: Judgement


def in_order(found: Sequence[Checked]) -> bool:
    """Whether there is a document in the file, and each would simply be accepted."""
    return bool(found) and all(checked.judgement.verdict == "accept" for checked in found)


def as_data(file: Path, found: Sequence[Checked]) -> dict[str, object]:
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
        **({"asks": dict(judgement.clues.asks)} if judgement.clues.asks else {}),
    }


def print_checked(file: Path, found: Sequence[Checked], kinds: Kinds) -> None:
    click.echo(f"{file}")
    if not found:
        click.echo("  No document was found in it.")
    for checked in found:
        kind = kinds.get(checked.judgement.kind)
        title = kind.title if kind else checked.name
        click.echo(f"  {title}: {VERDICTS[checked.judgement.verdict]}")
        for label, text in checked.judgement.clues.asks:
            click.echo(f"    {'read':<9} {label}: {text}")
        _print_findings(checked.judgement, kind)


def _print_findings(judgement: Judgement, kind: Kind | None) -> None:
    for severity in HEAVIEST_FIRST:
        of_it = [finding for finding in judgement.findings if finding.severity == severity]
        for change in changes(of_it, kind, judgement.findings):
            place = f"{change.place}. " if change.place else ""
            click.echo(f"    {severity:<9} {place}{change.message}")
            click.echo(f"    {'':<9} {change.fix}")
    if judgement.passed:
        click.echo(f"    in order: {', '.join(judgement.passed)}")
