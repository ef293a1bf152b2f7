"""Says of each statement of a form whether it stands, is reworded, contradicted or missing.

Empty boxes are ignored: the statements are bullets, and no tick is asked for. Words for "no" that
are not in the list make another wording, which is for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Literal

from config.kind_shape import Criterion
from handlers.checks.form.added_words import Added, added_in
from handlers.checks.form.answer_marks import strip_boxes
from handlers.checks.form.answers import NO_ANSWER, FormAnswer
from handlers.checks.form.criteria import CriterionMatch, match_criteria
from handlers.checks.form.criteria_answers import read_answers
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.grid import GridLine, read_grid_lines
from handlers.checks.form.statement_answers import (
    StatementReply,
    answer_in_line,
    answer_in_row,
    combine_line_and_row,
    compare_answers,
    is_only_answer,
    is_unchosen_list,
    read_answer_words,
)
from handlers.checks.form.wording import count_remaining_words, is_same_wording, text_around_wording
from handlers.document import Block
from handlers.fields.people import look_of_text, signs_for_another
from handlers.values.doubts import is_whole, negates, sentences
from handlers.values.normalise import (
    fold_text,
    fold_without_spaces,
    text_similarity,
    without_number,
)

TableNumbers = tuple[int, ...]
StatementState = Literal[
    "stands", "reworded", "missing", "struck out", "struck out in part",
    "contradicted by what was added", "answered with No", "answered otherwise", "not confirmed yet",
    "left unticked", "box left empty", "added to",
]  # fmt: skip
STATES_BY_REPLY: Mapping[StatementReply, StatementState] = {
    "denied": "answered with No",
    "put off": "not confirmed yet",
    "doubted": "answered otherwise",
    "unticked": "box left empty",
    "empty": "left unticked",
}
REPLIES_BY_CHOICE: Mapping[tuple[str, ...], StatementReply] = {
    ("Yes",): "confirmed",
    ("No",): "denied",
}
STATEMENT_CHOICES = (
    "Yes",
    "No",
    "Partially",
)  # how people let statements be answered, where they do

MIN_REWORDED_LIKENESS = 0.75  # likeness from which a line is the statement in other words
MIN_SHARE_LEFT = 0.3  # of a statement's words that must be left in a line, to be told as shortened
MIN_TELLING_LETTERS = 4  # letters of a word by which a statement is known in other words
MIN_OWN_WORDS = 5  # words of a line that says it so
MAX_BROKEN_LINES = 4  # lines that one statement may be broken over
MAX_LINE_LENGTH = 1_000  # characters of a line in which a statement may stand with a comment
_INITIALLED = re.compile(r"\s*(?:[A-Z](?:\.\s?|\s))+[A-Z][A-Za-z'\u2019-]+\s*$")
_FOR_ANOTHER = re.compile(r"\s*p\.\s?[A-Z][\w.'\u2019-]*\s")
MAX_FORM_LINES = 2000  # a form with more is no form; the rest is not searched


@dataclass(frozen=True, slots=True)
class StatementStanding:
    """One statement and how it stands. `name` is what people call it ("statement 2"), `found` what
    stands in place of its wording; `answered` says that somebody marked it, one way or another."""

    name: str
    state: StatementState
    wording: str = ""
    found: str = ""
    answered: bool = False


def read_statements(
    rows: Mapping[int, CriterionMatch],
    passages: Sequence[FormPassage],
    statements: Sequence[str],
    names: Sequence[str] = (),
) -> tuple[StatementStanding, ...]:
    """How each statement stands, in their order; one without a name is called by its number. `rows`
    are those of `match_statement_rows`."""
    near = passages[:MAX_FORM_LINES] if statements else ()
    kept = [_plain(p.kept) for p in near if p.kept]
    there = [_said(statement, kept) for statement in statements]
    beside = _beside(statements, near, rows)
    told = compare_answers(beside, there)
    out = []
    for i, statement in enumerate(statements):
        answer = rows[i].answer if i in rows else NO_ANSWER
        if there[i]:
            added = tuple(_added_to(statement, kept, statements))
            state, found = _standing(statement, added, answer, told[i]), ""
        else:
            state, found = _other(statement, near, kept, statements)
        name = names[i] if i < len(names) else f"statement {i + 1}"
        marked = bool(answer.given) or beside[i] not in ("", "unticked", "empty")
        out.append(StatementStanding(name, state, statement, found, marked))
    return tuple(out)


def _beside(
    statements: Sequence[str], passages: Sequence[FormPassage], rows: Mapping[int, CriterionMatch]
) -> list[StatementReply]:
    """What stands beside each statement, in its line or else in its row."""
    lines = [p.kept for p in passages if p.kept]
    said: list[StatementReply] = []
    for i, statement in enumerate(statements):
        row = rows.get(i)
        replies = row.line.replies if row and row.line and row.line.table else ()
        told = answer_in_row(replies, row.answer) if row and replies else ""
        line = answer_in_line(statement, lines)
        if line == "unticked" and row and row.answer.given:  # "Yes / No", one of them marked
            line = told or ("confirmed" if row.answer.given == ("Yes",) else "")
        said.append(
            combine_line_and_row(line, told)
            or REPLIES_BY_CHOICE.get(row.answer.given if row else (), "")
        )
    return said


def match_statement_rows(
    blocks: Sequence[Block], statements: Sequence[str], labels: Sequence[str]
) -> Mapping[int, CriterionMatch]:
    """Each statement's row, with what is ticked or written against it."""
    if not statements:
        return {}
    lines = tuple(
        islice(read_grid_lines(blocks, STATEMENT_CHOICES, labels, typed=True), MAX_FORM_LINES)
    )
    asked = [Criterion(i, statement) for i, statement in enumerate(statements)]
    rows = (replace(one, later=_answering(one.later)) for one in match_criteria(lines, asked))
    signed = frozenset(line.table for line in lines if line.table and line.ends_the_grid)
    read = read_answers(_unless_signed(tuple(rows), signed), STATEMENT_CHOICES, told_by_looks=True)
    return {one.criterion.number: _unless_unchosen(one) for one in read}


