"""How a return moves: one table from where it stands and a verdict to where it goes.

Does: holds that policy, and what a person's decision does to it, pure.
Trusts: nothing; the register's own trigger refuses any other move.
Never touches: the register.
Known limits: none.
"""

from __future__ import annotations

from typing import Literal

from handlers.finding import Verdict

State = Literal["awaited", "rejected", "referred", "accepted", "nil", "waived"]

# A new version supersedes only when it is accepted, and what waits for a person keeps waiting. A
# nil return stands only until something comes that speaks against it.
NEXT: dict[tuple[State, Verdict], State] = {
    ("awaited", "accept"): "accepted",
    ("awaited", "refer"): "referred",
    ("awaited", "reject"): "rejected",
    ("rejected", "accept"): "accepted",
    ("rejected", "refer"): "referred",
    ("referred", "accept"): "accepted",
    ("nil", "refer"): "referred",
}

# What a person decides about a document moves its return whatever it said before, but for these.
STAYS: dict[Literal["accept", "reject"], frozenset[State]] = {
    "accept": frozenset({"accepted"}),
    "reject": frozenset({"rejected", "nil", "waived"}),
}
REQUEST = "extension_request"  # the kind by which an agency asks for more time
CHASED: frozenset[State] = frozenset({"awaited", "rejected"})
SETTLED: frozenset[State] = frozenset({"accepted", "nil", "waived"})


def after(state: State, verdict: Verdict) -> State:
    """Where a return stands once a document for it has been judged."""
    return NEXT.get((state, verdict), state)
