"""Says what was found to a person: by what they know a thing as, and one line for one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from handlers.register.fault import Fault, FaultKind
from handlers.register.row_names import RowNames, numbered

MOST_ONE_BY_ONE = 5  # of one kind in one table; more are one line
_TOGETHER = {
    FaultKind.CHANGED: "were changed",
    FaultKind.INVENTED: "are not in the record",
    FaultKind.GONE: "are in the record and nowhere else",
    FaultKind.WRITTEN_OVER: "were changed by other means, and after that written over",
    FaultKind.DIGEST_CHANGED: "have other digests than the record tells",
    FaultKind.DIGEST_GONE: "have no digest any more",
    FaultKind.ORIGINAL: "have no original that is what came",
    FaultKind.CLOSED: "have an original that may not be read",
}


class FaultWords:
    """Words for the faults of one register."""

    def __init__(self, names: RowNames) -> None:
        self._names = names

    def tell_each(self, faults: Iterable[Fault]) -> list[str]:
        """A sentence each, for a program."""
        return [self._one(fault) for fault in without_explained_counts(list(faults))]

    def tell_events(self, faults: Iterable[Fault]) -> list[str]:
        """A line for one event, for a person: what befell many rows of a table is one."""
        told = list[str]()
        kept = without_explained_counts(list(faults))
        for (kind, table), group in groupby(kept, key=attrgetter("kind", "table")):
            of_one_event = list(group)
            if kind in _TOGETHER and len(of_one_event) > MOST_ONE_BY_ONE:
                told.append(self._many(kind, table, of_one_event))
            else:
                told += map(self._one, of_one_event)
        return told

    def _one(self, fault: Fault) -> str:
        name = self._names.name_row(fault.table, fault.key) if fault.key else ""
        if not name:
            return fault.sentence
        _, _, says = fault.sentence.partition(f" of {fault.table}")
        return f"{name[0].upper()}{name[1:]} {numbered(fault.table, fault.key)}{says}"

    def _many(self, kind: FaultKind, table: str, faults: list[Fault]) -> str:
        there = self._names.count_rows(table)
        all_of_them = ", all that there are," if len(faults) >= there > 0 else ""
        first = self._one(faults[0])
        return f"{len(faults):,} rows of {table}{all_of_them} {_TOGETHER[kind]}. The first: {first}"


def without_explained_counts(faults: Sequence[Fault]) -> Iterator[Fault]:
    """That a table has another number of rows is told where no row tells why."""
    explained = {f.table for f in faults if f.kind in (FaultKind.GONE, FaultKind.INVENTED)}
    for fault in faults:
        if not (fault.kind is FaultKind.COUNTED and fault.table in explained):
            yield fault
