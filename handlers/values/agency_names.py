"""Whether words name the agency that sent a document, in full, by initials or by head word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.context import AgencyFacts
from handlers.values.normalise import fold_text, text_similarity

MIN_INITIALS = 3  # initials, where not the whole name gives them
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to"})
_BEFORE = frozenset({"the", "our", "this", "my"})
_ADDED = ("", "s", "t", "st", "ft", "nhst", "nhsft")  # Service, Trust, Foundation Trust
# Words at the end of many agencies' names, which alone are none of them.
_ENDINGS = (
    "service services team trust council department dept agency board office unit group authority "
    "foundation association partnership ltd limited nhs care support"
)
# What anybody's organisation is, without a name.
_SORTS = (
    "gp gps doctor doctors practice practices surgery surgeries clinic centre health medical "
    "school schools academy college education nursery hospital pharmacy chemist dentist dental "
    "police constabulary probation housing ambulance fire social care work services service "
    "children childrens adult adults family team trust nhs department agency organisation head "
    "office"
)
_NO_HEAD, _GENERIC = frozenset(_ENDINGS.split()), frozenset(_SORTS.split())

# What stands before a sort of organisation without naming another: a part of it, or who writes.
_PARTS = (
    "a an the our my this your of for to in at on and from by public protection safeguarding "
    "child abuse investigation domestic violence vulnerable people person major crime "
    "community mental specialist early help duty intake referral looked after assessment "
    "custody control room local area district central main named designated lead senior deputy "
    "chief assistant director manager officer teacher nurse governor governors secretary "
    "national regional administrator registrar report author reception admin hq headquarters "
    "primary secondary nursery infant infants junior high middle grammar special first acute "
    "compiled prepared written completed produced submitted drawn up signed tenancy "
    "homelessness options county city borough metropolitan"
)
_NAMES_NO_OTHER = _NO_HEAD | _GENERIC | frozenset(_PARTS.split())
_TELLS_NOTHING = _NAMES_NO_OTHER | frozenset(
    ["st", "saint", "s", "n", "north", "south", "east", "west"]
)
_COMMON_NAMES = (_NO_HEAD | _GENERIC | {"primary", "secondary", "infant", "junior"}) - {"nhs"}
_TITLES = {"dr", "mr", "mrs", "ms", "miss", "prof", "pc", "dc", "ds", "di", "dci", "sgt"}
_OF_ANOTHER = {"of", "for", "scotland", "wales", "cymru", "england", "ireland", "northern"}
_SEGMENT = re.compile(r"[,;:/()\[\]|\n\t]|\s[-\u2013\u2014]\s")


def is_short_for(text: str, name: str) -> bool:
    """Whether `text` is all of what the organisation of that name is called for short."""
    said, words = _bare(text), fold_text(name).split()
    if not said or len(words) < 2:
        return False
    return (said == words[-1:] and words[-1] not in _NO_HEAD) or _initials(said, words)


def is_generic_name(text: str) -> bool:
    """Whether it may be any of several: one word, or words for a sort of organisation."""
    said = _bare(text)
    return bool(said) and (len(said) == 1 or _GENERIC.issuperset(said))


def _bare(text: str) -> list[str]:
    words = fold_text(text).split()
    return words[1:] if len(words) > 1 and words[0] in _BEFORE else words


def _initials(said: Sequence[str], words: Sequence[str]) -> bool:
    """ "BFS", "B.F.S."; without the place that a name begins with, "CAMHS"."""
    if len(said) > 1 and any(len(word) > 1 for word in said):
        return False
    letters = "".join(said)
    for run in (list(words), [word for word in words if word not in _SMALL]):
        whole, rest = ("".join(word[0] for word in part) for part in (run, run[1:]))
        if len(whole) > 1 and letters == whole:
            return True
        if any(
            len(short) >= MIN_INITIALS and letters == short + more
            for short in (whole, rest)
            for more in _ADDED
        ):
            return True
    return False


MAX_AGENCY_NAME_LENGTH = 80  # characters of an agency's name
MIN_NAME_SIMILARITY = 0.8  # likeness at which a name is the register's name, misspelt
MIN_WORD_SIMILARITY = 0.7  # and of those of its words that differ
MAX_COMMON_SHARE = (
    0.5  # share of the shorter name's telling words beyond which two may be one agency
)

# Words that many agencies have in their names, and so tell none of them apart.
_SHARED = (
    "a an and of the for to in at on nhs foundation trust council city county borough district "
    "service services department children childrens adult adults social care health team"
)
_COMMON = frozenset(_SHARED.split())


def compare_with_sender(text: str, agency: AgencyFacts | None) -> str | None:
    """ "own", "other", or "unclear" where it names nobody; None when nothing is entered, the sender
    is not known, or it could be either."""
    if not fold_text(text) or agency is None:
        return None
    if names_agency(text, agency) or _misspelt(text, agency.name):
        return "own"
    if is_short_for(text, agency.name):
        return "own"
    if _much_in_common(text, agency.name):
        return None
    return "unclear" if is_generic_name(text) else "other"


def agency_name_to_enter(agency: AgencyFacts | None) -> str:
    """What a blank for the agency should say: '"Meadow Lane Surgery" or, for short, "MLS"'."""
    if agency is None:
        return "your agency's name or its usual abbreviation"
    known = (*agency.abbreviations, agency.code)
    short = next((name for name in known if fold_text(name) != fold_text(agency.name)), "")
    return f'"{agency.name}"' + (f' or, for short, "{short}"' if short else "")


def names_agency(text: str, agency: AgencyFacts) -> bool:
    """One of its names, alone or among other words: "Meadow Lane Surgery, High Street". One that is
    a word of many bodies' names, "School", counts only where no other's name stands with it."""
    said = f" {fold_text(text)} "
    own = frozenset(fold_text(agency.name).split())
    for short in (agency.code, *agency.abbreviations):
        plain = fold_text(short)
        if plain and f" {plain} " in said:
            if not is_common_name(short):
                return True
            own |= frozenset(plain.split())
    name = fold_text(agency.name)
    return bool(name) and (
        f" {name} " in said or any(_is_ours(part, agency, own) for part in _SEGMENT.split(text))
    )


def is_common_name(short: str) -> bool:
    """Whether it is nothing but words of many bodies' names: "School", "Social Care"."""
    words = fold_text(short).split()
    return bool(words) and _COMMON_NAMES.issuperset(words)


