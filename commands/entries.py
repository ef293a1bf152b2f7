"""`scr-intake held`, `referred`, `show ID`, `open ID`: what waits for a person, and one entry
whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Any, Literal

import click

from commands.app import House, open_house
from commands.global_options import LARGEST_ID, Asked, print_json, say, stop
from commands.grouped import ENTRY_OR_GROUP, GROUP, entries_of, one_of
from config.calendar import Calendar, briefly, moment
from config.kind import Kinds
from handlers.fields.versions import compared
from handlers.register.decisions import Made
from handlers.register.returns import REQUEST
from handlers.register.ruling import Matter
from handlers.register.submissions import NOT_JUDGED, Entry
from intake.message.message import SNIFFED
from outbox.due.pending_answers import Sent
from outbox.due.question_reasons import doubted_by, reasons, taken_back
from outbox.due.set_apart import told
from outbox.sending import bounces
from outbox.writing.checklist import cell
from outbox.writing.commands_to_paste import agreed_in_part, days_off, grants
from outbox.writing.places import changes
from outbox.writing.words import listed

STANDS = {
    "accept": "accepted",
    "reject": "needs changes",
    "refer": "for you to look at",
    "hold": "held: nobody is told",
    "automatic": "written by a machine",
}
# What each way of settling a message that keeps a return from being chased does.
_EACH = (
    "`extend` gives the time; `accept` and `reject` put the message away and give none, so that"
    " chasing goes on (`reject --tell` answers it); `assign` says whose or what it is."
)
_SETTLED = {"assign": "assigned", "keep": "no return"}
_SEVERITIES = {"danger": "Danger", "fault": "To mend", "question": "Question", "advice": "Advice"}
ENTRY = click.argument("id", metavar="ID", type=click.IntRange(1, LARGEST_ID))


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def held(asked: Asked, as_json: bool) -> None:
    """List what is held: nobody is told until a person decides.

    Example: scr-intake held
    """
    _list(asked, "hold", as_json)


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def referred(asked: Asked, as_json: bool) -> None:
    """List what was referred: its sender knows that a person will look.

    Example: scr-intake referred
    """
    _list(asked, "refer", as_json)


@click.command
@ENTRY_OR_GROUP
@GROUP
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(asked: Asked, id: int | None, group: str | None, as_json: bool) -> None:
    """Show one entry: what was found, where its return stands, what was decided.

    With --group, all that a line of a digest told, a line each.

    Example: scr-intake show 41
    """
    one = one_of(id, group)
    with open_house(asked) as house:
        if one is None:
            _print(house, entries_of(house, group or ""), as_json, settled=True)
            return
        matter = matter_of(house, one)
        if as_json:
            reports = bounces.in_delivery(house.ledger, matter.entry.delivery_id)
            more = {"reports": [bounces.as_json(each) for each in reports]} if reports else {}
            print_json(_as_json(matter.entry) | more)
        else:
            say(*_shown(house, matter))


def matter_of(house: House, id: int) -> Matter:
    """The entry with this number, and what hangs on it; ends the command when there is none."""
    matter = house.register.matter(id, house.settings.board.zone)
    if matter is None:
        stop(f"There is no entry {id}. To list what waits: `scr-intake held` `scr-intake referred`")
    return matter


def _list(asked: Asked, verdict: Literal["hold", "refer"], as_json: bool) -> None:
    with open_house(asked) as house:
        _print(house, house.register.entries.waiting(verdict), as_json)


def _print(house: House, entries: Sequence[Entry], as_json: bool, *, settled: bool = False) -> None:
    """Each in its line; of what may be `settled`, what it came to."""
    if as_json:
        print_json([_as_json(entry) for entry in entries])
        return
    names = _names(house)
    lines = [line for entry in entries for line in _listed(house, entry, names, settled)]
    click.echo("\n".join(lines) or "Nothing waits here.")


def _listed(
    house: House, entry: Entry, names: Mapping[int | None, str], settled: bool
) -> Iterator[str]:
    """What it is, from where, and why it waits."""
    ends = f"; {_SETTLED.get(entry.decided or '', STANDS[entry.stands])}"
    claims = f" (from {entry.told.domain})" if entry.told.domain else ""
    yield f"{entry.id:>5}  {_about(house, entry, names)}{claims}{ends if settled else ''}"
    for reason in reasons(entry, house.kinds.get(entry.kind)):
        yield f"{'':>5}  {reason}"


def _about(house: House, entry: Entry, names: Mapping[int | None, str]) -> str:
    """ "N12, Shire Police: evaluation statement"."""
    places = (names[id].partition(", ")[2] for id, _ in entry.told.places if id in names)
    own = names.get(entry.agency_id) or listed([*dict.fromkeys(places)])
    whose = f"{own}: " if own else ""
    return f"{whose}{told(entry, house.kinds.get(entry.kind))}"


def _names(house: House) -> dict[int | None, str]:
    """Every agency in its case, by its number."""
    return {
        agency.id: f"{case.reference}, {agency.name}"
        for case in house.register.matrix(house.now().date())
        for agency in case.agencies
    }


def _shown(house: House, matter: Matter) -> Iterator[str]:
    entry, zone = matter.entry, house.settings.board.zone
    yield f"Entry {entry.id}: {_about(house, entry, _names(house))}."
    sent = house.unanswered.delivery(entry.delivery_id, entry.agency_id)
    way = _way(house, sent, entry.told.domain)
    yield f"Reached us at {moment(sent.received.astimezone(zone))}, {way}."
    yield f"As judged: {STANDS[entry.verdict]}."
    for doubt in doubted_by(entry, house.register.entries):
        yield f"Doubted: entry {doubt}, a message of the same agency, may take it back."
    if sent.says_more:
        yield f"The e-mail it came with says something besides: `scr-intake open {entry.id}`"
    yield from _senders(house, entry)
    if entry.told.candidates:
        yield f"It could be of {', '.join(entry.told.candidates)}."
    agreed = house.register.entries.agreed_since(entry) if entry.waits else ()
    yield from agreed_in_part(agreed, house.kinds)
    yield from (f"  {says}" for says in taken_back(entry, house.register.entries, house.kinds))
    for report in bounces.in_delivery(house.ledger, entry.delivery_id):
        yield bounces.told_with_letter(report)
    yield from _findings(entry, house.kinds)
    yield from (f"  {label}: {text}" for label, text in entry.told.clues.asks)
    if entry.told.passed:
        yield f"In order: {', '.join(entry.told.passed)}."
    yield from _return(matter)
    yield from _compared(house, matter)
    yield from _decisions(house, entry)
    yield from _ways_on(house, entry)


def _senders(house: House, entry: Entry) -> Iterator[str]:
    """Who sent what could be of several reviews: the same person may have a place in each."""
    names = _names(house)
    for agency_id, contact_id in entry.told.places if entry.agency_id is None else ():
        contact = house.register.people.contact(contact_id or 0)
        who = f"from {contact.name}, {contact.role} of" if contact else "of"
        if agency_id in names:
            yield f"It may be {who} {names[agency_id]}."


def _way(house: House, sent: Sent, domain: str) -> str:
    """How it came; of a stranger's the domain that it claims to be from."""
    if sent.dropped:
        return "in the drop folder"
    contact = house.register.people.contact(sent.contact_id or 0)
    if contact:
        return f"by mail from {contact.name}, {contact.role}"
    return f"by mail from somebody at {domain}" if domain else "by mail"


