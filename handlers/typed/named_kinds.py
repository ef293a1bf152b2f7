"""Which returns some words name: "the chronology", "our IMR and the QA form".

Does: finds the names that each kind of return goes by among words. Pure.
Trusts: nothing; the words are whatever somebody wrote.
Never touches: anything but its arguments.
Known limits: a name is known as it stands in the kind's file, in any case and punctuation, and
with a plain "s" behind it; what stands only inside a longer name ("QA form" in "our QA formula")
is none.
"""

from __future__ import annotations

from config.kind import Kind, Kinds
from handlers.typed.fold import fold


def named_kinds(words: str, kinds: Kinds) -> tuple[str, ...]:
    """The ids of the kinds that are named, in the order of the checklist."""
    said = f" {fold(words)} "
    return tuple(kind.id for kind in kinds.all if any(_stands(n, said) for n in _names(kind)))


def _names(kind: Kind) -> set[str]:
    """Of a kind's names those that are names: "Statement" alone, the heading of a column, may
    stand for anything."""
    return {fold(name) for name in (kind.title, kind.noun, *kind.titles)} - {""}


def _stands(name: str, said: str) -> bool:
    return f" {name} " in said or f" {name}s " in said
