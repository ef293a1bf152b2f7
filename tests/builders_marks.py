"""What Word leaves inside a cell: tracked changes, content controls, symbols, form fields.

Does: rewrites the XML of one cell into another form of the same text.
Trusts: that its input came from `tests/papers/papers.py`.
Never touches: files.
Known limits: one kind of mark a call; calls may follow one another on different cells.

Tables, rows and columns are counted as in `tests/builders_tables.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tests.builders_package import Element, child, edited, in_body, w, xml
from tests.builders_tables import Column, cell_of, rows_of, tables_of, text_of, write

_BY = 'w:id="9001" w:author="Author One" w:date="2010-05-01T09:00:00Z"'
Around = Literal["runs", "paragraph", "cell", "row", "table"]


def _runs(cell: Element) -> Iterator[list[Element]]:
    for paragraph in cell.iterchildren(w("p")):
        yield list(paragraph.iterchildren(w("r")))


def _wrap(inner: list[Element], outer: Element, into: Element) -> None:
    """Put `outer` where the first of `inner` stands, and all of `inner` in `into`."""
    inner[0].addprevious(outer)
    for element in inner:
        into.append(element)


def tracked_insertion(docx: bytes, row: int, column: Column, table: int = 1) -> bytes:
    """The cell's text is an insertion not yet accepted."""

    def change(root: Element) -> None:
        for runs in _runs(cell_of(root, row, column, table)):
            if runs:
                mark = xml(f"<w:ins {_BY}/>")
                _wrap(runs, mark, mark)

    return edited(docx, change)


def with_hidden_row(docx: bytes, row: int, table: int = 1) -> bytes:
    """The row is one that Word does not show."""

    def change(root: Element) -> None:
        rows_of(root, table)[row - 1].insert(0, xml("<w:trPr><w:hidden/></w:trPr>"))

    return edited(docx, change)


def with_hidden_words(docx: bytes) -> bytes:
    """A paragraph more at the end that Word does not show."""
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Not for the panel to see.</w:t></w:r>"
    return in_body(docx, f"<w:p>{run}</w:p>")


def with_hidden_text(docx: bytes, row: int, column: Column, table: int = 1) -> bytes:
    """The cell's text is marked as hidden."""

    def change(root: Element) -> None:
        for runs in _runs(cell_of(root, row, column, table)):
            for run in runs:
                child(run, "rPr").append(xml("<w:vanish/>"))

    return edited(docx, change)


def with_strike(docx: bytes, row: int, column: Column, kept: str = "", table: int = 1) -> bytes:
    """The cell's text is struck through; `kept` words after it are not."""

    def change(root: Element) -> None:
        for runs in _runs(cell_of(root, row, column, table)):
            for run in runs:
                child(run, "rPr").append(xml("<w:strike/>"))
                if kept:
                    run.addnext(xml(f'<w:r><w:t xml:space="preserve"> {kept}</w:t></w:r>'))

    return edited(docx, change)


def tracked_deletion(docx: bytes, row: int, column: Column, table: int = 1) -> bytes:
    """The cell's text is a deletion not yet accepted: read as accepted, the cell is empty."""

    def change(root: Element) -> None:
        for runs in _runs(cell_of(root, row, column, table)):
            if runs:
                mark = xml(f"<w:del {_BY}/>")
                _wrap(runs, mark, mark)
                for text in mark.iter(w("t")):
                    text.tag = w("delText")

    return edited(docx, change)


def tracked_replacement(docx: bytes, row: int, column: Column, new: str, table: int = 1) -> bytes:
    """The cell's text is crossed out and `new` written in, neither yet accepted."""

    def change(root: Element) -> None:
        paragraph = child(cell_of(root, row, column, table), "p")
        mark = xml(f"<w:ins {_BY}><w:r><w:t/></w:r></w:ins>")
        mark[0][0].text = new
        paragraph.append(mark)

    return edited(tracked_deletion(docx, row, column, table), change)


