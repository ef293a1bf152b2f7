"""Pairs a form's criteria with the lines of its grid, by their wording and then by likeness.

Rows that resemble no criterion are passed over; `criteria_answers.py` keeps those with an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from config.kind_shape import Criterion
from handlers.checks.form.answers import NO_ANSWER, FormAnswer
from handlers.checks.form.form_text import FormPiece
from handlers.checks.form.grid import GridLine
from handlers.checks.form.wording import count_remaining_words, find_wording_end, is_same_wording
from handlers.findings import FindingPlace
from handlers.values.normalise import (
    fold_text,
    fold_without_spaces,
    text_similarity,
    without_number,
)

MIN_REWORDED_LIKENESS = 0.6  # likeness from which a row is the criterion in other words
MIN_PART_SHARE = 0.5  # of the words of a piece of a criterion that are the criterion's
MIN_PIECE_LENGTH = 6  # characters of a piece whose words are broken
MAX_CRITERION_PIECES = 3  # rows that one criterion may be cut into
MIN_WORD_OVERLAP = 0.5  # of the words: below it two wordings cannot be one, and need no closer look
MAX_LENGTH_DIFFERENCE = 20  # letters by which two wordings of one criterion may differ in length
MAX_SPARE_ROWS = 100  # left over after the first pass; a form with more is no form

MAX_LATER_LINES = 8  # lines below a criterion that may answer it

_ANSWER = re.compile(
    r"[\[(☐☑☒✓✔✗✘□√]|(?:yes|no|partially|partly|partial|[ynp]|n/a)\s*(?:$|[\s.,;:/|\-–—(☐-☒])"
    r"|(?:answer|response|rating|comments?|evidence|notes?|reasons?)\s*[:\-–]",
    re.I,
)
_CALLED = re.compile(r"^\s*(?:criterion|standard|question)\s*\d{1,2}\W*", re.I)


@dataclass(frozen=True, slots=True)
class CriterionMatch:
    """One criterion and the line that answers it, None where the form has none. `found` is its
    wording where that is another, "" for one struck out in part; `rest` is what its own cell says
    after the wording, `later` the lines from there to the next criterion."""

    criterion: Criterion
    line: GridLine | None = None
    reworded: bool = False
    found: str = ""
    rest: FormPiece | None = None
    later: tuple[GridLine, ...] = ()
    answer: FormAnswer = NO_ANSWER
    comment: str = ""

    @property
    def finding_place(self) -> FindingPlace:
        return FindingPlace(
            criterion=self.criterion.number, number=self.line.number if self.line else None
        )

    @property
    def finding_cause(self) -> str:
        """What parts one criterion's finding from another's: each is told, none only counted."""
        return f"criterion {self.criterion.number}"


def match_criteria(
    lines: Iterable[GridLine], criteria: Sequence[Criterion], exact: bool = False
) -> tuple[CriterionMatch, ...]:
    """Every criterion in the kind's order, with its line; `exact` where only the kept wordings
    count, which spares holding every line against every criterion."""
    filled = [line for line in lines if not line.is_blank]
    found: dict[int, CriterionMatch] = {}
    taken: dict[int, int] = {}  # the index of each line used, and the criterion it went to
    at = 0
    while at < len(filled):
        left = [c for c in criteria if c.number not in found]
        match, used = _kept(filled[at : at + MAX_CRITERION_PIECES], left)
        if match is not None:
            found[match.criterion.number] = match
            taken.update(dict.fromkeys(range(at, at + used), match.criterion.number))
        at += used
    spare = [at for at in range(len(filled)) if at not in taken][:MAX_SPARE_ROWS]
    for match, at in [] if exact else _reworded(filled, spare, criteria, found):
        found[match.criterion.number] = match
        taken[at] = match.criterion.number
    later = _later(filled, taken)
    return tuple(
        _as_kept(_with(found[c.number], later.get(c.number, ())))
        if c.number in found
        else CriterionMatch(c)
        for c in criteria
    )


def _as_kept(asked: CriterionMatch) -> CriterionMatch:
    """A criterion struck out is not on the form, one struck out in part is in other words."""
    pieces = asked.line.pieces if asked.line else ()
    if not any(s.struck for piece in pieces for s in piece.stretches):
        return asked
    after = asked.rest.text if asked.rest else ""
    wording = [
        p.slice_piece(0, len(p.text) - len(after)) if p.text.endswith(after) else p for p in pieces
    ]
    if not any(s.struck for piece in wording for s in piece.stretches):
        return asked
    kept = [without_number(" ".join(piece.unstruck_text.split())) for piece in wording]
    texts = [text for text in (*kept, " ".join(kept)) if fold_without_spaces(text)]
    if not texts:
        return CriterionMatch(asked.criterion)
    same = any(_says(asked.criterion, _CALLED.sub("", text)) for text in texts)
    return replace(asked, reworded=not same, found="")


def _with(asked: CriterionMatch, later: tuple[GridLine, ...]) -> CriterionMatch:
    return replace(asked, later=later) if later else asked


def _later(lines: Sequence[GridLine], taken: Mapping[int, int]) -> dict[int, tuple[GridLine, ...]]:
    """For each criterion the lines below its own that are nobody else's."""
    out: dict[int, tuple[GridLine, ...]] = {}
    for at, number in taken.items():
        if at + 1 in taken:
            continue
        below: list[GridLine] = []
        for line in lines[at + 1 : at + 1 + MAX_LATER_LINES]:
            if at + 1 + len(below) in taken or line.ends_the_grid or _elsewhere(lines[at], line):
                break
            below.append(line)
        if at + 1 not in taken or taken[at + 1] != number:
            out[number] = tuple(below)
    return out


