"""Tells where a report's prose seems to name somebody by a first name or initial and a surname.

Beside a word of the family ("Mother, A. Person") any such pair counts; elsewhere one that opens
with a well-known first name. It errs towards what is no name: places, forms, teams and jobs have
capitals too. Case pseudonyms and public names are the caller's to allow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from config.label_words import JOB_WORDS, NON_NAME_WORDS, ORGANISATION_WORDS
from config.person_name_words import (
    CAPITALISED_WORDS,
    FIRST_NAMES,
    KIN_WORDS,
    PSEUDONYM_WORDS,
    SHORT_NAMES,
)

_KIN = "|".join(sorted(map(re.escape, KIN_WORDS), key=len, reverse=True))
# "Baby A." and "Child A." may be what somebody is called in the report.
_KIN_ALONE = "|".join(sorted(map(re.escape, KIN_WORDS - PSEUDONYM_WORDS), key=len, reverse=True))
_SURNAME = r"(?>(?:O['\u2019]|Mc|Mac)?[A-Z](?:[a-z]+|[A-Z]{2,})(?:[-'\u2019][A-Z][A-Za-z]+)*)"
_NAME = (
    r"(?P<first>(?:[A-Z]\.? ?){1,2}(?= ?[A-Z][a-z])|[A-Z][a-z]+(?:-[A-Z][a-z]+)?|[A-Z]{3,}) ?"
    rf"(?P<last>{_SURNAME})(?![\w'\u2019-]*\d)"
)
_NO_MORE = r"(?! (?:[A-Z]|and [A-Z][a-z]))"  # more would be a team's, a form's or a place's
# "Mother, A. Person, rang", "Father (A. Person)": with a sign between, the word may have a capital.
_BEHIND = re.compile(rf"\b(?i:{_KIN})(?:, |\s?\(|\s?[:\u2013]\s?| - ){_NAME}(?=[,.;)]| \(|$)")
# "her partner A. Person", "aunt called A. Person".
_RUN_ON = re.compile(rf"\b(?:{_KIN})(?: (?:called|named))? {_NAME}{_NO_MORE}")
# "A. Person, the mother, rang", "A. Person (father)"; not "At the place, the mother, ...".
_WHERE = "".join(rf"(?<!\b[{w[0].upper()}{w[0]}]{w[1:]} )" for w in ("at", "in", "on", "of", "to"))
_WHOSE = r"(?:(?:the|his|her|their|[Cc]hild [A-Z]['\u2019]s|child['\u2019]s) )?"
_BEFORE = re.compile(
    rf"(?<![A-Z][a-z] ){_WHERE}(?<!\b[Nn]ear )(?<!\b[Ff]rom )\b{_NAME}(?:, | \(){_WHOSE}"
    rf"(?:maternal |paternal |elder |younger |ex-)?(?:{_KIN})(?=[,.;)]|$)"
)
# One that begins within another counts as well: a title or an opening word hides no name.
_KNOWN = re.compile(
    rf"(?<![A-Z][a-z] )(?<!\bSir )(?<!\bDame )(?<!\bLord )(?<!\bLady )(?<!\bBaroness )"
    rf"\b(?=[A-Z])(?={_NAME}{_NO_MORE})"
)
_ANYWHERE = re.compile(rf"\b(?=[A-Z][A-Za-z-]*\.? ?[A-Z])(?={_NAME})")  # also one in another
# A first name alone beside a word of the family: "Mother (Ann)", "Ann, the mother,".
_FIRST_ALONE = r"(?P<first>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?!\w|[-\u2019']\w{2}| ?\d)"
_ALONE = (
    re.compile(
        rf"\b(?i:{_KIN_ALONE})s?(?:, |\s?\(|\s?[:\u2013]\s?| - |,? called | named | )"
        rf"{_FIRST_ALONE}(?! [A-Z][A-Za-z])"  # a surname's initial may follow: "mum (Kelly T.)"
    ),
    re.compile(
        rf"(?<![A-Z][a-z] )(?<!\. ){_WHERE}(?<!\b[Nn]ear )(?<!\b[Ff]rom )\b"
        rf"{_FIRST_ALONE}(?: [A-Z]\.?)?(?:, | \()(?i:{_WHOSE}"
        rf"(?:maternal |paternal |elder |younger |ex-)?(?:{_KIN_ALONE}))(?=[,.;)]|$)"
    ),
)
# A first name alone in the prose: no surname, house, ward or author of research stands with it.
_BARE = re.compile(
    r"(?<![A-Z][a-z] )(?<!\b[Tt]he )(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\b[Nn]ear )(?<!\bSt )"
    r"(?<!\bSt\. )(?<![\w-]-)\b(?P<first>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?:['\u2019]s)?(?![\w-])"
    r"(?!\.?,? ?[A-Z&\d(])(?! (?:et al|and colleagues|and others|ward|unit|house|centre|clinic|"
    r"hospital|school|nursery|surgery|road|street|team)\b)"
)
_CAPITAL_BEFORE = re.compile(r"[A-Z][a-z][\w'\u2019.]*,?\s?$")
_LITTLE = re.compile(r"\bLittle (?=[A-Z][a-z])")
_NO_LETTERS = {code: " " for code in (*range(33, 65), *range(91, 97), 0x2013, 0x2014, 0x2019)}
_CAPITALISED_NAMES = frozenset(name.title() for name in SHORT_NAMES)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LAST_ALONE = re.compile(
    rf"(?<![A-Z][a-z] )\b(?P<last>{_SURNAME})(?![\w-]|['\u2019]\w{{2}})(?! [A-Z][a-z])"
)
SHORTEST = 3  # letters of a first name: what is shorter is initials, which may be a pseudonym's too
USUAL_WORDS = JOB_WORDS | ORGANISATION_WORDS | NON_NAME_WORDS | CAPITALISED_WORDS | KIN_WORDS


def names_somebody(text: str, allowed: Collection[str], ordinary: Collection[str] = ()) -> bool:
    """Whether it seems to. `allowed` are words of names that may stand, `ordinary` words that the
    report uses in small letters, which no surname is taken for."""
    if _has_first_name(text) and (
        any(_names_beside_family(text, allowed)) or _stands_in_prose(text, allowed, ordinary)
    ):
        return True
    if not any(_is_name(found, allowed, ordinary) for found in _ANYWHERE.finditer(text)):
        return False  # as of most paragraphs, and soon told
    beside = (m for way in (_BEHIND, _RUN_ON, _BEFORE) for m in way.finditer(text))
    if any(_is_name(found, allowed, ordinary) for found in beside):
        return True
    return any(
        _is_first(found["first"], FIRST_NAMES) and _is_name(found, allowed, ordinary)
        for found in _KNOWN.finditer(text)
    )


def first_names_of_family(
    text: str, allowed: Collection[str], ordinary: Collection[str] = ()
) -> frozenset[str]:
    """The first names, as written, that stand beside a word of the family, alone or with a
    surname: who is named once so is the same person wherever the name stands again."""
    if not _has_first_name(text):
        return frozenset()
    beside = (m for way in (_BEHIND, _RUN_ON, _BEFORE) for m in way.finditer(text))
    named = (m["first"] for m in beside if _is_name(m, allowed, ordinary))
    usual = {*allowed, *ordinary}
    return frozenset(
        one
        for one in (*_names_beside_family(text, allowed), *named)
        if len(one) >= SHORTEST and one.casefold() not in usual and _is_first(one, SHORT_NAMES)
    )


def surnames_named(
    text: str, allowed: Collection[str], ordinary: Collection[str] = ()
) -> Iterator[str]:
    """The surnames, in small letters, beside what seems to be somebody's first name or initial."""
    beside = (m for way in (_BEHIND, _RUN_ON, _BEFORE) for m in way.finditer(text))
    known = (m for m in _KNOWN.finditer(text) if _is_first(m["first"], FIRST_NAMES))
    for found in (*beside, *known):
        if _is_name(found, allowed, ordinary):
            yield found["last"].casefold()


