"""A case as the administrator sets it up: one TOML file."""

from __future__ import annotations

import json
import re
import tomllib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from config.email_address import EmailAddress
from config.kind import Kinds
from config.user_file import (
    InvalidUserFile,
    OneLineText,
    Problem,
    StrictDate,
    StrictModel,
    YesOrNo,
    require_one_line,
    unreadable_reason,
    validation_problems,
)

_EARLY = "is before the decision to undertake the review"


def case_file_problems(raw: dict[str, Any], kinds: Kinds) -> Iterator[Problem]:
    """Every one, with its place. `raw` is the file as TOML reads it."""
    yield from _unknown_kinds(raw, kinds)
    yield from _without_due(raw, kinds)
    yield from _before_the_decision(raw)
    yield from _milestones_repeated(raw)
    yield from _codes_repeated(raw)
    yield from _addresses_shared(raw)


def _unknown_kinds(raw: dict[str, Any], kinds: Kinds) -> Iterator[Problem]:
    known = f". The kinds are {', '.join(kind.id for kind in kinds.all)}"
    named: list[tuple[str, object]] = [(place, kind) for place, kind, _ in _dues(raw)]
    for n, agency in _agencies(raw):
        named += [(f"agencies {n}, returns", kind) for kind in _list(agency.get("returns"))]
    for place, kind in named:
        if isinstance(kind, str) and kind not in kinds:
            yield Problem(f"{place}, {kind}", f"is not a kind of return{known}")
            known = ""  # once is enough


def _without_due(raw: dict[str, Any], kinds: Kinds) -> Iterator[Problem]:
    pack = [kind.id for kind in kinds.pack_kinds]
    for n, agency in _agencies(raw):
        given = {*_table(raw.get("due")), *_table(agency.get("due"))}
        for kind in _list(agency["returns"]) if "returns" in agency else pack:
            if kind in kinds and kind not in given:
                what = f"owes {kind}, which has no due date: add it under [due]"
                yield Problem(f"agencies {n}", what)


def _before_the_decision(raw: dict[str, Any]) -> Iterator[Problem]:
    decided = raw.get("decided")
    days = [(f"{place}, {kind}", day) for place, kind, day in _dues(raw)]
    days += [(f"milestones {n}, on", each.get("on")) for n, each in _milestones(raw)]
    for place, day in [*days, ("complete_by", raw.get("complete_by"))]:
        if type(day) is date and type(decided) is date and day < decided:
            yield Problem(place, _EARLY)


def _milestones_repeated(raw: dict[str, Any]) -> Iterator[Problem]:
    """A calendar tells them apart by what they are called."""
    named = [(n, str(each["what"]).casefold()) for n, each in _milestones(raw) if "what" in each]
    times = Counter(what for _, what in named)
    for n, what in named:
        if times[what] > 1:
            yield Problem(f"milestones {n}, what", "is used more than once")


def _codes_repeated(raw: dict[str, Any]) -> Iterator[Problem]:
    codes = [(n, str(agency["code"])) for n, agency in _agencies(raw) if "code" in agency]
    times = Counter(code.casefold() for _, code in codes)
    for n, code in codes:
        if times[code.casefold()] > 1:
            yield Problem(f"agencies {n}, code", "is used more than once")


def _addresses_shared(raw: dict[str, Any]) -> Iterator[Problem]:
    """A sender must belong to one agency."""
    homes: dict[str, dict[int, str]] = {}
    for n, agency in _agencies(raw):
        for m, contact in _numbered(agency.get("contacts")):
            email = contact.get("email")
            if isinstance(email, str):
                homes.setdefault(email.casefold(), {})[n] = f"agencies {n}, contacts {m}"
    for places in homes.values():
        if len(places) > 1:
            first, *others = places.values()
            yield Problem(f"{first}, email", f"is also that of {' and '.join(others)}")


def _dues(raw: dict[str, Any]) -> Iterator[tuple[str, str, object]]:
    """Each due date: where it stands, for which kind, and what is written there."""
    yield from (("due", kind, day) for kind, day in _table(raw.get("due")).items())
    for n, agency in _agencies(raw):
        for kind, day in _table(agency.get("due")).items():
            yield f"agencies {n}, due", kind, day


