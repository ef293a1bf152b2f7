"""A good IMR, made up, that each test spoils in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

import config.kind_loading
from config.kind import Kind
from config.kind_loading import load_kind_file
from handlers.checks.report.judge import judge_report
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.findings import Finding, Judgement

KIND = load_kind_file(Path(config.kind_loading.__file__).parent / "kinds" / "imr.toml")

HEADINGS = {s.key: s.heading for s in KIND.shape.sections}  # type: ignore[union-attr]

PLAN_HEADINGS = (
    "Outcome",
    "Recommendation",
    "Action",
    "By Whom",
    "Timescale",
    "Evidence of Implementation (Including Method of Audit)",
)
PLAN_ROW = (
    "Injuries to infants are always looked at by two clinicians",
    "A second opinion is sought for any bruise on a child who cannot yet walk",
    "Add a prompt to the electronic record",
    "Practice manager",
    "30 September 2010",
    "Audit of twenty records each quarter",
)
PROSE = {
    "introduction": (
        "1.1 This review was asked for after Child N was taken to hospital with an injury in "
        "February 2010. The surgery had known the family since 2007.",
        "1.2 The records accessed were the paper and electronic GP records of Child N and Mother. "
        "Two members of staff, GP1 and HV1, were interviewed.",
        "1.3 The author works for another practice and had no involvement with the family or with "
        "the line management of the staff concerned: the review is independent.",
        "1.4 Feedback to staff will take place at a meeting within a month of the review's end.",
    ),
    "genogram": (),
    "background": (
        "3.1 Mother registered with the surgery in 2005. There was nothing of concern in the "
        "records before the period of the chronology.",
    ),
    "summary": (
        "4.1 HV1 visited the home on six occasions in 2007 and recorded on each of them that "
        "Child N was thriving and that Mother responded warmly to the baby.",
        "4.2 In November 2009 Mr X, the partner of Mother, brought Child N to GP1 with a bruise on "
        "the arm. GP1 accepted the account that was given and recorded no other.",
    ),
    "post-incident": (
        "5.1 After the injury it came to light that Mother had been seen at a walk-in centre, "
        "which had not told the surgery.",
    ),
    "analysis": (
        "6.1 The walk-in centre's letters did not reach the record. Each service knew something "
        "and none of them knew the whole.",
    ),
    "conclusions": (
        "7.1 A bruise on a child of that age called for a second look, and the surgery had no "
        "arrangement that made one likely.",
    ),
    "recommendations": (
        "8.1 One recommendation follows from the analysis, and the plan below carries it out.",
    ),
}  # fmt: skip


def para(text: str, **look: object) -> Paragraph:
    return Paragraph(text, **look)  # type: ignore[arg-type]


def table(number: int, *rows: tuple[str, ...]) -> list[Block]:
    """Rows of plain cells; "|" in a cell parts its paragraphs."""
    made: list[Block] = [
        Row(
            number,
            n,
            tuple(Cell(tuple(map(Paragraph, text.split("|"))), i) for i, text in enumerate(row)),
        )
        for n, row in enumerate(rows, 1)
    ]
    return [*made, TableEnd(number)]


@dataclass
class Draft:
    """The parts of an IMR, each open to spoiling."""

    front: list[Block] = field(default_factory=list)
    headings: dict[str, Paragraph] = field(default_factory=dict)
    bodies: dict[str, list[Block]] = field(default_factory=dict)
    appendix: list[Block] = field(default_factory=list)
    traits: Traits = field(default_factory=Traits)
    context: Context = field(default_factory=lambda: Context(date(2010, 6, 1)))
    kind: Kind = KIND

    def blocks(self) -> list[Block]:
        inside = [b for key, h in self.headings.items() for b in (h, *self.bodies[key])]
        return [*self.front, *inside, *self.appendix]

    def replace_front(self, old: str, new: str) -> None:
        at = next(i for i, b in enumerate(self.front) if isinstance(b, Paragraph) and b.text == old)
        self.front[at] = para(new)

    def plan(self, *rows: tuple[str, ...], headings: tuple[str, ...] = PLAN_HEADINGS) -> None:
        words = [b for b in self.bodies["recommendations"] if isinstance(b, Paragraph)]
        self.bodies["recommendations"] = [*words, *table(2, headings, *rows)]

    def judged(self) -> Judgement:
        return judge_report(self.blocks(), self.traits, self.kind, self.context)

    def found(self, rule: str) -> list[Finding]:
        return [f for f in self.judged().findings if f.rule == rule]

    def rules(self) -> set[str]:
        return {f.rule for f in self.judged().findings}


def good_front() -> list[Block]:
    return [
        para("Strictly Confidential", bold=True),
        para("Meadow Lane Surgery"),
        para("Individual Management Review", title=True),
        para("In accordance with Chapter 8, Working Together 2010"),
        para("In Respect of:"),
        para("Name: Child N"),
        para("Ethnic Origin: White British"),
        para("Author: Author One"),
        para("Date: 28 May 2010"),
        para("Version 2, agreed 27 May 2010"),
    ]


def good_sign_off() -> list[Block]:
    return [
        para("Report author", bold=True),
        para("Name: Author One"),
        para("Job designation: Named GP"),
        para("Signed: A. One     Date: 28 May 2010"),
        para("Agency commissioner", bold=True),
        para("Name: Commissioner One"),
        para("Job designation: Senior partner"),
        para("Signed: C. One     Date: 29 May 2010"),
    ]


@pytest.fixture
def draft() -> Draft:
    """An IMR with nothing wrong with it."""
    made = Draft(front=good_front())
    made.headings = {
        k: para(f"{n}. {h}", heading=1) for n, (k, h) in enumerate(HEADINGS.items(), 1)
    }
    made.bodies = {key: [para(text) for text in texts] for key, texts in PROSE.items()}
    made.bodies["genogram"] = [para("", picture=True)]
    made.bodies["analysis"] = [
        para("Sharing of information between agencies", heading=2),
        *made.bodies["analysis"],
        para("How injuries were responded to", heading=2),
        para("6.2 The response to the bruise in November 2009 rested on one conversation."),
    ]
    made.plan(PLAN_ROW)
    made.bodies["signing-off"] = good_sign_off()
    made.appendix = [
        para("Appendix 1: Key to personnel", heading=1),
        *table(3, ("GP1", "General practitioner"), ("HV1", "Health visitor")),
    ]
    made.traits.page_numbers = True
    made.traits.contents = True
    made.context = Context(
        date(2010, 6, 1),
        CaseFacts(
            "N12",
            "N12/A",
            (date(2007, 1, 1), date(2010, 2, 14)),
            ("Information sharing between agencies", "Response to injuries"),
            (Subject("Child N", date(2007, 5, 9)), Subject("Mother")),
        ),
        AgencyFacts("GP", "Meadow Lane Surgery", ("GP", "MLS")),
    )
    return made


@pytest.fixture
def rows() -> Callable[..., list[Block]]:
    return table


@pytest.fixture
def line() -> Callable[..., Paragraph]:
    return para
