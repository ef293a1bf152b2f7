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

from config.shape import SignOff
from handlers.document.blank import Filled, read_fields
from handlers.document.block import Block, Cell, Row, TableEnd
from handlers.document.label import entered
from handlers.finding import Where
from handlers.report.grid import Grid, grids, headed
from handlers.report.roles import Meanings, labels, meanings, part_of, role_in, role_of
from handlers.typed.fold import fold, squash

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
    known = meanings(sign_off)
    groups = _grouped([*_in_tables(blocks, known), *_in_lines(blocks, known)])
    parts: dict[str, dict[str, Filled]] = {field.key: {} for field in sign_off.roles}
    spare = [key for key in parts if key not in {role for role, _ in groups}]
    for role, found in groups:
        whose = role or (spare.pop(0) if spare else None)
        for part, filled in found.items():
            if whose and (part not in parts[whose] or parts[whose][part].blank):
                parts[whose][part] = filled
    return tuple(Signatory(role, found) for role, found in parts.items())


def _in_lines(blocks: Sequence[Block], known: Meanings) -> Iterator[_Mark]:
    loose = list(blocks)
    for grid in grids(blocks):
        if any(True for _ in _table_marks(grid, known)):
            loose[grid.position : grid.end] = [TableEnd(0)] * (grid.end - grid.position)
    for filled in read_fields(loose, labels(known, loose)):
        role, part, _ = known[squash(filled.label)]
        yield _Mark(role or role_in(filled.note, known), part, filled)


def _in_tables(blocks: Sequence[Block], known: Meanings) -> Iterator[_Mark]:
    for grid in grids(blocks):
        yield from _table_marks(grid, known)


def _table_marks(grid: Grid, known: Meanings) -> Iterator[_Mark]:
    """Marks of a table with a row for each person, or else a column for each."""
    rows = list(_person_rows(grid, known))
    yield from rows or _person_columns(grid, known)


def _person_rows(grid: Grid, known: Meanings) -> Iterator[_Mark]:
    for under in headed(grid, lambda cell: part_of(cell, known), 3):
        for row in under.rows:
            role = next((r for c in row.cells if (r := role_in(c.text, known))), None)
            for part, cell in under.values(None, row).items():
                if role or not row.blank:
                    yield _Mark(role, part, _from_cell(cell, part, row))


def _person_columns(grid: Grid, known: Meanings) -> Iterator[_Mark]:
    for under in headed(grid, lambda cell: role_of(cell, known), 2):
        for role in under.columns:
            for row in under.rows:
                part = part_of(row.cells[0], known) if row.cells else None
                cell = under.values(None, row).get(role)
                if part and cell is not None:
                    yield _Mark(role, part, _from_cell(cell, part, row))


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
