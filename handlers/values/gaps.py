"""Says whether something is lacking in a sentence: dots, a rule or crosses stand in a word's place,
a part of a day is left open, brackets are empty, or it is said which post is to add it.

What is quoted is another person's. A gap of which the sentence says why it is there is none. It
errs towards silence: printed lines, lists of contents and names that were taken out are no gaps.
"""

from __future__ import annotations

import re

from config.word_lists import COLLEAGUE_NOTES
from handlers.values.day_words import MONTH_STEM_PATTERN
from handlers.values.normalise import fold_text
from handlers.values.unfinished import without_quotations

MIN_WORDS = 7  # of a sentence in which a run of spaces is a gap, and no column
AROUND = 90  # characters on each side in which it is said why something is not there
_SIGNS = re.compile(r"[?_\u2026\[]|\.{5}|(?:\. ){4}|-{4}|[xX]{3}|[a-z,] {8,}[a-z]")
# Words after which another has to come.
_NEEDS = (
    r"\b(?:[Oo]n|of|[Bb]y|[Tt]o|[Ff]rom|[Aa]t|[Ii]n|[Ww]ith|[Ff]or|[Ss]ince|until|till|between|and|or"
    r"|the|[Tt]he|an?|dated|aged|was|were|is|told|called|named|Dr|Mr|Mrs|Ms|Miss|Nurse|number|weighed"
    r"|about|[Aa]fter|[Bb]efore|said|that|[Hh]is|[Hh]er|[Tt]heir|nearly|around|approximately|than)"
)
_RULE = r"(?:_{2,}+|\u2026{2,}+|\.{5,}+|\.(?: \.){3,}+|-{4,}+(?!>))"
_PART = r"(?:\d{1,2}|\?{1,2}|_{1,4}|\.{2,}|\u2026+)"
_YEAR = r"(?:\d{4}|\d{2}|\?{2,4}|_{2,6}|\.{2,}|\u2026+|(?:19|20)(?:\?\?|__))"
_GAPS = tuple(
    map(
        re.compile,
        (
            rf"{_NEEDS}[ \u00a0]+{_RULE}(?!\w|\s*\d{{1,3}}\s*$)",
            r"[a-z,] (?:_{3,}|\u2026{3,}) [a-z]",
            rf"(?<![\w/?.]){_PART}\s?/\s?{_PART}\s?/\s?{_YEAR}(?![\w/])",
            rf"(?<![\w/?.-])(?:\d{{1,2}}|\?{{1,2}}|__)([.-])(?:\d{{1,2}}|\?{{1,2}}|__)\1{_YEAR}(?!\w)",
            rf"(?<!\w)(?:\?{{2}}|_{{2,}})(?:th|st|rd|nd)? (?i:{MONTH_STEM_PATTERN})[a-z]*\b",
            r"[a-z,] \[\s*(?:_+|\.{4,})?\s*\](?=[.,;]|\s+[a-z]|$)",
            r"^\W*\[\?+\]\W*$",
            rf"\[(?:{'|'.join(COLLEAGUE_NOTES['lacking'])})\]",
            r"\w\s+(?:said|stated|replied|answered|explained|wrote)\s+[xX]{3,}"
            r"(?=\s*(?:[.,;]|$)|\s+(?:to the|to his|to her|when|and [a-z]))",
            r"\b(?:dated|on|aged|of|by|at|since|until|from|weighed|was|number)\s+\?(?=[.,;])",
        ),
    )
)
_OPEN = re.compile(r"[?_\u2026x\[X]|\.{2}|-{4}|(?:\. ){4}")  # and not a whole day
_QUOTED_ASIDE = re.compile("\\[\\s*[\"'\u2018\u201c][^\\[\\]]*[\"'\u2019\u201d]\\s*\\]")
_SPACES = re.compile(r"[a-z,]( {8,})[a-z]")
_PRINTED = re.compile(
    r"\W*(?:signed|signature|name|names|date|dated|print|for and on behalf|on behalf|designation"
    r"|job|title|tel|telephone)\b",
    re.I,
)
_EXPLAINED = re.compile(
    r"left out|omit|redact|withheld|removed|anonymi|illegib|legib|unreadable|cannot be read"
    r"|not be read|in the record|in the notes|in the original|in the entry|in the log|entry reads"
    r"|recorded as|written as|given as|shown as|entered as"
    r"|(?:record|entry|log|note)s? (?:gives?|gave|shows?|reads?|has|have|had)"
    r"|(?:day|date|month|year|name)s? (?:is|was|were|are) not"
    r"|not known|unknown|template|code name|see the key|questionnaire|form (?:has|had|reads|asks)",
    re.I,
)
_POST = re.compile(
    r"(?:^|(?<=[.!?] )|\n)\W*(?:\d[\d.]*\)?\s+)?(?P<who>[A-Z]{1,4}\d{1,2}|"
    + "|".join(f"(?i:{post})" for post in COLLEAGUE_NOTES["posts"])
    + r") to (?P<task>"
    + "|".join(COLLEAGUE_NOTES["post_tasks"])
    + r")\b(?P<rest>[^.;?!\n]*)"
)
_OBJECTS = COLLEAGUE_NOTES["post_objects"]


def holds_gap(
    text: str, *, planning: bool = False, cell: bool = False, paper: bool = False
) -> bool:
    """Whether it does. `planning` among recommendations, which tell what posts are to do; in a
    `cell` that tells of an event such a note is the whole of it. On `paper` spaces part columns."""
    if not may_hold_gap(text) or _PRINTED.match(text):
        return False
    plain = without_quotations(_QUOTED_ASIDE.sub(" ", text))
    if (_SIGNS.search(plain) or ".." in plain) and _has_gap(plain, spaced=not (cell or paper)):
        return True
    return not planning and _asks_post(plain, whole=cell)


def _has_gap(text: str, *, spaced: bool) -> bool:
    if any(_is_gap(found, text) for shape in _GAPS for found in shape.finditer(text)):
        return True
    return spaced and _is_spaced_out(text)


def may_hold_gap(text: str) -> bool:
    """Whether it is worth asking: most paragraphs have no sign of one."""
    return " to " in text or _SIGNS.search(text) is not None


def _is_gap(found: re.Match[str], text: str) -> bool:
    return _OPEN.search(found[0]) is not None and not is_explained(found, text)


def is_explained(found: re.Match[str], text: str) -> bool:
    """Whether it is said near by why something is not there."""
    near = text[max(found.start() - AROUND, 0) : found.end() + AROUND]
    return _EXPLAINED.search(near) is not None


def _is_spaced_out(text: str) -> bool:
    """Whether one long run of spaces stands in the midst of a sentence."""
    runs = _SPACES.findall(text)
    whole = text.rstrip().endswith((".", ";")) and text.lstrip("0123456789. ")[:1].isupper()
    return len(runs) == 1 and whole and len(text.split()) >= MIN_WORDS


def _asks_post(text: str, *, whole: bool) -> bool:
    """Whether a post is told what to add to the text: "NN2 to complete", "GP to confirm dates". As
    the `whole` it stands alone."""
    if " to " not in text:
        return False
    said = text.lstrip()
    begun = _POST.match(said) if whole else None  # what is sought further on is not alone
    for found in ([begun] if begun else []) if whole else _POST.finditer(said):
        rest = fold_text(found["rest"])
        if whole and any(c.isalnum() for c in said[found.end() :]):
            continue
        if not rest or any(f"{rest} ".startswith(f"{one} ") for one in _OBJECTS):
            return True
    return False
