"""The key to the personnel: who HV1 and SW3 are, apart from the report's own text.

Does: finds the key by its heading; by a heading that may be one ("Appendix A Personnel") over a
list or a table of short names and what they stand for; or by a table under headings such as
"Code" and "Role", or whose lines begin with codes.
Trusts: the shape's words for headings.
Never touches: who the people are.
Known limits: a key under an unusual heading that is prose, not a list, is not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.checks.report.grid import Grid, grids
from handlers.checks.report.headings import LONGEST, closes, looks_like_heading, matched
from handlers.checks.report.report import Report
from handlers.document import Block, Paragraph, Row
from handlers.findings import Findings
from handlers.values.normalise import fold, squash

CODES = 2  # lines that begin with a code make a list a key
WIDEST = 5  # columns of a key
SHORT = 40  # letters of a name that a role stands beside
_CODE = re.compile(r"[A-Z][A-Za-z]{0,5} ?\d{1,2}\b")
_PAIR = re.compile(
    r"\W{0,3}(?P<name>[^\W_][^:=\t\n]{0,39}?)\s*(?::|=|\t|\s[\u2010-\u2015-]\s)\s*\S"
)


def check_key(report: Report, findings: Findings) -> None:
    """personnel-key-missing. No placeholders."""
    if not report.shape.key_words or key_blocks(report):
        return
    if not any(_is_headed(grid, report) for grid in grids(report.blocks)):
        findings.add("personnel-key-missing")


def key_blocks(report: Report) -> frozenset[int]:
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
        for grid in grids(report.blocks)
        if sum(_is_coded(row) for row in grid.rows) >= CODES
        or (_is_headed(grid, report) and _apart(report, grid.position))
        for i in range(grid.position, grid.end)
    }
    return frozenset(under | tables)


def _under(report: Report, start: int, heading: Paragraph) -> range:
    """What stands under a paragraph that heads a key."""
    if _heads_key(heading, report):
        return _until_next_heading(report, start)
    if (_apart(report, start) or closes(heading, report.shape)) and _may_head_key(heading, report):
        below = _until_next_heading(report, start)
        if _lists_people(report.blocks[below.start + 1 : below.stop]):
            return below
    return range(0)


def _apart(report: Report, position: int) -> bool:
    """Whether a block is in no section, or in the signing off, where names stand anyhow."""
    found, sign_off = report.outline.at(position), report.shape.sign_off
    return found is None or (sign_off is not None and found.section.key == sign_off.section)


def _may_head_key(heading: Paragraph, report: Report) -> bool:
    """A short heading, of no section, with a word such as "personnel" in it."""
    if not looks_like_heading(heading) or matched(heading, report.shape) is not None:
        return False
    plain = f" {fold(heading.text)} "
    return any(f" {fold(words)} " in plain for words in report.shape.key_titles)


def _lists_people(blocks: Sequence[Block]) -> bool:
    """Lines or rows that say what a short name stands for, and hardly anything else."""
    lines = [b.text for b in blocks if isinstance(b, Paragraph) and b.text.strip()]
    rows = [row for grid in grids(blocks) for row in grid.rows if not row.blank]
    pairs = sum(_PAIR.match(text) is not None for text in lines)
    named = sum(_is_pair(row) for row in rows)
    return named >= CODES or (pairs >= CODES and 2 * pairs >= len(lines))


def _is_pair(row: Row) -> bool:
    """A short name and one to four things about it."""
    told = [cell.text for cell in row.cells if cell.text]
    worded = [text for text in told[:2] if any(c.isalpha() for c in text)]
    return 1 < len(told) <= WIDEST and len(worded) == 2 and len(told[0]) <= SHORT


def _is_headed(grid: Grid, report: Report) -> bool:
    """Whether a table after the front sheet has a column of codes and one of roles."""
    top = [squash(cell.text) for cell in grid.rows[0].cells]
    codes, roles = (
        {squash(words) for words in among}
        for among in (report.shape.key_codes, report.shape.key_roles)
    )
    return (
        grid.position >= report.outline.front
        and len(top) <= WIDEST
        and any(text in codes for text in top)
        and any(text in roles for text in top if text not in codes)
        and any(_is_pair(row) for row in grid.rows[1:])
    )


def _heads_key(block: Paragraph, report: Report) -> bool:
    if len(block.text) > LONGEST:
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
