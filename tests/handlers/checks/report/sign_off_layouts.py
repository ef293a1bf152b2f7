"""The ways people set out a signing off, each for two people and four things.

Does: builds the blocks of each layout; a part given as "" is left blank in it, its label kept.
Trusts: nothing.
Never touches: files; `tests/handlers/checks/report/test_word_reports.py` reads real ones.
Known limits: in a layout without labels a part that is "" is not there at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.document import Block, Cell, Paragraph, Row, TableEnd

PARTS = ("signature", "name", "job designation", "date")
ROLES = ("Report author", "Agency commissioner")


@dataclass(frozen=True, slots=True)
class Person:
    """What one person enters, by the part's own name."""

    signature: str
    name: str
    job: str
    date: str

    @property
    def parts(self) -> tuple[str, str, str, str]:
        return self.signature, self.name, self.job, self.date


Layout = Callable[[Person, Person], list[Block]]


def lines(*texts: str) -> list[Block]:
    return [Paragraph(text) for text in texts]


def cell(text: str, column: int, span: int = 1) -> Cell:
    return Cell(tuple(Paragraph(t) for t in text.split("\n")), column, span)


def table(*rows: Sequence[str]) -> list[Block]:
    made = [Row(1, n, tuple(map(cell, row, range(9)))) for n, row in enumerate(rows, 1)]
    return [*made, TableEnd(1)]


def each(one: Callable[[str, Person], list[Block]]) -> Layout:
    """The same for the author and then for the commissioner."""
    return lambda a, c: [*one(ROLES[0], a), *one(ROLES[1], c)]


def labelled(
    form: str,
    labels: Sequence[str] = ("Signed", "Name", "Job designation", "Date"),
    head: str = "{}",
) -> Layout:
    """A line for each part under a line for each person."""
    return each(
        lambda role, p: lines(
            head.format(role), *(form.format(x, v) for x, v in zip(labels, p.parts, strict=True))
        )
    )


def dotted(label: str, value: str) -> str:
    return f"{label} ....{value}................"


def _two_lines_of_dots(role: str, p: Person) -> list[Block]:
    return lines(
        f"{dotted(f'Signed ({role.lower()})', p.signature)}  {dotted('Date', p.date)}",
        f"{dotted('Name', p.name)}   {dotted('Designation', p.job)}",
    )


def _below(role: str, p: Person) -> list[Block]:
    pairs = zip(("Signature", "Name", "Job title", "Date"), p.parts, strict=True)
    return lines(role, *(text for label, value in pairs for text in (f"{label}:", value)))


def _under_rules(role: str, p: Person) -> list[Block]:
    pairs = zip(("Signature", "Name", "Job title", "Date"), p.parts, strict=True)
    out = [text for label, value in pairs for text in (f"{value}____________", label)]
    return lines(role, *out)


def _four_columns(role: str, p: Person) -> list[Block]:
    return [
        Paragraph(role),
        *table(("Signature", p.signature, "Date", p.date), ("Name", p.name, "Job title", p.job)),
    ]


def _own_table(role: str, p: Person) -> list[Block]:
    names = ("Name", "Designation", "Signature", "Date")
    values = (p.name, p.job, p.signature, p.date)
    return [*table((role, ""), *zip(names, values, strict=True)), Paragraph("")]


def _headings_over(role: str, p: Person) -> list[Block]:
    return [
        Paragraph(role),
        *table(("Signed", "Name", "Position", "Date"), p.parts),
        Paragraph(""),
    ]


def _in_label_cell(role: str, p: Person) -> list[Block]:
    labels = ("Signed", "Name", "Post", "Date")
    return [
        Paragraph(role),
        *table(tuple(f"{x}:\n{v}" for x, v in zip(labels, p.parts, strict=True))),
        Paragraph(""),
    ]


def _beside(role: str, p: Person) -> list[Block]:
    return table((f"{role}\nSigned:\nName:\nJob title:\nDate:", "\n".join(["", *p.parts])))


