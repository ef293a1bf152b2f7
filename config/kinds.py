"""The kinds of return the board knows, read from one TOML a kind.

Does: reads `config/kinds/*.toml` (and a board's own folder after it, which may replace a kind or
add one), checks every file whole, and lists every problem with its place.
Trusts: nothing in the files.
Never touches: documents, the register.
Known limits: a rule that a kind leaves out is not looked for, which may be meant; but for those by
which we cannot tell (`config/defaults.py`). One whose name no check knows is refused
(`config/kind_checking.py`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config.defaults import completed
from config.kind import Kind, Kinds
from config.kind_checking import slips_among, slips_in
from config.problem import Problem, Refused, problems_in
from config.shape import FormShape, ReportShape, Shape, TableShape

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
