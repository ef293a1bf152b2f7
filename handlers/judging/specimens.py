"""Specimens: of each kind, a short return made of what the kind itself asks for, and two letters.

The fork server judges them before the first document comes, so that the words by which a kind is
known are gathered once, and not by each child anew: of a short document that was most of the work.
What they come to is asked by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from config.kind import Kind
from config.kind_shape import Column, Field, FormShape, ReportShape, TableShape
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits

# Of a review and an agency, so that what asks about these is made ready too.
SPECIMEN_CONTEXT = Context(
    date(2010, 3, 1),
    CaseFacts("N1", "N1/A", (date(2007, 1, 1), date(2010, 1, 1)), subjects=(Subject("Child N"),)),
    AgencyFacts("GP", "A Surgery", ("GP",)),
)
# Letters of nobody's, in which what judges letters looks for all the words that it knows.
SPECIMEN_LETTERS = (
    b"We hold no record of this family, and have had no contact with any of them.\n"
    b"Could we have two more weeks for the report, please?\nA. Person, Manager, 1 March 2010",
    b"I am away until the end of the month, and shall write after that.",
)
_SAID = "We have searched all our records, and the draft of the plan is still to be checked."
_VALUES = {
    "date": "1 March 2010",
    "time": "10:00",
    "yes_no": "Y",
    "age": "2 years",
    # What has a word of a note or of a doubt is looked through for every such word.
    "text": "We asked which draft (of the plan) was still to be checked.",
}


class SpecimenReading:
    """A specimen of one kind as a reading."""

    def __init__(self, kind: Kind) -> None:
        self.traits = Traits()
        self._kind = kind

    def iter_blocks(self) -> Iterator[Block]:
        yield Paragraph(next(iter(self._kind.titles), self._kind.title), heading=1)
        match self._kind.shape:
            case TableShape(columns=columns):
                yield from _entries(columns)
            case ReportShape() as shape:
                yield from _report(shape)
            case FormShape() as shape:
                yield from _form(shape)


def _entries(columns: Sequence[Column]) -> Iterator[Block]:
    yield from _table(
        1, [[c.heading for c in columns], [_VALUES.get(c.reads_as, "A. Person") for c in columns]]
    )


def _report(shape: ReportShape) -> Iterator[Block]:
    yield from _labelled(shape.front_sheet)
    for section in shape.sections:
        yield Paragraph(f"{section.number}. {section.heading}", heading=1)
        yield Paragraph(_SAID)
        if shape.sign_off is not None and section.key == shape.sign_off.section:
            for role in shape.sign_off.roles:
                yield Paragraph(role.label, bold=True)
                yield from _labelled(shape.sign_off.parts)
    if shape.plan is not None:
        headings = [column.heading for column in shape.plan.columns]
        yield from _table(1, [headings, [_SAID] * len(headings)])


def _form(shape: FormShape) -> Iterator[Block]:
    yield from _labelled(shape.fields)
    for statement in shape.statements:
        yield Paragraph(statement)
    rows = [[f"{c.number}. {c.text}", *shape.answers[:1], _SAID] for c in shape.criteria]
    yield from _table(1, rows)
    yield Paragraph(_SAID)


def _labelled(fields: Sequence[Field]) -> Iterator[Paragraph]:
    for field in fields:
        yield Paragraph(f"{field.label}: {_VALUES.get(field.reads_as, 'A. Person')}")


def _table(number: int, rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    for at, texts in enumerate(rows, start=1):
        cells = (Cell((Paragraph(text),), column) for column, text in enumerate(texts))
        yield Row(number, at, tuple(cells))
    if rows:
        yield TableEnd(number)
