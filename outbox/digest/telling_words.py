"""Picks, of what somebody wrote, the few words that tell most: what they ask, why they need more
time, or how their news begins. They are theirs, word for word; what is left out behind them is
shown by dots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from handlers.checks.form.letter_sentences import split_sentences

Purpose = Literal["question", "reason", "news"]
CUT = "..."
A_DOZEN = 12  # words that a digest quotes
ENOUGH = 6  # words of a sentence that says something without the next one
MAX_SENTENCES = 30  # sentences that are looked at
_HELLO = r"(?:dear|hi|hiya|hello|good (?:morning|afternoon|evening)|to whom it may concern)\b"
_GREETING_LINE = re.compile(rf"\W*{_HELLO}[^.?!]{{0,40}}[.,!]?\s*$", re.I)
_GREETING = re.compile(rf"\W*{_HELLO}(?: [A-Z][\w'-]+){{0,3}}\s*[,.!:–-]\s*", re.I)
# A mail's head, where a document was made of one.
_MAIL_HEAD = re.compile(r"(?:Sent|Date): (?:\w+ )?\d{1,2} \w+ \d{4}\s+")
_ASKS = re.compile(r"\b(?:please|could (?:you|we|i)|can (?:you|we|i)|would like|need)\b", re.I)
_ENCLOSES = re.compile(r"\bplease (?:find|see)\b", re.I)
_BECAUSE = re.compile(
    r"\b(?:because|due to|owing to)\b.*"
    r"|\b(?:as|since) (?:i|we|our|my|the|he|she|they|it|there|some(?:body|one))\b.*",
    re.I | re.S,
)
_CLAUSES = re.compile(r" [-–—] |,? (?:and )?so |; |, but ")
_WANTS_TIME = re.compile(
    r"\b(?:could|can|may|might|would|please|extension|more time|extra|late|delay\w*|until|till)\b",
    re.I,
)


def telling_words(lines: Sequence[str], purpose: Purpose, most: int = A_DOZEN) -> str:
    """At most so many words, "" where there are none."""
    said = [" ".join(one.split()) for one in split_sentences(_without_greeting(lines))]
    said = [one for one in said if one][:MAX_SENTENCES]
    if not said:
        return ""
    if purpose == "reason":
        return shorten(_reason(said).rstrip(".?! "), most)
    begins = _question(said) if purpose == "question" else 0
    enough = ENOUGH if purpose == "question" else most
    return shorten(_from(said, begins, enough), most)


def shorten(words: str, most: int) -> str:
    """The first of them, with what shows that they go on."""
    found = words.split()
    if len(found) <= most:
        return words
    kept = words.removesuffix(f" {CUT}").split()[:most]
    return f"{' '.join(kept).rstrip(',;:-')} {CUT}"


def _without_greeting(lines: Sequence[str]) -> list[str]:
    said = [line.strip().replace('"', "'").replace("`", "'") for line in lines if line.strip()]
    if said and _GREETING_LINE.fullmatch(said[0]) and len(said) > 1:
        said = said[1:]
    return (
        [_GREETING.sub("", _MAIL_HEAD.sub("", said[0], count=1), count=1), *said[1:]]
        if said
        else []
    )


def _question(said: Sequence[str]) -> int:
    """The first sentence that asks, else the first."""
    for asks in (
        lambda one: one.endswith("?"),
        lambda one: bool(_ASKS.search(one)) and not _ENCLOSES.search(one),
    ):
        found = next((n for n, one in enumerate(said) if asks(one)), None)
        if found is not None:
            return found
    return 0


def _from(said: Sequence[str], begins: int, enough: int) -> str:
    """That sentence, and those behind it while it is too short to say something."""
    words = said[begins]
    for one in said[begins + 1 :]:
        if len(words.split()) >= enough:
            break
        words = f"{words} {one}"
    return words


def _reason(said: Sequence[str]) -> str:
    for one in said:
        if found := _BECAUSE.search(one):
            return found[0]
    clauses = [clause for one in said for clause in _CLAUSES.split(one) if clause.strip()]
    return next((clause for clause in clauses if not _WANTS_TIME.search(clause)), clauses[0])
