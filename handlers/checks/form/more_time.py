"""Reads what a letter that asks for more time asks: for which return, until when and why.

What it says is not asked for is left out first; why is found by `requested_reason`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from config.calendar import day_month_and_year
from config.english import join_with_and
from config.kind_shape import Field
from config.time_request_words import ONE_RETURN, TIME_REQUEST_REASONS
from handlers.checks.form.asking_clauses import without_declined
from handlers.checks.form.field_answer import FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.letter_fields import (
    SIGNATORY_TOKEN,
    UNTIL_TOKEN,
    WHICH_TOKEN,
    WHY_TOKEN,
    contains_phrase,
)
from handlers.checks.form.letter_sentences import phrase_pattern
from handlers.checks.form.request_answers import sentences_on_form
from handlers.checks.form.requested_reason import BECAUSE_PATTERN, find_reason
from handlers.checks.form.requested_until import RequestedUntil, read_requested_until
from handlers.checks.form.same_as_another import (
    is_before_due,
    spell_out_same,
    without_days_before_due,
    without_lines_in_time,
)
from handlers.context import Context
from handlers.values.dates import read_date
from handlers.values.normalise import fold_text
from handlers.values.relative_days import IN_PREFIX, words_of_relative_day
from handlers.values.time_requests import (
    ALL_RETURNS,
    REMAINING_PATTERN,
    REMAINING_RETURNS,
    RequestedTerm,
    decode_days,
    decode_days_by_return,
    encode_days,
    encode_days_by_return,
    lists_unknown_return,
    names_all_returns,
    names_remaining,
    spell_out_returns,
)

NOTHING_ASKED = "it says neither for which return nor until when"
_CANNOT = re.compile(r"\b(?:cannot|unable|not|cant|wont|unlikely)\b")
_SENT = re.compile(
    r"\b(?:already|enclosed|attached|submitted|completed?|on time|as planned|not affected|"
    r"is ready)\b"
)
_ASKS = re.compile(
    r"\b(?:need|ask|request|extension|more|late|later|until|longer|could|may we|would)\b"
)
# What asks, and does not only say that something is so.
_REQUESTS = re.compile(
    r"\?|(?::|\s[-–])\s+(?:until|till|need)\b|"
    r"\b(?:ask|asking|request\w*|extension|extend\w*|more time|longer|late|later|another|extra|"
    r"grateful|glad|possible|acceptable|realistic|propose|put back|push|postpone|moved|follow|"
    r"please(?! (?:find|see|note))|need (?:until|to|more|a|an|two|three|about)|"
    r"(?:can|could|may|might|would) (?:we|i|you|it|the|our|this|that|be|do|like))\b",
    re.I,
)
_BEGINS_TO_ASK = re.compile(
    r"(?:[,;:–—]|\b(?:so|but|and|however|therefore|hence)\b),? *"
    r"(?=(?:(?:can|could|may|might|would) (?:we|i|you|it|the|our|this)|please|"
    r"(?:we|i) (?:need|ask|request|would))\b)",
    re.I,
)
_FOR_IT_TOO = re.compile(r"\bfor (?:the|our|my)\b")
_POINTS_TO_NOTHING = re.compile(
    r"\W*(?:thank|many thanks|further to|re\b|ref\b|with reference)", re.I
)
# What a request leaves out: it is not asked for.
_EXCEPT = re.compile(
    r"\b(?:except|apart from|other than|excluding|but not|save)\b(?: for)?"
    r"(?: (?!(?:until|to|by|owing|because|due|as|since|of)\b)[a-z]+){0,6}"
)
_GENERIC = frozenset({"report", "our report", "documents", "everything"})
_OF_ALL = ("all ", "everything")


def fill_time_request(sheet: FormSheet, context: Context) -> FormSheet:
    """The sheet, its blanks that the letter's sentences answer answered by them."""
    if not any(
        token in e.field.said_by
        for e in sheet.entries
        for token in (WHICH_TOKEN, UNTIL_TOKEN, WHY_TOKEN)
    ):
        return sheet
    names, whole = (
        _names(sheet),
        spell_out_same(sentences_on_form(sheet), context.due, context.today),
    )
    said = without_lines_in_time(without_declined(whole), context.due, context.today)
    return replace(sheet, entries=tuple(_answered(e, said, names, context) for e in sheet.entries))


def _names(sheet: FormSheet) -> tuple[str, ...]:
    """What single returns are called."""
    words = [w for e in sheet.entries if WHICH_TOKEN in e.field.said_by for w in e.field.said_by]
    return tuple(
        w for w in words if w != WHICH_TOKEN and w not in _GENERIC and not w.startswith(_OF_ALL)
    )


