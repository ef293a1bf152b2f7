"""Puts what waits for the administrator into one line each, in their words and not in ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from config.calendar import day_and_month, day_month_and_year
from config.command_line import without_commands
from config.english import join_with_and
from config.kind import Kind, Kinds
from config.kind_shape import FormShape
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SET_APART_REASONS, SetApartReason
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON, Entry
from outbox.digest.first_words import DANGER, NOTHING_TOLD, EntryTelling
from outbox.digest.offers import EntryToAnswer, is_sealed_message
from outbox.digest.open_question import OpenQuestion
from outbox.digest.telling_words import WHOLE, shorten
from outbox.due.question_reasons import waiting_reasons
from outbox.due.set_apart import with_article
from outbox.writing.asks import AskLine
from outbox.writing.digest_facts import Need

# What a message is called, where our own words are longer, or are no words of theirs.
_THEIR_WORDS: Mapping[str, str] = {
    NOT_JUDGED_REASON: "something that could not be opened in three tries",
    SEALED_NOTICE_REASON: "a notice that names somebody registered, who may have sent a secure"
    " message",
    SetApartReason.SENDER_UNKNOWN: "a message from somebody not registered",
    SetApartReason.SENDER_UNPROVEN: "a message that nothing proves to be from its sender",
    SetApartReason.RESULTS_CONTRADICT: (
        "a message that may be forged: its sender is proven and denied"
    ),
    SetApartReason.RESULTS_FAIL: "a message that is not from whom it says it is",
    SetApartReason.SEALED_WAITING: "a secure message waits on another site",
    SetApartReason.REPORT_ODD: (
        "a delivery report unlike those of mail servers; nothing was done by it"
    ),
    SetApartReason.CHALLENGE: (
        "a program of theirs wants whoever writes to them to prove themselves first"
    ),
    SetApartReason.CONTACT_LEFT: "an automatic answer says that nobody reads this address any more",
}
_UNREAD = "a day that could not be read"
_LEAST = 14  # words of what was found that are never cut
# Nobody is registered under the address.
_UNREGISTERED = frozenset({SetApartReason.SENDER_UNKNOWN})
# A place that tells whoever has not the document before them nothing.
_NO_PLACE = re.compile(r"\S+|Paragraph \d+ (?:after the greeting|of the text)[^.]*")
_NOT_SURE = re.compile(r"^We could not be sure of (?:this|it): ")
# How the line of a list begins that has a line of its own here: "N12, Shire Police: ...".
_CASE = re.compile(r"(?P<case>[^\s,:]{1,40})(?:: |, (?P<whose>[^:]{1,200}): )(?=\S)")


def open_question_line(
    asks: Sequence[OpenQuestion], kinds: Kinds, today: date, came: str, telling: EntryTelling
) -> AskLine:
    """Of one thing that waits, or of several in one line; `telling` is what its words tell."""
    first = asks[0]
    if len(asks) > 1:
        telling = NOTHING_TOLD
    times = f"{len(asks):,} times " if len(asks) > 1 else ""
    what = f"{times}{_what(first, kinds, today, telling)}"
    found = telling.found or shorten(_found(asks, kinds), WHOLE)
    return AskLine(
        *(first.whose.partition(", ")[2] or first.of, what, found, came),
        briefly=telling.briefly,
        least=telling.least if telling.found else _LEAST,
        at_length=telling.at_length,
        first=telling.matter == DANGER,
    )


def _what(ask: OpenQuestion, kinds: Kinds, today: date, telling: EntryTelling) -> str:
    """ "" of a message whose words are quoted: they say what it is."""
    answer, entry = ask.answer, ask.entry
    if answer is not None and answer.time.ways and (entry.kind == EXTENSION_REQUEST or ask.grants):
        return f"asks for more time{_time_asked(answer, kinds, today)}"
    stranger = " from somebody not registered" if entry.reason in _UNREGISTERED else ""
    cases = join_with_and(entry.told.candidates)
    if telling.matter == DANGER and stranger:
        return f"somebody not registered {DANGER}"
    if telling.matter:
        return telling.matter
    kind = kinds.get(entry.kind)
    if kind is not None and kind.urgent and entry.agency_id is not None:
        return f"news{kind.noun.removeprefix('message')}"
    if telling.quoted and entry.reason == SetApartReason.NOTHING_ATTACHED:
        return f"for {' or '.join(entry.told.candidates)}" if ask.of and cases else ""
    if entry.reason == SetApartReason.TAKES_BACK and (taken := _taken_back(entry, kinds)):
        return f"may take back {taken}"
    if kind is not None and entry.reason in _UNREGISTERED:
        return f"{with_article(kind.noun)}{f' for {cases}' if cases else ''}{stranger}"
    if kind is not None and entry.reason == SetApartReason.CASE_OTHER:
        about = f" for {cases}" if cases else ""
        return f"{with_article(kind.noun)}{about}, in which its sender has no part"
    if kind is None and is_sealed_message(entry):
        return "a sealed message, which could not be opened here"
    ours = SET_APART_REASONS.get(entry.reason, "")
    theirs = _THEIR_WORDS.get(entry.reason, "")
    return ask.what.replace(ours, theirs) if ours and theirs else ask.what


def _taken_back(entry: Entry, kinds: Kinds) -> str:
    return join_with_and([f"the {kinds[kind].noun}" for kind in entry.told.names if kind in kinds])


def _time_asked(answer: EntryToAnswer, kinds: Kinds, today: date) -> str:
    """ ": IMR, 28 May to 11 June", ": QA form, due 28 May"; of several returns, or days, each with
    its own, and those that were decided since."""
    asked = answer.time
    due = {kind: _day(day, today) for kind, day in asked.dues}
    some_read = any(way.until for way in asked.ways)
    parts = list[tuple[str, str]]()
    for way in asked.ways:
        days = {due[kind] for kind in way.kinds if kind in due}
        until = _day(way.until, today) if way.until else _UNREAD if some_read else ""
        nouns = join_with_and([kinds[kind].noun for kind in way.kinds])
        parts.append((nouns, _moved(days.pop() if len(days) == 1 else "", until)))
    decided = defaultdict[str, list[str]](list)
    for kind in asked.decided:
        decided[f", due {due[kind]}" if kind in due else ""].append(kinds[kind].noun)
    parts += [(join_with_and(nouns), f"decided{now}") for now, nouns in decided.items()]
    if len(parts) == 1:
        said = _alone(*parts[0])
    else:
        said = join_with_and([f"{noun} ({moved})" if noun else moved for noun, moved in parts])
    return f": {said}" if said else ""


def _moved(now: str, until: str) -> str:
    """ "28 May to 11 June", "due 28 May", "until 11 June"."""
    if now:
        return f"{now} to {until}" if until else f"due {now}"
    return f"until {until}" if until else ""


def _alone(nouns: str, moved: str) -> str:
    comma = ", " if nouns and moved and not moved.startswith("until ") else " "
    return f"{nouns}{comma}{moved}".strip()


def _day(day: date, today: date) -> str:
    return day_and_month(day) if day.year == today.year else day_month_and_year(day)


def _found(asks: Sequence[OpenQuestion], kinds: Kinds) -> str:
    """The first of what was found; the rest stands in the answer to "details"."""
    first = asks[0]
    if any(ask.because != first.because for ask in asks):
        return "each for reasons of its own"
    if first.entry.kind == EXTENSION_REQUEST:
        plain = first.answer is not None and all(way.kinds for way in first.answer.time.ways)
        return "" if plain else "it does not say for which return"
    if first.entry.kind is None and first.entry.position:
        return "nobody could tell which return it is"
    return next(iter(_told(first, kinds)), "")


def _told(ask: OpenQuestion, kinds: Kinds) -> Iterator[str]:
    """Without what is said of every one of its kind, in words for the agency that sent it."""
    kind = kinds.get(ask.entry.kind)
    always = set(_said_always(ask.entry, kind)) if kind is not None else set()
    for reason in (because for because in ask.because if because not in always):
        place, _, says = without_commands(reason).partition(". ")
        bare = says if says and _NO_PLACE.fullmatch(place) else without_commands(reason)
        bare = _NOT_SURE.sub("", bare)
        if bare:
            yield bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare


def _said_always(entry: Entry, kind: Kind) -> tuple[str, ...]:
    shape = kind.shape
    rules = shape.always if isinstance(shape, FormShape) else ()
    found = tuple(one for one in entry.told.findings if one.rule in rules)
    return waiting_reasons(replace(entry, told=replace(entry.told, findings=found)), kind)


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
