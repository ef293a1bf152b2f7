"""What a letter that asks for more time asks: for which return, until when and why.

Does: reads it from the letter's sentences into the blanks that the kind leaves to them, and puts it
into one clause of our own words, for whoever has to decide.
Trusts: the kind's TOML, `config/more_time.toml`; the register for who sent it by mail, who asks
where nobody else is named, and for what the letter asked for that it answers.
Never touches: what the register knows: which return it is, and when it is due.
Known limits: those of `until.py`; a reason is known by its words, whatever it is a reason for, and
a sentence that neither asks nor thanks is taken for one.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from config.kind_shape import Field
from config.time_request_words import ONE_RETURN, REASONS
from handlers.checks.form.letter import SIGNATORY, UNTIL, WHICH, WHY, said_in
from handlers.checks.form.letter_sentences import any_of
from handlers.checks.form.requested_until import Until, until_when
from handlers.checks.form.requests import said_on
from handlers.checks.form.sheet import Entry, Sheet
from handlers.context import Context
from handlers.values.dates import read_date
from handlers.values.normalise import fold
from handlers.values.relative_days import IN, counted_in
from handlers.values.time_requests import (
    REST,
    THE_LOT,
    THE_REST,
    each_in,
    kept_each,
    kept_several,
    lists_another,
    several_in,
    spelt_out,
    the_lot,
    the_rest,
)

_BECAUSE = re.compile(
    r"\b(?:because|owing to|as a result|since|on account of|reasons?|thanks to|so that|"
    r"due to (?!you|be\b|the board|the scb|us\b|\d)|"
    r"as (?:our|the|we|she|he|it|there|two|both|one|several|some|many|they|dr|mr|mrs|ms|i)\b"
    r"(?! (?:can|said|soon)))"
)
NOTHING = "it says neither for which return nor until when"
_CANNOT = re.compile(r"\b(?:cannot|unable|not|cant|wont|unlikely)\b")
_SENT = re.compile(
    r"\b(?:already|enclosed|attached|submitted|completed?|on time|as planned|not affected|"
    r"is ready)\b"
)
TELLING = 5  # words of a sentence that may tell why
_POLITE = re.compile(
    r"\b(?:thank|thanks|grateful|please|hope|sorry|regret|apologies|further to|write|writing|"
    r"letter|review|deadline|due|ready|finished|meet|send|sent|telephone|contact|queries|yours|dear)\b"
)
_ASKS = re.compile(
    r"\b(?:need|ask|request|extension|more|late|later|until|longer|could|may we|would)\b"
)
# What asks, and does not only say that something is so.
_REQUESTS = re.compile(
    r"\?|\b(?:ask|asking|request\w*|extension|extend\w*|more time|longer|late|later|another|extra|"
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


def with_request(sheet: Sheet, context: Context) -> Sheet:
    """The sheet, its blanks that the letter's sentences answer answered by them."""
    if not any(token in e.field.said_by for e in sheet.entries for token in (WHICH, UNTIL, WHY)):
        return sheet
    said, names = said_on(sheet), _names(sheet)
    return replace(sheet, entries=tuple(_answered(e, said, names, context) for e in sheet.entries))


def _names(sheet: Sheet) -> tuple[str, ...]:
    """What single returns are called."""
    words = [w for e in sheet.entries if WHICH in e.field.said_by for w in e.field.said_by]
    return tuple(w for w in words if w != WHICH and w not in _GENERIC and not w.startswith(_OF_ALL))


def _answered(entry: Entry, said: Sequence[str], names: Sequence[str], context: Context) -> Entry:
    field = entry.field
    if UNTIL in field.said_by:
        return _until(entry, said, names, context)
    if SIGNATORY in field.said_by and context.sender and not entry.text:
        return replace(entry, filled=None, told=entry.told or context.sender, said=False)
    if entry.filled is not None:
        return entry
    if WHICH in field.said_by:
        named = _which(said, field)
        told = ", ".join(context.about if named is None else named)
        return replace(entry, told=told, said=False)
    return replace(entry, told=_why(said), said=False) if WHY in field.said_by else entry


def _until(entry: Entry, said: Sequence[str], names: Sequence[str], context: Context) -> Entry:
    period = context.case.period if context.case else None
    if entry.text and read_date(entry.text, period, context.today).value:
        return entry
    texts = [entry.text] if entry.text else [*map(spelt_out, _of_what_is_asked(said, names))]
    read = until_when(texts, context.today, names)
    told = _told_of(replace(read, each=tuple((_once(n), day) for n, day in read.each)))
    if not told:
        return replace(entry, unclear=read.unread and entry.filled is None, said=False)
    return replace(entry, filled=None, told=told, said=False)


def _asking(said: Sequence[str]) -> list[str]:
    """Without what only says that something was sent, and the day it was."""
    return [one for one in said if _asks(fold(one))] or list(said)


def _told_of(read: Until) -> str:
    """As it is kept."""
    if read.each:
        return kept_each(read.each)
    return read.day.isoformat() if read.day else kept_several(read.several) or read.span


def _names_any(text: str, names: Sequence[str]) -> bool:
    plain = spelt_out(fold(text))
    return said_in(plain, tuple(names), None) or the_rest(plain) or the_lot(plain)


