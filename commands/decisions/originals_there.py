"""What there still is of the originals that a withdrawal destroys: nothing is said to be destroyed
that had vanished before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from commands.composition.app import Application
from config.english import count_noun
from handlers.register.withdrawals import Withdrawal
from intake.vault import OriginalMissing, SealBroken, Vault


@dataclass(frozen=True, slots=True)
class OriginalsThere:
    """How many are `whole`, are `missing` from the vault, and lie there `spoiled`, so that they do
    not open. What was withdrawn before, and is gone for that, is none of them."""

    whole: int
    missing: int
    spoiled: int

    @property
    def lost(self) -> int:
        """How many are not what came any more."""
        return self.missing + self.spoiled

    @property
    def destroyed(self) -> str:
        """ "1 original and what was read from it"."""
        if not self.whole:
            return "what was read from it"
        read = "it" if self.whole == 1 else "them"
        return f"{count_noun(self.whole, 'original')} and what was read from {read}"

    @property
    def lost_sentences(self) -> Iterator[str]:
        """What is not known of those that were not whole."""
        if self.missing:
            was = "was" if self.missing == 1 else "were"
            yield (
                f"{count_noun(self.missing, 'original')} {was} not in the vault any more before"
                " the withdrawal, though nobody had withdrawn anything: where it went, and"
                " whether a copy of it is kept somewhere, is not known."
            )
        if self.spoiled:
            were = "was one that" if self.spoiled == 1 else "were some that"
            yield (
                f"There {were} did not open before the withdrawal ({self.spoiled}): changed,"
                " exchanged, or without its key. The file that lay there is deleted; where what"
                " came went is not known."
            )


def originals_there(app: Application, made: Withdrawal) -> OriginalsThere:
    """Ask before the withdrawal is written: what it destroys is lost after. Raises OSError."""
    gone, found = app.register.withdrawals.destroyed.is_gone, Counter[str]()
    for mark, _ in made.originals:
        if not gone(mark):
            found[_state(app.vault, mark)] += 1
    return OriginalsThere(found["whole"], found["missing"], found["spoiled"])


def _state(vault: Vault, mark: str) -> str:
    try:
        return "whole" if vault.keyed_hash(vault.read_original(mark)) == mark else "spoiled"
    except OriginalMissing:
        return "missing"
    except SealBroken:
        return "spoiled"
