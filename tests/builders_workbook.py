"""Spreadsheets as Excel saves them, and as programs that write them more simply do.

Does: puts rows of text into an .xlsx with shared strings, or with the text in each cell.
Trusts: nothing; what is passed in is written.
Never touches: files.
Known limits: text only; a date is put in as the number Excel keeps for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.builders_package import R, packed

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Rows = Sequence[Sequence[str | int]]


def workbook_file(
    *sheets: Rows,
    inline: bool = False,
    space: str = S,
    main: str = f"{KINDS}.sheet.main+xml",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """An .xlsx with a sheet for each of `sheets`; `more` are further parts."""
    shared: list[str] = []
    parts = {
        f"xl/worksheets/sheet{n}.xml": _sheet(rows, shared, inline, space)
        for n, rows in enumerate(sheets, 1)
    }
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in _count(sheets))
    book = f'<workbook xmlns="{space}" xmlns:r="{R}"><sheets>{named}</sheets></workbook>'
    kinds = [("/xl/workbook.xml", main), ("/xl/sharedStrings.xml", f"{KINDS}.sharedStrings+xml")]
    kinds += [(f"/{name}", f"{KINDS}.worksheet+xml") for name in parts]
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in _count(sheets)]
    return packed(
        {
            "[Content_Types].xml": _types(kinds).encode(),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]).encode(),
            "xl/workbook.xml": (HEAD + book).encode(),
            "xl/_rels/workbook.xml.rels": _relations(
                [*targets, ("sharedStrings", "sharedStrings.xml")]
            ).encode(),
            "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{space}">{strings}</sst>'.encode(),
            **{name: text.encode() for name, text in {**parts, **(more or {})}.items()},
        }
    )


def _count(sheets: Sequence[Rows]) -> range:
    return range(1, len(sheets) + 1)


def _sheet(rows: Rows, shared: list[str], inline: bool, space: str) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cells(row, n, shared, inline))}</row>'
        for n, row in enumerate(rows, 1)
    )
    return f'{HEAD}<worksheet xmlns="{space}"><sheetData>{lines}</sheetData></worksheet>'


def _cells(row: Sequence[str | int], number: int, shared: list[str], inline: bool) -> list[str]:
    """The filled ones, as Excel leaves out the others."""
    return [_cell(value, f"{chr(65 + at)}{number}", shared, inline)
            for at, value in enumerate(row) if value != ""]  # fmt: skip


def _cell(value: str | int, address: str, shared: list[str], inline: bool) -> str:
    if isinstance(value, int):
        return f'<c r="{address}" s="1"><v>{value}</v></c>'
    if inline:
        return f'<c r="{address}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if value not in shared:
        shared.append(value)
    return f'<c r="{address}" t="s"><v>{shared.index(value)}</v></c>'


def _types(kinds: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{RELS}">{lines}</Relationships>'
