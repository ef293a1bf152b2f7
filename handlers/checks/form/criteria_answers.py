"""The answer to each criterion, read from all the places where it may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from config.kind_shape import Criterion, FormShape
from handlers.checks.form.answer_marks import (
    TICKED_MARKS,
    ChoiceSpots,
    choice_named,
    draw_typed_boxes,
    first_choice_named,
    is_empty_mark,
    is_not_applicable,
    read_boxes,
    repeats_a_choice,
    strip_boxes,
    strip_not_applicable,
)
from handlers.checks.form.answers import (
    NO_ANSWER,
    UNCLEAR_ANSWER,
    FormAnswer,
    PlainLooks,
    answer_in_spots,
    designer_layers,
    find_plain_looks,
)
from handlers.checks.form.criteria import CriterionMatch, match_criteria
from handlers.checks.form.form_text import FormPiece
from handlers.checks.form.grid import GridLine, RowReply, read_grid_lines, reply_in_piece
from handlers.document import Block, Row, Traits
from handlers.findings import FindingPlace
from handlers.values.blanks_not_filled import is_hedged_value, read_no_value

_LABEL = re.compile(
    r"\s*\W{0,3}(?:answer|response|reply|rating|outcome|assessment|result)\s*[:\-–]\s*", re.I
)
_NOTES = re.compile(r"\s*\W{0,3}(?:comments?|notes?|evidence|remarks?)\s*[:\-–]\s*", re.I)
MAX_ANSWER_LENGTH = 200  # characters: a second answer further on is a comment's
MAX_SHORT_ANSWER_WORDS = 4  # words: "Y and N"
_WORD = re.compile(r"[A-Za-z]+")
# A second answer in the same cell: "Yes and No", "Yes for the eldest; no for the baby".
_ANOTHER = re.compile(
    r"(?:\A|[,;:.()\n/\-–—&+|]|\b(?:and|or|but)\b)"
    r"\s*(?:\b(?:and|or|but|then|also|however|though|only)\b[\s,;]*)*(?P<word>[A-Za-z]+)"
    r"(?=\s*(?:\Z|[.,;:()\-–—!\n/]|(?:for|as to|but|and|in part)\b)"
    r"|(?<=no)\s+(?:in|to|on|with|regarding|where|not)\b)",
    re.I,
)
# An answer that is not one yet.
_CONDITION = re.compile(
    r"\s*\?|[\s.,;:()\-–—]*(?:(?:but|and|only|though|although|however)[\s,]+)*"
    r"(?:once|if|when|provided|providing|subject to|pending|until|unless|except|apart from"
    r"|assuming|as long as|so long as|conditional|with the exception|with reservations|in part"
    r"|for the most part|in the main|by and large|on the whole|mostly|mainly|largely|almost"
    r"|nearly|not (?:yet|fully|all|entirely)|will be|to be|should be|awaiting|awaited|tbc"
    r"|outstanding|in progress|to some extent)\b",
    re.I,
)
_STOPS = re.compile(r"\s*(?:\Z|[.,;:()\-–—!]|\n|see\b|as\b|refer\b|cf\b|-)", re.I)


def read_answers(
    asked: Sequence[CriterionMatch], choices: Sequence[str], *, told_by_looks: bool = False
) -> tuple[CriterionMatch, ...]:
    """Each criterion with its answer and its comment. `told_by_looks` says that what sets one
    column apart in every row is an answer too: of statements, most are all answered alike."""
    spread = [tuple(_listed(reply, choices) for reply in _own(one)) for one in asked]
    later = [tuple(_later(one.later, choices)) for one in asked]
    rows = [reply.spots for replies in (*spread, *later) for reply in replies if reply.spots]
    plain = find_plain_looks(rows, choices, _headings(asked))
    if not told_by_looks:
        plain = _undesigned([r.spots for own in spread for r in own if r.spots], plain)
    usual = _usual_extras(asked)
    return tuple(
        _read(one, own, below, choices, plain, usual)
        for one, own, below in zip(asked, spread, later, strict=True)
    )


def _undesigned(rows: Sequence[ChoiceSpots], plain: PlainLooks) -> PlainLooks:
    """Without the looks that are the form's own: those of one whole column, where anything else
    answers a row. Where nothing does, nobody knows whose they are."""
    layers = designer_layers(rows, plain)
    if not layers:
        return plain
    left = plain.without_layers(layers)
    answered = any(answer_in_spots(spots, left) != NO_ANSWER for spots in rows)
    return left if answered else replace(plain, unsure=True)


def mark_ocr_doubts(asked: Sequence[CriterionMatch]) -> tuple[CriterionMatch, ...]:
    """The same, of a form whose letters were made out from a picture: a mark that nobody knows may
    be an empty box, and two marks may be one."""
    return tuple(
        replace(one, answer=FormAnswer(state="pictured")) if _doubtful(one) else one
        for one in asked
    )


def _doubtful(one: CriterionMatch) -> bool:
    spots = [s for reply in _own(one) for s in reply.spots.values()]
    unsure = any(spot.kind in ("own mark", "words", "other") for spot in spots)
    return unsure or one.answer.state == "unclear" or len(one.answer.given) > 1


def _own(one: CriterionMatch) -> Iterator[RowReply]:
    if one.line is not None:
        yield from one.line.replies
    if one.rest is not None:
        yield RowReply({}, one.rest)


def _listed(reply: RowReply, choices: Sequence[str]) -> RowReply:
    """A cell for the whole answer, taken apart where it lists the choices."""
    if reply.whole is None:
        return reply
    found = reply_in_piece(reply.whole, choices)
    comment = f"{found.comment} {reply.comment}".strip()
    return replace(found, comment=comment, extra=reply.extra)


def _later(lines: Iterable[GridLine], choices: Sequence[str]) -> Iterator[RowReply]:
    """Of rows below: their answer cells, else each of their cells by itself."""
    for line in lines:
        for reply in line.replies:
            noted = _NOTES.match(reply.whole.text) if reply.whole is not None else None
            if reply.whole is not None and noted is not None:
                said = reply.whole.text[noted.end() :].strip()
                reply = replace(reply, whole=None, comment=f"{said} {reply.comment}".strip())
            yield _listed(reply, choices)
            for piece in (*reply.extra, *line.pieces):
                if note := _NOTES.match(piece.text):
                    yield RowReply(comment=piece.text[note.end() :].strip())
                else:
                    yield reply_in_piece(piece, choices)


def _headings(asked: Sequence[CriterionMatch]) -> dict[str, frozenset[str]]:
    looks = (a.line.columns.looks for a in asked if a.line and a.line.columns)
    return dict(next((one for one in looks if one), {}))


def _read(
    one: CriterionMatch,
    own: Sequence[RowReply],
    later: Sequence[RowReply],
    choices: Sequence[str],
    plain: PlainLooks,
    usual: frozenset[int],
) -> CriterionMatch:
    if one.line is None:
        return one
    given = [_of(reply, choices, plain) for reply in own]
    if one.rest is not None and one.line.has_answer_place and given[-1].state == "unclear":
        given = given[:-1]  # guidance below the wording, where the row has a place for its answer
    answer = _together(given)
    below = [found for reply in later if (found := _of(reply, choices, plain)) != NO_ANSWER]
    if answer.state == "none" and not answer.says:
        if not one.line.has_answer_place and one.rest is None:
            answer = _together(below)
        elif read := [
            found for found in below if found.single_choice or (found.given and _inside(one))
        ]:
            answer = _together(read)
    comment = " ".join(filter(None, (answer.note, *(r.comment for r in (*own, *later)))))
    if answer.state == "none":
        answer = _beside(answer, own, comment, choices, usual)
    elif answer.single_choice and _ticked_elsewhere(one.line, own, choices, usual):
        answer = UNCLEAR_ANSWER
    return replace(one, answer=answer, comment=comment.strip())


def _inside(one: CriterionMatch) -> bool:
    """Whether the rows below a criterion are those of a table in its own row."""
    own = one.line.table if one.line is not None else ()
    return bool(one.later) and all(len(line.table) > len(own) for line in one.later)


def _of(reply: RowReply, choices: Sequence[str], plain: PlainLooks) -> FormAnswer:
    if reply.spots:
        found = answer_in_spots(reply.spots, plain)
        fewer = 1 < len(reply.spots) < len(choices)
        if found == NO_ANSWER and fewer and all(s.worded for s in reply.spots.values()):
            return FormAnswer(tuple(reply.spots), "read")  # "Yes / No" where there were three
        return found
    return NO_ANSWER if reply.whole is None else parse_single_answer(reply.whole, choices)


def parse_single_answer(piece: FormPiece, choices: Sequence[str]) -> FormAnswer:
    """What a cell says that holds the whole answer and lists nothing."""
    text = draw_typed_boxes(piece.unstruck_text).strip()
    if label := _LABEL.match(text):
        text = text[label.end() :]
    words = strip_boxes(text).lstrip(" -–—:.,;=>")
    marks = read_boxes(text) or piece.ticks
    if is_empty_mark(words):
        return _unworded(piece, marks, choices)
    if marks and not any(marks):
        return UNCLEAR_ANSWER
    if repeats_a_choice(words, choices):
        return UNCLEAR_ANSWER  # "Yes: no; No: yes"
    if is_not_applicable(words):
        return FormAnswer(state="not applicable", note=strip_not_applicable(words), says=words)
    choice = first_choice_named(words, choices)
    rest = _WORD.sub("", words, count=1)
    if choice and (others := _further(rest, choice, choices)):
        return FormAnswer((choice, *others), "read")
    if choice == choices[0] and (_CONDITION.match(rest) or is_hedged_value(rest)):
        return UNCLEAR_ANSWER
    if choice and (choice == choices[0] or _STOPS.match(rest)):
        return FormAnswer((choice,), "read", rest.strip(" \t\n.,;:-–—"))
    return FormAnswer(says=words) if read_no_value(words) else UNCLEAR_ANSWER


def _further(rest: str, choice: str, choices: Sequence[str]) -> tuple[str, ...]:
    """The other answers that a cell gives after its first. After "Partially" what is said of each
    part explains it."""
    if choice == choices[-1]:
        return ()
    names = (found["word"] for found in _ANOTHER.finditer(rest[:MAX_ANSWER_LENGTH]))
    given = (
        choice_named(name, choices)
        for name in names
        if len(name) > 1 or len(rest.split()) < MAX_SHORT_ANSWER_WORDS
    )
    return tuple(dict.fromkeys(one for one in given if one not in (None, choice)))


def _unworded(piece: FormPiece, marks: Sequence[bool], choices: Sequence[str]) -> FormAnswer:
    """A cell without words: boxes in the form's own order, a lone mark, a picture, nothing."""
    if len(marks) == len(choices):
        given = tuple(c for c, mark in zip(choices, marks, strict=True) if mark)
        return FormAnswer(given, "read") if given else NO_ANSWER
    if any(marks) or piece.is_struck_out:
        return UNCLEAR_ANSWER
    return FormAnswer(state="pictured") if piece.picture else NO_ANSWER


