"""Tells from a message whether somebody is afraid for a child, or tells of a death.

The words are those of `config/danger_words.toml`, in English. They are looked for in what nobody
registered sent: a person hears of it within the hour, and judges it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from config.danger_words import danger_patterns
from handlers.checks.form.letter_sentences import split_sentences
from handlers.values.normalise import fold_text

MAX_SENTENCES, MAX_SENTENCE_LENGTH = 120, 600  # sentences, and characters of one


def tells_of_danger(subject: str, words: str) -> bool:
    """Whether a sentence has words of danger or of a death, and it or the one before or behind it
    names a child. What is quoted or forwarded counts too."""
    lines = [f"{subject}.", *(line.lstrip("> ") for line in words.splitlines())]
    return bool(danger_sentences([*islice(split_sentences(lines), MAX_SENTENCES)]))


def danger_sentences(said: Sequence[str]) -> list[int]:
    """Which of some sentences have those words, by their places."""
    has = danger_patterns()
    folded = [(n, f"{fold_text(one[:MAX_SENTENCE_LENGTH])} ") for n, one in enumerate(said)]
    folded = [(n, one) for n, one in folded if not has.general.search(one)]
    return [
        n
        for at, (n, one) in enumerate(folded)
        if has.danger.search(one)
        and has.child.search(" ".join(near for _, near in folded[max(at - 1, 0) : at + 2]))
    ]
