"""Finds why a letter asks for more time: in what the sentence that asks says of it, or beside it.

A reason is known by its words, whatever it is a reason for, and a sentence that neither asks nor
thanks, nor says that something comes when it is due, is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from config.time_request_words import TIME_REQUEST_REASONS
from handlers.checks.form.asking_clauses import is_kept
from handlers.checks.form.letter_sentences import phrase_pattern
from handlers.values.normalise import fold_text

# What is told as over is no reason any more: "email finally fixed after the migration".
_IS_OVER = re.compile(
    r"(?<!not )(?<!not yet )(?<!be )(?<!get )(?<!getting )(?<!until )(?<!being )"
    r"\b(?:(?:now|finally|all|since been|been|are|is|was|has) "
    r"(?:fixed|mended|resolved|sorted|restored|repaired|recovered|solved|finished|complete|over)|"
    r"(?:working|up) (?:again|and running)|back to normal|no longer (?:a|an|the|our)?|"
    r"(?:now|finally|is|are) back(?: (?:at|in) work| up| from)?|sorted out)\b"
)
MIN_TELLING_WORDS = 5  # words of a sentence that may tell why
BECAUSE_PATTERN = re.compile(
    r"\b(?:because|owing to|as a result|since|on account of|reasons?|thanks to|so that|"
    r"due to (?!you|be\b|the board|the scb|us\b|\d)|"
    r"as (?:our|the|we|she|he|it|there|two|both|one|several|some|many|they|dr|mr|mrs|ms|i)\b"
    r"(?! (?:can|said|soon)))",
    re.I,
)
_POLITE = re.compile(
    r"\b(?:thank|thanks|grateful|please|hope|sorry|regret|apologies|further to|write|writing|"
    r"letter|review|deadline|due|ready|finished|meet|send|sent|telephone|contact|queries|yours|dear)\b"
)
_ASKS = re.compile(
    r"\b(?:need|ask|request|extension|more|late|later|until|till|miss|longer|could|may we|would|"
    r"shall we|(?:i|we) can|(?:i|we) will|manage|make it|in time|follow|agreed|reach you|arrive)\b"
)


def find_reason(said: Sequence[str], asks: Callable[[str], bool]) -> str:
    """The words that tell why; "" where none do. `asks` says of a sentence whether it asks."""
    asking = [at for at, one in enumerate(said) if asks(one)]
    if found := next((why for at in asking if (why := _because(said[at]))), ""):
        return found
    first = min(asking, default=0)
    beside = [at for at in range(first, len(said)) if at not in asking]
    near = [said[at] for at in (*beside, *range(first - 1, -1, -1))]
    own = [said[at] for at in asking]
    return (
        _first(own, _has_a_reason)
        or _first(near, _has_a_reason)
        or _first(near, _tells_something)
    )  # fmt: skip


def _first(sentences: Iterable[str], tells: Callable[[str], bool]) -> str:
    return next((one for one in sentences if tells(one)), "")


def _because(sentence: str) -> str:
    """The clause that says so. One that leads ends where the asking begins."""
    found = BECAUSE_PATTERN.search(sentence)
    if found is None:
        return ""
    clause = sentence[found.start() :]
    return clause if found.start() else clause.partition(",")[0]


def _has_a_reason(sentence: str) -> bool:
    text = fold_text(sentence)
    if _IS_OVER.search(text):
        return False
    known = any(phrase_pattern(reason.words).search(text) for reason in TIME_REQUEST_REASONS)
    return (known or BECAUSE_PATTERN.search(text) is not None) and not is_kept(sentence)


def _tells_something(sentence: str) -> bool:
    """Whether it neither asks nor is polite: what it tells may well be why."""
    text = fold_text(sentence)
    return len(text.split()) >= MIN_TELLING_WORDS and not (
        "?" in sentence
        or _IS_OVER.search(text)
        or _ASKS.search(text)
        or _POLITE.search(text)
        or is_kept(sentence)
    )
