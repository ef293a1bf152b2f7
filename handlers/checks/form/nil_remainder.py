"""Whether everything that stands on a nil return is accounted for, before it may be accepted.

Does: takes the return apart into its lines and sentences, and asks of each whether it is wholly
understood and where it stands; and asks whether words stand anywhere else: in a note, a comment, a
margin, hidden or struck out, or in a change that nobody has accepted yet.
Trusts: the reader's `Traits` for what stands beside the text.
Never touches: what is said that is not understood; `involvement.py` has a guess at that.
Known limits: a picture is not looked into. Who "they" are is whoever was named before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from config.kind_shape import Denial, FormShape
from handlers.checks.form.form_text import Passage
from handlers.checks.form.letter_lines import (
    is_label,
    is_labelled_plainly,
    is_plain,
    label_of,
    salutes,
)
from handlers.checks.form.letter_sentences import labelled_lines, sentences
from handlers.checks.form.letter_signature import says_who, who_in, without_who
from handlers.checks.form.nil_words import Names, names_of, sorts_of
from handlers.checks.form.sheet import Sheet
from handlers.context import Context
from handlers.document import Traits
from handlers.values.normalise import fold

MOST = 200  # lines; a nil return has fewer
MADE = 4  # words of "Completed and checked by"
HEADING = 12  # words of a line that may be a heading
_ENDED = (".", "!", "?", ";")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or line, where it stands as an author can find it ("sentence 2 after the
    greeting", 'the line "Records searched"'), and whether every word of it is understood."""

    text: str
    place: str
    known: bool


@dataclass(frozen=True, slots=True)
class Account:
    """All that stands on a return. `denied` says that what is understood of it denies of all the
    family, `noted` that words stand beside its text."""

    said: tuple[Said, ...] = ()
    denied: bool = False
    noted: bool = False

    @property
    def unknown(self) -> tuple[Said, ...]:
        return tuple(one for one in self.said if not one.known)

    @property
    def understood(self) -> bool:
        """Every word of its text, and that it denies."""
        return self.denied and not self.unknown


def account_of(sheet: Sheet, context: Context, answers: Sequence[int]) -> Account:
    """`answers` are the places of questions that are answered "No"."""
    denial = sheet.shape.denial
    if denial is None:
        return Account()
    names = names_of(context.agency, context.case)
    read = _Read(names, sheet.shape, denial)
    read.all_of(sheet.passages[: MOST + 1], frozenset(answers))
    return Account(tuple(read.said), read.denied, _stands_elsewhere(sheet, names, denial))


def says_it_of_all(texts: Iterable[str], names: Names) -> bool:
    """Whether some sentences deny of all the family, whatever else they say."""
    named = False
    for text in texts:
        sorts = sorts_of(text, names)
        if "denial" in sorts or (named and "they" in sorts):
            return True
        named |= "of_all" in sorts
    return False


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
    """One return. `denied` once a sentence, or an answer, denies of all the family; `named` once
    one has named them all, of whom the next may say "they"."""

    names: Names
    shape: FormShape
    denial: Denial
    denied: bool = False
    named: bool = False
    said: list[Said] = field(default_factory=list)
    running: list[tuple[int, str]] = field(default_factory=list)
    sentences: int = 0
    greeted: bool = False
    listing: bool = False  # whether the line above says which records were searched

    def all_of(self, passages: Sequence[Passage], answers: frozenset[int]) -> None:
        if len(passages) > MOST:
            self.said.append(Said("", _line_at(MOST), False))
            return
        rows = {at: (label, value) for label, value, at in labelled_lines(passages)}
        done, number, last = set[int](), 0, -1
        for passage in passages:
            at = passage.position
            number += at != last  # a row of a table is one line
            last = at
            if passage.table and at in rows:
                if at not in done:
                    done.add(at)
                    self._running()
                    self._labelled(*rows[at], number, at in answers)
            else:
                self._line(number, passage.text, at in answers, rows.get(at))
        self._running()

    def _line(self, number: int, text: str, answered: bool, row: tuple[str, str] | None) -> None:
        """One line: of its own kind, or a piece of what the lines say together."""
        label = row if answered and row else label_of(text)
        if label is not None and (answered or self._is_known(label[0])):
            self._running()
            self._labelled(*label, number, answered)
        elif self.listing and sorts_of(_item(text), self.names, ("systems",)):
            return  # one of the records listed below their label
        elif is_plain(text, self.names, self.denial) or is_label(text, self.shape):
            self._running()
            self.listing = self._of_records(text)
            if salutes(text):
                self.sentences, self.greeted = 0, True  # those of the letter are counted from there
        elif label is not None and (plain := self._beside(*label)) is not None:
            self._running()
            self.said.append(Said(text, _line_at(number), plain))
        else:
            self.listing = False
            self.running.append((number, text))

    def _is_known(self, label: str) -> bool:
        titles = map(fold, self.denial.titles)
        return is_label(label, self.shape) or fold(label) in titles

    def _labelled(self, label: str, value: str, number: int, answered: bool) -> None:
        place, text = self._place_of(label, number), f"{label}: {value}"
        self.listing = self._of_records(label)
        if answered:
            denied = bool(sorts_of(label, self.names, ("asked_no",)))
            self.denied |= denied
            self.said.append(Said(text, place, denied))
        elif (beside := self._beside(label, value)) is not None:
            self.said.append(Said(text, place, beside))
        else:
            for one in sentences([value] if self._is_known(label) else [text]):
                self.said.append(Said(one, place, self._sentence(one)))

    def _beside(self, label: str, value: str) -> bool | None:
        return is_labelled_plainly(label, value, self.names, self.shape, self.denial)

    def _running(self) -> None:
        lines, self.running = self.running, []
        for one in sentences([text for _, text in lines]):
            known, number = self._sentence(one), _begins(one, lines)
            if not known and self._is_heading(one):
                self.said.append(Said(one, f"the heading in {_line_at(number)}", known))
                continue
            self.sentences += 1
            after = "after the greeting" if self.greeted else "of the text"
            self.said.append(Said(one, f"sentence {self.sentences} {after}", known))

    def _is_heading(self, text: str) -> bool:
        """A line above the first sentence that is none itself."""
        return not (self.sentences or text.endswith(_ENDED)) and len(text.split()) <= HEADING

    def _labels(self, key: str = "") -> frozenset[str]:
        fields = (f for f in self.shape.fields if not key or f.key == key)
        return frozenset(fold(words) for f in fields for words in (f.label, *f.also))

    def _of_records(self, label: str) -> bool:
        return fold(label) in self._labels("records")

    def _place_of(self, label: str, number: int) -> str:
        """By the label where it is one of the kind's own: no other words are quoted."""
        return f'the line "{label}"' if fold(label) in self._labels() else _line_at(number)

    def _sentence(self, text: str) -> bool:
        sorts = sorts_of(text, self.names) or self._of_who(text)
        self.denied |= "denial" in sorts or ("they" in sorts and self.named)
        self.named |= not sorts.isdisjoint({"denial", "of_all"})
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


def _line_at(number: int) -> str:
    return f"line {number} from the top"


def _begins(sentence: str, lines: Sequence[tuple[int, str]]) -> int:
    """The number of the line in which a sentence of some lines begins."""
    return next((n for n, text in lines if text and sentence.startswith(text)), lines[0][0])


def _item(text: str) -> str:
    return text.strip(" \t•·*▪–—-")
