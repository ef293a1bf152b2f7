"""Lists or moves together the letters that a line of a digest told together.

Only those that still rest where they did are moved, all or none, with a line in the audit log for
each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from commands.composition.app import Application
from commands.decisions.grouped import group_or_exit
from commands.global_options import exit_with_message
from config.english import count_noun, no_longer_sentence
from handlers.register.audit_acts import AuditAct
from outbox.due.stopped_letters import StoppedLetters
from outbox.sending.closed_addresses import unreachable_contacts
from outbox.sending.letter_queue import RESTING_STATES
from outbox.writing.letter import LETTER_NAMES, Letter, LetterState
from outbox.writing.letter_reasons import LetterReason

MAX_NAMES = 3  # of readers out of reach, in one sentence each


@dataclass(frozen=True, slots=True)
class LetterAction:
    """What a command does with a letter, and how it is told: in the record, and of many. It is
    done with what rests in one of these states, and with what waits for its reader's next day."""

    record: AuditAct
    ends: str
    states: tuple[LetterState, ...]
    act: Callable[[Application, Letter], None]
    waits: bool = False

    def applies_to(self, letter: Letter) -> bool:
        return letter.state in self.states or (self.waits and waits_for_next_day(letter))

    def carry_out(self, app: Application, letter: Letter) -> None:
        """Do it to one letter and record it. Call this inside a transaction."""
        self.act(app, letter)
        app.register.record.append(app.now(), self.record, **_about(app, letter))


RETRY = LetterAction(
    AuditAct.LETTER_TRIED_AGAIN,
    "with the next round",
    tuple(state for state in RESTING_STATES if state != "draft"),
    lambda app, letter: app.queue.retry_letter(letter, app.now()),
    waits=True,
)
RELEASE = LetterAction(
    AuditAct.LETTER_RELEASED,
    "with the next round",
    ("draft",),
    lambda app, letter: app.queue.release_draft(letter, app.now()),
)
RELEASE_ALL = replace(
    RELEASE,
    ends="in office hours, as many a day and an hour as the caps allow",
    act=lambda app, letter: app.queue.release_draft(letter, app.now(), one_of_many=True),
)
CANCEL = LetterAction(
    AuditAct.LETTER_CANCELLED,
    "",
    RESTING_STATES,
    lambda app, letter: app.queue.cancel_letter(letter),
    waits=True,
)


def waits_for_next_day(letter: Letter) -> bool:
    """Whether it goes by itself on a day on which its reader has had fewer letters."""
    return letter.state == "queued" and letter.reason is LetterReason.FULL_DAY


def call_back_outdated(app: Application) -> dict[int, str]:
    """Take back what need not go any more, before a person lets letters go; why, by number."""
    with app.register.transaction():
        now = app.now()
        back = [
            *app.chasing.call_back_outdated(now),
            *app.calling_back.call_back_overtaken(now),
        ]
    return {one.id: one.answer for one in map(app.queue.get, (x.id for x in back)) if one}


def group_letters(app: Application, name: str) -> list[Letter]:
    group = group_or_exit(app, name, "letters")
    found = (app.queue.get(int(id)) for id in group.items)
    return [letter for letter in found if letter is not None]


def act_on_group(app: Application, name: str, doing: LetterAction) -> str:
    """Do it with all of the group that still rest; says what was done."""
    with app.register.transaction():
        letters = group_letters(app, name)
        resting = [letter for letter in letters if doing.applies_to(letter)]
        if not resting:
            exit_with_message(f"{no_longer_sentence(len(letters), 'letter', 'waits')} {_NOTHING}")
        for letter in resting:
            doing.carry_out(app, letter)
    done = count_noun(len(resting), "letter")
    goes = "goes" if len(resting) == 1 else "go"
    said = f"{done} {goes} {doing.ends}." if doing.ends else f"{done} will not be sent."
    closed = "" if doing.ends else closed_address_words(app, resting)
    return said + closed + _left(len(letters) - len(resting))


def closed_address_words(app: Application, letters: Sequence[Letter]) -> str:
    """What is said beside that these do not go, where the address of a reader is closed: that it
    stays so. "" where none is."""
    closed = unreachable_contacts(app.database)
    people = closed.intersection(one.contact_id or 0 for one in letters)
    if not people:
        return ""
    found = [app.register.people.find_contact(id) for id in people]
    names = sorted({one.name for one in found if one is not None})
    if len(names) > MAX_NAMES:
        return (
            f" {len(names):,} of their readers cannot be reached: nothing goes to them until"
            " somebody says that their addresses work."
        )
    said = "cannot be reached: nothing goes to that address until somebody says that it works."
    return "".join(f" {name} {said}" for name in names)


def lines_by_agency(app: Application, name: str, doing: LetterAction) -> Iterator[str]:
    """What of the group would go, a line for each agency."""
    found, cases = defaultdict[str, list[int]](list), app.register.case_matrix(app.now().date())
    names = {agency.id: f"{c.reference}, {agency.name}" for c in cases for agency in c.agencies}
    for letter in group_letters(app, name):
        if doing.applies_to(letter):
            at = names.get(letter.agency_id or 0, "The board")
            found[f"{at}: {LETTER_NAMES[letter.kind]}"].append(letter.id)
    for what, ids in sorted(found.items()):
        many = f", {len(ids):,} times" if len(ids) > 1 else ""
        yield f"{what}{many}. To read {'one' if many else 'it'}: `scr-intake letters show {ids[0]}`"


def drop_stopped_letter(app: Application, key: str) -> int | None:
    """Have a letter that the guard stops never written; returns its number, None where it is not
    due any more. Call inside a transaction."""
    id = app.correspondence.cancel_stopped(key, app.now())
    StoppedLetters(app.database).forget_letter(key)
    letter = app.queue.get(id) if id is not None else None
    if letter is not None:
        app.register.record.append(app.now(), CANCEL.record, **_about(app, letter))
    return id


def drop_stopped_group(app: Application, name: str) -> str:
    """Have none of the group written that is still stopped; says what was done."""
    with app.register.transaction():
        group = group_or_exit(app, name, "stopped")
        stopped = {one.key for one in StoppedLetters(app.database).list_stopped()}
        keys = [str(key) for key in group.items if key in stopped]
        if not keys:
            exit_with_message(
                f"{no_longer_sentence(len(group.items), 'letter', 'is stopped')} {_NOTHING}"
            )
        for key in keys:
            drop_stopped_letter(app, key)
    return f"{count_noun(len(keys), 'letter')} will not be written." + _left(
        len(group.items) - len(keys)
    )


_NOTHING = "Nothing was changed."


def _left(number: int) -> str:
    if not number:
        return ""
    return f" {number:,} had changed meanwhile and {'is' if number == 1 else 'are'} left."


def _about(app: Application, letter: Letter) -> dict[str, str | int | None]:
    """What the record tells of a letter: its number, and the case that it is of."""
    place = app.register.people.place_of_agency(letter.agency_id) if letter.agency_id else None
    case, agency = (place.reference, place.code) if place else (None, None)
    return {"letter": letter.id, "case": case, "agency": agency}
