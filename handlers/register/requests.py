"""What a person asks to have done, and the decisions that it comes to: the same for a command and
for a mail.

To decide changes nothing. Whoever carries it out decides once more in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from config.kind import Kinds
from handlers.register import decision
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from handlers.register.entry_decisions import (
    EntryToDecide,
    accept_entry,
    clear_entry,
    keep_entry,
    reject_entry,
)
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.register import Register
from handlers.register.submissions import Entry

RequestKind = Literal[
    "accept",
    "clear",
    "reject",
    "keep",
    "extend",
    "waive",
    "outside",
    "prolong",
    "hold",
    "reopen",
    "close",
]
EntryRule = Callable[[EntryToDecide, Kinds, DecisionReason], Decision | DecisionRefused]
ENTRY_RULES: dict[str, EntryRule] = {
    "accept": accept_entry,
    "clear": clear_entry,
    "reject": reject_entry,
    "keep": keep_entry,
}


@dataclass(frozen=True, slots=True)
class Request:
    """`entries` are decided about, all that still wait or the one; `case` and `agency` are where
    something is of, by reference and code; `kinds` are the returns, and `until` is their new day,
    the day on which they were seen, or the case's new day."""

    what: RequestKind
    because: DecisionReason
    entries: tuple[int, ...] = ()
    case: str = ""
    agency: str = ""
    kinds: tuple[str, ...] = ()
    until: date | None = None


class RequestRules:
    """Decides what a person's wish comes to, or says why it cannot be done."""

    def __init__(self, register: Register, kinds: Kinds, zone: ZoneInfo) -> None:
        self._register = register
        self._kinds = kinds
        self._zone = zone

    def decide(self, request: Request, today: date) -> tuple[Decision, ...] | DecisionRefused:
        """What it comes to as things stand, or why it comes to nothing."""
        if request.what in ENTRY_RULES:
            return self._about_entries(request)
        if request.what in ("extend", "waive", "outside"):
            return self._about_returns(request, today)
        found = self._case(request.case, today)
        if isinstance(found, DecisionRefused):
            return found
        made = self._about_case(found, request, today)
        return made if isinstance(made, DecisionRefused) else (made,)

    def _about_case(
        self, review: CaseRow, request: Request, today: date
    ) -> Decision | DecisionRefused:
        match request.what:
            case "hold" | "reopen" | "close" as what:
                return decision.change_case_state(review, what, request.because)
            case _:
                until = _until(request)
                return decision.prolong_case(review, until, today, request.because)

    def matter(self, id: int) -> EntryToDecide | DecisionRefused:
        """An entry, and what hangs on it."""
        found = self._register.entry_to_decide(id, self._zone)
        return found or DecisionRefused(
            f"There is no entry {id}. To list what waits: `scr-intake held` `scr-intake referred`"
        )

    def _about_entries(self, request: Request) -> tuple[Decision, ...] | DecisionRefused:
        rule = ENTRY_RULES[request.what]
        if len(request.entries) == 1:
            matter = self.matter(request.entries[0])
            if isinstance(matter, DecisionRefused):
                return matter
            made = rule(matter, self._kinds, request.because)
            return made if isinstance(made, DecisionRefused) else (made,)
        rulings = self.rulings(request.entries, rule, request.because)
        decided = tuple(each for each in rulings if isinstance(each, Decision))
        refused = [each for each in rulings if isinstance(each, DecisionRefused)]
        if decided:
            return decided
        return refused[0] if refused else DecisionRefused("None of them waits any more.")

    def rulings(
        self, ids: Sequence[int], rule: EntryRule, because: DecisionReason
    ) -> list[Decision | DecisionRefused]:
        """About those of several that still wait; of the versions of one return, the latest."""
        waiting = latest_versions(self._register.entries.waiting_among(ids))
        matters = self._register.entries_to_decide(waiting, self._zone)
        return [rule(matter, self._kinds, because) for matter in matters]

    def _about_returns(
        self, request: Request, today: date
    ) -> tuple[Decision, ...] | DecisionRefused:
        """One decision a return, all or none; of several it is said of which."""
        made, once = list[Decision](), dict.fromkeys(request.kinds)
        for kind in once:
            found = self._about_return(request, kind, today)
            if isinstance(found, DecisionRefused):
                known = self._kinds.get(kind) if len(once) > 1 else None
                return DecisionRefused(f"{known.noun}: {found.why}") if known else found
            made.append(found)
        return tuple(made)

    def _about_return(self, request: Request, kind: str, today: date) -> Decision | DecisionRefused:
        place = self.find_return(request.case, request.agency, kind, today)
        if isinstance(place, DecisionRefused):
            return place
        if request.what == "waive":
            return decision.waive_return(*place, request.because)
        if request.what == "outside":
            return decision.settle_outside(*place, _until(request), today, request.because)
        return decision.extend_return(*place, _until(request), today, request.because)

    def find_return(
        self, reference: str, code: str, kind: str, today: date
    ) -> tuple[CaseRow, AgencyRow, ReturnRow] | DecisionRefused:
        """A return, with its agency and case."""
        case = self._case(reference, today)
        if isinstance(case, DecisionRefused):
            return case
        agency = find_agency(case, code)
        if isinstance(agency, DecisionRefused):
            return agency
        found = next((row for row in agency.returns if row.kind == kind), None)
        if found is None:
            kinds = ", ".join(row.kind for row in agency.returns)
            return DecisionRefused(
                f"{agency.code} does not owe {kind} in {case.reference}. It owes {kinds}."
            )
        return case, agency, found

    def _case(self, reference: str, today: date) -> CaseRow | DecisionRefused:
        found = self._register.case_matrix(today, reference)
        return found[0] if found else DecisionRefused(no_case_sentence(reference))


def no_case_sentence(reference: str) -> str:
    return f"There is no case {reference}. To list those there are: `scr-intake case list`"


def find_agency(case: CaseRow, code: str) -> AgencyRow | DecisionRefused:
    """The agency of the case that has this code."""
    found = next((a for a in case.agencies if a.code.casefold() == code.casefold()), None)
    if found is not None:
        return found
    codes = ", ".join(agency.code for agency in case.agencies)
    return DecisionRefused(f"There is no agency {code} in {case.reference}. There are {codes}.")


def latest_versions(entries: Sequence[Entry]) -> list[Entry]:
    """Of those for one return the latest."""
    last = {entry.return_id: entry.id for entry in entries}
    return [e for e in entries if e.return_id is None or last[e.return_id] == e.id]


def _until(request: Request) -> date:
    assert request.until is not None  # whoever asks for more time says until when
    return request.until
