"""Until which day more time is agreed to, in the ways in which that is typed: "more time until 11
June for the IMR only, he is ill", "11 June is fine". What stands beside the day is known, or it is
asked about: no half of such a line is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.order_words import NUMBERED_LINE_WORDS, ORDER_GRAMMAR, UNSETTLING_WORDS
from handlers.orders.courtesies import without_courtesy
from handlers.orders.order import QuestionReason
from handlers.orders.until import read_day_to_come
from handlers.values.normalise import fold_text

MAX_REASON_WORDS = 14
MAX_AGREEING = 3  # words or phrases that agree, one behind the other: "yes, that's fine, 11 June"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_UNTIL = re.compile(rf"(?:{_any_of(ORDER_GRAMMAR.until)})\s+", re.I)
_AGREES = re.compile(rf"(?:{_any_of(ORDER_GRAMMAR.agrees)})(?![\w'])[\s,:]*", re.I)
_SUITS = re.compile(rf"[\s,]+(?:{_any_of(ORDER_GRAMMAR.suits)})$", re.I)
# "for the IMR only", behind the day or before it.
_FOR = re.compile(r"(?P<day>.+?),? for (?:the |their )?(?P<kind>\S.*?)(?: only| alone)?", re.I)
_FOR_FIRST = re.compile(
    rf"for (?:the |their )?(?P<kind>\S.*?)(?: only| alone)?,? (?:{_any_of(ORDER_GRAMMAR.until)}) "
    r"(?P<day>\S.*)",
    re.I,
)
# The end of our own labels, which says what else moves.
_WITH_IT = re.compile(r", and the [^.;?]{2,80} with it$", re.I)
_WHY = re.compile(
    rf"(?P<said>.+?)(?:[,;.]| [-\u2013\u2014]) ?(?P<why>(?:{_any_of(ORDER_GRAMMAR.why)})\b.+)"
    rf"|(?P<before>.+?) (?P<because>(?:{_any_of(ORDER_GRAMMAR.because)})\b.+)",
    re.I,
)
_WHY_NOT = re.compile(rf"\W*(?:sorry\W+)?(?:{_any_of(ORDER_GRAMMAR.why)})\b.+", re.I)
# What a reason does not say: it would be an order of its own, or doubts this one.
_NO_REASON = (
    UNSETTLING_WORDS.negations
    | UNSETTLING_WORDS.conditions
    | UNSETTLING_WORDS.everything
    | UNSETTLING_WORDS.numbers
    | NUMBERED_LINE_WORDS.units
    | ORDER_GRAMMAR.orders_something
)


@dataclass(frozen=True, slots=True)
class AgreedDay:
    """The day, for which return where that is said, and what was written behind it for a
    reason."""

    day: date
    kind: str = ""
    reason: str = ""


def day_behind(tail: str, today: date, kinds: Mapping[str, str]) -> AgreedDay | QuestionReason:
    """Of what stands behind "more time"; or why there is no one day in it."""
    said = tail.strip(" :,")
    if first := _FOR_FIRST.fullmatch(said):
        kind = _kind_of(first["kind"], kinds)
        return _read(first["day"], today, kinds, kind) if kind else "day-and-more"
    opened = _UNTIL.match(said)
    return _read(said[opened.end() :], today, kinds) if opened else "day-missing"


def agreed_day(said: str, today: date, kinds: Mapping[str, str]) -> AgreedDay | None:
    """Of a line that agrees to a day without the order's word: "agree to 11 June", "30/6 ok". None
    where it does not agree, or names no one day."""
    if "?" in said:
        return None
    rest = bare = without_courtesy(said)
    for _ in range(MAX_AGREEING):
        opened = _AGREES.match(rest)
        if opened is None:
            break
        rest = rest[opened.end() :]
    agrees = rest != bare
    until = _UNTIL.match(rest)
    rest = rest[until.end() :] if until else rest
    ended = _SUITS.search(rest)
    if not agrees and until is None and ended is None:
        return None
    found = _read(rest[: ended.start()] if ended else rest, today, kinds)
    return found if isinstance(found, AgreedDay) else None


def _read(
    said: str, today: date, kinds: Mapping[str, str], kind: str = ""
) -> AgreedDay | QuestionReason:
    """The whole of it, or what is left of it before a reason."""
    whole = _day_and_kind(said, today, kinds, kind)
    if isinstance(whole, AgreedDay):
        return whole
    found = _WHY.fullmatch(said)
    reason = (found["why"] or found["because"]) if found else ""
    if found is None or not _is_reason(reason, kinds):
        return whole
    before = _day_and_kind(found["said"] or found["before"], today, kinds, kind)
    if isinstance(before, AgreedDay):
        return AgreedDay(before.day, before.kind, reason.strip(" .,"))
    return before


def _day_and_kind(
    said: str, today: date, kinds: Mapping[str, str], kind: str
) -> AgreedDay | QuestionReason:
    bare = without_courtesy(_WITH_IT.sub("", without_courtesy(said)))
    if not bare:
        return "day-missing"
    named = _FOR.fullmatch(bare)
    if named and (of := _kind_of(named["kind"], kinds)) and not kind:
        bare, kind = named["day"], of
    day = read_day_to_come(without_courtesy(bare), today)
    return AgreedDay(day, kind) if isinstance(day, date) else day


def _kind_of(said: str, kinds: Mapping[str, str]) -> str:
    return kinds.get(fold_text(said.strip(" .,")), "")


def _is_reason(said: str, kinds: Mapping[str, str]) -> bool:
    """Whether it says why, and nothing that is to be done, or of which day or return."""
    folded = fold_text(said)
    words = folded.split()
    named = any(re.search(rf"\b{re.escape(name)}\b", folded) for name in kinds if len(name) > 1)
    known = not _NO_REASON.isdisjoint(re.findall(r"[\w']+", said.lower().replace("\u2019", "'")))
    counted = any(map(str.isdigit, said)) or "?" in said
    return len(words) <= MAX_REASON_WORDS and not (named or known or counted)


def is_reason_for_no(said: str) -> bool:
    """Whether it says why more time is refused, and no more: no other day, nothing to be done, and
    nothing that would be a yes after all ("no problem")."""
    found = _WHY_NOT.fullmatch(without_courtesy(said))
    if found is None or "?" in said:
        return False
    words = re.findall(r"[\w']+", said.lower().replace("\u2019", "'"))
    orders = (_NO_REASON - UNSETTLING_WORDS.negations - NUMBERED_LINE_WORDS.units) - {
        "need",
        "needs",
    }
    barred = orders | ORDER_GRAMMAR.unlikely_no
    return len(words) <= MAX_REASON_WORDS and barred.isdisjoint(words)