def _findings(entry: Entry, kinds: Kinds) -> Iterator[str]:
    told, kind = entry.told.findings, kinds.get(entry.kind)
    for severity, word in _SEVERITIES.items():
        for change in changes((f for f in told if f.severity == severity), kind, told):
            place = f"{change.place}. " if change.place else ""
            yield f"  {word}. {place}{change.message} {change.fix}".rstrip()


def _return(matter: Matter) -> Iterator[str]:
    row = matter.row
    if row is not None:
        first = f", first received {briefly(row.received)}" if row.received else ""
        accepted = f", accepted as of {briefly(row.accepted)}" if row.accepted else ""
        yield f"Its return: {cell(row)}; due {briefly(row.due)}{first}{accepted}."
    others = [str(e.id) for e in matter.versions if e.id != matter.entry.id]
    if others:
        yield f"Other versions of it: {', '.join(others)}."


def _compared(house: House, matter: Matter) -> Iterator[str]:
    """ "Its entries, against entry 3: 12 entries added, 1 removed since 3 May."."""
    before, after = matter.before, matter.entry
    comparison = compared(before.told.clues, after.told.clues) if before else None
    if before is None or comparison is None:
        return
    sent = house.unanswered.delivery(before.delivery_id, before.agency_id)
    day = sent.received.astimezone(house.settings.board.zone)
    what = "entries" if comparison.table else "text"
    yield f"Its {what}, against entry {before.id}: {comparison.since(f'{day.day} {day:%B}')}."


def _decisions(house: House, entry: Entry) -> Iterator[str]:
    zone = house.settings.board.zone
    made = house.register.decisions.about(entry.id)
    if entry.decision_id is not None and (by := house.register.decisions.get(entry.decision_id)):
        made = [by, *made]
    for each in made:
        at: datetime = each.decided.astimezone(zone)
        yield f"Decided ({each.what}) at {moment(at)} by {each.because.by}: {each.because.reason}"
        yield from _words_told(house, each)


def _words_told(house: House, made: Made) -> Iterator[str]:
    """The words that a person had told, and in which letters: "Told: Please sign it. Letter 12 says
    so, and left at 10:05am on Wednesday 5 May 2010."."""
    if not made.because.tell:
        return
    says = f"  Told: {made.because.tell.rstrip('.')}."
    found = house.queue.about_decision(made.id)
    for letter in found:
        if letter.sent is None:
            says += f" Letter {letter.id} says so, and has not left."
        else:
            left = moment(letter.sent.astimezone(house.settings.board.zone))
            says += f" Letter {letter.id} says so, and left at {left}."
    yield says if found else f"{says} No letter says so yet."


