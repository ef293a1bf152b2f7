"""What a person's word about an entry comes to, and how that moves returns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from config.kind import Kind, Kinds
from config.rules import ARRIVAL_RULES
from handlers.findings import Finding, FindingPlace
from handlers.register.decision import (
    WITHDRAW,
    Decision,
    DecisionKind,
    DecisionReason,
    DecisionRefused,
    refuse_closed_case,
)
from handlers.register.matrix import ReturnRow
from handlers.register.returns import (
    EXTENSION_REQUEST,
    SETTLED_STATES,
    STATES_UNMOVED_BY_REJECTION,
    ReturnMove,
    ReturnState,
)
from handlers.register.submissions import NOT_JUDGED_REASON, Entry
from handlers.register.time_requests import MESSAGE_REASON

_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_AND_SO = re.compile(r",? (?:so|and) a person will (?!help\b)[^.]*(?=\.)")
_NO_MORE = re.compile(
    r"\ba person (?:will (?!help\b)|decides\b)|\bfor a person to\b|\buntil you hear from us\b"
    r"|\bnothing (?:is needed from you|you need to do)\b|^please carry on meanwhile\b",
    re.I,
)


def mendable_findings(entry: Entry) -> tuple[Finding, ...]:
    """What was found that a person may ask to have mended, each as a fault. A danger is not among
    it, and nothing of another review is told: of an identifier that is another's it is said that it
    is not the one we use, so that the next version is not held for it again."""
    found = (f for f in entry.told.findings if f.severity in ("fault", "question"))
    asked = (_asked(f) for f in (*_identifiers(entry), *found) if not _for_the_board_alone(f))
    return tuple(f for f in asked if f is not None)


def _identifiers(entry: Entry) -> Iterator[Finding]:
    """The identifier that the document itself has and is held for, as the rule that tells its
    author of one we do not know. A template that was issued for another review is no such."""
    clues, law = entry.told.clues, ARRIVAL_RULES["identifier-unknown"]
    own = clues.identifier_place and not clues.issued
    found = (
        finding.where.section or clues.identifier_place
        for finding in entry.told.findings
        if finding.rule.endswith("child-other") or (finding.rule == "another-case" and own)
    )
    for place in islice(found, 1):
        where = FindingPlace(section=place or None)
        yield Finding("identifier-unknown", "question", law.says, law.fix, where)


def _asked(finding: Finding) -> Finding | None:
    """None for a question that asks nothing of its sender."""
    message, fix = _left(finding.message), _left(finding.fix)
    if finding.severity == "question" and not (message and (fix or not finding.fix)):
        return None
    return replace(finding, severity="fault", message=message, fix=fix)


def _left(words: str) -> str:
    """The sentences that hold after a person has looked."""
    sentences = _SENTENCES.split(_AND_SO.sub("", words))
    return " ".join(each for each in sentences if not _NO_MORE.search(each))


def _for_the_board_alone(finding: Finding) -> bool:
    """What is to be said of a file to nobody outside, by its rule. That the board was asked about
    the document itself, who rejects it for that tells by doing so."""
    law = ARRIVAL_RULES.get(finding.rule)
    return law is not None and law.severity == "question" and "agency" not in law.tell


@dataclass(frozen=True, slots=True)
class EntryToDecide:
    """An entry to decide about: its agency's returns, every version that came for its own return,
    and the day its delivery came. `closed` is the reference of its case, once that is closed."""

    entry: Entry
    owed: tuple[ReturnRow, ...]
    versions: tuple[Entry, ...]
    day: date
    closed: str = ""

    @property
    def own_return(self) -> ReturnRow | None:
        """The return the entry is for, when it is owed."""
        return next((row for row in self.owed if row.kind == self.entry.kind), None)

    @property
    def newer_versions(self) -> tuple[Entry, ...]:
        return tuple(version for version in self.versions if version.id > self.entry.id)

    @property
    def earlier_version(self) -> Entry | None:
        """The version that came before it; one that was assigned elsewhere is none."""
        older = (
            v
            for v in self.versions
            if v.id < self.entry.id and v.decided not in ("assign", "unplace")
        )
        return max(older, key=lambda version: version.id, default=None)


def clear_entry(
    matter: EntryToDecide, kinds: Kinds, because: DecisionReason
) -> Decision | DecisionRefused:
    """Whom it names may be asked: once more, where it was accepted before that."""
    if matter.entry.standing_verdict != "accept" or matter.closed:
        return accept_entry(matter, kinds, because)
    entry = matter.entry
    return Decision("accept", because, entry.case_id, entry.agency_id, entry.id)


def accept_entry(
    matter: EntryToDecide, kinds: Kinds, because: DecisionReason
) -> Decision | DecisionRefused:
    """Decide that an entry is good."""
    entry = matter.entry
    if matter.closed:
        return refuse_closed_case(matter.closed)
    if entry.standing_verdict == "accept":
        return DecisionRefused(f"Entry {entry.id} is accepted already.")
    if entry.agency_id is None:
        return DecisionRefused(f"Entry {entry.id} belongs to no case yet. {_assign(entry)}")
    if entry.reason == NOT_JUDGED_REASON:
        return DecisionRefused(
            f"Nobody has judged entry {entry.id}, so that there is nothing to accept."
            f' To have it judged once more: `scr-intake assign {entry.id} --reason "..."`'
        )
    if entry.kind is None and entry.position:
        return DecisionRefused(f"Nobody has said what entry {entry.id} is. {_assign(entry)}")
    if entry.kind == EXTENSION_REQUEST:
        return DecisionRefused(
            f"Entry {entry.id} asks for more time, and to accept it gives none."
            f" To see the command that does: `scr-intake show {entry.id}`"
            f' To say no: `scr-intake reject {entry.id} --reason "..." --tell "..."`'
        )
    moves = list(_accepted(matter))
    if _settles_pack(entry, kinds):
        moves += _settled(matter.owed, entry.kind)
    return _unless_settled(entry, _about(entry, "accept", because, moves))


def reject_entry(
    matter: EntryToDecide, kinds: Kinds, because: DecisionReason
) -> Decision | DecisionRefused:
    """The entry has to be mended; of one that belongs to nobody, that nothing comes of it; of what
    asks, names or tells something, that it is refused."""
    entry = matter.entry
    if matter.closed:
        return refuse_closed_case(matter.closed)
    if entry.standing_verdict == "reject":
        return DecisionRefused(f"Entry {entry.id} is rejected already.")
    kind = kinds.get(entry.kind)
    if (
        entry.agency_id is not None
        and entry.position
        and (kind is None or kind.may_need_changes)
        and not (mendable_findings(entry) or because.tell)
    ):
        return DecisionRefused(
            f"Nothing was found in entry {entry.id} that its sender could mend."
            " Say with --tell what they should do."
        )
    moves = list(_rejected(matter))
    if _settles_pack(entry, kinds) and entry.standing_verdict == "accept":
        moves += _unsettled(matter.owed)
    return _unless_settled(entry, _about(entry, "reject", because, moves))


def keep_entry(
    matter: EntryToDecide, kinds: Kinds, because: DecisionReason
) -> Decision | DecisionRefused:
    """The entry is none of the returns, as an agenda is, or a message that was taken for a small
    return and is none: nobody is told."""
    entry = matter.entry
    if matter.closed:
        return refuse_closed_case(matter.closed)
    if not entry.is_waiting:
        return _unless_settled(
            entry, DecisionRefused(f"Entry {entry.id} does not wait for a person.")
        )
    if entry.agency_id is None:
        return DecisionRefused(
            f"Entry {entry.id} belongs to no case. To put it away, where nobody is told:"
            f' `scr-intake reject {entry.id} --reason "..."`'
        )
    kind = kinds.get(entry.kind)
    if kind is not None and not (kind.signs and matter.own_return is None):
        return DecisionRefused(
            f"Entry {entry.id} was recognised ({kind.noun}). To tell its sender what to mend:"
            f' `scr-intake reject {entry.id} --reason "..."`'
        )
    if not entry.position and entry.reason != MESSAGE_REASON:
        return DecisionRefused(
            f"Entry {entry.id} is a message, and no document. To put it away:"
            f' `scr-intake reject {entry.id} --reason "..."`'
        )
    return _about(entry, "keep", because, ())


def _unless_settled(
    entry: Entry, decision: Decision | DecisionRefused
) -> Decision | DecisionRefused:
    if entry.decided == WITHDRAW:
        return DecisionRefused(f"Entry {entry.id} was withdrawn: there is nothing to decide.")
    if entry.decided == "unplace":
        return DecisionRefused(f"Entry {entry.id} counts for nothing: its assignment was undone.")
    if entry.decided == "assign":
        return DecisionRefused(
            f"Entry {entry.id} was assigned: decide about the entries made of it."
        )
    if entry.verdict == "automatic":
        return DecisionRefused(f"A machine wrote entry {entry.id}: there is nothing to decide.")
    return decision


def _about(
    entry: Entry, what: DecisionKind, because: DecisionReason, moves: Iterable[ReturnMove]
) -> Decision:
    return Decision(
        what,
        because,
        case_id=entry.case_id,
        agency_id=entry.agency_id,
        entry_id=entry.id,
        return_id=entry.return_id,
        moves=tuple(moves),
    )


def _accepted(matter: EntryToDecide) -> Iterator[ReturnMove]:
    """Of several versions that are accepted the last counts."""
    row = matter.own_return
    newer = any(version.standing_verdict == "accept" for version in matter.newer_versions)
    if row is not None and not (row.state == "accepted" and (newer or row.accepted == matter.day)):
        yield ReturnMove(
            row.id, row.kind, row.state, "accepted", row.received or matter.day, matter.day
        )


def _rejected(matter: EntryToDecide) -> Iterator[ReturnMove]:
    """What another version settled stays settled, and what waits for a newer one keeps waiting."""
    row, newer = matter.own_return, matter.newer_versions
    if row is None or row.state in STATES_UNMOVED_BY_REJECTION or any(e.is_waiting for e in newer):
        return
    undone = matter.entry.standing_verdict == "accept" and not any(
        e.standing_verdict == "accept" for e in newer
    )
    if row.state != "accepted" or undone:
        yield ReturnMove(row.id, row.kind, row.state, "rejected", row.received or matter.day, None)


def _settles_pack(entry: Entry, kinds: Kinds) -> bool:
    kind: Kind | None = kinds.get(entry.kind)
    return kind is not None and kind.settles_pack


def _settled(owed: Sequence[ReturnRow], nil: str | None) -> Iterator[ReturnMove]:
    """A nil return that is accepted settles all that its agency owes and that is open."""
    for row in owed:
        if row.kind != nil and row.state not in SETTLED_STATES:
            yield ReturnMove(row.id, row.kind, row.state, "nil", row.received, row.accepted)


def _unsettled(owed: Sequence[ReturnRow]) -> Iterator[ReturnMove]:
    """A nil return that no longer stands: what it settled is awaited again."""
    for row in owed:
        if row.state == "nil":
            state: ReturnState = "rejected" if row.received else "awaited"
            yield ReturnMove(row.id, row.kind, "nil", state, row.received, None)


def _assign(entry: Entry) -> str:
    if entry.agency_id is not None:
        return (
            f'To say it: `scr-intake assign {entry.id} --kind KIND --reason "..."`'
            " To keep it as no return, where nobody is written to:"
            f' `scr-intake assign {entry.id} --kind none --reason "..."`'
        )
    assign = f"scr-intake assign {entry.id} --case REF --agency CODE --kind KIND"
    return f'To say whose it is: `{assign} --reason "..."`'
