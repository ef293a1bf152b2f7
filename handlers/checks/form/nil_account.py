"""Checks that everything on a nil return is accounted for, before it may be accepted.

Every line and sentence has to be wholly understood, and no words may stand in a note, a comment, a
margin, hidden or struck out. A picture is not looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from config.kind_shape import Denial, FormShape
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_lines import (
    folded_labels,
    is_known_label,
    is_labelled_plainly,
    is_plain_line,
    is_salutation,
    split_label,
)
from handlers.checks.form.letter_places import (
    MAX_GREETING_WORDS,
    LetterSpot,
    letter_spots,
    place_of,
)
from handlers.checks.form.letter_sentences import (
    begins_or_ends_letter,
    labelled_lines,
    phrase_pattern,
    read_sentences,
    split_sentences,
)
from handlers.checks.form.letter_signature import find_maker, names_the_maker, strip_maker
from handlers.checks.form.nil_marks import is_margin_mark
from handlers.checks.form.nil_sentences import LIMITED_RULE
from handlers.checks.form.nil_words import ReviewNames, names_of_review, sorts_of_sentence
from handlers.context import Context
from handlers.document import Traits
from handlers.fields.drawn_lines import DRAWN_CHARACTERS
from handlers.findings import PAGE_MARGIN
from handlers.values.normalise import fold_text

MAX_RETURN_LINES = 200  # lines; a nil return has fewer
MAX_LETTERHEAD_LINES = 6  # lines at the top that may be an agency's letterhead
MAX_LETTERHEAD_WORDS = 8  # words of one
MAX_MADE_BY_WORDS = 4  # words of "Completed and checked by"
_LEADER = f"\t {DRAWN_CHARACTERS}"  # what is printed to write on


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One sentence or line, where it stands as an author can find it ("paragraph 2 after the
    greeting, sentence 1", 'the line "Records searched"'), and whether every word of it is
    understood. Of a sentence in pieces, `text` is what is not."""

    text: str
    place: str
    known: bool
    in_foot: bool = False  # below the close, where whoever signs is named
    partial: bool = False  # it denies of some, which is understood beside a denial of all


@dataclass(frozen=True, slots=True)
class NilAccount:
    """All that stands on a return. `denied` says that what is understood of it denies of all the
    family, `noted` where words stand that are none of it."""

    said: tuple[AccountLine, ...] = ()
    denied: bool = False
    noted: tuple[str, ...] = ()

    @property
    def unknown_lines(self) -> tuple[AccountLine, ...]:
        return tuple(one for one in self.said if not one.known)

    @property
    def is_understood(self) -> bool:
        """Every word of its text, and that it denies."""
        return self.denied and not self.unknown_lines


def account_for_return(sheet: FormSheet, context: Context, answers: Sequence[int]) -> NilAccount:
    """`answers` are the places of questions that are answered "No"."""
    denial = sheet.shape.denial
    if denial is None:
        return NilAccount()
    names = names_of_review(context.agency, context.case)
    read = _Read(names, sheet.shape, denial)
    read.read_passages(sheet.passages[: MAX_RETURN_LINES + 1], frozenset(answers))
    noted = tuple(dict.fromkeys(_stands_elsewhere(sheet, names, denial)))
    said = (replace(one, known=read.denied) if one.partial else one for one in read.said)
    return NilAccount(tuple(said), read.denied, noted)


def denies_for_all(texts: Iterable[str], names: ReviewNames) -> bool:
    """Whether some sentences deny of all the family, whatever else they say."""
    named = False
    for text in texts:
        sorts = sorts_of_sentence(text, names)
        if "denial" in sorts or (named and "they" in sorts):
            return True
        named |= "of_all" in sorts
    return False


def _stands_elsewhere(sheet: FormSheet, names: ReviewNames, denial: Denial) -> Iterator[str]:
    """Each place that has words in it, as its author knows it."""
    traits = sheet.traits
    if traits.tracked_changes:
        yield "a change that nobody has accepted yet"
    if traits.comments:
        yield "a comment"
    if traits.hidden_text or traits.hidden_rows:
        yield "hidden text"
    if any(p.struck or p.kept != p.text for p in sheet.passages):
        yield "text that is struck out"
    if any(any(c.isalpha() for c in note) for note in traits.footnotes):
        yield "a footnote or endnote"
    if not all(_in_a_margin(line, names, denial) for line in _margin_lines(traits)):
        yield PAGE_MARGIN