def tracked_row(docx: bytes, row: int, kind: Literal["ins", "del"], table: int = 1) -> bytes:
    """A whole row that was put in, or taken out, while changes were tracked."""

    def change(root: Element) -> None:
        line = rows_of(root, table)[row - 1]
        child(line, "trPr").append(xml(f"<w:{kind} {_BY}/>"))

    docx = edited(docx, change)
    width = len(list(_cells(docx, row, table)))
    mark = tracked_insertion if kind == "ins" else tracked_deletion
    for column in range(1, width + 1):
        docx = mark(docx, row, column, table)
    return docx


def _cells(docx: bytes, row: int, table: int) -> list[Element]:
    found: list[Element] = []
    edited(docx, lambda root: found.extend(rows_of(root, table)[row - 1].iterchildren(w("tc"))))
    return found


def in_content_control(
    docx: bytes, around: Around, row: int = 2, column: Column = 1, table: int = 1
) -> bytes:
    """A content control around a cell's runs or paragraph, or the cell, its row or its table."""

    def change(root: Element) -> None:
        cell = cell_of(root, row, column, table)
        inner: dict[Around, list[Element]] = {
            "runs": list(child(cell, "p").iterchildren(w("r"))),
            "paragraph": list(cell.iterchildren(w("p"))),
            "cell": [cell],
            "row": [rows_of(root, table)[row - 1]],
            "table": [tables_of(root)[table - 1]],
        }
        control = xml('<w:sdt><w:sdtPr><w:id w:val="9002"/></w:sdtPr><w:sdtContent/></w:sdt>')
        _wrap(inner[around], control, control[1])

    return edited(docx, change)


def placeholder(docx: bytes, row: int, column: Column, table: int = 1) -> bytes:
    """An empty content control that shows "Click here to enter text." and holds nothing."""

    def change(root: Element) -> None:
        cell = cell_of(root, row, column, table)
        write(cell, "")
        child(cell, "p").append(
            xml(
                '<w:sdt><w:sdtPr><w:id w:val="9003"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
                "<w:r><w:t>Click here to enter text.</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )

    return edited(docx, change)


def split_runs(docx: bytes, row: int, column: Column, table: int = 1) -> bytes:
    """The cell's text a letter to a run, with spelling marks between, as Word often saves it."""

    def change(root: Element) -> None:
        cell = cell_of(root, row, column, table)
        text = text_of(cell)
        write(cell, "")
        for letter in text:
            run = xml('<w:r><w:t xml:space="preserve"/></w:r>')
            run[0].text = letter
            child(cell, "p").append(run)
            child(cell, "p").append(xml('<w:proofErr w:type="spellStart"/>'))

    return edited(docx, change)


def symbol(
    docx: bytes,
    row: int,
    column: Column,
    table: int = 1,
    char: str = "F0FE",
    font: str = "Wingdings",
) -> bytes:
    """A symbol in place of the cell's text. F0FE is Wingdings' crossed box, F0A8 its empty one."""

    def change(root: Element) -> None:
        cell = cell_of(root, row, column, table)
        write(cell, "")
        child(cell, "p").append(
            xml(f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'),
        )

    return edited(docx, change)


def legacy_check_box(
    docx: bytes, row: int, column: Column, table: int = 1, *, ticked: bool = True
) -> bytes:
    """The older form-field check box in place of the cell's text."""

    def change(root: Element) -> None:
        cell = cell_of(root, row, column, table)
        write(cell, "")
        state = "<w:checked/>" if ticked else ""
        box = f'<w:checkBox><w:sizeAuto/><w:default w:val="0"/>{state}</w:checkBox>'
        data = f'<w:ffData><w:name w:val="Check1"/><w:enabled/>{box}</w:ffData>'
        for run in (
            f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>',
            '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ):
            child(cell, "p").append(xml(run))

    return edited(docx, change)
