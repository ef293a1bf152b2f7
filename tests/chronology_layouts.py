"""Chronologies as authors lay them out, and as several programs write them.

Does: lays entries out in one of LAYOUTS and writes the whole as one of HANDS would: Word with its
split runs, Word 2003 with smart tags, Word on the web, Google Docs, a form of content controls,
bare XML.
Trusts: python-docx for the package around the text.
Never touches: files.
Known limits: widths, borders and fonts are left to the program that opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from tests.builders_package import xml
from tests.chronologies import HEADINGS
from tests.papers.paper import blank_word


@dataclass(frozen=True)
class At:
    """A cell: its text or blocks, how many columns it covers, whether a merge down begins in it
    ("restart") or runs on ("continue")."""

    holds: str | tuple[Block, ...] = ""
    span: int = 1
    down: str = ""


@dataclass(frozen=True)
class Rows:
    """A table."""

    rows: tuple[tuple[str | At, ...], ...]


Block = str | Rows
Texts = Sequence[str]
Entries = Sequence[Texts]
Layout = Callable[[Entries], tuple[Block, ...]]


def _rows(*rows: Sequence[str | At]) -> Rows:
    return Rows(tuple(map(tuple, rows)))


def _headed(entries: Entries, *above: Sequence[str | At]) -> Rows:
    return _rows(*above, HEADINGS, *entries)


def _in_layout(*blocks: Block) -> Rows:
    return _rows(("", At(blocks)))


def _over_two_rows(entries: Entries) -> Rows:
    upper = ("Date", "Time", "Agency", "Name of", "Age", "Child", "Source of", "Event", "Authors")
    lower = ("", "", "", "subject", "", "seen", "Information", "", "Comment")
    return _rows(upper, lower, *entries)


def _grouped(entries: Entries) -> Rows:
    upper = [At(h, down="restart") for h in HEADINGS[:3]]
    upper += [At("About whom", 3), *(At(h, down="restart") for h in HEADINGS[6:])]
    lower = [At(down="continue")] * 3 + [At(h) for h in HEADINGS[3:6]] + [At(down="continue")] * 3
    return _rows(upper, lower, *entries)


def _with_years(entries: Entries) -> Rows:
    third = len(entries) // 3
    return _rows(
        *(HEADINGS, (At("2007", 9),), *entries[:third]),
        *((At("2008", 9),), *entries[third : 2 * third]),
        *((At("2009 and 2010", 9),), *entries[2 * third :]),
    )


def _parted(entries: Entries, *, headed: bool) -> tuple[Block, ...]:
    third = len(entries) // 3
    parts = (entries[:third], entries[third : 2 * third], entries[2 * third :])
    tables = (_headed(part) if headed or not n else _rows(*part) for n, part in enumerate(parts))
    return tuple(block for table in tables for block in ("", table))


_KEY = _rows(("Abbreviation", "Meaning"), ("HV1", "Health Visitor"), ("ED", "Emergency Department"))
_PEOPLE = _rows(
    ("Full Name", "Date of Birth", "Relationship"), ("Child N", "09/05/2007", "Subject")
)
_FRONT = _rows(
    ("Agency", "Meadow Lane Surgery"), ("Completed by", "Named GP"), ("Date", "12/04/2010")
)
_COLUMNS = _rows(("Column", "What to enter"), *((h, f"See the notes on {h}.") for h in HEADINGS))
_SIGNED = _rows(("Signed", ""), ("Role", "Named GP"), ("Date", "12/04/2010"))

LAYOUTS: dict[str, Layout] = {
    "one table": lambda e: ("Agency Chronology", _headed(e)),
    "a title row": lambda e: (_headed(e, (At("CHRONOLOGY", 9),)),),
    "details above the headings": lambda e: (
        _headed(e, (At("CHRONOLOGY", 9),), (At("Agency:", 2), At("Meadow Lane Surgery", 7))),
    ),
    "headings over two rows": lambda e: (_over_two_rows(e),),
    "headings in groups": lambda e: (_grouped(e),),
    "capitals and colons": lambda e: (_rows([f"{h.upper()}:" for h in HEADINGS], *e),),
    "headings in two lines": lambda e: (_rows([h.replace(" ", "\n") for h in HEADINGS], *e),),
    "an apostrophe": lambda e: (_rows((*HEADINGS[:8], "Author\u2019s Comment"), *e),),
    "numbered": lambda e: (
        _rows(("No.", *HEADINGS), *((str(n), *texts) for n, texts in enumerate(e, 1))),
    ),
    "numbered without a heading": lambda e: (
        _rows(("", *HEADINGS), *((f"{n}.", *texts) for n, texts in enumerate(e, 1))),
    ),
    "headings again": lambda e: (_rows(HEADINGS, *e[:4], HEADINGS, *e[4:]),),
    "blank rows": lambda e: (_rows(HEADINGS, *(r for t in e for r in (t, ("",) * 9))),),
    "unused rows": lambda e: (_headed([*e, *[("", "", "GP", "", "", "", "", "", "")] * 4]),),
    "years between": lambda e: (_with_years(e),),
    "newest first": lambda e: (_headed(e[::-1]),),
    "a table a year": lambda e: _parted(e, headed=True),
    "split by accident": lambda e: _parted(e, headed=False),
    "a table a row": lambda e: tuple(b for texts in e for b in ("", _headed([texts]))),
    "in a layout table": lambda e: (_in_layout("Agency Chronology", _headed(e)),),
    "two levels down": lambda e: (_in_layout(_in_layout("Chronology", _headed(e))),),
    "a key below": lambda e: (_headed(e), "Abbreviations", _KEY),
    "a key above": lambda e: (_KEY, "", _headed(e)),
    "people above": lambda e: ("Subjects of the review", _PEOPLE, "", _headed(e)),
    "a front sheet": lambda e: (_FRONT, "", _headed(e)),
    "the board's information": lambda e: (_COLUMNS, "", _headed(e)),
    "signed below": lambda e: (_headed(e), "Compiled by the Named GP", _SIGNED),
}


def _run(text: str, around: str = "{}") -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return around.format(f"<w:r>{lines}</w:r>")


def _word(text: str) -> str:
    """Split where Word saw a slip of spelling."""
    if len(text) < 12:
        return _run(text)
    half = len(text) // 2
    return f'{_run(text[:half])}<w:proofErr w:type="spellStart"/>{_run(text[half:])}'


def _word_2003(text: str) -> str:
    names = 'w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="date"'
    tag = f"<w:smartTag {names}>{{}}</w:smartTag>"
    return _run(text, tag) if any(map(str.isdigit, text)) else _run(text)


def _on_the_web(text: str) -> str:
    return f"{_run(text)}<w:r><w:t xml:space='preserve'> </w:t></w:r>"


def _google(text: str) -> str:
    mark = '<w:bookmarkStart w:id="1" w:name="h.1"/><w:bookmarkEnd w:id="1"/>'
    return _run(text, f"<w:sdt><w:sdtContent>{{}}</w:sdtContent></w:sdt>{mark}")


def _controls(text: str) -> str:
    control = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    return _run(text, control)


HANDS: dict[str, Callable[[str], str]] = {
    "Word": _word,
    "Word 2003": _word_2003,
    "Word on the web": _on_the_web,
    "Google Docs": _google,
    "content controls": _controls,
    "bare XML": _run,
}


def written(blocks: Sequence[Block], hand: str = "Word") -> bytes:
    """The blocks as a Word document of that hand."""
    document = blank_word()
    body = document.element.body
    for block in blocks:
        body.insert(len(body) - 1, xml(_block(block, HANDS[hand])))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _block(block: Block, run: Callable[[str], str]) -> str:
    if isinstance(block, str):
        return f"<w:p>{run(block) if block else ''}</w:p>"
    rows = "".join(f"<w:tr>{''.join(_cell(c, run) for c in row)}</w:tr>" for row in block.rows)
    widest = max(sum(c.span if isinstance(c, At) else 1 for c in row) for row in block.rows)
    grid = '<w:gridCol w:w="1000"/>' * widest
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _cell(cell: str | At, run: Callable[[str], str]) -> str:
    at = cell if isinstance(cell, At) else At(cell)
    blocks: tuple[Block, ...] = (at.holds,) if isinstance(at.holds, str) else at.holds
    span = f'<w:gridSpan w:val="{at.span}"/>' if at.span > 1 else ""
    down = f'<w:vMerge w:val="{at.down}"/>' if at.down else ""
    inner = "".join(_block(block, run) for block in blocks)
    end = "" if isinstance(blocks[-1], str) else "<w:p/>"
    width = f'<w:tcW w:w="{1000 * at.span}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}{span}{down}</w:tcPr>{inner}{end}</w:tc>"
