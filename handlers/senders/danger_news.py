"""Tells from a message whether somebody is afraid for a child, or tells of a death.

The words are those of `config/danger_words.toml`, in English. They are looked for in what nobody
registered sent: a person hears of it within the hour, and judges it.
"""

from __future__ import annotations

from itertools import islice

from config.danger_words import danger_patterns
from handlers.checks.form.letter_sentences import split_sentences
from handlers.values.normalise import fold_text

MAX_SENTENCES, MAX_SENTENCE_LENGTH = 120, 600  # sentences, and characters of one


def tells_of_danger(subject: str, words: str) -> bool:
    """Whether a sentence has words of danger or of a death, and it or the one before or behind it
    names a child. What is quoted or forwarded counts too."""
    has = danger_patterns()
    lines = [f"{subject}.", *(line.lstrip("> ") for line in words.splitlines())]
    said = [
        f"{fold_text(one[:MAX_SENTENCE_LENGTH])} "
        for one in islice(split_sentences(lines), MAX_SENTENCES)
    ]
    said = [one for one in said if not has.general.search(one)]
    return any(
        has.danger.search(one) and has.child.search(" ".join(said[max(n - 1, 0) : n + 2]))
        for n, one in enumerate(said)
    )
