"""`scr-intake assign ID`: a person says whose an entry is, and what it is; it is judged as that.

An answer goes to whoever sent it only where they are proven to be registered there, else to the
authors of that agency.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from commands.composition.app import Application, open_application
from commands.decisions.decision_prompt import (
    decision_options,
    decision_reason,
    settle_decision,
    settle_decisions,
    settle_request,
)
from commands.decisions.grouped import (
    GROUP_OPTION,
    ID_ARGUMENT,
    changed_meanwhile_note,
    entry_numbers_phrase,
    group_entries,
    id_or_group,
    keep_group_entries,
    not_settled_note,
)
from commands.decisions.submission_words import submission_outcomes
from commands.entries import matter_or_exit
from commands.global_options import GlobalOptions, exit_with_message
from commands.unforeseen import bug_location
from handlers.deliveries.judge_documents import origin_of_place
from handlers.findings import Judgement
from handlers.register.agencies import AgencyPlace
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from handlers.register.entry_decisions import EntryToDecide
from handlers.register.requests import Request
from handlers.register.set_apart_reasons import REFUSED_REASONS
from handlers.register.submissions import Entry, LoggedDelivery, Submission
from handlers.sandbox.protocol import DocumentUnreadable, WorkerLost
from intake.spool import Delivery
from outbox.writing import commands_to_paste

NO_RETURN = "none"  # among the kinds: what came is none of them

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AssignedEntry:
    """What an entry's documents come to in the place they were given. `sender` is who sent it,
    where they are proven to be registered there."""

    place: AgencyPlace
    sender: int | None
    delivery: Delivery
    submissions: tuple[Submission, ...]
    entry_id: int = 0


@click.command
@ID_ARGUMENT
@GROUP_OPTION
@click.option("--case", "reference", help="The case; its own unless given.")
@click.option("--agency", "code", help="The agency's code; its own unless given.")
@click.option(
    "--kind",
    help="What it is, such as chronology; recognised unless given. `none`: it is no return.",
)
@decision_options
@click.pass_obj
def assign(
    asked: GlobalOptions,
    id: int | None,
    group: str | None,
    reference: str | None,
    code: str | None,
    kind: str | None,
    reason: str,
    yes: bool,
) -> None:
    """Say whose an entry is, and what it is; its documents are judged as that.

    With --group all that a line of a digest told and that still waits: all of it is of that place.

    With --kind none a document that nobody recognised, such as an agenda, is kept as no return, and
    so is a message, or one taken for a small return that it is not: nobody is written to, and
    chasing goes on.

    Example: scr-intake assign 41 --case N12 --agency GP --kind imr --reason "She rang to say so"
    """
    why = decision_reason(reason)
    with open_application(asked) as app:
        one = id_or_group(id, group)
        if kind == NO_RETURN:
            if reference or code:
                raise click.UsageError("What is no return stays where it is: --kind none alone.")
            _keep(app, one, group or "", why, yes=yes)
            return
        if kind is not None and kind not in app.kinds:
            known = ", ".join(each.id for each in app.kinds.all)
            raise click.UsageError(
                f"{kind} is not a kind of return. The kinds are {known}; {NO_RETURN} says that it"
                " is no return."
            )
        if one is None:
            _assign_all(app, group or "", (reference, code, kind), why, yes=yes)
            return
        entry = matter_or_exit(app, one).entry
        place = _place_or_exit(app, entry, reference, code)
        refused = assignment_refusal(entry)
        if refused is not None:
            exit_with_message(refused.why)
        found = judge_in_place(app, entry, place, kind)
        if isinstance(found, DecisionRefused):
            exit_with_message(found.why)
        settle_decision(
            app,
            lambda: decide_assignment(matter_or_exit(app, one), place, why),
            lambda made: log_assignment(app, made, found),
            yes=yes,
            told=assignment_lines(app, found),
        )


def _keep(app: Application, one: int | None, group: str, why: DecisionReason, *, yes: bool) -> None:
    """It is no return, or all of a group are none."""
    if one is None:
        keep_group_entries(app, group, why, yes=yes)
    else:
        settle_request(app, Request("keep", why, (one,)), yes=yes)


def _assign_all(
    app: Application,
    name: str,
    said: tuple[str | None, str | None, str | None],
    why: DecisionReason,
    *,
    yes: bool,
) -> None:
    """All of a group that still wait and hold something; each is judged in the place given."""
    reference, code, kind = said
    ids = [entry.id for entry in group_entries(app, name)]
    found = dict[int, AssignedEntry]()
    waiting = app.register.entries.waiting_among(ids)
    for entry in waiting:
        judged = judge_in_place(app, entry, _place_or_exit(app, entry, reference, code), kind)
        if isinstance(judged, AssignedEntry):
            found[entry.id] = judged
    if not found:
        exit_with_message(
            f"Of these {len(ids):,} nothing waits any more that holds a document."
            " Nothing was decided."
        )

    def decide() -> list[Decision]:
        still = {entry.id for entry in app.register.entries.waiting_among(list(found))}
        return [
            Decision("assign", why, one.place.case_id, one.place.agency_id, id)
            for id, one in found.items()
            if id in still
        ]

    left = [
        *changed_meanwhile_note(len(ids) - len(waiting)),
        *not_settled_note(len(waiting) - len(found)),
    ]
    lines = [f"Assigned: {entry_numbers_phrase(list(found))}."]
    lines += dict.fromkeys(line for one in found.values() for line in assignment_lines(app, one))
    made = settle_decisions(
        app,
        decide,
        lambda made: log_assignment(app, made, found[made.entry_id or 0]),
        yes=yes,
        told=[*lines, *left],
    )
    click.echo(" ".join([f"{made:,} assigned, and in the record.", *left]))


def decide_assignment(
    matter: EntryToDecide, place: AgencyPlace, why: DecisionReason
) -> Decision | DecisionRefused:
    entry = matter.entry
    return assignment_refusal(entry) or Decision(
        "assign", why, place.case_id, place.agency_id, entry.id
    )


def assignment_refusal(entry: Entry) -> DecisionRefused | None:
    if entry.decided == "assign":
        return DecisionRefused(f"Entry {entry.id} was assigned already.")
    if not entry.is_waiting and entry.decided != "keep":
        return DecisionRefused(f"Entry {entry.id} does not wait for a person.")
    return None


def _place_or_exit(
    app: Application, entry: Entry, reference: str | None, code: str | None
) -> AgencyPlace:
    found = find_place(app, entry, reference, code)
    if isinstance(found, DecisionRefused):
        exit_with_message(found.why)
    return found


def find_place(
    app: Application, entry: Entry, reference: str | None, code: str | None
) -> AgencyPlace | DecisionRefused:
    """An agency in a case that is open; where neither is said, the entry's own."""
    places = [
        place
        for case in app.register.case_matrix(app.now().date())
        for agency in case.agencies
        for place in app.register.people.places_of_agency(agency.code)
        if place.agency_id == agency.id
    ]
    if reference is None and code is None:
        found = [p for p in places if p.agency_id == entry.agency_id]
    else:
        own = next((p for p in places if p.agency_id == entry.agency_id), None)
        wanted = (reference or (own.reference if own else ""), code or (own.code if own else ""))
        found = [p for p in places if _same(p, *wanted)]
    if not found:
        return DecisionRefused(
            "There is no such agency in a case that is open. To list them: `scr-intake case list`"
        )
    return found[0]


