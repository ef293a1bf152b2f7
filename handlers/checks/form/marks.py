"""What counts as a mark against an answer, and where in a row each of the choices may be
marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from handlers.checks.form.form_text import Piece
from handlers.values.normalise import fold
from handlers.values.placeholders import no_value, put_off

# Ballot boxes and check marks, then crosses, with the newer symbol blocks and the codes under
# which Word keeps Wingdings and Wingdings 2 when it writes a symbol by its font.
CHECKS = frozenset("☑✓✔√✅🗸🗹\uf0fc\uf0fe\uf050\uf052")
CROSSES = frozenset("☒✕✖✗✘×⊠⌧❌❎🗵🗷\uf0fd\uf0fb\uf078\uf04f\uf051\uf053\uf054")
TICKED = CHECKS | CROSSES
EMPTY = frozenset("☐□▢◻❏❐❑❒⬜\uf0a8\uf06f\uf0a3\uf071\uf072\uf02a")
# What is drawn where nothing is meant: the empty one beside a filled circle, dots, dashes.
_NOTHING = frozenset("○◯◦⚪◌❍-–—−_.…·:;,/|()[]{}0 \t\n")
# The letters that become a tick or a cross once Wingdings is their font, alone in a cell.
_LETTERS = {"þ": "☑", "ü": "✓", "ý": "☒", "û": "✗"}
# Beside the marks, these words in a choice's own cell tick it.
AFFIRMED = frozenset({"yes", "y", "ticked", "tick", "v", "true"})

_BOX = re.compile(f"[{''.join(sorted(TICKED | EMPTY))}]")
_TYPED = re.compile(r"[\[(]\s*(?:([xX✓✔√✗✘])\s*|\s)?[\])]")
# A cross, or what is typed for a tick where nothing else is.
_TYPED_X = re.compile(r"[xX](?![A-Za-z-])|[xX]{2,3}\Z|[/\\*+]\Z")
_WORD = re.compile(r"[A-Za-z]+")
_NOT_APPLICABLE = re.compile(
    r"\W{0,3}(?:n\s*[/.\\]\s*a\b|not (?:applicable|relevant|required|needed)\b|does not apply\b)",
    re.I,
)
_IN_PART, _PARTLY = frozenset({"part", "in part", "to some extent"}), "partially"
ALIKE = 4  # "partly", "partial" and "partially" share their first four letters
SHORT = 3  # characters: a mark of somebody's own, "ok", "1", "aa"

Kind = Literal[
    "", "check", "cross", "affirmed", "other", "not applicable", "not yet", "own mark", "words"
]


def named(word: str, choices: Sequence[str]) -> str | None:
    """The choice that `word` stands for: the word itself, a near form, or its initial."""
    said = fold(word)
    for choice in choices:
        known = fold(choice)
        near = len(known) > ALIKE and len(said) > ALIKE and known[:ALIKE] == said[:ALIKE]
        if said and (said in (known, known[0]) or near):
            return choice
    return None


def first_named(text: str, choices: Sequence[str]) -> str | None:
    """The choice whose word or initial begins `text`; "N/A" and "n.a." are no choice."""
    if fold(text) in _IN_PART:
        text = _PARTLY
    word = _WORD.match(text)
    return None if word is None or not_applicable(text) else named(word.group(), choices)


def not_applicable(text: str) -> bool:
    """True when `text` opens by saying that the question does not apply."""
    return _NOT_APPLICABLE.match(text) is not None


def after_not_applicable(text: str) -> str:
    """What `text` says beyond that."""
    return _NOT_APPLICABLE.sub("", text, count=1).strip(" \t\n.,;:-–—")


def drawn(text: str) -> str:
    """`text` with typed boxes, "[x]" and "[ ]", drawn as characters and Wingdings letters too."""
    if text.strip() in _LETTERS:
        return _LETTERS[text.strip()]
    if "[" not in text and "(" not in text:
        return text
    return _TYPED.sub(lambda typed: "☒" if typed.group(1) else "☐", text)


def boxes_in(text: str) -> tuple[bool, ...]:
    """The boxes and ticks among the characters of `text`, in order; True where ticked."""
    return tuple(c in TICKED for c in _BOX.findall(text))


def without_boxes(text: str) -> str:
    """`text` with every box and tick taken out."""
    return " ".join(_BOX.sub(" ", text).split())


def crossed(rest: str) -> bool:
    """True when what is left of a text, its boxes taken out, begins with a typed X or is a stroke
    or a star."""
    return bool(_TYPED_X.match(rest))


def empty(text: str) -> bool:
    """Nothing but white space, empty boxes and circles, dots and dashes."""
    return all(c in EMPTY or c in _NOTHING for c in text) and text.strip() != "/"


def kind_of(text: str, choices: Sequence[str]) -> Kind:
    """What kind of mark `text` is, where a mark for one of the choices may stand."""
    shown = drawn(text)
    if not CHECKS.isdisjoint(shown):
        return "check"
    rest = without_boxes(shown)
    if not CROSSES.isdisjoint(shown) or crossed(rest):
        return "cross"
    if empty(rest):
        return ""
    return _worded(rest, choices)


def _worded(rest: str, choices: Sequence[str]) -> Kind:
    if len(rest) <= SHORT and not any(c.isalnum() for c in rest) and rest != "?":
        return "own mark"
    if not_applicable(rest):
        return "not applicable"
    word = _WORD.match(rest)
    if word is not None and word.group().casefold() in AFFIRMED:
        return "affirmed"
    if word is not None and not fold(rest[word.end() :]) and named(word.group(), choices):
        return "other"
    if no_value(rest):
        return "not yet"
    return "own mark" if len(rest) <= SHORT else "words"


_PARTED = re.compile(r"[/|\n\t\\]|  |\bor\b", re.I)
_DIVIDER = re.compile(r"[/|\n\t\\]|\bor\b", re.I)
_JOINED = re.compile(r"[A-Za-z]\s*[&+;]\s*[A-Za-z]")
_BOX_SPOTS = re.compile(f"[{''.join(sorted(CHECKS | CROSSES | EMPTY))}]|\\b[xX]\\b")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one choice may be marked. `worded`: the choice's own word is printed there, `note`
    says what follows it; `said` is another choice named there instead."""

    kind: Kind = ""
    worded: bool = False
    struck: bool = False
    picture: bool = False
    text: str = ""
    note: str = ""
    said: str = ""
    looks: frozenset[str] = frozenset()
    boxed: bool = False  # a box to tick stands there, whatever is in it
    listed: bool = False  # it is a word of a cell that lists the choices
    several: bool = False  # nothing but choices' words stands there, and more than one of them

    @property
    def hedged(self) -> bool:
        """Whether it is said there, beside the mark, that it is still to come: "TBC"."""
        beside = self.note or _LEADING.sub("", without_boxes(self.text))
        told = put_off(beside) if len(beside) > 1 or beside == "?" else None
        return told is not None and told.kind in _NOT_SETTLED

    @property
    def marked(self) -> bool:
        return self.kind in ("check", "cross") and not self.struck