def _unless_signed(
    rows: Sequence[CriterionMatch], signed: frozenset[TableNumbers]
) -> tuple[CriterionMatch, ...]:
    """The rows, those among the blanks of a table in which the form is signed without the cells
    beside them: a label, a name or an empty cell there was never meant for an answer. Where a
    statement of such a table is answered, or its answers are headed, they were."""
    answers = {one.line.table for one in rows if one.line and _is_answered(one.line)}
    bare = signed - answers
    return tuple(
        replace(one, line=replace(one.line, replies=()))
        if one.line and one.line.table in bare
        else one
        for one in rows
    )


def _is_answered(line: GridLine) -> bool:
    """Whether a row has a place for its answer that says anything, or is headed as one."""
    if line.columns is not None and line.columns.order and line.columns.table == line.table:
        return True
    spots = [spot for reply in line.replies for spot in reply.spots.values()]
    said = [reply.comment for reply in line.replies] + [spot.text for spot in spots]
    pieces = [p for r in line.replies for p in (r.whole, *r.extra) if p is not None]
    marked = any(spot.worded or spot.boxed for spot in spots) or any(p.ticks for p in pieces)
    said += [piece.unstruck_text for piece in pieces]
    return marked or any(read_answer_words(text) and not _is_person(text) for text in said)


def _answering(later: Sequence[GridLine]) -> tuple[GridLine, ...]:
    """The lines below a statement that may answer it: none from the first on in which somebody
    signs, whose name may begin as "Partially" does."""
    return tuple(takewhile(lambda line: not any(map(_is_person, _cells(line))), later))


def _cells(line: GridLine) -> Iterator[str]:
    yield from (line.wording, *line.cells)
    for reply in line.replies:
        yield from (piece.text for piece in (reply.whole, *reply.extra) if piece is not None)


def _is_person(text: str) -> bool:
    if signs_for_another(text) or _FOR_ANOTHER.match(text):
        return True  # "p.p. A. Green", of which a first "p." may be taken for a number
    return _INITIALLED.match(text) is not None and look_of_text(text) in ("name", "designation")


