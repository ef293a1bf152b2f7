"""The words of an answer that has several lines: they go on to the next line that begins as an
order, the signature or the end. Where nobody can tell, nothing is told to anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from config.order_words import UNSETTLING_WORDS
from handlers.orders.beside import ends_what_is_said, is_postscript, printed_lines
from handlers.orders.courtesies import is_pleasantry
from handlers.orders.digest_text import fold_line
from handlers.orders.grammar import (
    GrammarContext,
    begins_as_order,
    mentioned_numbers,
    mentions_an_order,
    number_begun,
    own_words,
    read_order,
    told_by,
)
from handlers.orders.order import Order, OrderQuestion, QuestionReason
from handlers.orders.reply_text import OwnLine

# A line goes on in the next where that one's first word would have made it longer.
GOES_ON = 64
SENTENCE_ENDS = (".", "!", "?", '."', ".)")
_NOT_ENDED = (":", ",", ";")
_FEW_WORDS = 5
_GREETINGS = ("dear", "hi", "hello", "morning", "good")
_TO_A_PERSON = re.compile(r"\b(?:i|i'[a-z]+|my|me|you|your|we|us|please)\b")
_HEAD = re.compile(r"(?:from|sent|subject|to) ?:", re.I)
_SPEAKS_OF_ORDERS = re.compile(
    r"(?:(?:and|please|also|then|can you|could you),? )*(?:accept|same)\b"
)
_RETRACTS = re.compile(
    r"(?:please |sorry,? |so )*"
    rf"(?:stop|{'|'.join(map(re.escape, UNSETTLING_WORDS.retractions))})(?![\w'])"
)
_ABOUT_THE_REPLY = re.compile(
    r"\b(?:above|everything|all of|digest|(?:this|my) (?:e-?mail|mail|message|reply|letter))\b"
)
_ALSO = frozenset({"same", "likewise", "ditto", "too", "also", "well"})


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A line with `more`, the words that go on below it; `unsure` is why nobody can tell where they
    end; `last` is the last of its lines."""

    line: OwnLine
    more: str = ""
    unsure: QuestionReason | None = None
    last: str = ""

    def said(self, about: GrammarContext) -> Order | OrderQuestion | None:
        """What it orders, with all of its words."""
        found = read_order(self.line.text, about)
        told = told_by(self.line.text, about)
        if told is None or found is None:
            return found
        whole = _whole(found, told, self.more)
        if isinstance(found, OrderQuestion) and found.why == "words-missing" and whole.strip():
            again = read_order(f"{told.number} {told.word}: {own_words(whole)}", about)
            found = replace(again, rest=whole) if isinstance(again, Order) else again or found
        elif isinstance(found, Order):
            found = replace(found, rest=whole)
        if isinstance(found, Order) and self.unsure is not None:
            found = OrderQuestion(found.number, self.unsure)
        if isinstance(found, OrderQuestion) and found.number is not None and whole:
            found = replace(found, told=f"{told.word}: {' '.join(whole.split())}")
        return found


def _whole(found: Order | OrderQuestion, told: Order, more: str) -> str:
    if isinstance(found, OrderQuestion) and found.why == "words-missing":
        return more.strip()
    return (told.rest if isinstance(found, OrderQuestion) else found.rest) + more


def gather_answers(lines: Sequence[OwnLine], about: GrammarContext) -> list[AnswerLine]:
    """Every line, those that are words of the answer above them put to it."""
    orders = frozenset(at for at, line in enumerate(lines) if read_order(line.text, about))
    reader = _Reader(lines, about, printed_lines(lines, orders, about.digest))
    put, at = list[AnswerLine](), 0
    while at < len(lines):
        if told_by(lines[at].text, about) is None:
            put.append(AnswerLine(lines[at], last=lines[at].text))
            at += 1
            continue
        begun = read_order(lines[at].text, about)
        begun_here = not isinstance(begun, OrderQuestion) or begun.why != "words-missing"
        end, unsure = reader.end_of(at + 1, begun=begun_here)
        more = "".join(_joined(lines[at + 1 : end]))
        put.append(AnswerLine(lines[at], more, unsure, lines[end - 1].text))
        at = end
    return put


