"""What the digest, and the answers to it, may say, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, Self, TypeVar

from outbox.writing.asks import NO_TOPIC, AskLine, AskTopic, Offer, OrderLink, OrderResult

Item = TypeVar("Item")


class TableLine(str):
    """A row of a table as a line of text in aligned columns, which knows its `cells`."""

    __slots__ = ("cells",)
    cells: tuple[str, ...]

    def __new__(cls, line: str, cells: tuple[str, ...]) -> TableLine:
        row = super().__new__(cls, line)
        row.cells = cells
        return row


GroupSort = Literal["entries", "letters", "stopped"]


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """Things of one sort that are told in one line, and the name by which a command is about all of
    them: `items` are the numbers of entries or letters, or the keys of letters that the guard
    stops."""

    name: str
    what: GroupSort
    items: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Something only a person can settle, and the command that settles it, "" for none. `because`
    are sentences that say why it waits, `more` the other ways on, each with its command, and
    `group` is what it is about where it stands for many. `topic` is what it asks about, `offers`
    the ways in which a mail may answer it; on a digest it has its `number`, and `links` that write
    such a mail. `by_command` are the other ways that no mail has, which are told in any case.
    `line` is all of it in the one line of the digest that is sent, where `says` is not; what is
    for the operator to see to is not asked there."""

    says: str
    command: str = ""
    because: tuple[str, ...] = ()
    group: NamedGroup | None = None
    more: tuple[str, ...] = ()
    topic: AskTopic = NO_TOPIC
    offers: tuple[Offer, ...] = ()
    by_command: tuple[str, ...] = ()
    number: int = 0
    links: tuple[OrderLink, ...] = ()
    line: AskLine | None = None
    for_operator: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A list that is cut where it gets too long to read: `count` is of all, `more` says what is not
    shown and where it is, "" when all is."""

    shown: tuple[Item, ...]
    count: int
    more: str = ""

    @classmethod
    def limited_to(cls, items: Iterable[Item], most: int, where: str) -> Self:
        """At most so many; one more is shown rather than told of."""
        found = tuple(items)
        if len(found) <= most + 1:
            return cls(found, len(found))
        return cls(found[:most], len(found), f"And {len(found) - most:,} more. {where}")


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """What came of a mail that answered a digest. `headline` ends the subject, `words` are lines of
    it that were no order."""

    to: str
    headline: str
    results: tuple[OrderResult, ...]
    words: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether any of it was."""
        return any(result.done for result in self.results)


@dataclass(frozen=True, slots=True)
class DigestCaseFacts:
    """One case: its table, what its picture says, "" for none, and the time that is left."""

    table: tuple[TableLine, ...]
    timeline: str
    clock: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """The administrator's day. `headline` ends the subject: "3 need you"; `deadlines` says what
    is attached, `answers` how what is asked can be answered, "" for nothing. The `whole` of it has
    every list uncut and a command for everything; without it `needs` are all asks, a line each,
    `trouble` says in a line what is not well, `above` what stands above all, `below` counts what
    stands behind the tables, and `operator` is for whoever works on the server."""

    day: str
    headline: str
    needs: Listing[Need]
    overdue: Listing[str]
    soon: Listing[str]
    traffic: str
    unsent: Listing[Need]
    suppressed: Listing[Need]
    notes: Listing[str]
    cases: Listing[DigestCaseFacts]
    health: tuple[str, ...]
    deadlines: str
    entries: str
    seal: str
    answers: str = ""
    whole: bool = False
    trouble: str = ""
    silent: Listing[str] = Listing((), 0)  # who is not written to, and why
    above: str = ""
    below: str = ""
    operator: tuple[str, ...] = ()
    deputies: tuple[Need, ...] = ()  # what others settled in their name, and what undoes it
