"""Says which abbreviations of a case's agencies may mean another of them as well: "School"."""

from __future__ import annotations

from collections.abc import Iterator

from config.case_file import AgencyEntry, CaseFile
from config.english import join_with_and
from handlers.values.agency_names import is_common_name
from handlers.values.normalise import fold_text


def shared_short_names(file: CaseFile) -> Iterator[str]:
    """A sentence for each, in the order of the file."""
    for agency in file.agencies:
        for short in agency.abbreviations:
            others = [
                other.code
                for other in file.agencies
                if other is not agency and _may_mean(short, other)
            ]
            if others:
                yield (
                    f'The abbreviation "{short}" of {agency.code} may mean {join_with_and(others)}'
                    " as well, so it does not tell whose a document is. Give each a name of its"
                    " own there."
                )


def _may_mean(short: str, other: AgencyEntry) -> bool:
    """Whether another agency is called so, or has in its name words of many bodies' names that are
    all there is of the abbreviation."""
    said = fold_text(short)
    if said in map(fold_text, (other.code, other.name, *other.abbreviations)):
        return True
    return is_common_name(short) and set(said.split()) <= set(fold_text(other.name).split())
