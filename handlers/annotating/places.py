"""Which paragraph a finding means: the cell of a table, a heading, a field, a criterion.

Does: goes from a finding's place to the paragraph where a comment helps most, and to a nearer and
nearer relative of it where the document has no such place: the row, the table, the first paragraph.
Trusts: the kind's TOML for wordings; nothing in the document.
Never touches: the document.
Known limits: the comment names its place in words as well, so one that had to be put elsewhere
is still understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from config.kind import Kind
from config.shape import FormShape
from handlers.annotating.outline import Cell, Outline, cells, text
from handlers.finding import Where
from handlers.typed.fold import fold, likeness, squash, without_number
from handlers.word.xml import Element

ALIKE = 0.75
MOST_SEARCHED = 4000  # paragraphs; headings stand in documents, not in chronologies
MOST_ALIKE = 500  # of them held against a wording that stands nowhere as it was
MOST_ROWS = 20  # of a table among which its headings are looked for
LONGEST = 400  # characters of a paragraph that are compared


class Places:
    """One document's places."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._said = [(p, said[:LONGEST]) for p, said in outline.said[:MOST_SEARCHED]]
        self._folded = [(p, fold(without_number(said))) for p, said in self._said]

    def paragraph(self, where: Where, kind: Kind | None) -> Element | None:
        """Where to comment; None only in a document without any paragraph."""
        candidates = (
            self._in_table(where),
            self._worded(_wording(where, kind)),
            *(self._headed(section) for section in _sections(where)),
            self._of_table(where),
        )
        found = next((p for p in candidates if p is not None), None)
        first = self._outline.paragraphs[0] if self._outline.paragraphs else None
        return first if found is None else found

    def _in_table(self, where: Where) -> Element | None:
        row, column = self._row(where)
        if row is None:
            return None
        there = cells(row)
        cell = next((c for c in there if column is not None and c.start <= column < c.end), None)
        return _first([*([cell] if cell else []), *there])

    def _row(self, where: Where) -> tuple[Element | None, int | None]:
        """The row, and the column in it: of a table inside the one that is counted, where that has
        the heading and this has not."""
        wanted = squash(where.column or "")
        if wanted and _headed_at(self._outline.rows(where.table), wanted) is None:
            for inner in self._outline.inner.get(where.table or 0, ()):
                at = _headed_at(inner.values(), wanted)
                if at is not None and where.row in inner:
                    return inner[where.row], at
        return self._outline.row(where.table, where.row), self._column(where)

    def _of_table(self, where: Where) -> Element | None:
        """The heading cell of the column, or the table's first."""
        column = self._column(where)
        for row in islice(self._outline.rows(where.table), MOST_ROWS):
            there = cells(row)
            named = [c for c in there if column is not None and c.start <= column < c.end]
            if (found := _first([*named, *there])) is not None:
                return found
        return None

    def _column(self, where: Where) -> int | None:
        """The grid column under this heading, in this table or in the last one that had it."""
        wanted = squash(where.column or "")
        if not wanted:
            return None
        before = [t for t in self._outline.tables if t <= (where.table or 0)]
        found = (_headed_at(self._outline.rows(t), wanted) for t in sorted(before, reverse=True))
        return next((at for at in found if at is not None), None)

    def _headed(self, section: str) -> Element | None:
        """The paragraph that is this heading or label, or else begins with it."""
        wanted = fold(section)
        if not wanted:
            return None
        exact = [p for p, said in self._folded if said == wanted]
        begins = [p for p, said in self._folded if said.startswith(wanted)]
        return next(iter((*exact, *begins)), None)

    def _worded(self, wording: str) -> Element | None:
        """The paragraph with this wording, or the one that is most like it."""
        if not wording:
            return None
        if (found := self._headed(wording)) is not None:
            return found
        alike = (
            (likeness(wording, said), n) for n, (_, said) in enumerate(self._said[:MOST_ALIKE])
        )
        best, at = max(alike, default=(0.0, 0))
        return self._said[at][0] if best >= ALIKE else None


def _headed_at(rows: Iterable[Element], wanted: str) -> int | None:
    """The grid column under a heading, in the first rows of a table."""
    for row in islice(rows, MOST_ROWS):
        for cell in cells(row):
            if squash(text(cell.element)[:LONGEST]) == wanted:
                return cell.start
    return None


def _wording(where: Where, kind: Kind | None) -> str:
    """What the kind says stands there: a criterion, or a statement that goes by its number."""
    shape = kind.shape if kind else None
    if not isinstance(shape, FormShape):
        return ""
    for criterion in shape.criteria:
        if criterion.number == where.criterion:
            return criterion.text
    for n, statement in enumerate(shape.statements):
        name = shape.statement_names[n] if n < len(shape.statement_names) else f"statement {n + 1}"
        if name == where.section:
            return statement
    return ""


def _sections(where: Where) -> Iterator[str]:
    """ "Front sheet, Author" is looked for whole, then as "Author", then as "Front sheet"."""
    if where.section:
        yield where.section
        first, _, last = where.section.rpartition(", ")
        yield from (part for part in (last, first) if part and part != where.section)


def _first(there: Iterable[Cell]) -> Element | None:
    return next((p for cell in there if (p := cell.paragraph) is not None), None)
