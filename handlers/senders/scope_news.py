"""Tells from a sender's own sentences that something may alter the scope of a review.

The words are those of `config/scope_words.toml`, in English. Whether it does is for a person, who
hears of it within the hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from config.scope_words import scope_patterns
from handlers.checks.form.letter_sentences import split_sentences
from handlers.values.normalise import fold_text

MAX_SENTENCES, MAX_SENTENCE_LENGTH = 60, 600  # sentences, and characters of one


def tells_of_scope(words: str, subject: str = "") -> bool:
    """Whether it does, though it need not call itself by that name: somebody or something new, and
    what the scope is called; or that the scope may be altered. Sentences about a meeting and its
    agenda count for nothing."""
    has = scope_patterns()
    own = list(_of_the_review(words))
    if any(has.matter.search(one) and has.alters.search(one) for one in own):
        return True
    said, named = "\n".join(own), "\n".join((*own, *_of_the_review(subject)))
    return bool(has.news.search(said) and has.unknown.search(said) and has.matter.search(named))


def speaks_only_of_meetings(words: str) -> bool:
    """Whether it speaks of a scope, and of none but that of a meeting and the like."""
    has = scope_patterns()
    of_review = "\n".join(_of_the_review(words))
    spoken = any(has.matter.search(one) for one in _sentences(words))
    return spoken and not (has.matter.search(of_review) or has.news.search(of_review))


def _of_the_review(words: str) -> Iterator[str]:
    not_ours = scope_patterns().not_ours
    return (one for one in _sentences(words) if not not_ours.search(one))


def _sentences(words: str) -> Iterator[str]:
    """Each folded, with a space behind each word, as the phrases are looked for."""
    for one in islice(split_sentences(words.splitlines()), MAX_SENTENCES):
        yield f"{fold_text(one[:MAX_SENTENCE_LENGTH])} "
