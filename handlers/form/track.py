"""One sentence followed word by word: what is denied in it, and what is told.

Does: carries each negation over the words that it reaches, up to where a clause that may say the
opposite begins, and asks of each word for a relation which of the two it is.
Trusts: the kind's TOML for the words.
Never touches: which words are understood; `handlers/form/items.py` weighs those.
Known limits: it reads words in their order, not grammar.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from config.labels import ORGANISATIONS
from config.shape import Denial

REACH = 25  # words that a negation reaches over
AHEAD = 9  # words in which an agency may be named that was not visited
NEAR_FOUND = 3  # words between "found" and "nobody"

UNDOES = frozenset({"failed", "without", "unable", "unknown", "unregistered"})
SUBJECTS = frozenset(
    {"we", "i", "they", "he", "she", "it", "there", "the", "our", "this", "these", "those", "all"}
    | {"has", "have", "is", "are", "was", "were", "had", "did", "no", "none", "neither", "nor"}
    | {"nobody", "not", "any", "mother", "father", "child", "children", "his", "her", "their"}
    | {"that", "both"}
)
_NOT = frozenset({"not", "didnt", "hasnt", "havent", "hadnt", "wasnt", "werent", "doesnt", "dont"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_NOBODY_OF = frozenset({"no", "none", "nobody", "neither", "nor"})
_PERFECT = frozenset({"has", "have"})
_US = (ORGANISATIONS - {"board"}) | {"us", "our", "here"}
_FINDS = frozenset(
    {"found", "find", "finds", "contain", "contains", "contained", "hold", "holds", "show", "shows"}
    | {"showed", "reveal", "reveals", "revealed", "identified", "produced", "yielded", "returned"}
    | {"have", "has", "list", "lists"}
)
_WHOM = frozenset(
    {"the", "this", "them", "him", "her", "of", "family", "mother", "father", "child"}
)
_POSSESS = frozenset({"have", "has", "had", "hold", "holds", "is", "are", "some", "found"})
_THINGS = frozenset(
    {"list", "lists", "database", "databases", "system", "systems", "register", "registers"}
    | {"index", "archive", "archives", "rolls", "caseload", "caseloads"}
)
_ABOUT = frozenset({"named", "listed", "identified", "mentioned", "in", "your", "you", "above"})
_RELATIVE = frozenset({"who", "which", "when"})
_CLAUSE = _RELATIVE | {"and", ",", "as", "because", "since", "so", "then", "that"}


class Track:
    """`denied` and `told` are of the whole sentence, `under` says of each word whether a negation
    reaches it. The words at `searching` tell nothing: they are what was searched."""

    def __init__(
        self,
        denial: Denial,
        tokens: Sequence[str],
        searching: Collection[int] = (),
        *,
        ever: bool = False,
    ) -> None:
        self.denied = self.told = False
        self.under: list[bool] = []
        self._denial = denial
        self._open = -REACH - 1  # where the last negation stands
        self._done = False  # whether it has denied something
        self._ever = ever or not {"ever", "never"}.isdisjoint(tokens)
        for at in range(len(tokens)):
            self._boundary(tokens, at)
            self._negation(tokens, at)
            self.under.append(self._negated(at))
            if at not in searching:
                self._relation(tokens, at)

    def _negation(self, tokens: Sequence[str], at: int) -> None:
        word = tokens[at]
        pending = self._negated(at) and not self._done
        if pending and (word in UNDOES or word == "denied"):
            self.told = True  # "we never failed to visit", "we do not make a nil return"
        elif word == "denied":
            self.denied, self._open, self._done = True, at, True
        elif word in word_set(self._denial.negations):
            self._open, self._done = at, False
            if word in _NOBODY and self._finds(tokens, at):
                self.denied = self._done = True

    def _relation(self, tokens: Sequence[str], at: int) -> None:
        """What somebody is to the agency, or has had of it: denied or told."""
        word = tokens[at]
        known, used = word in word_set(self._denial.known), word in word_set(self._denial.used)
        held = word in word_set(self._denial.held)
        told = used or word in word_set(self._denial.tells)
        if word == "found" and self._negated(at) and not self._done:
            self.denied = self._done = True
        elif held and (self._negated(at) or not used):
            self._held(tokens, at)
        elif (known or told) and self._negated(at):
            ever = self._ever or self._perfect(tokens, at)
            self.denied |= known or (ever and used)
            # "They did not attend" tells that they were asked to.
            self.told |= told and not ever and tokens[self._open] in _NOT
            self._done = True
        elif (known or told) and not _aside(tokens, at):
            self.told |= not _names_a_thing(tokens, at, word_set(self._denial.held))

    def _perfect(self, tokens: Sequence[str], at: int) -> bool:
        """ "None of the family has been supervised", which is at any time; but "has seen it"."""
        between, after = tokens[self._open : at], set(tokens[at + 1 : at + AHEAD])
        nobody = tokens[self._open] in _NOBODY_OF and not _PERFECT.isdisjoint(between)
        here = "been" in between or not after.isdisjoint(_US)
        people = {*self._denial.everybody, *self._denial.one}
        return nobody and here and not people.isdisjoint(between)

    def _finds(self, tokens: Sequence[str], at: int) -> bool:
        """ "Found nobody of this family", "contain nothing about any of those named"."""
        people = {*self._denial.one, *self._denial.everybody}
        return not _FINDS.isdisjoint(tokens[max(0, at - NEAR_FOUND) : at]) and not (
            people.isdisjoint(tokens[at:])
        )

    def _negated(self, at: int) -> bool:
        return at - self._open <= REACH

    def _held(self, tokens: Sequence[str], at: int) -> None:
        if self._negated(at):
            self.denied = self._done = True
            return
        before = tokens[max(0, at - 3) : at]
        searched = not word_set(self._denial.searches).isdisjoint(before)
        if not searched and not _POSSESS.isdisjoint(before):
            self.told = True

    def _boundary(self, tokens: Sequence[str], at: int) -> None:
        """A new clause is not denied by what denied the one before."""
        word = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if word == "," and after == "which":
            self._open = -REACH - 1
        if word in word_set(self._denial.turns) or (
            self._done and word in _CLAUSE and (after in SUBJECTS or word in _RELATIVE)
        ):
            self._open = -REACH - 1


def _aside(tokens: Sequence[str], at: int) -> bool:
    """ "As far as we know", "let me know": not whom."""
    return tokens[at] == "know" and _WHOM.isdisjoint(tokens[at + 1 : at + 2])


def _names_a_thing(tokens: Sequence[str], at: int, held: frozenset[str]) -> bool:
    """ "Patient records", "registered list", "the patients named in your letter"."""
    near = tokens[at + 1 : at + 3]
    return any(word in held or word in _THINGS for word in near) or (
        tokens[at].endswith("s") and bool(near) and near[0] in _ABOUT
    )


@lru_cache(maxsize=64)
def word_set(words: tuple[str, ...]) -> frozenset[str]:
    """A list of words, to look up in."""
    return frozenset(words)
