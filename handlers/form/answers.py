"""Which of the choices a row of the grid gives as its answer.

Does: weighs the marks of one row's spots, what is struck out of them and what sets them apart:
one answer, several, none, or something that is there and not understood (failure mode 91).
Trusts: `apart.py` for what is the form's own look.
Never touches: anything but its arguments.
Known limits: a mark of somebody's own is an answer where it stands in one cell alone; what it means
is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.form.apart import Plain
from handlers.form.marks import after_not_applicable
from handlers.form.spots import Spot, Spots, folded

State = Literal["read", "none", "unclear", "not applicable", "pictured"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`given` are the choices ticked: one when all is well, more when `state` is "read" too.

    `state` is "none" where evidently nothing is; `says` is then the words that stand there
    instead, if any. `note` is what the answer's own cell says besides.
    """

    given: tuple[str, ...] = ()
    state: State = "none"
    note: str = ""
    says: str = ""

    @property
    def one(self) -> str | None:
        return self.given[0] if self.state == "read" and len(self.given) == 1 else None


_NOTHING = dict.fromkeys(map(ord, " \t\n-–—._…·:;,/|☐□"))
NONE, UNCLEAR = Answer(), Answer(state="unclear")


def answer_of(spots: Spots, plain: Plain) -> Answer:
    """What one row's spots come to."""
    for weigh in _WEIGHTS:
        found = weigh(spots, plain)
        if found is not None:
            return found
    return Answer(state="pictured") if any(s.picture for s in spots.values()) else NONE


def _read(spots: Spots, choices: Sequence[str]) -> Answer:
    note = " ".join(filter(None, (spots[c].note for c in choices if c in spots)))
    return Answer(tuple(choices), "read", note)


def _by_strikes(spots: Spots, plain: Plain) -> Answer | None:
    """The choices' own words, all but one of them struck out."""
    struck = [c for c, s in spots.items() if s.struck and s.worded]
    if not struck:
        return None
    left = [c for c, s in spots.items() if not s.struck and (s.worded or s.marked)]
    if not left:
        return UNCLEAR
    marked = [c for c in left if spots[c].marked]
    return _read(spots, marked if len(marked) == 1 else left)


def _by_marks(spots: Spots, plain: Plain) -> Answer | None:
    """Ticks and crosses. A cross beside every tick but one says no to the others."""
    live = {c: s.kind for c, s in spots.items() if not s.struck}
    checks = [c for c, kind in live.items() if kind == "check"]
    crosses = [c for c, kind in live.items() if kind == "cross"]
    if plain.crosses_deny:
        return _read(spots, checks) if checks else None
    if checks and crosses:
        alone = len(checks) == 1 and len(crosses) == len(spots) - 1
        return _read(spots, checks) if alone else UNCLEAR
    if not checks and not crosses:
        return None
    return _read(spots, checks or crosses)


def _by_words(spots: Spots, plain: Plain) -> Answer | None:
    """Words in the answer cells: the choice's own, "yes" for this one, or another choice's."""
    own = [c for c, s in spots.items() if s.worded]
    affirmed = [c for c, s in spots.items() if s.kind == "affirmed" and not s.worded]
    other = {s.said: c for c, s in spots.items() if s.said and not s.worded}
    if len(own) == len(spots):  # the form prints them: what sets one apart?
        return None
    if other and (own or affirmed):
        return UNCLEAR
    if len(other) == 1 and next(iter(other)) in spots:
        return _read(spots, list(other))
    if other:
        return UNCLEAR
    return _apart_or_all(spots, plain, [*own, *affirmed])


def _apart_or_all(spots: Spots, plain: Plain, named: Sequence[str]) -> Answer | None:
    if not named:
        return None
    apart = [c for c in plain.apart(spots) if c in named]
    return _read(spots, apart if len(apart) == 1 < len(named) else named)


def _by_own_marks(spots: Spots, plain: Plain) -> Answer | None:
    """A mark nobody listed is an answer where it stands in one spot alone."""
    marks = {
        c: s for c, s in spots.items() if s.kind not in ("", "check", "cross") and not s.struck
    }
    marks = {c: s for c, s in marks.items() if not s.worded or s.kind == "own mark"}
    if not marks:
        return None
    kinds = {s.kind for s in marks.values()}
    if "not applicable" in kinds:
        return _not_applicable(marks) if len(kinds) == 1 else UNCLEAR
    if kinds == {"not yet"}:
        return Answer(says=next(iter(marks.values())).text)
    alike = len({folded(s) for s in marks.values()}) == 1
    if len(marks) == len(spots) > 1 and alike:
        return None  # printed in each of them
    if kinds == {"own mark"} and len(marks) < len(spots) and alike:
        return _read(spots, list(marks))
    return _odd_one(spots, marks) if kinds == {"own mark"} else UNCLEAR


def _odd_one(spots: Spots, marks: Mapping[str, Spot]) -> Answer:
    """A mark in every spot, one of them other than the rest."""
    texts = [folded(s) for s in marks.values()]
    odd = [c for c, s in marks.items() if texts.count(folded(s)) == 1]
    alone = len(odd) == 1 and len(marks) == len(spots) > 2
    return _read(spots, odd) if alone else UNCLEAR


def _not_applicable(marks: Mapping[str, Spot]) -> Answer:
    text = next(iter(marks.values())).text
    return Answer(state="not applicable", note=after_not_applicable(text), says="n/a")


def _by_looks(spots: Spots, plain: Plain) -> Answer | None:
    """What is shaded, highlighted, bold, underlined or coloured otherwise than the form's own."""
    if any(s.struck for s in spots.values()):
        return UNCLEAR
    apart = plain.apart(spots)
    if all(s.boxed for s in spots.values()):
        # Empty boxes are no answer, whatever is shaded; a word set apart beside one may be.
        listed = 0 < len(apart) < len(spots) and all(s.listed for s in spots.values())
        return UNCLEAR if listed else None
    if apart and plain.unsure:
        return UNCLEAR
    if not apart or (len(apart) == len(spots) and len({s.looks for s in spots.values()}) == 1):
        return None
    return _read(spots, apart) if len(apart) < len(spots) else UNCLEAR


def _by_odd_nothing(spots: Spots, plain: Plain) -> Answer | None:
    """A lone circle or nought, where the others hold nothing at all."""
    seen = [s.text for s in spots.values() if s.text.translate(_NOTHING)]
    return UNCLEAR if len(seen) == 1 < len(spots) else None


_WEIGHTS: tuple[Callable[[Spots, Plain], Answer | None], ...] = (
    _by_strikes,
    _by_marks,
    _by_words,
    _by_own_marks,
    _by_looks,
    _by_odd_nothing,
)
