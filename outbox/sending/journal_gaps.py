"""What the journal beside the vault should tell and does not, as the register has it; and the lines
for it, written anew.

Lines can be taken away, changed, or put back as they were a day before by whoever may write the
file. The register knows which letters left and what people did: that is held against the lines. An
arrival is not: its source keeps it aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from config.english import count_noun, join_with_and
from handlers.register.audit_acts import AuditAct
from handlers.register.fault import Fault, FaultKind
from intake.database import RegisterDatabase, Row
from intake.journal import LETTER_LEFT, PERSON_ACTED, JournalLine, OutsideJournal
from outbox.sending.departures import DepartureNames

# An alert is told anew after a restore, and may leave without a line.
_LETTERS = (
    "SELECT id, message_id, sent FROM letters WHERE sent IS NOT NULL AND kind <> 'alert'"
    " AND sent >= ? ORDER BY sent, id"
)
_LAST_LETTER = (
    "SELECT message_id FROM letters WHERE sent IS NOT NULL AND kind <> 'alert' AND sent >= ?"
    " ORDER BY sent DESC, id DESC LIMIT 1"
)
_PEOPLE = [act.value for act in AuditAct if act.by_person]
_ACTS = (
    "SELECT seal, at, what, detail FROM record WHERE at >= ?"  # noqa: S608  our own words
    f" AND what IN ({', '.join('?' * len(_PEOPLE))}) ORDER BY seq"
)
_ACTS_LOST_TO_A_KILL = 1  # one may be: between its row and its line


@dataclass(frozen=True, slots=True)
class JournalGaps:
    """Rows of which no line tells: letters that left, and what people did."""

    letters: tuple[Row, ...] = ()
    acts: tuple[Row, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether it is more than a kill leaves behind."""
        return bool(self.letters) or len(self.acts) > _ACTS_LOST_TO_A_KILL

    @property
    def sentence(self) -> str:
        found = [count_noun(len(self.letters), "letter") + " that left"] if self.letters else []
        if self.acts:
            found.append(count_noun(len(self.acts), "act") + " of a person")
        return (
            f"The journal beside the vault does not tell of {join_with_and(found)}: it was"
            " deleted, cut, changed or put back. After a loss of the register such a letter would"
            " go once more, and nobody would know of such an act."
        )

    def faults(self) -> Iterator[Fault]:
        """Nothing, or one."""
        if self.is_told:
            yield Fault(FaultKind.JOURNAL, self.sentence)


class JournalUpkeep:
    """Holds the journal against one register. Where it was restored, from when all was taken in
    again on: what left before it, a journal elsewhere told."""

    def __init__(self, database: RegisterDatabase, journal: OutsideJournal) -> None:
        self._database = database
        self._journal = journal
        self._looked: tuple[int, ...] | None = None
        self._tells = True

    def find_gaps(self) -> JournalGaps:
        """All of it is read. Raises OSError where it cannot be."""
        since = self._since()
        return JournalGaps() if since is None else self.find_gaps_since(since)

    def find_gaps_since(self, since: str) -> JournalGaps:
        """The same of what was done from a time on. Raises OSError."""
        letters = self._database.fetch_rows(_LETTERS, since)
        acts = self._database.fetch_rows(_ACTS, since, *_PEOPLE)
        left, done = set[str](), set[str]()  # read after the rows: a line comes before its row
        for line in self._journal.read_lines():
            if line.what == LETTER_LEFT:
                left.add(line.facts["message_id"])
            elif line.what == PERSON_ACTED:
                done.add(line.facts["seal"])
        return JournalGaps(
            tuple(row for row in letters if row["message_id"] not in left),
            tuple(row for row in acts if row["seal"] not in done),
        )

    def tells_of_last_letter(self) -> bool:
        """Whether it tells of the letter that left last; it is read only when the file is another
        than at the last look. Raises OSError where it cannot be."""
        stamp = self._journal.stamp()
        if stamp != self._looked:
            since = self._since()
            row = self._database.fetch_row(_LAST_LETTER, since) if since is not None else None
            self._tells = row is None or self._tells_of(row["message_id"])
            self._looked = stamp
        return self._tells

    def write_missing(self, gaps: JournalGaps) -> None:
        """The lines, once more, from what the register has; what finds no room is owed."""
        names = DepartureNames(self._database)
        left = [
            JournalLine(LETTER_LEFT, {**names.facts_of_letter(row["id"]), "sent": row["sent"]})
            for row in gaps.letters
        ]
        did = [JournalLine(PERSON_ACTED, dict(row)) for row in gaps.acts]
        for line in (*did, *left):
            self._journal.append(line, durably=True)

    def _tells_of(self, message_id: str) -> bool:
        """At its end, where it is as a rule, or anywhere: much may have come since."""
        return any(
            line.what == LETTER_LEFT and line.facts["message_id"] == message_id
            for line in chain(self._journal.read_end(), self._journal.read_lines())
        )

    def _since(self) -> str | None:
        """None while what came and left since a restore is not taken in again."""
        sql = "SELECT recovered FROM recoveries ORDER BY id DESC LIMIT 1"
        row = self._database.fetch_row(sql)
        return row["recovered"] if row else ""
