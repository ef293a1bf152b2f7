"""The sentences of a message that say something: without its greeting, and without the signature
below them, which is nobody's reason and nobody's question."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from config.mail_words import MAIL_WORDS
from config.word_lists import TELLING
from handlers.checks.form.letter_sentences import split_sentences

MAX_SENTENCES = 30  # sentences that are looked at
_MOST_OF_A_NAME = 5  # words of a line that is a name or a job


def any_of(words: Collection[str]) -> str:
    """Any of these, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_HELLO = rf"(?:{any_of(TELLING['hello'])})\b"
_GREETING_LINE = re.compile(rf"\W*{_HELLO}[^.?!]{{0,40}}[.,!]?\s*$", re.I)
_GREETING = re.compile(rf"\A\W*(?i:{_HELLO})(?: [A-Z][\w'-]+){{0,3}}\s*[,.!:–-]\s*")
# A mail's head, where a document was made of one.
_MAIL_HEAD = re.compile(r"(?:Sent|Date): (?:\w+ )?\d{1,2} \w+ \d{4}\s+")
_FAREWELL = any_of(MAIL_WORDS.others.farewells)
_FAREWELL_LINE = re.compile(rf"\W*(?:{_FAREWELL})\W*$", re.I)
_ENDED_BY_NAME = re.compile(
    rf"(?:(?<=[.?!])\s+|\A)(?i:{_FAREWELL})[,.!]?\s+(?:[A-Z][\w'’-]*[.,]?\s*){{1,4}}$"
    r"|(?<=[.?!])\s+(?:[A-Z][\w'’-]*[.,]?\s*){1,3}$"
)
_TITLE = rf"(?:(?i:{any_of(TELLING['titles'])})\.? )?"
_NAME = re.compile(rf"\W*{_TITLE}(?:[A-Z][\w'’.-]*,? ?){{1,{_MOST_OF_A_NAME}}}\W*$")


def own_sentences(lines: Sequence[str]) -> list[str]:
    """Each on one line."""
    said = _without_signature(_without_greeting(lines))
    found = (" ".join(one.split()) for one in split_sentences(said))
    return [one for one in found if one][:MAX_SENTENCES]


def _without_greeting(lines: Sequence[str]) -> list[str]:
    said = [line.strip().replace('"', "'").replace("`", "'") for line in lines if line.strip()]
    if said and _GREETING_LINE.fullmatch(said[0]) and len(said) > 1:
        said = said[1:]
    if not said:
        return []
    return [_GREETING.sub("", _MAIL_HEAD.sub("", said[0], count=1), count=1), *said[1:]]


def _without_signature(lines: Sequence[str]) -> list[str]:
    """Without what stands from a farewell on, and the lines at the end that are a name or a job."""
    end = next((n for n, line in enumerate(lines) if n and _FAREWELL_LINE.fullmatch(line)), None)
    said = list(lines[:end])
    while len(said) > 1 and _is_name(said[-1]):
        said.pop()
    if said and (short := _ENDED_BY_NAME.sub("", said[-1])):
        said[-1] = short
    return said


def _is_name(line: str) -> bool:
    return len(line.split()) <= _MOST_OF_A_NAME and _NAME.fullmatch(line) is not None
