"""Two columns whose entries have changed places under headings that stand as they were.

Does: notes, row by row, where each of two cells looks like what belongs under the other's heading,
and says at the end of which two columns that is so in most rows: a question, since only how the
entries look tells it.
Trusts: entries as `entry.lay` makes them; the case and the agency for who is named.
Never touches: findings.
Known limits: dates that stand under another heading are `handlers/table/shift.py`'s. Events and
comments, both filled, look alike: they are told only where comments fill every row and events do
not. With fewer than FEWEST such rows nothing is said; where the first LOOKED_AT rows have none, no
more are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.shape import ReadAs
from handlers.table.desk import Desk
from handlers.table.entry import Entry
from handlers.table.sender import Sender
from handlers.table.source_like import is_source, is_tale
from handlers.typed.age import read_age
from handlers.typed.clock import read_time

FEWEST = 3
LOOKED_AT = 50  # rows; columns change places in all of them
LONGEST = 40  # characters of what is known by its look
NAME = 3  # words of an agency's name, alone in its cell
_ANSWERS = frozenset({"y", "n", "yes", "no"})


@dataclass(frozen=True, slots=True)
class Swap:
    """The columns `one` and `other` have changed places."""

    one: int
    other: int


class Swaps:
    """Counts, over all rows, what stands in each other's place."""

    def __init__(self, desk: Desk) -> None:
        agency = desk.context.agency
        self._sender = Sender(agency) if agency else None
        self._roll = desk.roll
        looks: Mapping[ReadAs, Callable[[str], bool]] = {
            "time": _is_time,
            "age": _is_age,
            "yes_no": _is_answer,
            **({"agency": self._names_sender} if agency else {}),
            **({"subject": self._names_subject} if desk.roll else {}),
        }
        kinds = [column.reads_as for column in desk.columns]
        self._looks = {at: looks[kind] for at, kind in enumerate(kinds) if kind in looks}
        self._others = tuple(at for at, kind in enumerate(kinds) if kind in ("source", "text"))
        self._source = desk.column("source")
        texts = [at for at, kind in enumerate(kinds) if kind == "text"]
        self._event = next((at for at in texts if _must_be_filled(desk, at)), None)
        self._comment = next((at for at in texts if not _must_be_filled(desk, at)), None)
        self._filled: Counter[frozenset[int]] = Counter()  # which columns of a row are filled
        self._seen: Counter[Swap] = Counter()
        self._heard = 0  # rows

    def hear(self, entry: Entry) -> None:
        if entry.unjudged or (not self._seen and self._heard >= LOOKED_AT):
            return
        self._heard += 1
        texts = entry.texts
        self._filled[frozenset(at for at, text in enumerate(texts) if text)] += 1
        astray = [at for at in self._looks if texts[at] and not self._fits(at, texts[at])]
        for swap in self._exchanged(texts, astray) if astray else ():
            self._seen[swap] += 1
        for swap in self._told_by_words(texts):
            self._seen[swap] += 1

    def throughout(self) -> Swap | None:
        """The two columns of which it is so in most rows, if any."""
        for swap, count in self._seen.most_common():
            two = {swap.one, swap.other}
            if two == {self._event, self._comment}:
                most = self._commented() and 3 * count > self._filled.total()
            elif two <= {self._source, self._event, self._comment}:
                most = 3 * count > 2 * self._filled.total()
            else:
                asked = sum(n for filled, n in self._filled.items() if two <= filled)
                most = 3 * count > 2 * asked
            if count >= FEWEST and most:
                return swap
        return None

    def _commented(self) -> bool:
        """Whether a comment stands in every row that has an event."""
        return all(self._event not in row or self._comment in row for row in self._filled)

    def _exchanged(self, texts: Sequence[str], astray: Sequence[int]) -> Iterator[Swap]:
        """Every two columns of which one at least is known by how its entries look."""
        for one in astray:
            for other in (*(at for at in astray if at > one), *self._others):
                back = other in self._others or self._fits(other, texts[one])
                if texts[other] and back and self._fits(one, texts[other]):
                    yield Swap(min(one, other), max(one, other))

    def _told_by_words(self, texts: Sequence[str]) -> Iterator[Swap]:
        source, event, comment = self._source, self._event, self._comment
        if source is None or event is None or comment is None:
            return
        if texts[event] and is_tale(texts[source], texts[event]):
            yield Swap(source, event)
        if is_source(texts[comment]) and not is_source(texts[source]):
            yield Swap(source, comment)
        if texts[comment] and not texts[event]:
            yield Swap(event, comment)

    def _fits(self, at: int, text: str) -> bool:
        return len(text) <= LONGEST and self._looks[at](text)

    def _names_sender(self, text: str) -> bool:
        if self._sender is None or len(text.split()) > NAME or is_source(text):
            return False
        return self._sender.is_named(text)

    def _names_subject(self, text: str) -> bool:
        return bool(self._roll.named(text).subjects)


def _must_be_filled(desk: Desk, column: int) -> bool:
    return desk.asks(f"{desk.columns[column].key}-missing")


def _is_time(text: str) -> bool:
    return ":" in text and read_time(text).value is not None


def _is_age(text: str) -> bool:
    return any(map(str.isdigit, text)) and read_age(text).days is not None


def _is_answer(text: str) -> bool:
    return text.lower().strip(" .") in _ANSWERS
