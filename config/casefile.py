"""A case as the administrator sets it up: one TOML file.

Does: reads the file, checks it whole against the kinds of return, and lists every problem with
its place.
Trusts: nothing in the file.
Never touches: the register; loading a case into it is `handlers/register`.
Known limits: an agency without contacts is allowed, since they are often named later; nothing
can be sent to it until it has one, and the digest says so.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from config.address import Address
from config.kind import Kinds
from config.problem import Problem, Refused, problems_in

Role = Literal["author", "commissioner", "panel representative"]
TO_COMPLETE = 6  # months from the decision ("within 6 months", Toolkit, contract 3.1)

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")


def _reference(text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise ValueError(
            "should be letters, digits, dots and dashes, such as N12: it stands in subject lines"
        )
    return text


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise ValueError("should be letters, digits and dashes, such as GP: it names a folder")
    return text


def _role(value: object) -> object:
    return value.replace("_", " ").strip().lower() if isinstance(value, str) else value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(_Part):
    """The time under review, both days included."""

    begins: date = Field(alias="from")
    ends: date = Field(alias="to")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.begins > self.ends:
            raise ValueError("should run forward: `from` is after `to`")
        return self


class SubjectEntry(_Part):
    name: str = Field(min_length=1)
    born: date | None = None
    relationship: str = ""


class Contact(_Part):
    name: str = Field(min_length=1)
    role: Annotated[Role, BeforeValidator(_role)]
    email: Address


class AgencyEntry(_Part):
    code: Annotated[str, AfterValidator(_code)]
    name: str = Field(min_length=1)
    abbreviations: tuple[str, ...] = ()
    returns: tuple[str, ...] | None = None  # kind ids; None for the whole pack
    contacts: tuple[Contact, ...] = ()
    due: dict[str, date] = {}


class CaseFile(_Part):
    reference: Annotated[str, AfterValidator(_reference)]
    child_identifier: str = ""
    decided: date
    complete_by: date | None = None
    period: Period | None = None
    key_issues: tuple[str, ...] = ()
    staff_interviews: bool = False
    due: dict[str, date] = {}
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


def load_case(path: Path, kinds: Kinds) -> CaseFile:
    """Read and check a case file. Raises Refused with every problem."""
    headline = f"The case in {path} cannot be loaded."
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise Refused(headline, [Problem("", f"the file cannot be read: {why}")]) from why
    case, problems = _checked(raw)
    if case is not None:
        problems += _disagreements(case, kinds)
    if case is None or problems:
        raise Refused(headline, problems)
    return case


def _checked(raw: dict[str, Any]) -> tuple[CaseFile | None, list[Problem]]:
    try:
        return CaseFile.model_validate(raw), []
    except ValidationError as why:
        return None, problems_in(why)


def _disagreements(case: CaseFile, kinds: Kinds) -> list[Problem]:
    """What each part may say alone but not together."""
    return [
        *_unknown_kinds(case, kinds),
        *_without_due(case, kinds),
        *_before_the_decision(case),
        *_repeated(case),
    ]


def _unknown_kinds(case: CaseFile, kinds: Kinds) -> Iterator[Problem]:
    known = ", ".join(k.id for k in kinds.all)
    named = [("due", kind) for kind in case.due]
    for n, agency in enumerate(case.agencies, 1):
        named += [(f"agencies {n}, due", kind) for kind in agency.due]
        named += [(f"agencies {n}, returns", kind) for kind in agency.returns or ()]
    for place, kind in named:
        if kind not in kinds:
            yield Problem(f"{place}, {kind}", f"is not a kind of return. The kinds are {known}")


def _without_due(case: CaseFile, kinds: Kinds) -> Iterator[Problem]:
    for n, agency in enumerate(case.agencies, 1):
        for kind in case.returns_of(agency, kinds):
            if kind in kinds and case.due_for(agency, kind) is None:
                yield Problem(
                    f"agencies {n} ({agency.code})",
                    f"owes {kind}, which has no due date: add it under [due]",
                )


def _before_the_decision(case: CaseFile) -> Iterator[Problem]:
    dues = [("due", kind, day) for kind, day in case.due.items()]
    for n, agency in enumerate(case.agencies, 1):
        dues += [(f"agencies {n}, due", kind, day) for kind, day in agency.due.items()]
    for place, kind, day in dues:
        if day < case.decided:
            yield Problem(f"{place}, {kind}", "is before the decision to undertake the review")
    if case.complete < case.decided:
        yield Problem("complete_by", "is before the decision to undertake the review")


def _repeated(case: CaseFile) -> Iterator[Problem]:
    codes = Counter(agency.code.casefold() for agency in case.agencies)
    homes: dict[str, set[str]] = {}
    for n, agency in enumerate(case.agencies, 1):
        if codes[agency.code.casefold()] > 1:
            yield Problem(f"agencies {n}, code", f"is used more than once: {agency.code}")
        for contact in agency.contacts:
            homes.setdefault(contact.email.casefold(), set()).add(agency.code)
    for codes_of_one in homes.values():
        if len(codes_of_one) > 1:
            names = " and ".join(sorted(codes_of_one))
            yield Problem(
                "contacts",
                f"one e-mail address is registered for {names}: a sender must belong to one agency",
            )


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
