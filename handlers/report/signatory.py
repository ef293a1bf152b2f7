"""Who signed a report: a person's role, and what stands for name, job, date and signature.

Does: reads signatories out of labelled lines, blocks headed by a role, tables with a row or a
column for each person, and runs of "Signed, Name, Job title, Date".
Trusts: the shape's wordings of roles and parts.
Never touches: whether a signature is genuine; a person looks at that.
Known limits: where nothing says whose block it is, the blocks are taken in the toolkit's order,
author first. A name, a job and a date on lines without any label are not told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.kind import Field, SignOff
from handlers.blank import Filled, read_fields
from handlers.block import Block, Cell, Row, TableEnd
from handlers.finding import Where
from handlers.fold import fold, squash
from handlers.label import entered
from handlers.report.grid import Grid, grids, headed
from handlers.report.passage import passages

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"})


@dataclass(frozen=True, slots=True)
class Signatory:
    """One person. `role` is the role's key; `parts` holds what was found, empty blanks too."""

    role: str
    parts: Mapping[str, Filled]

    def has(self, part: str) -> bool:
        if self._filled(part):
            return True
        if part == "name":  # "Signed: A. Person" states the name as well
            return len(self._text("signature").split()) > 1
        # "Name: A. Person, Named Nurse" states the job as well
        return part == "designation" and "," in self._text("name").strip(", ")

    @property
    def name(self) -> str:
        """Folded, without a title or what follows a comma; "" when there is none."""
        shown = (self._text("name") or self._text("signature")).partition(",")[0]
        words = fold(shown).split()
        return " ".join(words[1:] if words and words[0] in _TITLES else words)

    @property
    def signed_by_picture(self) -> bool:
        signature = self.parts.get("signature")
        return signature is not None and signature.picture and not signature.text

    def _filled(self, part: str) -> bool:
        return part in self.parts and not self.parts[part].blank

    def _text(self, part: str) -> str:
        return self.parts[part].text if part in self.parts else ""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One blank: whose it says it is, what it asks for, and what is in it."""

    role: str | None
    part: str | None
    filled: Filled


def signatories(blocks: Sequence[Block], sign_off: SignOff) -> tuple[Signatory, ...]:
    """One for each role the shape asks for, in its order, however little was found."""
    meanings = _meanings(sign_off)
    groups = _grouped([*_in_tables(blocks, meanings), *_in_lines(blocks, meanings)])
    parts: dict[str, dict[str, Filled]] = {field.key: {} for field in sign_off.roles}
    spare = [key for key in parts if key not in {role for role, _ in groups}]
    for role, found in groups:
        whose = role or (spare.pop(0) if spare else None)
        for part, filled in found.items():
            if whose and (part not in parts[whose] or parts[whose][part].blank):
                parts[whose][part] = filled
    return tuple(Signatory(role, found) for role, found in parts.items())


_Meanings = dict[str, tuple[str | None, str | None, str]]
_UNKNOWN = (None, None, "")


@lru_cache(maxsize=16)
def _meanings(sign_off: SignOff) -> _Meanings:
    """What each label means, by its squashed wording: (role, part, wording); a role or a part
    may be None."""
    out: _Meanings = {}
    for part in sign_off.parts:
        for words in _wordings(part):
            out[squash(words)] = (None, part.key, words)
    for role in sign_off.roles:
        for whose in _wordings(role):
            out[squash(whose)] = (role.key, None, whose)
            for part in sign_off.parts:
                for joined in _joined(whose, part):
                    out[squash(joined)] = (role.key, part.key, joined)
    return out


def _labels(meanings: _Meanings, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The labels that occur here at all: of thousands that may, a handful do, and each costs."""
    shown = squash("\n".join(passage.text for passage in passages(blocks)))
    return tuple(words for whole, (_, _, words) in meanings.items() if whole in shown)


def _wordings(field: Field) -> tuple[str, ...]:
    return (field.label, *field.also)


def _joined(whose: str, part: Field) -> Iterator[str]:
    """ "Author's name", "Name of author", "Signed by the author"."""
    for what in _wordings(part):
        yield f"{whose} {what}"
        yield f"{whose}'s {what}"
        for link in ("of", "of the", "by", "by the"):
            yield f"{what} {link} {whose}"


def _in_lines(blocks: Sequence[Block], meanings: _Meanings) -> Iterator[_Mark]:
    loose = list(blocks)
    for grid in grids(blocks):
        if any(True for _ in _table_marks(grid, meanings)):
            loose[grid.position : grid.end] = [TableEnd(0)] * (grid.end - grid.position)
    for filled in read_fields(loose, _labels(meanings, loose)):
        role, part, _ = meanings[squash(filled.label)]
        yield _Mark(role or _role_in(filled.note, meanings), part, filled)


def _role_in(text: str, meanings: _Meanings) -> str | None:
    """The role that words in brackets or a cell name: "(report author)"."""
    plain = f" {fold(text)} "
    return next(
        (r for r, part, words in meanings.values() if not part and f" {fold(words)} " in plain),
        None,
    )


def _in_tables(blocks: Sequence[Block], meanings: _Meanings) -> Iterator[_Mark]:
    for grid in grids(blocks):
        yield from _table_marks(grid, meanings)


def _table_marks(grid: Grid, meanings: _Meanings) -> Iterator[_Mark]:
    """Marks of a table with a row for each person, or else a column for each."""
    rows = list(_person_rows(grid, meanings))
    yield from rows or _person_columns(grid, meanings)


def _person_rows(grid: Grid, meanings: _Meanings) -> Iterator[_Mark]:
    for under in headed(grid, lambda cell: _part_of(cell, meanings), 3):
        for row in under.rows:
            role = next((r for c in row.cells if (r := _role_in(c.text, meanings))), None)
            for part, cell in under.values(None, row).items():
                if role or not row.blank:
                    yield _Mark(role, part, _from_cell(cell, part, row))


def _person_columns(grid: Grid, meanings: _Meanings) -> Iterator[_Mark]:
    for under in headed(grid, lambda cell: _role_of(cell, meanings), 2):
        for role in under.columns:
            for row in under.rows:
                part = _part_of(row.cells[0], meanings) if row.cells else None
                cell = under.values(None, row).get(role)
                if part and cell is not None:
                    yield _Mark(role, part, _from_cell(cell, part, row))


def _part_of(cell: Cell, meanings: _Meanings) -> str | None:
    role, part, _ = meanings.get(squash(cell.text), _UNKNOWN)
    return part if role is None else None


def _role_of(cell: Cell, meanings: _Meanings) -> str | None:
    role, part, _ = meanings.get(squash(cell.text), _UNKNOWN)
    return role if part is None else None


def _from_cell(cell: Cell, label: str, row: Row) -> Filled:
    where = Where(table=row.table, row=row.number, section=label)
    return Filled(label, entered(cell.text), cell.picture, cell.ticks, 0, where)


def _grouped(marks: Sequence[_Mark]) -> list[tuple[str | None, dict[str, Filled]]]:
    """Marks that belong to one person: a group ends where a role opens or a part comes again."""
    groups: list[tuple[str | None, dict[str, Filled]]] = []
    for mark in marks:
        role, parts = groups[-1] if groups else (None, {})
        part = mark.part or "name"  # "Report author: A. Person"
        opens = mark.part is None and bool(parts)
        if not groups or opens or part in parts or (mark.role and role and mark.role != role):
            role, parts = None, {}
            groups.append((role, parts))
        groups[-1] = (mark.role or role, parts)
        if mark.part or not mark.filled.blank:
            parts[part] = mark.filled
    return [(role, parts) for role, parts in groups if parts]