def _answered(
    entry: FieldAnswer, said: Sequence[str], names: Sequence[str], context: Context
) -> FieldAnswer:
    field = entry.field
    if UNTIL_TOKEN in field.said_by:
        return _until(entry, said, names, context)
    if SIGNATORY_TOKEN in field.said_by and context.sender and not entry.entered_text:
        return replace(entry, filled=None, told=entry.told or context.sender, said=False)
    if entry.filled is not None:
        return entry
    if WHICH_TOKEN in field.said_by:
        named = _which(said, field)
        told = ", ".join(context.about if named is None else named)
        return replace(entry, told=told, said=False)
    if WHY_TOKEN not in field.said_by:
        return entry
    return replace(entry, told=find_reason(said, _is_request), said=False)


def _until(
    entry: FieldAnswer, said: Sequence[str], names: Sequence[str], context: Context
) -> FieldAnswer:
    period = context.case.period if context.case else None
    asked = _names_asked(said, names)
    if entry.entered_text and (day := read_date(entry.entered_text, period, context.today).value):
        soon = is_before_due(day, asked, context.due)
        return replace(entry, filled=None, unclear=True, said=False) if soon else entry
    texts = (
        [entry.entered_text]
        if entry.entered_text
        else [*map(spell_out_returns, _of_what_is_asked(said, names))]
    )
    read = read_requested_until(texts, context.today, names)
    read = without_days_before_due(read, asked, context.due)
    told = _told_of(replace(read, each=tuple((_once(n), day) for n, day in read.each)))
    if not told:
        return replace(entry, unclear=read.unread and entry.filled is None, said=False)
    return replace(entry, filled=None, told=told, said=False)


def _is_request(sentence: str) -> bool:
    return _REQUESTS.search(sentence) is not None and _asks(fold_text(sentence))


