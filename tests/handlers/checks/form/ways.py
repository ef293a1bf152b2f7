"""The ways people mark an answer, and QA forms marked in each: real Word documents.

Does: writes the grid's rows as WordprocessingML from a row's answers, one function a way, and puts
them into a document that python-docx makes.
Trusts: python-docx.
Never touches: the judges.
Known limits: looks only; what other programs save of them is tried by converting the documents.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape

from tests.handlers.checks.form.specimen import criterion
from tests.papers.paper import blank_word

CHOICES = ("Yes", "No", "Partially")
HEADS = ("Criteria", *CHOICES, "Comments")
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)

PLACE = b"<w:p><w:r><w:t>grid</w:t></w:r></w:p>"

Chosen = frozenset[str]
Rows = Callable[[int, Chosen], list[list[str]]]  # the rows of one criterion, each a list of w:tc


def run(text: str, marks: str = "") -> str:
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(*content: str, fill: str = "", span: int = 1) -> str:
    """Content is runs, or paragraphs where it begins with one."""
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inner = "".join(content)
    held = inner if inner.startswith("<w:p>") else paragraph(inner)
    return f"<w:tc><w:tcPr>{across}{shading}</w:tcPr>{held}</w:tc>"


def plain(text: str) -> str:
    return cell(run(text))


def table(*rows: Sequence[str]) -> str:
    made = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = f'<w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    return f"<w:tbl>{properties}</w:tblPr><w:tblGrid/>{made}</w:tbl>"


def check_box(on: bool) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run('☒' if on else '☐')}</w:sdtContent></w:sdt>"
    )


def legacy(on: bool) -> str:
    box = f'<w:checkBox><w:sizeAuto/><w:default w:val="{int(on)}"/></w:checkBox>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{box}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def in_columns(mark: Callable[[str, bool], str]) -> Rows:
    """A cell for each choice; `mark` makes it of the choice and whether it is chosen."""

    def rows(number: int, chosen: Chosen) -> list[list[str]]:
        cells = [mark(choice, choice in chosen) for choice in CHOICES]
        return [[plain(criterion(number)), *cells, plain(comment(chosen))]]

    return rows


def typed(on: str, off: str = "") -> Rows:
    return in_columns(lambda _, chosen: plain(on if chosen else off))


def looked(marks: str, others: str = "") -> Rows:
    """The choices' own words printed in every row, the chosen one set apart."""

    def rows(number: int, chosen: Chosen) -> list[list[str]]:
        words = [run(c, marks if c in chosen else others if chosen else "") for c in CHOICES]
        return [[plain(criterion(number)), *map(cell, words), plain(comment(chosen))]]

    return rows


def in_one(content: Callable[[Chosen], str]) -> Rows:
    """One cell for the whole answer."""
    return lambda number, chosen: [
        [plain(criterion(number)), cell(content(chosen)), plain(comment(chosen))]
    ]


def listing(marks: str, others: str = "") -> Rows:
    """ "Yes / No / Partially" in one cell, the chosen one set apart."""

    def content(chosen: Chosen) -> str:
        words = [run(c, marks if c in chosen else others if chosen else "") for c in CHOICES]
        return run(" / ").join(words)

    return in_one(content)


def boxes(before: bool, between: str = "  ", on: str = "☒", off: str = "☐") -> Rows:
    def content(chosen: Chosen) -> str:
        words = []
        for choice in CHOICES:
            box = on if choice in chosen else off
            words.append(f"{box} {choice}" if before else f"{choice} {box}")
        return run(between.join(words))

    return in_one(content)


def comment(chosen: Chosen) -> str:
    return "" if chosen == {"Yes"} or not chosen else "In hand, see section six"


def extra_columns(number: int, chosen: Chosen) -> list[list[str]]:
    marks = [plain("✓" if choice in chosen else "") for choice in CHOICES]
    return [[plain(str(number)), plain(criterion(number)), plain("4.2"), *marks,
             plain(comment(chosen)), plain("See the second part of the report")]]  # fmt: skip


def other_order(number: int, chosen: Chosen) -> list[list[str]]:
    marks = [plain("✓" if choice in chosen else "") for choice in reversed(CHOICES)]
    return [[*marks, plain(criterion(number)), plain(comment(chosen))]]