def _together(answers: Sequence[FormAnswer]) -> FormAnswer:
    """Several places of one criterion: what they agree on, else the first that says anything."""
    read = [answer for answer in answers if answer.state == "read"]
    given = tuple(dict.fromkeys(choice for answer in read for choice in answer.given))
    if read:
        return replace(read[0], given=given)
    order = ("unclear", "pictured", "not applicable")
    said = [a for state in order for a in answers if a.state == state]
    said += [a for a in answers if a.says]
    return said[0] if said else NO_ANSWER


def _beside(
    answer: FormAnswer,
    own: Sequence[RowReply],
    comment: str,
    choices: Sequence[str],
    usual: frozenset[int],
) -> FormAnswer:
    """The answer cells hold none: it may stand in the comment, or in a column nobody asked for."""
    extras = [p for reply in own for i, p in enumerate(reply.extra) if i not in usual]
    if any(p.picture for p in extras):
        return FormAnswer(state="pictured")
    if any(_ticked(p) or _names_one(p, choices) for p in extras):
        return UNCLEAR_ANSWER
    if is_not_applicable(comment):
        said = strip_not_applicable(comment)
        return FormAnswer(state="not applicable", note=said, says=comment)
    word = _WORD.match(comment)
    choice = first_choice_named(comment, choices) if word and len(word.group()) > 1 else None
    if word is None or choice is None:
        return answer
    return FormAnswer((choice,), "read") if _STOPS.match(comment, word.end()) else UNCLEAR_ANSWER