def _unless_unchosen(one: CriterionMatch) -> CriterionMatch:
    """A statement with no answer where "Yes / No" is printed beside it and neither is marked."""
    whole = [r.whole for r in one.line.replies if r.whole is not None] if one.line else []
    listed = [*whole, one.rest] if one.rest is not None else whole
    return replace(one, answer=NO_ANSWER) if listed and all(map(is_unchosen_list, listed)) else one


def find_first_statement(passages: Sequence[FormPassage], statements: Sequence[str]) -> int:
    """The index of the block where the first statement stands, struck out or not, else 0."""
    if not statements:
        return 0
    for passage in passages[:MAX_FORM_LINES]:
        plain = _plain(passage.text)
        if any(_begins(statement, plain) for statement in statements):
            return passage.position
    return 0


def _begins(statement: str, line: str) -> bool:
    """A line that is the statement, or the first of the lines it was broken over."""
    said, whole = fold_text(line), fold_text(statement)
    return said == whole or (len(said) > len(whole) / 3 and whole.startswith(said))


def _plain(line: str) -> str:
    return without_number(strip_boxes(line))


def _standing(
    statement: str, added: Sequence[Added], answer: FormAnswer, beside_it: StatementReply
) -> StatementState:
    """What a statement comes to whose words are there."""
    if any(one.takes_back(statement) for one in added):
        return "contradicted by what was added"
    weighs = any(one.weighs() for one in added)
    alone = is_only_answer(" ".join(one.text for one in added))
    if beside_it in STATES_BY_REPLY:
        stated = beside_it == "doubted" and weighs and not alone
        return "added to" if stated else STATES_BY_REPLY[beside_it]
    if weighs:
        return "answered otherwise" if alone else "added to"
    return "stands" if _ends_with_yes(added, answer) else _answered(answer)


def _ends_with_yes(added: Sequence[Added], answer: FormAnswer) -> bool:
    """Whether the "No" of an answer is a harmless sentence's first word, and the answer its last:
    "No member of staff was disciplined. Yes"."""
    *said, last = (one.text for one in added) if added else ("",)
    whole = bool(said) and all(one.own for one in added[:-1])
    plain = not any(strip_boxes(text).strip() != text.strip() for text in (*said, last))
    return answer.given == ("No", "Yes") and whole and plain and fold_text(last) == "yes"


def _answered(answer: FormAnswer) -> StatementState:
    """What a statement comes to that stands, by the answer beside it."""
    if answer.given == ("No",):
        return "answered with No"
    other = answer.state == "not applicable" or answer.given not in ((), ("Yes",))
    return "answered otherwise" if other else "stands"


def _other(
    statement: str, passages: Sequence[FormPassage], kept: Sequence[str], statements: Sequence[str]
) -> tuple[StatementState, str]:
    """What a statement comes to whose words are not there, and what stands in their place."""
    struck = [p.text for p in passages if p.struck or not fold_text(strip_boxes(p.kept))]
    if _said(statement, [_plain(text) for text in struck]):
        return "struck out", ""
    if _said(statement, [_plain(p.text) for p in passages]):
        return "struck out in part", ""
    nearest = max(_joined(statement, kept), key=lambda t: text_similarity(statement, t), default="")
    if text_similarity(statement, nearest) >= MIN_REWORDED_LIKENESS:
        added = _added(statement, nearest)
        return ("contradicted by what was added" if negates(added) else "reworded"), nearest
    partly = [_plain(p.text) for p in passages if p.kept and p.kept != p.text]
    if any(
        text_similarity(statement, text) >= MIN_REWORDED_LIKENESS
        for text in _joined(statement, partly)
    ):
        return "struck out in part", ""
    left = _left_of(statement, kept, [other for other in statements if other != statement])
    if not left and (left := _in_other_words(statement, kept, statements)):
        denied = negates(_added(statement, left))
        return ("contradicted by what was added" if denied else "reworded"), left
    return ("reworded", left) if left else ("missing", "")


