"""The note for the data protection officer: who opened what was withdrawn, what letters told of it,
what is destroyed, and what lies out of reach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from shlex import quote
from typing import Any

from commands.composition.app import Application
from commands.decisions.originals_there import OriginalsThere
from commands.decisions.plain_copies import ClearedCopies, opened_copies
from config.calendar import date_in_words, moment_in_words
from config.english import count_noun
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import DecisionReason
from handlers.register.last_backup import backup_command, recorded_backup
from handlers.register.withdrawals import Withdrawal
from intake.vault import SealBroken
from outbox.due.set_apart import describe_entry
from outbox.writing.letter import LETTER_NAMES

OPENED_SEAL_CONTEXT = "opened"  # what the sealed name of whoever opened something is about


@dataclass(frozen=True, slots=True)
class WithdrawalNote:
    """What is told of a withdrawal, in sentences under headings. It names no content."""

    facts: dict[str, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        return {heading: list(lines) for heading, lines in self.facts.items()}

    def as_text(self) -> str:
        parts = (
            f"{heading}\n" + "".join(f"- {line}\n" for line in lines)
            for heading, lines in self.facts.items()
        )
        return "\n".join(parts)


def withdrawal_note(
    app: Application,
    made: Withdrawal,
    because: DecisionReason,
    there: OriginalsThere,
    cleared: ClearedCopies,
) -> WithdrawalNote:
    """Call it once the withdrawal is written, whether or not the keys are gone by then; `there` is
    what there was before."""
    opened = tuple(_opened(app, made)) or ("Nobody, by the audit log.",)
    return WithdrawalNote(
        {
            "What was withdrawn": (*_withdrawn(app, made), *_decided(app, because)),
            "Who opened it": (*opened, *([_UNKNOWN_HAND] if there.lost else [])),
            "What letters told of it": tuple(_told(app, made)) or ("No letter told of it.",),
            "What is destroyed": tuple(_destroyed(there, cleared)),
            "What lies out of our reach": (
                *(*_still_open(made), *cleared.left),
                *(*backup_sentences(app), *_BEYOND),
            ),
        }
    )


_UNKNOWN_HAND = (
    "Who had to do with an original that had vanished, or does not open, is in no log of the"
    " service."
)
_BEYOND = (
    "Copies that were saved by whoever opened it, and what is in their folders of temporary files.",
    "The agency's own copies, such as in its sent messages, and those of mail servers on the way.",
    "Blocks that a disk keeps for a while after they were written over or deleted.",
)


def _still_open(made: Withdrawal) -> Iterator[str]:
    for folder in opened_copies({entry.id for entry in made.entries}):
        yield (
            f"A copy that was opened to be read lies in {folder}. When nobody reads it any more:"
            f" `rm -r {quote(str(folder))}`"
        )


def backup_sentences(app: Application) -> Iterator[str]:
    """Until which day a backup can still open it."""
    zone = app.settings.board.zone_info
    last = app.register.record.last_recorded_at(AuditAct.BACKED_UP)
    bring = f"`{backup_command(recorded_backup(app.database))}`"
    if last is None:
        yield "No backup is known of. One that was made until now, with its keys, could open it."
        return
    day, today = (date_in_words(at.astimezone(zone).date()) for at in (last, app.now()))
    yield (
        f"Backups made until {today}, the last known of on {day}, can open it with their keys. To"
        f" bring one up to date, so that it no longer can: {bring} Other copies of it can for as"
        " long as they are kept."
    )


def _withdrawn(app: Application, made: Withdrawal) -> Iterator[str]:
    zone = app.settings.board.zone_info
    for entry in made.entries:
        place = app.register.people.place_of_agency(entry.agency_id or 0)
        whose = f"{place.reference}, {place.code}: " if place else ""
        at = app.spool.get(entry.delivery_id).received.astimezone(zone)
        what = describe_entry(entry, app.kinds.get(entry.kind))
        yield f"Entry {entry.id}, {whose}{what}, which came at {moment_in_words(at)}."


def _decided(app: Application, because: DecisionReason) -> Iterator[str]:
    at = moment_in_words(app.now().astimezone(app.settings.board.zone_info))
    yield f"Withdrawn at {at} by {because.by}: {because.reason}"


def _opened(app: Application, made: Withdrawal) -> Iterator[str]:
    sql = "SELECT at, detail FROM record WHERE what = 'opened' ORDER BY seq"
    ids = {entry.id for entry in made.entries}
    for row in app.database.fetch_rows(sql):
        told = json.loads(row["detail"])
        if told.get("entry") in ids:
            at = datetime.fromisoformat(row["at"]).astimezone(app.settings.board.zone_info)
            who = opened_by(app, told.get("by"))
            yield f"Entry {told['entry']} at {moment_in_words(at)}, at the login {who}."


def opened_by(app: Application, sealed: str | None) -> str:
    """The login at which a copy was opened, as the audit log keeps it."""
    try:
        return app.vault.unseal_bytes(bytes.fromhex(sealed or ""), OPENED_SEAL_CONTEXT).decode()
    except SealBroken:
        return "(not known)"


def _told(app: Application, made: Withdrawal) -> Iterator[str]:
    sql = (
        "SELECT DISTINCT l.id, l.kind, l.sent, l.contact_id FROM letters l JOIN tells t"
        " ON t.letter_id = l.id WHERE l.kind <> 'withdrawal' AND l.sent IS NOT NULL"
        " AND (t.entry_id IN (SELECT value FROM json_each(?1))"
        "  OR l.entry_id IN (SELECT value FROM json_each(?1))) ORDER BY l.id"
    )
    for row in app.database.fetch_rows(sql, json.dumps([entry.id for entry in made.entries])):
        at = datetime.fromisoformat(row["sent"]).astimezone(app.settings.board.zone_info)
        contact = app.register.people.find_contact(row["contact_id"] or 0)
        to = f"{contact.name}, {contact.role}" if contact else "the board's own officer"
        yield f"Letter {row['id']}, {LETTER_NAMES[row['kind']]}, to {to}, {moment_in_words(at)}."


def _destroyed(there: OriginalsThere, cleared: ClearedCopies) -> Iterator[str]:
    destroyed = f"{there.destroyed[0].upper()}{there.destroyed[1:]}"
    yield f"{destroyed}: findings, comments, names of files. The keys are written over."
    yield from there.lost_sentences
    yield f"{count_noun(cleared.count, 'file')} in drop folders and mailboxes."
    yield (
        "The letters that told of it are kept: they quote nothing of it. So are the reasons that"
        " people gave for what they decided about it."
    )
