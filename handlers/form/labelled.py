"""Lines of a letter that a label begins: "Contact: A. Person", "Until when? 9 March 2010".

Does: takes them apart, a table's row of two cells as one; says of a label whether it asks who
somebody is, or is of somebody who signs nothing.
Trusts: nothing.
Never touches: what stands after a label.
Known limits: a label is short, and ends in a colon or a question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.labels import NOT_SIGNING
from handlers.form.passage import Passage
from handlers.typed.fold import fold

LONGEST = 240  # characters of a line somebody signs in

LABELLED = re.compile(r"^\W*(?P<label>[A-Za-z][A-Za-z/'’() -]{0,50}?)\s*:\s*(?P<value>.*)$", re.S)
_ASKED = re.compile(r"^\W*(?P<label>[A-Za-z][^?:]{8,160}\?)\s*:?\s*(?P<value>\S.{0,60})$", re.S)


def labelled_lines(passages: Sequence[Passage]) -> Iterator[tuple[str, str, int]]:
    """Each "Label: value" with its place, whatever the label; a table's row of two cells, too."""
    cells: dict[int, list[str]] = {}
    for passage in passages:
        if passage.table:
            cells.setdefault(passage.position, []).append(passage.text)
    for position, row in cells.items():
        if len(row) == 2:
            yield row[0].rstrip(" :?"), row[1], position
    for passage in passages:
        text = "" if passage.table else passage.text[:LONGEST]
        label = _ASKED.match(text) or LABELLED.match(text)
        if label is not None and label["value"]:
            yield label["label"], label["value"], passage.position


def merged(passages: Sequence[Passage]) -> list[Passage]:
    """Lines, the cells of a table's row as one: "From: A. Person"."""
    out: list[Passage] = []
    for passage in passages:
        above = out[-1] if out else None
        if above is None or not passage.table or above.position != passage.position:
            out.append(passage)
            continue
        joint = " " if above.text.rstrip().endswith(":") else ": "
        joint = " | " if LABELLED.match(above.text + joint) is None or "|" in above.text else joint
        text = f"{above.text}{joint}{passage.text}"
        out[-1] = Passage(text, passage.position, passage.table)
    return out


def asks_who(label: str) -> bool:
    """ "Responding officer", "Author": whoever fills it in, and nobody's role."""
    words = fold(label).split()
    return words[0] in (
        "responding",
        "reporting",
        "author",
        "named",
        "name",
        "lead",
        "signing",
    ) or (words[-1] in ("by", "author", "representative"))


def not_signing(label: str) -> bool:
    folded = fold(label)
    return folded in NOT_SIGNING or any(
        folded.startswith(f"{word} ") for word in ("to", "cc", "re")
    )
