"""The words of a request: which returns it names, and which days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from config.kind import Kind, Kinds
from config.time_request_words import return_name_patterns
from handlers.values.day_words import read_iso_day
from handlers.values.normalise import fold_text
from handlers.values.relative_days import is_span

LATER_DAY, FOR_SEPARATOR, OR_SEPARATOR = "later", " for the ", " or "
# Until when a return is asked for: a day, a span that counts from the day it is due ("two weeks
# more"), or None for some later day.
RequestedTerm = date | str | None
NamesAndTerm = tuple[tuple[str, ...], RequestedTerm]


def encode_days_by_return(pairs: Iterable[NamesAndTerm]) -> str:
    return "; ".join(
        f"{_encode_term(term)}{FOR_SEPARATOR}"
        + ", ".join(name.removeprefix("the ") for name in names)
        for names, term in pairs
    )


def _encode_term(term: RequestedTerm) -> str:
    return term.isoformat() if isinstance(term, date) else term or LATER_DAY


def encode_days(days: Sequence[date]) -> str:
    return OR_SEPARATOR.join(day.isoformat() for day in days)


def decode_days_by_return(text: str) -> tuple[tuple[str, RequestedTerm], ...]:
    """The words for returns with the day or the span of each; none where they have none of their
    own."""
    found = [_each(part) for part in text.split("; ")]
    whole = [one for one in found if one is not None]
    return tuple(whole) if len(whole) == len(found) else ()


def is_partly_unread(text: str) -> bool:
    """Whether a return has a day of its own that was not read, beside others."""
    return any(term is None for _, term in decode_days_by_return(text))


def decode_days(text: str) -> tuple[date, ...]:
    """Days of which it is not plain which is for which."""
    days = [read_iso_day(part) for part in text.split(OR_SEPARATOR)]
    known = [day for day in days if day is not None]
    return tuple(known) if len(known) == len(days) > 1 else ()


def _each(part: str) -> tuple[str, RequestedTerm] | None:
    said, found, names = part.partition(FOR_SEPARATOR)
    term = read_iso_day(said) or (said if is_span(said) else None)
    return (names, term) if found and names and (term or said == LATER_DAY) else None


ALL_RETURNS = "everything outstanding"  # as it is kept
REMAINING_RETURNS = "the rest"

_THINGS = (
    r"(?:documents?|returns?|reports?|forms?|papers?|items?|pieces?|submissions?|paperwork|work)"
)
_NUMBER = r"(?:two|three|four|five|six|2|3|4|5|6)"
REMAINING_PATTERN = re.compile(
    rf"\b(?:(?:all )?(?:of )?the (?:rest|remainder)|(?:all )?the others?(?: {_NUMBER})?"
    rf"(?: {_THINGS}| ones)?|(?:the )?remaining (?:{_NUMBER}|ones?)?(?: ?{_THINGS})?|"
    r"everything else|anything else|all else)\b(?! (?:hand|day|week|end|side|children|child)\b)"
)
_LOT = re.compile(
    rf"\b(?:all (?:of )?(?:this|it|them|these|those)|the (?:whole )?lot|everything|"
    rf"all (?:of )?(?:(?:the|our|your|my) )?(?:{_NUMBER}(?: {_THINGS})?|{_THINGS}|outstanding)|"
    rf"all (?:our|the) outstanding {_THINGS}|(?:each|every one) of (?:our|the|your) {_THINGS})\b"
)
_THANKED = re.compile(
    r"\b(?:thanks?|thank you|grateful)(?: (?!for\b)\w+){0,4} for (?:all|everything)\b"
)


def names_remaining(words: str) -> bool:
    return REMAINING_PATTERN.search(fold_text(words)) is not None


def names_all_returns(words: str) -> bool:
    """Whether they mean all that is owed; what is all but something named is the rest."""
    said = _THANKED.sub(" ", REMAINING_PATTERN.sub(" ", fold_text(words)))
    return _LOT.search(said) is not None


def spell_out_returns(words: str) -> str:
    """The words with each return by its own name: "the statement" is the evaluation statement."""
    said = words.lower()
    for pattern, name in return_name_patterns().spoken:
        said = pattern.sub(rf"\g<before>{name}", said)
    return said


def lists_unknown_return(words: str) -> bool:
    """Whether something that could be a return and is not known is listed beside one that is: "the
    QA form and the health summary"."""
    names = return_name_patterns()
    return (
        names.beside.search(names.names.sub("#", spell_out_returns(fold_text(words)))) is not None
    )


def find_named_kinds(words: str, kinds: Kinds) -> tuple[str, ...]:
    """The ids of the kinds that are named, in the order of the checklist."""
    said = f" {spell_out_returns(fold_text(words))} "
    return tuple(kind.id for kind in kinds.all if any(_stands(n, said) for n in _names(kind)))


def kinds_it_could_be(words: str, kinds: Kinds) -> tuple[str, ...]:
    """The ids of the kinds that something may be which goes by no name of its own, as "the
    report" does; none where its words say nothing."""
    said = fold_text(words)
    names = {name for pattern, name in return_name_patterns().could_be if pattern.search(said)}
    return tuple(kind.id for kind in kinds.all if names & _names(kind))


def _names(kind: Kind) -> set[str]:
    """Of a kind's names those that are names: "Statement" alone, the heading of a column, may
    stand for anything."""
    return {fold_text(name) for name in (kind.title, kind.noun, *kind.titles)} - {""}


def _stands(name: str, said: str) -> bool:
    return f" {name} " in said or f" {name}s " in said
