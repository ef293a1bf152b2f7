"""Numbers what a digest asks, once over all its lists, and gives each ask the links that answer
it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from config.calendar import utc_text
from config.command_line import without_commands
from outbox.writing.asks import NumberedAsk, OrderLinks
from outbox.writing.digest_facts import Listing, Need


@dataclass(frozen=True, slots=True)
class AskNumbering:
    """`began` tells one digest from another."""

    links: OrderLinks | None
    began: datetime

    def number_lists(self, lists: Sequence[Listing[Need]]) -> Iterator[Listing[Need]]:
        """The same lists, the first with the lowest numbers."""
        number = 0
        for listing in lists:
            shown = tuple(
                self._numbered(need, n) for n, need in enumerate(listing.shown, number + 1)
            )
            number += len(shown)
            yield replace(listing, shown=shown)

    def kept_asks(self, lists: Sequence[Listing[Need]]) -> Iterator[NumberedAsk]:
        """What is kept of lists that were numbered."""
        for need in (need for listing in lists for need in listing.shown):
            yield NumberedAsk(
                need.number, without_commands(need.says), need.topic, need.links, self._stamp(need)
            )

    def _numbered(self, need: Need, number: int) -> Need:
        need = replace(need, number=number)
        if self.links is not None:
            stamp = self._stamp(need)
            made = (
                self.links.make_link(o, number, need.topic, stamp)
                for o in need.offers
                if o.order not in self.links.without
            )
            need = replace(need, links=tuple(made))
        return need

    def _stamp(self, need: Need) -> str:
        topic = need.topic
        about = " ".join(map(str, (topic.sort, *topic.items)))
        return f"{utc_text(self.began)} {need.number} {about}"
