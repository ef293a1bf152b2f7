"""What decisions cause, seen by causing it and taking it back: where returns move, which letters
go to whom, and who is chased again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from commands.composition.app import Application
from commands.decisions.leaver_effects import leaver_lines
from config.calendar import date_in_words, date_without_year
from config.english import join_with_and
from config.explained_error import ExplainedError
from handlers.register.decision import Decision
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import ReturnState
from handlers.register.submissions import Entry
from outbox.chasing.chasing import ForecastLetter
from outbox.due.set_apart import describe_entry as called
from outbox.sending.closed_addresses import unreachable_contacts
from outbox.writing.commands_to_paste import returns_still_open
from outbox.writing.disclosure_guard import LetterWithheld
from outbox.writing.letter import Draft

FORECAST_DAYS = timedelta(days=7)
# Of these somebody is written to for the first time, or again.
TO_SOMEBODY = frozenset({"add", "back"})
RESUMES_CHASING = TO_SOMEBODY | {"accept", "reject", "assign", "keep", "withdraw", "reopen"}


class WordsWithheld(ExplainedError):
    sentence = (
        "The letter would name a person the review is about, or another case."
        " Nothing was decided; say it in other words."
    )


_KEPT = "It is kept until a person says that the address works: mail to it came back."
_STANDS_WORDS: Mapping[ReturnState, str] = {
    "awaited": "still to come",
    "rejected": "to be mended",
    "referred": "for you to look at",
    "accepted": "accepted",
    "nil": "settled as none held",
    "outside": "seen by the board",
    "waived": "not needed",
}
NO_LETTER = "No letter tells of this."
LETTER_LINE = "Letter ("  # begins what is told of a letter
# What follows from a decision besides moves and letters.
_FOLLOWS = {
    "extend": "Chasing starts anew from that day.",
    "keep": "It is kept as no return.",
    "outside": "It is settled, and shown as seen outside: this service has not looked at it.",
    "prolong": "What agencies owe stays due when it is.",
    "hold": "Nothing in it is chased. What comes is still taken in, judged and answered.",
    "reopen": "Returns are awaited and chased again.",
    "close": "Nothing in it is awaited or chased. What comes for it is held.",
    "add": "From the next round on they are written to when something falls due.",
    "pause": "Nothing but answers to their own messages is sent to them until then.",
    "back": "They are written to again, until another note says that they are away.",
}


def decision_effects(
    app: Application, decisions: Sequence[Decision], carry_out: Callable[[], object]
) -> list[str]:
    """A sentence each. Raises WordsWithheld where a letter about them could not be written."""
    now = app.now()
    before = app.register.case_matrix(now.date())
    waiting = {draft.full_key for draft in _caused(app, now)}
    asked, chased = _asked(app, decisions), forecast_chasers(app, decisions)
    with app.register.dry_run_transaction():
        carry_out()
        after = app.register.case_matrix(now.date())
        letters = [draft for draft in _caused(app, now) if draft.full_key not in waiting]
        for draft in letters:
            _try(app, draft)
        lines = list(_moved(app, before, after))
        still = _asked(app, decisions)
        lines += [_settled(asked[id], app) for id in sorted(asked.keys() - still.keys())]
        lines += [*_left_open(still.values(), app, decisions)]
        lines += dict.fromkeys(_FOLLOWS[d.what] for d in decisions if d.what in _FOLLOWS)
        lines += dict.fromkeys(leaver_lines(app, decisions))
        told = dict.fromkeys(_letter(app, draft) for draft in letters)  # what is the same is one
        heard = {draft.agency_id for draft in letters}
        somebody = all(made.what in TO_SOMEBODY for made in decisions)
        begins = ":" if somebody else " is chased again:"
        later = forecast_chasers(app, decisions, heard)
        chasers = list(resumed_chasing_lines(chased, later, begins))
        # Whoever is written to of our own accord hears of what was decided by that.
        lines += told or ([] if somebody and chasers else [NO_LETTER])
    return [*lines, *chasers]


def _caused(app: Application, now: datetime) -> list[Draft]:
    """The letters that are due, each by itself, also where several would be one: another may be
    due to the same reader already."""
    return [
        one
        for draft in app.correspondence.draft_caused(now, at_once=True)
        for one in draft.apart or (draft,)
    ]


def _asked(app: Application, decisions: Sequence[Decision]) -> dict[int, Entry]:
    """What an agreement may answer, by its number: all that was referred and waits."""
    if not any(decision.what in ("extend", "waive") for decision in decisions):
        return {}
    return {entry.id: entry for entry in app.register.entries.waiting_entries("refer")}


def _settled(entry: Entry, app: Application) -> str:
    """One that waited, and does not any more though nothing is decided about it itself."""
    what = called(entry, app.kinds.get(entry.kind))
    return (
        f"This answers entry {entry.id} too, {what}: it waits for nobody any more."
        " To see it, should it ask for something else as well:"
        f" `scr-intake show {entry.id}`"
    )


def _left_open(
    entries: Iterable[Entry], app: Application, decisions: Sequence[Decision]
) -> Iterator[str]:
    """What asked about these returns among others, for which it goes on waiting."""
    ids = {decision.return_id for decision in decisions}
    rows = _rows(app.register.case_matrix(app.now().date()))
    about = {(agency.id, row.kind): agency for _, agency, row in rows if row.id in ids}
    for entry in entries:
        agreed = app.register.entries.kinds_agreed_since(entry)
        agency = next((about[k] for k in about if k[0] == entry.agency_id and k[1] in agreed), None)
        if agency is not None:
            open = {row.kind for row in returns_still_open(entry, agency, app.kinds, agreed)}
            nouns = join_with_and([kind.noun for kind in app.kinds.all if kind.id in open])
            what = called(entry, app.kinds.get(entry.kind))
            yield f"Entry {entry.id}, {what}, stays open for the {nouns}."


def _try(app: Application, draft: Draft) -> None:
    try:
        app.correspondence.write_unqueued(draft, app.now())
    except LetterWithheld:
        raise WordsWithheld from None


def _moved(app: Application, before: list[CaseRow], after: list[CaseRow]) -> Iterator[str]:
    old = {row.id: row for _, _, row in _rows(before)}
    states = {case.id: case.state for case in before}
    days = {case.id: case.complete_by for case in before}
    for case in after:
        if case.state != states[case.id]:
            yield f"{case.reference} is {states[case.id]}, and becomes {case.state}."
        if case.complete_by != days[case.id]:
            new, was = date_in_words(case.complete_by), date_in_words(days[case.id])
            yield f"{case.reference} is to be complete by {new}; it was {was}."
    for case, agency, row in _rows(after):
        whose = f"{case.reference}, {agency.name}: {app.kinds[row.kind].noun}"
        if row.state != old[row.id].state:
            was, now = _STANDS_WORDS[old[row.id].state], _STANDS_WORDS[row.state]
            yield f"{whose} was {was}, and is {now}."
        if row.due != old[row.id].due:
            old_due = date_without_year(old[row.id].due)
            yield f"{whose} is due {date_without_year(row.due)}; it was {old_due}."


def _rows(cases: list[CaseRow]) -> Iterator[tuple[CaseRow, AgencyRow, ReturnRow]]:
    for case in cases:
        for agency in case.agencies:
            yield from ((case, agency, row) for row in agency.returns)


def _letter(app: Application, draft: Draft) -> str:
    contact = app.register.people.find_contact(draft.recipient.contact_id or 0)
    role = f", {contact.role}" if contact else ""
    kept = f" {_KEPT}" if contact and contact.id in unreachable_contacts(app.database) else ""
    return f"{LETTER_LINE}{draft.kind}) to {draft.recipient.name}{role}.{kept}"


def forecast_chasers(
    app: Application, decisions: Iterable[Decision], heard: Collection[int | None] = ()
) -> list[ForecastLetter]:
    """What would be written, as things stand; nothing for what no chasing hangs on. `heard` are the
    agencies that a letter goes to today, by their ids: they are chased on another day."""
    if not any(made.what in RESUMES_CHASING and made.case_id is not None for made in decisions):
        return []
    today = app.now().date()
    return list(
        app.chasing.forecast_days(today, today + FORECAST_DAYS, app.settings.board.zone_info, heard)
    )


def resumed_chasing_lines(
    before: Sequence[ForecastLetter],
    after: Sequence[ForecastLetter],
    begins: str = " is chased again:",
) -> Iterator[str]:
    """ "N12, Children's Services is chased again: chaser to Mo Tarrant on Monday 13 September, for
    the chronology."."""
    known = {one.draft.full_key for one in before}
    # One about what waits for a decision was to come in any case, if it names less than before.
    waited = {(one.draft.agency_id, one.draft.recipient.email) for one in before if _waits(one)}
    told = set[tuple[int | None, str]]()
    for one in after:
        draft, facts = one.draft, _facts(one)
        reader = (draft.agency_id, draft.recipient.email)
        if draft.full_key in known or reader in told or (_waits(one) and reader in waited):
            continue
        told.add(reader)
        if draft.kind == "undecided":
            yield _about_a_decision(one)
            continue
        what = "a draft for you to release," if draft.to_release else draft.kind
        yield (
            f"{facts.case}, {facts.agency}{begins} {what} to {draft.recipient.name} on"
            f" {date_without_year(one.when.date())}, for the {facts.nouns}."
        )


def _waits(one: ForecastLetter) -> bool:
    return one.draft.kind == "undecided"


def _about_a_decision(one: ForecastLetter) -> str:
    """Nobody is chased by that: it is drafted since the board has not decided."""
    facts, to = _facts(one), one.draft.recipient.name
    return (
        f"{facts.case}, {facts.agency}: a draft for you to release, to {to} on"
        f" {date_without_year(one.when.date())}, about what waits for a decision:"
        f" the {facts.nouns}."
    )


def _facts(one: ForecastLetter) -> Any:
    return one.draft.facts
