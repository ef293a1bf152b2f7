"""`scr-intake held`, `referred`, `show ID`: what waits for a person, and one entry whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from shlex import quote
from typing import Any, Literal

import click

from commands.composition.app import Application, open_application
from commands.decisions.grouped import GROUP_OPTION, ID_ARGUMENT, group_entries, id_or_group
from commands.decisions.requesting import request_rules
from commands.global_options import (
    MAX_ID,
    GlobalOptions,
    exit_with_message,
    print_json,
    print_lines,
)
from config.calendar import Calendar, date_without_year, day_and_month, moment_in_words
from config.english import join_with_and
from config.kind import Kinds
from handlers.fields.versions import compare_versions
from handlers.register.decision import DecisionRefused
from handlers.register.decisions import RecordedDecision
from handlers.register.entry_decisions import EntryToDecide
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.submissions import NOT_JUDGED_REASON, Entry
from outbox.digest.case_matrix import return_status_words
from outbox.due.pending_answers import ReceivedDelivery
from outbox.due.question_reasons import doubting_entries, waiting_reasons, withdrawal_sentences
from outbox.due.set_apart import describe_entry
from outbox.due.waiting_matters import settled_request_words
from outbox.sending import bounces
from outbox.writing.commands_to_paste import (
    extension_commands,
    non_working_day_notes,
    partly_agreed_notes,
)
from outbox.writing.places import group_into_changes

STANDING_WORDS = {
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
_SETTLED = {
    "assign": "assigned",
    "keep": "no return",
    "unplace": "put there by mistake",
    "withdraw": "withdrawn and destroyed",
}
_SEVERITIES = {"danger": "Danger", "fault": "To mend", "question": "Question", "advice": "Advice"}
ENTRY_ARGUMENT = click.argument("id", metavar="ID", type=click.IntRange(1, MAX_ID))


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def held(asked: GlobalOptions, as_json: bool) -> None:
    """List what is held: nobody is told until a person decides.

    Example: scr-intake held
    """
    _list(asked, "hold", as_json)


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def referred(asked: GlobalOptions, as_json: bool) -> None:
    """List what was referred: its sender knows that a person will look.

    Example: scr-intake referred
    """
    _list(asked, "refer", as_json)


@click.command
@ID_ARGUMENT
@GROUP_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(asked: GlobalOptions, id: int | None, group: str | None, as_json: bool) -> None:
    """Show one entry: what was found, where its return stands, what was decided.

    With --group, all that a line of a digest told, a line each.

    Example: scr-intake show 41
    """
    one = id_or_group(id, group)
    with open_application(asked) as app:
        if one is None:
            _print(app, group_entries(app, group or ""), as_json, settled=True)
            return
        matter = matter_or_exit(app, one)
        if as_json:
            reports = bounces.reports_in_delivery(app.database, matter.entry.delivery_id)
            more = (
                {"reports": [bounces.report_as_json(each) for each in reports]} if reports else {}
            )
            print_json(_as_json(matter.entry) | more)
        else:
            print_lines(*_shown(app, matter), under=4)


def matter_or_exit(app: Application, id: int) -> EntryToDecide:
    """The entry with this number, and what hangs on it; ends the command when there is none."""
    matter = request_rules(app).matter(id)
    if isinstance(matter, DecisionRefused):
        exit_with_message(matter.why)
    return matter


def _list(asked: GlobalOptions, verdict: Literal["hold", "refer"], as_json: bool) -> None:
    with open_application(asked) as app:
        _print(app, app.register.entries.waiting_entries(verdict), as_json)


def _print(
    app: Application, entries: Sequence[Entry], as_json: bool, *, settled: bool = False
) -> None:
    """Each in its line; of what may be `settled`, what it came to."""
    if as_json:
        print_json([_as_json(entry) for entry in entries])
        return
    names = _names(app)
    lines = [line for entry in entries for line in _listed(app, entry, names, settled)]
    click.echo("\n".join(lines) or "Nothing waits here.")


def _listed(
    app: Application, entry: Entry, names: Mapping[int | None, str], settled: bool
) -> Iterator[str]:
    """What it is, from where, and why it waits."""
    ends = f"; {_SETTLED.get(entry.decided or '', STANDING_WORDS[entry.standing_verdict])}"
    claims = f" (from {entry.told.domain})" if entry.told.domain else ""
    yield f"{entry.id:>5}  {_about(app, entry, names)}{claims}{ends if settled else ''}"
    for reason in waiting_reasons(entry, app.kinds.get(entry.kind)):
        yield f"{'':>5}  {reason}"


def _about(app: Application, entry: Entry, names: Mapping[int | None, str]) -> str:
    """ "N12, Shire Police: evaluation statement"."""
    places = (names[id].partition(", ")[2] for id, _ in entry.told.places if id in names)
    own = names.get(entry.agency_id) or join_with_and([*dict.fromkeys(places)])
    whose = f"{own}: " if own else ""
    return f"{whose}{describe_entry(entry, app.kinds.get(entry.kind))}"


def _names(app: Application) -> dict[int | None, str]:
    """Every agency in its case, by its number."""
    return {
        agency.id: f"{case.reference}, {agency.name}"
        for case in app.register.case_matrix(app.now().date())
        for agency in case.agencies
    }


def entry_lines(app: Application, id: int) -> Iterator[str]:
    """All that `show` tells of an entry, without the ways on; nothing for one that is not there."""
    matter = request_rules(app).matter(id)
    return iter(()) if isinstance(matter, DecisionRefused) else _told_of(app, matter)


def _shown(app: Application, matter: EntryToDecide) -> Iterator[str]:
    yield from _told_of(app, matter)
    yield from _ways_on(app, matter.entry)


def _told_of(app: Application, matter: EntryToDecide) -> Iterator[str]:
    entry, zone = matter.entry, app.settings.board.zone_info
    yield f"Entry {entry.id}: {_about(app, entry, _names(app))}."
    sent = app.unanswered.read_delivery(entry.delivery_id, entry.agency_id)
    way = _way(app, sent, entry.told.domain)
    yield f"Reached us at {moment_in_words(sent.received.astimezone(zone))}, {way}."
    yield f"As judged: {STANDING_WORDS[entry.verdict]}."
    for doubt in doubting_entries(entry, app.register.entries):
        yield f"Doubted: entry {doubt}, a message of the same agency, may take it back."
    words = _settled_words(app, entry) if entry.is_waiting else ""
    if words:
        yield f"It asks for more time, which is {words}. There is nothing to decide."
    if sent.says_more:
        yield f"The e-mail it came with says something besides: `scr-intake open {entry.id}`"
    yield from _senders(app, entry)
    if entry.told.candidates:
        yield f"It could be of {', '.join(entry.told.candidates)}."
    waits = entry.is_waiting and not words
    agreed = app.register.entries.kinds_agreed_since(entry) if waits else ()
    yield from partly_agreed_notes(agreed, app.kinds)
    yield from (
        f"  {says}" for says in withdrawal_sentences(entry, app.register.entries, app.kinds)
    )
    for report in bounces.reports_in_delivery(app.database, entry.delivery_id):
        yield bounces.report_letter_sentence(report)
    yield from _findings(entry, app.kinds)
    yield from (f"  {label}: {text}" for label, text in entry.told.clues.asks)
    if entry.told.passed:
        yield f"In order: {', '.join(entry.told.passed)}."
    yield from _return(matter)
    yield from _compared(app, matter)
    yield from _decisions(app, entry)


def _settled_words(app: Application, entry: Entry) -> str:
    """That a request asks for what is settled; "" of anything else."""
    cases = app.register.case_matrix(app.now().date())
    own = (agency for case in cases for agency in case.agencies if agency.id == entry.agency_id)
    return next((settled_request_words(entry, agency, app.kinds) for agency in own), "")


def _senders(app: Application, entry: Entry) -> Iterator[str]:
    """Who sent what could be of several reviews: the same person may have a place in each."""
    names = _names(app)
    for agency_id, contact_id in entry.told.places if entry.agency_id is None else ():
        contact = app.register.people.find_contact(contact_id or 0)
        who = f"from {contact.name}, {contact.role} of" if contact else "of"
        if agency_id in names:
            yield f"It may be {who} {names[agency_id]}."


def _way(app: Application, sent: ReceivedDelivery, domain: str) -> str:
    """How it came; of a stranger's the domain that it claims to be from."""
    if sent.dropped:
        return "in the drop folder"
    contact = app.register.people.find_contact(sent.contact_id or 0)
    if contact:
        return f"by mail from {contact.name}, {contact.role}"
    return f"by mail from somebody at {domain}" if domain else "by mail"


