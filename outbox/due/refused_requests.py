"""What is said to whoever asked, named or told something and was refused: there is nothing in it
to mend and to send again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.calendar import date_in_words
from config.english import join_with_and
from config.kind import PACK_ALSO_SENT_RULE, Kinds
from handlers.register.decisions import RecordedDecision
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.submissions import Entry
from outbox.writing.commands_to_paste import plain_for_which, returns_still_open

NOT_ASKED_FOR = "this is not one of the documents that we asked for"
_NO_RETURN = (
    "What you sent is not one of the documents that we asked for, and you do not need to change it"
)
# What is said of a nil return that a person has decided against, where they wrote no words.
RETURNS_STAND = (
    "We hold another return from your agency for this review, so the nil return does not stand."
    " Please send what is still to come of the returns below, and no nil return."
)
_NOT_TAKEN_UP = (
    "It is settled and is not taken up: there is nothing that you need to do about it. If you would"
    " like to know why, please reply to this message."
)


def is_refused(made: RecordedDecision, entries: Sequence[Entry], kinds: Kinds) -> bool:
    """Whether a person said no to what asks, names or tells something."""
    found = [None if entry.reason else kinds.get(entry.kind) for entry in entries]
    plain = [kind for kind in found if kind is not None and not kind.may_need_changes]
    return made.what == "reject" and bool(found) and len(plain) == len(found)


def does_not_stand(made: RecordedDecision, entries: Sequence[Entry], kinds: Kinds) -> bool:
    """Whether a person said of a nil return, about which it was asked whether it or another return
    stands, that it does not: there is nothing in it to mend."""
    return made.what == "reject" and all(
        (kind := kinds.get(entry.kind)) is not None
        and kind.settles_pack
        and any(finding.rule == PACK_ALSO_SENT_RULE for finding in entry.told.findings)
        for entry in entries
    )


def is_answered_alone(made: RecordedDecision, entries: Sequence[Entry], kinds: Kinds) -> bool:
    """Whether a letter tells of it and of nothing else."""
    return is_refused(made, entries, kinds) or bool(not_asked_for_words(made, entries))


def not_asked_for_words(made: RecordedDecision, entries: Sequence[Entry]) -> str:
    """What is said of documents that nobody could tell as a return, and that a person sent back in
    words of theirs. That there is nothing in them to mend is said only where theirs say it. "" of
    anything else."""
    tell = " ".join(made.because.tell.split())
    plain = all(one.position and one.kind is None and not one.reason for one in entries)
    if made.what != "reject" or not (tell and entries and plain):
        return ""
    if not tell.casefold().startswith(NOT_ASKED_FOR):  # they say it in words of their own
        return _as_sentence(tell)
    more = tell[len(NOT_ASKED_FOR) :].lstrip(".,;: ")
    return f"{_NO_RETURN}. {_as_sentence(more)}".rstrip()


def _as_sentence(words: str) -> str:
    """Words of theirs with a capital and an end; "" of none."""
    return f"{words[:1].upper()}{words[1:]}{'' if words[-1:] in '.?!' else '.'}" if words else ""


def is_time_refused(entries: Sequence[Entry]) -> bool:
    """Whether all that was refused asks for more time."""
    return all(entry.kind == EXTENSION_REQUEST for entry in entries)


@dataclass(frozen=True, slots=True)
class RefusedRequest:
    """What a person said no to. `agreed` are the kinds of return, by the entry that asks for them,
    that were decided before: those are not refused."""

    entries: Sequence[Entry]
    agency: AgencyRow
    agreed: Mapping[int, Collection[str]] = field(default_factory=dict)

    def rows(self, kinds: Kinds) -> list[ReturnRow]:
        """The returns for which more time is refused; none where that is not plain."""
        found = {
            row.id: row
            for entry in self.entries
            if plain_for_which(entry, self.agency, kinds, self._agreed(entry))
            for row in returns_still_open(entry, self.agency, kinds, self._agreed(entry))
        }
        return list(found.values())

    def part(self, kinds: Kinds) -> str:
        """The nouns of those, where other returns of the same request were agreed about."""
        agreed = any(map(self._agreed, self.entries))
        return join_with_and([kinds[row.kind].noun for row in self.rows(kinds)]) if agreed else ""

    def _agreed(self, entry: Entry) -> Collection[str]:
        return self.agreed.get(entry.id, ())


def refusal_sentence(refused: RefusedRequest, kinds: Kinds, today: date) -> str:
    """That more time is not agreed, and when each return it was refused for is due all the same; of
    anything else that it is not taken up."""
    if not is_time_refused(refused.entries):
        return _NOT_TAKEN_UP
    said = [_still_due(row, kinds, today) for row in refused.rows(kinds)]
    if not said:
        return "More time is not agreed. What is due stays due as it stands below."
    return f"More time is not agreed: {join_with_and(said)}."


def _still_due(row: ReturnRow, kinds: Kinds, today: date) -> str:
    """ "the IMR stays due by Friday 7 May 2010"."""
    noun = kinds[row.kind].noun
    if row.due < today:
        return f"the {noun} was due on {date_in_words(row.due)}"
    return f"the {noun} stays due by {date_in_words(row.due)}"
