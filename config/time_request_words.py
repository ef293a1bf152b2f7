"""Words by which agencies ask for more time, as phrases that an officer can read aloud and add
to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TimeRequestReason:
    """One reason. `says` ends a sentence of ours."""

    key: str
    says: str
    words: tuple[str, ...]


def _read(path: Path) -> tuple[TimeRequestReason, ...]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        TimeRequestReason(key, one["says"], tuple(one["words"])) for key, one in raw.items()
    )


# In the order of the file, which puts the surest first.
TIME_REQUEST_REASONS = _read(Path(__file__).with_name("time_request_reasons.toml"))


MAX_GAP_WORDS = 10  # words that "*" lets in

_PART = re.compile(
    r"(?P<open>\[)|(?P<close>\] ?)|\{(?P<list>[^{}]+)\} ?|(?P<gap>\*) ?|(?P<nth>#th\b) ?|"
    r"(?P<number>#)(?![a-z]) ?|(?P<word>[a-z0-9]+) ?"
)
_STANDS_FOR = {
    "gap": rf"(?:[a-z0-9]+ ){{0,{MAX_GAP_WORDS}}}?",
    "nth": r"\d{1,2}(?:st|nd|rd|th) ",
    "number": r"\d{1,2} ",
    "open": "(?:",
    "close": ")?",
}
_ANY_WORD = "word"


class InvalidPhrase(Exception):
    """A phrase of the words that ask for more time is not written as its file says."""


@dataclass(frozen=True, slots=True)
class PhrasePattern:
    """Any of the phrases of a list of the file. It is made when it is first looked for: that takes
    longer than all the rest of a command."""

    text: str

    def search(self, said: str) -> re.Match[str] | None:
        return _compiled(self.text).search(said)

    def match(self, said: str) -> re.Match[str] | None:
        return _compiled(self.text).match(said)

    def strip_from(self, said: str) -> str:
        return _compiled(self.text).sub("", said)


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text)


@dataclass(frozen=True, slots=True)
class TimeRequestPatterns:
    """Each a pattern for any of the phrases of its list in the file."""

    late: PhrasePattern
    another: PhrasePattern
    promised: PhrasePattern
    hoped: PhrasePattern
    plain: PhrasePattern
    denied: PhrasePattern
    withdrawn: PhrasePattern
    not_of_time: PhrasePattern
    about_time: PhrasePattern
    kept: PhrasePattern
    all_the_same: PhrasePattern
    besides: PhrasePattern
    not_ours: PhrasePattern
    asks: PhrasePattern
    returns: PhrasePattern


RawPhrases = Mapping[str, Mapping[str, list[str]] | list[str]]


def phrase_patterns(raw: RawPhrases) -> dict[str, str]:
    """The patterns of a file as text, by its lists."""
    (lists,) = (one for one in raw.values() if isinstance(one, Mapping))
    words = _Words(lists)
    phrases = {key: one for key, one in raw.items() if not isinstance(one, Mapping)}
    return {key: words.any_of(one) for key, one in {**phrases, "returns": ["{return}"]}.items()}


@cache
def time_request_patterns() -> TimeRequestPatterns:
    return TimeRequestPatterns(**{key: PhrasePattern(text) for key, text in _SPELT_OUT.items()})


class _Words:
    """The lists of the file, and what a phrase comes to with them."""

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        self._lists = lists
        self._known = {_ANY_WORD: "(?:[a-z0-9]+ )"}

    def any_of(self, phrases: Iterable[str]) -> str:
        return rf"\b(?:{'|'.join(self._pattern(one, ()) for one in phrases)})"

    def _pattern(self, phrase: str, inside: tuple[str, ...]) -> str:
        at, parts = 0, list[str]()
        while at < len(phrase):
            found = _PART.match(phrase, at)
            if found is None:
                raise InvalidPhrase(phrase)
            parts.append(self._part(found, inside))
            at = found.end()
        if parts.count("(?:") != parts.count(")?") or not parts:
            raise InvalidPhrase(phrase)
        return "".join(parts)

    def _part(self, found: re.Match[str], inside: tuple[str, ...]) -> str:
        if found["list"]:
            return self._list(found["list"], inside)
        return f"{found['word']} " if found["word"] else _STANDS_FOR[found.lastgroup or ""]

    def _list(self, name: str, inside: tuple[str, ...]) -> str:
        if name not in self._known:
            if name not in self._lists or name in inside:
                raise InvalidPhrase(f"{{{name}}}")
            each = (self._pattern(one, (*inside, name)) for one in self._lists[name])
            self._known[name] = f"(?:{'|'.join(each)})"
        return self._known[name]


_SPELT_OUT = phrase_patterns(
    tomllib.loads(Path(__file__).with_name("time_request_words.toml").read_text("utf-8"))
)


@dataclass(frozen=True, slots=True)
class ReturnNamePatterns:
    """How returns are named in what people write. Each pattern is for folded words and names in
    its groups the return that is meant. `names` are all those by which they are known here;
    `beside` finds what could be a return and is not known, in a list with a "#" for each that is;
    `could_be` are words for several, each with the return that it could be."""

    spoken: tuple[tuple[re.Pattern[str], str], ...]
    names: re.Pattern[str]
    beside: re.Pattern[str]
    could_be: tuple[tuple[re.Pattern[str], str], ...]


# Read before a worker is confined, which may open no file.
_RETURN_NAMES = tomllib.loads(Path(__file__).with_name("return_names.toml").read_text("utf-8"))

ONE_RETURN: Mapping[str, str] = _RETURN_NAMES["one_return"]


@cache
def return_name_patterns() -> ReturnNamePatterns:
    """Made when the first request is read."""
    raw = _RETURN_NAMES
    words, known = raw["words"], _either([*raw["anywhere"], *FULL_RETURN_NAMES])
    ours, link = _either(words["ours"]), _either(words["links"])
    own = _either(words["own"])
    not_else = rf"\b(?! {_either(words['elsewhere'])}\b)"
    listed = rf"(?P<before>\b{known}s?,? (?:{link} )?(?:{ours} )?)"
    ahead = rf"(?=,? {link} (?:{ours} )?{known}\b)"
    ways = (
        ("anywhere", r"(?P<before>\b)", not_else),
        ("ours", rf"(?P<before>\b(?:{ours}|{link}) )", not_else),
        ("own", rf"(?P<before>\b{own} )", not_else),
        ("ours", listed, not_else),
        ("in_a_list", listed, not_else),
        ("in_a_list", rf"(?P<before>\b{ours} )", ahead),
    )
    spoken = (
        (re.compile(f"{before}{_either(called)}{behind}"), name)
        for way, before, behind in ways
        for name, called in raw[way].items()
    )
    between = rf"(?:(?!{_either(words['between'])}\b)[a-z]+ ){{0,2}}"
    unknown = rf"{between}{_either(words['unknown'])}s?"
    return ReturnNamePatterns(
        tuple(spoken),
        re.compile(rf"\b{known}s?\b"),
        re.compile(
            rf"# {link} (?:{ours} )?{unknown}{not_else}|"
            rf"\b{ours} {unknown} {link} (?:{ours} )?#"
        ),
        tuple(
            (re.compile(rf"\b{_either(called)}s?\b"), name)
            for name, called in raw["could_be"].items()
        ),
    )


FULL_RETURN_NAMES = ("individual management review", "quality assurance form")


def _either(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"
