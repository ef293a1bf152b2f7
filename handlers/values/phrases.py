"""Lists of phrases that are given as data, and where one of them stands among a sentence's words.

In a phrase "sign/agree" is either word, "approv-" any word with that beginning, "#" a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

# What stands in a phrase for a number, for any ending of a word and between words of which any may.
NUMBER, ENDING, EITHER = "#", "-", "/"
KEY = 3  # letters of a phrase's first word by which it is found
_PASSED_OVER = ""  # no word of a phrase

Phrase = tuple[tuple[str, ...], ...]  # for each of its words those that may stand there


class PhraseLists:
    """Lists by their names. Made once, before a worker is forked for each document."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = {name: _by_key(phrases) for name, phrases in lists.items()}

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


def _is_one(either: Sequence[str], word: str) -> bool:
    return any(
        word.startswith(said[:-1])
        if said.endswith(ENDING)
        else word == said or (said == NUMBER and word[:1].isdigit())
        for said in either
    )


def _key(word: str) -> str:
    return NUMBER if word[:1].isdigit() else word[:KEY]


def _by_key(phrases: Sequence[str]) -> Mapping[str, Sequence[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        words = tuple(tuple(word.split(EITHER)) for word in phrase.split())
        for key in dict.fromkeys(map(_key, words[0])):
            found.setdefault(key, []).append(words)
    return found
