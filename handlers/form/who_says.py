"""Sentences that say who made the return: "Submitted by A. Person", "I, A. Person, confirm".

Does: finds who it says that was, says whether it says no more, and reads it without them.
Trusts: nothing.
Never touches: whether that is a name; `signing.py` says so.
Known limits: one person a sentence.
"""

from __future__ import annotations

import re

from config.labels import MAKES
from handlers.document.lexicon import lexicon
from handlers.document.signed_by import signings_in

_MADE_BY = re.compile(
    rf"\b(?:{'|'.join(MAKES)})(?: (?:and|&) (?:{'|'.join(MAKES)}))? (?:for the agency )?by[: ]+"
    r"(?P<who>[A-Z].*)$",
    re.I | re.S,
)
_I_AM = re.compile(
    r"^\W*(?:I,?\s+(?:am\s+)?|my name is\s+)(?P<who>(?:[A-Z]|am\b|the\b).{3,160}?)"
    r"(?:,?\s+(?:hereby\s+|can\s+|wish to\s+|write to\s+)*(?:confirm|state|declare|certify|make|"
    r"submit|report|and\b(?= I\b)|at\b|of\b|for\b)|[.,]?\s*$)",
    re.S,
)
_DEAR = re.compile(r"^\W*Dear [^,.]{1,40}, (?=I )")
_NO_ROLES = lexicon(())


def who_in(sentence: str) -> str:
    """Who made the return, as the sentence says it; "" where it says nothing of that."""
    sentence = _DEAR.sub("", sentence)
    who = _MADE_BY.search(sentence) or _I_AM.match(sentence)
    return who["who"] if who else ""


def says_who(sentence: str) -> bool:
    """Whether a sentence says who made the return, and no more."""
    if signings_in(sentence, _NO_ROLES):
        return True
    made = _MADE_BY.search(sentence)
    return made is not None and len(sentence.split()) <= 30 and made.start() < 40


def without_who(sentence: str) -> str:
    """ "I, A. Person, Manager at the surgery, confirm that ..." as "I confirm that ..."."""
    if not sentence.startswith(("I, ", "I ")) or "," not in sentence[:120]:
        return sentence
    who = re.match(r"^I,? [A-Z][^.;]{3,200}?,? (?=(?:hereby |can |do )?confirm\b|wish\b)", sentence)
    return f"I {sentence[who.end() :]}" if who else sentence
