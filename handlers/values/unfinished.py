"""Says whether a sentence of a report speaks of the report, or of its author's own work on it, as
not finished, or tells a colleague what to do in it.

The words are those of `config/unfinished_report_words.toml`. It errs towards silence: a report
tells at length of what others had not finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from config.not_yet_in_reports import TO_COME_HINTS
from config.word_lists import UNFINISHED
from handlers.values.doubts import sentences
from handlers.values.normalise import fold_text
from handlers.values.phrases import PhraseLists, Spans
from handlers.values.report_parts_to_come import goes_on, is_draft_line, puts_off, stands_for_part

GAP = 9  # words between a subject and what is said of it
NEAR = 4  # words between whoever writes and what is still before them
SHORT = 16  # words of a fragment
NAME = 1  # words of whom a request is made, after it
MAX_MARK = 12  # words in brackets that are an instruction
# Lists of single words, and of whole lines, which are looked up as they are.
_SINGLE = ("hints", "breaks", "not_names", "line_marks")
PHRASES = PhraseLists({name: said for name, said in UNFINISHED.items() if name not in _SINGLE})
_BREAKS = frozenset(UNFINISHED["breaks"])
_HINTS = frozenset(UNFINISHED["hints"]) | TO_COME_HINTS
_NOT_NAMES = frozenset(UNFINISHED["not_names"])
_SIGNS = frozenset("?[")
_NO_LETTERS = {code: " " for code in (*range(33, 97), *range(123, 127), 0x2013, 0x2014, 0x2019)}
_QUOTED = re.compile(
    "\u201c[^\u201d]*\u201d|\"[^\"]*\"|\u2018[^\u2019]*\u2019(?!\\w)|(?<!\\w)'[^']*'(?!\\w)"
)
_BRACKETS = re.compile(r"([(\[])([^()\[\]]+)[)\]]")
_ASKED = re.compile(r"\?{3,}|(?:^|[\s(\[])\?{2,}(?=$|[\s)\]])")
_NUMBER = re.compile(r"\s*\(?\d{1,2}(?:\.\d{1,3})*[.)]?\s+")  # of a paragraph
_CROSSES = re.compile(r"[\W\d]*x{2}[x\W]*", re.I)
_AFTER_NUMBER = re.compile(
    r"(?:(?<=[a-z,] \d)|(?<=Child [A-Z])|(?<=Adult [A-Z])|(?<=Mother [A-Z])|(?<=Father [A-Z]))\.\s+"
)  # a sentence may end so
_DAY = re.compile(r"\W*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")  # of an entry in a summary
_TO_COME = re.compile(r"\bTB[CAD]\b")

# Whose words they are, and what is said of them.
_CLAIMS = (
    ("documents", "open"),
    ("parts", "open"),
    ("conclusions", "unsure"),
    ("doing", "ours"),
)
NAMED = ("material", "those", "parts")  # what a fragment may put off
_PARTS_CLAIMS = (("those", "promised"), ("material", "awaited"), ("promises", "conditions"))
# A sentence without any of these says nothing of the kind.
_SAYING = frozenset(
    {said for _, said in (*_CLAIMS, *_PARTS_CLAIMS)}
    | {"asides", "work", "unasked", "fragments", "openings", "commands", "closings", "delegated"}
)

# What a sentence of the past has beside "to check this", and what one of now has.
_PAST = frozenset({"was", "were", "did", "had", "failed", "nobody", "left", "went"})
_ASKED_OF = frozenset({"asked", "said", "refused", "wanted"})  # by somebody who stands before it
_LEADS = frozenset({"to", "not", "never", "would", "had"})  # which make no instruction of it
_NOW = frozenset(
    {"is", "are", "be", "will", "must", "need", "needs", "still", "yet", "please", "you", "now"}
)
_DONE_THEN = frozenset(
    {"check", "confirm", "verify", "clarify", "to", "add", "cut", "delete", "finish", "move"}
)


def says_unfinished(text: str, *, planning: bool = False, cell: bool = False) -> bool:
    """Whether a paragraph says so. `planning` where it stands among recommendations, which speak of
    what is to come; a `cell` that only calls something a draft may tell of an earlier version."""
    line = _without_number(text)
    if (not cell and is_draft_line(line)) or (not planning and stands_for_part(line)):
        return True
    if not may_say_unfinished(text):
        return False
    if _CROSSES.fullmatch(text):
        return True
    plain = without_quotations(text)
    if _ASKED.search(plain) or (not planning and _TO_COME.search(plain)):
        return True
    if any(_is_mark(held, planning, square) for square, held in _BRACKETS.findall(plain)):
        return True
    entry, asks = _DAY.match(plain) is not None, "?" in plain
    return any(
        _is_unfinished(one, planning, entry)
        for part in sentences(plain)
        for one in _AFTER_NUMBER.split(part)
        if asks or may_say_unfinished(one)
    )


def without_quotations(text: str) -> str:
    """The text without what somebody else said."""
    return _QUOTED.sub(" ", text)


def may_say_unfinished(text: str) -> bool:
    """Whether a text has any word by which it could: most have none, and are passed by quickly."""
    return (
        not _HINTS.isdisjoint(text.casefold().translate(_NO_LETTERS).split())
        or not _SIGNS.isdisjoint(text)
        or _CROSSES.fullmatch(text) is not None
    )


def _is_mark(held: str, planning: bool, bracket: str) -> bool:
    """Whether what stands in brackets is an instruction: "[AP to expand]", "(to be confirmed)"."""
    words = fold_text(held).split()
    spans = PHRASES.spans(words)
    if not words or len(words) > MAX_MARK or "passed" in spans:
        return False
    if "asides" in spans or (bracket == "[" and "bracketed" in spans):
        return True
    return not planning and _is_fragment(words, spans)


def _is_unfinished(sentence: str, planning: bool, entry: bool) -> bool:
    words = fold_text(_without_number(sentence)).split()
    spans = PHRASES.spans(words)
    if "elsewhere" in spans and "own" not in spans:
        return False
    if puts_off(_without_number(sentence), planning=planning, entry=entry):
        return True
    if "passed" in spans:
        words = _passed_over(words, spans["passed"])
        spans = PHRASES.spans(words)
    if _tells_what_was_not_done(words, spans):
        words = _passed_over(words, spans["asides"])
        spans = PHRASES.spans(words)
    if spans.keys().isdisjoint(_SAYING):
        return False
    if "asides" in spans or _begins(spans, "commands"):
        return True
    if _is_claimed(words, spans, _CLAIMS) or _is_to_do(spans, planning):
        return True
    if planning:
        return "agency_work" not in spans and _is_promised(words, spans)
    if _is_claimed(words, spans, _PARTS_CLAIMS) or (not entry and "unasked" in spans):
        return True
    return not entry and (
        _is_fragment(words, spans)
        or (_is_opening(spans) and not goes_on(sentence))
        or _is_request(words, spans)
        or _is_delegated(words, spans)
    )


def _tells_what_was_not_done(words: Sequence[str], spans: Spans) -> bool:
    """Whether "check this" is what somebody did, or did not do, at the time: "No call was made to
    check this", "Housing refused to move this family". It is the review's matter, unless it is of
    the report or of whoever writes."""
    asides = spans.get("asides", ())
    if not asides or not spans.keys().isdisjoint(("documents", "parts", "conclusions", "author")):
        return False
    if not all(_DONE_THEN.issuperset(words[at : at + 1]) for at, _ in asides):
        return False
    led = all(_LEADS.intersection(words[max(at - 1, 0) : at + 1]) for at, _ in asides)
    now = {w for at, w in enumerate(words) if w in _NOW and words[at - 1 : at] != ["the"]}
    past = not _PAST.isdisjoint(words) or not _ASKED_OF.isdisjoint(words[1:])
    return led and not now and past


def _passed_over(words: Sequence[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    passed = {at for start, end in spans for at in range(start, end)}
    return ["" if at in passed else word for at, word in enumerate(words)]


def _is_claimed(words: Sequence[str], spans: Spans, claims: Iterable[tuple[str, str]]) -> bool:
    """Whether a phrase of the first list has one of the second said of it, in one breath."""
    return any(
        0 <= at - end <= _breath(words, end)
        for subjects, said in claims
        for _, end in spans.get(subjects, ())
        for at, _ in spans.get(said, ())
    )


def _breath(words: Sequence[str], start: int) -> int:
    """How many words go by before another verb or another's name parts them from what follows."""
    for at, word in enumerate(words[start : start + GAP]):
        if word in _BREAKS or word.endswith("ed"):
            return at
    return GAP


