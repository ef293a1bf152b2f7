"""A case drawn as a matrix, agency by return: in the digest, and by `status` and `case show`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.writing.digest_facts import TableLine


def case_matrix_lines(
    case: CaseRow, kinds: Kinds, asked: Collection[int] = ()
) -> Iterator[TableLine]:
    """One case as lines of text, agency by return; of the returns in `asked`, by their numbers,
    more time is asked for."""
    titles = [kind for kind in kinds.all if any(_owes(a, kind.id) for a in case.agencies)]
    name = case.reference if case.state == "open" else f"{case.reference} ({case.state})"
    rows = [[name, *(kind.column_heading for kind in titles)]]
    for agency in case.agencies:
        cells = {row.kind: return_status_words(row, asks=row.id in asked) for row in agency.returns}
        rows.append([agency.name, *(cells.get(kind.id, "") for kind in titles)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        aligned = (f"{text:<{width}}" for text, width in zip(row, widths, strict=True))
        yield TableLine("   ".join(aligned).rstrip(), tuple(row))


def case_in_sentences(case: CaseRow, kinds: Kinds) -> Iterator[str]:
    """The same where no table can stand: "Shire Police: chronology due 12 Apr, IMR accepted."."""
    if case.state != "open":
        yield f"{case.reference} ({case.state})"
    for agency in case.agencies:
        rows = {row.kind: row for row in agency.returns}
        said = [
            f"{kind.noun} {return_status_words(rows[kind.id])}"
            for kind in kinds.all
            if kind.id in rows
        ]
        yield f"{agency.name}: {', '.join(said)}."


def return_status_words(row: ReturnRow, *, asks: bool = False) -> str:
    """Where one return stands, in a word or two; what is late stands in capitals."""
    if row.overdue:
        return "OVERDUE" if row.state == "awaited" else "LATE, needs changes"
    if row.state == "awaited":
        return f"{'more time?' if asks else 'due'} {row.due.day} {row.due:%b}"
    if row.doubted:
        return f"{'none held' if row.state == 'nil' else row.state}, in doubt"
    return {
        "referred": "look at it",
        "rejected": "needs changes",
        "nil": "none held",
        "outside": "seen outside",
    }.get(row.state, row.state)


def _owes(agency: AgencyRow, kind: str) -> bool:
    return any(row.kind == kind for row in agency.returns)
