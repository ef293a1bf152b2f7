"""What stands beside a statement: a tick, "Yes", "Not yet", a cross among ticks, an empty box.

Does: reads the words before and behind each statement in its own line and in the cells of its row,
and says of each whether they confirm it, deny it, put it off, or leave that open.
Trusts: `config/no_values.toml` for the words that mean not yet.
Never touches: the statements' own wordings, see `statements.py`.
Known limits: a comment denies nothing by itself; it may raise a doubt. Empty boxes beside all
statements are the form's own, and nobody is asked to tick them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from handlers.form.answers import NONE, Answer
from handlers.form.grid import Reply
from handlers.form.marks import AFFIRMED, CHECKS, CROSSES, EMPTY, drawn, without_boxes
from handlers.form.piece import Piece
from handlers.form.wording import around
from handlers.typed.fold import fold
from handlers.typed.no_value import put_off

# "unticked" is a box or a list with no mark, "empty" a place for an answer with nothing in it.
Says = Literal["", "confirmed", "crossed", "unticked", "empty", "denied", "put off", "doubted"]

LONGEST = 200  # characters beside a statement that are looked at
# What may follow "no" and deny nothing: "No concerns", "No further comments".
_NOTHING_WRONG = re.compile(
    r"no (?:further |other |additional |known |major |significant |outstanding )*"
    r"(?:concern|comment|exception|issue|problem|reservation|change|amendment|gap|omission|action"
    r"|doubt|query|queries|deviation|note|remark|difficult|matter|departure|objection|breach)"
)
_DENIED = re.compile(
    r"(?:no|n|not|never|false|untrue|unable|cannot|can not|could not|incorrect|disagree|disagreed"
    r"|declined|refused|unmet|rejected|failed|fails|unconfirmed|not met)\b"
)
_PUT_OFF = re.compile(
    r"(?:still |as )?(?:yet )?(?:in progress|work in progress|ongoing|on going|underway"
    r"|under way|incomplete|unfinished|outstanding|to do|awaited|being [a-z]+|in hand"
    r"|to be [a-z]+|will be [a-z]+|not yet)\b"
)
_DOUBTED = re.compile(
    r"(?:partially|partly|partial|in part|mostly|mainly|largely|almost|nearly|subject to|except"
    r"|maybe|perhaps|unsure|n a|not applicable|not relevant|not required)\b"
)
# "Yes / No", printed to choose from.
_LISTED = re.compile(
    r"(?:(?:yes|no|y|n|partially|partly|n a)(?: or)? ){1,3}(?:yes|no|y|n|partially|partly|n a)"
    r"(?: (?:please )?(?:delete|circle|tick|strike)[a-z ]*)?"
)
_CONFIRMED = frozenset({*AFFIRMED, "confirmed", "agreed", "met", "done", "checked", "complete",
                        "completed", "correct", "ok", "true"})  # fmt: skip
# What answers a statement and is nobody's name.
ANSWERED = _CONFIRMED | {"no", "n", "partially", "partly", "n a", "x", "not applicable", "yes no",
                         "yes no partially"}  # fmt: skip
_WHOLE = 4  # words: "outstanding" may open a longer praise


def says_of(text: str) -> Says:
    """What words in a place for an answer come to."""
    shown = drawn(text)
    words = fold(without_boxes(shown)[:LONGEST])
    said = _words(words) or ("put off" if shown.strip() and set(shown.strip()) <= {"?"} else "")
    if said:
        return said
    if any(c in CHECKS for c in shown):
        return "confirmed"
    if any(c in CROSSES for c in shown) or words in ("x", "xx"):
        return "crossed"
    return "unticked" if any(c in EMPTY for c in shown) else ""


def _words(words: str) -> Says:
    if not words or _NOTHING_WRONG.match(words):
        return ""
    if _LISTED.fullmatch(words):
        return "unticked"
    few = len(words.split()) <= _WHOLE
    if words.split()[0] in _CONFIRMED:
        return "confirmed"
    if _DOUBTED.match(words):
        return "doubted"
    put = put_off(words)
    if (put and put.kind in _NOT_YET) or (few and _PUT_OFF.match(words)):
        return "put off"
    return "denied" if _DENIED.match(words) else ""


_NOT_YET = frozenset({"to-come", "unknown", "draft"})


def unchosen(piece: Piece) -> bool:
    """Whether a place for an answer lists them ("Yes / No") and none is marked."""
    marked = any(piece.ticks) or any(c in CHECKS or c in CROSSES for c in drawn(piece.text))
    plain = not marked and not any(s.struck or s.look for s in piece.stretches)
    return plain and says_of(piece.text) == "unticked"


def in_line(statement: str, lines: Iterable[str]) -> Says:
    """What stands before or behind a statement in the line that holds it whole."""
    for line in lines:
        sides = around(statement, line) if len(line) <= 2 * LONGEST + 2 * len(statement) else None
        if sides is not None:
            found = [_words(part) for part in sides]
            return _worst(found) or says_of(_marks(line, *sides))
    return ""


_WORST: tuple[Says, ...] = (
    "denied", "put off", "doubted", "confirmed", "crossed", "unticked", "empty",
)  # fmt: skip


def _worst(said: Sequence[Says]) -> Says:
    return min((one for one in said if one), key=_WORST.index, default="")


def _marks(line: str, before: str, after: str) -> str:
    """The ticks and boxes in a line, and an "x" that stands for one."""
    marks = "".join(c for c in drawn(line) if c in CHECKS or c in CROSSES or c in EMPTY)
    marks = marks or ("?" if "?" in line else "")
    return marks or ("x" if "x" in (before.strip(), after.strip()) else "")


def in_row(replies: Sequence[Reply], answer: Answer) -> Says:
    """What the cells of a statement's row say, where no choice was read from them."""
    if answer.given == ("No",):
        return "denied"
    if len(answer.given) > 1:
        return "doubted"
    if answer.given == ("Yes",) and not any(reply.whole for reply in replies):
        return "confirmed"
    whole = [r.whole for r in replies if r.whole is not None]
    told = [says_of(p.kept) or _box(p.ticks) for p in whole if not p.picture]
    told += [_answers(p.kept) for r in replies for p in r.extra]
    told += [says_of(answer.says)] if answer.says else []
    remarks = [says_of(reply.comment) for reply in replies]
    worst = _worst(told)
    if worst in ("", "confirmed", "unticked") and any(r in ("denied", "put off") for r in remarks):
        return "doubted"
    if worst == "unticked" and answer.given == ("Yes",):  # one of those that are listed
        return "confirmed"
    return worst or ("empty" if _empty(replies, answer) else "")


