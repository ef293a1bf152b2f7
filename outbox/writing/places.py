"""Where findings are, told by what is printed, in as few words as they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from config.english import join_with_and
from config.kind import Kind
from config.kind_shape import FormShape, ReportShape
from handlers.findings import Finding, FindingPlace

MIN_WORDS = 4  # words of a wording that are repeated, and more until no other begins so
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


def criteria_phrase(
    numbers: Sequence[int], kind: Kind | None, printed: Mapping[int, int] | None = None
) -> str:
    """'the criterion that begins "Access to legal advice"', or by number. `printed` are the numbers
    that the author's own form has before some of them."""
    known = _criteria(kind)
    if not numbers:
        return ""
    if any(number not in known for number in numbers):
        noun = "criterion" if len(numbers) == 1 else "criteria"
        return f"{noun} {join_with_and([str(number) for number in numbers])}"
    own = {number: f" (number {shown})" for number, shown in (printed or {}).items()}
    begins = join_with_and([f'"{known[number]}"{own.get(number, "")}' for number in numbers])
    return f"the criteri{'on that begins' if len(numbers) == 1 else 'a that begin'} {begins}"


def section_phrase(name: str, kind: Kind | None) -> str:
    """A section, a field or a statement: 'the statement about SMART recommendations'."""
    shape = kind.shape if kind else None
    if isinstance(shape, FormShape):
        for n, statement in enumerate(shape.statements):
            if name == _name(shape, n):
                return _statement(shape, n, statement)
    return name


def is_in_plan(name: str | None, kind: Kind | None) -> bool:
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
    for length in range(min(MIN_WORDS, len(words)), len(words)):
        said = " ".join(words[:length])
        alone = sum(other.startswith(said) for other in among) == 1
        if alone and words[length - 1].casefold() not in _LEAN_ON:
            return said.rstrip(".,;:")
    return wording.rstrip(".,;:")


SECTION_MISSING_RULE = "section-missing"
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One cause, all its places, and how to put it right. `place` is "" for the whole document."""

    place: str
    message: str
    fix: str


@dataclass(slots=True)
class _Group:
    first: Finding
    places: list[FindingPlace]
    more: str = ""


def group_into_changes(
    findings: Iterable[Finding], kind: Kind | None = None, among: Iterable[Finding] = ()
) -> tuple[Change, ...]:
    """The findings by cause, in the order they were met, with places as they are printed on a
    return of that kind. `among` are all that are told of it: a table is named in one part of a
    letter where another part speaks of another table."""
    findings, groups = tuple(findings), list[_Group]()
    for finding in _by_the_whole(findings):
        group = next((g for g in groups if _same(g.first, finding)), None)
        if group is None:
            groups.append(_Group(finding, [finding.where]))
        elif finding.message == group.first.message:
            group.places.append(finding.where)
        else:
            group.more = finding.message[len(group.first.message) :]
    told = (*findings, *among)
    several = {f.where.table for f in told} - {None} != {1}
    several |= any(f.rule == "table-unread" for f in told)
    return tuple(_change(group, kind, named=several) for group in groups)


def _same(one: Finding, other: Finding) -> bool:
    """One cause: the same rule, words and column, or the same words of the whole document's parts.
    The count of the rest begins with the same words (see `handlers/findings.py`)."""
    return (
        (one.rule == other.rule or (one.message == other.message and _is_part(one, other)))
        and one.fix == other.fix
        and one.where.column == other.where.column
        and (one.where.table == other.where.table or _in_rows(one, other))
        and (one.where.row is None or one.where.section == other.where.section)
        and other.message.startswith(one.message)
    )


def _is_part(one: Finding, other: Finding) -> bool:
    """Whether both tell of blanks of a form, or of sections, and not of a table's cells."""
    return all(f.where.section and f.where.row is None for f in (one, other))


def _by_the_whole(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """The findings, what is told of the parts of a missing section told with the section: whoever
    adds it adds them, and one change says all that goes there."""
    missing = {f.where.section for f in findings if f.rule == SECTION_MISSING_RULE}
    for finding in findings:
        whole = finding.where.section if finding.where.section in missing else None
        if finding.rule == SECTION_MISSING_RULE:
            parts = [
                f.fix
                for f in findings
                if f.rule != SECTION_MISSING_RULE and f.where.section == whole
            ]
            yield replace(finding, fix=" ".join((finding.fix, *_asked_once(dict.fromkeys(parts)))))
        elif whole is None:
            yield finding


def _asked_once(fixes: Iterable[str]) -> Iterator[str]:
    """ "Please add the words ...", and after it "Then add the words ...": one request."""
    asked = False
    for fix in fixes:
        yield f"Then {fix.removeprefix(_PLEASE)}" if asked and fix.startswith(_PLEASE) else fix
        asked = asked or fix.startswith(_PLEASE)


_PLEASE = "Please "


def _in_rows(one: Finding, other: Finding) -> bool:
    """Whether both tell of rows, so that rows of several tables are one sentence."""
    return one.where.row is not None and (
        other.where.row is not None or other.message != one.message
    )


def _change(group: _Group, kind: Kind | None, *, named: bool) -> Change:
    place = _places(group.places, kind, named)
    return Change(place, f"{group.first.message}{group.more}", group.first.fix)


def _places(places: list[FindingPlace], kind: Kind | None, named: bool) -> str:
    """`named` says whether the table has to be named, because there is more than one. An action
    plan is named by what stands over it, since nobody counts a report's tables."""
    first = places[0]
    rows = _rows([w.row for w in places if w.row is not None])
    if first.section and is_in_plan(first.section, kind):
        return ", ".join(part for part in (first.section, rows, first.column) if part)
    tables = list(dict.fromkeys(w.table for w in places if w.row is not None))
    if len(tables) > 1:
        rows = join_with_and([_rows_of(table, places) for table in tables])
    parts = [
        _table(first) if named and len(tables) < 2 else "",
        rows,
        first.column or "",
        criteria_phrase(
            [w.criterion for w in places if w.criterion is not None], kind, _printed(places)
        ),
        _sections(
            list(dict.fromkeys(section_phrase(w.section, kind) for w in places if w.section))
        ),
    ]
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _sections(names: list[str]) -> str:
    """ "Front sheet, Author and Date": what several have before a comma is said once."""
    heads = {name.partition(", ")[0] for name in names}
    if len(names) > 1 and len(heads) == 1 and all(", " in name for name in names):
        return f"{heads.pop()}, {join_with_and([name.partition(', ')[2] for name in names])}"
    return join_with_and(names)


def _rows_of(table: int | None, places: list[FindingPlace]) -> str:
    """ "rows 3 and 6 of table 2"."""
    return f"{_rows([w.row for w in places if w.row and w.table == table])} of table {table}"


def _table(where: FindingPlace) -> str:
    """Where a table as a whole is meant: "the third table". Nobody sees its number in Word."""
    if where.table is None:
        return ""
    if where.row is None and where.table <= len(_NTH):
        return f"the {_NTH[where.table - 1]} table"
    return f"table {where.table}"


def _printed(places: list[FindingPlace]) -> dict[int, int]:
    """The numbers that the author's form prints before its criteria."""
    return {w.criterion: w.number for w in places if w.criterion is not None and w.number}


def _rows(numbers: list[int]) -> str:
    if not numbers:
        return ""
    return f"{'row' if len(numbers) == 1 else 'rows'} {join_with_and([str(n) for n in numbers])}"
