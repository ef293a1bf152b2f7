"""Tells a person's name from a job and from other words, and one person from another.

A name is taken by its form: nothing here knows who works where.
"""

from __future__ import annotations

import re

from config.label_words import (
    JOB_WORDS,
    NAME_TITLES,
    NON_NAME_WORDS,
    ORGANISATION_WORDS,
    ROLE_WORDS,
)
from config.person_name_words import FIRST_NAMES, SHORT_NAMES
from handlers.values.normalise import fold_text

MAX_ROLE_WORDS = 14  # of a role
_NAME_WORD = re.compile(r"(?:[A-Z][\w'\u2019.-]*|d[aei]|de|la|van|von|der|mc|al|bin)")
_PRINTED_TITLES = "|".join(
    sorted({form for title in NAME_TITLES for form in (title.title(), title.upper())})
)
_IN_A_SENTENCE = re.compile(
    rf"\b(?:(?:{_PRINTED_TITLES})\.? )?[A-Z][\w'\u2019-]*\.?(?: [A-Z][\w'\u2019-]+){{1,2}}"
)
LETTERS_AFTER_NAME = re.compile(
    r"[A-Z]{2,}[a-z]?[A-Z]*|B\.?Sc|M\.?Sc|B\.?A|Hons|Ph\.?D|Dip\w*|Cert\w*|M\.?Ed"
)
_BEHIND = re.compile(r"[,(]\s*(?P<word>\w+)\W*$")  # "A. Green (Mrs)"
_OF = frozenset({"of", "for", "and", "the", "in"})


def is_job_title(text: str) -> bool:
    """Nothing but a job: "Practice Manager", "Head of Midwifery"; not "Jane Partner"."""
    words = [
        word if word in JOB_WORDS else word.removesuffix("s") for word in fold_text(text).split()
    ]
    if not words or words[0] in NAME_TITLES:
        return False
    of = not _OF.isdisjoint(words)
    return (JOB_WORDS | ROLE_WORDS | _OF).issuperset(words) or (of and words[0] in JOB_WORDS)


def is_role_title(text: str) -> bool:
    """Whether it has a word of roles, and is not "Dr A. Head"."""
    words = fold_text(text).split()
    if not 0 < len(words) <= MAX_ROLE_WORDS or words[0] in NAME_TITLES - {"sister", "doctor"}:
        return False
    return any(word in ROLE_WORDS or word.removesuffix("s") in ROLE_WORDS for word in words)


def may_be_a_name(text: str, *, beside: bool) -> bool:
    """ "Jane Partner": two words like a name's that are no role by themselves, `beside` one that
    is; or, alone, "Clerk Holt"."""
    words = text.split()
    if len(words) != 2 or not holds_name_words(words):
        return False
    return not is_job_title(text) if beside else fold_text(words[1]) not in JOB_WORDS | ROLE_WORDS


def is_person_name(text: str) -> bool:
    """Whether it may be a name by its capitals alone: "Green", "Dr A. Green"."""
    words = [w for w in text.replace(".", ". ").split() if fold_text(w)]
    bare = [w for w in words if fold_text(w) not in NAME_TITLES and fold_text(w) not in ("pp", "p")]
    return 0 < len(bare) < 6 and all(_NAME_WORD.fullmatch(w) for w in bare)


def is_full_name(text: str) -> bool:
    """Two to four words that may be a name, whatever letters stand before and after them."""
    words = [w for w in text.replace(".", ". ").split() if fold_text(w)]
    titled = bool(words) and fold_text(words[0]) in NAME_TITLES
    while words and fold_text(words[0]) in NAME_TITLES:
        words = words[1:]
    while len(words) > 2 and _is_letters(words[-1]):
        words = words[:-1]
    if titled:
        return 0 < len(words) < 5 and all(_NAME_WORD.fullmatch(word) for word in words)
    return 2 <= len(words) <= 4 and holds_name_words(words)


def is_full_name_and_no_job(text: str) -> bool:
    """A name of two words at least that is no job: neither "Review Officer" nor "officer who
    commissioned it", which a sentence over the blanks says of people whom they name."""
    words = fold_text(text.replace(".", ". ")).split()
    if len(words) < 2 or is_job_title(text) or not is_person_name(text):
        return False
    return is_plainly_a_name(text) or words[-1] not in JOB_WORDS


def is_plainly_a_name(text: str) -> bool:
    """Whether it opens as names alone do: with a title, an initial or a known first name."""
    words = fold_text(text.replace(".", ". ")).split()
    if len(words) < 2 or not is_person_name(text):
        return False
    return len(words[0]) == 1 or words[0] in NAME_TITLES | FIRST_NAMES | SHORT_NAMES


def is_first_name_alone(text: str) -> bool:
    words = text.split()
    return (
        len(words) == 1
        and holds_name_words(words)
        and fold_text(text) not in JOB_WORDS | ORGANISATION_WORDS
    )


def holds_name_words(words: list[str]) -> bool:
    folded = [fold_text(word) for word in words]
    if not NON_NAME_WORDS.isdisjoint(folded) or folded[-1] in ORGANISATION_WORDS:
        return False
    if all(len(word) == 1 for word in folded):
        return False
    return all(_NAME_WORD.fullmatch(word) for word in words) and any(
        len(word) > 1 and word[0].isupper() for word in words
    )


def find_full_name(sentence: str) -> str:
    """The first full name in a sentence; "" for none."""
    for found in _IN_A_SENTENCE.finditer(sentence[:600]):
        if is_full_name(found[0]) and not is_role_title(found[0]):
            return found[0]
        rank, _, name = found[0].partition(" ")  # "Superintendent Jane Partner"
        if is_role_title(rank) and is_full_name(name) and not is_role_title(name):
            return name
    return ""


def is_same_person(one: str, other: str) -> bool:
    """One surname, and first names that are equal or an initial of each other."""
    first, second = _bare_name_words(one), _bare_name_words(other)
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return bool(first) and first == second
    return first[0].startswith(second[0]) or second[0].startswith(first[0])


def _bare_name_words(text: str) -> list[str]:
    """The folded words of a name without the titles before it, and without letters or a title in
    brackets or after a comma behind it."""
    words = text.replace(".", ". ").split()
    while len(words) > 2 and not text.isupper() and _is_letters(words[-1]):
        words = words[:-1]
    folded = fold_text(" ".join(words)).split()
    while len(folded) > 1 and folded[0] in NAME_TITLES:
        folded = folded[1:]
    behind = _BEHIND.search(text)
    titled = behind is not None and behind["word"].casefold() in NAME_TITLES
    return folded[:-1] if titled and len(folded) > 1 else folded


def _is_letters(word: str) -> bool:
    return LETTERS_AFTER_NAME.fullmatch(word.strip(".,()")) is not None
