"""What a register that is put in order again has, and nothing else here tells of: it was done where
a copy of it was worked on. It is kept, and said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from commands.composition.app import Application
from commands.decisions.audit_sentences import event_sentence
from config.calendar import moment_in_words
from config.english import count_noun, join_with_and
from handlers.register.audit_log import read_event
from handlers.register.integrity import missing_originals
from handlers.register.row_names import RowNames
from intake.database import Row
from intake.journal import JournalLine
from outbox.sending.journal_gaps import JournalGaps
from outbox.writing.letter import LETTER_NAMES

_MAX_TOLD = 20  # of each sort, one by one
_LETTER = (
    "SELECT l.id, l.kind, c.reference, a.code FROM letters l LEFT JOIN cases c ON c.id = l.case_id"
    " LEFT JOIN agencies a ON a.id = l.agency_id WHERE l.id = ?"
)
_DELIVERY = "SELECT id FROM deliveries WHERE content = ? ORDER BY id LIMIT 1"


@dataclass(frozen=True, slots=True)
class OnlyInRegister:
    """`gaps` are letters and acts of which the journal does not tell, `originals` the marks of
    those that rows name and no vault here has."""

    gaps: JournalGaps = field(default_factory=JournalGaps)
    originals: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        return len(self.gaps.letters) + len(self.gaps.acts) + len(self.originals)


def find_only_in_register(app: Application, lines: list[JournalLine]) -> OnlyInRegister:
    """As far back as the journal's `lines` go: of what was before, it never told. Raises
    OSError."""
    times = (line.facts.get(name) for line in lines for name in ("received", "at", "sent"))
    began = min((at for at in times if at), default=None)
    if began is None:
        return OnlyInRegister()
    gaps = app.journal_upkeep.find_gaps_since(began)
    return OnlyInRegister(gaps, tuple(missing_originals(app.database, app.vault)))


def tell_only_in_register(app: Application, found: OnlyInRegister) -> Iterator[str]:
    """In sentences and lines; nothing where there is nothing."""
    if not found.number:
        return
    letters, acts, marks = found.gaps.letters, found.gaps.acts, found.originals
    sorts = [count_noun(len(letters), "letter") + " that left"] if letters else []
    sorts += [count_noun(len(acts), "act") + " of a person"] if acts else []
    sorts += [count_noun(len(marks), "delivery") + " whose original is not here"] if marks else []
    yield (
        f"Only this register tells of {join_with_and(sorts)}, as of what was done where a copy of"
        " it was worked on. All of it is kept:"
    )
    told = [[_letter(app, row) for row in letters[:_MAX_TOLD]]]
    told.append([_act(app, row) for row in acts[:_MAX_TOLD]])
    told.append([_delivery(app, mark) for mark in marks[:_MAX_TOLD]])
    for all_of_sort, lines in zip((letters, acts, marks), told, strict=True):
        yield from (f"  {line}" for line in lines)
        if len(all_of_sort) > _MAX_TOLD:
            yield f"  and {len(all_of_sort) - _MAX_TOLD} more"
    if letters:
        yield (
            "Whether those letters reached anybody is not known here. Each can be read:"
            " `scr-intake letters`"
        )
    if marks:
        yield (
            "What came without an original here does not open. Put the copies back from the vault"
            " of that other place, or ask for it again. To see which it is, and where a copy lies:"
            " `scr-intake audit verify --originals`"
        )


def _at(app: Application, text: str) -> str:
    return moment_in_words(datetime.fromisoformat(text).astimezone(app.settings.board.zone_info))


def _letter(app: Application, left: Row) -> str:
    row = app.database.fetch_row(_LETTER, left["id"])
    assert row is not None  # it was found a moment ago
    whose = ", ".join(filter(None, (row["reference"], row["code"])))
    name = LETTER_NAMES[row["kind"]]
    return f"letter {row['id']} ({f'{whose}: ' if whose else ''}{name}), {_at(app, left['sent'])}"


def _act(app: Application, row: Row) -> str:
    said = event_sentence(app, read_event(row["at"], row["what"], json.loads(row["detail"])))
    return f"{_at(app, row['at'])}: {said}"


def _delivery(app: Application, mark: str) -> str:
    row = app.database.fetch_row(_DELIVERY, mark)
    if row is None:
        return "what came inside a message"
    named = RowNames(app.database, app.kinds, app.settings.board.zone_info)
    says = named.name_row("deliveries", f"[{row['id']}]")
    return f"delivery {row['id']}{f' ({says})' if says else ''}"
