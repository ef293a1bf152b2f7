"""What of a message is about which of its sender's reviews, where it says that it is about several.

Which day and which return is meant for which review is read by where the references stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from config.english import plural_of
from config.kind import Kinds
from config.mail_words import MAIL_WORDS
from handlers.register.agencies import AgencyPlace
from handlers.values.case_reference import names_reference
from handlers.values.normalise import fold_text

_CONTRARY = "".join(rf"(?<!\b{re.escape(w)} )" for w in MAIL_WORDS.several_reviews.contrary)
_SEVERAL = re.compile(
    rf"{_CONTRARY}\b(?:{'|'.join(map(re.escape, MAIL_WORDS.several_reviews.words))})\b"
)
_EACH = rf"{_CONTRARY}\b(?:both|each)(?: of)?(?: (?:our|the|these|those|my|your))? "
# Between two references that share what is said.
_JOINED = re.compile(r"[\s,&/+]*(?:(?:and|or|as well as|both|also|review|case)[\s,]*)*")
_UNTIL = re.compile(r"\b(?:until|till|by)\b", re.I)
MAX_WORDS_BEFORE_LEADING = 4  # words: "Then for review N12 we need ..." begins with the reference


def concerned_places(
    words: str, places: Sequence[AgencyPlace], kinds: Kinds
) -> tuple[AgencyPlace, ...]:
    """The reviews, of its sender's, that a message's own words say it is about, where they are more
    than one: they name two of them, or speak of both, or of two of a return that each has once."""
    named = tuple(place for place in places if names_reference(words, place.reference))
    if len({place.reference for place in named}) > 1:
        return named
    said = fold_text(words)
    of_all = _SEVERAL.search(said) or _several_returns(_plurals(kinds)).search(said)
    return tuple(places) if of_all and len(places) > 1 else ()


def _plurals(kinds: Kinds) -> frozenset[str]:
    """ "chronologies", "evaluation statements"."""
    return frozenset(
        plural_of(fold_text(name)) for kind in kinds.all for name in (kind.noun, kind.title)
    )


@lru_cache(maxsize=8)
def _several_returns(plurals: frozenset[str]) -> re.Pattern[str]:
    """ "both of our chronologies"."""
    return re.compile(rf"{_EACH}(?:{'|'.join(sorted(map(re.escape, plurals)))})\b")


def words_about(words: str, reference: str, references: Sequence[str]) -> str:
    """The sender's words, a sentence a line, without what they say of another review alone."""
    lines = (_about(line, reference, references) for line in words.splitlines())
    return "\n".join(filter(None, lines))


def _about(said: str, reference: str, references: Sequence[str]) -> str:
    spans = sorted(_named(said, references))
    if not spans:
        return said
    clauses = _clauses(said, spans)
    own = [text for text, named in clauses if reference in named]
    return " ".join(own)


def _named(said: str, references: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for reference in references:
        for found in re.finditer(rf"(?<![\w-]){re.escape(reference)}(?![\w-])", said, re.I):
            yield found.start(), found.end(), reference


def _clauses(said: str, spans: Sequence[tuple[int, int, str]]) -> list[tuple[str, frozenset[str]]]:
    """The parts of a sentence, each with the reviews it is of. References that nothing stands
    between share a part, which begins with them where the sentence does, and else ends with them.
    """
    groups = [[spans[0]]]
    for before, after in pairwise(spans):
        if _JOINED.fullmatch(said[before[1] : after[0]]):
            groups[-1].append(after)
        else:
            groups.append([after])
    leading = len(said[: spans[0][0]].split()) <= MAX_WORDS_BEFORE_LEADING
    if leading:
        cuts = [0, *(_start(said, group[0][0]) for group in groups[1:]), len(said)]
    else:
        cuts = [0, *(group[-1][1] for group in groups[:-1]), len(said)]
    named = [frozenset(reference for _, _, reference in group) for group in groups]
    parts = [said[a:b].strip(" ,;") for a, b in pairwise(cuts)]
    asks = _asking_words(parts[0], spans[0][2])
    whole = [parts[0], *(f"{asks} {part}" if _UNTIL.search(part) else part for part in parts[1:])]
    return list(zip(whole, named, strict=True))


def _asking_words(first: str, reference: str) -> str:
    """What a sentence asks with, which its later parts leave out: "Please let us have"."""
    found = _UNTIL.search(first)
    before = first[: found.start()] if found else ""
    return re.sub(rf"^\W*(?:(?:for|in|on)\s+)?{re.escape(reference)}\W*", "", before, flags=re.I)


def _start(said: str, at: int) -> int:
    """Where the part begins that a reference leads: with the "for" or "in" before it."""
    found = re.search(
        r"(?:\b(?:and|but|while)\s+)?(?:\b(?:for|in|on|with|as to|of)\s+)?"
        r"(?:\b(?:review|case)\s+)?$",
        said[:at],
        re.I,
    )
    return found.start() if found else at
