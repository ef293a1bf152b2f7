"""Chronologies made by hand, as the blocks a reader would yield.

Does: builds heading rows, entries and whole tables, and puts them before the real judge with the
kind that ships.
Trusts: nothing to be kept from trusting; it is for tests.
Never touches: Word files; `builders_tables` makes those.
Known limits: every entry is right unless the test says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from config.kind import Kind
from config.kind_loading import SHIPPED_KINDS_FOLDER, load_kind_file
from handlers.checks.table.table_claims import TableClaims, judge_outside_tables
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.findings import Finding, Judgement

KIND: Kind = load_kind_file(SHIPPED_KINDS_FOLDER / "chronology.toml")

HEADINGS = (
    "Date", "Time", "Agency", "Name of subject", "Age", "Child seen", "Source of Information",
    "Event", "Authors Comment",
)  # fmt: skip

CHILD = Subject("Child N", date(2007, 5, 9), "subject")
MOTHER = Subject("Mother", date(1986, 11, 2), "mother")
CASE = CaseFacts("N12", "N12/A", (date(2007, 1, 1), date(2010, 2, 14)), subjects=(CHILD, MOTHER))
GP = AgencyFacts("GP", "Meadow Lane Surgery", ("GP", "MLS"))
CONTEXT = Context(date(2010, 4, 1), CASE, GP)


def entry(
    date: str = "01/02/2009",
    time: str = "17:45",
    agency: str = "GP",
    subject: str = "Child N",
    age: str = "1y 8m",
    seen: str = "Y",
    source: str = "GP records",
    event: str = "Seen in surgery with Mother.",
    comment: str = "",
) -> tuple[str, ...]:
    """One right entry, with whatever the test wants wrong."""
    return (date, time, agency, subject, age, seen, source, event, comment)


def cell(text: str = "", column: int = 0, span: int = 1, continued: bool = False) -> Cell:
    return Cell((Paragraph(text),), column, span, continued)


def row(number: int, texts: Sequence[str], table: int = 1) -> Row:
    return Row(table, number, tuple(cell(text, column) for column, text in enumerate(texts)))


def table(
    *entries: Sequence[str], headings: Sequence[str] = HEADINGS, number: int = 1
) -> list[Block]:
    """A heading row, the entries and the end of the table; rows are counted as Word does."""
    rows = [row(count, texts, number) for count, texts in enumerate((headings, *entries), 1)]
    return [*rows, TableEnd(number)]


def judge(
    blocks: Iterable[Block], context: Context = CONTEXT, traits: Traits | None = None
) -> Judgement:
    """What the judge of chronologies says of these blocks, which must hold one."""
    judgement = heard(blocks, context, traits)
    assert judgement is not None
    return judgement


def heard(
    blocks: Iterable[Block], context: Context = CONTEXT, traits: Traits | None = None
) -> Judgement | None:
    """The same, where there may be none."""
    traits = traits or Traits()
    claims = TableClaims([KIND], context, traits)
    judge_outside_tables([block for block in blocks if not claims.claim_block(block)], claims)
    return claims.judges[0].finish_judgement(traits)


def rules(judgement: Judgement) -> list[str]:
    return [finding.rule for finding in judgement.findings]


def only(judgement: Judgement, rule: str) -> Finding:
    """The one finding there is, which must be of this rule."""
    assert rules(judgement) == [rule]
    return judgement.findings[0]


def without_case() -> Context:
    return replace(CONTEXT, case=None, agency=None)
