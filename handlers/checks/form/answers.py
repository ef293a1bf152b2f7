"""Which of the choices a row of the grid gives as its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from config.rules import VALUE_REFUSALS, ValueRefusal
from handlers.checks.form.answer_marks import (
    ChoiceSpot,
    ChoiceSpots,
    fold_spot_text,
    strip_not_applicable,
)
from handlers.findings import MIN_PLACES_CHECKED
from handlers.values.blanks_not_filled import read_no_value
from handlers.values.normalise import fold_text
from handlers.values.unwritten_comments import is_put_off, leaves_place_open

CellLooks = frozenset[str]

# What a comment says that may be one all the same.
TELLING_KINDS = ("elsewhere", "unknown")


@dataclass(frozen=True, slots=True)
class PlainLooks:
    """How each choice's spot looks when it is not marked, one layer of looks at a time: its
    shading, its highlight, whether it is bold."""

    layers: Mapping[str, Mapping[str, CellLooks]] = field(default_factory=dict)
    crosses_deny: bool = False  # the form is filled in with ticks for yes and crosses for no
    unsure: bool = False  # one column is set apart in every row: an answer, or the form's own look

    def choices_set_apart(self, spots: ChoiceSpots) -> tuple[str, ...]:
        """The choices that look otherwise, in the first layer in which some do and some do not."""
        most: tuple[str, ...] = ()
        for layer, usual in self.layers.items():
            found = tuple(
                c for c, s in spots.items() if _of(layer, s.looks) != usual.get(c, NO_LOOKS)
            )
            if 0 < len(found) < len(spots):
                return found
            most = most or found
        return most

    def only_layer(self, layer: str) -> PlainLooks:
        return replace(self, layers={layer: self.layers[layer]})

    def without_layers(self, layers: Sequence[str]) -> PlainLooks:
        """The same, some layers of looks left out."""
        left = {layer: usual for layer, usual in self.layers.items() if layer not in layers}
        return replace(self, layers=left)


NO_LOOKS: CellLooks = frozenset()
FORM_LAYERS = frozenset({"shading", "bold"})  # looks that forms are made with, and marked with, too


def find_plain_looks(
    rows: Iterable[ChoiceSpots], choices: Sequence[str], headings: Mapping[str, CellLooks]
) -> PlainLooks:
    """`headings` is how the heading of each choice's column looks, where there are any."""
    rows = list(rows)
    seen = {word for spots in rows for spot in spots.values() for word in spot.looks}
    layers = dict.fromkeys(_layer(word) for word in sorted(seen))
    usual = {layer: _usual(rows, layer, choices, headings) for layer in layers}
    return PlainLooks(usual, _denying(rows))


def designer_layers(rows: Sequence[ChoiceSpots], plain: PlainLooks) -> tuple[str, ...]:
    """The layers of looks that set the same column apart in every row, which a form's designer
    does and an author seldom. A word set apart in a cell that lists the choices is the author's."""
    own = [spots for spots in rows if len(spots) > 1]
    if len(own) < MIN_PLACES_CHECKED or any(s.listed for spots in own for s in spots.values()):
        return ()
    layers = [layer for layer in plain.layers if layer in FORM_LAYERS]
    return tuple(layer for layer in layers if _throughout(own, plain.only_layer(layer)))


def _throughout(rows: Sequence[ChoiceSpots], plain: PlainLooks) -> bool:
    found = {plain.choices_set_apart(spots) for spots in rows}
    return len(found) == 1 and all(0 < len(apart) < len(rows[0]) for apart in found)


def _layer(word: str) -> str:
    return word.partition(":")[0]


def _of(layer: str, looks: CellLooks) -> CellLooks:
    return frozenset(word for word in looks if _layer(word) == layer)


def _denying(rows: Sequence[ChoiceSpots]) -> bool:
    kinds = [{spot.kind for spot in spots.values() if not spot.struck} for spots in rows]
    checked = [kind for kind in kinds if "check" in kind]
    return 2 * sum("cross" in kind for kind in checked) > len(checked)


