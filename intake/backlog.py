"""What is known of what sources offer and was not taken yet, so that nothing is asked for twice.

Does: keeps each offer with its description in memory, for as long as it is offered.
Trusts: the sources.
Never touches: messages.
Known limits: a service that starts again asks anew, in batches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from intake.source import Offer


class Backlog:
    """Offers by their source and place."""

    def __init__(self) -> None:
        self._described = defaultdict[str, dict[str, Offer]](dict)

    def sorted_out(self, source: str, offers: Sequence[Offer]) -> tuple[list[Offer], list[Offer]]:
        """Those that are described, and those that are not yet, each in their order. What is
        offered no more is forgotten."""
        known = self._described[source]
        kept = {o.place: known[o.place] for o in offers if o.place in known}
        self._described[source] = kept
        return list(kept.values()), [offer for offer in offers if offer.place not in kept]

    def add(self, source: str, described: Sequence[Offer]) -> None:
        self._described[source] |= {offer.place: offer for offer in described}