def _is_ours(part: str, agency: AgencyFacts, own: frozenset[str]) -> bool:
    """Whether that part of a line has a common word for the agency, "Housing", and no name but the
    agency's: neither before it ("Derwent Housing") nor as the place it is of."""
    words = fold_text(part).split()
    for short in filter(is_common_name, (agency.code, *agency.abbreviations)):
        called = fold_text(short).split()
        at = next((i for i in range(len(words)) if words[i : i + len(called)] == called), None)
        if at is None:
            continue
        before, after = words[:at], words[at + len(called) :]
        if own.intersection(words) - _TELLS_NOTHING:
            return True
        of_another = (
            bool(after) and after[0] in _OF_ANOTHER and not _NAMES_NO_OTHER.issuperset(after)
        )
        named = all(word in _NAMES_NO_OTHER or word.isdigit() for word in before)
        if (named or _TITLES.intersection(before)) and not of_another:
            return True
    return False


def _misspelt(text: str, name: str) -> bool:
    """Like the name, and the words that differ like each other: "Foxglove Scool"; not "Hawthorn
    Housing Association" for "Hawkstone Housing Association", whose likeness is of the sort."""
    said, known = fold_text(text).split(), fold_text(name).split()
    left = " ".join(word for word in said if word not in known)
    right = " ".join(word for word in known if word not in said)
    alike = not (left and right) or text_similarity(left, right) >= MIN_WORD_SIMILARITY
    return alike and text_similarity(text, name) >= MIN_NAME_SIMILARITY


def _much_in_common(one: str, other: str) -> bool:
    """Telling words in common, such as "Meadow Lane Practice" has with "Meadow Lane Surgery"; or
    no word but the other's: "Children's Services" for "Shire Children's Services"."""
    left, right = set(fold_text(one).split()), set(fold_text(other).split())
    shared = (left & right) - _COMMON
    if _TELLS_NOTHING.issuperset(shared):
        return left <= right
    shorter = min(len(left - _COMMON), len(right - _COMMON))
    return left <= right or (bool(shared) and len(shared) > MAX_COMMON_SHARE * shorter)