def _ticked_elsewhere(
    line: GridLine, own: Sequence[RowReply], choices: Sequence[str], usual: frozenset[int]
) -> bool:
    """Whether a tick stands in a column that nobody knows, where a choice has none of its own."""
    missing = line.columns is not None and 0 < len(line.columns.choices) < len(choices)
    extras = (p for reply in own for i, p in enumerate(reply.extra) if i not in usual)
    return missing and any(map(_ticked, extras))


def _names_one(piece: FormPiece, choices: Sequence[str]) -> bool:
    words = _WORD.findall(piece.unstruck_text)
    return bool(words) and any(first_choice_named(w, choices) for w in words if len(w) > 1)


def _ticked(piece: FormPiece) -> bool:
    shown = draw_typed_boxes(piece.unstruck_text).strip()
    return any(piece.ticks) or any(c in TICKED_MARKS for c in shown) or shown.casefold() == "x"


def _usual_extras(asked: Sequence[CriterionMatch]) -> frozenset[int]:
    """The places among a row's further cells that are ticked in most rows: a list of its own."""
    counts: dict[int, int] = {}
    lines = [one.line for one in asked if one.line is not None]
    for line in lines:
        for reply in line.replies:
            for i, piece in enumerate(reply.extra):
                counts[i] = counts.get(i, 0) + (_ticked(piece) or piece.picture)
    return frozenset(i for i, count in counts.items() if 2 * count > len(lines))


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row of the grid that is none of the form's criteria, and what is answered in it."""

    where: FindingPlace
    answer: str | None


