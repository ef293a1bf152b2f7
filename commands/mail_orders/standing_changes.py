"""How cases and returns stood before an order and stand after it: what an undo has to put back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from commands.composition.app import Application
from handlers.register.decision import CaseStanding
from handlers.register.returns import ReturnStanding


def case_standings(app: Application, ids: Sequence[int]) -> list[CaseStanding]:
    """How these cases stand as a whole."""
    cases = {case.id: case for case in app.register.case_matrix(app.now().date()) if ids}
    return [CaseStanding(id, cases[id].state, cases[id].complete_by) for id in ids]


def return_standings(app: Application, agencies: Collection[int]) -> dict[int, ReturnStanding]:
    """How all that these agencies owe stands, by the numbers of the returns."""
    return {
        id: row for agency in agencies for id, row in app.register.owed.standings(agency).items()
    }


def changed_standings(
    before: dict[int, ReturnStanding], after: dict[int, ReturnStanding]
) -> Iterator[tuple[ReturnStanding, ReturnStanding]]:
    """Each return that was changed, as it stood and as it stands."""
    for id, stood in before.items():
        if id in after and after[id] != stood:
            yield stood, after[id]