def _names_asked(said: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """What single returns are called in the clauses that ask; none where they are not named."""
    clauses = [_without_why(one, names) for one in _requesting(said, names)]
    text = " ".join(spell_out_returns(fold_text(one)) for one in clauses)
    return tuple(one for one in names if contains_phrase(text, (one,), None))


def _asking(said: Sequence[str]) -> list[str]:
    """Without what only says that something was sent, and the day it was."""
    return [one for one in said if _asks(fold_text(one))] or list(said)


def _told_of(read: RequestedUntil) -> str:
    """As it is kept."""
    if read.each:
        return encode_days_by_return(read.each)
    return read.day.isoformat() if read.day else encode_days(read.several) or read.span


def _names_any(text: str, names: Sequence[str]) -> bool:
    plain = spell_out_returns(fold_text(text))
    return (
        contains_phrase(plain, tuple(names), None)
        or names_remaining(plain)
        or names_all_returns(plain)
    )


def _requesting(said: Sequence[str], names: Sequence[str]) -> list[str]:
    """The clauses that ask and name what for, and of one that names nothing the sentence before it
    that does. A return that is named elsewhere is only mentioned. None where no such clause is."""
    naming = [_names_any(one, names) for one in said]
    requests = [at for at, one in enumerate(said) if _is_request(one)]
    if not any(naming[at] for at in requests):
        return []
    meant = dict.fromkeys(place for at in requests for place in _meant_by(at, said, naming))
    return [_asking_clause(said[at], names) for at in sorted(meant)]


def _meant_by(at: int, said: Sequence[str], naming: Sequence[bool]) -> Sequence[int]:
    if naming[at]:
        return (at,)
    before = (n for n in range(at - 1, -1, -1) if naming[n])
    return [n for n in islice(before, 1) if not _POINTS_TO_NOTHING.match(said[n])]


def _asking_clause(sentence: str, names: Sequence[str]) -> str:
    """Without what leads up to it: "I cannot check the IMR in time, so could the QA form wait?"."""
    begins = _BEGINS_TO_ASK.search(sentence)
    if begins is None or _REQUESTS.search(sentence[: begins.start()]):
        return sentence
    asking = sentence[begins.end() :]
    return asking if _names_any(asking, names) else sentence


def _without_why(clause: str, names: Sequence[str]) -> str:
    """ "Could the QA form wait, because the IMR took longer": asks for the QA form."""
    why = BECAUSE_PATTERN.search(clause)
    if why is None or _FOR_IT_TOO.search(clause[why.end() :]):
        return clause
    asking = clause[: why.start()]
    return asking if _names_any(asking, names) else clause


def _of_what_is_asked(said: Sequence[str], names: Sequence[str]) -> list[str]:
    """All but sentences that name returns which are not asked for, and the days of those."""
    clauses = _requesting(said, names)
    if not clauses:
        return _asking(said)
    asked = [name for name in names if _names_any(" ".join(clauses), [name])]
    kept = (_asking_clause(one, names) for one in _asking(said))
    return [one for one in kept if one in clauses or not _names_another(one, names, asked)]


def _names_another(text: str, names: Sequence[str], asked: Sequence[str]) -> bool:
    plain = spell_out_returns(fold_text(text))
    return contains_phrase(plain, tuple(names), None) and not contains_phrase(
        plain, tuple(asked), None
    )


def _once(found: Sequence[str]) -> tuple[str, ...]:
    """A return that goes by two names once, by the shorter."""
    return tuple(
        one for one in found if ONE_RETURN.get(fold_text(one)) not in {*map(fold_text, found)}
    )


def _which(said: Sequence[str], field: Field) -> list[str] | None:
    """The returns named, not those that a sentence only says were sent; None where none is, and
    nothing where what is named is not all: it could be about any."""
    asking = [_EXCEPT.sub(" ", fold_text(one)) for one in said]
    asking = [one for one in asking if _asks(one)] or asking
    names = [word for word in field.said_by if word != WHICH_TOKEN]
    asking = [
        _EXCEPT.sub(" ", _without_why(fold_text(c), names)) for c in _requesting(said, names)
    ] or asking
    if any(map(lists_unknown_return, asking)):
        return []
    text = " ".join(map(spell_out_returns, asking))
    rest, text = names_remaining(text), REMAINING_PATTERN.sub(" ", text)
    found = [
        words
        for words in field.said_by
        if words != WHICH_TOKEN and contains_phrase(text, (words,), None)
    ]
    found = [one for one in found if fold_text(one) not in _GENERIC] or found
    found = [
        one for one in found if not any(one != o and fold_text(one) in fold_text(o) for o in found)
    ]
    found = [*_once(found)]
    if names_all_returns(text) and not any(one.startswith(_OF_ALL) for one in found):
        return [ALL_RETURNS]
    return [*found, REMAINING_RETURNS] if rest and found else found or [ALL_RETURNS] * rest or None


def _asks(sentence: str) -> bool:
    """Not one that only says that something was sent."""
    return not _SENT.search(sentence) or any(p.search(sentence) for p in (_ASKS, _CANNOT))


def summarise_request(sheet: FormSheet, context: Context) -> str:
    """The clause of our own words: "for the IMR, until 26 June 2010, because of illness". What it
    does not say is asked for by a rule of its own."""
    until = next((_text(e) for e in sheet.entries if UNTIL_TOKEN in e.field.said_by), "")
    if pairs := decode_days_by_return(until):
        return _for_each(sheet, pairs, context)
    parts = [clause for e in sheet.entries if (clause := _clause(e, context))]
    return ", ".join(parts) or NOTHING_ASKED


def _text(entry: FieldAnswer) -> str:
    return entry.entered_text if entry.filled is not None else entry.told


def _for_each(
    sheet: FormSheet, pairs: Sequence[tuple[str, RequestedTerm]], context: Context
) -> str:
    """ "For the chronology and IMR until 14 June 2010, for the QA form until 21 June 2010"."""
    why = [_clause(e, context) for e in sheet.entries if WHY_TOKEN in e.field.said_by]
    each = (
        f"for the {join_with_and(words.split(', '))} {_term_in_words(term)}"
        for words, term in pairs
    )
    return ", ".join([*each, *filter(None, why)])


def _term_in_words(term: RequestedTerm) -> str:
    if isinstance(term, date):
        return f"until {day_month_and_year(term)}"
    return term or "until a later day that we could not read"


def _clause(entry: FieldAnswer, context: Context) -> str:
    by, text = entry.field.said_by, entry.entered_text or entry.told
    if WHICH_TOKEN in by:
        return _for_which(text, entry.field)
    if UNTIL_TOKEN in by:
        period = context.case.period if context.case else None
        day = read_date(text, period, context.today).value if text else None
        return _until_in_words(day, entry)
    if WHY_TOKEN not in by:
        return ""
    said = next(
        (r.says for r in TIME_REQUEST_REASONS if phrase_pattern(r.words).search(fold_text(text))),
        "",
    )
    # What is only told beside the asking may be no reason: nothing is said of it.
    gives = bool(entry.entered_text) or BECAUSE_PATTERN.search(text) is not None
    return said or ("for the reason that it gives" if text and gives else "")


def _for_which(text: str, field: Field) -> str:
    """Only in words of the kind's own: what is entered by hand is told to nobody."""
    known = [
        w
        for w in field.said_by
        if w != WHICH_TOKEN and contains_phrase(fold_text(text), (w,), None)
    ]
    known = [
        one for one in known if not any(one != o and fold_text(one) in fold_text(o) for o in known)
    ]
    known = [*_once(known)]
    rest = ["rest"] if known and names_remaining(text) else []
    bare = join_with_and([*known, *rest]).removeprefix("our ")
    if bare.startswith(("all ", "everything ")):
        return f"for {bare}"
    return f"for the {bare}" if known else ""


def _until_in_words(day: date | None, entry: FieldAnswer) -> str:
    if day is not None:
        return f"until {day_month_and_year(day)}"
    if days := decode_days(entry.told):
        which = "a person has to look which is meant"
        return f"until {' or '.join(map(day_month_and_year, days))}: {which}"
    if words := words_of_relative_day(entry.told):
        return words if words.startswith(IN_PREFIX) else f"until {words}"
    if entry.told:
        return f"for {entry.told}"
    unread = entry.unclear or bool(entry.entered_text)
    return "until a day that we could not read" if unread else ""
