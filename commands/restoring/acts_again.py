"""What people did after the backup that was restored, each with the command that does it again.

The journal tells it by numbers and codes. A number that is another's here is not put into a
command: whoever pastes it would decide about something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from commands.composition.app import Application
from config.calendar import utc_text
from config.english import count_noun
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import WITHDRAW
from intake.journal import JournalLine
from outbox.sending.after_restore import current_recovery
from outbox.writing import commands_to_paste as paste

# Of these nothing is to be done again: who opened what, and what was true of that register alone.
_OVER = frozenset({AuditAct.OPENED, AuditAct.CHASING_LET_GO, AuditAct.REGISTER_ACCEPTED})
_PLAIN: Mapping[str, str] = {
    AuditAct.OUTBOX_PAUSED: "scr-intake outbox pause",
    AuditAct.OUTBOX_RESUMED: "scr-intake outbox resume",
    AuditAct.KEYS_ROTATED: "scr-intake keys rotate",
    AuditAct.CLOCK_ACCEPTED: "scr-intake clock",
    AuditAct.CASE_LOADED: "scr-intake case load FILE",
    AuditAct.LETTER_RELEASED: "scr-intake letters",  # letters have other numbers
    AuditAct.LETTER_TRIED_AGAIN: "scr-intake letters",
    AuditAct.LETTER_CANCELLED: "scr-intake letters",
}
_BY_PEOPLE = {act for act in AuditAct if act.by_person}
Facts = Mapping[str, Any]


def acts_to_do_again(app: Application, lines: Iterable[JournalLine]) -> list[JournalLine]:
    """Those of them about which something is to be done: not what was undone again, nor what is
    withdrawn here by now, nor what was done here since."""
    return _not_done_since(app, _to_be_done(app, lines))


def _not_done_since(app: Application, lines: list[JournalLine]) -> list[JournalLine]:
    """Each that was done here stands for one of them: the very same first, then one of the same
    return or person, with another day say."""
    current = current_recovery(app.database)
    if current is None or current.until is None:
        return lines
    sql = "SELECT what, detail FROM record WHERE at > ? ORDER BY seq"
    rows = app.database.fetch_rows(sql, utc_text(current.until))
    here = [JournalLine("", dict(row)) for row in rows if row["what"] in _BY_PEOPLE]
    for name in (_wholly, _loosely):
        done, left = [(name(app, line), line) for line in here], list[JournalLine]()
        for line in lines:
            key = name(app, line)
            same = next((each for each in done if each[0] == key), None)
            if same is None:
                left.append(line)
            else:
                done.remove(same)
        lines, here = left, [line for _, line in done]
    return lines


def _wholly(app: Application, line: JournalLine) -> tuple[object, ...]:
    """What tells two acts apart, but for when and by whom each was done."""
    facts = _facts(line)
    return (*_loosely(app, line), facts.get("entry"), facts.get("until"))


def _loosely(app: Application, line: JournalLine) -> tuple[object, ...]:
    """The same without what may be another in this register, or may be decided otherwise."""
    facts, what = _facts(line), line.facts["what"]
    named = [facts.get(name) for name in ("did", "case", "agency")]
    entry = facts.get("entry") if _is_entry_theirs(app, facts) else None
    contact = facts.get("contact") if facts.get("did") != "add" else None
    day = facts.get("until") if what == AuditAct.MILESTONE_DONE else None
    return (what, *named, _kind(app, facts), entry, contact, day)


def _is_entry_theirs(app: Application, facts: Facts) -> bool:
    return bool(facts.get("entry")) and _is_theirs(app, facts)


def _to_be_done(app: Application, lines: Iterable[JournalLine]) -> list[JournalLine]:
    told = [(line, _facts(line)) for line in lines if line.facts["what"] not in _OVER]
    undone = {facts["undoes"] for _, facts in told if facts.get("undoes")}
    made = {facts["decision"] for _, facts in told if facts.get("decision")}
    return [
        line
        for line, facts in told
        if not (facts.get("decision") in undone or facts.get("undoes") in made)
        and not (facts.get("did") == WITHDRAW and _is_withdrawn(app, facts.get("entry")))
    ]


def act_again(app: Application, line: JournalLine) -> str:
    """ "extend, N12, POL, chronology, until 2010-05-14: `scr-intake extend ...`"."""
    facts = _facts(line)
    words = ", ".join(_words(app, facts, line.facts["what"]))
    command = _command(app, facts, line.facts["what"])
    return f"{words}: `{command}`" if command else f"{words}: by a mail of the administrator's"


def withdrawn_before(
    app: Application, lines: Iterable[JournalLine], known: Collection[str]
) -> Iterator[str]:
    """What was withdrawn after the backup and may be back, but for withdrawals of these moments:
    an agency was told that it is destroyed."""
    for line in lines:
        facts = _facts(line)
        if facts.get("did") == WITHDRAW and line.facts["at"] not in known:
            about = ", ".join(_words(app, facts, line.facts["what"])[1:])
            yield (
                f"Withdrawn after the backup, and perhaps back: {about}, by its number then. To"
                f" destroy it again: `{_command(app, facts, line.facts['what'])}`"
            )


def is_withdrawal(line: JournalLine) -> bool:
    return bool(_facts(line).get("did") == WITHDRAW)


def _facts(line: JournalLine) -> Facts:
    told: Facts = json.loads(line.facts["detail"])
    return told


def _is_withdrawn(app: Application, entry: int | None) -> bool:
    found = app.register.entries.get_entry(entry) if entry else None
    return found is not None and found.decided == WITHDRAW


def _words(app: Application, facts: Facts, what: str) -> list[str]:
    parts = [str(facts.get("did") or what)]
    parts += [str(facts[name]) for name in ("case", "agency") if facts.get(name)]
    if kind := _kind(app, facts):
        known = app.kinds.get(kind)
        parts.append(known.noun if known else kind)
    parts += [f"{name} {facts[name]}" for name in ("entry", "letter") if facts.get(name)]
    if facts.get("undoes"):
        parts.append(f"decision {facts['undoes']}")
    if facts.get("changes"):
        parts.append(count_noun(facts["changes"], "change"))
    if facts.get("until"):
        parts.append(f"until {facts['until']}")
    return parts


def _kind(app: Application, facts: Facts) -> str | None:
    """The return that it was about, if that is one of the same agency here too."""
    sql = (
        "SELECT r.kind FROM returns r JOIN agencies a ON a.id = r.agency_id"
        " JOIN cases c ON c.id = a.case_id WHERE r.id = ? AND c.reference = ? AND a.code = ?"
    )
    row = app.database.fetch_row(sql, facts.get("about"), facts.get("case"), facts.get("agency"))
    return str(row["kind"]) if row else None


def _command(app: Application, facts: Facts, what: str) -> str:
    """ "" for what is only done by mail."""
    if what == AuditAct.MILESTONE_DONE:
        return paste.milestone_command(facts["case"], date.fromisoformat(facts["until"]))
    if what in _PLAIN:
        return _PLAIN[what]
    did = facts.get("did", "")
    if facts.get("entry"):
        return _entry_command(app, facts)
    if did in _OF_CASE:
        return _OF_CASE[did](facts["case"] or "REF", _until(facts))
    if did in ("extend", "waive"):
        return _return_command(app, facts)
    if did in _OF_CONTACT:
        return _OF_CONTACT[did](facts["case"], facts["agency"], _email(app, facts), _until(facts))
    return ""


_OF_CASE: Mapping[str, Callable[[str, str], str]] = {
    "hold": lambda case, until: paste.case_command("hold", case),
    "close": lambda case, until: paste.case_command("close", case),
    "reopen": lambda case, until: paste.reopen_case_command(case),
    "prolong": lambda case, until: paste.prolong_case_command(case).replace("DATE", until),
}
_OF_CONTACT: Mapping[str, Callable[[str, str, str, str], str]] = {
    "add": lambda case, agency, email, until: paste.register_command(case, agency, "ROLE", email),
    "remove": lambda case, agency, email, until: paste.remove_contact_command(case, agency, email),
    "back": lambda case, agency, email, until: paste.contact_back_command(case, agency, email),
    "pause": paste.pause_contact_command,
}


def _until(facts: Facts) -> str:
    return str(facts.get("until") or "DATE")


def _return_command(app: Application, facts: Facts) -> str:
    kinds: Collection[str] = (_kind(app, facts) or "KIND",)
    if facts["did"] == "waive":
        return paste.waive_command(facts["case"], facts["agency"], [*kinds])
    until = date.fromisoformat(facts["until"]) if facts.get("until") else None
    return paste.extend_command(facts["case"], facts["agency"], [*kinds], until)


def _entry_command(app: Application, facts: Facts) -> str:
    """By its number, where that is the same agency's here; else that is to be looked up."""
    number, did = facts["entry"], facts.get("did", "")
    id = str(number) if _is_theirs(app, facts) else "ID"
    if did == "assign":
        return f'scr-intake assign {id} --case REF --agency CODE --kind KIND --reason "..."'
    if did == "keep":
        return f'scr-intake assign {id} --kind none --reason "..."'
    if did == WITHDRAW:
        return f'scr-intake entry withdraw {id} --reason "..."'
    if did == "reject" and facts.get("about"):
        return f'scr-intake reject {id} --reason "..." --tell "..."'
    return f'scr-intake {did} {id} --reason "..."' if did in ("accept", "reject") else ""


def _is_theirs(app: Application, facts: Facts) -> bool:
    entry = app.register.entries.get_entry(facts["entry"])
    if entry is None:
        return False
    place = app.register.people.place_of_agency(entry.agency_id or 0)
    whose = (place.reference, place.code) if place else (None, None)
    return whose == (facts.get("case"), facts.get("agency"))


def _email(app: Application, facts: Facts) -> str:
    """Of somebody who is registered here for the same agency."""
    person = app.register.people.find_contact(facts.get("contact") or 0)
    place = app.register.people.place_of_agency(person.agency_id) if person else None
    same = place and (place.reference, place.code) == (facts["case"], facts["agency"])
    return person.email if person and same and facts.get("did") != "add" else "ADDRESS"