def stands_again(
    text: str, first_names: frozenset[str], surnames: Collection[str] = frozenset()
) -> bool:
    """Whether one of the names stands there as a word of its own; a surname, too, in capitals, and
    not where a place or a team is called by it: "Tranter Lane"."""
    if not first_names.isdisjoint(_WORD.findall(text)):
        return True
    return bool(surnames) and any(
        one["last"].casefold() in surnames for one in _LAST_ALONE.finditer(text)
    )


def _has_first_name(text: str) -> bool:
    """Whether any word may be one: in nearly all paragraphs none is, which is soon told."""
    return not _CAPITALISED_NAMES.isdisjoint(text.translate(_NO_LETTERS).split())


def _names_beside_family(text: str, allowed: Collection[str]) -> Iterator[str]:
    """The first names that stand alone beside a word of the family."""
    found = (m["first"] for way in _ALONE for m in way.finditer(text))
    return (one for one in found if _is_first(one, SHORT_NAMES) and one.casefold() not in allowed)


def _stands_in_prose(text: str, allowed: Collection[str], ordinary: Collection[str]) -> bool:
    """Whether a first name stands anywhere with no surname: of a child more often than of anybody
    else."""
    text = _LITTLE.sub("", text)
    return any(
        _is_first(found["first"], SHORT_NAMES)
        and found["first"].casefold() not in allowed
        and found["first"].casefold() not in ordinary
        and not _CAPITAL_BEFORE.search(text, 0, found.start())
        for found in _BARE.finditer(text)
    )


def _is_first(first: str, names: Collection[str]) -> bool:
    """Whether it is one of the names, or two with a hyphen of which one is."""
    return any(part in names for part in first.casefold().split("-"))


def _is_name(found: re.Match[str], allowed: Collection[str], ordinary: Collection[str]) -> bool:
    first, last = found["first"].rstrip(". ").casefold(), found["last"].casefold()
    initials = found["first"].isupper() and sum(map(str.isalpha, first)) < SHORTEST
    words = {
        *(() if initials else (first, *first.split("-"))),
        *re.split(r"[-'\u2019]", last),
        last,
    }
    if found["last"].isupper() and first not in FIRST_NAMES:
        return False  # "NHS DIRECT" and the like
    return words.isdisjoint(USUAL_WORDS) and words.isdisjoint(allowed) and last not in ordinary
