"""A sheet of paper: the page, the type, the tables and the footer every made document shares.

Does: opens a document that looks like an English council's, and turns it into bytes that are the
same each time it is made from the same words.
Trusts: its caller for text that XML can carry (no control characters).
Never touches: files, the clock. Dates inside the package are fixed.
Known limits: A4 only; type is Arial, or whatever the reader's machine puts in its place.
"""

from __future__ import annotations

import io
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cache, wraps
from typing import ParamSpec, cast
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tbl
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

TYPEFACE = "Arial"
INK = RGBColor(0x1F, 0x2A, 0x44)
SHADE = "DDE3EC"
LONG, SHORT, MARGIN = Cm(29.7), Cm(21.0), Cm(1.9)
MADE_AT = datetime(2010, 4, 1, 9, tzinfo=UTC)  # what every made document says of itself
_LEFT_OUT = ("/stylesWithEffects", "/thumbnail")  # by the ends of their relationships' types
_TABLE_STYLES = ("Normal Table", "Table Grid")
_PAPERS_KEPT = 500  # some ten megabytes
_ZIP_DAY = (2010, 4, 1, 9, 0, 0)


Words = ParamSpec("Words")


def made_once(make: Callable[Words, bytes]) -> Callable[Words, bytes]:
    """The paper of the same words is made once: most tests begin with the same few."""
    made: OrderedDict[str, bytes] = OrderedDict()

    @wraps(make)
    def making(*args: Words.args, **words: Words.kwargs) -> bytes:
        key = repr((args, sorted(words.items())))
        if key not in made:
            made[key] = make(*args, **words)
            if len(made) > _PAPERS_KEPT:
                made.popitem(last=False)
        return made[key]

    return making


def written_date(day: date | str) -> str:
    """A date as people write it at the foot of a form, "28 May 2010"; a string as it is."""
    return day if isinstance(day, str) else f"{day.day} {day:%B %Y}"


def new_document(title: str, *, landscape: bool = False, size: float = 11) -> Word:
    """A blank document in the house style, its footer numbered. `size` is the body, in points."""
    word = deepcopy(_dressed(landscape, size))
    word.core_properties.title = title
    return word


@cache
def _dressed(landscape: bool, size: float) -> Word:
    """What each of its kind is a copy of: to dress one anew costs more than to fill it."""
    word = blank_word()
    word.core_properties.author = word.core_properties.comments = ""
    word.core_properties.created = word.core_properties.modified = MADE_AT
    _set_type(word, size)
    set_page_layout(word.sections[0], landscape=landscape)
    _number_pages(word.sections[0])
    return word


def blank_word() -> Word:
    """A document with nothing in it, in no style of ours."""
    return deepcopy(_template())


@cache
def _template() -> Word:
    """Word writes the table styles that a document uses; python-docx's own template has all there
    are, all styles once more with effects, and a picture of its first page."""
    word = Document()
    package = word.part.package
    assert package is not None
    for rels in (package.rels, word.part.rels):
        for id_ in [id_ for id_, rel in rels.items() if rel.reltype.endswith(_LEFT_OUT)]:
            del rels[id_]
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()
    return word


def set_page_layout(section: Section, *, landscape: bool) -> None:
    """Turn a section's page and set its margins."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def _set_type(word: Word, size: float) -> None:
    for name, points in (("Normal", size), ("Heading 1", 15), ("Heading 2", 12), ("Title", 22)):
        style = word.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = TYPEFACE, Pt(points)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_after = Pt(6)
        if name != "Normal":
            style.font.color.rgb = INK


def _number_pages(section: Section) -> None:
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run("Strictly Confidential    Page ")
    add_field(line, "PAGE", "1")
    line.add_run(" of ")
    add_field(line, "NUMPAGES", "1")


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A Word field: `code` is what Word works out, `shown` what stands there until it does."""
    add_field_mark(paragraph, "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    add_field_mark(paragraph, "separate")
    paragraph.add_run(shown)
    add_field_mark(paragraph, "end")


def add_field_mark(paragraph: Paragraph, kind: str) -> None:
    """One boundary of a field: "begin", "separate" or "end"."""
    char = OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(char)


def add_centred_line(
    word: Word, text: str, size: float, *, bold: bool = True, before: float = 0
) -> None:
    """A line in the middle of the page, as on a front sheet. Sizes and spaces are in points."""
    line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = Pt(before)
    run = line.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def add_ruled_table(
    word: Word,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    heading: bool = True,
    labels: bool = False,
    size: float = 10,
) -> Table:
    """A ruled table. `widths` are centimetres. With `heading` the first row is shaded and repeats
    on every page; with `labels` the first column is shaded."""
    columns = "".join(f'<w:gridCol w:w="{_twips(w)}"/>' for w in widths)
    lines = [
        _row(texts, widths, first=heading and not number, labels=labels, size=size)
        for number, texts in enumerate(rows)
    ]
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )
    word.element.body.insert_element_before(table, "w:sectPr")
    return Table(cast(CT_Tbl, table), word)


def _row(
    texts: Sequence[str], widths: Sequence[float], *, first: bool, labels: bool, size: float
) -> str:
    marks = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if first else "") + "</w:trPr>"
    cells = (
        _cell(text, width, size, strong=first or (labels and not column))
        for column, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return f"<w:tr>{marks}{''.join(cells)}</w:tr>"


def _cell(text: str, width: float, size: float, *, strong: bool) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if strong else ""
    kind = f'<w:rPr>{"<w:b/>" if strong else ""}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n") if line
    )
    run = f"<w:r>{kind}{lines}</w:r>" if lines else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr>{run}</w:p></w:tc>'
    )


def _twips(centimetres: float) -> int:
    return round(centimetres * 567)


def document_bytes(word: Word) -> bytes:
    """The document as a .docx file, the same bytes for the same document."""
    saved, out = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as loose, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in loose.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DAY)
            fixed.writestr(member, loose.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