def _answers(text: str) -> Says:
    """What a cell of no answer's column says: "No:" before a statement, and no initials."""
    words = fold(without_boxes(drawn(text)))
    return says_of(text) if not words or words in ANSWERED else ""


def _empty(replies: Sequence[Reply], answer: Answer) -> bool:
    """Whether there is a place for an answer, and nothing in it."""
    whole = [r.whole for r in replies if r.whole is not None]
    spots = any(r.spots for r in replies) and answer == NONE
    return (bool(whole) or spots) and not any(p.picture or p.kept.strip() for p in whole)


def either(line: Says, row: Says) -> Says:
    """What a statement's line and its row say together; one against the other is a doubt."""
    if {line, row} & {"denied", "put off"} and {line, row} & {"confirmed", "doubted"}:
        return "doubted"
    return line or row


def _box(ticks: Sequence[bool]) -> Says:
    return ("confirmed" if any(ticks) else "unticked") if ticks else ""


def together(said: Sequence[Says], there: Sequence[bool] = ()) -> list[Says]:
    """What each comes to beside the others: a cross among ticks says no, crosses everywhere, or
    among empty boxes, are ticks, and one left empty among ticks is told, or without the word that
    all others have. `there` says which statements stand on the form. A box that only one has is
    told by itself ("unticked"); what others have marked is told as "empty"."""
    ticked = sum(one == "confirmed" for one in said)
    crossed = sum(one == "crossed" for one in said)
    empty = sum(one in ("unticked", "empty") for one in said)
    most = 2 * crossed > (sum(there) if there else len(said)) - 1
    cross: Says = "denied" if ticked else "confirmed" if most or empty else "doubted"
    others: Says = "empty" if ticked or crossed else ""
    alone: Says = "unticked" if empty == 1 else ""
    turned: dict[Says, Says] = {"crossed": cross, "unticked": others or alone, "empty": others}
    out = [turned.get(one, one) for one in said]
    bare = [i for i, stands in enumerate(there[:-1]) if stands and not said[i]]
    if len(bare) == 1 and ticked > 1:  # the last is the declaration, which is signed
        out[bare[0]] = "empty"
    return out
