"""The documents agencies send, made in code: what the demonstration and the tests import.

Does: gathers the makers of each kind of return under one name. Each yields the bytes of a .docx
that is in order against the board's toolkit.
Trusts: nothing.
Never touches: files, the clock, chance: the same words make the same bytes.
Known limits: those of the modules named below.
"""

from __future__ import annotations

from tests.papers.chronology_paper import CHRONOLOGY_HEADINGS, make_chronology
from tests.papers.imr_paper import KEY_ISSUES, PLAN_HEADINGS, make_imr
from tests.papers.qa_paper import ALL_YES, ANSWERS, CRITERIA, make_qa_form
from tests.papers.statement_paper import DECLARATION, STATEMENTS, make_statement
from tests.papers.stories import AGENCIES, CODES, STORIES, StoryEvent, age_as_recorded

__all__ = [
    "AGENCIES",
    "ALL_YES",
    "ANSWERS",
    "CHRONOLOGY_HEADINGS",
    "CODES",
    "CRITERIA",
    "DECLARATION",
    "KEY_ISSUES",
    "PLAN_HEADINGS",
    "STATEMENTS",
    "STORIES",
    "StoryEvent",
    "age_as_recorded",
    "make_chronology",
    "make_imr",
    "make_qa_form",
    "make_statement",
]
