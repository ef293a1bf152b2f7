"""`scr-intake status`: the three ledgers in a few lines, and every case's matrix."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from commands.app import Application, open_application
from commands.board_owner import BoardOfAnotherUser
from commands.global_options import EXIT_ATTENTION, GlobalOptions, print_json, print_lines
from commands.health_file import RUNTIME_FOLDER, HealthCounts, read_health_counts
from commands.health_probe import ROUND_PATIENCE, probe_health
from commands.outbox import transport_sentences, transports_json, urgent_waiting_lines
from config.calendar import moment_in_words
from config.english import count_noun
from config.kind import Kinds
from handlers.register.matrix import CaseRow
from intake.drop.scan import SENTINEL_FILE
from intake.drop.shared_folder import drop_folder_in_words, make_drop_folder
from intake.drop.watcher import WatchMethod, choose_watch_method, file_system_type, read_mount_table
from intake.unregistered_senders import WaitingDomain
from outbox.digest.deadlines import deadline_sentences, is_past_completion
from outbox.digest.health_conditions import since_clause
from outbox.sending.letter_queue import RESTING_STATES
from outbox.writing.checklist import case_table_lines

PUBLISHED_PATIENCE = 2 * ROUND_PATIENCE  # after which what the service wrote of itself is old


def case_status_lines(case: CaseRow, kinds: Kinds, today: date) -> Iterator[str]:
    """One case for a person: first, where it is past, the day by which it should be complete."""
    clock = list(deadline_sentences(case, today))
    if is_past_completion(case, today):
        yield from clock
    yield from case_table_lines(case, kinds)
    if not is_past_completion(case, today):
        yield from clock


def case_as_json(case: CaseRow) -> dict[str, Any]:
    """The contract of `status --json` for one case. Dates are ISO 8601 days, or null."""
    return {
        "reference": case.reference,
        "complete_by": case.complete_by.isoformat(),
        "milestones": [{"what": what, "on": day.isoformat()} for what, day in case.milestones],
        "agencies": [
            {
                "code": agency.code,
                "returns": [
                    {
                        "kind": row.kind,
                        "due": row.due.isoformat(),
                        "state": row.state,
                        "received": row.received.isoformat() if row.received else None,
                        "accepted": row.accepted.isoformat() if row.accepted else None,
                        "overdue": row.overdue,
                    }
                    for row in agency.returns
                ],
            }
            for agency in case.agencies
        ],
    }


def make_agency_folders(app: Application, *, first: bool) -> str | None:
    """A folder for each agency in each drop folder; one that is there is left alone.

    Returns what stood in the way. Only for the `first` case is a drop folder itself made where
    it is missing: later that means a share is not mounted, and a folder made in its place would
    look like an empty share (failure mode 23).
    """
    found = (_make_in(app, drop.path, first=first) for drop in app.settings.drop_folders)
    return " ".join(trouble for trouble in found if trouble) or None


def _make_in(app: Application, folder: Path, *, first: bool) -> str | None:
    again = "Load the case again when that is put right, to make the agencies' folders."
    try:
        if first:
            make_drop_folder(folder)
        if not (folder / SENTINEL_FILE).is_file():
            return (
                f"The drop folder {folder} is not there, or {SENTINEL_FILE} is not in it. {again}"
            )
        for case in app.register.case_matrix(app.now().date()):
            for agency in case.agencies:
                (folder / agency.code).mkdir(mode=0o770, exist_ok=True)
    except OSError as why:
        return f"The drop folder {folder} cannot be written: {why.strerror}. {again}"
    return None


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
        _health(asked, as_json)
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


def _health(asked: GlobalOptions, as_json: bool) -> None:
    try:
        found, now = probe_health(asked)
    except BoardOfAnotherUser as why:
        counts = read_health_counts(RUNTIME_FOLDER)
        if counts is None:
            raise
        _published_health(counts, str(why), as_json)
        return
    degraded = any(each.degraded for each in found)
    if as_json:
        told = [
            {
                "about": each.about,
                "degraded": each.degraded,
                "says": each.says,
                "since": each.since.isoformat() if each.since else None,
                "fix": each.fix,
            }
            for each in found
        ]
        print_json({"degraded": degraded, "at": now.isoformat(), "conditions": told})
    else:
        for each in found:
            sign = "DEGRADED" if each.degraded else "well"
            said = f"{each.about}{since_clause(each, now)}: {each.says} {each.fix}"
            print_lines(f"{sign:<9} {said}".rstrip(), under=10)
    if degraded:
        raise click.exceptions.Exit(EXIT_ATTENTION)


def _published_health(counts: HealthCounts, line: str, as_json: bool) -> None:
    """What the service last wrote for everybody: how many conditions, and not which."""
    old = datetime.now(UTC) - counts.at.astimezone(UTC) > PUBLISHED_PATIENCE
    degraded = bool(counts.degraded) or old
    if as_json:
        conditions = {"degraded": counts.degraded, "well": counts.well}
        print_json({"degraded": degraded, "at": counts.at.isoformat(), "counts": conditions})
    else:
        said = count_noun(counts.degraded, "condition")
        click.echo(f"{'DEGRADED' if degraded else 'well':<9} {said} of the service degraded,")
        click.echo(f"{'':<9} as it wrote itself at {moment_in_words(counts.at)}.")
        if old:
            click.echo(f"{'':<9} It has written nothing since: does it run?")
        click.echo(f"{'':<9} To see which: `{line}`")
    if degraded:
        raise click.exceptions.Exit(EXIT_ATTENTION)


def _as_json(app: Application, now: datetime) -> dict[str, object]:
    noticed = [
        {"name": name, "events": how.events, "why": how.why} for name, how in _noticing(app).items()
    ]
    return {
        "deliveries": app.spool.counts_by_state(),
        "letters": app.queue.count_by_state(),
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
        "left as they were": app.reception.strangers.count_passed_over()
        + app.spool.count_not_ours(),
    }


def _turns(app: Application, now: datetime) -> list[WaitingDomain]:
    """What of strangers waits for its turn, as the last look at its source found it."""
    return app.reception.turns.waiting_domains({source.name for source in app.sources}, now.date())


def _turn(turn: WaitingDomain) -> dict[str, object]:
    return {
        "domain": turn.domain,
        "messages": turn.messages,
        "until_tomorrow": turn.full,
        "since": turn.since.isoformat(),
    }


def _digest(app: Application, now: datetime) -> str | None:
    """Why the last digest has not gone, as the last round saw it."""
    return app.vitals.read_health(now).digest_late or None


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