def _requesting(said: Sequence[str], names: Sequence[str]) -> list[str]:
    """The clauses that ask and name what for, and of one that names nothing the sentence before it
    that does. A return that is named elsewhere is only mentioned. None where no such clause is."""
    naming = [_names_any(one, names) for one in said]
    requests = [at for at, one in enumerate(said) if _REQUESTS.search(one) and _asks(fold(one))]
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
    why = _BECAUSE.search(clause)
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
    plain = spelt_out(fold(text))
    return said_in(plain, tuple(names), None) and not said_in(plain, tuple(asked), None)


def _once(found: Sequence[str]) -> tuple[str, ...]:
    """A return that goes by two names once, by the shorter."""
    return tuple(one for one in found if ONE_RETURN.get(fold(one)) not in {*map(fold, found)})


def _which(said: Sequence[str], field: Field) -> list[str] | None:
    """The returns named, not those that a sentence only says were sent; None where none is, and
    nothing where what is named is not all: it could be about any."""
    asking = [_EXCEPT.sub(" ", fold(one)) for one in said]
    asking = [one for one in asking if _asks(one)] or asking
    names = [word for word in field.said_by if word != WHICH]
    asking = [_EXCEPT.sub(" ", _without_why(fold(c), names)) for c in _requesting(said, names)] or (
        asking
    )
    if any(map(lists_another, asking)):
        return []
    text = " ".join(map(spelt_out, asking))
    rest, text = the_rest(text), REST.sub(" ", text)
    found = [words for words in field.said_by if words != WHICH and said_in(text, (words,), None)]
    found = [one for one in found if fold(one) not in _GENERIC] or found
    found = [one for one in found if not any(one != o and fold(one) in fold(o) for o in found)]
    found = [*_once(found)]
    if the_lot(text) and not any(one.startswith(_OF_ALL) for one in found):
        return [THE_LOT]
    return [*found, THE_REST] if rest and found else found or [THE_LOT] * rest or None


def _asks(sentence: str) -> bool:
    """Not one that only says that something was sent."""
    return not _SENT.search(sentence) or any(p.search(sentence) for p in (_ASKS, _CANNOT))


def _why(said: Sequence[str]) -> str:
    """The sentence with a word for the surest reason there is, else one that says "because"."""
    folded = [(one, fold(one)) for one in said]
    for pattern in (*(any_of(reason.words) for reason in REASONS), _BECAUSE):
        if found := next((one for one, text in folded if pattern.search(text)), None):
            return found
    return next((one for one, text in folded if _tells_something(text)), "")


def _tells_something(text: str) -> bool:
    """Whether a sentence neither asks nor is polite: what it tells may well be why."""
    return len(text.split()) >= TELLING and not (_ASKS.search(text) or _POLITE.search(text))


def asked_for(sheet: Sheet, context: Context) -> str:
    """The clause of our own words: "for the IMR, until 26 June 2010, because of illness". What it
    does not say is asked for by a rule of its own."""
    until = next((_text(e) for e in sheet.entries if UNTIL in e.field.said_by), "")
    if pairs := each_in(until):
        return _for_each(sheet, pairs, context)
    parts = [clause for e in sheet.entries if (clause := _clause(e, context))]
    return ", ".join(parts) or NOTHING


def _text(entry: Entry) -> str:
    return entry.text if entry.filled is not None else entry.told


def _for_each(sheet: Sheet, pairs: Sequence[tuple[str, date | None]], context: Context) -> str:
    """ "For the chronology and IMR until 14 June 2010, for the QA form until 21 June 2010"."""
    why = [_clause(e, context) for e in sheet.entries if WHY in e.field.said_by]
    each = (
        f"for the {_listed(words.split(', '))} until {_day(day) if day else 'a later day'}"
        for words, day in pairs
    )
    return ", ".join([*each, *filter(None, why)])


def _clause(entry: Entry, context: Context) -> str:
    by, text = entry.field.said_by, entry.text or entry.told
    if WHICH in by:
        return _for_which(text, entry.field)
    if UNTIL in by:
        period = context.case.period if context.case else None
        day = read_date(text, period, context.today).value if text else None
        return _until_in_words(day, entry)
    if WHY not in by:
        return ""
    said = next((r.says for r in REASONS if any_of(r.words).search(fold(text))), "")
    return said or ("for the reason that it gives" if text else "")


def _for_which(text: str, field: Field) -> str:
    """Only in words of the kind's own: what is entered by hand is told to nobody."""
    known = [w for w in field.said_by if w != WHICH and said_in(fold(text), (w,), None)]
    known = [one for one in known if not any(one != o and fold(one) in fold(o) for o in known)]
    known = [*_once(known)]
    rest = ["rest"] if known and the_rest(text) else []
    bare = _listed([*known, *rest]).removeprefix("our ")
    if bare.startswith(("all ", "everything ")):
        return f"for {bare}"
    return f"for the {bare}" if known else ""


def _until_in_words(day: date | None, entry: Entry) -> str:
    if day is not None:
        return f"until {_day(day)}"
    if days := several_in(entry.told):
        which = "a person has to look which is meant"
        return f"until {' or '.join(map(_day, days))}: {which}"
    if words := counted_in(entry.told):
        return words if words.startswith(IN) else f"until {words}"
    if entry.told:
        return f"for {entry.told}"
    unread = entry.unclear or bool(entry.text)
    return "until a day that we could not read" if unread else ""


def _day(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
