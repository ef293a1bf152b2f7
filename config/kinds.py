"""The kinds of return the board knows, read from one TOML a kind.

Does: reads `config/kinds/*.toml` (and a board's own folder after it, which may replace a kind or
add one), checks every file whole, and lists every problem with its place.
Trusts: nothing in the files. A kind must carry every rule that its shape can raise.
Never touches: documents, the register.
Known limits: a placeholder in a rule's words is checked when the rule is first told, and by the
tests of the kinds that ship, not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config.kind import FormShape, Kind, Kinds, ReportShape, Shape, TableShape
from config.problem import Problem, Refused, problems_in

SHIPPED = Path(__file__).parent / "kinds"

_HEADLINE = "The kinds of return cannot be read."
_KIND = TypeAdapter(Kind)
_SHAPES: Mapping[str, TypeAdapter[Shape]] = {
    "table": TypeAdapter(TableShape),
    "report": TypeAdapter(ReportShape),
    "form": TypeAdapter(FormShape),
}


def load_kinds(folders: Iterable[Path] = (SHIPPED,)) -> Kinds:
    """Read every kind. Raises Refused with every problem in every file."""
    found: dict[str, Kind] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                kind = load_kind(path)
            except Refused as refused:
                problems.extend(refused.problems)
            else:
                found[kind.id] = kind
    if problems:
        raise Refused(_HEADLINE, problems)
    return Kinds(tuple(sorted(found.values(), key=lambda k: (k.order, k.id))))


def load_kind(path: Path) -> Kind:
    """One kind from its file, whose name is its id. Raises Refused with all its problems."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise Refused(_HEADLINE, [Problem(path.name, f"is not TOML: {why}")]) from why
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
    if problems:
        raise Refused(_HEADLINE, problems)
    return kind
