"""The answer to each criterion, read from all the places where it may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from config.kind_shape import Criterion, FormShape
from handlers.checks.form.answers import (
    NONE,
    UNCLEAR,
    Answer,
    Plain,
    answer_of,
    designed,
    plain_looks,
)
from handlers.checks.form.criteria import Asked, asked_on
from handlers.checks.form.form_text import Piece
from handlers.checks.form.grid import Line, Reply, lines_in, listed
from handlers.checks.form.marks import (
    TICKED,
    Spots,
    after_not_applicable,
    boxes_in,
    drawn,
    empty,
    first_named,
    named,
    not_applicable,
    repeats,
    without_boxes,
)
from handlers.document import Block, Row, Traits
from handlers.findings import Where
from handlers.values.placeholders import hedged, no_value

_LABEL = re.compile(
    r"\W{0,3}(?:answer|response|reply|rating|outcome|assessment|result)\s*[:\-–]\s*", re.I
)
_NOTES = re.compile(r"\W{0,3}(?:comments?|notes?|evidence|remarks?)\s*[:\-–]\s*", re.I)
LONGEST_ANSWER = 200  # characters: a second answer further on is a comment's
SHORT_ANSWER = 4  # words: "Y and N"
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
    asked: Sequence[Asked], choices: Sequence[str], *, told_by_looks: bool = False
) -> tuple[Asked, ...]:
    """Each criterion with its answer and its comment. `told_by_looks` says that what sets one
    column apart in every row is an answer too: of statements, most are all answered alike."""
    spread = [tuple(_listed(reply, choices) for reply in _own(one)) for one in asked]
    later = [tuple(_later(one.later, choices)) for one in asked]
    rows = [reply.spots for replies in (*spread, *later) for reply in replies if reply.spots]
    plain = plain_looks(rows, choices, _headings(asked))
    if not told_by_looks:
        plain = _undesigned([r.spots for own in spread for r in own if r.spots], plain)
    usual = _usual_extras(asked)
    return tuple(
        _read(one, own, below, choices, plain, usual)
        for one, own, below in zip(asked, spread, later, strict=True)
    )


def _undesigned(rows: Sequence[Spots], plain: Plain) -> Plain:
    """Without the looks that are the form's own: those of one whole column, where anything else
    answers a row. Where nothing does, nobody knows whose they are."""
    layers = designed(rows, plain)
    if not layers:
        return plain
    left = plain.without(layers)
    answered = any(answer_of(spots, left) != NONE for spots in rows)
    return left if answered else replace(plain, unsure=True)


def made_out(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """The same, of a form whose letters were made out from a picture: a mark that nobody knows may
    be an empty box, and two marks may be one."""
    return tuple(
        replace(one, answer=Answer(state="pictured")) if _doubtful(one) else one for one in asked
    )


def _doubtful(one: Asked) -> bool:
    spots = [s for reply in _own(one) for s in reply.spots.values()]
    unsure = any(spot.kind in ("own mark", "words", "other") for spot in spots)
    return unsure or one.answer.state == "unclear" or len(one.answer.given) > 1


def _own(one: Asked) -> Iterator[Reply]:
    if one.line is not None:
        yield from one.line.replies
    if one.rest is not None:
        yield Reply({}, one.rest)


def _listed(reply: Reply, choices: Sequence[str]) -> Reply:
    """A cell for the whole answer, taken apart where it lists the choices."""
    if reply.whole is None:
        return reply
    found = listed(reply.whole, choices)
    comment = f"{found.comment} {reply.comment}".strip()
    return replace(found, comment=comment, extra=reply.extra)


def _later(lines: Iterable[Line], choices: Sequence[str]) -> Iterator[Reply]:
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
                    yield Reply(comment=piece.text[note.end() :].strip())
                else:
                    yield listed(piece, choices)


def _headings(asked: Sequence[Asked]) -> dict[str, frozenset[str]]:
    looks = (a.line.columns.looks for a in asked if a.line and a.line.columns)
    return dict(next((one for one in looks if one), {}))


def _read(
    one: Asked,
    own: Sequence[Reply],
    later: Sequence[Reply],
    choices: Sequence[str],
    plain: Plain,
    usual: frozenset[int],
) -> Asked:
    if one.line is None:
        return one
    given = [_of(reply, choices, plain) for reply in own]
    if one.rest is not None and one.line.answerable and given[-1].state == "unclear":
        given = given[:-1]  # guidance below the wording, where the row has a place for its answer
    answer = _together(given)
    below = [found for reply in later if (found := _of(reply, choices, plain)) != NONE]
    if answer.state == "none" and not answer.says:
        if not one.line.answerable and one.rest is None:
            answer = _together(below)
        elif read := [found for found in below if found.one or (found.given and _inside(one))]:
            answer = _together(read)
    comment = " ".join(filter(None, (answer.note, *(r.comment for r in (*own, *later)))))
    if answer.state == "none":
        answer = _beside(answer, own, comment, choices, usual)
    elif answer.one and _ticked_elsewhere(one.line, own, choices, usual):
        answer = UNCLEAR
    return replace(one, answer=answer, comment=comment.strip())


def _inside(one: Asked) -> bool:
    """Whether the rows below a criterion are those of a table in its own row."""
    own = one.line.table if one.line is not None else ()
    return bool(one.later) and all(len(line.table) > len(own) for line in one.later)


def _of(reply: Reply, choices: Sequence[str], plain: Plain) -> Answer:
    if reply.spots:
        found = answer_of(reply.spots, plain)
        fewer = 1 < len(reply.spots) < len(choices)
        if found == NONE and fewer and all(s.worded for s in reply.spots.values()):
            return Answer(tuple(reply.spots), "read")  # "Yes / No" where there were three
        return found
    return NONE if reply.whole is None else single(reply.whole, choices)


def single(piece: Piece, choices: Sequence[str]) -> Answer:
    """What a cell says that holds the whole answer and lists nothing."""
    text = drawn(piece.kept).strip()
    if label := _LABEL.match(text):
        text = text[label.end() :]
    words = without_boxes(text).lstrip(" -–—:.,;=>")
    marks = boxes_in(text) or piece.ticks
    if empty(words):
        return _unworded(piece, marks, choices)
    if marks and not any(marks):
        return UNCLEAR
    if repeats(words, choices):
        return UNCLEAR  # "Yes: no; No: yes"
    if not_applicable(words):
        return Answer(state="not applicable", note=after_not_applicable(words), says=words)
    choice = first_named(words, choices)
    rest = _WORD.sub("", words, count=1)
    if choice and (others := _further(rest, choice, choices)):
        return Answer((choice, *others), "read")
    if choice == choices[0] and (_CONDITION.match(rest) or hedged(rest)):
        return UNCLEAR
    if choice and (choice == choices[0] or _STOPS.match(rest)):
        return Answer((choice,), "read", rest.strip(" \t\n.,;:-–—"))
    return Answer(says=words) if no_value(words) else UNCLEAR


def _further(rest: str, choice: str, choices: Sequence[str]) -> tuple[str, ...]:
    """The other answers that a cell gives after its first. After "Partially" what is said of each
    part explains it."""
    if choice == choices[-1]:
        return ()
    names = (found["word"] for found in _ANOTHER.finditer(rest[:LONGEST_ANSWER]))
    given = (
        named(name, choices) for name in names if len(name) > 1 or len(rest.split()) < SHORT_ANSWER
    )
    return tuple(dict.fromkeys(one for one in given if one not in (None, choice)))


def _unworded(piece: Piece, marks: Sequence[bool], choices: Sequence[str]) -> Answer:
    """A cell without words: boxes in the form's own order, a lone mark, a picture, nothing."""
    if len(marks) == len(choices):
        given = tuple(c for c, mark in zip(choices, marks, strict=True) if mark)
        return Answer(given, "read") if given else NONE
    if any(marks) or piece.struck:
        return UNCLEAR
    return Answer(state="pictured") if piece.picture else NONE


