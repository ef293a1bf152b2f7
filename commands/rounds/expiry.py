"""The steps of a round that take away what has lain its time: what strangers sent, and copies of
originals that the administrator asked for."""

from __future__ import annotations

from collections.abc import Iterator

from commands.composition.app import Application
from commands.decisions.handed_out import clear_older, originals_folder
from commands.decisions.plain_copies import clear_plain_copies
from commands.rounds.round_report import RoundReport
from handlers.register.decision import DecisionReason
from handlers.register.held_strangers import HeldStrangers
from handlers.register.withdrawals import Withdrawal
from outbox.digest.digest_history import digest_left_since


def destroy_held_strangers(app: Application, report: RoundReport) -> Iterator[None]:
    """Only what a digest told of before. It stands in the record as withdrawn by the service."""
    days = app.settings.schedule.strangers_kept_days
    held = HeldStrangers(app.database, app.vault, app.register.people, app.register.entries, days)
    why = DecisionReason(
        f"What nobody registered sent, and nobody decided about, is kept for {days} days.",
        "scr-intake",
    )
    now, zone = app.now(), app.settings.board.zone_info
    for each in list(held.going_by(now)):
        if not digest_left_since(app.database, each.goes - held.told_before):
            continue
        with app.register.transaction():
            made = app.register.withdrawals.plan_withdrawal(each.entry, (), why, zone)
            if not isinstance(made, Withdrawal):
                continue
            clear_plain_copies(app, made)
            app.register.withdrawals.record(made, now, "stranger")
        app.register.withdrawals.destroyed.finish(now)
        yield
    yield


def clear_handed_out(app: Application, report: RoundReport) -> Iterator[None]:
    """Originals that were handed out go after some days, read or not."""
    clear_older(originals_folder(app.settings), app.now().date())
    yield
