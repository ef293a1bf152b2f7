"""Whether a message only asks where its agency's returns stand: by whole sentences of a short list,
so that what asks anything else goes to a person."""

from __future__ import annotations

import re

from handlers.senders.covering_note import is_small_talk

MAX_LINES, MAX_SIGNATURE_CHARS = 14, 60
_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_ASKS = re.compile(
    r"(?:(?:please )?(?:could|can|would) you (?:please )?(?:tell (?:me|us)|let (?:me|us) know)"
    r"|please (?:tell (?:me|us)|let (?:me|us) know))? ?"
    r"(?:what|which (?:returns|documents)|how much)"
    r" (?:is|are|do we|do i|have we|are we|we|does (?:our agency|the agency))"
    r"(?: (?:still|yet|now|currently))*"
    r" (?:owed?|owing|outstanding|due|missing|awaited|to (?:send|come|do)|(?:left|have) to send)"
    r"(?: (?:from us|to you|you|by us|for us|now|still|at the moment|for (?:the review )?\S{1,20}))"
    r"*"
    r"(?:,? please)?[?.]?"
)
_WHERE = re.compile(
    r"(?:please )?(?:where|how) (?:do we (?:now )?stand|are we)(?: with)?(?: (?:our|the) returns)?"
    r"(?: (?:for|in|with) \S{1,20})?(?:,? please)?[?.]?"
)
_GREETS = re.compile(r"(?:dear|hello|hi|good (?:morning|afternoon))(?: [\w.'-]+){0,4}[,.!]?")
_SIGNS_OFF = re.compile(r"(?:(?:kind|best|warm|many) )*(?:regards|wishes|thanks|thank you)[,.!]?")


def asks_for_status(own_words: str) -> bool:
    """Whether that is all it does, greetings and a signature aside."""
    lines = [" ".join(line.split()) for line in own_words.splitlines() if line.strip()]
    asked = False
    for at, line in enumerate(lines[:MAX_LINES]):
        if _SIGNS_OFF.fullmatch(line.casefold()):
            rest = lines[at + 1 :]
            return asked and all(len(r) <= MAX_SIGNATURE_CHARS and "?" not in r for r in rest)
        for sentence in _SENTENCES.split(line):
            folded = sentence.casefold()
            if _ASKS.fullmatch(folded) or _WHERE.fullmatch(folded):
                asked = True
            elif not (is_small_talk("", sentence) or (not at and _GREETS.fullmatch(folded))):
                return False
    return asked and len(lines) <= MAX_LINES
