"""Says of what lies in a mailbox from which day on it is taken in, as the rounds do.

A mailbox in which a round has begun keeps that round's day; in another it is the day of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from commands.clock_doubt import register_clock_doubt
from commands.composition.sources import mailbox_account_name, source_name
from commands.composition.usable_register import open_if_usable
from commands.doctor.check import DoctorContext, DoctorResult, MailboxVisit, well_result
from commands.exception_sentences import refusal_sentence
from commands.rounds.take_in import left_mail_sentence, start_of_day, taken_mail_sentence
from config.mailbox_settings import MaildirSettings
from intake.imap.mailbox import folder_mark, last_numbers
from intake.keys import read_keys
from intake.maildir import Maildir
from intake.source import PartBeginning, PastContents
from intake.source_backlog import SourceBeginnings
from intake.vault import Vault


def maildir_past(
    n: int, box: MaildirSettings, source: Maildir, context: DoctorContext
) -> Iterator[DoctorResult]:
    """Of the n-th mailbox, which is a folder. Raises SourceUnavailable."""
    known, today = _known_beginnings(n, context)
    day = _first_day(box.since, known.get(source_name(n)), today)
    for past in source.find_past_contents((), start_of_day(day, context.now)):
        yield from _said(f"mailbox {n}", past, day, set=box.since is not None)


def folders_past(n: int, visit: MailboxVisit, context: DoctorContext) -> Iterator[DoctorResult]:
    """Of the n-th mailbox, which is on a server, folder by folder."""
    known, today = _known_beginnings(n, context)
    mark = _marking(context) if known else None
    for folder in visit.there:
        part = folder_mark(mailbox_account_name(visit.box), folder, mark) if mark else ""
        beginning = known.get(part)
        day = _first_day(visit.box.since, beginning, today)
        until = last_numbers(beginning.last) if beginning else None
        _, _, messages, oldest, later = visit.session.past_of_folder(folder, day, until)
        past = PastContents(folder, messages, oldest, later=later)
        yield from _said(visit.name, past, day, set=visit.box.since is not None)


def _first_day(since: date | None, beginning: PartBeginning | None, today: datetime) -> date:
    if since is not None:
        return since
    return (beginning.at.astimezone(today.tzinfo) if beginning else today).date()


def _known_beginnings(n: int, context: DoctorContext) -> tuple[dict[str, PartBeginning], datetime]:
    """By the part, and as of when the next round would begin in another one: while the clock is
    doubted, as of the last round."""
    with open_if_usable(context.settings, context.credentials) as database:
        if database is None:  # what it is stands under "What is kept"
            return {}, context.now
        known = SourceBeginnings(database).beginnings_by_part(source_name(n))
        doubt = register_clock_doubt(database, context.settings, context.now, played=context.played)
    return known, doubt.last if doubt else context.now


def _marking(context: DoctorContext) -> Callable[[bytes], str] | None:
    """How parts are marked; None where there are no keys, which is told elsewhere."""
    storage = context.settings.storage
    try:
        return Vault(storage.vault, read_keys(storage.keys, context.credentials)).keyed_hash
    except Exception as broken:
        if refusal_sentence(broken) is None:
            raise
        return None


def _said(name: str, past: PastContents, day: date, *, set: bool) -> Iterator[DoctorResult]:
    """`set` says that the settings give the day."""
    if past.messages:
        yield well_result(f"{name}: {left_mail_sentence(past, day)}")
    if set:
        yield well_result(f"{name}: {taken_mail_sentence(past, day)}")
