"""Small talk: a message that thanks, confirms or passes the time, and asks nothing of anybody.

Does: tells it by each line of the sender's own words: thanks, talk about lunch and the weather, and
below them what stands in a signature. What is quoted, printed by a house or a gateway is not theirs
(`intake/message/own_words.py`). Pure.
Trusts: nothing. The words are those of `config/small_talk.toml` and `config/mail_words.toml`, a
closed world: a line that is not understood makes it a message that a person reads.
Never touches: documents; a message that says that one is attached is asked about before.
Known limits: English, and a few words of Welsh. A subject of its own has to be as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from config.covering_words import COVERING_WORDS
from config.mail_words import MAIL_WORDS
from config.small_talk import SMALL_TALK
from handlers.post.covering import is_contact
from handlers.typed.fold import fold

MOST = 40  # words, without those of a signature
MOST_LINES = 40
_WORD = re.compile(r"[\w'-]+|\?|https?:")
_FIGURE = re.compile(r"\d")
_ADDRESS = re.compile(r"@|://|\bwww\.|\.(?:uk|com|org|net|wales|cymru|example)\b", re.I)
_TAG = re.compile(r"^\s*[\[({][^\])}]{1,30}[\])}]\s*")
_FAREWELL = re.compile(
    rf"^\W*(?:{'|'.join(sorted(map(re.escape, MAIL_WORDS.others.farewells), key=len)[::-1])})\W+",
    re.I,
)
_THANKS = MAIL_WORDS.thanks | SMALL_TALK.thanks
_TALK = _THANKS | SMALL_TALK.topics | SMALL_TALK.around


def is_small_talk(subject: str, words: str) -> bool:
    """Whether a message is: `words` are its sender's own. Nothing at all is not."""
    lines = [line for line in words.splitlines() if _WORD.search(line)]
    said = list(_talk(lines))
    if not said or len(lines) > MOST_LINES or not _is_talk(said):
        return False
    return _says_nothing(subject)


def _talk(lines: Iterable[str]) -> Iterator[str]:
    """The words of the lines that are no part of a signature. Nothing is one before a word was
    said."""
    begun = False
    for line in lines:
        found = _said(line)
        if begun and not _THANKS.issuperset(found) and _is_of_a_signature(line):
            continue
        begun = begun or bool(found)
        yield from found


def _is_talk(said: list[str]) -> bool:
    if len(said) > MOST:
        return False
    return _THANKS.issuperset(said) or (
        _TALK.issuperset(said) and not SMALL_TALK.topics.isdisjoint(said)
    )


def _said(line: str) -> list[str]:
    lower = line.lower().replace("’", "'")
    if lower.startswith(MAIL_WORDS.greetings) and len(lower.split()) <= 6:
        return []
    return _WORD.findall(lower)


def _is_of_a_signature(line: str) -> bool:
    line = _FAREWELL.sub("", line) or line
    plain = fold(line)
    ends = (plain, f"{plain} ")
    if any(known.fullmatch(end) for known in COVERING_WORDS.sentences for end in ends):
        return True
    matters = not SMALL_TALK.matters.isdisjoint(plain.split())
    if "?" in line or (matters and not (_ADDRESS.search(line) or _is_a_number(line))):
        return False
    return is_contact(line, plain)


def _is_a_number(line: str) -> bool:
    """Whether it has the figures of a telephone's: a day has fewer."""
    return len(_FIGURE.findall(line)) > 8


def _says_nothing(subject: str) -> bool:
    """Whether a subject is of the thread, a case's reference, or small talk as well."""
    said = _TAG.sub("", subject.lower()).strip()
    if said.startswith(SMALL_TALK.replies):
        return True
    return all(
        word in _TALK or word in SMALL_TALK.subjects or _FIGURE.search(word)
        for word in _WORD.findall(said)
    )