def _usual(
    rows: Iterable[ChoiceSpots],
    layer: str,
    choices: Sequence[str],
    headings: Mapping[str, CellLooks],
) -> Mapping[str, CellLooks]:
    counts: dict[str, Counter[CellLooks]] = {choice: Counter() for choice in choices}
    for spots in rows:
        for choice, spot in spots.items():
            counts[choice][_of(layer, spot.looks)] += 1
    usual = {c: count.most_common(1)[0][0] for c, count in counts.items() if count}
    heads = {c: _of(layer, headings.get(c, NO_LOOKS)) for c in usual}
    designed = len(set(usual.values())) > 1 and usual == heads and layer == "shading"
    if len(set(usual.values())) == len(usual) > 2 or designed:
        return usual
    base = _most(counts.values(), usual.values())
    return dict.fromkeys(usual, base)


def _most(counts: Iterable[Counter[CellLooks]], usual: Iterable[CellLooks]) -> CellLooks:
    """The look that is usual in most columns, then none at all, then the one most spots have."""
    columns = Counter(usual)
    total = sum(counts, Counter[CellLooks]())
    weight = {look: (columns[look], not look, total[look]) for look in total}
    return max(total, key=weight.__getitem__) if total else frozenset()


AnswerState = Literal["read", "none", "unclear", "not applicable", "pictured"]


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """`given` are the choices ticked: one when all is well, more when `state` is "read" too.

    `state` is "none" where evidently nothing is; `says` is then the words that stand there
    instead, if any. `note` is what the answer's own cell says besides.
    """

    given: tuple[str, ...] = ()
    state: AnswerState = "none"
    note: str = ""
    says: str = ""
    hedged: bool = False  # it is marked, and said to be still to come

    @property
    def single_choice(self) -> str | None:
        return self.given[0] if self.state == "read" and len(self.given) == 1 else None


_NOTHING = dict.fromkeys(map(ord, " \t\n-–—._…·:;,/|☐□"))
NO_ANSWER, UNCLEAR_ANSWER = FormAnswer(), FormAnswer(state="unclear")


def answer_in_spots(spots: ChoiceSpots, plain: PlainLooks) -> FormAnswer:
    """What one row's spots come to."""
    for weigh in _WEIGHTS:
        found = weigh(spots, plain)
        if found is not None:
            hedged = any(c in spots and spots[c].hedged for c in found.given)
            return replace(UNCLEAR_ANSWER, hedged=True) if hedged else found
    return FormAnswer(state="pictured") if any(s.picture for s in spots.values()) else NO_ANSWER


def _read(spots: ChoiceSpots, choices: Sequence[str]) -> FormAnswer:
    note = " ".join(filter(None, (spots[c].note for c in choices if c in spots)))
    return FormAnswer(tuple(choices), "read", note)


def _by_strikes(spots: ChoiceSpots, plain: PlainLooks) -> FormAnswer | None:
    """The choices' own words, all but one of them struck out."""
    struck = [c for c, s in spots.items() if s.struck and s.worded]
    if not struck:
        return None
    left = [c for c, s in spots.items() if not s.struck and (s.worded or s.is_marked)]
    if not left:
        return UNCLEAR_ANSWER
    marked = [c for c in left if spots[c].is_marked]
    return _read(spots, marked if len(marked) == 1 else left)


def _by_marks(spots: ChoiceSpots, plain: PlainLooks) -> FormAnswer | None:
    """Ticks and crosses. A cross beside every tick but one says no to the others."""
    live = {c: s.kind for c, s in spots.items() if not s.struck}
    checks = [c for c, kind in live.items() if kind == "check"]
    crosses = [c for c, kind in live.items() if kind == "cross"]
    if plain.crosses_deny:
        return _read(spots, checks) if checks else None
    if checks and crosses:
        alone = len(checks) == 1 and len(crosses) == len(spots) - 1
        return _read(spots, checks) if alone else UNCLEAR_ANSWER
    if not checks and not crosses:
        return None
    return _read(spots, checks or crosses)


def _by_words(spots: ChoiceSpots, plain: PlainLooks) -> FormAnswer | None:
    """Words in the answer cells: the choice's own, "yes" for this one, or another choice's."""
    own = [c for c, s in spots.items() if s.worded]
    affirmed = [c for c, s in spots.items() if s.kind == "affirmed" and not s.worded]
    other = {s.said: c for c, s in spots.items() if s.said and not s.worded}
    if len(own) == len(spots):  # the form prints them: what sets one apart?
        return None
    if other and (own or affirmed):
        return UNCLEAR_ANSWER
    if any(s.several for s in spots.values()):
        return UNCLEAR_ANSWER  # "Yes / No" typed in one of the cells
    if len(other) == 1 and next(iter(other)) in spots:
        return _read(spots, list(other))
    if other:
        return UNCLEAR_ANSWER
    return _apart_or_all(spots, plain, [*own, *affirmed])


