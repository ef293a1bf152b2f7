"""What a fix gives to be entered is accepted when it is entered, to the letter."""

from __future__ import annotations

import re

import pytest

from tests import combinations
from tests.handlers.rules import mended_chronologies, mended_forms, mended_reports
from tests.handlers.rules.mended import Mended
from tests.handlers.rules.shown import KINDS, judged, told
from tests.handlers.rules.test_every_rule import TABLES

ROWS = (*mended_chronologies.ROWS, *mended_reports.ROWS, *mended_forms.ROWS)
FAULTY = {(table.kind, row.rule): row for table in TABLES for row in table.rows}
# What a fix says where it gives something to be entered, or says where it goes.
GIVES = re.compile(r'"|\bsuch as\b|\bfor example\b|with the columns|with your agency|[Hh]ead it')


def left_of(row: Mended) -> list[str]:
    """What is left of the fault, or is new, in the documents that do what the fix says."""
    if isinstance(row.faulty, bytes):
        document, said = row.faulty, told(row.kind, row.faulty)
    else:
        shown = FAULTY[row.kind, row.rule]
        document, said = shown.made, judged(row.kind, shown)
    found = next((f for f in said.findings if f.rule == row.rule), None)
    assert found is not None, "the document has no such fault"
    out = []
    for n, mended in enumerate(row.mend(document, found), start=1):
        again = told(row.as_kind or row.kind, mended).findings
        out += [
            f"{n}: {f.rule} {f.message}"
            for f in again
            if f.rule not in row.still and (f.severity != "advice" or f.rule == row.rule)
        ]
    return out


@pytest.mark.parametrize("kind", sorted({row.kind for row in ROWS}))
def test_what_a_fix_gives_to_be_entered_is_accepted_when_it_is(kind: str) -> None:
    rows = combinations.every(2, (row for row in ROWS if row.kind == kind))
    left = {(row.rule, row.of): left_of(row) for row in rows}
    assert not {key: told for key, told in left.items() if told}


def test_every_fix_that_gives_something_to_be_entered_is_tried() -> None:
    tried = {(row.kind, row.rule) for row in ROWS}
    for kind in KINDS.all:
        gives = {rule for rule, law in kind.rules.items() if GIVES.search(law.fix)}
        assert {(kind.id, rule) for rule in gives} <= tried, kind.id
