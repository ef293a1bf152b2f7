"""Where one case stands: as lines for a person, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from config.kind import Kinds
from handlers.register.matrix import CaseRow
from outbox.digest.case_matrix import case_in_sentences, case_matrix_lines
from outbox.digest.deadlines import deadline_sentences, is_past_completion


def case_status_lines(
    case: CaseRow, kinds: Kinds, today: date, *, in_words: bool = False
) -> Iterator[str]:
    """One case for a person: first, where it is past, the day by which it should be complete.
    `in_words` has no table, which the lines of a letter would break."""
    clock = list(deadline_sentences(case, today))
    if is_past_completion(case, today):
        yield from clock
    yield from case_in_sentences(case, kinds) if in_words else case_matrix_lines(case, kinds)
    if not is_past_completion(case, today):
        yield from clock


def case_as_json(case: CaseRow) -> dict[str, Any]:
    """The contract of `status --json` for one case. Dates are ISO 8601 days, or null."""
    return {
        "reference": case.reference,
        "complete_by": case.complete_by.isoformat(),
        "milestones": [{"what": what, "on": day.isoformat()} for what, day in case.milestones],
        "agencies": [
            {
                "code": agency.code,
                "returns": [
                    {
                        "kind": row.kind,
                        "due": row.due.isoformat(),
                        "state": row.state,
                        "received": row.received.isoformat() if row.received else None,
                        "accepted": row.accepted.isoformat() if row.accepted else None,
                        "overdue": row.overdue,
                    }
                    for row in agency.returns
                ],
            }
            for agency in case.agencies
        ],
    }
