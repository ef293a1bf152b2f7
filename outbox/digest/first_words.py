"""The first words of a message without a document, or of news that cannot wait, so that whoever is
asked about it sees what it says. They are read in the confined worker, and told only where they may
be."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from handlers.orders.reading import ReplyRequest
from handlers.orders.reply_reader import ReplyReader
from handlers.register.submissions import Entry
from handlers.sandbox.protocol import DocumentUnreadable, WorkerUnavailable
from intake.database import RegisterDatabase
from intake.vault import OriginalMissing, SealBroken, Vault
from outbox.writing.commands_to_paste import is_bare_message

MOST_WORDS, MOST_URGENT_WORDS = 14, 60
_CONTENT = "SELECT content FROM deliveries WHERE id = ? AND form = 'message'"


@dataclass(frozen=True, slots=True)
class FirstWords:
    """Reads them. `may_say` says of words whether the administrator may be told them; `urgent` are
    the kinds of which more is told, whoever sent it."""

    database: RegisterDatabase
    vault: Vault
    replies: ReplyReader
    may_say: Callable[[str], bool]
    urgent: Collection[str] = ()

    def quote_message(self, entry: Entry) -> str:
        """ "Whom do I ask about column 7?"; "" of anything but a message of an agency's and
        of what is urgent, and where it cannot be read or may not be told."""
        urgent = entry.kind in self.urgent
        if not (urgent or is_bare_message(entry)):
            return ""
        most = MOST_URGENT_WORDS if urgent else MOST_WORDS
        row = self.database.fetch_row(_CONTENT, entry.delivery_id)
        try:
            raw = self.vault.read_original(row["content"]) if row else b""
            lines = self.replies.read_reply(raw, ReplyRequest("", date.max)).words
        except (OriginalMissing, SealBroken, DocumentUnreadable, WorkerUnavailable):
            return ""
        words = " ".join(lines).replace('"', "'").replace("`", "'").split()
        said = " ".join(words[:most])
        cut = " ..." if len(words) > most else ""
        return f"{said}{cut}" if said and self.may_say(" ".join(words)) else ""