def _margin_lines(traits: Traits) -> Iterator[str]:
    for margin in traits.margins:
        yield from (piece for line in margin.split("\n") for piece in line.split("\t"))


def _in_a_margin(line: str, names: ReviewNames, denial: Denial) -> bool:
    if is_margin_mark(line) or _is_of_the_agency(line, denial):
        return True  # the first is told by `check_marks`
    return is_plain_line(line, names, denial) or bool(sorts_of_sentence(line, names, ("courtesy",)))


# Words without which a line of a margin tells of nobody: a letterhead, a charity's number, "Helping
# families since 1988".
_TELLS = frozenset(
    {"is known", "was", "were", "has", "have", "had", "been", "did", "seen", "known", "saw", "knew"}
    | {"he", "she", "him", "her", "his", "hers", "they", "them", "mum", "dad", "only", "draft"}
)
_NOT_KIN = frozenset({"child", "children", "childrens", "adult", "adults", "family", "subject"})
_NOT_KIN |= {"carer", "carers", "parent", "parents", "kids", "guardian", "guardians", "partner"}


def _is_of_the_agency(line: str, denial: Denial) -> bool:
    """Whether a line of a margin can only be about the agency itself."""
    told = {*denial.negations, *denial.turns, *denial.pointers, *denial.tells}
    told |= _TELLS | ({*denial.one} - _NOT_KIN)
    taken = (q.words for q in denial.qualifiers if q.rule != LIMITED_RULE)
    plain = fold_text(line)
    return told.isdisjoint(plain.split()) and not any(
        phrase_pattern(words).search(plain) for words in taken
    )


