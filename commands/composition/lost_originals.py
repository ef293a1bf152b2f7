"""Says what a command met that needs an original which is missing, exchanged or does not open: by
the number of its entry, which commands take, and with what brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path

from commands.composition.found_faults import FoundFaults, next_steps
from config.english import join_with_and
from config.explained_error import ExplainedError
from config.kind import Kinds
from handlers.register.fault import Fault
from handlers.register.last_backup import noted_backup, recorded_backup
from handlers.register.row_names import RowNames
from intake.database import RegisterDatabase
from intake.keys import Keys
from intake.vault import OriginalMissing, SealBroken, Vault

_ENTRIES = (
    "SELECT id FROM entries WHERE content = ?1 UNION SELECT e.id FROM entries e JOIN deliveries d"
    " ON d.id = e.delivery_id WHERE d.content = ?1 ORDER BY 1"
)


class OriginalLost(ExplainedError):
    sentence = "An original that is needed for this is missing, or does not open."

    def __init__(self, explanation: str) -> None:
        super().__init__()
        self.explanation = explanation


class LostOriginals:
    """Words for the originals of one register."""

    def __init__(
        self, database: RegisterDatabase, vault: Vault, keys: Keys, kinds: Kinds, zone: tzinfo
    ) -> None:
        """Days are told in `zone`."""
        self._database = database
        self._vault = vault
        self._keys = keys
        self._names = RowNames(database, kinds, zone)

    @contextmanager
    def told_by_entry(self) -> Iterator[None]:
        """What is met inside is told as OriginalLost."""
        try:
            yield
        except (OriginalMissing, SealBroken) as why:
            if told := self.explain(why):
                raise OriginalLost(told) from why
            raise

    def explain(self, why: OriginalMissing | SealBroken) -> str:
        """What is lost and how it comes back, each step a line; "" where it is no original that a
        row names."""
        mark = str(why)
        row = self._database.fetch_row("SELECT id FROM deliveries WHERE content = ?", mark)
        ids = [each["id"] for each in self._database.fetch_rows(_ENTRIES, mark)]
        if not ids and row is None:
            return ""
        called = self._called(ids) if ids else f"delivery {row['id'] if row else 0}"
        lost = "is not in the vault" if isinstance(why, OriginalMissing) else "does not open"
        how = "" if isinstance(why, OriginalMissing) else ": it was changed or exchanged"
        last = noted_backup(self._vault.folder, self._keys) or recorded_backup(self._database)
        found = FoundFaults((Fault.of_original(mark),))
        steps = next_steps(found, last, Path(self._database.file()), self._vault, self._keys)
        return "\n".join((f"What came as {called} {lost} any more{how}.", *steps))

    def _called(self, ids: list[int]) -> str:
        """ "entry 3 (N12, GP: the chronology that was judged on Thursday 1 April 2010)"."""
        named = self._names.name_row("entries", f"[{ids[0]}]")
        entries = "entries" if len(ids) > 1 else "entry"
        return f"{entries} {join_with_and([str(id) for id in ids])}" + (
            f" ({named})" if named else ""
        )
