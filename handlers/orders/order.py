"""An order of the administrator's, and what could not be read as one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

# Why nothing is done for a line, or for a number.
QuestionReason = Literal[
    "not-an-order",
    "no-number",
    "unknown-number",
    "nothing-to-answer",
    "words-missing",
    "day-missing",
    "day-impossible",
    "day-of-week",
    "day-past",
    "day-far",
    "day-to-come",
    "person-missing",
    "place-missing",
    "question-mark",
    "several-in-a-line",
    "line-ends",
    "words-end",
    "day-and-more",
    "taken-back",
    "two-answers",
    "crossed-out",
    "beside",
    "in-quotation",
    "hidden-text",
    "parts-differ",
    "too-long",
    "unread",
    "nothing-said",
    "link-alone",
]


Slot = tuple[int, str]  # a number, and of more time the return that it is for


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose a document is, and what: "N12 GP chronology". `kind` is a kind's id, "" where it is
    whatever it is recognised as."""

    reference: str
    agency: str
    kind: str


@dataclass(frozen=True, slots=True)
class Order:
    """One line of the closed grammar. `rest` is what its word needs, as it is told: words, a day
    as 2010-06-11, or a place; `day` and `place` are the same as values. `kind` is the return that a
    day is for, where it is said; `email` and `name` are of a person whom a link names."""

    number: int
    word: str
    rest: str = ""
    day: date | None = None
    place: Assignment | None = None
    kind: str = ""
    email: str = ""
    name: str = ""
    address: str = ""  # another of theirs
    aside: str = field(default="", compare=False)  # her reason, written in the same line

    @property
    def slot(self) -> Slot:
        """What it is about, of which there is one order."""
        return (self.number, self.kind if self.word == "more time" else "")

    def contradicts(self, other: Order) -> bool:
        """Whether both cannot be meant. More time for one return and for another can."""
        if self.number != other.number:
            return False
        return self.slot == other.slot or not (self.slot[1] and other.slot[1])


@dataclass(frozen=True, slots=True)
class OrderQuestion:
    """What is asked back. `number` is None where it is about no number, or about all."""

    number: int | None
    why: QuestionReason
    line: str = field(default="", compare=False)  # the first words of the line that it is about
    said: str = field(default="", compare=False)  # all of that line
    told: str = field(default="", compare=False)  # the order, with all that would be told