def _same(place: AgencyPlace, reference: str, code: str) -> bool:
    return (
        place.reference.casefold() == reference.casefold()
        and place.code.casefold() == code.casefold()
    )


def judge_in_place(
    app: Application, entry: Entry, place: AgencyPlace, kind: str | None
) -> AssignedEntry | DecisionRefused:
    """What it comes to there, or why it comes to nothing."""
    delivery = app.spool.get(entry.delivery_id)
    content = entry.content if entry.position else None
    if app.register.withdrawals.destroyed.is_gone(delivery.content):
        return DecisionRefused(
            f"What entry {entry.id} came in is destroyed: it cannot be judged once more."
        )
    try:
        said = app.processor.judge_assigned(delivery, place, content, kind)
    except (DocumentUnreadable, WorkerLost) as why:
        log.error("delivery %d: %s", delivery.id, bug_location(why))
        return DecisionRefused(
            "It could not be judged this time either, and the log says where that went wrong."
            f" To see it: `scr-intake open {entry.id}`"
            f" To put it away: `{commands_to_paste.put_away_command(entry.id)}`"
        )
    if any(each.reason in REFUSED_REASONS for each in said):
        return DecisionRefused(
            f"The virus scanner still does not let entry {entry.id} be opened."
            f" To put it away: `{commands_to_paste.put_away_command(entry.id)}`"
        )
    there_already = content is None and kind is None and entry.agency_id == place.agency_id
    if not said or (there_already and not any(each.position for each in said)):
        away = commands_to_paste.put_away_command(entry.id)
        return DecisionRefused(f"There is no document in it. To put it away: `{away}`")
    if _is_held_for_the_same(entry, place, said):
        return DecisionRefused(
            f"Entry {entry.id} is of that place already, and would be held again for the same."
            f" To see what ends it: `{commands_to_paste.show_command(entry.id)}`"
        )
    sender = dict(entry.told.places).get(place.agency_id)
    return AssignedEntry(place, sender, delivery, said, entry.id)


def _is_held_for_the_same(entry: Entry, place: AgencyPlace, said: Sequence[Submission]) -> bool:
    """Whether nothing would come of it: what is held is in that place, and is held there anew."""
    before = {finding.rule for finding in entry.told.findings if finding.severity == "danger"}
    judged = [one for each in said for one in each.judgements]
    return (
        entry.agency_id == place.agency_id
        and bool(before and judged)
        and all(one.verdict == "hold" and _dangers(one) == before for one in judged)
    )


def _dangers(judgement: Judgement) -> set[str]:
    return {finding.rule for finding in judgement.findings if finding.severity == "danger"}


def assignment_lines(app: Application, found: AssignedEntry) -> Iterator[str]:
    at = f"{found.place.reference}, {found.place.code}"
    for said in submission_outcomes(found.submissions, app.kinds):
        yield f"{at}: {said}."
    for submission in found.submissions:
        if not submission.judgements and submission.verdict is None:
            yield f"{at}: the same document as one that came before."


def log_assignment(app: Application, made: Decision, found: AssignedEntry) -> int:
    """The decision first, since its entries name it; returns its number."""
    now = app.now()
    id = app.register.decisions.record_decision(made, now)
    origin = origin_of_place(found.place)
    app.register.logbook.place_delivery(found.delivery.id, found.place.agency_id, found.sender)
    day = app.processor.day_received(found.delivery)
    app.register.logbook.add_entries(
        LoggedDelivery(found.delivery, origin, found.submissions, day, now, id)
    )
    if found.delivery.state == "set aside":
        app.spool.mark_judged(found.delivery)
    return id