def _label_with_role(role: str, p: Person) -> list[Block]:
    whose = role.split()[-1].capitalize()
    labels = ("signature", "name", "job title", "date")
    return lines(*(f"{whose}’s {x}: {v}" for x, v in zip(labels, p.parts, strict=True)))


def _of_role(role: str, p: Person) -> list[Block]:
    labels = ("Signature of", "Name of", "Job title of", "Date signed by")
    return lines(
        *(f"{x} {role.lower()}:\t{v}" for x, v in zip(labels, p.parts, strict=True)),
    )


def _columns(a: Person, c: Person) -> list[Block]:
    names = ("Signature", "Name", "Job designation", "Date")
    return table(("", *ROLES), *zip(names, a.parts, c.parts, strict=True))


def _no_heading_columns(a: Person, c: Person) -> list[Block]:
    return table(*zip(("Signature", "Name", "Job title", "Date"), a.parts, c.parts, strict=True))


def _columns_labelled(a: Person, c: Person) -> list[Block]:
    names = ("Signed", "Name", "Designation", "Date")
    rows = zip(names, a.parts, c.parts, strict=True)
    return table(ROLES, *((f"{n}: {x}", f"{n}: {y}") for n, x, y in rows))


def _cell_each(a: Person, c: Person) -> list[Block]:
    return table(ROLES, (_held(a), _held(c)))


def _cell_each_with_role(a: Person, c: Person) -> list[Block]:
    return table((f"{ROLES[0]}\n{_held(a)}", f"{ROLES[1]}\n{_held(c)}"))


def _cell_each_without_role(a: Person, c: Person) -> list[Block]:
    return table((_held(a), _held(c)))


def _held(p: Person) -> str:
    labels = ("Signed", "Name", "Job designation", "Date")
    return "\n".join(f"{x}: {v}" for x, v in zip(labels, p.parts, strict=True))


def _pairs_side_by_side(a: Person, c: Person) -> list[Block]:
    names = ("Signed", "Name", "Role", "Date")
    rows = zip(names, a.parts, c.parts, strict=True)
    heads = Row(1, 1, (cell(ROLES[0], 0, 2), cell(ROLES[1], 2, 2)))
    rest = [
        Row(1, n, tuple(map(cell, (x, v, x, w), range(4)))) for n, (x, v, w) in enumerate(rows, 2)
    ]
    return [heads, *rest, TableEnd(1)]


def _row_each(a: Person, c: Person) -> list[Block]:
    heads = ("", "Signature", "Name", "Job title", "Date")
    return table(heads, (ROLES[0], *a.parts), (ROLES[1], *c.parts))


def _row_each_role_column(a: Person, c: Person) -> list[Block]:
    heads = ("Name", "Designation", "Role", "Signed", "Date")
    return table(
        heads,
        (a.name, a.job, ROLES[0], a.signature, a.date),
        (c.name, c.job, ROLES[1], c.signature, c.date),
    )


def _row_each_no_roles(a: Person, c: Person) -> list[Block]:
    return table(("Signature", "Name", "Job title", "Date"), a.parts, c.parts)


def _tabs(a: Person, c: Person) -> list[Block]:
    names = ("Signed", "Name", "Job title", "Date")
    rows = zip(names, a.parts, c.parts, strict=True)
    return lines("\t".join(ROLES), *(f"{n}: {x}\t{n}: {y}" for n, x, y in rows))


def _tabs_in_columns(a: Person, c: Person) -> list[Block]:
    names = ("Signature", "Name", "Position", "Date")
    rows = zip(names, a.parts, c.parts, strict=True)
    return lines(f"\t{ROLES[0]}\t{ROLES[1]}", *(f"{n}\t{x}\t{y}" for n, x, y in rows))


def _tabs_no_roles(a: Person, c: Person) -> list[Block]:
    names = ("Signed", "Name", "Job title", "Date")
    rows = zip(names, a.parts, c.parts, strict=True)
    return lines(*(f"{n}: {x}\t{n}: {y}" for n, x, y in rows))


