"""What a reader of blanks yields: a blank with what is in it, and what no label claims.

Does: names the two, and says which of several blanks for one thing counts.
Trusts: nothing; these are plain values.
Never touches: documents.
Known limits: a value is text; how it looked is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handlers.document.lexicon import Term
from handlers.finding import Where

# Where the cell of a blank is: beside its label, under or above it, or beside or under it in one
# person's column or row; "" for a blank in a line, or in the cell of its label.
Spot = Literal["", "beside", "under", "above", "column", "row"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank that was found, filled in or not.

    `terms` are what its label means; `text` what was entered ("" for nothing, dots, or a prompt);
    `picture` that a picture or ink stands there; `ticks` its check boxes in order; `note` words
    in brackets beside it; `position` the index of its block; `where` the place, for a finding.
    """

    terms: tuple[Term, ...]
    text: str = ""
    picture: bool = False
    ticks: tuple[bool, ...] = ()
    position: int = 0
    where: Where = field(default_factory=Where)
    note: str = ""
    drawn: bool = False  # dots or a rule were printed to write on
    below: bool = False  # the text stood under the label, and may not be meant for it
    spot: Spot = ""

    @property
    def label(self) -> str:
        return self.terms[0].words if self.terms else ""

    @property
    def blank(self) -> bool:
        return not (self.text or self.picture or any(self.ticks))


@dataclass(frozen=True, slots=True)
class Loose:
    """What stands among the blanks and answers no label that is known.

    `label` says that it stands beside a label, one that nobody told us of; `heading` that it is
    one by its style.
    """

    text: str
    picture: bool = False
    position: int = 0
    label: bool = False
    heading: bool = False
    signing: bool = False  # it says that somebody signed, and not all of that is known


@dataclass(frozen=True, slots=True)
class NextPerson:
    """From here on the blanks are somebody else's: the next column, or the next row."""


Item = Filled | Loose | NextPerson


def answered_first(found: Sequence[Filled], is_answer: Callable[[Filled], bool]) -> Filled | None:
    """Of several blanks for one thing the first that is answered, whatever stands in the others;
    else the first in which anything stands, "TBC" or the like; else the first."""
    filled = (one for one in found if not one.blank)
    return next(filter(is_answer, found), None) or next(filled, found[0] if found else None)
