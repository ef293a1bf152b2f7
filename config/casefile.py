"""A case as the administrator sets it up: one TOML file.

Does: reads the file, checks it whole against the kinds of return, and lists every problem with
its place.
Trusts: nothing in the file.
Never touches: the register; loading a case into it is `handlers/register`.
Known limits: an agency without contacts is allowed, since they are often named later; nothing
can be sent to it until it has one, and the digest says so.
"""

from __future__ import annotations

import json
import re
import tomllib
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from config.address import Address
from config.disagreements import disagreements
from config.kind import Kinds
from config.part import Day, OneLine, Part, YesOrNo, one_line
from config.problem import Problem, Refused, problems_in, unreadable

Role = Literal["author", "commissioner", "panel representative"]
TO_COMPLETE = 6  # months from the decision ("within 6 months", Toolkit, contract 3.1)

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
_KEPT = frozenset({"done", "returned"})  # folders of the drop folder's own


def _reference(text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise ValueError(
            "should be letters, digits, dots and dashes, such as N12: it stands in subject lines"
        )
    return _no_folder_of_ours(text)


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise ValueError("should be letters, digits and dashes, such as GP: it names a folder")
    return _no_folder_of_ours(text)


def _no_folder_of_ours(text: str) -> str:
    if text.casefold() in _KEPT:
        raise ValueError("is a name that the drop folder keeps for itself")
    return text


def _role(value: object) -> object:
    return value.replace("_", " ").strip().lower() if isinstance(value, str) else value


class Period(Part):
    """The time under review, both days included."""

    begins: Day = Field(alias="from")
    ends: Day = Field(alias="to")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.begins > self.ends:
            raise ValueError("should run forward: `from` is after `to`")
        return self


class SubjectEntry(Part):
    name: OneLine
    born: Day | None = None
    relationship: str = ""


class Contact(Part):
    name: OneLine
    role: Annotated[Role, BeforeValidator(_role)]
    email: Address


class AgencyEntry(Part):
    code: Annotated[str, AfterValidator(_code)]
    name: OneLine
    abbreviations: tuple[OneLine, ...] = ()
    returns: tuple[str, ...] | None = None  # kind ids; None for the whole pack
    contacts: tuple[Contact, ...] = ()
    due: dict[str, Day] = Field(default_factory=dict)


class Milestone(Part):
    """A day on the way to the end of the review: "the first panel meeting". One that is not `done`
    is told first once its day is past."""

    what: OneLine
    on: Day
    done: YesOrNo = False


class CaseFile(Part):
    reference: Annotated[str, AfterValidator(_reference)]
    child_identifier: Annotated[str, AfterValidator(one_line)] = ""
    decided: Day
    complete_by: Day | None = None
    milestones: tuple[Milestone, ...] = ()
    period: Period | None = None
    key_issues: tuple[OneLine, ...] = ()
    staff_interviews: YesOrNo = False
    due: dict[str, Day] = Field(default_factory=dict)
    subjects: tuple[SubjectEntry, ...] = ()
    agencies: tuple[AgencyEntry, ...] = Field(min_length=1)

    @property
    def complete(self) -> date:
        """The day the review should be complete: as set, else six months from the decision."""
        return self.complete_by or _months_after(self.decided, TO_COMPLETE)

    def returns_of(self, agency: AgencyEntry, kinds: Kinds) -> tuple[str, ...]:
        """The kinds this agency owes: its own list, else the pack."""
        return agency.returns if agency.returns is not None else tuple(k.id for k in kinds.pack)

    def due_for(self, agency: AgencyEntry, kind: str) -> date | None:
        """The day one return is due: agreed for this agency, else the case's."""
        return agency.due.get(kind) or self.due.get(kind)


def with_contact(case: CaseFile, code: str, contact: Contact, kinds: Kinds) -> CaseFile:
    """The case with one more person registered for an agency. Raises Refused."""
    others = _contacts(case, code, but=contact.email, role=None)
    changed = _with_contacts(case, code, (*others, contact))
    problems = list(disagreements(json.loads(changed.model_dump_json(by_alias=True)), kinds))
    if problems:
        raise Refused(f"{case.reference}, {code}: this contact cannot be registered.", problems)
    return changed


def without_contact(case: CaseFile, code: str, email: str, role: str | None = None) -> CaseFile:
    """The case with nobody registered for that agency under that address; in one `role`, if only
    that is meant."""
    return _with_contacts(case, code, _contacts(case, code, but=email, role=role))


def _contacts(case: CaseFile, code: str, but: str, role: str | None) -> tuple[Contact, ...]:
    return tuple(
        contact
        for agency in case.agencies
        if agency.code.casefold() == code.casefold()
        for contact in agency.contacts
        if contact.email.casefold() != but.casefold() or role not in (None, contact.role)
    )


def _with_contacts(case: CaseFile, code: str, contacts: tuple[Contact, ...]) -> CaseFile:
    agencies = tuple(
        agency.model_copy(update={"contacts": contacts})
        if agency.code.casefold() == code.casefold()
        else agency
        for agency in case.agencies
    )
    return case.model_copy(update={"agencies": agencies})


def load_case(path: Path, kinds: Kinds) -> CaseFile:
    """Read and check a case file. Raises Refused with every problem."""
    headline = f"The case in {path} cannot be loaded."
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise Refused(headline, [Problem("", unreadable(why))]) from why
    case, problems = _checked(raw)
    problems += disagreements(raw, kinds)
    if case is None or problems:
        raise Refused(headline, problems)
    return case


def _checked(raw: dict[str, Any]) -> tuple[CaseFile | None, list[Problem]]:
    try:
        return CaseFile.model_validate(raw), []
    except ValidationError as why:
        return None, problems_in(why)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
