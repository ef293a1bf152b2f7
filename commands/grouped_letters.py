"""Letters that a line of a digest told together: listed, or moved together from where they rest.

Does: moves those of a group that still rest where they did, all or none of them, with a line in the
record for each.
Trusts: whoever may run this to decide for the board.
Never touches: what a letter says; letters that came to rest after the digest was written.
Known limits: none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from commands.app import House
from commands.global_options import stop
from commands.grouped import group_named
from outbox.due.stopped_letters import StoppedLetters
from outbox.sending.gate import FULL_DAY
from outbox.sending.queue import AT_REST
from outbox.writing.letter import NAMES, Letter, LetterState
from outbox.writing.words import count, gone


@dataclass(frozen=True, slots=True)
class Doing:
    """What a command does with a letter, and how it is told: in the record, and of many. It is
    done with what rests in one of these states, and with what waits for its reader's next day."""

    record: str
    ends: str
    states: tuple[LetterState, ...]
    act: Callable[[House, Letter], None]
    waits: bool = False

    def is_for(self, letter: Letter) -> bool:
        return letter.state in self.states or (self.waits and waits_for_a_day(letter))

    def carry_out(self, house: House, letter: Letter) -> None:
        """Call inside a transaction."""
        self.act(house, letter)
        house.register.record.append(house.now(), self.record, **_about(house, letter))


RETRY = Doing(
    "letter tried again",
    "with the next round",
    tuple(state for state in AT_REST if state != "draft"),
    lambda house, letter: house.queue.retry(letter, house.now()),
    waits=True,
)
RELEASE = Doing(
    "letter released",
    "with the next round",
    ("draft",),
    lambda house, letter: house.queue.release(letter, house.now()),
)
RELEASE_ALL = replace(
    RELEASE,
    ends="in office hours, as many a day and an hour as the caps allow",
    act=lambda house, letter: house.queue.release(letter, house.now(), one_of_many=True),
)
CANCEL = Doing(
    "letter cancelled",
    "",
    AT_REST,
    lambda house, letter: house.queue.cancel(letter),
    waits=True,
)


def waits_for_a_day(letter: Letter) -> bool:
    """Whether it goes by itself on a day on which its reader has had fewer letters."""
    return letter.state == "queued" and letter.answer == FULL_DAY


def call_back(house: House) -> dict[int, str]:
    """Take back what need not go any more, before a person lets letters go; why, by number."""
    with house.register.transaction():
        now = house.now()
        back = [*house.chasing.call_back(now), *house.calling_back.overtaken(now)]
    return {one.id: one.answer for one in map(house.queue.get, (x.id for x in back)) if one}


def letters_of(house: House, name: str) -> list[Letter]:
    group = group_named(house, name, "letters")
    found = (house.queue.get(int(id)) for id in group.items)
    return [letter for letter in found if letter is not None]


def done_with_all(house: House, name: str, doing: Doing) -> str:
    """Do it with all of the group that still rest; says what was done."""
    with house.register.transaction():
        letters = letters_of(house, name)
        resting = [letter for letter in letters if doing.is_for(letter)]
        if not resting:
            stop(f"{gone(len(letters), 'letter', 'waits')} {_NOTHING}")
        for letter in resting:
            doing.carry_out(house, letter)
    done = count(len(resting), "letter")
    goes = "goes" if len(resting) == 1 else "go"
    said = f"{done} {goes} {doing.ends}." if doing.ends else f"{done} will not be sent."
    return said + _left(len(letters) - len(resting))


def whose(house: House, name: str, doing: Doing) -> Iterator[str]:
    """What of the group would go, a line for each agency."""
    found, cases = defaultdict[str, list[int]](list), house.register.matrix(house.now().date())
    names = {agency.id: f"{c.reference}, {agency.name}" for c in cases for agency in c.agencies}
    for letter in letters_of(house, name):
        if doing.is_for(letter):
            at = names.get(letter.agency_id or 0, "The board")
            found[f"{at}: {NAMES[letter.kind]}"].append(letter.id)
    for what, ids in sorted(found.items()):
        many = f", {len(ids):,} times" if len(ids) > 1 else ""
        yield f"{what}{many}. To read {'one' if many else 'it'}: `scr-intake letters show {ids[0]}`"


def drop_one(house: House, key: str) -> None:
    """Have a letter that the guard stops never written. Call inside a transaction."""
    id = house.correspondence.dropped(key, house.now())
    StoppedLetters(house.ledger).forget(key)
    letter = house.queue.get(id) if id is not None else None
    if letter is not None:
        house.register.record.append(house.now(), CANCEL.record, **_about(house, letter))


def dropped_all(house: House, name: str) -> str:
    """Have none of the group written that is still stopped; says what was done."""
    with house.register.transaction():
        group = group_named(house, name, "stopped")
        stopped = {one.key for one in StoppedLetters(house.ledger).all()}
        keys = [str(key) for key in group.items if key in stopped]
        if not keys:
            stop(f"{gone(len(group.items), 'letter', 'is stopped')} {_NOTHING}")
        for key in keys:
            drop_one(house, key)
    return f"{count(len(keys), 'letter')} will not be written." + _left(
        len(group.items) - len(keys)
    )


_NOTHING = "Nothing was changed."


def _left(number: int) -> str:
    if not number:
        return ""
    return f" {number:,} had changed meanwhile and {'is' if number == 1 else 'are'} left."


def _about(house: House, letter: Letter) -> dict[str, str | int | None]:
    """What the record tells of a letter: its number, and the case that it is of."""
    place = house.register.people.place(letter.agency_id) if letter.agency_id else None
    case, agency = (place.reference, place.code) if place else (None, None)
    return {"letter": letter.id, "case": case, "agency": agency}
