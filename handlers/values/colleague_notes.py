"""Says whether a paragraph of a report holds a note from one colleague to another.

A note is told by how it opens and ends: a first name or initials that somebody is spoken to by,
what they are to do, a blank of crosses, a question about the report itself. The words are those
of `config/colleague_note_words.toml`; it errs towards silence, as jobs and teams have tasks of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from config.label_words import JOB_WORDS, ORGANISATION_WORDS
from config.person_name_words import CAPITALISED_WORDS, KIN_WORDS, SHORT_NAMES
from config.word_lists import COLLEAGUE_NOTES, UNFINISHED
from handlers.values.day_words import MONTH_STEM_PATTERN
from handlers.values.normalise import fold_text
from handlers.values.unfinished import without_quotations

SHORT = 14  # words of a note
LONGEST = 110  # letters of one
ASIDE = 6  # words in brackets that end with "here"
TASK = 7  # words of what somebody is to do in the text
INITIALS = 3  # letters
_NOTES = COLLEAGUE_NOTES
_DEPARTMENTS = frozenset(_NOTES["departments"])
_NO_INITIALS = frozenset(_NOTES["abbreviations"])
_ALONE = frozenset(_NOTES["brackets"])
_MORE_SAID = frozenset(_NOTES["more_said"])
_FIRST = frozenset(
    [
        *SHORT_NAMES,
        *_DEPARTMENTS,
        *_NOTES["leads"],
        *(one.split()[0] for name in ("telling", "instructions") for one in _NOTES[name]),
    ]
)
_ASKING = frozenset(one.split()[0] for one in (*_NOTES["asking"], *_NOTES["brackets"]))
_USUAL = (
    frozenset(UNFINISHED["not_names"])
    | JOB_WORDS
    | ORGANISATION_WORDS
    | CAPITALISED_WORDS
    | KIN_WORDS
)
_FINITE = frozenset(UNFINISHED["finite"])
# Crosses in a number's place, or before what is to stand there: "on xx March", "seen XX times". A
# name taken out may be crosses as well, and is none of these.
_CROSSES = re.compile(
    rf"(?<!\w)x{{2,}}(?:[/.-](?:x{{2,}}|\d+)|(?:th|st|rd|nd)?\s+(?:of\s+)?(?:{MONTH_STEM_PATTERN})[a-z]*\b"
    r"|\s+(?:times|occasions|visits|days|weeks|months|years|contacts|dates?|names?|figures?|here"
    r"|hours|minutes|members|staff|children|cases|calls|referrals|missed|home|out of|per|%|to be"
    r"|tb[ca])\b)"
    r"|\d[/.]x{2,}(?!\w)|(?:page|paragraph|para|section|appendix|table|version|aged?)\s+x{2,}(?!\w)",
    re.I,
)
_DAY_MASK = re.compile(
    r"(?<!\w)(?:dd|\d{1,2})/mm/(?:yy(?:yy)?|\d{2,4})(?!\w)"
)  # of a date not entered
_MARKS = re.compile(
    r"!{2,}|(?<![\w*])\*{2,}\s*[A-Za-z?]|<<|(?<![\w.])@[A-Z][a-z]|\b(?:TODO|FIXME)\b"
)
_LEAD = re.compile(
    r"^\W*(?:\d[\d.]*\)?\s+)?\W*(?:(?:N\.?\s?B\.?|P\.?S\.?|Note(?: (?:to|for) [A-Z]\w*)?|Memo"
    r"|Reminder|Query|Q|To do)\b\s*[:.,\u2013-]*\s*)?",
    re.I,
)
_TO = re.compile(r"(?:[Ff]or\s+)?(?P<who>[A-Z][\w'\u2019-]*)(?:\s+[A-Z])?\s+to\s+(?P<task>.+)")
_SPOKEN_TO = re.compile(r"(?P<who>[A-Z][\w'\u2019-]*)\s*(?:[:,]|\s[\u2013\u2014-])\s*(?P<said>.+)")
_AT_END = re.compile(r",\s+(?P<who>[A-Z][a-z]+)\s*[?!]")
_SENTENCE = re.compile(r"(?:(?<=\w\w)|(?<=[\s\u201d\"])|(?<= \d))[.!?]+(?:\s+|$)|(?<=[)\]])\s+|\n")
# The first word of a sentence, and what shows that somebody may be spoken to.
_BEGINNINGS = re.compile(
    r"(?:^|[.!?]\s|\n)[^\w\n]*(?:\d[\d.]*\s+)?(\w+)(?:['\u2019]\w+)?([:,]| to | [\u2013-] )?"
)
_LAST = re.compile(r"\s[\u2013-]\s*(?:check|query|tbc|confirm|ask|dates?\?)\W*$", re.I)
_SIGNS = frozenset("!*<@?")
_HELD = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def holds_note(text: str, *, planning: bool = False) -> bool:
    """Whether it does. `planning` among recommendations, which tell people what to do. What is
    quoted is another person's, and looked for only where there is a note."""
    return _holds(text, planning) and _holds(without_quotations(text), planning)


