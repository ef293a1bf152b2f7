"""`scr-intake outbox`: whether letters leave; `pause` keeps them in, `resume` lets them go.

Letters that are due are still written meanwhile, and the digest goes all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import click

from commands.clock_doubt import register_clock_doubt
from commands.composition.app import Application, open_application
from commands.composition.transports import kinds_by_transport
from commands.global_options import GlobalOptions, print_json, print_lines
from config.calendar import moment_in_words
from config.english import count_noun, join_with_and
from intake.disk_errors import DiskFull, has_disk_room
from intake.source_health import STORAGE_OUTAGE
from outbox.digest.not_sent import ROUND_GRACE
from outbox.sending import bounces
from outbox.sending.after_restore import recovery_standing
from outbox.sending.queue_counts import count_waiting_letters, last_letter_sent_at
from outbox.sending.transport_back_off import WITH_THE_NEXT
from outbox.sending.trial import never_answered_sentences
from outbox.sending.waiting_letters import SendingOutlooks
from outbox.writing.letter import LETTER_NAMES, URGENT_KINDS

NO_TRANSPORT_AWAY = "No way that letters leave by was away when it was last tried."
RETRY_HINT = "To have it tried in the next round: `scr-intake outbox resume`"
TRIAL_IN_WORDS = "On: every letter goes to the administrator alone, and nothing is put back."
MAX_LINES = 12  # lines about letters that wait


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def outbox(context: click.Context, as_json: bool) -> None:
    """Show whether letters leave, how many wait, for what each waits, and who is out of reach.

    Example: scr-intake outbox
    """
    if context.invoked_subcommand is not None:
        return
    asked: GlobalOptions = context.obj
    with open_application(asked) as app:
        paused = app.gate.pause_began_at()
        if as_json:
            since = paused.isoformat() if paused else None
            print_json(
                {
                    "paused": since,
                    "trial": app.trial.is_on,
                    "letters": app.queue.count_by_state(),
                    "transports": transports_json(app),
                    "waiting": _waiting_json(app),
                    "out_of_reach": _out_of_reach_json(app),
                }
            )
        else:
            print_lines(_stands(app), *_tried(app), *_waiting(app), *_out_of_reach(app))


@outbox.command
@click.pass_obj
def pause(asked: GlobalOptions) -> None:
    """Keep all letters in, but for the digest.

    Example: scr-intake outbox pause
    """
    with open_application(asked) as app:
        app.gate.pause_sending(app.now())
        print_lines(_stands(app))


@outbox.command
@click.pass_obj
def resume(asked: GlobalOptions) -> None:
    """Let letters go again. A transport that was away, and letters that were tried in vain, are
    tried in the next round.

    Example: scr-intake outbox resume
    """
    with open_application(asked) as app:
        app.gate.resume_sending(app.now())
        app.transport_waits.end_all_waits(app.now())
        app.queue.hasten_retries(app.now())
        print_lines(_stands(app))


def transports_json(app: Application) -> list[dict[str, object]]:
    """The transports that are away, each with why, since when and when it is tried again."""
    return [
        {
            "name": wait.transport,
            "away": wait.answer,
            "since": wait.since.isoformat(),
            "tries": wait.tries,
            "next": max(wait.not_before, app.now()).isoformat(),
        }
        for wait in app.transport_waits.list_waits()
    ]


def transport_sentences(app: Application) -> Iterator[str]:
    """A sentence for each transport that is away, and first for a clock that is doubted and for
    what is held since a restore."""
    now = app.now()
    doubt = register_clock_doubt(app.database, app.settings, now, played=app.played)
    if doubt is not None:
        yield f"No letter leaves: the clock is doubted. {doubt.sentence} {doubt.fix}"
    zone = app.settings.board.zone_info
    if (standing := recovery_standing(app.database, zone)) is not None:
        yield f"{standing.says.rstrip(':')}: `{standing.command}`"
    for wait in app.transport_waits.list_waits():
        since, next = moment_in_words(wait.since.astimezone(zone)), wait.next_try_phrase(now)
        by_hand = f" {RETRY_HINT}" if next != WITH_THE_NEXT else ""
        yield (
            f"Letters cannot leave by {wait.transport} since {since}: {wait.answer}."
            f" It is tried again {next}.{by_hand}"
        )


def _stands(app: Application) -> str:
    paused = app.gate.pause_began_at()
    away = list(transport_sentences(app))
    if paused is not None:
        since = moment_in_words(paused.astimezone(app.settings.board.zone_info))
        go = "To let them go: `scr-intake outbox resume`"
        away.insert(0, f"Paused since {since}: no letter leaves but the digest. {go}")
    begins = away or [*_hindered(app)] or [*_under_way(app)] or [NO_TRANSPORT_AWAY]
    return "\n".join(
        [*begins, *_last_left(app), f"Waiting: {count_waiting_letters(app.database)}."]
    )


def _tried(app: Application) -> Iterator[str]:
    """Whether letters are only tried, or whom nobody has answered since they were."""
    if app.trial.is_on:
        yield f"Trial. {TRIAL_IN_WORDS}"
        return
    yield from never_answered_sentences(app.database, app.register.people.find_contact)


def _hindered(app: Application) -> Iterator[str]:
    """What keeps every letter in, since that it left could not be written down."""
    if not has_disk_room(app.settings.storage.register_file.parent):
        yield f"No letter leaves. {DiskFull.sentence}"
    for outage in app.outages.current_outages():
        if outage.of == STORAGE_OUTAGE:
            yield f"Something may keep letters in. {outage.said}"


def sending_outlooks(app: Application) -> SendingOutlooks:
    """What each letter that has not left waits for."""
    now = app.now()
    return SendingOutlooks(
        app.gate,
        app.transport_waits.waits_not_over(now),
        kinds_by_transport(app.settings.outbox),
        now,
    )


def _waiting(app: Application) -> Iterator[str]:
    """Why each that waits does, how often it was tried and when it goes; for what is the same once,
    what goes with the next round not at all."""
    found, looks = defaultdict[str, list[str]](list), sending_outlooks(app)
    yield from urgent_waiting_lines(app)
    for letter in app.queue.waiting_letters():
        outlook = looks.outlook_for(letter) if letter.kind not in URGENT_KINDS else None
        if outlook is not None and outlook.has_obstacle:
            said = outlook.outlook_sentence(app.settings.board.zone_info)
            found[said].append(f"{letter.id} ({LETTER_NAMES[letter.kind]})")
    for said, those in list(found.items())[:MAX_LINES]:
        more = [f"{len(those) - MAX_LINES:,} more"] if len(those) > MAX_LINES else []
        noun = "Letter" if len(those) == 1 else "Letters"
        yield f"{noun} {join_with_and([*those[:MAX_LINES], *more])}: {said}"
    if len(found) > MAX_LINES:
        yield "To see of each letter what it waits for: `scr-intake letters`"


def urgent_waiting_lines(app: Application) -> Iterator[str]:
    """Each alert and urgent letter that has not left though rounds were made: since when, and
    why."""
    looks, zone = sending_outlooks(app), app.settings.board.zone_info
    begun = app.now() - ROUND_GRACE
    for letter in app.queue.letters_on_the_way(URGENT_KINDS):
        outlook = looks.outlook_for(letter)
        if outlook is not None and (outlook.has_obstacle or letter.queued < begun):
            since = moment_in_words(letter.queued.astimezone(zone))
            yield (
                f"Letter {letter.id} ({LETTER_NAMES[letter.kind]}) waits since {since}:"
                f" {outlook.outlook_sentence(zone)}"
            )


def _waiting_json(app: Application) -> list[dict[str, object]]:
    looks = sending_outlooks(app)
    return [
        {"id": letter.id, "kind": letter.kind, "tries": letter.tries, **outlook.outlook_as_json()}
        for letter in app.queue.waiting_letters()
        if (outlook := looks.outlook_for(letter)) is not None
    ]


def _out_of_reach(app: Application) -> Iterator[str]:
    """To whom nothing is sent, and what the report that says so was believed for."""
    for each in bounces.list_unreachable(app.database):
        said = " ".join(
            bounces.report_sentence(r, app.settings.board.zone_info) for r in each.reports
        )
        yield f"{each.whose}, {each.role}: letter {each.letter} came back. {said}"


def _out_of_reach_json(app: Application) -> list[dict[str, object]]:
    return [
        {
            "of": each.whose,
            "role": each.role,
            "letter": each.letter,
            "reports": [bounces.report_as_json(report) for report in each.reports],
        }
        for each in bounces.list_unreachable(app.database)
    ]


def _under_way(app: Application) -> Iterator[str]:
    """What a mail server was given, and has not answered."""
    number = app.queue.count_by_state()["sending"]
    if number:
        yield (
            f"{count_noun(number, 'letter')} {'is' if number == 1 else 'are'} with the mail server,"
            " which has not said yet that it took it: it may wait for the reader's own server."
            " Others go on meanwhile."
        )


def _last_left(app: Application) -> Iterator[str]:
    """When the last one did, where some are to leave."""
    counts = app.queue.count_by_state()
    if counts["sending"] or counts["queued"]:
        at = last_letter_sent_at(app.database)
        when = f"at {moment_in_words(at.astimezone(app.settings.board.zone_info))}" if at else ""
        yield f"The last letter left {when}." if at else "No letter has left yet."