def initials(number: int, chosen: Chosen) -> list[list[str]]:
    return [[plain(criterion(number)), plain("/".join(c[0] for c in CHOICES if c in chosen)),
             plain(comment(chosen))]]  # fmt: skip


def two_rows(number: int, chosen: Chosen) -> list[list[str]]:
    marks = [plain("X" if choice in chosen else "") for choice in CHOICES]
    return [[cell(run(criterion(number)), span=4)], [*marks, plain(comment(chosen))]]


def headed_each(number: int, chosen: Chosen) -> list[list[str]]:
    marks = [plain("X" if choice in chosen else "") for choice in CHOICES]
    return [
        [cell(run(f"{number}. {criterion(number)}"), span=4)],
        [plain(head) for head in HEADS[1:]],
        [*marks, plain(comment(chosen))],
    ]


def worded_cells(number: int, chosen: Chosen) -> list[list[str]]:
    marks = [plain(f"{'☑' if choice in chosen else '☐'} {choice}") for choice in CHOICES]
    return [[plain(criterion(number)), *marks, plain(comment(chosen))]]


def in_comments(number: int, chosen: Chosen) -> list[list[str]]:
    said = " and ".join(c for c in CHOICES if c in chosen)
    text = f"{said} - see section six" if said else ""
    return [[plain(criterion(number)), plain(""), plain(""), plain(""), plain(text)]]


def only_left(number: int, chosen: Chosen) -> list[list[str]]:
    left = " / ".join(c for c in CHOICES if c in chosen) or " / ".join(CHOICES)
    return [[plain(criterion(number)), plain(left), plain(comment(chosen))]]


def below_in_its_cell(number: int, chosen: Chosen) -> list[list[str]]:
    said = "   ".join(f"{'☒' if c in chosen else '☐'} {c}" for c in CHOICES)
    return [[cell(paragraph(run(criterion(number))), paragraph(run(said)))]]


ONE = ("Criteria", "Yes / No / Partially", "Comments")
COLOURS = {"Yes": "92D050", "No": "FF0000", "Partially": "FFC000"}
_BOLD, _STRUCK = "<w:b/>", "<w:strike/>"
_YELLOW, _GREY = '<w:highlight w:val="yellow"/>', '<w:color w:val="A6A6A6"/>'
_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'
_FRAMED = '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
_WINGDINGS = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'

