"""What its sender's own words tell of something that waits, in a dozen of them, so that whoever is
asked about it sees what it says. A message is read in the confined worker, and words are told only
where they may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from config.mail_words import MAIL_WORDS
from handlers.orders.reading import ReplyRequest
from handlers.orders.reply_reader import ReplyReader
from handlers.register.returns import EXTENSION_REQUEST, PANEL_REPRESENTATIVE, STAFF_LIST
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import Entry
from handlers.sandbox.protocol import DocumentUnreadable, WorkerUnavailable
from handlers.senders.danger_news import tells_of_danger
from handlers.values.time_requests import is_partly_unread
from intake.database import RegisterDatabase
from intake.vault import OriginalMissing, SealBroken, Vault
from outbox.digest.telling_words import ENOUGH, WHOLE, Purpose, telling_words

DANGER = "speaks of danger to a child, or of a death"
PRESS = "a journalist asks"
_WITHHELD = "its words name somebody a review is about"
AT_LENGTH = 60  # words of what is urgent in the letter about it alone
_CONTENT = "SELECT content FROM deliveries WHERE id = ? AND form = 'message'"
_OF_MESSAGES = frozenset(
    {
        SetApartReason.NOTHING_ATTACHED,
        SetApartReason.TAKES_BACK,
        SetApartReason.CASE_UNCLEAR,
        SetApartReason.DOCUMENT_MISSING,
    }
)
# What strangers send, who may have written to us for a reason.
_OF_STRANGERS = frozenset(
    {
        SetApartReason.SENDER_UNKNOWN,
        SetApartReason.SENDER_UNPROVEN,
        SetApartReason.SENDER_SHOWN,
        SetApartReason.SENDER_WEBMAIL,
        SetApartReason.SENDER_LOOKALIKE,
        SetApartReason.SENDER_NAMED,
    }
)
# Of a document: what its e-mail says besides, and what finds the sentence that does.
_SAID_BESIDES: Mapping[str, Purpose] = {
    "mail-says-unfinished": "doubt",
    "mail-says-more": "question",
}
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # as a request is kept
_LINK = re.compile(r"<?\b(?:https?|ftp|file)://[^\s<>\"]*>?|\bwww\.[^\s<>\"]*", re.I)
_ON_PAPER = re.compile(rf"\b(?:{'|'.join(map(re.escape, MAIL_WORDS.on_paper))})\b", re.I)
_PRESS = re.compile(r"\b(?:reporter|journalist|newspaper|newsroom|news desk|broadcaster)\b", re.I)
# The staff whom a list names, one behind the other: "PC J. Holt, DS R. Imber and Dr Lowe".
_NAMED = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+")
_PARTED = re.compile(r"[,;\n]| and ")
_WHOM = re.compile(r"interview[^:.]{0,80}:|interview(?:ing)?\b", re.I)


@dataclass(frozen=True, slots=True)
class EntryTelling:
    """`found` is told of it, "" for nothing; where there is less room `briefly`, of which the first
    `least` words are what matters. `quoted` says that those are its sender's words, `at_length` is
    more of them, for a letter about it alone. `matter` is what it is about, where that is not what
    its kind or its reason say; `on_paper` that it speaks of what the board sees itself: a letter in
    the post, a copy handed over."""

    found: str = ""
    least: int = 0
    briefly: str = ""
    at_length: str = ""
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
            return self._of_request(entry)
        if besides := _said_besides(entry):
            return self._beside_document(entry, besides)
        urgent = entry.kind in self.urgent
        if not (urgent or _is_message(entry) or _is_of_stranger(entry)):
            return NOTHING_TOLD
        lines = self.own_words(entry)
        matter = _matter(entry, lines) if urgent or entry.told.danger else ""
        told = self._quoted(lines, _purpose(entry, matter, urgent=urgent))
        if _may_be_for_a_review(entry) and len(told.found.split()) < ENOUGH:
            return NOTHING_TOLD  # no more than that something is attached
        at_length = self._quoted(lines, "whole", AT_LENGTH).found if urgent else ""
        paper = speaks_of_paper(lines)
        return replace(told, at_length=at_length, matter=matter, on_paper=paper)

    def _of_request(self, entry: Entry) -> EntryTelling:
        """Why more time is asked for; where a day of it is not read, what it asks in its own
        words."""
        asks = dict(entry.told.clues.asks)
        lines, reason, until = (
            self.own_words(entry),
            asks.get("Reason", ""),
            asks.get("New date", ""),
        )
        if not _A_DAY.search(until) or is_partly_unread(until):
            return self._quoted(lines, "question")
        return self._quoted([reason] if reason else lines, "reason")

    def _beside_document(self, entry: Entry, purpose: Purpose) -> EntryTelling:
        told = self._quoted(self.own_words(entry), purpose)
        if not told.quoted:
            return told
        begins = "its e-mail says"
        return replace(
            told,
            found=f"{begins} {told.found}",
            briefly=f"{begins} {told.briefly}",
            least=told.least + len(begins.split()),
        )

    def words_besides(self, entry: Entry) -> str:
        """What the message says that brought a document, quoted; "" where it cannot be told."""
        return self._quoted(self.own_words(entry), "question").found

    def own_words(self, entry: Entry) -> tuple[str, ...]:
        """The lines of its message, without what is quoted in it; none where it cannot be read."""
        row = self.database.fetch_row(_CONTENT, entry.delivery_id)
        try:
            raw = self.vault.read_original(row["content"]) if row else b""
            return self.replies.read_reply(raw, ReplyRequest("", date.max)).words
        except (OriginalMissing, SealBroken, DocumentUnreadable, WorkerUnavailable):
            return ()

    def _quoted(self, lines: Collection[str], purpose: Purpose, most: int = WHOLE) -> EntryTelling:
        said = telling_words([_LINK.sub("", line) for line in lines], purpose, most)
        if not said.words:
            return NOTHING_TOLD
        if not self.may_say(said.words):
            return EntryTelling(_WITHHELD)
        return EntryTelling(f'"{said.words}"', said.least, f'"{said.briefly}"', quoted=True)

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


def _said_besides(entry: Entry) -> Purpose | None:
    """What is looked for in the e-mail of a document that waits since it says something more."""
    rules = {finding.rule for finding in entry.told.findings}
    return next((purpose for rule, purpose in _SAID_BESIDES.items() if rule in rules), None)


def _purpose(entry: Entry, matter: str, *, urgent: bool) -> Purpose:
    if matter == DANGER:
        return "danger"
    if entry.told.leaving is not None:
        return "leaving"
    return "scope" if urgent and matter != PRESS else "question"


def _is_of_stranger(entry: Entry) -> bool:
    return entry.agency_id is None and entry.reason in _OF_STRANGERS


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
