"""`scr-intake status`: the three ledgers in a few lines, and every case's matrix; its `--health`
is in `status_health.py`."""

from __future__ import annotations

from datetime import datetime

import click

from commands.composition.app import Application, open_application
from commands.decisions.case_status import case_as_json, case_status_lines
from commands.global_options import EXIT_ATTENTION, GlobalOptions, print_json, print_lines
from commands.outbox import (
    TRIAL_IN_WORDS,
    transport_sentences,
    transports_json,
    urgent_waiting_lines,
)
from commands.status_health import show_health
from intake.drop.shared_folder import drop_folder_in_words
from intake.drop.watcher import WatchMethod, choose_watch_method, file_system_type, read_mount_table
from intake.unregistered_senders import WaitingDomain
from outbox.sending.letter_queue import RESTING_STATES


@click.command
@click.option("--health", "of_service", is_flag=True, help="Show how the service itself is.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def status(asked: GlobalOptions, of_service: bool, as_json: bool) -> None:
    """Show counts, and where every return stands.

    Exit status 1 when something waits for a person: held, set aside or to look at, overdue, or a
    letter that could not be sent. With --health, for a monitor: a line for each condition of the
    service, what is degraded first. Then exit status 0 says that it is well, 1 that it is degraded;
    what waits for a person is not counted, nothing is changed, and the service need not run.

    Example: scr-intake status
    """
    if of_service:
        show_health(asked, as_json)
        return
    with open_application(asked) as app:
        now = app.now()
        if as_json:
            print_json(_as_json(app, now))
        else:
            _print(app, now)
        attention = _attention(app, now)
    if attention:
        raise click.exceptions.Exit(EXIT_ATTENTION)


def _as_json(app: Application, now: datetime) -> dict[str, object]:
    noticed = [
        {"name": name, "events": how.events, "why": how.why} for name, how in _noticing(app).items()
    ]
    return {
        "deliveries": app.spool.counts_by_state(),
        "letters": app.queue.count_by_state(),
        **({"trial": True} if app.trial.is_on else {}),
        "held": app.register.count_held_entries(),
        "to_look_at": _to_look_at(app),
        "strays": {what.replace(" ", "_"): n for what, n in _strays(app).items()},
        "strangers_waiting": [_turn(turn) for turn in _turns(app, now)],
        "digest": _digest(app, now),
        "transports": transports_json(app),
        "drop": {key: noticed[0][key] for key in ("events", "why")} if noticed else None,
        **({"drops": noticed} if len(noticed) > 1 else {}),
        "cases": [case_as_json(case) for case in app.register.matrix_with_milestones(now.date())],
    }


def _print(app: Application, now: datetime) -> None:
    for name, counts in (
        ("Deliveries", app.spool.counts_by_state()),
        ("Letters", app.queue.count_by_state()),
    ):
        click.echo(f"{name:<12}" + ", ".join(f"{n} {state}" for state, n in counts.items()))
    if app.trial.is_on:
        click.echo(f"{'Trial':<12}{TRIAL_IN_WORDS}")
    click.echo(f"{'Held':<12}{app.register.count_held_entries()}")
    click.echo(f"{'To look at':<12}{_to_look_at(app)}")
    strays = ", ".join(f"{number:,} {what}" for what, number in _strays(app).items())
    click.echo(f"{'Strays':<12}{strays}")
    if (digest := _digest(app, now)) is not None:
        click.echo(f"{'Digest':<12}not gone: {digest}")
    turns = app.briefing.strangers_in_turn(now)
    for need in (*app.briefing.urgent_needs(now), *turns.needs):
        print_lines(need.says, need.command)
    for line in (*turns.notes, *urgent_waiting_lines(app), *transport_sentences(app)):
        print_lines(line)
    for name, noticed in _noticing(app).items():
        every = app.settings.schedule.scan_seconds
        click.echo(noticed.sentence_for_status(every, drop_folder_in_words(name)))
    for case in app.register.matrix_with_milestones(now.date()):
        click.echo()
        for line in case_status_lines(case, app.kinds, now.date()):
            click.echo(line)


def _to_look_at(app: Application) -> int:
    """What was referred and waits for a person: documents, requests and messages."""
    return len(app.register.entries.waiting_entries("refer"))


def _strays(app: Application) -> dict[str, int]:
    """What has no place: it waits in no case, lies in a source and cannot be taken, or is for
    nobody here and was left where it is."""
    entries = app.register.entries
    waiting = (*entries.waiting_entries("hold"), *entries.waiting_entries("refer"))
    return {
        "in no case": sum(entry.agency_id is None for entry in waiting),
        "not taken": len(list(app.strays.strays_since(None))),
        "left as they were": app.intake_memory.strangers.count_passed_over()
        + app.spool.count_not_ours(),
    }


def _turns(app: Application, now: datetime) -> list[WaitingDomain]:
    """What of strangers waits for its turn, as the last look at its source found it."""
    return app.intake_memory.turns.waiting_domains(
        {source.name for source in app.sources}, now.date()
    )


def _turn(turn: WaitingDomain) -> dict[str, object]:
    return {
        "domain": turn.domain,
        "messages": turn.messages,
        "until_tomorrow": turn.full,
        "since": turn.since.isoformat(),
    }


def _digest(app: Application, now: datetime) -> str | None:
    """Why the last digest has not gone, as the last round saw it."""
    return app.health_reader.read_health(now).digest_late or None


def _noticing(app: Application) -> dict[str, WatchMethod]:
    """How new files in each drop folder are noticed, by the disk it is on."""
    table = read_mount_table()
    return {
        drop.name: choose_watch_method(drop.mode, file_system_type(drop.path, table))
        for drop in app.settings.drop_folders
    }


def _attention(app: Application, now: datetime) -> bool:
    rows = [
        row
        for case in app.register.case_matrix(now.date())
        for agency in case.agencies
        for row in agency.returns
    ]
    return bool(
        app.register.count_held_entries()
        or _to_look_at(app)
        or _digest(app, now)
        or app.register.entries.entries_not_judged()
        or any(app.queue.count_by_state()[state] for state in RESTING_STATES)
        or any(row.overdue or row.state == "referred" for row in rows)
    )
