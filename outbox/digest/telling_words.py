"""Picks, of what somebody wrote, the words that tell most: all of a short message, else the
sentence that carries what it asks, why more time is needed, or who is in danger. They are theirs,
word for word; what is left out is shown by dots, and never what matters before the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from config.mail_words import MAIL_WORDS, covering_words
from config.word_lists import TELLING
from handlers.senders.danger_news import danger_sentences
from handlers.senders.scope_news import tells_of_scope
from handlers.values.normalise import fold_text
from outbox.digest.own_sentences import any_of, own_sentences

Purpose = Literal["question", "reason", "scope", "danger", "leaving", "doubt", "whole"]
CUT = "..."
WHOLE = 24  # words of a message that is quoted whole
ENOUGH = 6  # words of a sentence that says something without the next one
_KEPT = 14  # words of a question that are never cut
_MATTERS = WHOLE - 2  # words of what is never cut of danger, of who leaves and of a doubt
_ASKS = re.compile(rf"\b(?:{any_of(TELLING['asks'])})\b", re.I)
_ENCLOSES = re.compile(rf"\b(?:{any_of(TELLING['encloses'])})\b", re.I)
_BECAUSE = re.compile(
    rf"\b(?:{any_of(TELLING['because'])})\b.*"
    rf"|\b(?:{any_of(TELLING['since'])}) (?:{any_of(TELLING['about'])})\b.*",
    re.I | re.S,
)
_CLAUSES = re.compile(r" [-–—] |,? (?:and )?so |; |, but ")
_WANTS_TIME = re.compile(rf"\b(?:{any_of(TELLING['wants_time'])})\b", re.I)
_LEAVING = MAIL_WORDS.leaving
_LEAVES = re.compile(
    rf"\b(?:{any_of({*_LEAVING.themselves, *_LEAVING.others, *_LEAVING.ended})}"
    rf"|{any_of({*_LEAVING.in_place_of, *_LEAVING.new_contact, *_LEAVING.takes_over})})\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class TellingWords:
    """`words` are quoted, "" for none. Where there is less room they begin with what matters:
    `briefly`, of which that is the first `least` words."""

    words: str = ""
    least: int = 0
    briefly: str = ""


def telling_words(lines: Sequence[str], purpose: Purpose, most: int = WHOLE) -> TellingWords:
    """At most so many words."""
    said = own_sentences(lines)
    if not said:
        return TellingWords()
    if purpose == "reason":
        words = shorten(_reason(said).rstrip(".?! "), most)
        return TellingWords(words, min(len(words.split()), ENOUGH), words)
    carries = _CARRIES[purpose](said)
    chosen = _gathered(said, carries or [0])
    matters = _MATTERS if carries and purpose not in ("question", "scope") else _KEPT
    first = chosen.split()
    whole = " ".join(said)
    if len(whole.split()) <= WHOLE:
        briefly = whole if whole.startswith(chosen) else chosen
        return TellingWords(whole, min(len(first), matters), briefly)
    if len(first) > most and purpose == "danger":
        chosen = _from_where_it_tells(said[(carries or [0])[0]], most)
    elif len(first) < most:
        chosen = _going_on(chosen, said, (carries or [0])[-1], most)
    words = shorten(chosen, most)
    return TellingWords(words, min(len(first), len(words.split()), matters), words)


def shorten(words: str, most: int) -> str:
    """The first of them, with what shows that they go on."""
    found = words.split()
    if len(found) <= most:
        return words
    kept = words.removesuffix(f" {CUT}").split()[:most]
    return f"{' '.join(kept).rstrip(',;:-')} {CUT}"


def _gathered(said: Sequence[str], carries: Sequence[int]) -> str:
    """Those sentences in their order, with dots for what is left out between them; one that is too
    short to say something goes with the next."""
    words = said[carries[0]]
    for before, n in pairwise(carries):
        words = f"{words} {said[n]}" if n == before + 1 else f"{words} {CUT} {said[n]}"
    for one in said[carries[-1] + 1 :]:
        if len(words.split()) >= ENOUGH:
            break
        words = f"{words} {one}"
    return words


def _going_on(chosen: str, said: Sequence[str], last: int, most: int) -> str:
    """With what stands behind it, where there is room for it, and dots where more does."""
    behind = [one for one in said[last + 1 :] if one not in chosen]
    for n, one in enumerate(behind):
        if len(f"{chosen} {one}".split()) > most:
            return f"{chosen} {CUT}" if n or not chosen.endswith(CUT) else chosen
        chosen = f"{chosen} {one}"
    return chosen


def _from_where_it_tells(sentence: str, most: int) -> str:
    """A long sentence from before the words of danger on."""
    words = sentence.split()
    told = next((n for n in range(1, len(words) + 1) if danger_sentences([" ".join(words[:n])])), 0)
    begins = max(0, min(told - most // 2, len(words) - most))
    return " ".join([CUT, *words[begins:]] if begins else words)


def _questions(said: Sequence[str]) -> list[int]:
    """The sentences that ask, with a question mark before all else."""
    found = [n for n, one in enumerate(said) if one.endswith("?")]
    return found or [
        n for n, one in enumerate(said) if _ASKS.search(one) and not _ENCLOSES.search(one)
    ]


def _unfinished(said: Sequence[str]) -> list[int]:
    return [n for n, one in enumerate(said) if covering_words().unfinished.search(fold_text(one))]


_CARRIES: Mapping[Purpose, Callable[[Sequence[str]], list[int]]] = {
    "question": _questions,
    "scope": lambda said: [n for n, one in enumerate(said) if tells_of_scope(one)],
    "danger": danger_sentences,
    "leaving": lambda said: [n for n, one in enumerate(said) if _LEAVES.search(one)],
    "doubt": _unfinished,
    "whole": lambda said: [],
}


def _reason(said: Sequence[str]) -> str:
    """Why, "" where it does not say."""
    for one in said:
        if found := _BECAUSE.search(one):
            return found[0]
    clauses = [clause for one in said for clause in _CLAUSES.split(one) if clause.strip()]
    plain = (clause for clause in clauses if not _WANTS_TIME.search(clause))
    return next(plain, next((clause for clause in clauses if not _ASKS.search(clause)), ""))
