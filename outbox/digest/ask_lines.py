"""Puts what waits for the administrator into one line each, in their words and not in ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from config.calendar import day_and_month, day_month_and_year
from config.command_line import without_commands
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SET_APART_REASONS
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON
from outbox.digest.offers import EntryToAnswer
from outbox.digest.open_question import OpenQuestion
from outbox.writing.asks import AskLine
from outbox.writing.facts import Need

# What a message is called, where our own words are longer, or are no words of theirs.
_THEIR_WORDS: Mapping[str, str] = {
    NOT_JUDGED_REASON: "something that could not be opened in three tries",
    SEALED_NOTICE_REASON: "a notice that names somebody registered, who may have sent a secure"
    " message",
    "sender-unknown": "a message from somebody not registered",
    "sender-unproven": "a message that nothing proves to be from its sender",
    "results-contradict": "a message that may be forged: its sender is proven and denied",
    "results-fail": "a message that is not from whom it says it is",
    "sealed-waiting": "a secure message waits on another site",
    "report-odd": "a delivery report unlike those of mail servers; nothing was done by it",
    "challenge": "a program of theirs wants whoever writes to them to prove themselves first",
}
# How the line of a list begins that has a line of its own here: "N12, Shire Police: ...".
_CASE = re.compile(r"(?P<case>[^\s,:]{1,40})(?:: |, (?P<whose>[^:]{1,200}): )(?=\S)")


def open_question_line(
    asks: Sequence[OpenQuestion], kinds: Kinds, today: date, came: str, words: str
) -> AskLine:
    """Of one thing that waits, or of several in one line; `words` are the first of a message."""
    first = asks[0]
    times = f"{len(asks):,} times " if len(asks) > 1 else ""
    what = f"{times}{_what(first, kinds, today)}"
    found = f'"{words}"' if words and len(asks) == 1 else _found(asks)
    return AskLine(first.whose.partition(", ")[2] or first.of, what, found, came)


def _what(ask: OpenQuestion, kinds: Kinds, today: date) -> str:
    answer, entry = ask.answer, ask.entry
    if answer is not None and answer.time.ways and (entry.kind == EXTENSION_REQUEST or ask.grants):
        return f"asks for more time{_time_asked(answer, kinds, today)}"
    ours = SET_APART_REASONS.get(entry.reason, "")
    theirs = _THEIR_WORDS.get(entry.reason, "")
    return ask.what.replace(ours, theirs) if ours and theirs else ask.what


def _time_asked(answer: EntryToAnswer, kinds: Kinds, today: date) -> str:
    """ " for the IMR until 11 June"."""
    parts = list[str]()
    for way in answer.time.ways:
        nouns = join_with_and([kinds[kind].noun for kind in way.kinds])
        until = f" until {_day(way.until, today)}" if way.until else ""
        parts.append(f"{f' for the {nouns}' if nouns else ''}{until}")
    return " and".join(parts)


def _day(day: date, today: date) -> str:
    return day_and_month(day) if day.year == today.year else day_month_and_year(day)


def _found(asks: Sequence[OpenQuestion]) -> str:
    """The first of what was found; the rest stands in the answer to "details"."""
    first = asks[0]
    if any(ask.because != first.because for ask in asks):
        return "each for reasons of its own"
    if first.entry.kind == EXTENSION_REQUEST:
        plain = first.answer is not None and all(way.kinds for way in first.answer.time.ways)
        return "" if plain else "it does not say for which return"
    if first.entry.kind is None and first.entry.position:
        return "nobody could tell which return it is"
    return next(iter(_told(first)), "")


def _told(ask: OpenQuestion) -> Iterator[str]:
    for reason in filter(None, map(without_commands, ask.because)):
        place, _, says = reason.partition(". ")
        bare = says if says and len(place.split()) == 1 else reason
        yield bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare


def need_line(need: Need) -> AskLine:
    """Its own, or what it says without the commands and its case: "Shire Police: ..."."""
    if need.line is not None:
        return need.line
    says, whose = without_commands(need.says), ""
    if need.topic.case and (found := _CASE.match(says)) and found["case"] == need.topic.case:
        says, whose = says[found.end() :], found["whose"] or ""
    return AskLine(whose, says.rstrip(".").strip())


def say_in_a_line(need: Need) -> Need:
    """It, said in its line behind its case: "N12, Shire Police: ...", "N12: the review ..."."""
    line, case = need_line(need), need.topic.case
    says = line.says
    if case and not line.whose and says[1:2].islower():
        says = says[:1].lower() + says[1:]
    begins = f"{case}{', ' if line.whose else ': '}" if case else ""
    return replace(need, says=f"{begins}{says}", line=line, command="", because=(), more=())
