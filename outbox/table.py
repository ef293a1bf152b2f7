"""A case as a table of text: agency by return, in words.

Does: lines up the matrix's columns, and says where each return stands. Pure.
Trusts: the register's matrix.
Never touches: colours; `outbox/typeset.py` sets the table's words in them.
Known limits: a table is as wide as its words.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow


def table(case: CaseRow, kinds: Kinds) -> Iterator[str]:
    """One case as lines of text, agency by return."""
    titles = [kind for kind in kinds.all if any(_owes(a, kind.id) for a in case.agencies)]
    name = case.reference if case.state == "open" else f"{case.reference} ({case.state})"
    rows = [[name, *(kind.column for kind in titles)]]
    for agency in case.agencies:
        cells = {row.kind: cell(row) for row in agency.returns}
        rows.append([agency.name, *(cells.get(kind.id, "") for kind in titles)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        yield "   ".join(
            f"{text:<{width}}" for text, width in zip(row, widths, strict=True)
        ).rstrip()


def cell(row: ReturnRow) -> str:
    """Where one return stands, in a word or two; what is late stands in capitals."""
    if row.overdue:
        return "OVERDUE" if row.state == "awaited" else "OVERDUE, rejected"
    if row.state == "awaited":
        return f"due {row.due.day} {row.due:%b}"
    if row.doubted:
        return f"doubted: {'none held' if row.state == 'nil' else row.state}"
    return {"referred": "look at it", "rejected": "needs changes", "nil": "none held"}.get(
        row.state, row.state
    )


def _owes(agency: AgencyRow, kind: str) -> bool:
    return any(row.kind == kind for row in agency.returns)