def _joined(lines: Sequence[OwnLine]) -> Iterator[str]:
    for line in lines:
        parted = line.width > GOES_ON and not line.starts
        yield " " if parted else "\n\n" if line.starts else "\n"
        yield own_words(line.text)


@dataclass(frozen=True, slots=True)
class _Reader:
    lines: Sequence[OwnLine]
    about: GrammarContext
    printed: frozenset[int]

    def end_of(self, start: int, *, begun: bool) -> tuple[int, QuestionReason | None]:
        """Where the words end that an answer right above has, and why nobody can tell. Where none
        have `begun`, the first ones are no farewell."""
        unsure: QuestionReason | None = None
        for at in range(start, len(self.lines)):
            line, folded = self.lines[at], fold_line(self.lines[at].text)
            if self._begins(at):
                return at, unsure or self._doubt_above(at)
            if at in self.printed or ((begun or at > start) and self._signs(at, folded)):
                return at, unsure or self._doubt_below(at)
            if _takes_all_back(folded):
                return at, "words-end"
            if self._is_of_others(line, folded) or self._is_about_orders(folded):
                return at, "words-end"
            if _RETRACTS.match(folded):
                unsure = "words-end"
        return len(self.lines), unsure

    def _begins(self, at: int) -> bool:
        """Whether a line begins as an order, well or badly."""
        text, about = self.lines[at].text, self.about
        begun = number_begun(text, about.digest) is not None or read_order(text, about) is not None
        return begun or begins_as_order(text, about, in_signature=False) is not None

    def _doubt_above(self, at: int) -> QuestionReason | None:
        """Whether the line may still be words of the answer: it has no number, or is no order and
        nothing ended above it."""
        line, above = self.lines[at], self.lines[at - 1].text.rstrip()
        if number_begun(line.text, self.about.digest) is None:
            found = read_order(line.text, self.about)
            return None if found is not None else "words-end"
        if isinstance(read_order(line.text, self.about), Order):
            return None
        if line.width > GOES_ON and not line.starts and not above.endswith(SENTENCE_ENDS):
            return "line-ends"
        return "words-end" if above.endswith(_NOT_ENDED) else None

    def _signs(self, at: int, folded: str) -> bool:
        line, above = self.lines[at], self.lines[at - 1].text.rstrip()
        if folded.startswith(_GREETINGS):
            return False
        apart = replace(line, starts=line.starts or above.endswith(SENTENCE_ENDS))
        return is_pleasantry(line.text) or ends_what_is_said(apart)

    def _doubt_below(self, start: int) -> QuestionReason | None:
        """Whether somebody goes on to say something below what looks as a signature."""
        if self.lines[start - 1].text.rstrip().endswith(":"):
            return "words-end"
        for at in range(start, len(self.lines)):
            folded = fold_line(self.lines[at].text)
            if at in self.printed:
                continue
            if self._begins(at):
                break
            told = len(folded.split()) >= _FEW_WORDS and _TO_A_PERSON.search(folded)
            if told or (at > start and is_postscript(folded)):
                return "words-end"
        return None

    def _is_of_others(self, line: OwnLine, folded: str) -> bool:
        """Whether it may be quoted, without a mark that says so."""
        quoted = line.doubtful or line.struck or line.behind_quoted
        return quoted or self.about.digest.is_like(folded) or _HEAD.match(folded) is not None

    def _is_about_orders(self, folded: str) -> bool:
        if _SPEAKS_OF_ORDERS.match(folded):
            return True
        said = mentions_an_order(folded) or not _ALSO.isdisjoint(re.findall(r"[\w']+", folded))
        return bool(mentioned_numbers(folded, self.about.digest)) and said


def _takes_all_back(folded: str) -> bool:
    """ "Please ignore the above.": what is outside of the answer and speaks of all of them."""
    if _RETRACTS.match(folded) is None or folded.startswith(("sorry i", "sorry, i")):
        return False
    return len(folded.split()) <= _FEW_WORDS or _ABOUT_THE_REPLY.search(folded) is not None