def _in_other_words(statement: str, lines: Sequence[str], statements: Sequence[str]) -> str:
    """The line that says a statement in words of its author's own: half of its words are the
    statement's, and one of them is no other's; or it has one such word and stands where the
    statement should. "" for none."""
    ours = set(fold_text(statement).split())
    others = [one for one in statements if one != statement]
    theirs = {word for one in others for word in fold_text(one).split()}
    own = {word for word in ours - theirs if len(word) >= MIN_TELLING_LETTERS}
    here = _in_its_place(statement, lines, statements)
    for line in lines:
        words = fold_text(line).split()
        alike = 2 * sum(word in ours for word in words) >= len(words) >= MIN_OWN_WORDS
        nearer = (o for o in others if text_similarity(o, line) > text_similarity(statement, line))
        if own.isdisjoint(words) or not (line in here or (alike and not any(nearer))):
            continue
        if not any(fold_text(line) in fold_text(o) or text_around_wording(o, line) for o in others):
            return line
    return ""


def _in_its_place(statement: str, lines: Sequence[str], statements: Sequence[str]) -> Sequence[str]:
    """The lines between the statement before one and the statement after it, or for the last the
    line below the one before it, where those stand."""
    at = statements.index(statement)
    near = [*statements[max(0, at - 1) : at], *statements[at + 1 : at + 2]]
    found = [
        next((n for n, line in enumerate(lines) if text_around_wording(one, line)), None)
        for one in near
    ]
    first = found[0]
    if at == 0 or first is None:
        return ()
    last = found[1] if len(found) > 1 else first + 2
    return () if last is None else lines[first + 1 : last]


def _left_of(statement: str, lines: Sequence[str], others: Sequence[str]) -> str:
    """The line that is what is left of a statement, and is no other's; "" for none."""
    least = MIN_SHARE_LEFT * len(fold_text(statement).split())
    left = {line: count_remaining_words(statement, line, others) for line in lines}
    own = [
        line
        for line, words in left.items()
        if (words >= least or (words and fold_text(statement).startswith(fold_text(line))))
        and not any(text_similarity(other, line) >= MIN_REWORDED_LIKENESS for other in others)
    ]
    return max(own, key=left.__getitem__, default="")


def _added_to(statement: str, lines: Sequence[str], statements: Sequence[str]) -> Iterator[Added]:
    """What stands before and behind the statement in the line that holds it whole, and is no other
    statement."""
    for line in lines:
        if (
            len(line) < MAX_LINE_LENGTH
            and (sides := text_around_wording(statement, line)) is not None
        ):
            for one in added_in(*sides):
                if not any(text_around_wording(other, one.text) for other in statements):
                    yield one
            return


def _added(statement: str, other: str) -> str:
    """The words of `other` that the statement does not have, without the sentences of their own
    that stand in its line."""
    ours = fold_text(statement).split()
    said = [one for one in sentences(other) if not is_whole(one) or _bears(ours, one)]
    return " ".join(word for one in said for word in fold_text(one).split() if word not in ours)


def _bears(ours: Sequence[str], sentence: str) -> bool:
    """Whether half of a sentence's words are the statement's."""
    words = fold_text(sentence).split()
    return 2 * sum(word in ours for word in words) >= len(words)


def _said(statement: str, lines: Sequence[str]) -> bool:
    if fold_without_spaces(statement) in fold_without_spaces(" ".join(lines)):
        return True  # as mostly, and soon told
    if any(is_same_wording(statement, text) for text in _joined(statement, lines)):
        return True
    return any(
        text_around_wording(statement, line) for line in lines if len(line) < MAX_LINE_LENGTH
    )


def _joined(statement: str, lines: Sequence[str]) -> Iterator[str]:
    """Lines and neighbours joined, of about the statement's length: nothing else can be it."""
    length = len(fold_text(statement))
    for start in range(len(lines)):
        text = ""
        for line in lines[start : start + MAX_BROKEN_LINES]:
            text = f"{text} {line}".strip()
            if len(text) > 2 * length:
                break
            if len(text) > length / 2:
                yield text
