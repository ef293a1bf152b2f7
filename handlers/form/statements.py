"""Whether the statements that a form makes still stand.

Does: looks for each statement's wording in the running text and says whether it stands, is in
other words, is struck out in whole or in part, is contradicted by a word that was added, is
answered with "No", or is not there.
Trusts: the kind's TOML for the statements.
Never touches: empty boxes: the statements are bullets, and no tick is asked for.
Known limits: a word of doubt counts in the statement's own line, not in one elsewhere. Words for
"no" that are not in the list make another wording, which is for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from config.shape import Criterion
from handlers.document.block import Block
from handlers.form.answers import NONE, Answer
from handlers.form.beside import Says, either, in_line, in_row, together
from handlers.form.criteria import Asked, asked_on
from handlers.form.grid import lines_in
from handlers.form.marks import without_boxes
from handlers.form.passage import Passage
from handlers.form.reading import read_answers
from handlers.form.wording import same_wording
from handlers.typed.fold import fold, likeness, squash, without_number

State = Literal[
    "stands", "reworded", "missing", "struck out", "struck out in part",
    "contradicted by what was added", "answered with No", "answered otherwise", "not confirmed yet",
]  # fmt: skip
TAKES_BACK: Mapping[Says, State] = {
    "denied": "answered with No",
    "put off": "not confirmed yet",
    "doubted": "answered otherwise",
}
ASKED = ("Yes", "No", "Partially")  # how people let statements be answered, where they do

# Words that take back what stands beside them, and words that may.
AGAINST = frozenset({
    "not", "never", "none", "except", "excepting", "unless", "partially", "partly", "without",
    "cannot", "doesnt", "isnt", "hasnt", "havent", "didnt", "dont", "arent", "wasnt", "cant",
    "wont",
    "nor", "neither", "fails", "failed", "lacks", "untrue", "false", "incorrect", "disagree",
    "unable", "excluding",
})  # fmt: skip
DOUBTS = frozenset({"but", "however", "although", "though", "yet", "pending", "mostly", "largely"})
DOUBTS_TOGETHER = ("subject to", "apart from", "other than", "exception", "in part", "save for")
_CHOICES = re.compile(r"(?:\b(?:yes|no|partially|partly|n a)\b ?){2,}")  # printed to choose from

REWORDED = 0.75  # likeness from which a line is the statement in other words
PIECES = 4  # lines that one statement may be broken over
LONGEST_BESIDE = 200  # characters beside a statement that are looked at
MOST_LINES = 2000  # a form with more is no form; the rest is not searched


@dataclass(frozen=True, slots=True)
class Standing:
    """One statement and how it stands. `name` is what people call it ("statement 2")."""

    name: str
    state: State


def standings_in(
    blocks: Sequence[Block],
    passages: Sequence[Passage],
    statements: Sequence[str],
    names: Sequence[str] = (),
    labels: Sequence[str] = (),
) -> tuple[Standing, ...]:
    """How each statement stands, in their order; one without a name is called by its number."""
    near = passages[:MOST_LINES] if statements else ()
    rows = _rows(blocks, statements, labels)
    beside = _beside(statements, near, rows)
    return tuple(
        Standing(
            names[i] if i < len(names) else f"statement {i + 1}",
            _state(statement, near, rows[i].answer if i in rows else NONE, beside[i]),
        )
        for i, statement in enumerate(statements)
    )


def _beside(
    statements: Sequence[str], passages: Sequence[Passage], rows: Mapping[int, Asked]
) -> list[Says]:
    """What stands beside each statement, in its line or else in its row."""
    lines = [p.kept for p in passages if p.kept]
    said = []
    for i, statement in enumerate(statements):
        row = rows.get(i)
        replies = row.line.replies if row and row.line and row.line.table else ()
        told = in_row(replies, row.answer) if row and replies else ""
        said.append(either(in_line(statement, lines), told))
    return together(said)


def _rows(
    blocks: Sequence[Block], statements: Sequence[str], labels: Sequence[str]
) -> Mapping[int, Asked]:
    """Each statement's row, with what is ticked or written against it."""
    if not statements:
        return {}
    lines = islice(lines_in(blocks, ASKED, labels, typed=True), MOST_LINES)
    asked = [Criterion(i, statement) for i, statement in enumerate(statements)]
    read = read_answers(asked_on(lines, asked), ASKED, told_by_looks=True)
    return {one.criterion.number: one for one in read}


