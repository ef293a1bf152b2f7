"""What a place is called, by what is printed on the form.

Does: names a criterion by how it begins, and a statement by what it is about: the toolkit's forms
number neither (failure mode 91: an author mends what they can find). A number stands beside it
where the author's own form prints one.
Trusts: the kind's TOML.
Never touches: documents; a board's own words alone are repeated.
Known limits: without its kind, or where its kind knows it no more, it is called by its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from config.kind import Kind
from config.shape import FormShape, ReportShape
from outbox.words import listed

FEWEST = 4  # words of a wording that are repeated, and more until no other begins so
# No wording is broken off after one of these.
_LEAN_ON = frozenset(
    {
        "a",
        "an",
        "any",
        "as",
        "at",
        "been",
        "by",
        "for",
        "from",
        "has",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
    }
    | {"all", "and", "are", "critical", "full", "individual", "racial", "to", "well", "within"}
)


def criteria(
    numbers: Sequence[int], kind: Kind | None, printed: Mapping[int, int] | None = None
) -> str:
    """'the criterion that begins "Access to legal advice"', or by number. `printed` are the numbers
    that the author's own form has before some of them."""
    known = _criteria(kind)
    if not numbers:
        return ""
    if any(number not in known for number in numbers):
        noun = "criterion" if len(numbers) == 1 else "criteria"
        return f"{noun} {listed([str(number) for number in numbers])}"
    own = {number: f" (number {shown})" for number, shown in (printed or {}).items()}
    begins = listed([f'"{known[number]}"{own.get(number, "")}' for number in numbers])
    return f"the criteri{'on that begins' if len(numbers) == 1 else 'a that begin'} {begins}"


def section(name: str, kind: Kind | None) -> str:
    """A section, a field or a statement: 'the statement about SMART recommendations'."""
    shape = kind.shape if kind else None
    if isinstance(shape, FormShape):
        for n, statement in enumerate(shape.statements):
            if name == _name(shape, n):
                return _statement(shape, n, statement)
    return name


def in_plan(name: str | None, kind: Kind | None) -> bool:
    """Whether a place is in a report's action plan, which is named before its rows."""
    shape = kind.shape if kind else None
    plan = shape.plan if isinstance(shape, ReportShape) else None
    return plan is not None and name is not None and name.split(", ")[0] == plan.label


def _name(shape: FormShape, n: int) -> str:
    """What the judge calls it."""
    return shape.statement_names[n] if n < len(shape.statement_names) else f"statement {n + 1}"


def _statement(shape: FormShape, n: int, statement: str) -> str:
    if n < len(shape.statement_places):
        return shape.statement_places[n]
    if not _name(shape, n).startswith("statement "):
        return _name(shape, n)
    return f'the statement that begins "{_beginnings(shape.statements)[n]}"'


def _criteria(kind: Kind | None) -> dict[int, str]:
    shape = kind.shape if kind else None
    if not isinstance(shape, FormShape):
        return {}
    begins = _beginnings(tuple(criterion.text for criterion in shape.criteria))
    return {c.number: said for c, said in zip(shape.criteria, begins, strict=True)}


@lru_cache(maxsize=64)
def _beginnings(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """The first few words of each, as many as tell it from the others."""
    return tuple(_beginning(wording, wordings) for wording in wordings)


def _beginning(wording: str, among: Sequence[str]) -> str:
    words = wording.split()
    for length in range(min(FEWEST, len(words)), len(words)):
        said = " ".join(words[:length])
        alone = sum(other.startswith(said) for other in among) == 1
        if alone and words[length - 1].casefold() not in _LEAN_ON:
            return said.rstrip(".,;:")
    return wording.rstrip(".,;:")