def _tabs_over_labels(a: Person, c: Person) -> list[Block]:
    """Values over rules over their labels, two tabs between the two people."""
    names = ("Signature", "Name", "Position", "Date")
    out = lines("\t\t".join(ROLES))
    for name, x, y in zip(names, a.parts, c.parts, strict=True):
        out += lines(f"{x}\t\t{y}", "_____________\t_____________", f"{name}\t\t{name}")
    return out


def _letter(role: str, p: Person) -> list[Block]:
    return lines(role, *(part for part in p.parts if part), "")


def _one_line(role: str, p: Person) -> list[Block]:
    return lines(
        f"{role}   Name: {p.name}   Job title: {p.job}   Signed: {p.signature}   Date: {p.date}"
    )


def _tabs_after(role: str, p: Person) -> list[Block]:
    return lines(
        f"Signed:\t{p.signature}\tDate:\t{p.date}",
        f"Name:\t{p.name}\tDesignation:\t{p.job}",
        f"({role})",
    )


def _statement_then(role: str, p: Person) -> list[Block]:
    return lines(
        f"I am the {role.lower()} and confirm that this report is a true account of our work.",
        f"Signed: {p.signature}",
        f"Name (please print): {p.name}",
        f"Job Title/Designation: {p.job}",
        f"Date of signing: {p.date}",
    )


def _agency(a: Person, c: Person) -> list[Block]:
    names = ("Signature", "Name", "Designation", "Date")
    return lines(
        "Signed by the author of this report",
        *(f"{n}:\t{v}" for n, v in zip(names, a.parts, strict=True)),
        "Signed for and on behalf of the agency",
        *(f"{n}:\t{v}" for n, v in zip(names, c.parts, strict=True)),
    )


def _approving(a: Person, c: Person) -> list[Block]:
    names = ("E-signature", "Print name", "Post title", "Date of signing")
    heads = ("", "Author of the report", "Approving officer")
    return table(heads, *zip(names, a.parts, c.parts, strict=True))


# Each layout under what it is called.
LAYOUTS: Mapping[str, Layout] = {
    "label and value": labelled("{}: {}"),
    "label and tab": labelled("{}\t{}"),
    "label, colon and tab": labelled("{}:\t{}"),
    "dots after the value": labelled("{}.....{}.................."),
    "underscores round the value": labelled("{} ____{}____"),
    "a dash": labelled("{} – {}"),
    "numbered headings": labelled("{}: {}", head="9.1 {}"),
    "declaration headings": labelled("{}: {}", head="Declaration by the {}"),
    "signed by headings": labelled("{}: {}", head="Signed by the {}:"),
    "other words": labelled(
        "{}: {}", ("Electronic signature", "Full name", "Post held", "Date signed")
    ),
    "more other words": labelled(
        "{}: {}", ("E-signature", "Print name", "Job title / position", "Signature date")
    ),
    "two lines of dots": each(_two_lines_of_dots),
    "values below": each(_below),
    "labels under rules": each(_under_rules),
    "four columns": each(_four_columns),
    "a table each": each(_own_table),
    "headings over values": each(_headings_over),
    "in the label's cell": each(_in_label_cell),
    "labels in a cell": each(_beside),
    "labels with roles": each(_label_with_role),
    "labels of roles": each(_of_role),
    "all on one line": each(_one_line),
    "role under it": each(_tabs_after),
    "declaration and lines": each(_statement_then),
    "a column each": _columns,
    "a column each, no roles": _no_heading_columns,
    "columns of labelled cells": _columns_labelled,
    "a cell each": _cell_each,
    "a cell each with its role": _cell_each_with_role,
    "a cell each, no roles": _cell_each_without_role,
    "pairs under merged roles": _pairs_side_by_side,
    "a row each": _row_each,
    "a row each, role in a column": _row_each_role_column,
    "a row each, no roles": _row_each_no_roles,
    "side by side with tabs": _tabs,
    "columns of tabs": _tabs_in_columns,
    "side by side, no roles": _tabs_no_roles,
    "side by side over labels": _tabs_over_labels,
    "for and on behalf": _agency,
    "an approving officer": _approving,
    "as under a letter": each(_letter),
}
