"""Small sentences about numbers and lists; English plurals end in -s and -ies."""

from __future__ import annotations

from collections.abc import Sequence


def join_with_and(items: Sequence[str]) -> str:
    """ "IMR", "IMR and QA form", "chronology, IMR and QA form"."""
    return _joined(items, "and")


def join_with_or(items: Sequence[str]) -> str:
    """ "Yes", "Yes or No", "Yes, No or Partially"."""
    return _joined(items, "or")


def _joined(items: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def count_noun(number: int, noun: str) -> str:
    """ "1 change", "3 changes"."""
    return f"{number:,} {noun if number == 1 else plural_of(noun)}"


_NUMBER_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def number_word(number: int) -> str:
    """ "two", "ten"; "11" and what is more stands in figures."""
    return _NUMBER_WORDS[number] if number < len(_NUMBER_WORDS) else f"{number:,}"


def plural_of(noun: str) -> str:
    """ "changes", "chronologies", "surveys"."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def no_longer_sentence(number: int, noun: str, so: str) -> str:
    """That of what is counted none is so any more: "That letter does not wait any more.", "None
    of these 3 letters waits any more."; `so` is such as "waits", or "is stopped"."""
    if number != 1:
        return f"None of these {count_noun(number, noun)} {so} any more."
    verb, _, rest = so.partition(" ")
    does = "is not" if verb == "is" else f"does not {verb.removesuffix('s')}"
    return f"That {noun} {' '.join(filter(None, (does, rest)))} any more."


def possessive(name: str) -> str:
    """ "Meadow Lane Surgery's", "Children's Services'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