def _together(answers: Sequence[Answer]) -> Answer:
    """Several places of one criterion: what they agree on, else the first that says anything."""
    read = [answer for answer in answers if answer.state == "read"]
    given = tuple(dict.fromkeys(choice for answer in read for choice in answer.given))
    if read:
        return replace(read[0], given=given)
    order = ("unclear", "pictured", "not applicable")
    said = [a for state in order for a in answers if a.state == state]
    said += [a for a in answers if a.says]
    return said[0] if said else NONE


def _beside(
    answer: Answer,
    own: Sequence[Reply],
    comment: str,
    choices: Sequence[str],
    usual: frozenset[int],
) -> Answer:
    """The answer cells hold none: it may stand in the comment, or in a column nobody asked for."""
    extras = [p for reply in own for i, p in enumerate(reply.extra) if i not in usual]
    if any(p.picture for p in extras):
        return Answer(state="pictured")
    if any(_ticked(p) or _names_one(p, choices) for p in extras):
        return UNCLEAR
    if not_applicable(comment):
        said = after_not_applicable(comment)
        return Answer(state="not applicable", note=said, says=comment)
    word = _WORD.match(comment)
    choice = first_named(comment, choices) if word and len(word.group()) > 1 else None
    if word is None or choice is None:
        return answer
    return Answer((choice,), "read") if _STOPS.match(comment, word.end()) else UNCLEAR


