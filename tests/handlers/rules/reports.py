"""Every rule of the Individual Management Review, shown by one change to a sound one.

Does: lists the rows, in the order of `config/kinds/imr.toml`.
Trusts: `tests/builders.py` for the documents.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.kind_shape import ReportShape
from tests.builders import (
    edited,
    emptied_section,
    moved_section,
    signed_with_picture,
    tracked_insertion,
    with_cell,
    with_comment,
    with_paragraph,
    with_text,
    without_heading,
    without_section,
)
from tests.builders_marks import with_hidden_words
from tests.builders_package import Element, body, packed, parts, w, xml
from tests.builders_reports import section_of, style_of
from tests.builders_signed import signed_docx
from tests.builders_tables import text_of
from tests.handlers.rules.shown import KINDS, STRANGER, Shown, Table
from tests.papers.imr_paper import make_imr
from tests.plain_reports import report

SOUND = make_imr()
ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
PLAN, AUTHOR = 2, 3  # its tables, counted as Word does
FRONT: tuple[str, ...] = ()
EVIDENCE = "Evidence of Implementation (Including Method of Audit)"


def without_blocks(docx: bytes, *starts: str) -> bytes:
    """The document without the paragraphs and tables that begin with one of these words."""

    def change(root: Element) -> None:
        for block in list(body(root))[:-1]:
            if text_of(block).startswith(starts):
                body(root).remove(block)

    return edited(docx, change)


def without_genogram() -> bytes:
    """No drawing anywhere, and a word under the heading in its place."""

    def change(root: Element) -> None:
        for drawn in [*root.iter(w("drawing"), w("pict"), w("object"), ALTERNATIVE)]:
            drawn.getparent().remove(drawn)  # type: ignore[union-attr]  # it was found inside

    return with_paragraph(edited(SOUND, change), "Genogram", "The family lived together.")


def without_page_numbers() -> bytes:
    """The footers as they are, with no field in them."""
    members = parts(SOUND)
    for name in [n for n in members if n.startswith("word/footer")]:
        members[name] = members[name].replace(b"PAGE", b"AUTHOR")
    return packed(members)


def without_paragraph_numbers() -> bytes:
    def change(root: Element) -> None:
        for paragraph in root.iter(w("p")):
            if style_of(paragraph) == "NumberedParagraph":
                paragraph.find(f"{w('pPr')}/{w('pStyle')}").set(w("val"), "Normal")

    return edited(SOUND, change)


def without_contents() -> bytes:
    def change(root: Element) -> None:
        for block in list(body(root)):
            if style_of(block).lower().startswith("toc") or block.tag == w("sdt"):
                body(root).remove(block)

    return edited(SOUND, change)


def not_confidential() -> bytes:
    """Neither the front sheet nor the foot of a page says so."""
    members = parts(with_text(SOUND, "Strictly Confidential", ""))
    for name in [n for n in members if n.startswith("word/footer")]:
        members[name] = members[name].replace(b"Strictly Confidential", b"")
    return packed(members)


def with_other_table() -> bytes:
    """A table under the plan's heading that is no part of the plan."""

    def change(root: Element) -> None:
        heading = section_of(root, "Recommendations and Action Plan")[0]
        told = (("What we saw", "What we think"), ("Letters went astray", "They need a book"))
        cells = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        rows = "".join(f"<w:tr>{''.join(map(cells.format, row))}</w:tr>" for row in told)
        heading.addnext(xml(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"))

    return edited(SOUND, change)


def about_nobody() -> bytes:
    return with_text(
        with_text(SOUND, "In Respect of:\tN12/A", "In Respect of:"), "Name:\tChild N", "Name:"
    )


def template() -> bytes:
    """The toolkit's own format: each heading with its guidance under it, and nothing else."""
    shape = KINDS["imr"].shape
    assert isinstance(shape, ReportShape)
    sections = {section.heading: section.guidance for section in shape.sections}
    return report("Individual Management Review", ("Author:", "Date:"), sections)


def cell(rule: str, column: str, text: str) -> Shown:
    """The plan's first row says `text` under `column`."""
    return Shown(rule, with_cell(SOUND, 2, column, text, PLAN))


def line(rule: str, old: str, new: str, *besides: str) -> Shown:
    """A line of the front sheet, or a heading, reads `new`."""
    return Shown(rule, with_text(SOUND, old, new), frozenset(besides))


def rows() -> Iterator[Shown]:
    yield Shown("blank-template", template(), frozenset(FRONT))
    yield Shown("section-missing", without_section(SOUND, "Background Information"))
    yield Shown("section-empty", emptied_section(SOUND, "Conclusions/ Lessons to be learned"))
    yield line("section-unclear", "Background Information", "What we knew already")
    yield line("section-reworded", "Background Information", "Background to the Case")
    yield Shown(
        "section-order", moved_section(SOUND, "Conclusions/ Lessons to be learned", "Analysis")
    )
    yield Shown("front-sheet-strictly-confidential", not_confidential())
    yield line("front-sheet-agency", "Meadow Lane Surgery", "")
    yield line("front-sheet-title", "Individual Management Review", "A report")
    yield line("front-sheet-in-respect-of", "In Respect of:\tN12/A", "Child:\tN12/A")
    yield Shown("front-sheet-name", about_nobody())
    yield line("front-sheet-ethnic-origin", "Ethnic Origin:\tWhite British", "Ethnic Origin:")
    yield line("front-sheet-unclear", "Author:\tAuthor One", "Lead:\tMrs One, Named Nurse")
    yield line("front-sheet-date-invalid", "Date:\t20 May 2010", "Date:\t31/04/2010")
    yield line("front-sheet-date-future", "Date:\t20 May 2010", "Date:\t20 May 2012")
    yield line("front-sheet-author", "Author:\tAuthor One", "Author:")
    yield line("front-sheet-date", "Date:\t20 May 2010", "Date:")
    yield Shown("prompts-missing", without_blocks(SOUND, "Feedback", "The author is independent"))
    yield Shown("genogram-missing", without_genogram())
    yield line("focus-unmatched", "Response to injuries", "Other matters")
    yield Shown(
        "vague-recommendation",
        with_paragraph(
            SOUND, "Recommendations and Action Plan", "Staff need to be reminded of the policy."
        ),
    )
    yield Shown("plan-missing", without_blocks(SOUND, "Outcome"))
    yield Shown("plan-column-missing", without_heading(SOUND, "By Whom", PLAN))
    yield Shown("plan-column-unclear", with_cell(SOUND, 1, "By Whom", "Colleague", PLAN))
    yield Shown("plan-unclear", with_other_table())
    yield cell("plan-action-missing", "Action", "")
    yield cell("plan-by-whom-missing", "By Whom", "")
    yield cell("plan-timescale-missing", "Timescale", "")
    yield cell("plan-evidence-missing", EVIDENCE, "")
    yield cell("plan-outcome-missing", "Outcome", "")
    yield cell("plan-timescale-vague", "Timescale", "Ongoing")
    yield Shown("sign-off-missing", with_cell(SOUND, 2, 2, "", AUTHOR))
    yield Shown("sign-off-unclear", with_cell(SOUND, 4, 2, "May 2010", AUTHOR))
    yield Shown("sign-off-date", with_cell(SOUND, 4, 2, "31/04/2010", AUTHOR))
    yield Shown("sign-off-image", signed_with_picture(SOUND))
    yield Shown("sign-off-unproven", lambda: signed_docx(SOUND, STRANGER))
    yield Shown("sign-off-same-person", make_imr(commissioner="Author One"))
    yield Shown("placeholder-left", with_paragraph(SOUND, "Analysis", "[Insert the analysis here]"))
    yield Shown(
        "names-suspected", with_paragraph(SOUND, "Analysis", "Mrs Patel telephoned the surgery.")
    )
    yield Shown("not-final", with_paragraph(SOUND, "Analysis", "More here please."))
    yield Shown("tracked-changes", tracked_insertion(SOUND, 2, "Outcome", PLAN))
    yield Shown("comments-left", with_comment(SOUND))
    yield Shown("hidden-text", with_hidden_words(SOUND))
    yield Shown("personnel-key-missing", without_blocks(SOUND, "Appendix A", "Identifier"))
    yield Shown("page-numbers", without_page_numbers())
    yield Shown("paragraph-numbers", without_paragraph_numbers())
    yield Shown("contents", without_contents())
    yield Shown("version", without_blocks(SOUND, "Version"))


TABLE = Table("imr", SOUND, tuple(rows()))
