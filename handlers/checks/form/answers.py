"""Which of the choices a row of the grid gives as its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from handlers.checks.form.marks import Spot, Spots, after_not_applicable, folded
from handlers.findings import FEWEST

Looks = frozenset[str]


@dataclass(frozen=True, slots=True)
class Plain:
    """How each choice's spot looks when it is not marked, one layer of looks at a time: its
    shading, its highlight, whether it is bold."""

    layers: Mapping[str, Mapping[str, Looks]] = field(default_factory=dict)
    crosses_deny: bool = False  # the form is filled in with ticks for yes and crosses for no
    unsure: bool = False  # one column is set apart in every row: an answer, or the form's own look

    def apart(self, spots: Spots) -> tuple[str, ...]:
        """The choices that look otherwise, in the first layer in which some do and some do not."""
        most: tuple[str, ...] = ()
        for layer, usual in self.layers.items():
            found = tuple(c for c, s in spots.items() if _of(layer, s.looks) != usual.get(c, NO))
            if 0 < len(found) < len(spots):
                return found
            most = most or found
        return most

    def only(self, layer: str) -> Plain:
        return replace(self, layers={layer: self.layers[layer]})

    def without(self, layers: Sequence[str]) -> Plain:
        """The same, some layers of looks left out."""
        left = {layer: usual for layer, usual in self.layers.items() if layer not in layers}
        return replace(self, layers=left)


NO: Looks = frozenset()
FORMS = frozenset({"shading", "bold"})  # looks that forms are made with, and marked with, too


def plain_looks(
    rows: Iterable[Spots], choices: Sequence[str], headings: Mapping[str, Looks]
) -> Plain:
    """`headings` is how the heading of each choice's column looks, where there are any."""
    rows = list(rows)
    seen = {word for spots in rows for spot in spots.values() for word in spot.looks}
    layers = dict.fromkeys(_layer(word) for word in sorted(seen))
    usual = {layer: _usual(rows, layer, choices, headings) for layer in layers}
    return Plain(usual, _denying(rows))


def designed(rows: Sequence[Spots], plain: Plain) -> tuple[str, ...]:
    """The layers of looks that set the same column apart in every row, which a form's designer
    does and an author seldom. A word set apart in a cell that lists the choices is the author's."""
    own = [spots for spots in rows if len(spots) > 1]
    if len(own) < FEWEST or any(s.listed for spots in own for s in spots.values()):
        return ()
    layers = [layer for layer in plain.layers if layer in FORMS]
    return tuple(layer for layer in layers if _throughout(own, plain.only(layer)))


def _throughout(rows: Sequence[Spots], plain: Plain) -> bool:
    found = {plain.apart(spots) for spots in rows}
    return len(found) == 1 and all(0 < len(apart) < len(rows[0]) for apart in found)


def _layer(word: str) -> str:
    return word.partition(":")[0]


def _of(layer: str, looks: Looks) -> Looks:
    return frozenset(word for word in looks if _layer(word) == layer)


def _denying(rows: Sequence[Spots]) -> bool:
    kinds = [{spot.kind for spot in spots.values() if not spot.struck} for spots in rows]
    checked = [kind for kind in kinds if "check" in kind]
    return 2 * sum("cross" in kind for kind in checked) > len(checked)


def _usual(
    rows: Iterable[Spots], layer: str, choices: Sequence[str], headings: Mapping[str, Looks]
) -> Mapping[str, Looks]:
    counts: dict[str, Counter[Looks]] = {choice: Counter() for choice in choices}
    for spots in rows:
        for choice, spot in spots.items():
            counts[choice][_of(layer, spot.looks)] += 1
    usual = {c: count.most_common(1)[0][0] for c, count in counts.items() if count}
    heads = {c: _of(layer, headings.get(c, NO)) for c in usual}
    designed = len(set(usual.values())) > 1 and usual == heads and layer == "shading"
    if len(set(usual.values())) == len(usual) > 2 or designed:
        return usual
    base = _most(counts.values(), usual.values())
    return dict.fromkeys(usual, base)


def _most(counts: Iterable[Counter[Looks]], usual: Iterable[Looks]) -> Looks:
    """The look that is usual in most columns, then none at all, then the one most spots have."""
    columns = Counter(usual)
    total = sum(counts, Counter[Looks]())
    weight = {look: (columns[look], not look, total[look]) for look in total}
    return max(total, key=weight.__getitem__) if total else frozenset()


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
    hedged: bool = False  # it is marked, and said to be still to come

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
            hedged = any(c in spots and spots[c].hedged for c in found.given)
            return replace(UNCLEAR, hedged=True) if hedged else found
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
    if any(s.several for s in spots.values()):
        return UNCLEAR  # "Yes / No" typed in one of the cells
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
