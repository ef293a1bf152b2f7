"""What an agreement answers: of which returns more time was given, or nothing is asked any more,
since somebody asked about them.

Does: reads what was agreed of an agency since an entry came, and says whether that answers all the
entry asks about; what it does not answer stays open.
Trusts: what was read of a request (`more_time.py`), the names that a message gives, the decisions.
Never touches: entries. What was agreed before, or of another agency, answers nothing.
Known limits: a request that names no return that its agency owes is answered by any agreement
since, as a person who has read it made it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from config.kind import Kinds
from handlers.register.more_time import wanted
from handlers.register.returns import REQUEST, SETTLED
from intake.ledger import Ledger

MESSAGE = "nothing-attached"
# The kinds of return that more time was given for since, or that the board does without.
_AGREED = (
    "SELECT DISTINCT r.kind FROM decisions d JOIN returns r ON r.id = d.return_id"
    " WHERE d.agency_id = ? AND d.what IN ('extend', 'waive') AND d.decided > ?"
)


@dataclass(frozen=True, slots=True)
class Asking:
    """What there is to know of an entry that asks: whose, since when, and what it names. `asks` are
    the blanks of a request."""

    agency_id: int | None
    kind: str | None
    reason: str
    judged: datetime
    names: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]


class Answered:
    """Reads it."""

    def __init__(self, ledger: Ledger, kinds: Kinds) -> None:
        self._ledger = ledger
        self._kinds = kinds

    def agreed(self, asking: Asking) -> frozenset[str]:
        """The kinds that it asks about and that were agreed about since."""
        asks = asking.names or asking.asks
        of_message = asking.reason == MESSAGE and asking.kind is None and asks
        if asking.agency_id is None or not (asking.kind == REQUEST or of_message):
            return frozenset()
        rows = self._ledger.rows(_AGREED, asking.agency_id, asking.judged.isoformat())
        since = frozenset(row["kind"] for row in rows)
        return since & self._about(asking) if since else since

    def wholly(self, asking: Asking) -> bool:
        """Whether nothing that it asks about is left."""
        agreed = self.agreed(asking)
        if not agreed or not (self._named(asking) or self._whole(asking)):
            return bool(agreed)
        return agreed >= self._about(asking) - self._settled(asking.agency_id)

    def _about(self, asking: Asking) -> frozenset[str]:
        named = frozenset[str]() if self._whole(asking) else self._named(asking)
        return named or frozenset(self._states(asking.agency_id))

    def _whole(self, asking: Asking) -> bool:
        """Whether it asks about all that is owed, or about the rest of it."""
        return bool(asking.asks) and wanted(asking.asks, self._kinds).whole

    def _named(self, asking: Asking) -> frozenset[str]:
        """Of the returns that its agency owes those that it names; for a message all it names."""
        named = frozenset(asked_for(asking, self._kinds))
        return named.intersection(self._states(asking.agency_id)) if asking.kind else named

    def _settled(self, agency_id: int | None) -> frozenset[str]:
        states = self._states(agency_id)
        return frozenset(kind for kind, state in states.items() if state in SETTLED)

    def _states(self, agency_id: int | None) -> dict[str, str]:
        rows = self._ledger.rows("SELECT kind, state FROM returns WHERE agency_id = ?", agency_id)
        return {row["kind"]: row["state"] for row in rows}


def asked_for(asking: Asking, kinds: Kinds) -> tuple[str, ...]:
    """The kinds of return that it asks about by name."""
    if asking.asks:
        return wanted(asking.asks, kinds).kinds or asking.names
    return asking.names


def left_of(named: Iterable[str], agreed: Iterable[str]) -> tuple[str, ...]:
    """Of the kinds that are named, those not agreed about."""
    done = frozenset(agreed)
    return tuple(kind for kind in named if kind not in done)