def _findings(entry: Entry, kinds: Kinds) -> Iterator[str]:
    told, kind = entry.told.findings, kinds.get(entry.kind)
    for severity, word in _SEVERITIES.items():
        for change in group_into_changes((f for f in told if f.severity == severity), kind, told):
            place = f"{change.place}. " if change.place else ""
            yield f"  {word}. {place}{change.message} {change.fix}".rstrip()


def _return(matter: EntryToDecide) -> Iterator[str]:
    row = matter.own_return
    if row is not None:
        first = f", first received {date_without_year(row.received)}" if row.received else ""
        accepted = f", accepted as of {date_without_year(row.accepted)}" if row.accepted else ""
        due = date_without_year(row.due)
        yield f"Its return: {return_status_words(row)}; due {due}{first}{accepted}."
    others = [str(e.id) for e in matter.versions if e.id != matter.entry.id]
    if others:
        yield f"Other versions of it: {', '.join(others)}."


def _compared(app: Application, matter: EntryToDecide) -> Iterator[str]:
    """ "Its entries, against entry 3: 12 entries added, 1 removed since 3 May."."""
    before, after = matter.earlier_version, matter.entry
    comparison = compare_versions(before.told.clues, after.told.clues) if before else None
    if before is None or comparison is None:
        return
    sent = app.unanswered.read_delivery(before.delivery_id, before.agency_id)
    day = sent.received.astimezone(app.settings.board.zone_info)
    what = "entries" if comparison.table else "text"
    differs = comparison.describe_since(day_and_month(day))
    yield f"Its {what}, against entry {before.id}: {differs}."


