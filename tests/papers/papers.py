"""The documents agencies send, made in code: what the demonstration and the tests import.

Does: gathers the makers of each kind of return under one name. Each yields the bytes of a .docx
that is in order against the board's toolkit.
Trusts: nothing.
Never touches: files, the clock, chance: the same words make the same bytes.
Known limits: those of the modules named below.
"""

from __future__ import annotations

from tests.papers.chronology_paper import HEADINGS, chronology
from tests.papers.imr_paper import ISSUES, PLAN_HEADINGS, imr
from tests.papers.qa_paper import ALL_YES, ANSWERS, CRITERIA, qa_form
from tests.papers.statement_paper import DECLARATION, STATEMENTS, evaluation_statement
from tests.papers.stories import AGENCIES, CODES, STORIES, Event, age_on

__all__ = [
    "AGENCIES",
    "ALL_YES",
    "ANSWERS",
    "CODES",
    "CRITERIA",
    "DECLARATION",
    "HEADINGS",
    "ISSUES",
    "PLAN_HEADINGS",
    "STATEMENTS",
    "STORIES",
    "Event",
    "age_on",
    "chronology",
    "evaluation_statement",
    "imr",
    "qa_form",
]
