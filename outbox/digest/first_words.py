"""What its sender's own words tell of something that waits, in a dozen of them, so that whoever is
asked about it sees what it says. A message is read in the confined worker, and words are told only
where they may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from config.mail_words import MAIL_WORDS
from handlers.orders.reading import ReplyRequest
from handlers.orders.reply_reader import ReplyReader
from handlers.register.returns import EXTENSION_REQUEST, PANEL_REPRESENTATIVE, STAFF_LIST
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import Entry
from handlers.sandbox.protocol import DocumentUnreadable, WorkerUnavailable
from handlers.senders.danger_news import tells_of_danger
from intake.database import RegisterDatabase
from intake.vault import OriginalMissing, SealBroken, Vault
from outbox.digest.telling_words import A_DOZEN, ENOUGH, Purpose, telling_words

DANGER = "speaks of danger to a child, or of a death"
PRESS = "a journalist asks"
_WITHHELD = "its words name somebody a review is about"
MOST_URGENT_WORDS = 60  # which the letter about it has; the digest has fewer
_CONTENT = "SELECT content FROM deliveries WHERE id = ? AND form = 'message'"
_OF_MESSAGES = frozenset(
    {
        SetApartReason.NOTHING_ATTACHED,
        SetApartReason.TAKES_BACK,
        SetApartReason.CASE_UNCLEAR,
        SetApartReason.DOCUMENT_MISSING,
    }
)
_ON_PAPER = re.compile(rf"\b(?:{'|'.join(map(re.escape, MAIL_WORDS.on_paper))})\b", re.I)
_PRESS = re.compile(r"\b(?:reporter|journalist|newspaper|newsroom|news desk|broadcaster)\b", re.I)
# The staff whom a list names, one behind the other: "PC J. Holt, DS R. Imber and Dr Lowe".
_NAMED = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+")
_PARTED = re.compile(r"[,;\n]| and ")
_WHOM = re.compile(r"interview[^:.]{0,80}:|interview(?:ing)?\b", re.I)


@dataclass(frozen=True, slots=True)
class EntryTelling:
    """`found` is told of it, "" for nothing; `quoted` that those are its sender's words. `matter`
    is what it is about, where that is not what its kind or its reason say; `on_paper` that it
    speaks of what the board sees itself: a letter in the post, a copy handed over."""

    found: str = ""
    quoted: bool = False
    matter: str = ""
    on_paper: bool = False


NOTHING_TOLD = EntryTelling()


@dataclass(frozen=True, slots=True)
class FirstWords:
    """Reads them. `may_say` says of words whether the administrator may be told them; `urgent` are
    the kinds of which more is told, whoever sent it."""

    database: RegisterDatabase
    vault: Vault
    replies: ReplyReader
    may_say: Callable[[str], bool]
    urgent: Collection[str] = ()

    def telling_of(self, entry: Entry) -> EntryTelling:
        """What is told of one entry."""
        if entry.kind == PANEL_REPRESENTATIVE:
            return self._of_representative(entry)
        if entry.kind == STAFF_LIST:
            return EntryTelling(_staff_counted(_asked(entry)))
        if entry.kind == EXTENSION_REQUEST:
            reason = dict(entry.told.clues.asks).get("Reason", "")
            return self._quoted([reason] if reason else self.own_words(entry), "reason")
        urgent = entry.kind in self.urgent
        if not (urgent or _is_message(entry) or _may_be_for_a_review(entry)):
            return NOTHING_TOLD
        lines = self.own_words(entry)
        matter = _matter(entry, lines) if urgent or entry.told.danger else ""
        most = MOST_URGENT_WORDS if urgent else A_DOZEN
        purpose: Purpose = "news" if urgent else "question"
        told = self._quoted(lines, purpose, most)
        if _may_be_for_a_review(entry) and len(told.found.split()) < ENOUGH:
            return NOTHING_TOLD  # no more than that something is attached
        return EntryTelling(told.found, told.quoted, matter, speaks_of_paper(lines))

    def own_words(self, entry: Entry) -> tuple[str, ...]:
        """The lines of its message, without what is quoted in it; none where it cannot be read."""
        row = self.database.fetch_row(_CONTENT, entry.delivery_id)
        try:
            raw = self.vault.read_original(row["content"]) if row else b""
            return self.replies.read_reply(raw, ReplyRequest("", date.max)).words
        except (OriginalMissing, SealBroken, DocumentUnreadable, WorkerUnavailable):
            return ()

    def _quoted(
        self, lines: Collection[str], purpose: Purpose, most: int = A_DOZEN
    ) -> EntryTelling:
        said = telling_words([*lines], purpose, most)
        if not said:
            return NOTHING_TOLD
        if not self.may_say(said):
            return EntryTelling(_WITHHELD)
        return EntryTelling(f'"{said}"', quoted=True)

    def _of_representative(self, entry: Entry) -> EntryTelling:
        name = " ".join(dict(entry.told.clues.asks).get("Name", "").split())
        return EntryTelling(f"names {name}" if name and self.may_say(name) else "")


def speaks_of_paper(lines: Collection[str]) -> bool:
    """Whether a message speaks of something that comes on paper."""
    return _ON_PAPER.search(" ".join(lines)) is not None


def _may_be_for_a_review(entry: Entry) -> bool:
    """Whether somebody not registered sent what reads like a return, or names a review."""
    unknown = entry.reason == SetApartReason.SENDER_UNKNOWN and not entry.told.danger
    return unknown and bool(entry.kind or entry.told.candidates)


def _is_message(entry: Entry) -> bool:
    return entry.position == 0 and entry.reason in _OF_MESSAGES


def _matter(entry: Entry, lines: Collection[str]) -> str:
    said = "\n".join(lines)
    if tells_of_danger("", said):
        return DANGER
    if _PRESS.search(said):
        return PRESS
    return DANGER if entry.told.danger else ""


def _asked(entry: Entry) -> str:
    return next((said for _, said in entry.told.clues.asks), "")


def _staff_counted(said: str) -> str:
    """ "names 3 people", "" where they cannot be counted."""
    whom = _WHOM.search(said)
    behind = said[whom.end() :] if whom else said
    names = 0
    for part in _PARTED.split(behind):
        first = part.strip()
        found = _NAMED.match(first)
        if found is None:
            if names:
                break
            continue
        names += 1
        if first[found.end() :].startswith((".", "?", "!")):
            break
    return f"names {names} people" if names > 1 else "names 1 person" if names else ""
