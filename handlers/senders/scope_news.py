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
    """Whether it does, though it need not call itself by that name: by what it is about, such as a
    death, another child or an agency that was not asked; somebody or something new, and what the
    scope is called; or that the scope may be altered. Sentences about a meeting and its agenda
    count for nothing, unless they tell of what happened."""
    if any(map(_is_news, _sentences(words))):
        return True
    has = scope_patterns()
    own = list(_of_the_review(words))
    if any(has.matter.search(one) and has.alters.search(one) for one in own):
        return True
    said, named = "\n".join(own), "\n".join((*own, *_of_the_review(subject)))
    return bool(has.news.search(said) and has.unknown.search(said) and has.matter.search(named))


def _is_news(sentence: str) -> bool:
    """Whether a sentence tells of something that happened, of somebody else in the family or of
    whoever was not asked. What the review is about is known, and what stands in the rows of a
    document is in it."""
    has = scope_patterns()
    said = has.known.strip_from(sentence)
    if has.not_asked.search(said):
        return True
    if has.of_papers.search(sentence):
        return False
    if has.befell.search(said) or (has.people.search(said) and has.happened.search(said)):
        return True
    if has.denied.search(sentence):
        return False
    new = has.news.search(said) and has.unknown.search(said)
    return bool(new or has.somebody_else.search(said))


def tells_of_family(words: str) -> bool:
    """Whether a sentence states something of somebody of the family, and nothing in it explains
    why: it is about no return, no search, and none of the sender's own people."""
    return any(map(_states_of_family, _sentences(words, asking=False)))


def _states_of_family(sentence: str) -> bool:
    has = scope_patterns()
    if any(one.search(sentence) for one in (has.explained, has.denied, has.of_papers)):
        return False
    said = has.known.strip_from(has.relatives_of_sender.strip_from(sentence))
    return has.relatives.search(said) is not None


def speaks_only_of_meetings(words: str) -> bool:
    """Whether it speaks of a scope, and of none but that of a meeting and the like."""
    has = scope_patterns()
    of_review = "\n".join(_of_the_review(words))
    spoken = any(has.matter.search(one) for one in _sentences(words))
    return spoken and not (has.matter.search(of_review) or has.news.search(of_review))


def _of_the_review(words: str) -> Iterator[str]:
    not_ours = scope_patterns().not_ours
    return (one for one in _sentences(words) if not not_ours.search(one))


def _sentences(words: str, *, asking: bool = True) -> Iterator[str]:
    """Each folded, with a space behind each word, as the phrases are looked for; without those
    that are `asking` something, if they are not wanted."""
    for one in islice(split_sentences(words.splitlines()), MAX_SENTENCES):
        if "?" in one and not asking:
            continue
        yield f"{fold_text(one[:MAX_SENTENCE_LENGTH])} "