def _is_to_do(spans: Spans, planning: bool) -> bool:
    """Whether whoever writes says what is still before them."""
    if planning and "agency_work" in spans:
        return False
    said = spans.get("work", ())
    return any(0 <= at - end <= NEAR for _, end in spans.get("author", ()) for at, _ in said)


def _is_promised(words: Sequence[str], spans: Spans) -> bool:
    return _is_claimed(words, spans, (("those", "promised"),)) or _is_fragment(
        words, spans, ("those",)
    )


def _is_fragment(words: Sequence[str], spans: Spans, of: Sequence[str] = NAMED) -> bool:
    """Whether it has no verb of its own and puts off what it names: "Figures to be confirmed"."""
    if len(words) > SHORT or "finite" in spans or "fragments" not in spans:
        return False
    at = spans["fragments"][0][0]
    return (at == 0 and of is NAMED) or any(
        end <= at for name in of for _, end in spans.get(name, ())
    )


def _is_opening(spans: Spans) -> bool:
    """Whether it begins as an instruction, and has no verb of its own after that."""
    verbs = [at for at, _ in spans.get("finite", ())]
    return any(
        start == 0 and all(at < end for at in verbs) for start, end in spans.get("openings", ())
    )


def _is_request(words: Sequence[str], spans: Spans) -> bool:
    """Whether it ends as one, and a name at most follows: "Figures from Clare please"."""
    last = len(words) - NAME
    return (
        "finite" not in spans
        and len(words) <= SHORT
        and any(end >= last for _, end in spans.get("closings", ()))
    )


def _is_delegated(words: Sequence[str], spans: Spans) -> bool:
    """Whether a colleague, by one name, is to do something: "Ruth to find out who was on call"."""
    return words[0].isalpha() and words[0] not in _NOT_NAMES and _begins(spans, "delegated", at=1)


def _begins(spans: Spans, name: str, at: int = 0) -> bool:
    return any(start == at for start, _ in spans.get(name, ()))


def _without_number(text: str) -> str:
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
