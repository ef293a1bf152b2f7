"""The ways two people's signing off stands side by side, each under words for whose it is.

Does: builds the blocks of each geometry for two headings, four labels and two people's answers; an
answer that is left open keeps its label.
Trusts: nothing.
Never touches: files; text boxes and columns come from the readers as lines one after another.
Known limits: two people, four things each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from handlers.document import Block, Paragraph, Row, TableEnd
from tests.handlers.checks.report.sign_off_layouts import cell, lines, table

Two = tuple[str, str]
Labels = Sequence[str]
Answers = tuple[Sequence[str], Sequence[str]]
Geometry = Callable[[Two, Labels, Answers], list[Block]]


def _triples(labels: Labels, answers: Answers) -> list[tuple[str, str, str]]:
    return list(zip(labels, *answers, strict=True))


def _held(labels: Labels, one: Sequence[str]) -> str:
    return "\n".join(f"{x}: {v}" for x, v in zip(labels, one, strict=True))


def _parted(by: str, form: str = "{}: {}", between: str = "") -> Geometry:
    """Lines, the two people's pieces parted by tabs or spaces."""

    def made(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
        rows = _triples(labels, answers)
        said = (by.join((form.format(x, v), form.format(x, w))) for x, v, w in rows)
        return lines(f"{by.join(heads)}", *((between,) if between else ()), *said)

    return made


def _colon_heads(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    return _parted("\t")((f"{heads[0]}:", f"{heads[1]}:"), labels, answers)


def _tabbed_values(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = (f"{x}:\t{v}\t{x}:\t{w}" for x, v, w in _triples(labels, answers))
    return lines(f"{heads[0]}\t\t{heads[1]}", *rows)


def _two_a_line(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    """All of a person's on one line, under a line for whose."""
    out = []
    for head, one in zip(heads, answers, strict=True):
        out += [f"{head}:", "   ".join(f"{x}: {v}" for x, v in zip(labels, one, strict=True))]
    return lines(*out)


def _one_under_another(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    """As text boxes and columns of a page are read."""
    out: list[str] = []
    for head, one in zip(heads, answers, strict=True):
        out += [head, *(f"{x}: {v}" for x, v in zip(labels, one, strict=True))]
    return lines(*out)


def _boxes(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    return _one_under_another((f"{heads[0]}:", f"{heads[1]}:"), labels, answers)


def _values_under_labels(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    pairs = (row for x, v, w in _triples(labels, answers) for row in ((f"{x}:",) * 2, (v, w)))
    return table(heads, *pairs)


def _labelled_cells(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    return table(heads, *((f"{x}: {v}", f"{x}: {w}") for x, v, w in _triples(labels, answers)))


def _colon_cells(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    return _labelled_cells((f"{heads[0]}:", f"{heads[1]}:"), labels, answers)


def _cell_each(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    return table(heads, tuple(_held(labels, one) for one in answers))


def _one_row(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    both = zip(heads, answers, strict=True)
    return table(tuple(f"{head}:\n{_held(labels, one)}" for head, one in both))


def _merged_heads(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    top = Row(1, 1, (cell(heads[0], 0, 2), cell(heads[1], 2, 2)))
    rest = [
        Row(1, n, tuple(map(cell, (x, v, x, w), range(4))))
        for n, (x, v, w) in enumerate(_triples(labels, answers), 2)
    ]
    return [top, *rest, TableEnd(1)]


def _four_columns(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = ((x, v, x, w) for x, v, w in _triples(labels, answers))
    return table((heads[0], "", heads[1], ""), *rows)


def _label_column(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    return table(("", *heads), *_triples(labels, answers))


def _line_over_table(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    """The two headings on a line, the blanks in a table below it."""
    rows = ((f"{x}: {v}", f"{x}: {w}") for x, v, w in _triples(labels, answers))
    return [*lines("\t".join(heads)), *table(*rows)]


def _line_over_pairs(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = ((x, v, x, w) for x, v, w in _triples(labels, answers))
    return [*lines("\t".join(heads)), *table(*rows)]


def _inner_tables(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    cells = []
    for j, (head, one) in enumerate(zip(heads, answers, strict=True)):
        pairs = zip(labels, one, strict=True)
        inner = tuple(
            Row(2 + j, n, tuple(map(cell, pair, range(2)))) for n, pair in enumerate(pairs, 1)
        )
        cells.append(replace(cell(head, j), tables=(inner,)))
    return [Row(1, 1, tuple(cells)), TableEnd(1)]


def _row_each(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    return table(("", *labels), *((h, *one) for h, one in zip(heads, answers, strict=True)))


def _labels_above(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    """A row for each person: a cell that says whose, and a cell with their lines."""
    return table(*((h, _held(labels, one)) for h, one in zip(heads, answers, strict=True)))


def _spacer_column(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = ((f"{x}: {v}", "", f"{x}: {w}") for x, v, w in _triples(labels, answers))
    return table((heads[0], "", heads[1]), *rows)


def _table_each(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    out: list[Block] = []
    for head, one in zip(heads, answers, strict=True):
        out += [*table((head, ""), *zip(labels, one, strict=True)), Paragraph("")]
    return out


def _heading_over_each(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    out: list[Block] = []
    for head, one in zip(heads, answers, strict=True):
        out += [*lines(f"{head}:"), *table(*zip(labels, one, strict=True)), Paragraph("")]
    return out


def _label_then_both(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = (f"{x}\t{v}\t{w}" for x, v, w in _triples(labels, answers))
    return lines(f"\t{heads[0]}\t{heads[1]}", *rows)


def _over_labels(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    """Answers over rules over their labels."""
    out = lines("\t\t".join(heads))
    for label, v, w in _triples(labels, answers):
        out += lines(f"{v}\t\t{w}", "_____________\t_____________", f"{label}\t\t{label}")
    return out


def _answers_over_labels(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    pairs = (row for x, v, w in _triples(labels, answers) for row in ((v, w), (x, x)))
    return table(heads, *pairs)


def _labels_by_tabs(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = (f"{x}\t{v}\t{x}\t{w}" for x, v, w in _triples(labels, answers))
    return lines(f"{heads[0]}\t\t{heads[1]}", *rows)


def _two_and_two(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    """Two labels in each cell's line."""
    held = []
    for one in answers:
        said = [f"{x}: {v}" for x, v in zip(labels, one, strict=True)]
        held.append("\n".join("   ".join(said[i : i + 2]) for i in (0, 2)))
    return table(heads, tuple(held))


def _heads_below(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = (f"{x}: {v}\t{x}: {w}" for x, v, w in _triples(labels, answers))
    return lines(*rows, f"({heads[0]})\t({heads[1]})")


def _heads_row_last(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = ((f"{x}: {v}", f"{x}: {w}") for x, v, w in _triples(labels, answers))
    return table(*rows, heads)


def _cells_after_heads(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    """A row for each person, each label and answer a cell, with whose in the first."""
    rows = (
        (head, *(text for pair in zip(labels, one, strict=True) for text in pair))
        for head, one in zip(heads, answers, strict=True)
    )
    return table(*rows)


def _labelled_row_each(heads: Two, labels: Labels, answers: Answers) -> list[Block]:
    rows = (
        (head, *(f"{x}: {v}" for x, v in zip(labels, one, strict=True)))
        for head, one in zip(heads, answers, strict=True)
    )
    return table(*rows)


GEOMETRIES: Mapping[str, Geometry] = {
    "a tab": _parted("\t"),
    "two tabs": _parted("\t\t"),
    "wide gaps": _parted("          "),
    "headings with colons": _colon_heads,
    "dots": _parted("\t", "{}.....{}.............."),
    "dots and gaps": _parted("     ", "{}: ....{}......"),
    "a blank line between": _parted("\t", between=" "),
    "labels and values by tabs": _tabbed_values,
    "a line each": _two_a_line,
    "one under another": _one_under_another,
    "boxes": _boxes,
    "values under labels": _values_under_labels,
    "labelled cells": _labelled_cells,
    "cells under colons": _colon_cells,
    "a cell each": _cell_each,
    "one row": _one_row,
    "merged headings": _merged_heads,
    "four columns": _four_columns,
    "a label column": _label_column,
    "a line over a table": _line_over_table,
    "a line over pairs": _line_over_pairs,
    "inner tables": _inner_tables,
    "a row each": _row_each,
    "a row each, lines in a cell": _labels_above,
    "a spacer": _spacer_column,
    "a table each": _table_each,
    "a heading over each table": _heading_over_each,
    "a label, then both": _label_then_both,
    "over labels": _over_labels,
    "answers over labels": _answers_over_labels,
    "labels by tabs": _labels_by_tabs,
    "two and two": _two_and_two,
    "headings below": _heads_below,
    "headings in the last row": _heads_row_last,
    "cells after headings": _cells_after_heads,
    "labelled cells after headings": _labelled_row_each,
}

# Whose: each first for the author, then for the commissioner.
HEADS: Sequence[Two] = (
    ("Report author", "Agency commissioner"),
    ("For the author", "For the agency (commissioner)"),
    ("For the author", "On behalf of the agency"),
    ("Signed for the author", "Signed for the agency"),
    ("Signed by or for the author", "Signed for and on behalf of the agency"),
    ("Author's details", "Commissioner's details"),
    ("Details of author", "Details of commissioning manager"),
    ("IMR author", "Commissioning manager"),
    ("On behalf of the author", "On behalf of the commissioner"),
    ("Author’s sign-off", "Agency’s sign-off"),
    ("Part A – Report author", "Part B – Agency commissioner"),
    ("Author (1)", "Commissioner (2)"),
    ("The author of this review", "The agency which commissioned it"),
    ("For the author of the report", "For the commissioning agency"),
    ("Individual who wrote the report", "For Meadow Lane Surgery"),
    ("Completed by (author)", "Approved by (commissioner)"),
    ("Author's signature block", "Commissioner's signature block"),
    ("For the writer", "For the practice"),
    # Nobody can tell from these, whatever their order.
    ("The one who wrote", "The one who asked"),
    ("First party", "Second party"),
    ("For Jane", "For Tom"),
)

# How the four are called, and in which order they stand: name, job, signature and day.
LABELS: Sequence[tuple[Sequence[str], Sequence[int]]] = (
    (("Name", "Designation", "Signature", "Date"), (0, 1, 2, 3)),
    (("Print name", "Job title", "Signed", "Dated"), (2, 0, 1, 3)),
    (("Full name", "Position held", "E-signature", "Date signed"), (3, 2, 0, 1)),
    (("Name", "Role", "Sign", "Date of signing"), (2, 0, 1, 3)),
)
UNKNOWN = HEADS[-3:]
