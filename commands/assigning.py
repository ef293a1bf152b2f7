"""`scr-intake assign ID`: a person says whose an entry is, and what it is.

Does: has the documents of an entry judged under the place a person gives them, tells what that
came to, and logs it as that person's decision.
Trusts: whoever may run this to know whose the documents are.
Never touches: the documents, which the clerk has judged in the confined worker.
Known limits: an answer goes to whoever sent it only where they are proven to be registered there,
else to the authors of that agency.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import click

from commands.app import House, open_house
from commands.deciding import because, decided, settle, settle_all
from commands.entries import matter_of
from commands.global_options import Asked, stop
from commands.grouped import (
    ENTRY_OR_GROUP,
    GROUP,
    entries_of,
    keep_all,
    not_so,
    numbers,
    one_of,
    still_left,
)
from commands.once import outcomes
from commands.unforeseen import where
from handlers.deliveries.judge_documents import origin_of
from handlers.register.agencies import Place
from handlers.register.decision import Because, Cannot, Decision
from handlers.register.ruling import Matter, keep
from handlers.register.submissions import Docket, Entry, Submission
from handlers.sandbox.protocol import CouldNotRead, WorkerLost
from intake.spool import Delivery
from outbox.writing import commands_to_paste

NO_RETURN = "none"  # among the kinds: what came is none of them

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Assigned:
    """What an entry's documents come to in the place they were given. `sender` is who sent it,
    where they are proven to be registered there."""

    place: Place
    sender: int | None
    delivery: Delivery
    submissions: tuple[Submission, ...]


@click.command
@ENTRY_OR_GROUP
@GROUP
@click.option("--case", "reference", help="The case; its own unless given.")
@click.option("--agency", "code", help="The agency's code; its own unless given.")
@click.option(
    "--kind",
    help="What it is, such as chronology; recognised unless given. `none`: it is no return.",
)
@decided
@click.pass_obj
def assign(
    asked: Asked,
    id: int | None,
    group: str | None,
    reference: str | None,
    code: str | None,
    kind: str | None,
    reason: str,
    yes: bool,
) -> None:
    """Say whose an entry is, and what it is; its documents are judged as that.

    With --group all that a line of a digest told and that still waits: all of it is of that place.

    With --kind none a document that nobody recognised, such as an agenda, is kept as no return, and
    so is a message, or one taken for a small return that it is not: nobody is written to, and
    chasing goes on.

    Example: scr-intake assign 41 --case N12 --agency GP --kind imr --reason "She rang to say so"
    """
    why = because(reason)
    with open_house(asked) as house:
        one = one_of(id, group)
        if kind == NO_RETURN:
            if reference or code:
                raise click.UsageError("What is no return stays where it is: --kind none alone.")
            _keep(house, one, group or "", why, yes=yes)
            return
        if kind is not None and kind not in house.kinds:
            known = ", ".join(each.id for each in house.kinds.all)
            raise click.UsageError(
                f"{kind} is not a kind of return. The kinds are {known}; {NO_RETURN} says that it"
                " is no return."
            )
        if one is None:
            _assign_all(house, group or "", (reference, code, kind), why, yes=yes)
            return
        entry = matter_of(house, one).entry
        place = _place(house, entry, reference, code)
        refused = _refused(entry)
        if refused is not None:
            stop(refused.why)
        found = _judged(house, entry, place, kind)
        if isinstance(found, Cannot):
            stop(found.why)
        settle(
            house,
            lambda: _decide(matter_of(house, one), place, why),
            lambda made: _log(house, made, found),
            yes=yes,
            told=_told(house, found),
        )


def _keep(house: House, one: int | None, group: str, why: Because, *, yes: bool) -> None:
    """It is no return, or all of a group are none."""
    if one is None:
        keep_all(house, group, why, yes=yes)
    else:
        settle(house, lambda: keep(matter_of(house, one), house.kinds, why), yes=yes)


def _assign_all(
    house: House,
    name: str,
    said: tuple[str | None, str | None, str | None],
    why: Because,
    *,
    yes: bool,
) -> None:
    """All of a group that still wait and hold something; each is judged in the place given."""
    reference, code, kind = said
    ids = [entry.id for entry in entries_of(house, name)]
    found = dict[int, _Assigned]()
    waiting = house.register.entries.waiting_among(ids)
    for entry in waiting:
        judged = _judged(house, entry, _place(house, entry, reference, code), kind)
        if isinstance(judged, _Assigned):
            found[entry.id] = judged
    if not found:
        stop(
            f"Of these {len(ids):,} nothing waits any more that holds a document."
            " Nothing was decided."
        )

    def decide() -> list[Decision]:
        still = {entry.id for entry in house.register.entries.waiting_among(list(found))}
        return [
            Decision("assign", why, one.place.case_id, one.place.agency_id, id)
            for id, one in found.items()
            if id in still
        ]

    left = [*still_left(len(ids) - len(waiting)), *not_so(len(waiting) - len(found))]
    lines = [f"Assigned: {numbers(list(found))}."]
    lines += dict.fromkeys(line for one in found.values() for line in _told(house, one))
    made = settle_all(
        house,
        decide,
        lambda made: _log(house, made, found[made.entry_id or 0]),
        yes=yes,
        told=[*lines, *left],
    )
    click.echo(" ".join([f"{made:,} assigned, and in the record.", *left]))


def _decide(matter: Matter, place: Place, why: Because) -> Decision | Cannot:
    entry = matter.entry
    return _refused(entry) or Decision("assign", why, place.case_id, place.agency_id, entry.id)


def _refused(entry: Entry) -> Cannot | None:
    if entry.decided == "assign":
        return Cannot(f"Entry {entry.id} was assigned already.")
    if not entry.waits and entry.decided != "keep":
        return Cannot(f"Entry {entry.id} does not wait for a person.")
    return None


def _place(house: House, entry: Entry, reference: str | None, code: str | None) -> Place:
    places = [
        place
        for case in house.register.matrix(house.now().date())
        for agency in case.agencies
        for place in house.register.people.places_of_agency(agency.code)
        if place.agency_id == agency.id
    ]
    if reference is None and code is None:
        found = [p for p in places if p.agency_id == entry.agency_id]
    else:
        own = next((p for p in places if p.agency_id == entry.agency_id), None)
        wanted = (reference or (own.reference if own else ""), code or (own.code if own else ""))
        found = [p for p in places if _same(p, *wanted)]
    if not found:
        stop("There is no such agency in a case that is open. To list them: `scr-intake case list`")
    return found[0]


def _same(place: Place, reference: str, code: str) -> bool:
    return (
        place.reference.casefold() == reference.casefold()
        and place.code.casefold() == code.casefold()
    )


def _judged(house: House, entry: Entry, place: Place, kind: str | None) -> _Assigned | Cannot:
    """What it comes to there, or why it comes to nothing."""
    delivery = house.spool.get(entry.delivery_id)
    content = entry.content if entry.position else None
    try:
        said = house.clerk.assigned(delivery, place, content, kind)
    except (CouldNotRead, WorkerLost) as why:
        log.error("delivery %d: %s", delivery.id, where(why))
        return Cannot(
            "It could not be judged this time either, and the log says where that went wrong."
            f" To see it: `scr-intake open {entry.id}`"
            f" To put it away: `{commands_to_paste.put_away(entry.id)}`"
        )
    there_already = content is None and kind is None and entry.agency_id == place.agency_id
    if not said or (there_already and not any(each.position for each in said)):
        away = commands_to_paste.put_away(entry.id)
        return Cannot(f"There is no document in it. To put it away: `{away}`")
    sender = dict(entry.told.places).get(place.agency_id)
    return _Assigned(place, sender, delivery, said)


def _told(house: House, found: _Assigned) -> Iterator[str]:
    at = f"{found.place.reference}, {found.place.code}"
    for said in outcomes(found.submissions, house.kinds):
        yield f"{at}: {said}."
    for submission in found.submissions:
        if not submission.judgements and submission.verdict is None:
            yield f"{at}: the same document as one that came before."


def _log(house: House, made: Decision, found: _Assigned) -> None:
    """The decision first, since its entries name it."""
    now = house.now()
    id = house.register.decisions.make(made, now)
    origin = origin_of(found.place)
    house.register.logbook.place(found.delivery.id, found.place.agency_id, found.sender)
    day = house.clerk.day(found.delivery)
    house.register.logbook.add(Docket(found.delivery, origin, found.submissions, day, now, id))
    if found.delivery.state == "set aside":
        house.spool.judged(found.delivery)
