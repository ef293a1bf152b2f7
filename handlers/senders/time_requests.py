"""Tells from a sender's own sentences that a return will be late, or that something is asked.

The words are those of `config/time_request_words.toml`, in English. What is granted is for a
person.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from config.time_request_words import time_request_patterns
from handlers.checks.form.asking_clauses import is_declined, is_withdrawn, without_declined
from handlers.checks.form.letter_sentences import split_sentences
from handlers.values.normalise import fold_text

MAX_SENTENCES, MAX_SENTENCE_LENGTH = 60, 600  # sentences, and characters of one


def asks_for_time(words: str, *, named: bool, later: bool = False) -> bool:
    """Whether it does. `named` says that it is about a return, by its name or as the answer to a
    reminder; `later` that a day in it is later than that return is due."""
    if _asks_plainly(words):
        return True
    words_of, late, another = time_request_patterns(), False, False
    for said in _of_returns(words):
        is_late, other_day = bool(words_of.late.search(said)), bool(words_of.another.search(said))
        if (named or words_of.returns.search(said)) and (is_late or other_day):
            return True
        if later and named and words_of.promised.search(said):
            return True
        late, another = late or is_late, another or other_day
    return (late and another) or (named and words_of.hoped.search(_folded(words)) is not None)


def declines_time(words: str) -> bool:
    """Whether it says that no more time is asked for, or was given, and nowhere asks for any: its
    words are those of a request all the same."""
    said = [*_sentences(words)]
    declined = [one for one in said if is_declined(one) or without_declined([one]) != (one,)]
    return bool(declined) and not asks_for_time(words, named=True)


def speaks_of_time(words: str) -> bool:
    """Whether it has a word that whatever asks for more time has."""
    about = time_request_patterns().about_time
    return any(about.search(_folded(one)) for one in without_declined(_sentences(words)))


def withdraws_request(words: str) -> bool:
    """Whether it takes back that more time was asked for, and asks for none besides."""
    return any(map(is_withdrawn, _sentences(words))) and not asks_for_time(words, named=True)


def words_of_what_is_asked(words: str) -> str:
    """The sender's own words without what they say is not asked for."""
    return "\n".join(without_declined(split_sentences(words.splitlines())))


def words_of_withdrawal(words: str) -> str:
    """The sentences that take back that more time was asked for."""
    return "\n".join(filter(is_withdrawn, _sentences(words)))


def _asks_plainly(words: str) -> bool:
    """Whether it does, though it names no return: "Could I have more time please?"."""
    plain, words_of = time_request_patterns().plain, time_request_patterns()
    said = map(_folded, without_declined(_sentences(words)))
    return any(
        plain.search(words_of.denied.strip_from(one)) and not words_of.not_ours.search(one)
        for one in said
    )


def asks_something(words: str) -> bool:
    """Whether it asks anything of us."""
    asks = time_request_patterns().asks
    asking = (one for one in _sentences(words) if "?" in one or asks.match(_folded(one)))
    return any(_is_of_returns(_folded(one)) for one in asking)


def _of_returns(words: str) -> Iterator[str]:
    """Each sentence without what it says is not asked, but for those about lunch and meetings."""
    words_of = time_request_patterns()
    folded = (_folded(one) for one in without_declined(_sentences(words)))
    said = (one for one in folded if _is_of_returns(one))
    return (words_of.besides.strip_from(words_of.denied.strip_from(one)) for one in said)


def _is_of_returns(said: str) -> bool:
    words_of = time_request_patterns()
    return not words_of.not_ours.search(said) or words_of.returns.search(said) is not None


def _folded(words: str) -> str:
    """Folded, with a space behind each word, as the phrases are looked for."""
    return f"{fold_text(words)} "


def _sentences(words: str) -> Iterator[str]:
    return (
        one[:MAX_SENTENCE_LENGTH]
        for one in islice(split_sentences(words.splitlines()), MAX_SENTENCES)
    )