@dataclass(slots=True)
class _Read:
    """One return. `denied` once a sentence, or an answer, denies of all the family; `named` once
    one has named them all, of whom the next may say "they"."""

    names: ReviewNames
    shape: FormShape
    denial: Denial
    denied: bool = False
    named: bool = False
    said: list[AccountLine] = field(default_factory=list)
    running: list[tuple[int, str]] = field(default_factory=list)
    sentences: int = 0
    closed: bool = False  # whether the close was read
    listing: bool = False  # whether the line above says which records were searched
    spots: tuple[LetterSpot, ...] = ()
    passages: Sequence[FormPassage] = ()

    def read_passages(self, passages: Sequence[FormPassage], answers: frozenset[int]) -> None:
        self.spots, self.passages = letter_spots(passages), passages
        if len(passages) > MAX_RETURN_LINES:
            self._say("", place_of(self.spots, MAX_RETURN_LINES), False)
            return
        rows = {at: (label, value) for label, value, at in labelled_lines(passages)}
        done = set[int]()
        for number, passage in enumerate(passages):
            at = passage.position
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
        label = row if answered and row else split_label(text) or self._tabbed(text)
        if label is not None and (answered or self._is_known(label[0])):
            self._running()
            self._labelled(*label, number, answered)
        elif self.listing and sorts_of_sentence(_item(text), self.names, ("systems",)):
            return  # one of the records listed below their label
        elif (
            is_plain_line(text, self.names, self.denial)
            or is_known_label(text, self.shape)
            or self._in_letterhead(number)
        ):
            self._running()
            self.listing = self._of_records(text)
            self._greet(text)
            self.closed = self.closed or (bool(self.sentences) and begins_or_ends_letter(text))
        elif label is not None and (plain := self._beside(*label)) is not None:
            self._running()
            self._say(text, place_of(self.spots, number), plain)
        else:
            self.listing = False
            self.running.append((number, text))
            if is_salutation(text) and len(text.split()) <= MAX_GREETING_WORDS:
                self._running()  # "Dear [Recipient]"
                self._greet(text)

    def _in_letterhead(self, number: int) -> bool:
        """A line beside the agency's own name at the top, such as "homes by the water"."""
        text = self.passages[number].text
        near = (
            *self.passages[max(number - 1, 0) : number],
            *self.passages[number + 1 : number + 2],
        )
        named = any(tuple(fold_text(p.text).split()) in self.names.agency for p in near)
        short = len(text.split()) <= MAX_LETTERHEAD_WORDS and not any(c.isdigit() for c in text)
        told = {*self.denial.searches, "nil", "return", "records"}.isdisjoint(
            fold_text(text).split()
        )
        top = number < MAX_LETTERHEAD_LINES and not self.sentences
        return top and named and short and told and _is_of_the_agency(text, self.denial)

    def _greet(self, text: str) -> None:
        if is_salutation(text):
            self.sentences = 0  # those of the letter are counted from there

    def _say(self, text: str, place: str, known: bool) -> None:
        self.said.append(AccountLine(text, place, known, self.closed))

    def _tabbed(self, text: str) -> tuple[str, str] | None:
        """A label of the kind's own and its value, parted by tabs."""
        label, _, value = text.strip().partition("\t")
        return (label, value.strip(_LEADER)) if value and self._is_known(label) else None

    def _is_known(self, label: str) -> bool:
        titles = map(fold_text, self.denial.titles)
        return is_known_label(label, self.shape) or fold_text(label) in titles

    def _labelled(self, label: str, value: str, number: int, answered: bool) -> None:
        place, text = self._place_of(label, number), f"{label}: {value}"
        self.listing = self._of_records(label)
        if answered:
            denied = bool(sorts_of_sentence(label, self.names, ("asked_no",)))
            self.denied |= denied
            self._say(text, place, denied)
        elif (beside := self._beside(label, value)) or (beside is not None and not self.listing):
            self._say(text, place, beside)
        else:
            for one in read_sentences([value] if self._is_known(label) else [text]):
                if self.listing and self._beside(label, one):
                    self._say(one, place, True)
                else:
                    self._in_pieces(one, place)

    def _beside(self, label: str, value: str) -> bool | None:
        return is_labelled_plainly(label, value, self.names, self.shape, self.denial)

    def _running(self) -> None:
        lines, self.running = self.running, []
        for one in read_sentences([text for _, text in lines]):
            self.sentences += 1
            taken = [said.place for said in self.said]
            self._in_pieces(one, place_of(self.spots, _begins(one, lines), one, taken))

    def _in_pieces(self, sentence: str, place: str) -> None:
        """A sentence whole, or each of its pieces. What one of them denies counts for nothing
        where another is not understood: they are mended together."""
        if self._sentence(sentence):
            self._say(sentence, place, True)
            return
        before = self.denied, self.named
        pieces = list(split_sentences([sentence]))
        unknown = [one for one in pieces if not self._sentence(one)] if pieces[1:] else pieces
        if unknown:
            self.denied, self.named = before
        self._say(" ; ".join(unknown) or sentence, place, not unknown)
        if unknown and sorts_of_sentence(sentence, self.names, ("part",)):
            self.said[-1] = replace(self.said[-1], partial=True)

    def _of_records(self, label: str) -> bool:
        return fold_text(label) in folded_labels(self.shape.fields, "records")

    def _place_of(self, label: str, number: int) -> str:
        """By the label where it is one of the kind's own: no other words are quoted."""
        known = fold_text(label) in folded_labels(self.shape.fields) or is_known_label(
            label, self.shape
        )
        return f'the line "{label.strip()}"' if known else place_of(self.spots, number)

    def _sentence(self, text: str) -> bool:
        sorts = sorts_of_sentence(text, self.names) or self._of_who(text)
        self.denied |= "denial" in sorts or ("they" in sorts and self.named)
        self.named |= not sorts.isdisjoint({"denial", "of_all"})
        return bool(sorts) or is_plain_line(text, self.names, self.denial)

    def _of_who(self, text: str) -> frozenset[str]:
        """ "I, A. Person, Manager, confirm that ...": the sentence without who says it, where that
        is no more than a name and a role."""
        if names_the_maker(text):
            made, who = text[: text.find(" by")], find_maker(text).rstrip(". ")
            told = (
                is_plain_line(who, self.names, self.denial)
                and len(made.split()) < MAX_MADE_BY_WORDS
            )
            return frozenset({"who"}) if told else frozenset()
        rest = strip_maker(text)
        if rest == text:
            return frozenset()
        who = text[1 : len(text) - len(rest) + 2].strip(" ,")
        return (
            sorts_of_sentence(rest, self.names)
            if is_plain_line(who, self.names, self.denial)
            else frozenset()
        )


def _begins(sentence: str, lines: Sequence[tuple[int, str]]) -> int:
    """The number of the line in which a sentence of some lines begins."""
    at = " ".join(text for _, text in lines).find(sentence)
    for number, text in lines:
        at -= len(text) + 1
        if at < 0:
            return number
    return lines[0][0]


def _item(text: str) -> str:
    return text.strip(" \t•·*▪–—-")
