"""Good forms made by hand, for tests to spoil one thing in.

Does: builds the blocks of a QA form and of an evaluation statement that pass, and judges them.
Trusts: the kinds that ship.
Never touches: files other than those kinds.
Known limits: what a word processor makes of a form is tested in `test_word_forms.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from config.kind import Kind
from config.kind_loading import SHIPPED_KINDS_FOLDER, load_kind_file
from config.kind_shape import FormShape
from handlers.checks.form.judge import judge_form
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.findings import Finding, Judgement

TODAY = date(2010, 5, 28)
CASE = CaseFacts("N12", "N12/A", (date(2007, 1, 1), date(2010, 2, 14)), (), (Subject("Child N"),))
AGENCY = AgencyFacts("GP", "Meadow Lane Surgery", ("GP", "MLS"), ("Author One",))
CONTEXT = Context(TODAY, CASE, AGENCY)

HEADINGS = ("Criteria", "Yes", "No", "Partially", "Comments")


@cache
def kind(id: str) -> Kind:
    return load_kind_file(SHIPPED_KINDS_FOLDER / f"{id}.toml")


def criterion(number: int) -> str:
    shape = kind("qa_form").shape
    assert isinstance(shape, FormShape)
    return shape.criteria[number - 1].text


def cell(content: str | Paragraph | Cell, column: int) -> Cell:
    if isinstance(content, Cell):
        return replace(content, column=column)
    if isinstance(content, str):
        content = Paragraph(content)
    return Cell((content,), column)


def row(table: int, number: int, *contents: str | Paragraph | Cell) -> Row:
    return Row(table, number, tuple(cell(c, i) for i, c in enumerate(contents)))


def table(number: int, *rows: Sequence[str | Paragraph | Cell]) -> list[Block]:
    made: list[Block] = [row(number, i, *contents) for i, contents in enumerate(rows, start=1)]
    return [*made, TableEnd(number)]


def box(ticked: bool) -> Paragraph:
    return Paragraph("", ticks=(ticked,))


def answered(answer: str, text: str, comment: str = "") -> list[str | Paragraph | Cell]:
    """A row of the grid with one box ticked."""
    return [text, *(box(answer == choice) for choice in HEADINGS[1:4]), comment]


def answers(**changed: Sequence[str | Paragraph | Cell]) -> list[Sequence[str | Paragraph | Cell]]:
    """Seventeen rows answered Yes; `c5=[...]` puts another row in place of the fifth, and an
    empty one takes it out."""
    rows = [changed.get(f"c{n}", answered("Yes", criterion(n))) for n in range(1, 18)]
    return [row for row in rows if row]


def qa_form(
    grid: Iterable[Sequence[str | Paragraph | Cell]] | None = None,
    headings: Sequence[str] = HEADINGS,
    **blanks: str | Paragraph,
) -> list[Block]:
    """A good QA form: three blanks, the grid, three blanks."""
    fill: Mapping[str, str | Paragraph] = {
        "agency": "Meadow Lane Surgery",
        "person": "Commissioner One, 01234 567890",
        "child": "N12/A",
        "signed": "Commissioner One",
        "role": "Practice Manager",
        "date": "20/05/2010",
        **blanks,
    }
    rows = [headings, *(answers() if grid is None else grid)]
    return [
        Paragraph("Individual Management Review", title=True),
        Paragraph("Quality Assurance Form", title=True),
        *table(1, ["Agency", fill["agency"]]),
        *table(2, ["Name and Contact Details of Person Completing this Form", fill["person"]]),
        *table(3, ["Child Identifier", fill["child"]]),
        *table(4, *[r for r in rows if r]),
        *table(5, ["Signed:", fill["signed"]], ["Role:", fill["role"]], ["Date:", fill["date"]]),
    ]


STATEMENTS = (
    "The IMR conforms to the SCB IMR report template",
    "The IMR follows the specific Terms of Reference for the SCR",
    "The IMR has been checked against Ofsted grade descriptors",
    "The IMR has sound and SMART recommendations",
    "I have read this report and confirm that I have approved it as my agency's IMR report to the"
    " Serious Case Review Panel.",
)


def statement(
    statements: Mapping[int, Paragraph | None] | None = None, **blanks: str | Paragraph
) -> list[Block]:
    """A good evaluation statement; `statements` puts others in the place of 1 to 5."""
    fill = {
        "signed": "Signed: Commissioner One",
        "date": "Date: 20 May 2010",
        "name": "Name: Commissioner One",
        "title": "Title: Director of Nursing",
        **blanks,
    }
    made = {i: Paragraph(text, numbered=i < 5) for i, text in enumerate(STATEMENTS, start=1)}
    stand = [p for p in {**made, **(statements or {})}.values() if p is not None]
    lines = [text if isinstance(text, Paragraph) else Paragraph(text) for text in fill.values()]
    return [
        Paragraph("j) Evaluation Statement of behalf of agency", title=True),
        *stand,
        Paragraph(""),
        *lines,
        Paragraph(
            "Chief Officer/Chief Executive/Director/Commissioner responsible for quality"
            " assurance and sign off of the IMR."
        ),
    ]


def judged(
    id: str,
    blocks: Sequence[Block],
    context: Context = CONTEXT,
    traits: Traits | None = None,
) -> Judgement:
    return judge_form(blocks, traits or Traits(), kind(id), context)


def rules(judgement: Judgement) -> list[str]:
    """The rules told, each once, in order."""
    return list(dict.fromkeys(finding.rule for finding in judgement.findings))


def without_remarks(judgement: Judgement) -> tuple[Finding, ...]:
    """All that is told but for comments that are only shown to the administrator."""
    return tuple(finding for finding in judgement.findings if finding.rule != "comment-beside")


def told(judgement: Judgement, rule: str) -> list[Finding]:
    return [finding for finding in judgement.findings if finding.rule == rule]
