"""`scr-intake outbox`: whether letters leave; `pause` keeps them in, `resume` lets them go.

Does: shuts and opens the gate, and says how it stands.
Trusts: whoever may run this.
Never touches: letters. Those that are due are still written, and wait.
Known limits: the digest goes all the same, and says that the outbox is paused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import click

from commands.app import House, open_house
from commands.clock_doubt import doubted
from commands.global_options import Asked, print_json, say
from commands.transports import taken
from config.calendar import moment
from config.sentence import sentence_of
from intake.disk_errors import DiskFull, has_room
from intake.source_health import KEPT
from outbox.digest.not_sent import A_ROUND
from outbox.sending import bounces
from outbox.sending.queue import last_left, waiting
from outbox.sending.transport_back_off import WITH_THE_NEXT
from outbox.sending.waiting_letters import Outlooks
from outbox.writing.letter import AT_ONCE, NAMES
from outbox.writing.words import count, listed

NONE_AWAY = "No way that letters leave by was away when it was last tried."
BY_HAND = "To have it tried in the next round: `scr-intake outbox resume`"
MOST = 12  # lines about letters that wait


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def outbox(context: click.Context, as_json: bool) -> None:
    """Show whether letters leave, how many wait, for what each waits, and who is out of reach.

    Example: scr-intake outbox
    """
    if context.invoked_subcommand is not None:
        return
    asked: Asked = context.obj
    with open_house(asked) as house:
        paused = house.gate.paused()
        if as_json:
            since = paused.isoformat() if paused else None
            print_json(
                {
                    "paused": since,
                    "letters": house.queue.counts(),
                    "transports": transports_json(house),
                    "waiting": _waiting_json(house),
                    "out_of_reach": _out_of_reach_json(house),
                }
            )
        else:
            say(_stands(house), *_waiting(house), *_out_of_reach(house))


@outbox.command
@click.pass_obj
def pause(asked: Asked) -> None:
    """Keep all letters in, but for the digest.

    Example: scr-intake outbox pause
    """
    with open_house(asked) as house:
        house.gate.pause(house.now())
        say(_stands(house))


@outbox.command
@click.pass_obj
def resume(asked: Asked) -> None:
    """Let letters go again. A transport that was away, and letters that were tried in vain, are
    tried in the next round.

    Example: scr-intake outbox resume
    """
    with open_house(asked) as house:
        house.gate.resume(house.now())
        house.transport_waits.end_all(house.now())
        house.queue.hasten(house.now())
        say(_stands(house))


def transports_json(house: House) -> list[dict[str, object]]:
    """The transports that are away, each with why, since when and when it is tried again."""
    return [
        {
            "name": wait.transport,
            "away": wait.answer,
            "since": wait.since.isoformat(),
            "tries": wait.tries,
            "next": max(wait.not_before, house.now()).isoformat(),
        }
        for wait in house.transport_waits.all()
    ]


def transports_told(house: House) -> Iterator[str]:
    """A sentence for each transport that is away, and first for a clock that is doubted."""
    now = house.now()
    doubt = doubted(house.ledger, house.settings, now, played=house.played)
    if doubt is not None:
        yield f"No letter leaves: the clock is doubted. {doubt.sentence} {doubt.fix}"
    zone = house.settings.board.zone
    for wait in house.transport_waits.all():
        since, next = moment(wait.since.astimezone(zone)), wait.tried_again(now)
        by_hand = f" {BY_HAND}" if next != WITH_THE_NEXT else ""
        yield (
            f"Letters cannot leave by {wait.transport} since {since}: {wait.answer}."
            f" It is tried again {next}.{by_hand}"
        )


def _stands(house: House) -> str:
    paused = house.gate.paused()
    away = list(transports_told(house))
    if paused is not None:
        since = moment(paused.astimezone(house.settings.board.zone))
        go = "To let them go: `scr-intake outbox resume`"
        away.insert(0, f"Paused since {since}: no letter leaves but the digest. {go}")
    begins = away or [*_hindered(house)] or [*_under_way(house)] or [NONE_AWAY]
    return "\n".join([*begins, *_last_left(house), f"Waiting: {waiting(house.ledger)}."])


def _hindered(house: House) -> Iterator[str]:
    """What keeps every letter in, since that it left could not be written down."""
    if not has_room(house.settings.storage.register_file.parent):
        yield f"No letter leaves. {sentence_of(DiskFull)}"
    for outage in house.outages.lasting():
        if outage.source == KEPT:
            yield f"Something may keep letters in. {outage.said}"


def outlooks(house: House) -> Outlooks:
    """What each letter that has not left waits for."""
    now = house.now()
    return Outlooks(
        house.gate, house.transport_waits.waiting(now), taken(house.settings.outbox), now
    )


def _waiting(house: House) -> Iterator[str]:
    """Why each that waits does, how often it was tried and when it goes; for what is the same once,
    what goes with the next round not at all."""
    found, looks = defaultdict[str, list[str]](list), outlooks(house)
    yield from at_once_waiting(house)
    for letter in house.queue.waiting():
        outlook = looks.of(letter) if letter.kind not in AT_ONCE else None
        if outlook is not None and outlook.stuck:
            said = outlook.sentence(house.settings.board.zone)
            found[said].append(f"{letter.id} ({NAMES[letter.kind]})")
    for said, those in list(found.items())[:MOST]:
        more = [f"{len(those) - MOST:,} more"] if len(those) > MOST else []
        noun = "Letter" if len(those) == 1 else "Letters"
        yield f"{noun} {listed([*those[:MOST], *more])}: {said}"
    if len(found) > MOST:
        yield "To see of each letter what it waits for: `scr-intake letters`"


def at_once_waiting(house: House) -> Iterator[str]:
    """Each alert and urgent letter that has not left though rounds were made: since when, and
    why."""
    looks, zone = outlooks(house), house.settings.board.zone
    begun = house.now() - A_ROUND
    for letter in house.queue.all():
        outlook = looks.of(letter) if letter.kind in AT_ONCE else None
        if outlook is not None and (outlook.stuck or letter.queued < begun):
            since = moment(letter.queued.astimezone(zone))
            yield (
                f"Letter {letter.id} ({NAMES[letter.kind]}) waits since {since}:"
                f" {outlook.sentence(zone)}"
            )


def _waiting_json(house: House) -> list[dict[str, object]]:
    looks = outlooks(house)
    return [
        {"id": letter.id, "kind": letter.kind, "tries": letter.tries, **outlook.as_json()}
        for letter in house.queue.waiting()
        if (outlook := looks.of(letter)) is not None
    ]


def _out_of_reach(house: House) -> Iterator[str]:
    """To whom nothing is sent, and what the report that says so was believed for."""
    for each in bounces.out_of_reach(house.ledger):
        said = " ".join(bounces.told(r, house.settings.board.zone) for r in each.reports)
        yield f"{each.whose}, {each.role}: letter {each.letter} came back. {said}"


def _out_of_reach_json(house: House) -> list[dict[str, object]]:
    return [
        {
            "of": each.whose,
            "role": each.role,
            "letter": each.letter,
            "reports": [bounces.as_json(report) for report in each.reports],
        }
        for each in bounces.out_of_reach(house.ledger)
    ]


def _under_way(house: House) -> Iterator[str]:
    """What a mail server was given, and has not answered."""
    number = house.queue.counts()["sending"]
    if number:
        yield (
            f"{count(number, 'letter')} {'is' if number == 1 else 'are'} with the mail server,"
            " which has not said yet that it took it: it may wait for the reader's own server."
            " Others go on meanwhile."
        )


def _last_left(house: House) -> Iterator[str]:
    """When the last one did, where some are to leave."""
    counts = house.queue.counts()
    if counts["sending"] or counts["queued"]:
        at = last_left(house.ledger)
        when = f"at {moment(at.astimezone(house.settings.board.zone))}" if at else ""
        yield f"The last letter left {when}." if at else "No letter has left yet."