_NOT_SETTLED = frozenset({"to-come", "unknown", "draft"})
_LEADING = re.compile(r"^(?:x|y|yes|ticked|tick)\b\W+", re.I)  # a mark in letters

Spots = Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class Listed:
    """A cell that lists choices: the spot of each, and the words that follow."""

    spots: Spots
    rest: str = ""


def spot_of(piece: Piece, choice: str, choices: Sequence[str]) -> Spot:
    """The spot of `choice` in its own cell."""
    struck = piece.struck
    kept = drawn(piece.kept).strip()
    ticked = any(piece.ticks) and not struck
    text = without_boxes(kept)
    own = first_named(text, choices)
    printed = struck and first_named(without_boxes(drawn(piece.text)), choices) == choice
    if own == choice or printed:
        note = _WORD.sub("", text, count=1).strip(" \t\n.,;:-–—")
        marks = "".join(c for c in kept if c in CHECKS or c in CROSSES)
        kind = kind_of(note, choices) if note.casefold() == "x" else kind_of(marks, choices)
        worded, kept = True, marks
    else:
        kind, worded, note = kind_of(kept, choices), False, ""
    return Spot(
        "check" if ticked and kind not in ("check", "cross") else kind,
        worded,
        struck,
        piece.picture,
        kept,
        note,
        own or "" if kind == "other" else "",
        piece.looks if worded else frozenset(piece.look.split()),
        bool(piece.ticks or boxes_in(drawn(piece.text))),
        several=names_several(text, choices),
    )


def listed_in(piece: Piece, choices: Sequence[str]) -> Listed | None:
    """The choices that a cell lists, two or more of them, each with what marks it."""
    words = list(_run(piece.text, choices))
    found = [choice for _, choice in words]
    if len(set(found)) < 2 or len(set(found)) != len(found):
        return None
    if len(words) == 2 and _JOINED.search(piece.text):
        return None  # "Yes & No" gives both
    bounds = _bounds(piece.text, [word for word, _ in words])
    ticks = _ticks(piece, len(words))
    spots = {
        choice: _listed(piece.part(start, end), word.start() - start, word.end() - start, tick)
        for (word, choice), (start, end), tick in zip(words, bounds, ticks, strict=True)
    }
    rest = Piece(piece.text[bounds[-1][1] :]).text
    return Listed(spots, without_boxes(rest).strip(" \t\n.,;:-–—"))


