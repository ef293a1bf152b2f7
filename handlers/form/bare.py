"""A sentence of a letter without what says nothing either way, so that its sense is left.

Does: folds it, its commas kept; takes off the day of a letter that is answered, what was only
asked, pairs that mean "at any time" or "of any sort" ("past or present", "electronic and manual"),
and the words of assertion ("I am able to confirm that"); puts one word for several that mean the
same.
Trusts: the kind's TOML for its own such phrases.
Never touches: words for people, save a subject's name, which becomes "subject".
Known limits: a pair is known by its two words; one that names people is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.shape import Denial
from handlers.form.sentences import any_of
from handlers.typed.fold import fold

LONGEST = 1_200  # characters of a sentence

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day |\d+(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: \d+)?|"
    r"\d+ \d+ \d+"
)
# The day of a letter that is answered, or of a search, limits nothing.
_ANSWERED = re.compile(
    rf"\b(letter|e ?mail|request|enquiry|correspondence|message|telephone call|call)"
    rf"(?: which was| that was)?(?: dated| of| on| sent on| received on| from| received| sent)*"
    rf"(?: the)? (?:{_DAY})+"
)
_ASKED = re.compile(
    r"\b(ask(?:ed|ing)?|establish|see|determine|ascertain|identify|find out|check(?:ed)?|"
    r"search(?:ed)?|confirm|know|enquir(?:ed|y|ing)|request(?:ed|ing)?)((?: \w+){0,3}?)"
    r" (?:whether|if)\b[^,]*?(?=,| and |$)"
)
_THEN = (
    r"(?:past|previous(?:ly)?|former(?:ly)?|historic(?:al|ally)?|archived?|closed|inactive|dead|"
    r"dormant|old|legacy|deducted|paper|manual|written|microfiche|in the past|ever)"
)
_NOW = (
    r"(?:now|current(?:ly)?|present(?:ly)?|live|open|active|existing|new|electronic(?:ally)?|"
    r"computer(?:ised)?|digital|typed)"
)
_PAIR = re.compile(
    rf"\b(?:both )?(?:{_NOW},? (?:and|or|nor) {_THEN}|{_THEN},? (?:and|or|nor) {_NOW})\b"
)
# "Whether as victim, witness or otherwise"; ", either permanently or as temporary residents".
_WHICHEVER = re.compile(
    r",? whether(?: as)? [^.;]{3,80}? or (?:otherwise|not|elsewhere|any other capacity)\b,?|"
    r", either (?:\w+ ){1,4}or (?:\w+ ?){1,4}$"
)
_SORT = "(?:patient|tenant|client|pupil|waiting|electronic|computer|paper|card|whole|entire)"
_LIST = "(?:lists?|books?|rolls?|caseloads?|registers?|files?|records?|systems?|databases?|index)"
_YOURS = (
    "(?:letter|list|sheet|form|e ?mail|request|schedule|table|attachment|appendix|template|"
    "genogram|note|message)"
)
_HELP = "(?:care|help|treatment|advice|support)"
_TOLD = "named|listed|identified|mentioned|given|supplied|shown|set out|detailed"
_ALIKE = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\b(?:no one|not one)\b(?! (?:service|system))", "nobody"),
        (r"\bnobody of (?=th|us|our)", "none of "),
        (r"\bevery (?:single )?one of\b", "all of"),
        (r"\bany one of\b", "any of"),
        (r"\bat no (?:time|point|stage)\b", "never"),
        (r"\b(?:gone|went|been|going) (?:carefully |right |all )?through\b", "searched"),
        (r"\blook(?:ed|ing|s)? after\b", "cared for"),
        (
            r"\b(?:ran|run|put|compared|matched|screened)((?: \w+){1,6}? (?:through|against|with) "
            r"(?!the (?:health|social|school|other)))",
            r"searched\1",
        ),
        (r"\b(?:under|in) (?:the|our) care\b(?: of)?", "treated by"),
        (rf"\b(?:provided|given|offered) (?:any )?(?:\w+ )?{_HELP} (?:to|for)\b", "treated"),
        (
            rf"\b({_TOLD}) (?:on|in|with) (?:your|the|this) (?:\w+ ){{0,2}}?{_YOURS}\b"
            r"(?: (?:that |which )?you (?:have )?\w+)?",
            r"\1",
        ),
        (r"\bof (?:any|whatever) (?:description|nature|form)\b", ""),
        (r"\b(?:either|any) parent\b", "parents"),
        (r"\bwaiting lists?\b", "list"),
        (r"\b(in|at|on|to|by|with|of) one of our\b", r"\1 any of our"),
        (rf"\bon (?:our|the|its|this)(?: {_SORT})* {_LIST}\b", "recorded"),
        (r"\b(?:on|in|among|amongst) (?:it|either|any of them|any of these)\b", "recorded"),
        (r"\b(been|become|made)(?: ever)? (?:the |a )?subjects? (?:of|to)\b", r"\1 under"),
        (r"\bon behalf of,? (?=(?:any|the|this|a)\b)", "for "),
    )
)
# What a search came to, said without "no".
_BLANK = re.compile(
    r"\b(?:(?:drew|drawn|draws) (?:a )?(?:complete )?blanks?|"
    r"(?:(?:with|gave|came|come|been|was|were|proved|is|are|all) )+(?:back )?(?:a |as |all )?"
    r"(?:negative|nil|blank)(?: results?| returns?| traces?| outcomes?)?)\b"
)
_SAYS = (
    r"(?:confirm|state|report|certify|advise|inform|say|tell|declare|assure|verify|affirm|"
    r"respond)s?"
)
_ASSERTS = re.compile(
    rf"\b(?:(?:can|do|hereby|therefore|also|now|wish|write|am|are|is|able|writing|pleased|happy|glad|"
    rf"have|would|like|to|formally|each|both|all|in a position) )*(?:{_SAYS}|let)(?: you know)?"
    rf"(?: (?:\w+ly|you|back|the board|the panel|to|it))*,? that\b"
)


def bare(sentence: str, denial: Denial, subjects: Sequence[str]) -> str:
    """A sentence as its sense is read from it."""
    pieces = (fold(piece) for piece in re.split(r"[,:()]", sentence[: 2 * LONGEST]))
    text = ", ".join(piece for piece in pieces if piece)
    for name in subjects:
        text = re.sub(rf"\b{re.escape(fold(name))}\b", "subject", text)
    text = _PAIR.sub(" ", any_of(denial.aside).sub(" ", text))
    for pattern, plain in _ALIKE:
        text = pattern.sub(plain, text)
    people = {*denial.one, *denial.everybody}
    text = _WHICHEVER.sub(lambda m: " " if people.isdisjoint(m[0].split()) else m[0], text)
    if not {*denial.searches}.isdisjoint(text.replace(",", "").split()):
        text = _BLANK.sub("found no trace", text)
    text = _ANSWERED.sub(r"\1", text)
    return _ASKED.sub(r"\1\2 whether", " ".join(text.split()))


def without_assertion(text: str) -> str:
    """ "We are able to confirm that nobody" as "we nobody": who says it says it all the same."""
    return " ".join(_ASSERTS.sub(" ", text).split())