def _milestones(raw: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    return _numbered(raw.get("milestones"))


def _agencies(raw: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    return _numbered(raw.get("agencies"))


def _numbered(value: object) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables in a list, counted from one as people count."""
    return ((n, item) for n, item in enumerate(_list(value), 1) if isinstance(item, dict))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


Role = Literal["author", "commissioner", "panel representative"]
MONTHS_TO_COMPLETE = 6  # months from the decision ("within 6 months", Toolkit, contract 3.1)

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


class Period(StrictModel):
    """The time under review, both days included."""

    begins: StrictDate = Field(alias="from")
    ends: StrictDate = Field(alias="to")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.begins > self.ends:
            raise ValueError("should run forward: `from` is after `to`")
        return self


class SubjectEntry(StrictModel):
    name: OneLineText
    born: StrictDate | None = None
    relationship: str = ""


class Contact(StrictModel):
    name: OneLineText
    role: Annotated[Role, BeforeValidator(_role)]
    email: EmailAddress


class AgencyEntry(StrictModel):
    code: Annotated[str, AfterValidator(_code)]
    name: OneLineText
    abbreviations: tuple[OneLineText, ...] = ()
    returns: tuple[str, ...] | None = None  # kind ids; None for the whole pack
    contacts: tuple[Contact, ...] = ()
    due: dict[str, StrictDate] = Field(default_factory=dict)


class Milestone(StrictModel):
    """A day on the way to the end of the review: "the first panel meeting". One that is not `done`
    is told first once its day is past."""

    what: OneLineText
    on: StrictDate
    done: YesOrNo = False


class CaseFile(StrictModel):
    reference: Annotated[str, AfterValidator(_reference)]
    child_identifier: Annotated[str, AfterValidator(require_one_line)] = ""
    decided: StrictDate
    complete_by: StrictDate | None = None
    milestones: tuple[Milestone, ...] = ()
    period: Period | None = None
    key_issues: tuple[OneLineText, ...] = ()
    staff_interviews: YesOrNo = False
    due: dict[str, StrictDate] = Field(default_factory=dict)
    subjects: tuple[SubjectEntry, ...] = ()
    agencies: tuple[AgencyEntry, ...] = Field(min_length=1)

    @property
    def completion_date(self) -> date:
        """The day the review should be complete: as set, else six months from the decision."""
        return self.complete_by or _months_after(self.decided, MONTHS_TO_COMPLETE)

    def kinds_owed_by(self, agency: AgencyEntry, kinds: Kinds) -> tuple[str, ...]:
        """The kinds this agency owes: its own list, else the pack."""
        return (
            agency.returns if agency.returns is not None else tuple(k.id for k in kinds.pack_kinds)
        )

    def due_date_for(self, agency: AgencyEntry, kind: str) -> date | None:
        """The day one return is due: agreed for this agency, else the case's."""
        return agency.due.get(kind) or self.due.get(kind)


def case_with_contact(case: CaseFile, code: str, contact: Contact, kinds: Kinds) -> CaseFile:
    """The case with one more person registered for an agency. Raises InvalidUserFile."""
    others = _contacts(case, code, but=contact.email, role=None)
    changed = _with_contacts(case, code, (*others, contact))
    problems = list(case_file_problems(json.loads(changed.model_dump_json(by_alias=True)), kinds))
    if problems:
        raise InvalidUserFile(
            f"{case.reference}, {code}: this contact cannot be registered.", problems
        )
    return changed


def case_with_address(case: CaseFile, code: str, email: str, new: str) -> CaseFile:
    """The case with whoever is registered there under one address under another as well."""
    others, own = (
        _contacts(case, code, but=new, role=None),
        _contacts(case, code, but="", role=None),
    )
    also = (
        contact.model_copy(update={"email": new})
        for contact in own
        if contact.email.casefold() == email.casefold()
    )
    return _with_contacts(case, code, (*others, *also))


def case_without_contact(
    case: CaseFile, code: str, email: str, role: str | None = None
) -> CaseFile:
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


def load_case_file(path: Path, kinds: Kinds) -> CaseFile:
    """Read and check a case file. Raises InvalidUserFile with every problem."""
    headline = f"The case in {path} cannot be loaded."
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise InvalidUserFile(headline, [Problem("", unreadable_reason(why))]) from why
    case, problems = _checked(raw)
    problems += case_file_problems(raw, kinds)
    if case is None or problems:
        raise InvalidUserFile(headline, problems)
    return case


def _checked(raw: dict[str, Any]) -> tuple[CaseFile | None, list[Problem]]:
    try:
        return CaseFile.model_validate(raw), []
    except ValidationError as why:
        return None, validation_problems(why)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
