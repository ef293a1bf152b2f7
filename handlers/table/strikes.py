"""What is struck through in a row: a correction, a cell, or the whole row.

Does: reads a cell without its struck words where others are left in it; says which cells have none
left, and whether the row has none.
Trusts: the reader for what is struck through.
Never touches: findings.
Known limits: a line drawn over the words as a shape of its own strikes nothing out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.document.block import Row


@dataclass(frozen=True, slots=True)
class Struck:
    """`row` as it reads. `partly` are the cells, by their place in it, that have words struck out
    and others left; `wholly` those that have none left, and are read as they stand."""

    row: Row
    partly: frozenset[int]
    wholly: frozenset[int]

    @property
    def withdrawn(self) -> bool:
        """Nothing in the row is left standing."""
        filled = {at for at, cell in enumerate(self.row.cells) if cell.text}
        return bool(filled) and filled <= self.wholly


def struck_in(row: Row) -> Struck | None:
    """None, nearly always: nothing in the row is struck through."""
    if not _apart(row):
        return None
    kept = [cell.without_struck for cell in row.cells]
    changed = {at for at, cell in enumerate(row.cells) if cell.text != kept[at].text}
    wholly = frozenset(at for at in changed if not kept[at].text)
    if not changed:
        return None
    cells = [cell if at in wholly else kept[at] for at, cell in enumerate(row.cells)]
    return Struck(replace(row, cells=tuple(cells)), frozenset(changed - wholly), wholly)


def _apart(row: Row) -> bool:
    """Whether any words in it do not look plain: loops, since each row is asked."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            if paragraph.stretches or paragraph.struck:
                return True
    return False
