"""What the sender of an entry can mend, told in words that hold once a person has looked at it.

Does: makes faults of what was found, and leaves out of their words that a person will look and that
nothing need be done: whoever rejects has looked, and asks. Pure.
Trusts: the words of the rules, which are ours.
Never touches: documents.
Known limits: sentences are parted at full stops. A question that asks nothing of its sender is not
among it: a person says in words of their own what they should do.
"""

from __future__ import annotations

import re
from dataclasses import replace

from config.arrivals import ARRIVALS
from handlers.finding import Finding
from handlers.register.entry import Entry

_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_AND_SO = re.compile(r",? (?:so|and) a person will (?!help\b)[^.]*(?=\.)")
_NO_MORE = re.compile(
    r"\ba person (?:will (?!help\b)|decides\b)|\bfor a person to\b|\buntil you hear from us\b"
    r"|\bnothing (?:is needed from you|you need to do)\b|^please carry on meanwhile\b",
    re.I,
)


def mendable(entry: Entry) -> tuple[Finding, ...]:
    """What was found that a person may ask to have mended, each as a fault. Neither a danger is
    among it nor what is about another review: a person tells of that in words of their own."""
    found = (f for f in entry.told.findings if f.severity in ("fault", "question"))
    asked = (_asked(f) for f in found if not _for_the_board_alone(f))
    return tuple(f for f in asked if f is not None)


def _asked(finding: Finding) -> Finding | None:
    """None for a question that asks nothing of its sender."""
    message, fix = _left(finding.message), _left(finding.fix)
    if finding.severity == "question" and not (message and (fix or not finding.fix)):
        return None
    return replace(finding, severity="fault", message=message, fix=fix)


def _left(words: str) -> str:
    """The sentences that hold after a person has looked."""
    sentences = _SENTENCES.split(_AND_SO.sub("", words))
    return " ".join(each for each in sentences if not _NO_MORE.search(each))


def _for_the_board_alone(finding: Finding) -> bool:
    """What is to be said of a file to nobody outside, by its rule. That the board was asked about
    the document itself, who rejects it for that tells by doing so."""
    law = ARRIVALS.get(finding.rule)
    return law is not None and law.severity == "question" and "agency" not in law.tell