def first_of(passages: Sequence[Passage], statements: Sequence[str]) -> int:
    """The index of the block where the first statement stands, struck out or not, else 0."""
    for passage in passages[:MOST_LINES]:
        plain = _plain(passage.text)
        if any(_begins(statement, plain) for statement in statements):
            return passage.position
    return 0


def _begins(statement: str, line: str) -> bool:
    """A line that is the statement, or the first of the lines it was broken over."""
    said, whole = fold(line), fold(statement)
    return said == whole or (len(said) > len(whole) / 3 and whole.startswith(said))


def _plain(line: str) -> str:
    return without_number(without_boxes(line))


def _state(statement: str, passages: Sequence[Passage], answer: Answer, beside_it: Says) -> State:
    kept = [_plain(p.kept) for p in passages if p.kept]
    if _said(statement, kept):
        beside = _around(statement, kept)
        if _against(beside):
            return "contradicted by what was added"
        if beside_it in TAKES_BACK:
            return TAKES_BACK[beside_it]
        return "answered otherwise" if _doubtful(beside) else _answered(answer)
    if _said(statement, [_plain(p.text) for p in passages if p.struck]):
        return "struck out"
    if _said(statement, [_plain(p.text) for p in passages]):
        return "struck out in part"
    return _other(statement, passages, kept)


def _answered(answer: Answer) -> State:
    """What a statement comes to that stands, by the answer beside it."""
    if answer.given == ("No",):
        return "answered with No"
    other = answer.state == "not applicable" or answer.given not in ((), ("Yes",))
    return "answered otherwise" if other else "stands"


def _other(statement: str, passages: Sequence[Passage], kept: Sequence[str]) -> State:
    """What a statement comes to whose words are not there."""
    nearest = max(_joined(statement, kept), key=lambda t: likeness(statement, t), default="")
    if likeness(statement, nearest) >= REWORDED:
        added = _added(statement, nearest)
        return "contradicted by what was added" if _against(added) else "reworded"
    partly = [_plain(p.text) for p in passages if p.kept and p.kept != p.text]
    if any(likeness(statement, text) >= REWORDED for text in _joined(statement, partly)):
        return "struck out in part"
    return "missing"


def _around(statement: str, lines: Sequence[str]) -> str:
    """What stands before and behind the statement in the line that holds it whole."""
    for line in lines:
        if len(line) < 2 * LONGEST_BESIDE + 2 * len(statement):
            said, whole = f" {fold(line)} ", fold(statement)
            if whole in said:
                before, _, after = said.partition(whole)
                return f"{before[-LONGEST_BESIDE:]} {after[:LONGEST_BESIDE]}"
    return ""


def _added(statement: str, other: str) -> str:
    """The words of `other` that the statement does not have."""
    ours = fold(statement).split()
    return " ".join(word for word in fold(other).split() if word not in ours)


def _against(words: str) -> bool:
    """Whether words take back what they stand beside."""
    return bool(AGAINST.intersection(_CHOICES.sub(" ", fold(words)).split()))


def _doubtful(words: str) -> bool:
    said = fold(words)
    return bool(DOUBTS.intersection(said.split())) or any(t in said for t in DOUBTS_TOGETHER)


def _said(statement: str, lines: Sequence[str]) -> bool:
    if any(same_wording(statement, text) for text in _joined(statement, lines)):
        return True
    return squash(statement) in squash(" ".join(lines))


def _joined(statement: str, lines: Sequence[str]) -> Iterator[str]:
    """Lines and neighbours joined, of about the statement's length: nothing else can be it."""
    length = len(fold(statement))
    for start in range(len(lines)):
        text = ""
        for line in lines[start : start + PIECES]:
            text = f"{text} {line}".strip()
            if len(text) > 2 * length:
                break
            if len(text) > length / 2:
                yield text
