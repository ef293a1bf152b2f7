"""Reads the kinds of return, one TOML file each, and gives each the rules that every kind has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from pydantic import TypeAdapter, ValidationError

from config.checks import raisable, rules_in
from config.kind import Kind, Kinds
from config.kind_checking import slips_among, slips_in
from config.kind_parts import MadeOf, made_of
from config.kind_shape import Denial, FormShape, ReportShape, Shape, TableShape
from config.rules import EXACT, Reader, Rule, Severity
from config.user_file import Problem, Refused, problems_in

HEAVY: frozenset[Severity] = frozenset({"fault", "danger"})
_FILE = Path(__file__).with_name("default_rules.toml")
_DENYING = Path(__file__).parent / "kinds" / "nil_return.toml"


@dataclass(frozen=True, slots=True)
class Default:
    """A rule as it is told where a kind has no words of its own for it.

    `instead_of` are the rules in whose place it is told: only a kind that has one of them, as a
    fault, is given it. One without any is given wherever a check may raise it. One without a
    severity is as heavy as the rule in whose place it is told.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = EXACT

    says: str
    fix: str
    severity: Severity | None = None
    tell: tuple[Reader, ...] = ("administrator",)
    instead_of: tuple[str, ...] = ()
    source: str = ""


def completed(kind: Kind) -> Kind:
    """The kind with all that it lacks."""
    kind = _denying(kind)
    return replace(kind, rules={**kind.rules, **_lacking(kind)})


def _lacking(kind: Kind) -> Mapping[str, Rule]:
    made, may = made_of(kind), raisable(kind)
    return {
        id: rule
        for pattern, default in defaults()[kind.shape.type].items()
        for id in rules_in(pattern, made)
        if id in may and not kind.asks(id) and (rule := _rule(default, kind, made)) is not None
    }


def _rule(default: Default, kind: Kind, made: MadeOf) -> Rule | None:
    """The rule as this kind is given it, or None where nothing in the kind calls for it."""
    replaced = list(_replaced(default, kind, made))
    if default.severity is None:
        severity, tell = (replaced[0].severity, replaced[0].tell) if replaced else (None, ())
    else:
        severity, tell = default.severity, default.tell
        if default.instead_of and not any(rule.severity in HEAVY for rule in replaced):
            return None
    if severity is None:
        return None
    return Rule(severity, default.says, default.fix, tell, default.source)


def _replaced(default: Default, kind: Kind, made: MadeOf) -> Iterator[Rule]:
    ids = (id for pattern in default.instead_of for id in rules_in(pattern, made))
    return (kind.rules[id] for id in ids if kind.asks(id))


@lru_cache(maxsize=1)
def defaults() -> Mapping[str, Mapping[str, Default]]:
    """Every default by its shape and its rule, which may be a pattern of `config/checks.py`."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, dict[str, Default]]).validate_python(raw)


def _denying(kind: Kind) -> Kind:
    """A form that settles the pack says that nobody is known, which no list of phrases can tell
    from a return that makes an exception: it is read as the nil return that ships."""
    shape = kind.shape
    if not isinstance(shape, FormShape) or not kind.settles_pack or shape.denial is not None:
        return kind
    ours = _shipped_denial()
    may = [f.key for f in shape.fields if f.reads_as == "text" and kind.asks(f"{f.key}-missing")]
    if ours.field not in may:
        may = [f.key for f in shape.fields if f.key in may and f.said_by]
    if not may:
        return kind
    field = ours.field if ours.field in may else may[0]
    return replace(kind, shape=replace(shape, denial=replace(ours, field=field)))


@lru_cache(maxsize=1)
def _shipped_denial() -> Denial:
    raw = tomllib.loads(_DENYING.read_text(encoding="utf-8"))
    return TypeAdapter(Denial).validate_python(raw["shape"]["denial"])


SHIPPED = Path(__file__).parent / "kinds"

_HEADLINE = "The kinds of return cannot be read."
_KIND = TypeAdapter(Kind)
_SHAPES: Mapping[str, TypeAdapter[Shape]] = {
    "table": TypeAdapter(TableShape),
    "report": TypeAdapter(ReportShape),
    "form": TypeAdapter(FormShape),
}


def load_kinds(own: Path | None = None) -> Kinds:
    """The kinds that ship, and a board's own, which replace or add. Raises Refused with every
    problem in every file."""
    if own is not None and not own.is_dir():
        raise Refused(_HEADLINE, [Problem("", f"{own} is not a folder")])
    found: dict[str, Kind] = {}
    theirs: set[str] = set()
    problems: list[Problem] = []
    for folder in (SHIPPED, own) if own else (SHIPPED,):
        for path in sorted(folder.glob("*.toml")):
            try:
                kind = load_kind(path)
            except Refused as refused:
                problems.extend(refused.problems)
            else:
                found[kind.id] = kind
                theirs |= {kind.id} if folder == own else set()
    kinds = Kinds(tuple(sorted(found.values(), key=lambda k: (k.order, k.id))))
    problems = problems or list(slips_among(kinds, theirs))
    if problems:
        raise Refused(_HEADLINE, problems)
    return kinds


def load_kind(path: Path) -> Kind:
    """One kind from its file, whose name is its id. Raises Refused with all its problems."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as why:
        raise Refused(_HEADLINE, [Problem(path.name, f"cannot be read: {why.strerror}")]) from why
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise Refused(_HEADLINE, [Problem(path.name, f"is not TOML: {why}")]) from why
    if "id" in raw:
        slip = Problem(f"{path.name}, id", "is not a known key: the file's name is the kind's id")
        raise Refused(_HEADLINE, [slip])
    return _checked({"id": path.stem, **raw}, path.name)


def _checked(raw: dict[str, Any], name: str) -> Kind:
    """Shape by shape, so that a problem is told once and not once for each possible shape."""
    given = raw.get("shape")
    shape = _SHAPES.get(str(given.get("type"))) if isinstance(given, dict) else None
    if shape is None:
        raise Refused(
            _HEADLINE, [Problem(f"{name}, shape, type", f"is not one of {', '.join(_SHAPES)}")]
        )
    problems: list[Problem] = []
    try:
        body = shape.validate_python(given)
    except ValidationError as why:
        problems, body = problems_in(why, f"{name}, shape"), FormShape(fields=())
    try:
        kind = _KIND.validate_python({**raw, "shape": body})
    except ValidationError as why:
        problems += problems_in(why, name)
    else:
        kind = completed(kind)
        problems += slips_in(kind, name)
    if problems:
        raise Refused(_HEADLINE, problems)
    return kind
