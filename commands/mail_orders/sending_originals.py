"""Hands out the original of what an ask is about, with what was found in it, by the board's way:
into a folder, with the answer, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commands.composition.app import Application
from commands.composition.original_files import (
    LOST_ORIGINAL,
    OriginalFile,
    original_file,
    why_not_handed_out,
)
from commands.decisions.handed_out import KEPT_DAYS, originals_folder, put_for_administrator
from commands.decisions.withdrawal_note import OPENED_SEAL_CONTEXT
from commands.entries import entry_lines
from commands.mail_orders.doing import OrderedBy
from commands.mail_orders.lookups import link_maker, said_short
from commands.mail_orders.order_claims import confirming_stamp
from config.command_line import without_commands
from config.outbox_settings import SmtpTransportSettings
from handlers.register.audit_acts import AuditAct
from handlers.register.submissions import Entry
from intake.disk_errors import is_disk_full
from intake.unregistered_senders import domain_of_sender
from intake.vault import OriginalMissing, SealBroken
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import SEND_ME, Offer, OrderOutcome, OrderResult

MAX_ENTRIES = 5  # of one ask
LARGEST_MAILED = 15 * 1024 * 1024  # bytes: what most servers take
FINDINGS_NAME = "what-was-found.txt"
_NO_FILE = "There is no original of this: details says what it is."
_NEVER = "This board hands out no originals by mail. Whoever works on the server can open it."
_OUTSIDE = (
    "It is not mailed: an original leaves only for an address of our own domain, by a mail server"
    " whose certificate was checked."
)
_TOO_LARGE = "It is too large to be mailed. Whoever works on the server can open it."
_NOT_PUT = "It could not be put into the folder for you. Tell whoever looks after the service."
_KEYED = (
    "Nothing proves who writes to this mailbox, so an original is handed out by the link below"
    " alone."
)


@dataclass(frozen=True, slots=True)
class _HandedOut:
    """Of one entry: what is said, and whether its original goes, or lies there."""

    says: tuple[str, ...]
    handed: bool = False


def send_originals(
    app: Application, by: OrderedBy, kept: KeptAsk, *, confirmed: bool
) -> OrderResult:
    """Hand it out, or say why not. With no proof of who asks, only by the link of our answer.

    Raises UnforeseenFault or WorkerUnavailable.
    """
    number, about = kept.ask.number, said_short(kept)
    ids = [int(id) for id in kept.ask.topic.items] if kept.ask.topic.sort == "entries" else []
    entries = app.register.entries.entries_among(ids)[:MAX_ENTRIES]
    if not entries:
        return OrderResult(number, about, (_NO_FILE,))
    if not (by.proven or confirmed):
        offer = Offer("send me, as it says here", SEND_ME.order)
        link = link_maker(app)(offer, kept, confirming_stamp(kept, SEND_ME.order))
        return OrderResult(number, about, (_KEYED,), (link,), OrderOutcome.ONE_MORE_STEP)
    found = {entry.id: _hand_out(app, by, entry) for entry in entries}
    says = ["Done: send me."] if any(one.handed for one in found.values()) else []
    says += [line for one in found.values() for line in one.says]
    if len(ids) > len(entries):
        says.append(f"And {len(ids) - len(entries):,} more like these; they are not handed out.")
    by_mail = app.settings.board.originals == "mail"
    return OrderResult(
        number,
        about,
        tuple(says),
        kept.ask.links,
        OrderOutcome.TOLD,
        encloses=tuple(id for id, one in found.items() if one.handed and by_mail),
    )


def _hand_out(app: Application, by: OrderedBy, entry: Entry) -> _HandedOut:
    found = tuple(_findings(app, entry))
    why = _NEVER if app.settings.board.originals == "never" else ""
    why = why or why_not_handed_out(app.register, entry)
    if why:
        return _HandedOut((why, *found))
    try:
        file = original_file(app.spool, app.vault, app.sandbox_judge, entry)
    except (OriginalMissing, SealBroken):
        return _HandedOut((LOST_ORIGINAL, *found))
    if app.settings.board.originals == "mail":
        why = _why_not_mailed(app, by, file)
        where = f"{file.name} is attached to this message."
    else:
        where = _put(app, entry, file, found)
        why = "" if where else _NOT_PUT
    if why:
        return _HandedOut((why, *found))
    _record(app, by, entry)
    return _HandedOut((where, *found), handed=True)


def _why_not_mailed(app: Application, by: OrderedBy, file: OriginalFile) -> str:
    """Only inside the organisation, and only where the server is who it says it is."""
    outbox = app.settings.outbox
    domains = set(map(domain_of_sender, (outbox.sender, by.email)))
    ways = [way for way in outbox.instead if "confirmation" in way.kinds]
    verified = isinstance(ways[0] if ways else outbox, SmtpTransportSettings)
    if len(domains) > 1 or not verified:
        return _OUTSIDE
    return _TOO_LARGE if len(file.content) > LARGEST_MAILED else ""


def _put(app: Application, entry: Entry, file: OriginalFile, found: tuple[str, ...]) -> str:
    """Where it lies, "" where it could not be put there."""
    folder = originals_folder(app.settings)
    told = OriginalFile(FINDINGS_NAME, "\n".join((*found, "")).encode())
    try:
        there = put_for_administrator(folder, entry.id, (file, told), app.now().date())
    except OSError as why:
        if is_disk_full(why, folder):
            raise
        return ""
    place = there.relative_to(folder.parent)
    beside = "" if app.settings.board.originals_folder else ", beside the drop folder"
    return (
        f"{file.name} lies in {place}{beside}, with what was found in it: {FINDINGS_NAME}. Both"
        f" are taken away after {KEPT_DAYS} days."
    )


def _findings(app: Application, entry: Entry) -> Iterator[str]:
    for line in entry_lines(app, entry.id):
        if bare := without_commands(line.strip()):
            yield bare


def _record(app: Application, by: OrderedBy, entry: Entry) -> None:
    """Into the audit log: who has it, and how."""
    with app.register.transaction():
        who = app.vault.seal_bytes(by.name.encode(), OPENED_SEAL_CONTEXT, entry.case_id)
        app.register.record.append(
            app.now(), AuditAct.OPENED, entry=entry.id, by=who.hex(), state="by mail"
        )