def _decisions(app: Application, entry: Entry) -> Iterator[str]:
    zone = app.settings.board.zone_info
    made = app.register.decisions.decisions_about_entry(entry.id)
    if entry.decision_id is not None and (
        by := app.register.decisions.get_decision(entry.decision_id)
    ):
        made = [by, *made]
    for each in made:
        at: datetime = each.decided.astimezone(zone)
        who, why = each.because.by, each.because.reason
        way = " by mail" if each.because.mail else ""
        yield f"Decided ({each.what}) at {moment_in_words(at)}{way} by {who}: {why}"
        yield from _words_told(app, each)


def _words_told(app: Application, made: RecordedDecision) -> Iterator[str]:
    """The words that a person had told, and in which letters: "Told: Please sign it. Letter 12 says
    so, and left at 10:05am on Wednesday 5 May 2010."."""
    if not made.because.tell:
        return
    says = f"  Told: {made.because.tell.rstrip('.')}."
    found = app.queue.about("decision", made.id)
    for letter in found:
        if letter.sent is None:
            says += f" Letter {letter.id} says so, and has not left."
        else:
            left = moment_in_words(letter.sent.astimezone(app.settings.board.zone_info))
            says += f" Letter {letter.id} says so, and left at {left}."
    yield says if found else f"{says} No letter says so yet."


def _ways_on(app: Application, entry: Entry) -> Iterator[str]:
    if not entry.is_waiting:
        return
    yield ""
    yield "What you can do; each but the first settles it:"
    yield f"  To read it: `scr-intake open {entry.id}`"
    if entry.reason == NOT_JUDGED_REASON:
        yield from _judge_again(entry)
        return
    ways, off = _grants(app, entry)
    yield from (f"  {line}" for line in (*ways, *off))
    settles = entry.kind or not entry.position
    if entry.agency_id is not None and settles and entry.kind != EXTENSION_REQUEST:
        accepts = "To accept it" if entry.position else "To put it away, as read"
        yield f'  {accepts}: `scr-intake accept {entry.id} --reason "..."`'
    yield f"  {_rejects(entry)}"
    yield from _assigns(app, entry)
    if ways and entry.kind != EXTENSION_REQUEST:
        yield _EACH
    kind = app.kinds.get(entry.kind)
    small = kind is not None and bool(kind.signs) and entry.return_id is None
    if entry.agency_id is not None and (small or not settles):
        yield f'  It is no return: `scr-intake assign {entry.id} --kind none --reason "..."`'


def _rejects(entry: Entry) -> str:
    """The command that says no to an agency, or puts away what is nobody's."""
    command = f'scr-intake reject {entry.id} --reason "..."'
    if entry.agency_id is None:
        return f"To put it away: `{command}`"
    asks = entry.position and entry.kind != EXTENSION_REQUEST
    return f'{"To have it mended" if asks else "To say no"}: `{command} --tell "..."`'


def _assigns(app: Application, entry: Entry) -> Iterator[str]:
    """One for each place that it could be of; else what only a person knows stands there."""
    found = [app.register.people.place_of_agency(agency_id) for agency_id, _ in entry.told.places]
    for place in filter(None, found):
        where = f"--case {quote(place.reference)} --agency {quote(place.code)}"
        yield f'  To say whose it is: `scr-intake assign {entry.id} {where} --reason "..."`'
    if not found:
        where = "--case REF --agency CODE --kind KIND"
        yield f'  To say whose it is: `scr-intake assign {entry.id} {where} --reason "..."`'


def _grants(app: Application, entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commands that would give what it asks for, and what is no working day of theirs."""
    cases = app.register.case_matrix(app.now().date())
    places = ((case, agency) for case in cases for agency in case.agencies)
    own = next(((c, a) for c, a in places if a.id == entry.agency_id), None)
    if own is None:
        return (), ()
    board, agreed = app.settings.board, app.register.entries.kinds_agreed_since(entry)
    calendar = Calendar.for_subdivision(board.holidays, board.all_closed_dates)
    ways = extension_commands(entry, *own, app.kinds, calendar, agreed, any_message=True)
    return ways, non_working_day_notes(entry, own[1], app.kinds, calendar, agreed) if ways else ()


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