def _ways_on(house: House, entry: Entry) -> Iterator[str]:
    if not entry.waits:
        return
    yield ""
    yield "What you can do:"
    yield f"  scr-intake open {entry.id}"
    if entry.reason == NOT_JUDGED:
        yield from _judge_again(entry)
        return
    ways, off = _grants(house, entry)
    yield from (f"  {line}" for line in (*ways, *off))
    settles = entry.kind or not entry.position
    if entry.agency_id is not None and settles and entry.kind != REQUEST:
        yield f'  scr-intake accept {entry.id} --reason "..."'
    tell = ' --tell "..."' if entry.agency_id is not None else ""
    yield f'  scr-intake reject {entry.id} --reason "..."{tell}'
    yield from _assigns(house, entry)
    if ways and entry.kind != REQUEST:
        yield _EACH
    kind = house.kinds.get(entry.kind)
    small = kind is not None and bool(kind.signs) and entry.return_id is None
    if entry.agency_id is not None and (small or not settles):
        yield f'  It is no return: `scr-intake assign {entry.id} --kind none --reason "..."`'


def _assigns(house: House, entry: Entry) -> Iterator[str]:
    """One for each place that it could be of; else what only a person knows stands there."""
    found = [house.register.people.place(agency_id) for agency_id, _ in entry.told.places]
    for place in filter(None, found):
        where = f"--case {quote(place.reference)} --agency {quote(place.code)}"
        yield f'  scr-intake assign {entry.id} {where} --reason "..."'
    if not found:
        yield f'  scr-intake assign {entry.id} --case REF --agency CODE --kind KIND --reason "..."'


def _grants(house: House, entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commands that would give what it asks for, and what is no working day of theirs."""
    cases = house.register.matrix(house.now().date())
    places = ((case, agency) for case in cases for agency in case.agencies)
    own = next(((c, a) for c, a in places if a.id == entry.agency_id), None)
    if own is None:
        return (), ()
    board, agreed = house.settings.board, house.register.entries.agreed_since(entry)
    calendar = Calendar.of(board.holidays, board.closed_on)
    ways = grants(entry, *own, house.kinds, calendar, agreed, any_message=True)
    return ways, days_off(entry, own[1], house.kinds, calendar, agreed) if ways else ()


def _judge_again(entry: Entry) -> Iterator[str]:
    """Of what could not be judged: to have that done once more, or to settle it by hand."""
    place = "" if entry.agency_id is not None else " --case REF --agency CODE"
    tell = ' --tell "..."' if entry.agency_id is not None else ""
    yield f'  To have it judged once more: `scr-intake assign {entry.id}{place} --reason "..."`'
    yield f'  To put it away: `scr-intake reject {entry.id} --reason "..."{tell}`'


def _as_json(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "delivery": entry.delivery_id,
        "kind": entry.kind,
        "verdict": entry.verdict,
        "reason": entry.reason,
        "decided": entry.decided,
        "judged": entry.judged.isoformat(),
        "findings": [
            {"rule": f.rule, "severity": f.severity, "message": f.message, "fix": f.fix}
            for f in entry.told.findings
        ],
        **({"asks": dict(entry.told.clues.asks)} if entry.told.clues.asks else {}),
    }


# The formats whose name is the ending that a person's programs know them by.
_ENDINGS = SNIFFED - {"text", "html", "ole-encrypted", "rpmsg", "tnef", "pgp", "empty", "unknown"}


@click.command
@ENTRY
@click.pass_obj
def open(asked: Asked, id: int) -> None:
    """Decrypt a copy of what came, to read it.

    Example: scr-intake open 41
    """
    with open_house(asked) as house:
        entry = matter_of(house, id).entry
        raw = house.vault.get(entry.content)
        delivery = house.spool.get(entry.delivery_id)
        message = not entry.position and not delivery.dropped
        # What a mail says besides its documents is for a person to read, whole.
        mail = house.vault.get(delivery.content) if entry.position and not delivery.dropped else b""
        format = "eml" if message else house.confined.sniff(raw)
        with house.register.transaction():
            house.register.record.append(house.now(), "opened", entry=id)
    path = _private_copy(f"entry-{id}.{format if format in _ENDINGS else 'bin'}", raw)
    told = path.parent / f"entry-{id}-mail.eml"
    if mail:
        _put(told, mail)
    if any(finding.severity == "danger" for finding in entry.told.findings):
        click.echo("Take care: it was held because opening it may be dangerous.", err=True)
    click.echo(path)
    if mail:
        click.echo(f"The message it came in is beside it: {told}")
    click.echo(f"It is not encrypted. When you have read it: rm -r {path.parent}")


def _private_copy(name: str, raw: bytes) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="scr-intake-"))  # 0700
    return _put(folder / name, raw)


def _put(path: Path, raw: bytes) -> Path:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as copy:
        copy.write(raw)
    return path
