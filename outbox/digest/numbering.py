"""Numbers what a digest asks, once over all its lists, and gives each ask the links that answer it.

In the digest that is sent no command stands where a link or a reply does the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from config.calendar import utc_text
from config.command_line import without_commands
from outbox.writing.asks import NumberedAsk, OrderLinks
from outbox.writing.facts import Listing, Need

HOW_TO_ANSWER = (
    "To answer, press one of the underlined words and send the message that opens; or reply to this"
    " one, a line for each: its number, and the word."
)


@dataclass(frozen=True, slots=True)
class AskNumbering:
    """`began` tells one digest from another, `by_mail` says that it is the one that is sent."""

    links: OrderLinks | None
    began: datetime
    by_mail: bool

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
                need.number, _said(need.says), need.topic, need.links, self._stamp(need)
            )

    def _numbered(self, need: Need, number: int) -> Need:
        need = replace(need, number=number)
        if self.links is not None:
            stamp = self._stamp(need)
            made = (self.links.make_link(o, number, need.topic, stamp) for o in need.offers)
            need = replace(need, links=tuple(made))
        return _without_commands(need) if self.by_mail and need.links else need

    def _stamp(self, need: Need) -> str:
        topic = need.topic
        about = " ".join(map(str, (topic.sort, *topic.items)))
        return f"{utc_text(self.began)} {need.number} {about}"


def _without_commands(need: Need) -> Need:
    because = (line if "`" in line else _said(line) for line in need.because)
    more = (line for line in need.more if "`" not in line)
    return replace(
        need,
        says=_said(need.says),
        because=tuple(filter(None, because)),
        command="",
        more=(*more, *need.by_command),
    )


def _said(line: str) -> str:
    return without_commands(line)
