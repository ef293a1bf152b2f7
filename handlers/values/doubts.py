"""Says whether a sentence added to a signed form makes doubtful what the form says.

The words are those of `config/doubts.toml`, in their order. It errs towards a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from config.document_words import DOUBTS
from handlers.values.normalise import fold_text

# What stands in a phrase for a number, for any ending of a word and between words of which any may.
NUMBER, ENDING, EITHER = "#", "-", "/"
HEADING = 4  # words: "Approval and sign off"
KEY = 3  # letters of a phrase's first word by which it is found
_SENTENCE = re.compile(r"(?<=\w\w)[.!?]+(?:\s+|$)|[!?]+(?:\s+|$)|\n")
_PARTS = re.compile(r"[()\[\];:]|\s[\u2013\u2014-]+\s")
STEM, TELLING = 5, 4  # letters by which a word is another's, and of one that tells a statement
_PASSED_OVER = ""  # no word of a phrase

Phrase = tuple[tuple[str, ...], ...]  # for each of its words those that may stand there


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break ends one."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


@lru_cache(maxsize=1024)
def doubtful(sentence: str, *, beside: bool = False, aside: bool = False) -> bool:
    """Whether a sentence doubts, denies, puts off, limits or makes a condition of what the form
    says. `beside` the words of a statement it is about them, whatever else it names; what
    stands `aside`, in the margin of a page or among names, is not unless it speaks of approving."""
    whole = fold_text(sentence).split()
    words = _unsettled(whole, _without(whole, "harmless"))
    if _has("doubts", words):
        return True
    if _has("perhaps", words):
        elsewhere = aside or (not beside and _has("elsewhere", whole))
        return not elsewhere or _has("approving", words)
    return False


@lru_cache(maxsize=1024)
def unusual(sentence: str) -> bool:
    """Whether a whole sentence is of no ordinary kind, whatever it says."""
    whole = fold_text(sentence).split()
    if len(whole) <= HEADING or not (is_whole(sentence) or _has("approvals", whole)):
        return False
    return not any(_has(name, whole) for name in ("ordinary", "elsewhere", "harmless"))


def says_still_open(comment: str) -> bool:
    """Whether a comment on an answer says that what is answered is not so yet. It errs towards
    what is ordinary, since comments tell of all that a report is about."""
    return any(map(_is_open, sentences(comment)))


def _is_open(sentence: str) -> bool:
    whole = fold_text(sentence).split()
    if not _has("still_open", whole) or _has("reported", whole):
        return False
    words = _unsettled(whole, _without(whole, "not_open"))
    behind = max(_found("done_by", words), default=0)
    return _has("still_open", words[behind:])


def negates(text: str) -> bool:
    """Whether any word denies or excepts something."""
    return _has("negators", fold_text(text).split())


def denies(text: str, wording: str = "") -> bool:
    """Whether words do no more than say "No" to what they stand beside: "No, section 5 is missing",
    "We do not confirm this"; or deny it in the words of its own `wording`."""
    parts = [part for part in _PARTS.split(text) if fold_text(part)]
    openings = [parts[0].split(",")[0]] if parts else []
    own = tuple(fold_text(wording).split())
    return any(
        _denies(_without_reason(fold_text(part).split()), own) for part in (*openings, *parts)
    )


def _denies(words: Sequence[str], own: Sequence[str]) -> bool:
    kept = [word for word in words if not _has("fillers", (word,))]
    stems = {word[:STEM] for word in own}
    if not all(word[:STEM] in stems or _has("answering", (word,)) for word in kept):
        return False
    telling = {word[:STEM] for word in own if len(word) >= TELLING}
    pairs = pairwise(kept)
    turned = any(_has("deniers", (no,)) and word[:STEM] in telling for no, word in pairs)
    return turned or _has("denials", kept) or (len(kept) == 1 and _has("deniers", kept))


def _without_reason(words: Sequence[str]) -> Sequence[str]:
    return words[: next(_found("reasons", words), len(words))]


def goes_on(sentence: str) -> bool:
    """Whether it opens with a word that joins it to what stands before it: "which", "but"."""
    return _has("joining", fold_text(sentence).split()[:1])


def is_whole(sentence: str) -> bool:
    """Whether it is more than a heading, an address or somebody's name and job."""
    return _has("whole", fold_text(sentence).split())


def names_draft(line: str) -> bool:
    """Whether a line tells of a draft: "0.1 Draft"."""
    return _has("drafts", fold_text(line).split())


def is_finished(line: str) -> bool:
    """Whether a line tells of a version that is no draft any more."""
    words = fold_text(line).split()
    return _has("finished", words) and not _has("doubts", words) and "not" not in words


def _unsettled(whole: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """Those of the words that stand behind what says that all before it is settled, or all."""
    at = next(_found("settled", whole), None)
    return words if at is None or _has("unsettled", words[:at]) else words[at:]


def _without(whole: Sequence[str], name: str) -> Sequence[str]:
    """The words, those passed over that stand in a phrase of a list."""
    words = list(whole)
    for at in _found(name, words):
        length = max(len(p) for p in _phrases(name, words[at]) if _stands(p, words, at))
        words[at : at + length] = [_PASSED_OVER] * length
    return words


def _has(name: str, words: Sequence[str]) -> bool:
    return next(_found(name, words), None) is not None


def _found(name: str, words: Sequence[str]) -> Iterator[int]:
    """Where a phrase of a list begins."""
    for at, word in enumerate(words):
        if word and any(_stands(phrase, words, at) for phrase in _phrases(name, word)):
            yield at


def _phrases(name: str, word: str) -> Sequence[Phrase]:
    """Those phrases of a list that may begin with a word."""
    return _LISTS[name].get(_key(word), ())


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


# Made once, before a worker is forked for each document.
_LISTS = {name: _by_key(phrases) for name, phrases in DOUBTS.items()}
