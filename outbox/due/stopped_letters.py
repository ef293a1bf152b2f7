"""Remembers the letters that are due and that the guard stops, and words the ways on.

It is the only writer of `stopped`, and never tells the name that stopped a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from config.calendar import utc_text
from config.english import join_with_and
from intake.database import RegisterDatabase, Row
from outbox.writing import commands_to_paste
from outbox.writing.asks import STOPPED_OFFERS, AskLine, AskTopic
from outbox.writing.digest_facts import Need
from outbox.writing.groups import group_alike, make_group
from outbox.writing.letter import LETTER_NAMES, Draft, LetterKind
from outbox.writing.letter_reasons import LetterReason

_ALL = (
    "SELECT s.*, c.reference, a.name, a.code, k.role FROM stopped s"
    " LEFT JOIN cases c ON c.id = s.case_id LEFT JOIN agencies a ON a.id = s.agency_id"
    " LEFT JOIN contacts k ON k.id = s.contact_id ORDER BY s.since, s.key"
)
# Of an answer, and of a letter about a decision.
_ENTRIES = (
    "SELECT id FROM entries WHERE delivery_id = ?1 AND agency_id IS ?3 UNION"
    " SELECT entry_id FROM decisions WHERE id = ?2 AND entry_id IS NOT NULL AND agency_id IS ?3"
    " ORDER BY id"
)
_KINDS = (
    "SELECT kind FROM stopped UNION"
    " SELECT kind FROM letters WHERE state IN ('held back', 'failed') AND reason = ?"
)
STOPPED_ADVICE = (
    "Either give that subject another name in the case file and load it again, or mend the words"
    " of the board's own: the letter then goes by itself. Or tell them yourself, and have this"
    " letter not written:"
)
STOPPED_MANY_ADVICE = (
    "Either give that subject another name in the case file and load it again, or mend the words"
    " of the board's own: the letters then go by themselves. To list them: `scr-intake letters` Or"
    " tell their readers yourself, and have these not written:"
)
_NAMES = "it would name somebody whom a review is about, or another case; please tell them yourself"


@dataclass(frozen=True, slots=True)
class StoppedLetter:
    """One letter. `to` is the role of its reader, `entries` are the numbers of what it is about."""

    key: str
    kind: LetterKind
    case: str
    agency: str
    code: str
    to: str
    entries: tuple[int, ...]
    since: datetime

    @property
    def case_and_agency(self) -> str:
        """ "N12, Shire Police", "" for the board's own."""
        return ", ".join(part for part in (self.case, self.agency) if part)

    @property
    def letter_and_entries(self) -> str:
        """ "a request for changes to their author, about entry 3"."""
        return f"{self._letter()}{self._about()}"

    def _letter(self) -> str:
        to = f" to their {self.to}" if self.to else ""
        return f"{LETTER_NAMES[self.kind]}{to}"

    def _about(self) -> str:
        if not self.entries:
            return ""
        noun = "entry" if len(self.entries) == 1 else "entries"
        return f", about {noun} {join_with_and([str(id) for id in self.entries])}"

    @property
    def digest_need(self) -> Need:
        """For the digest: what is not told, and what can be done."""
        whose = f"{self.case_and_agency}: " if self.case_and_agency else ""
        why = "is not written: it would name a subject of a review, or what is another case's"
        return Need(
            f"{whose}{self.letter_and_entries}, {why}. {STOPPED_ADVICE}",
            commands_to_paste.drop_letter_command(self.key),
            topic=AskTopic("stopped", (self.key,), self.case, self.code),
            offers=STOPPED_OFFERS,
            line=AskLine(self.agency, f"{self._letter()} is not written", _NAMES),
        )


def stopped_letter_needs(letters: Iterable[StoppedLetter]) -> Iterator[Need]:
    """One line a letter; many of one case are one, since one name will have stopped them."""
    for same in group_alike(letters, lambda letter: letter.case):
        if len(same) == 1:
            yield same[0].digest_need
            continue
        many = make_group("stopped", [letter.key for letter in same])
        agencies = join_with_and(sorted({letter.agency for letter in same if letter.agency}))
        whose = f"{same[0].case}, {agencies}: " if agencies else ""
        why = "are not written: each would name a subject of a review, or what is another case's"
        yield Need(
            f"{whose}{len(same):,} letters {why}. {STOPPED_MANY_ADVICE}",
            commands_to_paste.letters_command("drop", many.name),
            group=many,
            topic=AskTopic("stopped", many.items, same[0].case),
            offers=STOPPED_OFFERS,
            line=AskLine(agencies, f"{len(same):,} letters are not written", _NAMES),
        )


class StoppedLetters:
    """Remembers which letters the guard stopped before they were written, and reads them back."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def update_stopped(self, drafts: Sequence[Draft], now: datetime) -> None:
        """All that the guard stopped in a round that looked everything through."""
        known = {row["key"] for row in self._database.fetch_rows("SELECT key FROM stopped")}
        keys = {draft.full_key for draft in drafts}
        if known == keys:
            return
        with self._database.transaction():
            for key in known - keys:
                self._database.execute_change("DELETE FROM stopped WHERE key = ?", key)
            for draft in drafts:
                self._database.execute_change(
                    "INSERT INTO stopped (key, delivery_id, decision_id, kind, case_id, agency_id,"
                    " contact_id, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    *(draft.full_key, draft.about.delivery_id, draft.about.decision_id),
                    *(draft.kind, draft.case_id, draft.agency_id),
                    *(draft.recipient.contact_id, utc_text(now)),
                )

    def forget_letter(self, key: str) -> None:
        """A person saw to it."""
        with self._database.transaction():
            self._database.execute_change("DELETE FROM stopped WHERE key = ?", key)

    def list_stopped(self) -> Iterator[StoppedLetter]:
        """The letters that are stopped, the longest stopped first."""
        return (self._stopped(row) for row in self._database.fetch_rows(_ALL))

    def _stopped(self, row: Row) -> StoppedLetter:
        return StoppedLetter(
            key=row["key"],
            kind=row["kind"],
            case=row["reference"] or "",
            agency=row["name"] or "",
            code=row["code"] or "",
            to=row["role"] or "",
            entries=tuple(self._entries(row)),
            since=datetime.fromisoformat(row["since"]),
        )

    def _entries(self, row: Row) -> Iterator[int]:
        about = (row["delivery_id"], row["decision_id"], row["agency_id"])
        return (found["id"] for found in self._database.fetch_rows(_ENTRIES, *about))


def stopped_letter_kinds(database: RegisterDatabase) -> frozenset[str]:
    """The kinds of letter of which the guard stops one: it waits for the administrator."""
    return frozenset(row["kind"] for row in database.fetch_rows(_KINDS, LetterReason.BARRED))
