"""Lists of phrases that are given as data, and where one of them stands among a sentence's words.

In a phrase "sign/agree" is either word, "approv-" any word with that beginning, "#" a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

# What stands in a phrase for a number, for any ending of a word and between words of which any may.
NUMBER, ENDING, EITHER = "#", "-", "/"
KEY = 3  # letters of a phrase's first word by which it is found
_PASSED_OVER = ""  # no word of a phrase


class Place(NamedTuple):
    """Which words may stand in one place of a phrase."""

    words: frozenset[str]
    stems: tuple[str, ...]
    number: bool

    @property
    def is_plain(self) -> bool:
        return not self.stems and not self.number


Phrase = tuple[Place, ...]
Spans = Mapping[str, Sequence[tuple[int, int]]]  # by lists, where their phrases begin and end


@dataclass(slots=True)
class _Beginning:
    """The phrases of all lists that begin with one word, by their second word where it is plain."""

    single: list[str] = field(default_factory=list)
    seconds: dict[str, list[tuple[str, Phrase]]] = field(default_factory=dict)
    others: list[tuple[str, Phrase]] = field(default_factory=list)


# The phrases of all lists by their first word, and by its key where any ending may follow.
_Beginnings = tuple[Mapping[str, _Beginning], Mapping[str, Sequence[tuple[str, Phrase]]]]


class PhraseLists:
    """Lists by their names. They are sorted out when they are first looked through, which is not
    what most commands do; the fork server does so before it forks for a document."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._as_given = lists

    @cached_property
    def _lists(self) -> Mapping[str, Mapping[str, Sequence[Phrase]]]:
        return {name: _by_key(phrases) for name, phrases in self._as_given.items()}

    @cached_property
    def _begun(self) -> _Beginnings:
        return _beginnings(self._lists)

    def spans(self, words: Sequence[str]) -> Spans:
        """Where the phrases of all lists stand, in one pass: most words begin none."""
        found: dict[str, list[tuple[int, int]]] = {}
        plain, stems = self._begun
        for at, word in enumerate(words):
            if (one := plain.get(word)) is not None:
                for name in one.single:
                    found.setdefault(name, []).append((at, at + 1))
                after = words[at + 1] if at + 1 < len(words) else _PASSED_OVER
                for name, phrase in chain(one.seconds.get(after, ()), one.others):
                    if _stands(phrase, words, at):
                        found.setdefault(name, []).append((at, at + len(phrase)))
            for name, phrase in stems.get(word[:KEY], ()):
                if word and _stands(phrase, words, at):
                    found.setdefault(name, []).append((at, at + len(phrase)))
        return found

    def has(self, name: str, words: Sequence[str]) -> bool:
        """Whether a phrase of a list stands anywhere."""
        return next(self.found(name, words), None) is not None

    def found(self, name: str, words: Sequence[str]) -> Iterator[int]:
        """Where a phrase of a list begins."""
        for at, word in enumerate(words):
            if word and any(_stands(phrase, words, at) for phrase in self._phrases(name, word)):
                yield at

    def ends(self, name: str, words: Sequence[str]) -> Iterator[int]:
        """Where a phrase of a list ends: the longest of those that begin at one word."""
        for at in self.found(name, words):
            yield at + self._length(name, words, at)

    def without(self, name: str, whole: Sequence[str]) -> Sequence[str]:
        """The words, those passed over that stand in a phrase of a list."""
        words = list(whole)
        for at in self.found(name, words):
            length = self._length(name, words, at)
            words[at : at + length] = [_PASSED_OVER] * length
        return words

    def _length(self, name: str, words: Sequence[str], at: int) -> int:
        return max(len(p) for p in self._phrases(name, words[at]) if _stands(p, words, at))

    def _phrases(self, name: str, word: str) -> Sequence[Phrase]:
        """Those phrases of a list that may begin with a word."""
        return self._lists[name].get(_key(word), ())


def _stands(phrase: Phrase, words: Sequence[str], at: int) -> bool:
    there = words[at : at + len(phrase)]
    return len(there) == len(phrase) and all(map(_is_one, phrase, there))


def _is_one(place: Place, word: str) -> bool:
    return (
        word in place.words
        or (bool(place.stems) and word.startswith(place.stems))
        or (place.number and word[:1].isdigit())
    )


def _phrase(text: str) -> Phrase:
    return tuple(_place(word.split(EITHER)) for word in text.split())


def _place(either: Sequence[str]) -> Place:
    plain = frozenset(word for word in either if not word.endswith(ENDING) and word != NUMBER)
    stems = tuple(word[:-1] for word in either if word.endswith(ENDING))
    return Place(plain, stems, NUMBER in either)


def _keys(place: Place) -> Sequence[str]:
    """The keys of all words that may stand there."""
    numbers = (NUMBER,) if place.number else ()
    return tuple(
        dict.fromkeys([*map(_key, sorted(place.words)), *map(_key, place.stems), *numbers])
    )


def _key(word: str) -> str:
    return NUMBER if word[:1].isdigit() else word[:KEY]


def _by_key(phrases: Sequence[str]) -> Mapping[str, Sequence[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        said = _phrase(phrase)
        for key in _keys(said[0]):
            found.setdefault(key, []).append(said)
    return found


def _beginnings(
    lists: Mapping[str, Mapping[str, Sequence[Phrase]]],
) -> _Beginnings:
    plain: dict[str, _Beginning] = {}
    stems: dict[str, list[tuple[str, Phrase]]] = {}
    for name, keys in lists.items():
        for phrase in dict.fromkeys(chain.from_iterable(keys.values())):
            for word in phrase[0].words:
                _add(plain.setdefault(word, _Beginning()), name, phrase)
            for key in _keys(phrase[0]._replace(words=frozenset())):
                stems.setdefault(key, []).append((name, phrase))
    return plain, stems


def _add(to: _Beginning, name: str, phrase: Phrase) -> None:
    if len(phrase) == 1:
        to.single.append(name)
    elif phrase[1].is_plain:
        for word in phrase[1].words:
            to.seconds.setdefault(word, []).append((name, phrase))
    else:
        to.others.append((name, phrase))
