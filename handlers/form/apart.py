"""What of the look of answers is the form's own, and what sets one answer apart.

Does: finds how a spot looks that nobody marked: as most spots of the grid do, or as those of its
column do where every column has its own colour. A look that sets one column apart in every row is
how the form was made, or may be: it never answers by itself.
Trusts: nothing.
Never touches: marks and words.
Known limits: of a grid whose first answer looks otherwise than the rest in every row, its heading
row decides whether that is the form's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers.form.spots import Spots
from handlers.throughout import FEWEST

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
