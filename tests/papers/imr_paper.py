"""An Individual Management Review as an agency returns it: nine pages or so, signed off.

Does: puts the words of `imr_text.py` on paper: front sheet, contents, version control, the nine
sections with numbered paragraphs, genogram, action plan, signatures, key to personnel.
Trusts: nothing; what is passed in is printed, blanks and all.
Never touches: files, the clock.
Known limits: the page numbers in the contents are those of the stories as they stand; Word
brings them up to date on request. Signatures are typed names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count

from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml

from tests.papers.contents import ContentsEntry, add_bookmark, add_contents
from tests.papers.cover import ReportCover, add_front_sheet, add_version_table
from tests.papers.genogram import genogram_xml
from tests.papers.imr_text import (
    AgencyVoice,
    ImrLine,
    ImrLinePart,
    imr_text_lines,
    load_agency_voice,
)
from tests.papers.numbering import NUMBERED_STYLE, number_sections, remove_numbering
from tests.papers.paper import (
    add_ruled_table,
    document_bytes,
    made_once,
    new_document,
    set_page_layout,
    written_date,
)
from tests.papers.stories import AGENCIES

KEY_ISSUES = ("Information sharing between agencies", "Response to injuries")
PLAN_HEADINGS = (
    "Outcome",
    "Recommendation",
    "Action",
    "By Whom",
    "Timescale",
    "Evidence of Implementation (Including Method of Audit)",
)
_STYLES: dict[ImrLinePart, str] = {
    "section": "Heading 1",
    "sub-heading": "Heading 2",
    "paragraph": NUMBERED_STYLE,
    "commentary": NUMBERED_STYLE,
    "bullet": "List Bullet",
}


@made_once
def make_imr(
    *,
    agency: str | None = None,
    author: str = "Author One",
    commissioner: str = "Commissioner One",
    dated: date | str = date(2010, 5, 20),
    issues: Sequence[str] = KEY_ISSUES,
    code: str = "GP",
    reference: str = "N12",
    author_post: str | None = None,
    commissioner_post: str | None = None,
    in_respect_of: str = "N12/A",
    name: str = "Child N",
    ethnic_origin: str = "White British",
) -> bytes:
    """The whole report. `code` picks whose story it tells (see `stories.CODES`); a name or post
    that is left out is that agency's own. Raises FileNotFoundError for a code with no story."""
    own = load_agency_voice(code)
    cover = ReportCover(
        agency=AGENCIES[code] if agency is None else agency,
        author=author,
        author_post=own.author_post if author_post is None else author_post,
        commissioner=commissioner,
        commissioner_post=own.commissioner_post if commissioner_post is None else commissioner_post,
        dated=written_date(dated),
        reference=reference,
        in_respect_of=in_respect_of,
        name=name,
        ethnic_origin=ethnic_origin,
    )
    word = new_document(f"Individual Management Review {reference}")
    number_sections(word)
    told = list(imr_text_lines(own, cover.agency, reference, issues))
    add_front_sheet(word, cover)
    _contents(word, told, own)
    add_version_table(word, cover)
    _body(word, told, own, cover)
    _personnel(word, own)
    return document_bytes(word)


def _contents(word: Word, told: Sequence[ImrLine], own: AgencyVoice) -> None:
    _new_page(word, "Contents")
    headings = [line.text for line in told if line.part == "section"]
    entries = [
        ContentsEntry(str(number), heading, page, _anchor(number))
        for number, (heading, page) in enumerate(zip(headings, own.pages, strict=True), 1)
    ]
    add_contents(word, entries)


def _anchor(number: int) -> str:
    return f"_Toc2612300{number:02}"


def _new_page(word: Word, heading: str) -> None:
    line = word.add_paragraph(heading, style="TOC Heading")
    line.paragraph_format.page_break_before = True


def _body(word: Word, told: Sequence[ImrLine], own: AgencyVoice, cover: ReportCover) -> None:
    draw: dict[str, Callable[[], None]] = {
        "genogram": lambda: _genogram(word),
        "plan": lambda: _plan(word, own, cover),
        "sign-off": lambda: _sign_off(word, cover),
    }
    numbers = count(1)
    for line in told:
        if line.part == "insert":
            draw[line.text]()
        else:
            _say(word, line, numbers)


def _say(word: Word, line: ImrLine, numbers: count[int]) -> None:
    paragraph = word.add_paragraph(style=_STYLES[line.part])
    paragraph.add_run(line.text).bold = True if line.part == "commentary" else None
    if line.part == "section":
        number = next(numbers)
        paragraph.paragraph_format.page_break_before = number == 1
        add_bookmark(paragraph, _anchor(number), number)


def _genogram(word: Word) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(parse_xml(genogram_xml()))


def _plan(word: Word, own: AgencyVoice, cover: ReportCover) -> None:
    """The plan has six wide columns, so its page lies on its side."""
    set_page_layout(word.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    word.add_paragraph("Action Plan", style="Heading 2")
    word.add_paragraph().add_run(f"Name of Organisation: {cover.agency}").bold = True
    add_ruled_table(word, [PLAN_HEADINGS, *own.plan], (4.2, 5.0, 5.0, 3.2, 2.8, 5.6), size=9)
    set_page_layout(word.add_section(WD_SECTION.NEW_PAGE), landscape=False)


def _sign_off(word: Word, cover: ReportCover) -> None:
    signatures = (
        ("Report author", cover.author, cover.author_post),
        ("Agency commissioner", cover.commissioner, cover.commissioner_post),
    )
    for role, name, post in signatures:
        word.add_paragraph(role, style="Heading 2")
        rows = [("Name", name), ("Job designation", post), ("Signed", name), ("Date", cover.dated)]
        add_ruled_table(word, rows, (4.6, 12.0), heading=False, labels=True)


def _personnel(word: Word, own: AgencyVoice) -> None:
    heading = word.add_paragraph("Appendix A: Key to personnel", style="Heading 1")
    remove_numbering(heading).paragraph_format.page_break_before = True
    add_ruled_table(word, [("Identifier", "Post held at the time"), *own.key], (4.0, 13.0))
