"""`scr-intake status --health`: looks how the service is, prints a line for each condition, and
ends with status 1 when one is degraded; systemd's status line is from here too. It changes nothing.

What is degraded is decided in `outbox/health/health_conditions.py`. What cannot even be opened
is a condition of its own. Whether a server answers is told as the last round saw it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from commands.clock_doubt import register_clock_doubt
from commands.composition import sources, transports
from commands.composition.board_owner import BoardOfAnotherUser, load_own_settings
from commands.composition.clock import make_clock
from commands.composition.health_file import RUNTIME_FOLDER, HealthCounts, read_health_counts
from commands.composition.kept_files import says_unwritable, unwritable_files
from commands.composition.usable_register import open_usable_register
from commands.exception_sentences import refusal_sentence
from commands.global_options import (
    EXIT_ATTENTION,
    GlobalOptions,
    credentials_folder,
    print_json,
    print_lines,
)
from config.calendar import moment_in_words
from config.english import count_noun
from config.refused_access import find_refusal
from config.settings import Settings, load_settings
from config.user_file import InvalidUserFile
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import last_recorded, recording_began
from handlers.register.last_backup import backup_step, night_without_backup, recorded_backup
from handlers.register.lost_keys import told_with_backup_of_keys
from handlers.register.whole_looks import latest_look
from intake.database import RegisterDatabase, RegisterUnreadable
from intake.keys import KeysMismatched, read_keys
from intake.sign_in.accounts import AccountFactory
from intake.source_health import OutageRecords, SourceActivity
from intake.spool import oldest_waiting_time
from outbox.alerts.alert_state import undelivered_alerts
from outbox.due.stopped_letters import stopped_letter_kinds
from outbox.health.health_conditions import (
    DOCTOR_HINT,
    HealthCondition,
    HealthObservations,
    is_degraded,
    list_conditions,
    since_clause,
)
from outbox.health.health_limits import (
    PUBLISHED_HEALTH_IS_OLD_AFTER,
    ROUND_DEGRADED_AFTER,
    USUAL_ROUND_TIME,
)
from outbox.health.health_reader import free_disk_share
from outbox.sending.after_restore import recovery_standing
from outbox.sending.gate import paused_since
from outbox.sending.queue_counts import count_handed_over, count_waiting_letters
from outbox.sending.transport_back_off import TransportWaits


def probe_health(asked: GlobalOptions) -> tuple[list[HealthCondition], datetime]:
    """Every condition, what is degraded first; and the time it is.

    Raises InvalidUserFile for settings that cannot be used.
    """
    settings = load_own_settings(asked.config, begun=True)
    now = make_clock(settings.board.zone_info, asked.at)()
    amiss = [*_settings(settings), *_keys(settings)]
    barred = tuple(condition.about for condition in amiss)
    try:
        with open_usable_register(settings, credentials_folder()) as database:
            looked = observe_service(database, settings, now, played=asked.at is not None)
            found = list_conditions(replace(looked, barred=barred), now)
    except Exception as why:  # noqa: BLE001  whatever it is: a monitor is told so
        found = [_unopened(why)]
    return [*amiss, *found], now


def observe_service(
    database: RegisterDatabase, settings: Settings, now: datetime, *, played: bool
) -> HealthObservations:
    """What there is to see, in the register and around it."""

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(now.tzinfo) if at else None

    kept, source_activity = settings.storage, SourceActivity(database)
    names = {place for place, _ in transports.transport_places(settings.outbox)}
    why = register_clock_doubt(database, settings, now, played=played)
    scan = timedelta(seconds=settings.schedule.scan_seconds)
    return HealthObservations(
        last_round=local(source_activity.last_round_end()),
        answered=frozenset(source_activity.last_answers()),
        begun=local(source_activity.service_started_at()),
        handed=count_handed_over(database),
        patience=ROUND_DEGRADED_AFTER + 2 * scan,
        usual=USUAL_ROUND_TIME + 2 * scan,
        sources=tuple(_sources(settings)),
        outages=tuple(OutageRecords(database).current_outages()),
        transports=tuple(w for w in TransportWaits(database).list_waits() if w.transport in names),
        waiting=count_waiting_letters(database),
        waits_since=local(oldest_waiting_time(database)),
        stopped=stopped_letter_kinds(database),
        free=min(free_disk_share(kept.register_file.parent), free_disk_share(kept.vault)),
        unwritable=tuple(_unwritable(settings)),
        backed_up=local(last_recorded(database, AuditAct.BACKED_UP)),
        began=local(recording_began(database)),
        looked_through=local(look.at if (look := latest_look(database)) else None),
        backup_step=backup_step(recorded_backup(database)),
        not_backed_up=local(night_without_backup(database, now)),
        paused=local(paused_since(database)),
        doubt=why.sentence if why else "",
        scans=settings.scanner is not None,
        unheard=tuple(undelivered_alerts(database)),
        restored=recovery_standing(database, now.tzinfo),
    )


def _sources(settings: Settings) -> Iterator[str]:
    yield from (sources.source_name(n) for n, _ in enumerate(settings.mailbox, 1))
    yield from (drop.name for drop in settings.drop_folders)


def _unwritable(settings: Settings) -> Iterator[tuple[str, str]]:
    """What is kept and cannot be written, and what mends each."""
    kept, found = settings.storage, dict[Path, str]()
    folder = kept.register_file.parent
    named = {"register": kept.register_file, "register's folder": folder, "vault": kept.vault}
    for what, path in named.items():
        if not os.access(path, os.W_OK):
            found[path] = f"The {what} {path} cannot be written."
    for place in unwritable_files(kept):
        found.setdefault(place, says_unwritable(place))
    for place, says in found.items():
        yield says, find_refusal(place).explanation


def _settings(settings: Settings) -> Iterator[HealthCondition]:
    """What keeps the service from starting."""
    accounts = AccountFactory(credentials_folder(), time.time)
    found = [
        *sources.mailbox_problems(settings, accounts),
        *transports.transport_problems(settings.outbox, accounts),
    ]
    for problem in found:
        yield HealthCondition("settings", f"{str(problem).rstrip('.')}.", True, None, DOCTOR_HINT)


def _keys(settings: Settings) -> Iterator[HealthCondition]:
    kept = settings.storage
    try:
        with told_with_backup_of_keys(kept.register_file, kept.keys):
            read_keys(kept.keys, credentials_folder())
    except Exception as why:
        told = refusal_sentence(why)
        if told is None:
            raise
        yield HealthCondition("keys", told[0], True, None, DOCTOR_HINT)


def _unopened(why: Exception) -> HealthCondition:
    """The register cannot be looked at, or is not the one to look at, so nothing is known."""
    sentence = (refusal_sentence(why) or refusal_sentence(RegisterUnreadable()) or ("",))[0]
    about = "keys" if isinstance(why, KeysMismatched) else "register"
    return HealthCondition(about, sentence, True, None, DOCTOR_HINT)


def show_health(asked: GlobalOptions, as_json: bool) -> None:
    """Print every condition. Raises Exit with status 1 when one is degraded."""
    try:
        found, now = probe_health(asked)
    except BoardOfAnotherUser as why:
        counts = read_health_counts(_board_folder(asked.config)) or read_health_counts(
            RUNTIME_FOLDER
        )
        if counts is None:
            raise
        _published_health(counts, str(why), as_json)
        return
    degraded = is_degraded(found)
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


def _board_folder(config: Path) -> Path:
    """Where the register lies, as far as somebody else can tell."""
    try:
        return load_settings(config).storage.register_file.parent
    except InvalidUserFile:
        return config.absolute().parent


def _published_health(counts: HealthCounts, line: str, as_json: bool) -> None:
    """What the service last wrote for everybody: how many conditions, and not which."""
    old = datetime.now(UTC) - counts.at.astimezone(UTC) > PUBLISHED_HEALTH_IS_OLD_AFTER
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
