"""What each part of a case file may say alone, but not together.

Does: reads the file as it stands, also where parts of it are refused already, so that a person
is told everything at once.
Trusts: nothing; what is not of the right shape is passed over here, since its own problem is told.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from config.kind import Kinds
from config.problem import Problem

_EARLY = "is before the decision to undertake the review"


def disagreements(raw: dict[str, Any], kinds: Kinds) -> Iterator[Problem]:
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
    pack = [kind.id for kind in kinds.pack]
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