def _ticked_elsewhere(
    line: Line, own: Sequence[Reply], choices: Sequence[str], usual: frozenset[int]
) -> bool:
    """Whether a tick stands in a column that nobody knows, where a choice has none of its own."""
    missing = line.columns is not None and 0 < len(line.columns.choices) < len(choices)
    extras = (p for reply in own for i, p in enumerate(reply.extra) if i not in usual)
    return missing and any(map(_ticked, extras))


def _names_one(piece: Piece, choices: Sequence[str]) -> bool:
    words = _WORD.findall(piece.kept)
    return bool(words) and any(first_named(w, choices) for w in words if len(w) > 1)


def _ticked(piece: Piece) -> bool:
    shown = drawn(piece.kept).strip()
    return any(piece.ticks) or any(c in TICKED for c in shown) or shown.casefold() == "x"


def _usual_extras(asked: Sequence[Asked]) -> frozenset[int]:
    """The places among a row's further cells that are ticked in most rows: a list of its own."""
    counts: dict[int, int] = {}
    lines = [one.line for one in asked if one.line is not None]
    for line in lines:
        for reply in line.replies:
            for i, piece in enumerate(reply.extra):
                counts[i] = counts.get(i, 0) + (_ticked(piece) or piece.picture)
    return frozenset(i for i, count in counts.items() if 2 * count > len(lines))


@dataclass(frozen=True, slots=True)
class Added:
    """A row of the grid that is none of the form's criteria, and what is answered in it."""

    where: Where
    answer: str | None


Grid = tuple[tuple[Asked, ...], int, tuple[Added, ...]]
NO_GRID: Grid = ((), 0, ())


def grid_of(
    blocks: Sequence[Block], shape: FormShape, labels: Sequence[str], traits: Traits
) -> Grid:
    """The criteria with their answers, from the tables, or from lines too where those hold fewer
    than half; how many rows hold a wording that is none of theirs, and those with an answer."""
    for typed in (False, True):
        lines = tuple(lines_in(blocks, shape.answers, labels, typed=typed))
        asked = asked_on(lines, shape.criteria)
        used = {at for a in asked if a.line for at in a.line.positions}
        if 2 * sum(a.line is not None for a in asked) >= len(asked):
            break
    spare = sum(
        bool(line.pieces) and not used.intersection(line.positions) and not line.closes
        for line in lines
        if line.table or line.numbered
    )
    answered = read_answers(asked, shape.answers)
    left = [line for line in lines if not used.intersection(line.positions)]
    again = read_answers(asked_on(left, shape.criteria, exact=True), shape.answers)
    answered = tuple(map(_either, answered, again))
    twice = {at for a in again if a.line for at in a.line.positions}
    left = [line for line in left if not twice.intersection(line.positions)]
    added = tuple(_added(left, answered, blocks, shape.answers))
    return (made_out(answered) if traits.made_out else answered), spare, added


def _added(
    lines: Sequence[Line], asked: Sequence[Asked], blocks: Sequence[Block], choices: Sequence[str]
) -> Iterator[Added]:
    """Rows of the criteria's tables, no part of one's answer, in which a sentence is answered."""
    tables = {a.line.table for a in asked if a.line and a.line.table}
    answering = {at for a in asked if a.line and not a.line.answerable
                 for line in a.later for at in line.positions}  # fmt: skip
    own = [
        line
        for line in lines
        if line.pieces
        and line.table in tables
        and not answering.intersection(line.positions)
        and not line.closes
    ]
    for one in read_answers([Asked(Criterion(0, ""), line) for line in own], choices):
        row = blocks[one.line.positions[0]] if one.line else None
        if 0 < len(one.answer.given) < len(choices) and isinstance(row, Row):
            yield Added(Where(table=row.table or None, row=row.number), one.answer.one)


def _either(one: Asked, again: Asked) -> Asked:
    """A criterion that stands on the form a second time, with another answer, has both."""
    second = again.answer.given if again.line else ()
    if not one.answer.given or set(second) <= set(one.answer.given):
        return one
    given = tuple(dict.fromkeys((*one.answer.given, *second)))
    return replace(one, answer=replace(one.answer, given=given))