def _holds(text: str, planning: bool) -> bool:
    # Each is looked for only where its own sign is: of most paragraphs none is there.
    if not _SIGNS.isdisjoint(text) or "TODO" in text or "FIXME" in text:
        if _MARKS.search(text):
            return True
        if any(who.casefold() in SHORT_NAMES for who in _AT_END.findall(text)):
            return True
    if ("xx" in text or "XX" in text) and _CROSSES.search(text):
        return True
    if "/mm" in text and _DAY_MASK.search(text):
        return True
    held = _HELD.findall(text) if "(" in text or "[" in text else []
    if any(map(_is_aside, held)):
        return True
    plain = _HELD.sub(" ", text) if held else text
    return _may_open_notes(plain) and any(
        _is_note(one, planning=planning, asks=asks) for one, asks in _parted(plain)
    )


def _may_open_notes(text: str) -> bool:
    """Whether any sentence begins as a note may: for speed."""
    for word, sign in _BEGINNINGS.findall(text):
        first = word.casefold()
        if first in _FIRST or (sign and first not in _USUAL) or (first in _ASKING and "?" in text):
            return True
    return False


def _parted(text: str) -> Iterator[tuple[str, bool]]:
    """The short sentences, each without what leads up to it, and whether it is a question."""
    at = 0
    for end in (*_SENTENCE.finditer(text), None):
        stop = end.start() if end else len(text)
        if 1 < stop - at <= LONGEST:
            asks = "?" in (end[0] if end else text[-1:])
            yield _LEAD.sub("", text[at:stop], count=1).strip(), asks
        at = end.end() if end else at


def _is_note(sentence: str, *, planning: bool, asks: bool) -> bool:
    said = fold_text(sentence)
    if not said or said.count(" ") >= SHORT:
        return False
    return (
        _is_delegated(sentence, planning)
        or _is_spoken_to(sentence)
        or _is_of_colleague(said)
        or (asks and (said in _ALONE or _begins(said, "asking")))
        or _LAST.search(sentence) is not None
        or (not planning and _is_instruction(said))
    )


def _is_delegated(sentence: str, planning: bool) -> bool:
    """Whether somebody named is to do something: "Sue to confirm". A team has tasks of its own."""
    found = _TO.match(sentence)
    if found is None:
        return False
    who, task = fold_text(found["who"]), fold_text(found["task"])
    known = who in SHORT_NAMES
    if known and _opens_any(task, _NOTES["tasks"]):
        return True
    verb = next(
        (one for one in (*_NOTES["tasks"], *_NOTES["tasks_of_text"]) if _opens(task, one)), ""
    )
    if not verb or planning or task.count(" ") >= TASK:
        return False
    left = task[len(verb) :].strip()
    if left and not _opens_any(left, _NOTES["objects"]):
        return False
    return known or who in _DEPARTMENTS or _may_be_person(found["who"])


def _is_spoken_to(sentence: str) -> bool:
    """Whether somebody is: "JM: need the date", "Sue, is this right"."""
    found = _SPOKEN_TO.match(sentence)
    if found is None or not _begins(fold_text(found["said"]), "addressed"):
        return False
    who = found["who"]
    return fold_text(who) in SHORT_NAMES or (who.isupper() and _may_be_person(who))


def _may_be_person(who: str) -> bool:
    """Whether a word with a capital may be a person's name or initials."""
    plain = fold_text(who)
    if who.isupper():
        return who.isalpha() and len(who) <= INITIALS and plain not in _NO_INITIALS
    return who.isalpha() and plain not in _USUAL


def _is_of_colleague(said: str) -> bool:
    """Whether it tells what a colleague, by a first name alone, is asked or has: "Ask Colin about
    it", "Sue has the dates"."""
    first, _, after = said.partition(" ")
    if first in SHORT_NAMES and _opens_any(after, _NOTES["has"]):
        return True
    for telling in _NOTES["telling"]:
        words = said[len(telling) :].split() if _opens(said, telling) else []
        if words and words[0] in SHORT_NAMES and _FINITE.isdisjoint(words[1:]):
            return True
    return False


def _is_instruction(said: str) -> bool:
    """Whether it opens as one to nobody. What goes on in a sentence of its own may be a lesson."""
    return any(
        said == one or (one not in _MORE_SAID and _opens(said, one))
        for one in _NOTES["instructions"]
    )


def _is_aside(held: str) -> bool:
    """Whether what stands in brackets is one: "(check with Sue before submitting)", "(dates?)"."""
    said, asks = fold_text(held), held.rstrip().endswith("?")
    if not said or len(held) > LONGEST:
        return False
    if said in _ALONE:
        return asks or _opens_any(said, _NOTES["orders"])
    if asks and said in SHORT_NAMES:
        return True
    if said.endswith(" here") and said.count(" ") < ASIDE:
        return True
    return _begins(said, "reminders") or _is_note(held.strip(), planning=False, asks=asks)


def _begins(said: str, name: str) -> bool:
    return _opens_any(said, _NOTES[name])


def _opens_any(said: str, phrases: Iterable[str]) -> bool:
    return any(_opens(said, one) for one in phrases)


def _opens(said: str, phrase: str) -> bool:
    return said.startswith(phrase) and said[len(phrase) : len(phrase) + 1] in ("", " ")
