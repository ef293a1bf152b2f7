"""Whether what was entered says that nothing is there yet: "TBC", "[Insert event]", "N/A"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.not_yet_in_blanks import NO_VALUE_CLASSES, NO_VALUE_FILLER_WORDS, PENDING_SECTION_WORDS
from handlers.values.normalise import fold_text
from handlers.values.pointing import points_to
from handlers.values.template_words import is_instruction

MAX_SECTION_LENGTH = 400  # characters of a section
MAX_NO_VALUE_LENGTH = 120  # characters: what is longer is an answer
_TO_COME, _PROMPT, _TEMPLATE = "to-come", "prompt", "template"
_QUESTION_MARK, _ELSEWHERE = "question-mark", "elsewhere"
_INITIALS = 3  # letters
_MOST_PROMPT = 12  # words
_SENTENCE = re.compile(r"[.!?;\n]+(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class NoValue:
    """What kind of no value it is, a key of the table, and what its author is told."""

    kind: str
    says: str


@lru_cache(maxsize=256)
def read_no_value(text: str) -> NoValue | None:
    """The kind of no value that the whole of `text` is, or None: it may be an answer."""
    if len(text) > MAX_NO_VALUE_LENGTH or not text.strip():
        return None
    words = fold_text(text).split()
    if not words:
        said = NO_VALUE_CLASSES[_QUESTION_MARK].says
        return NoValue("unknown", said) if "?" in text else _told("nothing")
    if set("".join(words)) == {"x"}:
        return _told("prompt") if len("".join(words)) > 1 else None
    kind = _whole(words) or (_TEMPLATE if is_instruction(text) else "")
    return _told(kind) if kind else None


@lru_cache(maxsize=256)  # each blank is asked by several checks
def read_postponed_value(text: str) -> NoValue | None:
    """`read_no_value`, or a longer text that opens by putting it off: "Awaiting Dr Green's
    signature".

    For signatures, names and dates, which no sentence can be.
    """
    plain = f"{fold_text(text[:MAX_NO_VALUE_LENGTH])} "
    opens = any(plain.startswith(f"{words} ") for words in NO_VALUE_CLASSES[_TO_COME].opening)
    return (
        read_no_value(text)
        or (_told(_ELSEWHERE) if points_to(text) == _ELSEWHERE else None)
        or (_told(_TO_COME) if opens else None)
        or (_told(_PROMPT) if contains_only_words(text, NO_VALUE_CLASSES[_PROMPT].alone) else None)
    )


def contains_only_words(text: str, words: Collection[str]) -> bool:
    """Whether there is nothing in a text but such words; "AS" may be somebody's initials."""
    said = fold_text(text).split()
    initials = text.isupper() and len("".join(said)) <= _INITIALS
    return 0 < len(said) <= _MOST_PROMPT and not initials and set(said) <= set(words)


def read_section_to_come(text: str, about: str = "") -> NoValue | None:
    """What a whole section says that is one or two short sentences, each of them of what is still
    to come: "The conclusions will follow once the interviews are done". `about` is its heading."""
    if len(text) > MAX_SECTION_LENGTH:
        return None
    said = [words for part in _SENTENCE.split(text) if (words := fold_text(part).split())]
    own = PENDING_SECTION_WORDS.subjects | set(fold_text(about).split())
    if not 0 < len(said) <= 2 or not all(_is_to_come(words, own) for words in said):
        return None
    return _told(_TO_COME)


def read_promise(text: str, about: str) -> NoValue | None:
    """What one or two short sentences say that name what they are `about`, or another place, and
    anywhere in them that it is to follow: "Genogram attached at Appendix B (to follow)"."""
    said = [f" {fold_text(part)} " for part in _SENTENCE.split(text) if fold_text(part)]
    if len(text) > MAX_SECTION_LENGTH or not 0 < len(said) <= 2:
        return None
    of_it = [f" {words} " for words in (fold_text(about), *PENDING_SECTION_WORDS.places)]
    later = [
        f" {phrase} "
        for phrase in PENDING_SECTION_WORDS.phrases
        if phrase.startswith(PENDING_SECTION_WORDS.promises)
    ]
    told = any(
        any(words in one for words in of_it) and any(phrase in one for phrase in later)
        for one in said
    )
    return _told(_TO_COME) if told else None


def _is_to_come(words: Sequence[str], subjects: Collection[str]) -> bool:
    if len(words) > PENDING_SECTION_WORDS.longest:
        return False
    for at in range(len(words)):
        rest = " ".join(words[at:]) + " "
        if any(rest.startswith(f"{phrase} ") for phrase in PENDING_SECTION_WORDS.phrases):
            return True
        if words[at] not in subjects and not words[at].isdigit():
            return False
    return False


def is_hedged_value(text: str) -> bool:
    """Whether something is there and is said to be still to come: "A. Green (TBC)"."""
    if len(text) > MAX_NO_VALUE_LENGTH or read_postponed_value(text):
        return False
    words = fold_text(text).split()
    return any(
        _words().get(phrase) == _TO_COME
        and (len(phrase) > 1 or (at > 1 and phrase[0] in _BY_ITSELF))
        for at in range(len(words))
        for phrase in _phrases(words, at)
    )


def is_to_come(text: str) -> bool:
    """Whether a blank says no more than that its answer is still to come: "TBC"."""
    told = read_postponed_value(text)
    return told is not None and told.kind == _TO_COME


def day_not_settled(text: str) -> bool:
    """Whether a day stands there and is said to be still to come: "18/05/2010 (TBC)"."""
    if _DAY.search(text) is None:
        return False
    return is_hedged_value(text) or is_to_come(text)


_DAY = re.compile(
    r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{2,4}"
)
# Single words that say so by themselves, after a first name and a surname.
_BY_ITSELF = frozenset(
    ["tbc", "tba", "tbd", "awaiting", "awaited", "pending", "unsigned", "undated", "outstanding"]
)


def said_to_come() -> NoValue:
    """What the author of a value is told that says that it is still to come."""
    return _told(_TO_COME)


def _told(kind: str) -> NoValue:
    return NoValue(kind, NO_VALUE_CLASSES[kind].says)


def _whole(words: Sequence[str]) -> str:
    """The first kind met, where nothing but phrases of the table and small words stand here."""
    known, kind, at = _words(), "", 0
    while at < len(words):
        phrase = next((p for p in _phrases(words, at) if p in known), None)
        if phrase is None and words[at] not in NO_VALUE_FILLER_WORDS:
            return ""
        if phrase is not None:
            kind = _heavier(kind, known[phrase])
        at += len(phrase) if phrase else 1
    return kind


def _heavier(one: str, other: str) -> str:
    """The kind that says more: a prompt beside "awaiting" only names what is awaited."""
    order = list(NO_VALUE_CLASSES)
    return min((one, other), key=order.index) if one else other


def _phrases(words: Sequence[str], at: int) -> Iterator[tuple[str, ...]]:
    """The phrases that may stand at a place, the longest first."""
    for length in range(min(_longest(), len(words) - at), 0, -1):
        yield tuple(words[at : at + length])


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, ...], str]:
    """Every phrase with its kind; the first kind that lists it has it."""
    found: dict[tuple[str, ...], str] = {}
    for kind, one in NO_VALUE_CLASSES.items():
        for words in one.words:
            found.setdefault(tuple(fold_text(words).split()), kind)
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _words()))
