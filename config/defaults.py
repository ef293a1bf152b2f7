"""What a kind is given that its own file does not say: the rules by which we cannot tell.

Does: gives a kind every rule of `config/default_rules.toml` that it lacks and that is told in place
of a fault it has, or that its judge is nothing without; and a return that settles the pack, the
words in which people deny. So a kind written before such a rule was thought of is judged by it: a
question that nobody may ask would be told as a fault, or not at all.
Trusts: the files that ship with the program; a mistake in them stops the program at once.
Never touches: what a kind says itself, which goes before.
Known limits: these sentences know no board's noun: they say "it", or "the report".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from pydantic import TypeAdapter

from config.checks import raisable, rules_in
from config.kind import Kind
from config.make_up import MadeOf, made_of
from config.rule import EXACT, Reader, Rule, Severity
from config.shape import Denial, FormShape

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
