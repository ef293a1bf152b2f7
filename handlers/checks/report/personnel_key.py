"""Finds the key to the personnel (who HV1 and SW3 are), apart from the report's own text.

A key under an unusual heading that is prose, not a list, is not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.kind_shape import ReportShape
from handlers.checks.report.headings import (
    MAX_HEADING_LENGTH,
    closes_report,
    looks_like_heading,
    match_heading,
)
from handlers.checks.report.report import ReportDocument
from handlers.checks.report.report_tables import ReportTable, find_tables
from handlers.document import Block, Paragraph, Row
from handlers.findings import Findings
from handlers.values.normalise import fold_text, fold_without_spaces

MIN_CODED_LINES = 2  # lines that begin with a code make a list a key
MAX_KEY_COLUMNS = 5  # columns of a key
MAX_SHORT_NAME = 40  # letters of a name that a role stands beside
_CODE = re.compile(r"[A-Z][A-Za-z]{0,5} ?\d{1,2}\b")
_PAIR = re.compile(
    r"\W{0,3}(?P<name>[^\W_][^:=\t\n]{0,39}?)\s*(?::|=|\t|\s[\u2010-\u2015-]\s)\s*\S"
)


def check_key(report: ReportDocument, findings: Findings) -> None:
    """Raises personnel-key-missing, whose words leave nothing to fill in."""
    if not report.shape.key_words or find_key_blocks(report):
        return
    if not any(_is_headed(grid, report) for grid in find_tables(report.blocks)):
        findings.add("personnel-key-missing")


def find_key_blocks(report: ReportDocument) -> frozenset[int]:
    """The blocks of the key, by index; none when there is no key. In a section of the report a
    table of people that is not by codes is none: there may be names in it."""
    under = {
        i
        for start, block in enumerate(report.blocks)
        if start >= report.outline.front and isinstance(block, Paragraph)
        for i in _under(report, start, block)
    }
    tables = {
        i
        for grid in find_tables(report.blocks)
        if sum(_is_coded(row) for row in grid.rows) >= MIN_CODED_LINES
        or (_is_headed(grid, report) and _apart(report, grid.position))
        for i in range(grid.position, grid.end)
    }
    return frozenset(under | tables)


def heads_appendix(block: Block, shape: ReportShape) -> bool:
    """Whether a paragraph heads an appendix, or is no more than a title of the key: "Codes"."""
    if not isinstance(block, Paragraph):
        return False
    plain = fold_text(block.text.rstrip(" :"))
    titles = (*shape.key_words, *shape.key_titles)
    return closes_report(block, shape) or any(plain == fold_text(words) for words in titles)


def _under(report: ReportDocument, start: int, heading: Paragraph) -> range:
    """What stands under a paragraph that heads a key."""
    if _heads_key(heading, report):
        return _until_next_heading(report, start)
    if (_apart(report, start) or closes_report(heading, report.shape)) and _may_head_key(
        heading, report
    ):
        below = _until_next_heading(report, start)
        if _lists_people(report.blocks[below.start + 1 : below.stop]):
            return below
    return range(0)


def _apart(report: ReportDocument, position: int) -> bool:
    """Whether a block is in no section, or in the signing off, where names stand anyhow."""
    found, sign_off = report.outline.section_at_block(position), report.shape.sign_off
    return found is None or (sign_off is not None and found.section.key == sign_off.section)


def _may_head_key(heading: Paragraph, report: ReportDocument) -> bool:
    """A short heading, of no section, with a word such as "personnel" in it."""
    if not looks_like_heading(heading) or match_heading(heading, report.shape) is not None:
        return False
    plain = f" {fold_text(heading.text)} "
    return any(f" {fold_text(words)} " in plain for words in report.shape.key_titles)


def _lists_people(blocks: Sequence[Block]) -> bool:
    """Lines or rows that say what a short name stands for, and hardly anything else."""
    lines = [b.text for b in blocks if isinstance(b, Paragraph) and b.text.strip()]
    rows = [row for grid in find_tables(blocks) for row in grid.rows if not row.is_blank]
    pairs = sum(_PAIR.match(text) is not None for text in lines)
    named = sum(_is_pair(row) for row in rows)
    return named >= MIN_CODED_LINES or (pairs >= MIN_CODED_LINES and 2 * pairs >= len(lines))


def _is_pair(row: Row) -> bool:
    """A short name and one to four things about it."""
    told = [cell.text for cell in row.cells if cell.text]
    worded = [text for text in told[:2] if any(c.isalpha() for c in text)]
    return 1 < len(told) <= MAX_KEY_COLUMNS and len(worded) == 2 and len(told[0]) <= MAX_SHORT_NAME


def _is_headed(grid: ReportTable, report: ReportDocument) -> bool:
    """Whether a table after the front sheet has a column of codes and one of roles."""
    top = [fold_without_spaces(cell.text) for cell in grid.rows[0].cells]
    codes, roles = (
        {fold_without_spaces(words) for words in among}
        for among in (report.shape.key_codes, report.shape.key_roles)
    )
    return (
        grid.position >= report.outline.front
        and len(top) <= MAX_KEY_COLUMNS
        and any(text in codes for text in top)
        and any(text in roles for text in top if text not in codes)
        and any(_is_pair(row) for row in grid.rows[1:])
    )


def _heads_key(block: Paragraph, report: ReportDocument) -> bool:
    if len(block.text) > MAX_HEADING_LENGTH:
        return False
    plain = fold_text(block.text)
    alone = looks_like_heading(block) or not block.text.rstrip().endswith(".")
    return alone and any(fold_text(words) in plain for words in report.shape.key_words)


def _until_next_heading(report: ReportDocument, start: int) -> range:
    for i in range(start + 1, len(report.blocks)):
        block = report.blocks[i]
        if isinstance(block, Paragraph) and _is_next(block, report):
            return range(start, i)
    return range(start, len(report.blocks))


def _is_next(block: Paragraph, report: ReportDocument) -> bool:
    if match_heading(block, report.shape) is not None:
        return True
    return looks_like_heading(block) and not _CODE.match(block.text.strip())


def _is_coded(row: Row) -> bool:
    """ "HV1 | Health visitor": a code alone in a cell, and what it stands for."""
    told = [cell.text for cell in row.cells if cell.text]
    return 1 < len(told) <= 4 and any(_CODE.fullmatch(text) for text in told)
