"""The key to the personnel: who HV1 and SW3 are, apart from the report's own text.

Does: finds the key by its heading, or by a table or list whose lines begin with such codes.
Trusts: the shape's words for its heading.
Never touches: who the people are.
Known limits: a key under an unusual heading that is prose, not a list, is not found.
"""

from __future__ import annotations

import re

from handlers.document.block import Block, Paragraph, Row
from handlers.findings import Findings
from handlers.report.grid import grids
from handlers.report.heading import LONGEST, looks_like_heading, matched
from handlers.report.report import Report
from handlers.typed.fold import fold

CODES = 2  # lines that begin with a code make a list a key
_CODE = re.compile(r"[A-Z][A-Za-z]{0,5} ?\d{1,2}\b")


def check_key(report: Report, findings: Findings) -> None:
    """personnel-key-missing. No placeholders."""
    if report.shape.key_words and not key_blocks(report):
        findings.add("personnel-key-missing")


def key_blocks(report: Report) -> frozenset[int]:
    """The blocks of the key, by index; none when there is no key."""
    under = {
        i
        for start, block in enumerate(report.blocks)
        if start >= report.outline.front and _heads_key(block, report)
        for i in _until_next_heading(report, start)
    }
    tables = {
        i
        for grid in grids(report.blocks)
        if sum(_is_coded(row) for row in grid.rows) >= CODES
        for i in range(grid.position, grid.end)
    }
    return frozenset(under | tables)


def _heads_key(block: Block, report: Report) -> bool:
    if not isinstance(block, Paragraph) or len(block.text) > LONGEST:
        return False
    plain = fold(block.text)
    alone = looks_like_heading(block) or not block.text.rstrip().endswith(".")
    return alone and any(fold(words) in plain for words in report.shape.key_words)


def _until_next_heading(report: Report, start: int) -> range:
    for i in range(start + 1, len(report.blocks)):
        block = report.blocks[i]
        if isinstance(block, Paragraph) and _is_next(block, report):
            return range(start, i)
    return range(start, len(report.blocks))


def _is_next(block: Paragraph, report: Report) -> bool:
    if matched(block, report.shape) is not None:
        return True
    return looks_like_heading(block) and not _CODE.match(block.text.strip())


def _is_coded(row: Row) -> bool:
    """ "HV1 | Health visitor": a code alone in a cell, and what it stands for."""
    told = [cell.text for cell in row.cells if cell.text]
    return 1 < len(told) <= 4 and any(_CODE.fullmatch(text) for text in told)