GridReading = tuple[tuple[CriterionMatch, ...], int, tuple[AddedRow, ...]]
EMPTY_GRID_READING: GridReading = ((), 0, ())


def read_criteria_grid(
    blocks: Sequence[Block], shape: FormShape, labels: Sequence[str], traits: Traits
) -> GridReading:
    """The criteria with their answers, from the tables, or from lines too where those hold fewer
    than half; how many rows hold a wording that is none of theirs, and those with an answer."""
    for typed in (False, True):
        lines = tuple(read_grid_lines(blocks, shape.answers, labels, typed=typed))
        asked = match_criteria(lines, shape.criteria)
        used = {at for a in asked if a.line for at in a.line.positions}
        if 2 * sum(a.line is not None for a in asked) >= len(asked):
            break
    spare = sum(
        bool(line.pieces) and not used.intersection(line.positions) and not line.ends_the_grid
        for line in lines
        if line.table or line.numbered
    )
    answered = read_answers(asked, shape.answers)
    left = [line for line in lines if not used.intersection(line.positions)]
    again = read_answers(match_criteria(left, shape.criteria, exact=True), shape.answers)
    answered = tuple(map(_either, answered, again))
    twice = {at for a in again if a.line for at in a.line.positions}
    left = [line for line in left if not twice.intersection(line.positions)]
    added = tuple(_added(left, answered, blocks, shape.answers))
    return (mark_ocr_doubts(answered) if traits.made_out else answered), spare, added


def _added(
    lines: Sequence[GridLine],
    asked: Sequence[CriterionMatch],
    blocks: Sequence[Block],
    choices: Sequence[str],
) -> Iterator[AddedRow]:
    """Rows of the criteria's tables, no part of one's answer, in which a sentence is answered."""
    tables = {a.line.table for a in asked if a.line and a.line.table}
    answering = {at for a in asked if a.line and not a.line.has_answer_place
                 for line in a.later for at in line.positions}  # fmt: skip
    own = [
        line
        for line in lines
        if line.pieces
        and line.table in tables
        and not answering.intersection(line.positions)
        and not line.ends_the_grid
    ]
    for one in read_answers([CriterionMatch(Criterion(0, ""), line) for line in own], choices):
        row = blocks[one.line.positions[0]] if one.line else None
        if 0 < len(one.answer.given) < len(choices) and isinstance(row, Row):
            yield AddedRow(
                FindingPlace(table=row.table or None, row=row.number), one.answer.single_choice
            )


def _either(one: CriterionMatch, again: CriterionMatch) -> CriterionMatch:
    """A criterion that stands on the form a second time, with another answer, has both."""
    second = again.answer.given if again.line else ()
    if not one.answer.given or set(second) <= set(one.answer.given):
        return one
    given = tuple(dict.fromkeys((*one.answer.given, *second)))
    return replace(one, answer=replace(one.answer, given=given))
