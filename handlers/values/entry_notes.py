"""Says whether a cell of a table of entries holds a note of its author's, or puts the entry off.

The rules are those of `config/entry_note_words.toml`. An entry tells what people planned at the
time, so what a cell says is still to be done counts only where it speaks of the table itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from config.entry_note_words import ENTRY_NOTE_RULES, ENTRY_NOTES
from config.person_name_words import KIN_WORDS, SHORT_NAMES
from handlers.values.normalise import fold_text
from handlers.values.open_places import holds_open_place
from handlers.values.sentence_grammar import GrammarParse, SentenceGrammar

MAX_UNSIGNED_NOTE_LENGTH = 120  # characters of a cell that may be a note without any sign of one
LONGEST = 24  # words of a sentence that is one
WHOM = 3  # words that say who is asked
MAX_PUT_OFF_LENGTH = 80  # characters of a cell that puts the entry off
_SENTENCE = re.compile(r"(?:[.!;]|\?+)(?:\s+|$)|\.(?=[A-Z][a-z]{2})|\n")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,120})[)\]]")
# What two question marks stand before, and behind.
_DOUBTED = (
    re.compile(r"(?:^|(?<=[\s.;(\[-]))\?{2,}\s*([A-Za-z][^?.\n]*)"),
    re.compile(r"(?:^|(?<=[.\n]))([^?.\n]+?)\s*\?{2,}\s*(?:$|\n)"),
)
# What is said to a colleague, or of one, about the entry itself.
_SAYS_TO_COLLEAGUE = re.compile(
    r"\W*[\w.]{1,20}\W{1,3}(?:please|pls|can you|could you)\W{1,2}"
    r"(?:check|confirm|add|ask|find|verify|write|type|complete|finish|fill)\b.*"
    r"|\W*(?:[\w.]{1,20} ){1,3}to (?:write|type|fill|finish|complete) (?:this|it)\b.*"
    r"|\W*[A-Z][a-z]{2,20} [-\u2013:] (?:ask|check|confirm|find|chase|query)\b.*",
    re.S,
)
_ASKS_SOMEBODY = re.compile(
    r"\[[^\[\]]{1,60}\bto (?:confirm|check|add|complete|supply|provide|write|advise|verify|find)\b"
    r"[^\[\]]{0,90}\]",
    re.I,
)
# "LD to complete", "LD to write up from PRF when it is back": whoever has those initials, and no
# work but that on the entry.
_OF_INITIALS = re.compile(
    r"\W*[A-Z]{2,3} (?:is |still )?to (?:write|type|complete|finish|fill|supply|add)"
    r"(?: (?:this|it|entry|row|the (?:entry|row)))?(?: (?:up|in))?"
    r"(?: (?:from|once|when|after) [^.;\n]{1,80})?\W*"
)
_UNHEARD = re.compile(r"\?{3,}(?=$|[\s(\[.,;])")
_CROSSES = re.compile(r"[\W\d]*x{2}[x\W]*", re.I)
_PARTED = re.compile(r"\s*(?:\s[\u2010-\u2015-]+\s|[:;,.(/]|[\u2013\u2014])\s*")
_FIRST = re.compile(r"[A-Za-z0-9]+")
_HINTS = frozenset(ENTRY_NOTES["hints"])
_NO_LETTERS = {
    code: " " for code in (*range(33, 48), *range(58, 65), *range(91, 97), 0x2013, 0x2014)
}
_SIGNS = (
    *("??", "[", "(", "before", "this ", "to add", "to be ", "to follow", "waiting ", "raft"),
    *("to check", "to confirm", "to find", "ot sure", "nsure", "TBC", "to come", " check with "),
    *(
        "Need to",
        "Must ",
        "need to",
        "Ask ",
        "please",
        "sked ",
        " is check",
        "Check with",
        "ill ask",
    ),
    *("ill check", "to supply", "ot certain", "follow."),
)


def holds_entry_note(text: str) -> bool:
    """Whether a cell is such a note, holds one beside what it tells, or leaves a place open."""
    return _is_or_holds_note(text) or holds_open_place(text)


def _is_or_holds_note(text: str) -> bool:
    short = len(text) <= MAX_UNSIGNED_NOTE_LENGTH
    if not short and not any(map(text.__contains__, _SIGNS)):
        return False
    if short and " to " in text and _OF_INITIALS.fullmatch(text):
        return True
    if _HINTS.isdisjoint(text.casefold().translate(_NO_LETTERS).split()) and "??" not in text:
        return is_only_crosses(text)
    if "??" in text and (_UNHEARD.search(text) or _is_doubted(text)):
        return True
    if (short and _SAYS_TO_COLLEAGUE.fullmatch(text)) or _ASKS_SOMEBODY.search(text):
        return True
    plain = text
    if "(" in text or "[" in text:
        if any(_is(one, "bracketed") for one in _BRACKETS.findall(text)):
            return True
        plain = _BRACKETS.sub(" ", text)
    said = [one for one in _SENTENCE.split(plain) if one.strip(" ?")]
    if short and len(said) == 1 and (_is(said[0], "alone") or puts_entry_off(text)):
        return True
    return any(_is(one, "anywhere") for one in said)


def is_only_crosses(text: str) -> bool:
    """Whether a cell holds crosses in the place of an entry, and no letter besides."""
    return _CROSSES.fullmatch(text) is not None


def puts_entry_off(text: str) -> bool:
    """Whether a short cell opens by a word for "not yet", and only notes follow: "tbc - ask HV".
    Where a word for one of the family stands in it, it may be an entry."""
    if len(text) > MAX_PUT_OFF_LENGTH or not text.lower().lstrip(" ([").startswith(("tb", "to be")):
        return False
    if not KIN_WORDS.isdisjoint(fold_text(text).split()):
        return False
    head, *left = _PARTED.split(text.strip(" ([?"), maxsplit=1)
    return _is(text, "put_off_at_once") or (bool(left) and _is(head, "put_off"))


def _is_doubted(text: str) -> bool:
    return any(_is(said, "doubted") for marks in _DOUBTED for said in marks.findall(text))


def _is(text: str, name: str) -> bool:
    first = _FIRST.search(text)
    if first is None or not _may_begin(name, first[0].casefold()):
        return False
    words = fold_text(text).split()
    if not 0 < len(words) <= LONGEST:
        return False
    parse = GrammarParse(_GRAMMAR, words, lambda kind, at: _ends(kind, at, words))
    return any(map(parse.is_whole, ENTRY_NOTES[name]))


@lru_cache(maxsize=4096)
def _may_begin(name: str, word: str) -> bool:
    """Whether any rule of those begins with a word: most sentences begin with one of few."""
    return any(_GRAMMAR.alternatives_from(rule, word) for rule in ENTRY_NOTES[name])


def _ends(kind: str, at: int, words: list[str]) -> set[int]:
    if kind == "any":
        return set(range(at + 1, len(words) + 1))
    if kind == "name":
        return {at + 1} if at < len(words) and words[at] in SHORT_NAMES else set()
    ends = set[int]()
    for end in range(at + 1, min(at + WHOM, len(words)) + 1):
        if words[end - 1] in KIN_WORDS:
            break
        ends.add(end)
    return ends


# No rule is opened by just any word, and some are by a first name.
_GRAMMAR = SentenceGrammar(
    ENTRY_NOTE_RULES, lambda kind, word: kind == "name" and word in SHORT_NAMES
)
