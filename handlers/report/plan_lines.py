"""An action plan in labelled lines: "Recommendation 1: ...", "By whom: ...".

Does: tells the labels in a line, and reads items out of lines and of what stands under them.
Trusts: `handlers/report/plan_columns.py` for what a label asks for.
Never touches: findings.
Known limits: an item begins where a label comes again. A line that reads like a label in full
("Audit") is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from config.shape import Plan
from handlers.document.block import Block, Paragraph
from handlers.document.label import entered
from handlers.finding import Where
from handlers.report.passage import passages
from handlers.report.plan_columns import Keys, keys_in, label_keys
from handlers.report.plan_item import (
    KNOWN_BY,
    KNOWN_WITHOUT,
    RECOMMENDATION,
    Entered,
    Item,
    PlanTable,
)

_LABELLED = re.compile(
    r"\W{0,4}(?P<label>[A-Za-z][A-Za-z /&()'’?-]{1,70}?(?:\s+(?:no\.?\s*)?\d+(?:\.\d+)*)?)"
    r"\s*(?P<parted>:|\s[–—-]\s|[._…]{3,}|$)(?P<value>.*)",
    re.S,
)
_PIECES = re.compile(r"\t+|\n|\s{3,}|\s\|\s")


def labelled(text: str, plan: Plan) -> Iterator[tuple[Keys, str]]:
    """The labels of the plan's columns in a text, each with what follows it; what comes before any
    has no keys."""
    for piece in _PIECES.split(text):
        if not piece.strip():
            continue
        found = _LABELLED.fullmatch(piece.strip())
        keys: Keys = ()
        if found:
            by = keys_in if found["parted"] else label_keys
            keys = by(found["label"], plan)
        yield keys, (found["value"] if found and keys else piece)


def read_lines(
    blocks: Sequence[Block], plan: Plan, places: Sequence[range], section: str
) -> PlanTable | None:
    """A plan of labelled lines: "Recommendation 1: ...", "By whom: ..."."""
    headings = {column.key: column.heading for column in plan.columns}
    found: list[dict[str, list[str]]] = []
    now: list[str] | None = None
    unknown = 0
    for place in places:
        for passage in passages(blocks, place.start, place.stop):
            for keys, value in labelled(passage.text, plan):
                if not keys:
                    unknown += _may_label(passage.paragraph, value)
                    if now is not None:
                        now.append(value)
                    continue
                if not found or keys[0] in found[-1]:
                    found.append({})
                now = [value]
                found[-1] |= dict.fromkeys(keys, now)
    keys_ = {key for one in found for key in one}
    if len(keys_) < (KNOWN_BY if RECOMMENDATION in keys_ else KNOWN_WITHOUT):
        return None
    items = []
    for n, one in enumerate(found, 1):
        where = Where(section=f"{section}, recommendation {n}")
        told = {
            key: Entered(text, bool(text), replace(where, column=headings[key]))
            for key, lines in one.items()
            for text in [entered("\n".join(lines))]
        }
        blank = {
            key: Entered("", False, replace(where, column=headings[key]))
            for key in keys_ - one.keys()
        }
        items.append(Item(blank | told))
    return PlanTable(frozenset(keys_), tuple(items), unknown)


def _may_label(paragraph: Paragraph, piece: str) -> bool:
    """Whether a line without a label that we know may have one that we do not."""
    found = _LABELLED.fullmatch(piece.strip())
    return found is not None and (bool(found["parted"]) or paragraph.bold)
