"""Whether everything that stands on a nil return is accounted for, before it may be accepted.

Does: takes the return apart into its lines and sentences, and asks of each whether it is wholly
understood; and asks whether words stand anywhere else: in a note, a comment, a margin, hidden or
struck out, or in a change that nobody has accepted yet.
Trusts: the reader's `Traits` for what stands beside the text.
Never touches: what is said that is not understood; `involvement.py` has a guess at that.
Known limits: a picture is not looked into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from config.shape import Denial, FormShape
from handlers.context import Context
from handlers.document.block import Traits
from handlers.form.labelled import labelled_lines
from handlers.form.passage import Passage
from handlers.form.plain_lines import is_label, is_labelled_plainly, is_plain, label_of
from handlers.form.sentences import sentences
from handlers.form.sheet import Sheet
from handlers.form.understood import Names, names_of, sorts_of
from handlers.form.who_says import says_who, who_in, without_who
from handlers.typed.fold import fold

UNSURE, NOTED = "statement-unsure", "statement-noted"
MOST = 200  # lines; a nil return has fewer
MADE = 4  # words of "Completed and checked by"


def unaccounted(sheet: Sheet, context: Context, answers: Sequence[int]) -> Iterator[str]:
    """The rules that what is not understood calls for. `answers` are the places of questions that
    are answered "No"."""
    denial = sheet.shape.denial
    if denial is None:
        return
    names = names_of(context.agency, context.case)
    read = _Read(names, sheet.shape, denial)
    if not read.all_of(sheet.passages[: MOST + 1], frozenset(answers)):
        yield UNSURE
    if _stands_elsewhere(sheet, names, denial):
        yield NOTED


def _stands_elsewhere(sheet: Sheet, names: Names, denial: Denial) -> bool:
    traits = sheet.traits
    if traits.tracked_changes or traits.comments or traits.hidden_text or traits.hidden_rows:
        return True
    if any(p.struck or p.kept != p.text for p in sheet.passages):
        return True
    if any(any(c.isalpha() for c in note) for note in traits.footnotes):
        return True
    return not all(_in_a_margin(line, names, denial) for line in _margin_lines(traits))


def _margin_lines(traits: Traits) -> Iterator[str]:
    for margin in traits.margins:
        yield from (piece for line in margin.split("\n") for piece in line.split("\t"))


def _in_a_margin(line: str, names: Names, denial: Denial) -> bool:
    return is_plain(line, names, denial) or bool(sorts_of(line, names, ("courtesy",)))


@dataclass(slots=True)
class _Read:
    """One return. `denied` once a sentence, or an answer, denies of all the family."""

    names: Names
    shape: FormShape
    denial: Denial
    denied: bool = False
    running: list[str] = field(default_factory=list)

    def all_of(self, passages: Sequence[Passage], answers: frozenset[int]) -> bool:
        if len(passages) > MOST:
            return False
        rows = {at: (label, value) for label, value, at in labelled_lines(passages)}
        known, done = True, set[int]()
        for passage in passages:
            at = passage.position
            if passage.table and at in rows:
                if at not in done:
                    done.add(at)
                    known = self._running() and known
                    known = self._labelled(*rows[at], at in answers) and known
            else:
                known = self._line(passage.text, at in answers, rows.get(at)) and known
        return self._running() and known and self.denied

    def _line(self, text: str, answered: bool, row: tuple[str, str] | None) -> bool:
        """One line: of its own kind, or a piece of what the lines say together."""
        label = row if answered and row else label_of(text)
        if label is not None and (answered or self._is_known(label[0])):
            known = self._running()
            return self._labelled(*label, answered) and known
        if is_plain(text, self.names, self.denial) or is_label(text, self.shape):
            return self._running()
        if label is not None and (plain := self._beside(*label)) is not None:
            return self._running() and plain
        self.running.append(text)
        return True

    def _is_known(self, label: str) -> bool:
        titles = map(fold, self.denial.titles)
        return is_label(label, self.shape) or fold(label) in titles

    def _labelled(self, label: str, value: str, answered: bool) -> bool:
        if answered:
            self.denied |= bool(sorts_of(label, self.names, ("asked",)))
            return self.denied
        beside = self._beside(label, value)
        if beside is None:
            said = sentences([value] if self._is_known(label) else [f"{label}: {value}"])
            return all([self._sentence(one) for one in said])
        return beside

    def _beside(self, label: str, value: str) -> bool | None:
        return is_labelled_plainly(label, value, self.names, self.shape, self.denial)

    def _running(self) -> bool:
        lines, self.running = self.running, []
        return all([self._sentence(one) for one in sentences(lines)])

    def _sentence(self, text: str) -> bool:
        sorts = sorts_of(text, self.names) or self._of_who(text)
        self.denied |= "denial" in sorts
        return bool(sorts) or is_plain(text, self.names, self.denial)

    def _of_who(self, text: str) -> frozenset[str]:
        """ "I, A. Person, Manager, confirm that ...": the sentence without who says it, where that
        is no more than a name and a role."""
        if says_who(text):
            made, who = text[: text.find(" by")], who_in(text).rstrip(". ")
            told = is_plain(who, self.names, self.denial) and len(made.split()) < MADE
            return frozenset({"who"}) if told else frozenset()
        rest = without_who(text)
        if rest == text:
            return frozenset()
        who = text[1 : len(text) - len(rest) + 2].strip(" ,")
        return sorts_of(rest, self.names) if is_plain(who, self.names, self.denial) else frozenset()