def repeats(text: str, choices: Sequence[str]) -> bool:
    """Whether a text names two choices or more, and one of them more than once."""
    words = _WORD.findall(text)
    found = [c for w in words if len(w) > 1 and (c := named(w, choices)) is not None]
    return len(found) > len(set(found)) > 1 and 2 * len(found) > len(words)


def names_several(text: str, choices: Sequence[str]) -> bool:
    """Whether a text is two choices or more, and nothing else: "Yes / No", "Yes and Partially"."""
    words = [word for word in _WORD.findall(text) if word.casefold() not in ("and", "or")]
    found = {named(word, choices) for word in words}
    return len(found) > 1 and None not in found


def _listed(piece: Piece, start: int, end: int, tick: bool | None) -> Spot:
    """One choice of a list, its word from `start` to `end` of the piece."""
    word = piece.part(start, end)
    beside = drawn(f"{piece.part(0, start).kept} {piece.part(end, len(piece.text)).kept}")
    kind = kind_of(_DIVIDER.sub(" ", beside).strip(), ())
    if tick is not None and kind not in ("check", "cross"):
        kind = "check" if tick else ""
    looks = word.looks | _in_brackets(piece.text, start, end)
    boxed = tick is not None or bool(boxes_in(beside))
    return Spot(
        kind, True, word.struck, piece.picture, beside.strip(),
        looks=looks, boxed=boxed, listed=True,
    )  # fmt: skip


def _in_brackets(text: str, start: int, end: int) -> frozenset[str]:
    """A choice put in brackets or stars, or in capitals, is set apart too."""
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    out = (
        {"bracketed"} if before and before in "([{*<>_" and after in ")]}*<>_" and after else set()
    )
    return frozenset(
        out | ({"capitals"} if end - start > 1 and text[start:end].isupper() else set())
    )


def _run(text: str, choices: Sequence[str]) -> Iterator[tuple[re.Match[str], str]]:
    """The words of the first list of choices, each a choice's name, with nothing else between."""
    every = list(_WORD.finditer(text))
    bare = all(_is_choice(w, choices) or w.group().casefold() in ("x", "or") for w in every)
    last: re.Match[str] | None = None
    for word in every:
        if word.group() in ("x", "X", "or"):
            continue
        choice = named(word.group(), choices)
        if choice is None or (last is not None and not _parted(text, last, word, bare)):
            if last is not None:
                return
            if choice is None:
                continue
        yield word, choice
        last = word


def _is_choice(word: re.Match[str], choices: Sequence[str]) -> bool:
    return named(word.group(), choices) is not None


def _parted(text: str, last: re.Match[str], word: re.Match[str], bare: bool) -> bool:
    between = text[last.end() : word.start()]
    return bare or bool(_PARTED.search(between) or _BOX_SPOTS.search(drawn(between)))


def _bounds(text: str, words: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """Where each choice's own part of the list begins and ends: at what divides it from the next,
    else behind the word where the marks stand before the words, else before the next word."""
    first = words[0].start()
    opening = max(
        (m.end() for m in _WORD.finditer(text[:first]) if m.group() not in "xX"), default=0
    )
    before = bool(drawn(text[opening:first]).strip(" \t\n.:;,-–—(/|[{<*_"))
    starts, ends = [opening], []
    for word, after in pairwise(words):
        divider = _DIVIDER.search(text, word.end(), after.start())
        opens = re.search(r"[\[({<*_]*$", text[word.end() : after.start()])
        upto = after.start() - (len(opens[0]) if opens else 0)  # "[" of the next is its own
        cut = divider.start() if divider else word.end() if before else upto
        ends.append(cut)
        starts.append(divider.end() if divider else cut)
    return list(zip(starts, [*ends, _end(text, words[-1], before)], strict=True))


def _end(text: str, word: re.Match[str], before: bool) -> int:
    """Where the last choice's part ends: its mark may stand behind it, what follows is a note."""
    if before:
        return word.end()
    divider = _DIVIDER.search(text, word.end())
    letter = next((m for m in _WORD.finditer(text, word.end()) if m.group() not in "xX"), None)
    ends = [found.start() for found in (divider, letter) if found]
    return min(ends, default=len(text))


def _ticks(piece: Piece, count: int) -> list[bool | None]:
    """The check boxes in the order of the words, where their characters do not stand there."""
    if len(piece.ticks) == count and len(boxes_in(drawn(piece.text))) != count:
        return list(piece.ticks)
    return [None] * count


def folded(spot: Spot) -> str:
    return fold(spot.text) or spot.text