def _elsewhere(line: GridLine, below: GridLine) -> bool:
    """A row of another table does not answer one that has a place for its answer, save of a table
    inside that row."""
    inside = below.table[: len(line.table)] == line.table
    return line.has_answer_place and not inside


def _kept(
    pieces: Sequence[GridLine], criteria: Sequence[Criterion]
) -> tuple[CriterionMatch | None, int]:
    """The criterion that the first piece, or the first few together, still say word for word,
    and how many pieces that took; one piece is used up when there is none."""
    first, *rest = pieces
    said = _said(first)
    for criterion in criteria:
        if any(_says(criterion, text) for text in said):
            return CriterionMatch(criterion, first), 1
    if (opened := _opened(first, criteria)) is not None:
        return opened, 1
    begun = [one for one in criteria if _is_part(one, said)]
    joined = first
    for count, piece in enumerate(rest if begun else (), start=2):
        joined, own = joined.join_next_line(piece), _said(piece)
        for criterion in (one for one in begun if _is_part(one, own)):
            if any(_says(criterion, text) for text in _said(joined)):
                return CriterionMatch(criterion, joined), count
    return None, 1


def _said(line: GridLine) -> list[str]:
    """What a row says as a whole and in each of its cells."""
    return [_CALLED.sub("", text) for text in dict.fromkeys((line.wording, *line.cells))]


def _is_part(criterion: Criterion, said_by: Sequence[str]) -> bool:
    """The piece, or a cell of it, stands in the criterion, if only most of its words do."""
    whole, ours = fold_without_spaces(criterion.text), _words(criterion.text)
    for plain in said_by:
        if (said := _words(plain)) and len(said & ours) >= MIN_PART_SHARE * len(said):
            return True
        if len(plain) >= MIN_PIECE_LENGTH and fold_without_spaces(plain) in whole:
            return True
    return False


def _says(criterion: Criterion, wording: str) -> bool:
    return _near(criterion.text, wording) and is_same_wording(criterion.text, wording)


def _opened(line: GridLine, criteria: Sequence[Criterion]) -> CriterionMatch | None:
    """A criterion whose cell goes on with its answer: "... critical aspects. Yes / No"."""
    for piece in line.pieces:
        begun = without_number(_CALLED.sub("", piece.text))
        start = len(piece.text) - len(begun)
        for criterion in criteria:
            if not _words(criterion.text) & _words(begun[: len(criterion.text)]):
                continue
            end = find_wording_end(criterion.text, begun)
            rest = piece.slice_piece(start + end, len(piece.text)) if end is not None else None
            if rest is not None and _answers(rest):
                return CriterionMatch(criterion, line, rest=rest)
    return None


def _answers(rest: FormPiece) -> bool:
    """What follows a wording is no part of it: it stands on a line of its own, or is an answer."""
    text = rest.text.lstrip(" .;:,-–—?")
    return text.startswith(("\n", "\t")) or _ANSWER.match(text) is not None


def _near(ours: str, theirs: str) -> bool:
    """Worth a closer look: many words in common, or, where they are broken, as many letters."""
    left, right = _words(ours), _words(theirs)
    least = MIN_WORD_OVERLAP * max(len(left), len(right))
    if min(len(left), len(right)) >= least <= len(left & right):
        return True
    one, other = fold_without_spaces(ours), fold_without_spaces(theirs)
    return (
        one[:MIN_PIECE_LENGTH] == other[:MIN_PIECE_LENGTH]
        and abs(len(one) - len(other)) <= MAX_LENGTH_DIFFERENCE
    )


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(fold_text(text).split())


def _reworded(
    lines: Sequence[GridLine],
    spare: Sequence[int],
    criteria: Sequence[Criterion],
    found: Mapping[int, CriterionMatch],
) -> list[tuple[CriterionMatch, int]]:
    """Best likeness first, then what most words are left of, each with its line's index; a line and
    a criterion are used once."""
    pairs = [
        (*max((*_alike(criterion, text, criteria), text) for text in texts), criterion.number, at)
        for criterion in criteria
        if criterion.number not in found
        for at in spare
        if (texts := _texts(lines[at]))
    ]
    by_number = {c.number: c for c in criteria if c.number not in found}
    used: set[int] = set()
    out: list[tuple[CriterionMatch, int]] = []
    for alike, left, text, number, at in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        if (alike or left) and number in by_number and at not in used:
            used.add(at)
            out.append((CriterionMatch(by_number.pop(number), lines[at], True, text), at))
    return out


def _texts(line: GridLine) -> list[str]:
    """What may be a wording: the row's, a cell's, or the first line of one, with guidance below."""
    first = (without_number(piece.text.split("\n")[0].strip()) for piece in line.pieces)
    return [text for text in dict.fromkeys((line.wording, *line.cells, *first)) if text]


def _alike(criterion: Criterion, text: str, criteria: Sequence[Criterion]) -> tuple[float, int]:
    """How like the criterion a text is, 0 below MIN_REWORDED_LIKENESS; and how many words are left
    of it."""
    alike = text_similarity(criterion.text, text)
    others = [other.text for other in criteria if other is not criterion]
    return (
        alike if alike >= MIN_REWORDED_LIKENESS else 0.0,
        count_remaining_words(criterion.text, text, others),
    )