def _apart_or_all(spots: ChoiceSpots, plain: PlainLooks, named: Sequence[str]) -> FormAnswer | None:
    if not named:
        return None
    apart = [c for c in plain.choices_set_apart(spots) if c in named]
    return _read(spots, apart if len(apart) == 1 < len(named) else named)


def _by_own_marks(spots: ChoiceSpots, plain: PlainLooks) -> FormAnswer | None:
    """A mark nobody listed is an answer where it stands in one spot alone."""
    marks = {
        c: s for c, s in spots.items() if s.kind not in ("", "check", "cross") and not s.struck
    }
    marks = {c: s for c, s in marks.items() if not s.worded or s.kind == "own mark"}
    if not marks:
        return None
    kinds = {s.kind for s in marks.values()}
    if "not applicable" in kinds:
        return _not_applicable(marks) if len(kinds) == 1 else UNCLEAR_ANSWER
    if kinds == {"not yet"}:
        return FormAnswer(says=next(iter(marks.values())).text)
    alike = len({fold_spot_text(s) for s in marks.values()}) == 1
    if len(marks) == len(spots) > 1 and alike:
        return None  # printed in each of them
    if kinds == {"own mark"} and len(marks) < len(spots) and alike:
        return _read(spots, list(marks))
    return _odd_one(spots, marks) if kinds == {"own mark"} else UNCLEAR_ANSWER


def _odd_one(spots: ChoiceSpots, marks: Mapping[str, ChoiceSpot]) -> FormAnswer:
    """A mark in every spot, one of them other than the rest."""
    texts = [fold_spot_text(s) for s in marks.values()]
    odd = [c for c, s in marks.items() if texts.count(fold_spot_text(s)) == 1]
    alone = len(odd) == 1 and len(marks) == len(spots) > 2
    return _read(spots, odd) if alone else UNCLEAR_ANSWER


def _not_applicable(marks: Mapping[str, ChoiceSpot]) -> FormAnswer:
    text = next(iter(marks.values())).text
    return FormAnswer(state="not applicable", note=strip_not_applicable(text), says="n/a")


def _by_looks(spots: ChoiceSpots, plain: PlainLooks) -> FormAnswer | None:
    """What is shaded, highlighted, bold, underlined or coloured otherwise than the form's own."""
    if any(s.struck for s in spots.values()):
        return UNCLEAR_ANSWER
    apart = plain.choices_set_apart(spots)
    if all(s.boxed for s in spots.values()):
        # Empty boxes are no answer, whatever is shaded; a word set apart beside one may be.
        listed = 0 < len(apart) < len(spots) and all(s.listed for s in spots.values())
        return UNCLEAR_ANSWER if listed else None
    if apart and plain.unsure:
        return UNCLEAR_ANSWER
    if not apart or (len(apart) == len(spots) and len({s.looks for s in spots.values()}) == 1):
        return None
    return _read(spots, apart) if len(apart) < len(spots) else UNCLEAR_ANSWER


def _by_odd_nothing(spots: ChoiceSpots, plain: PlainLooks) -> FormAnswer | None:
    """A lone circle or nought, where the others hold nothing at all."""
    seen = [s.text for s in spots.values() if s.text.translate(_NOTHING)]
    return UNCLEAR_ANSWER if len(seen) == 1 < len(spots) else None


_WEIGHTS: tuple[Callable[[ChoiceSpots, PlainLooks], FormAnswer | None], ...] = (
    _by_strikes,
    _by_marks,
    _by_words,
    _by_own_marks,
    _by_looks,
    _by_odd_nothing,
)


def refuse_comment(comment: str, choices: Sequence[str]) -> ValueRefusal | None:
    """What is told of a comment that is none yet, or not all of it."""
    words = VALUE_REFUSALS["form"]
    if _tells_nothing(comment, choices) or is_put_off(comment):
        return words["comment-tells-nothing"]
    return words["comment-place-open"] if leaves_place_open(comment) else None


def _tells_nothing(comment: str, choices: Sequence[str]) -> bool:
    """Whether a comment is no more than "To follow", "N/A", a mark, or the answer once more. "See
    above" and "not recorded" may tell."""
    told = read_no_value(comment)
    if told is not None:
        return "?" in comment or told.kind not in TELLING_KINDS
    return fold_text(comment) in {fold_text(choice) for choice in choices}