# Each way: the headings, and the rows of one criterion.
WAYS: Mapping[str, tuple[Sequence[str], Rows]] = {
    "a check box of Word": (HEADS, in_columns(lambda _, on: cell(check_box(on)))),
    "a form field": (HEADS, in_columns(lambda _, on: cell(legacy(on)))),
    "a symbol of Wingdings": (
        HEADS,
        in_columns(lambda _, on: cell(symbol("Wingdings", "F0FE" if on else "F0A8"))),
    ),
    "a P in Wingdings 2": (
        HEADS,
        in_columns(lambda _, on: cell(run("P", _WINGDINGS) if on else "")),
    ),
    "a tick": (HEADS, typed("✓")),
    "a root sign": (HEADS, typed("√")),
    "an x": (HEADS, typed("x")),
    "a 1": (HEADS, typed("1")),
    "a 1 among noughts": (HEADS, typed("1", "0")),
    "a tick among crosses": (HEADS, in_columns(lambda _, on: plain("✓" if on else "✗"))),
    "a filled circle": (HEADS, typed("●", "○")),
    "a filled square": (HEADS, typed("■", "□")),
    "somebody's initials": (HEADS, typed("HM")),
    "the word yes": (HEADS, typed("Yes")),
    "a dash for the others": (HEADS, typed("X", "-")),
    "a shaded word": (
        HEADS,
        in_columns(lambda choice, on: cell(run(choice), fill="92D050" if on else "")),
    ),
    "a highlighted word in columns of their own colours": (
        HEADS,
        in_columns(
            lambda choice, on: cell(run(choice, _YELLOW if on else ""), fill=COLOURS[choice])
        ),
    ),
    "a tick in columns of their own colours": (
        HEADS,
        in_columns(lambda choice, on: cell(run("✓" if on else ""), fill=COLOURS[choice])),
    ),
    "a shaded cell": (HEADS, in_columns(lambda _, on: cell(fill="92D050" if on else ""))),
    "a highlighted word": (HEADS, looked(_YELLOW)),
    "a bold word": (HEADS, looked(_BOLD)),
    "an underlined word": (HEADS, looked('<w:u w:val="single"/>')),
    "a red word": (HEADS, looked('<w:color w:val="FF0000"/>')),
    "the other words grey": (HEADS, looked("", _GREY)),
    "the other words struck out": (HEADS, looked("", _STRUCK)),
    "one cell, highlighted": (ONE, listing(_YELLOW)),
    "one cell, shaded": (ONE, listing(_SHADED)),
    "one cell, bold": (ONE, listing(_BOLD)),
    "one cell, framed": (ONE, listing(_FRAMED)),
    "one cell, the others struck out": (ONE, listing("", _STRUCK)),
    "one cell, the others deleted": (ONE, only_left),
    "one cell, boxes before the words": (ONE, boxes(True)),
    "one cell, boxes behind the words": (ONE, boxes(False)),
    "one cell, boxes line by line": (ONE, boxes(True, "\n")),
    "one cell, typed boxes": (ONE, boxes(True, " ", "[x]", "[ ]")),
    "one cell, an x behind the word": (ONE, boxes(False, " / ", "X", "")),
    "one cell, circles": (ONE, boxes(True, "  ", "●", "○")),
    "an initial": (("Criteria", "Y/N/P", "Comments"), initials),
    "boxes and words in each cell": (HEADS, worded_cells),
    "boxes and words without headings": ((), worded_cells),
    "in the comments": (HEADS, in_comments),
    "further columns": (
        ("No.", "Criteria", "Ref", *CHOICES, "Comments", "Where in the IMR"), extra_columns,
    ),
    "columns in another order": (("Partially", "No", "Yes", "Criteria", "Comments"), other_order),
    "two rows a criterion": ((), two_rows),
    "headings for each criterion": ((), headed_each),
    "under the criterion in its own cell": (("Criteria",), below_in_its_cell),
}  # fmt: skip


def form(way: str, answers: Mapping[int, Chosen], apart: bool = False) -> bytes:
    """A QA form marked in one way; `answers` are those that are not Yes. `apart`: a table for each
    criterion."""
    heads, rows = WAYS[way]
    groups = [rows(n, answers.get(n, frozenset({"Yes"}))) for n in range(1, 18)]
    top = [[plain(head) for head in heads]] if heads else []
    if apart:
        grid = [table(*top, *group) for group in groups]
    else:
        grid = [table(*top, *(row for group in groups for row in group))]
    tables = (one.replace("<w:tbl>", f"<w:tbl {NAMES}>", 1) for one in grid)
    return _filled("".join(f"<w:p/>{one}" for one in tables))


def _filled(grid: str) -> bytes:
    """The form with its grid, which is all that differs from form to form."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in _around().items():
            told = content.replace(PLACE, grid.encode()) if name == "word/document.xml" else content
            made.writestr(name, told)
    return out.getvalue()


@cache
def _around() -> dict[str, bytes]:
    """The parts of the form, with a place where the grid belongs."""
    word = blank_word()
    for text in ("Individual Management Review", "Quality Assurance Form"):
        word.add_heading(text, 1)
    who = "Name and Contact Details of Person Completing this Form"
    _labelled(
        word,
        ("Agency", "Meadow Lane Surgery"),
        ("Child Identifier", "N12/A"),
        (who, "C One, 01234 567890"),
    )
    word.add_paragraph("grid")
    word.add_paragraph()
    _labelled(word, ("Signed:", "Commissioner One"), ("Role:", "Manager"), ("Date:", "20/05/2010"))
    out = io.BytesIO()
    word.save(out)
    with zipfile.ZipFile(out) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    assert parts["word/document.xml"].count(PLACE) == 1
    return parts


def _labelled(word: object, *pairs: tuple[str, str]) -> None:
    made = word.add_table(0, 2)  # type: ignore[attr-defined]
    made.style = "Table Grid"
    for label, value in pairs:
        cells = made.add_row().cells
        cells[0].text, cells[1].text = label, value
