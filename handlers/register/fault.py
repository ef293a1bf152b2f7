"""One thing that is not as it was recorded, as a value; `fault_words.py` says it to a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PIECE_ROWS = 2_000  # rows that are looked at before whoever asked may turn to something else


class FaultKind(StrEnum):
    """What is wrong. Its value is what is said of one row, or of the last digest of one."""

    CHANGED = "was changed"
    INVENTED = "is not in the record"
    GONE = "is in the record and nowhere else"
    WRITTEN_OVER = "was changed by other means, and after that written over by scr-intake"
    DIGEST_CHANGED = "has another digest than the record tells"
    DIGEST_GONE = "has no digest any more"
    COUNTED = "counted"  # another number of rows than was recorded
    ORIGINAL = "original"
    CLOSED = "closed"  # an original that may not be read, whatever it is
    COPY = "copy"  # a register beside the one in use, spoiled where it lies
    JOURNAL = "journal"  # what is noted beside the vault does not tell what the register has
    HEAD = "head"  # the record is not the one that was last written
    OTHER = "other"

    @property
    def is_of_row(self) -> bool:
        """Whether it is of one row of the register."""
        return self in _OF_ROWS


_OF_ROWS = frozenset(
    {
        *(FaultKind.CHANGED, FaultKind.INVENTED, FaultKind.GONE, FaultKind.WRITTEN_OVER),
        *(FaultKind.DIGEST_CHANGED, FaultKind.DIGEST_GONE),
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """`sentence` says it by number and without names. `table` and `key` name the row that it is of,
    the key as the record writes it; `mark` is an original's."""

    kind: FaultKind
    sentence: str
    table: str = ""
    key: str = ""
    mark: str = ""

    @classmethod
    def of_row(cls, kind: FaultKind, table: str, key: str) -> Fault:
        return cls(kind, f"{row_phrase(table, key)} {kind}.", table, key)

    @classmethod
    def of_original(cls, mark: str) -> Fault:
        """One that is known by its mark alone."""
        return cls(FaultKind.ORIGINAL, "An original is not what came, or not there.", mark=mark)


# None stands for a piece of the work that is done.
Look = Iterator[Fault | None]


def found_faults(look: Look) -> Iterator[Fault]:
    """What a look finds, without its pieces."""
    return (found for found in look if found is not None)


def row_phrase(table: str, key: str) -> str:
    """ "The row 1, 2 of absences"."""
    return f"The row {row_number(key)} of {table}"


def row_number(key: str) -> str:
    """ "12", or "1, author"; what somebody wrote there that is no key stands as it is."""
    return ", ".join(map(str, key_parts(key))) or key


def key_parts(key: str) -> list[Any]:
    """The parts of a row's key; none of what is no key."""
    try:
        parts = json.loads(key)
    except ValueError:
        return []
    return parts if isinstance(parts, list) else []
