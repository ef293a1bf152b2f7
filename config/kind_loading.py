"""Reads the kinds of return, one TOML file each, and gives each the rules that every kind has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from pydantic import TypeAdapter, ValidationError

from config.checks import expand_rule_pattern, raisable_rules
from config.kind import Kind, Kinds
from config.kind_checking import problems_among_kinds, problems_in_kind
from config.kind_parts import PartKeys, part_keys_of
from config.kind_shape import Denial, FormShape, ReportShape, Shape, TableShape
from config.rules import FORBID_EXTRA_KEYS, Rule, RuleReader, Severity
from config.user_file import InvalidUserFile, Problem, validation_problems

HEAVY_SEVERITIES: frozenset[Severity] = frozenset({"fault", "danger"})
_FILE = Path(__file__).with_name("default_rules.toml")
_DENYING = Path(__file__).parent / "kinds" / "nil_return.toml"


@dataclass(frozen=True, slots=True)
class DefaultRule:
    """A rule as it is told where a kind has no words of its own for it.

    `instead_of` are the rules in whose place it is told: only a kind that has one of them, as a
    fault, is given it. One without any is given wherever a check may raise it. One without a
    severity is as heavy as the rule in whose place it is told.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    says: str
    fix: str
    severity: Severity | None = None
    tell: tuple[RuleReader, ...] = ("administrator",)
    instead_of: tuple[str, ...] = ()
    source: str = ""


def add_default_rules(kind: Kind) -> Kind:
    """The kind with all that it lacks."""
    kind = _denying(kind)
    return replace(kind, rules={**kind.rules, **_lacking(kind)})


def _lacking(kind: Kind) -> Mapping[str, Rule]:
    made, may = part_keys_of(kind), raisable_rules(kind)
    return {
        id: rule
        for pattern, default in load_default_rules()[kind.shape.type].items()
        for id in expand_rule_pattern(pattern, made)
        if id in may
        and not kind.includes_rule(id)
        and (rule := _rule(default, kind, made)) is not None
    }


def _rule(default: DefaultRule, kind: Kind, made: PartKeys) -> Rule | None:
    """The rule as this kind is given it, or None where nothing in the kind calls for it."""
    replaced = list(_replaced(default, kind, made))
    if default.severity is None:
        severity, tell = (replaced[0].severity, replaced[0].tell) if replaced else (None, ())
    else:
        severity, tell = default.severity, default.tell
        if default.instead_of and not any(rule.severity in HEAVY_SEVERITIES for rule in replaced):
            return None
    if severity is None:
        return None
    return Rule(severity, default.says, default.fix, tell, default.source)


def _replaced(default: DefaultRule, kind: Kind, made: PartKeys) -> Iterator[Rule]:
    ids = (id for pattern in default.instead_of for id in expand_rule_pattern(pattern, made))
    return (kind.rules[id] for id in ids if kind.includes_rule(id))


@lru_cache(maxsize=1)
def load_default_rules() -> Mapping[str, Mapping[str, DefaultRule]]:
    """Every default by its shape and its rule, which may be a pattern of `config/checks.py`."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, dict[str, DefaultRule]]).validate_python(raw)


def _denying(kind: Kind) -> Kind:
    """A form that settles the pack says that nobody is known, which no list of phrases can tell
    from a return that makes an exception: it is read as the nil return that ships."""
    shape = kind.shape
    if not isinstance(shape, FormShape) or not kind.settles_pack or shape.denial is not None:
        return kind
    ours = _shipped_denial()
    may = [
        f.key
        for f in shape.fields
        if f.reads_as == "text" and kind.includes_rule(f"{f.key}-missing")
    ]
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


SHIPPED_KINDS_FOLDER = Path(__file__).parent / "kinds"

_HEADLINE = "The kinds of return cannot be read."
_KIND = TypeAdapter(Kind)
_SHAPES: Mapping[str, TypeAdapter[Shape]] = {
    "table": TypeAdapter(TableShape),
    "report": TypeAdapter(ReportShape),
    "form": TypeAdapter(FormShape),
}


def load_kinds(own: Path | None = None) -> Kinds:
    """The kinds that ship, and a board's own, which replace or add.

    Raises InvalidUserFile with every problem in every file.
    """
    if own is not None and not own.is_dir():
        raise InvalidUserFile(_HEADLINE, [Problem("", f"{own} is not a folder")])
    found: dict[str, Kind] = {}
    theirs: set[str] = set()
    problems: list[Problem] = []
    for folder in (SHIPPED_KINDS_FOLDER, own) if own else (SHIPPED_KINDS_FOLDER,):
        for path in sorted(folder.glob("*.toml")):
            try:
                kind = load_kind_file(path)
            except InvalidUserFile as refused:
                problems.extend(refused.problems)
            else:
                found[kind.id] = kind
                theirs |= {kind.id} if folder == own else set()
    kinds = Kinds(tuple(sorted(found.values(), key=lambda k: (k.order, k.id))))
    problems = problems or list(problems_among_kinds(kinds, theirs))
    if problems:
        raise InvalidUserFile(_HEADLINE, problems)
    return kinds


def load_kind_file(path: Path) -> Kind:
    """One kind from its file, whose name is its id.

    Raises InvalidUserFile with all its problems.
    """
    try:
        return parse_kind(path.name, path.read_text(encoding="utf-8"))
    except OSError as why:
        raise InvalidUserFile(
            _HEADLINE, [Problem(path.name, f"cannot be read: {why.strerror}")]
        ) from why
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise InvalidUserFile(_HEADLINE, [Problem(path.name, f"is not TOML: {why}")]) from why


@lru_cache(maxsize=64)
def parse_kind(name: str, text: str) -> Kind:
    """The kind that a file of this name and text is; the same text is read once. Raises
    InvalidUserFile and TOMLDecodeError."""
    raw = tomllib.loads(text)
    if "id" in raw:
        slip = Problem(f"{name}, id", "is not a known key: the file's name is the kind's id")
        raise InvalidUserFile(_HEADLINE, [slip])
    return _checked({"id": name.removesuffix(".toml"), **raw}, name)


def _checked(raw: dict[str, Any], name: str) -> Kind:
    """Shape by shape, so that a problem is told once and not once for each possible shape."""
    given = raw.get("shape")
    shape = _SHAPES.get(str(given.get("type"))) if isinstance(given, dict) else None
    if shape is None:
        raise InvalidUserFile(
            _HEADLINE, [Problem(f"{name}, shape, type", f"is not one of {', '.join(_SHAPES)}")]
        )
    problems: list[Problem] = []
    try:
        body = shape.validate_python(given)
    except ValidationError as why:
        problems, body = validation_problems(why, f"{name}, shape"), FormShape(fields=())
    try:
        kind = _KIND.validate_python({**raw, "shape": body})
    except ValidationError as why:
        problems += validation_problems(why, name)
    else:
        kind = add_default_rules(kind)
        problems += problems_in_kind(kind, name)
    if problems:
        raise InvalidUserFile(_HEADLINE, problems)
    return kind
