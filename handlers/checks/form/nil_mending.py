"""How an author mends what is in doubt on a nil return: what to put, or take out, at each place.

What a letter gives to be said is said once for a place, and is enough wherever it is put. Nobody is
asked to say again what they said, or to take out which records were searched.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from config.kind_shape import Denial
from config.rules import VALUE_REFUSALS
from handlers.checks.form.nil_account import AccountLine
from handlers.values.normalise import fold_text

UNFINISHED_RULE = "statement-unfinished"


@dataclass(slots=True)
class NilMends:
    """The mends of one return. `denied` is whether it denies already, or is told to, elsewhere."""

    denial: Denial
    denied: bool
    told: set[str] = field(default_factory=set)  # the places for which a mend is told

    def mend_at(self, rule: str, said: AccountLine) -> dict[str, str]:
        """The words in place of a rule's own; none where its own are right."""
        again = bool(said.place) and said.place in self.told
        self.told.add(said.place)
        name = "again" if again else self._name(rule, said)
        self.denied = True
        words = VALUE_REFUSALS["denial"].get(name)
        return {"instead_fix": words.fix} if words else {}

    def _name(self, rule: str, said: AccountLine) -> str:
        alone = "" if self.denied else " alone"
        if rule == UNFINISHED_RULE:
            return f"unfinished{alone}"
        if tells_of_search(said, self.denial):
            return f"searched{alone}"
        if confirms_nobody(said, self.denial):
            return "confirmed"
        return rule if self.denied else ""


def confirms_nobody(said: AccountLine, denial: Denial) -> bool:
    """Whether a sentence may be the confirmation itself, which nobody is told to take out."""
    words = set(fold_text(said.text).split())
    people = {*denial.everybody, "nobody", "none"}
    nobody = not words.isdisjoint(denial.negations) and not words.isdisjoint(people)
    return nobody and not words.isdisjoint(denial.known)


def tells_of_search(said: AccountLine, denial: Denial) -> bool:
    """Whether a line says what was searched, and denies nothing."""
    words = set(fold_text(said.text).split())
    denies = {*denial.negations} - {"nothing"}
    searches = {*denial.searches} - {"review"}  # "Serious Case Review" is no search
    return not words.isdisjoint(searches) and words.isdisjoint(denies)
