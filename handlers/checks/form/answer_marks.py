"""What counts as a mark against an answer, and where in a row each of the choices may be
marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from handlers.checks.form.form_text import FormPiece
from handlers.values.blanks_not_filled import read_no_value, read_postponed_value
from handlers.values.normalise import fold_text

# Ballot boxes and check marks, then crosses, with the newer symbol blocks and the codes under
# which Word keeps Wingdings and Wingdings 2 when it writes a symbol by its font.
CHECK_MARKS = frozenset("☑✓✔√✅🗸🗹\uf0fc\uf0fe\uf050\uf052")
CROSS_MARKS = frozenset("☒✕✖✗✘×⊠⌧❌❎🗵🗷\uf0fd\uf0fb\uf078\uf04f\uf051\uf053\uf054")
TICKED_MARKS = CHECK_MARKS | CROSS_MARKS
EMPTY_BOXES = frozenset("☐□▢◻❏❐❑❒⬜\uf0a8\uf06f\uf0a3\uf071\uf072\uf02a")
# What is drawn where nothing is meant: the empty one beside a filled circle, dots, dashes.
_NOTHING = frozenset("○◯◦⚪◌❍-–—−_.…·:;,/|()[]{}0 \t\n")
# The letters that become a tick or a cross once Wingdings is their font, alone in a cell.
_LETTERS = {"þ": "☑", "ü": "✓", "ý": "☒", "û": "✗"}
# Beside the marks, these words in a choice's own cell tick it.
AFFIRMING_WORDS = frozenset({"yes", "y", "ticked", "tick", "v", "true"})

_BOX = re.compile(f"[{''.join(sorted(TICKED_MARKS | EMPTY_BOXES))}]")
_TYPED = re.compile(r"[\[(]\s*(?:([xX✓✔√✗✘])\s*|\s)?[\])]")
# A cross, or what is typed for a tick where nothing else is.
_TYPED_X = re.compile(r"[xX](?![A-Za-z-])|[xX]{2,3}\Z|[/\\*+]\Z")
_WORD = re.compile(r"[A-Za-z]+")
_NOT_APPLICABLE = re.compile(
    r"\W{0,3}(?:n\s*[/.\\]\s*a\b|not (?:applicable|relevant|required|needed)\b|does not apply\b)",
    re.I,
)
_IN_PART, _PARTLY = frozenset({"part", "in part", "to some extent"}), "partially"
MATCHED_LETTERS = 4  # "partly", "partial" and "partially" share their first four letters
MAX_MARK_LENGTH = 3  # characters: a mark of somebody's own, "ok", "1", "aa"

MarkKind = Literal[
    "", "check", "cross", "affirmed", "other", "not applicable", "not yet", "own mark", "words"
]


def choice_named(word: str, choices: Sequence[str]) -> str | None:
    """The choice that `word` stands for: the word itself, a near form, or its initial."""
    said = fold_text(word)
    for choice in choices:
        known = fold_text(choice)
        near = (
            len(known) > MATCHED_LETTERS
            and len(said) > MATCHED_LETTERS
            and known[:MATCHED_LETTERS] == said[:MATCHED_LETTERS]
        )
        if said and (said in (known, known[0]) or near):
            return choice
    return None


def first_choice_named(text: str, choices: Sequence[str]) -> str | None:
    """The choice whose word or initial begins `text`; "N/A" and "n.a." are no choice."""
    if fold_text(text) in _IN_PART:
        text = _PARTLY
    word = _WORD.match(text)
    return None if word is None or is_not_applicable(text) else choice_named(word.group(), choices)


def is_not_applicable(text: str) -> bool:
    """True when `text` opens by saying that the question does not apply."""
    return _NOT_APPLICABLE.match(text) is not None


def strip_not_applicable(text: str) -> str:
    """What `text` says beyond that."""
    return _NOT_APPLICABLE.sub("", text, count=1).strip(" \t\n.,;:-–—")


def draw_typed_boxes(text: str) -> str:
    """`text` with typed boxes, "[x]" and "[ ]", drawn as characters and Wingdings letters too."""
    if text.strip() in _LETTERS:
        return _LETTERS[text.strip()]
    if "[" not in text and "(" not in text:
        return text
    return _TYPED.sub(lambda typed: "☒" if typed.group(1) else "☐", text)


def read_boxes(text: str) -> tuple[bool, ...]:
    """The boxes and ticks among the characters of `text`, in order; True where ticked."""
    return tuple(c in TICKED_MARKS for c in _BOX.findall(text))


def strip_boxes(text: str) -> str:
    """`text` with every box and tick taken out."""
    return " ".join(_BOX.sub(" ", text).split())


def starts_with_cross(rest: str) -> bool:
    """True when what is left of a text, its boxes taken out, begins with a typed X or is a stroke
    or a star."""
    return bool(_TYPED_X.match(rest))


def is_empty_mark(text: str) -> bool:
    """Nothing but white space, empty boxes and circles, dots and dashes."""
    return all(c in EMPTY_BOXES or c in _NOTHING for c in text) and text.strip() != "/"


def kind_of_mark(text: str, choices: Sequence[str]) -> MarkKind:
    """What kind of mark `text` is, where a mark for one of the choices may stand."""
    shown = draw_typed_boxes(text)
    if not CHECK_MARKS.isdisjoint(shown):
        return "check"
    rest = strip_boxes(shown)
    if not CROSS_MARKS.isdisjoint(shown) or starts_with_cross(rest):
        return "cross"
    if is_empty_mark(rest):
        return ""
    return _worded(rest, choices)


def _worded(rest: str, choices: Sequence[str]) -> MarkKind:
    if len(rest) <= MAX_MARK_LENGTH and not any(c.isalnum() for c in rest) and rest != "?":
        return "own mark"
    if is_not_applicable(rest):
        return "not applicable"
    word = _WORD.match(rest)
    if word is not None and word.group().casefold() in AFFIRMING_WORDS:
        return "affirmed"
    if (
        word is not None
        and not fold_text(rest[word.end() :])
        and choice_named(word.group(), choices)
    ):
        return "other"
    if read_no_value(rest):
        return "not yet"
    return "own mark" if len(rest) <= MAX_MARK_LENGTH else "words"


_PARTED = re.compile(r"[/|\n\t\\]|  |\bor\b", re.I)
_DIVIDER = re.compile(r"[/|\n\t\\]|\bor\b", re.I)
_JOINED = re.compile(r"[A-Za-z]\s*[&+;]\s*[A-Za-z]")
_BOX_SPOTS = re.compile(f"[{''.join(sorted(CHECK_MARKS | CROSS_MARKS | EMPTY_BOXES))}]|\\b[xX]\\b")


@dataclass(frozen=True, slots=True)
class ChoiceSpot:
    """Where one choice may be marked. `worded`: the choice's own word is printed there, `note`
    says what follows it; `said` is another choice named there instead."""

    kind: MarkKind = ""
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
        beside = self.note or _LEADING.sub("", strip_boxes(self.text))
        told = read_postponed_value(beside) if len(beside) > 1 or beside == "?" else None
        return told is not None and told.kind in _NOT_SETTLED

    @property
    def is_marked(self) -> bool:
        return self.kind in ("check", "cross") and not self.struck


_NOT_SETTLED = frozenset({"to-come", "unknown", "draft"})
_LEADING = re.compile(r"^(?:x|y|yes|ticked|tick)\b\W+", re.I)  # a mark in letters

ChoiceSpots = Mapping[str, ChoiceSpot]


@dataclass(frozen=True, slots=True)
class ListedChoices:
    """A cell that lists choices: the spot of each, and the words that follow."""

    spots: ChoiceSpots
    rest: str = ""


def spot_of_choice(piece: FormPiece, choice: str, choices: Sequence[str]) -> ChoiceSpot:
    """The spot of `choice` in its own cell."""
    struck = piece.is_struck_out
    kept = draw_typed_boxes(piece.unstruck_text).strip()
    ticked = any(piece.ticks) and not struck
    text = strip_boxes(kept)
    own = first_choice_named(text, choices)
    printed = (
        struck and first_choice_named(strip_boxes(draw_typed_boxes(piece.text)), choices) == choice
    )
    if own == choice or printed:
        note = _WORD.sub("", text, count=1).strip(" \t\n.,;:-–—")
        marks = "".join(c for c in kept if c in CHECK_MARKS or c in CROSS_MARKS)
        kind = (
            kind_of_mark(note, choices) if note.casefold() == "x" else kind_of_mark(marks, choices)
        )
        worded, kept = True, marks
    else:
        kind, worded, note = kind_of_mark(kept, choices), False, ""
    return ChoiceSpot(
        "check" if ticked and kind not in ("check", "cross") else kind,
        worded,
        struck,
        piece.picture,
        kept,
        note,
        own or "" if kind == "other" else "",
        piece.combined_looks if worded else frozenset(piece.look.split()),
        bool(piece.ticks or read_boxes(draw_typed_boxes(piece.text))),
        several=names_several_choices(text, choices),
    )


def read_listed_choices(piece: FormPiece, choices: Sequence[str]) -> ListedChoices | None:
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
        choice: _listed(
            piece.slice_piece(start, end), word.start() - start, word.end() - start, tick
        )
        for (word, choice), (start, end), tick in zip(words, bounds, ticks, strict=True)
    }
    rest = FormPiece(piece.text[bounds[-1][1] :]).text
    return ListedChoices(spots, strip_boxes(rest).strip(" \t\n.,;:-–—"))


def repeats_a_choice(text: str, choices: Sequence[str]) -> bool:
    """Whether a text names two choices or more, and one of them more than once."""
    words = _WORD.findall(text)
    found = [c for w in words if len(w) > 1 and (c := choice_named(w, choices)) is not None]
    return len(found) > len(set(found)) > 1 and 2 * len(found) > len(words)


def names_several_choices(text: str, choices: Sequence[str]) -> bool:
    """Whether a text is two choices or more, and nothing else: "Yes / No", "Yes and Partially"."""
    words = [word for word in _WORD.findall(text) if word.casefold() not in ("and", "or")]
    found = {choice_named(word, choices) for word in words}
    return len(found) > 1 and None not in found


def _listed(piece: FormPiece, start: int, end: int, tick: bool | None) -> ChoiceSpot:
    """One choice of a list, its word from `start` to `end` of the piece."""
    word = piece.slice_piece(start, end)
    before = piece.slice_piece(0, start).unstruck_text
    after = piece.slice_piece(end, len(piece.text)).unstruck_text
    beside = draw_typed_boxes(f"{before} {after}")
    kind = kind_of_mark(_DIVIDER.sub(" ", beside).strip(), ())
    if tick is not None and kind not in ("check", "cross"):
        kind = "check" if tick else ""
    looks = word.combined_looks | _in_brackets(piece.text, start, end)
    boxed = tick is not None or bool(read_boxes(beside))
    return ChoiceSpot(
        kind, True, word.is_struck_out, piece.picture, beside.strip(),
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
        choice = choice_named(word.group(), choices)
        if choice is None or (last is not None and not _parted(text, last, word, bare)):
            if last is not None:
                return
            if choice is None:
                continue
        yield word, choice
        last = word


def _is_choice(word: re.Match[str], choices: Sequence[str]) -> bool:
    return choice_named(word.group(), choices) is not None


def _parted(text: str, last: re.Match[str], word: re.Match[str], bare: bool) -> bool:
    between = text[last.end() : word.start()]
    return bare or bool(_PARTED.search(between) or _BOX_SPOTS.search(draw_typed_boxes(between)))


def _bounds(text: str, words: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """Where each choice's own part of the list begins and ends: at what divides it from the next,
    else behind the word where the marks stand before the words, else before the next word."""
    first = words[0].start()
    opening = max(
        (m.end() for m in _WORD.finditer(text[:first]) if m.group() not in "xX"), default=0
    )
    before = bool(draw_typed_boxes(text[opening:first]).strip(" \t\n.:;,-–—(/|[{<*_"))
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


def _ticks(piece: FormPiece, count: int) -> list[bool | None]:
    """The check boxes in the order of the words, where their characters do not stand there."""
    if len(piece.ticks) == count and len(read_boxes(draw_typed_boxes(piece.text))) != count:
        return list(piece.ticks)
    return [None] * count


def fold_spot_text(spot: ChoiceSpot) -> str:
    return fold_text(spot.text) or spot.text
