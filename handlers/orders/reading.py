"""A whole reply as orders and questions: each form of it read by itself, and all held against one
another. It answers in the confined worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import pairwise

from config.kind import Kinds
from handlers.orders.answer_words import SENTENCE_ENDS, AnswerLine, gather_answers
from handlers.orders.beside import beside_questions, doubts, printed_lines, signature_start
from handlers.orders.digest_text import DigestText, fold_line, parse_digest
from handlers.orders.grammar import (
    GrammarContext,
    begins_anew,
    begins_as_order,
    folded_label,
    kind_names,
    number_begun,
    read_order,
    told_by,
)
from handlers.orders.order import Order, OrderQuestion, Slot
from handlers.orders.quotation import QuotedHead
from handlers.orders.reply_text import OwnLine, OwnText, own_text
from handlers.orders.several import read_several
from intake.message.body import is_boilerplate_line
from intake.message.reply import read_reply_parts
from intake.message.reply_lines import TextPart

_PARTED = 70  # two lines that are orders each were one where it would be longer
_PREFERRED = ("html", "rich", "plain")  # of those that agree: whose lines end where she ended them
MAX_QUESTIONS = 400
_FIRST_WORDS, _MOST_OF_LINE, _MOST_SAID = 4, 60, 300  # of a line that is asked about
_FATAL = frozenset({"hidden-text", "too-long", "parts-differ"})


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """What the worker is asked: against which digest to read, and on what day."""

    digest: str
    today: date
    linked: bool = False  # the mail has the code of a link
    labels: tuple[tuple[int, str, str], ...] = ()  # of each link its number, label and order


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """`orders` are clear each, in the order of their lines; `words` are the lines beside them.
    `answered` are the addresses that a quoted message of one of ours was sent to, by those who sent
    it; `quotes_code` says that the digest's code is quoted."""

    orders: tuple[Order, ...] = ()
    questions: tuple[OrderQuestion, ...] = ()
    words: tuple[str, ...] = ()
    automatic: str = ""
    answered: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    quotes_code: bool = False


@dataclass(slots=True)
class _Part:
    """What one form of the mail says."""

    kind: str
    orders: dict[Slot, Order] = field(default_factory=dict)
    questions: list[OrderQuestion] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    own: str = ""  # all of her lines, folded
    fatal: bool = False  # nothing in the mail is carried out

    def ask(self, *questions: OrderQuestion) -> None:
        self.questions.extend(one for one in questions if one not in self.questions)

    @property
    def numbers(self) -> set[int]:
        return {number for number, _ in self.orders}

    def drop(self, number: int) -> None:
        for slot in [slot for slot in self.orders if slot[0] == number]:
            del self.orders[slot]

    def withdraw(self, number: int, question: OrderQuestion) -> None:
        self.drop(number)
        self.ask(question)


def read_reply(raw: bytes, request: ReplyRequest, kinds: Kinds) -> ReplyReading:
    """What the mail asks for."""
    reply = read_reply_parts(raw)
    digest = parse_digest(request.digest)
    labels = {(number, folded_label(label)): order for number, label, order in request.labels}
    about = GrammarContext(digest, request.today, kind_names(kinds), request.linked, labels)
    texts = [(part, own_text(part, digest)) for part in reply.parts if _says_anything(part)]
    read = [_read_part(part, own, about) for part, own in texts]
    found = _agreed(sorted(read, key=lambda part: _PREFERRED.index(part.kind)))
    if reply.unread:
        found = _Part("", questions=[OrderQuestion(None, "unread")], words=found.words)
    if not found.orders and not found.questions:
        found.ask(OrderQuestion(None, "nothing-said"))
    return ReplyReading(
        orders=tuple(found.orders.values()),
        questions=tuple(found.questions[:MAX_QUESTIONS]),
        words=tuple(found.words),
        automatic=reply.automatic,
        answered=tuple(dict.fromkeys(_answered([own.heads for _, own in texts]))),
        quotes_code=_quotes_code(reply.parts, digest),
    )


def read_orders_task(data: bytes, argument: object, setup: object) -> dict[str, object]:
    """`read_reply` for the worker. Raises TypeError where it is asked for anything else."""
    if not isinstance(argument, ReplyRequest) or not isinstance(setup, Kinds):
        raise TypeError
    return _as_json(read_reply(data, argument, setup))


def _as_json(reading: ReplyReading) -> dict[str, object]:
    told = asdict(reading)
    told["orders"] = [
        {**asdict(order), "day": order.day.isoformat() if order.day else None}
        for order in reading.orders
    ]
    return told


def _says_anything(part: TextPart) -> bool:
    """Whether there is more in it than what an organisation or a gateway prints."""
    return any(
        line.hidden or (line.text.strip() and (line.quoted or not is_boilerplate_line(line.text)))
        for line in part.lines
    )


def _answered(
    found: Sequence[Sequence[QuotedHead]],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for heads in found:
        for head in heads[:10]:
            yield head.sender[:10], head.recipients[:50]


def _quotes_code(parts: Sequence[TextPart], digest: DigestText) -> bool:
    codes = [code.casefold() for code in digest.codes]
    return any(
        code in line.text.casefold() for part in parts for line in part.lines for code in codes
    )


def _read_part(part: TextPart, own: OwnText, about: GrammarContext) -> _Part:
    found = _Part(part.kind, own=" ".join(fold_line(line.text) for line in own.lines))
    if any(line.hidden for line in own.lines):
        found.fatal = True
        found.ask(OrderQuestion(None, "hidden-text"))
    if not own.whole:
        found.fatal = True
        found.ask(OrderQuestion(None, "too-long"))
    gathered = gather_answers(own.lines, about)
    lines = [one.line for one in gathered]
    said = [one.said(about) for one in gathered]
    several = {
        at: found_orders
        for at, one in enumerate(said)
        if not isinstance(one, Order) and (found_orders := read_several(lines[at].text, about))
    }
    orders = frozenset(at for at, one in enumerate(said) if one is not None) | several.keys()
    answers = dict[int, set[Order]]()
    above, telling = "", None
    for at, (whole, one) in enumerate(zip(gathered, said, strict=True)):
        parted = whole.line.width > _PARTED and not whole.line.starts and not about.linked
        apart = above.endswith(SENTENCE_ENDS) or begins_anew(whole.line.text)
        if parted and not apart and isinstance(one, Order) and telling is not None:
            found.withdraw(telling.number, _of_line(_not_ended(telling), whole.line))
        for each in several.get(at, (one,)):
            _take(found, whole.line, each, answers, parted=parted and not apart)
        above = whole.last.rstrip()
        telling = one if isinstance(one, Order) and told_by(whole.line.text, about) else None
    _ask_about_parted(found, gathered, about)
    _read_beside(found, lines, orders, about)
    for text in own.among_quoted:
        if isinstance(order := read_order(text, about), Order):
            found.ask(OrderQuestion(order.number, "in-quotation"))
    quoted = {one.number for one in found.questions if one.why == "in-quotation"}
    for number in {one.number for one in found.questions if one.number is not None} - quoted:
        found.drop(number)
    return found


def _not_ended(order: Order) -> OrderQuestion:
    told = f"{order.word}: {' '.join(order.rest.split())}"
    return OrderQuestion(order.number, "line-ends", told=told)


def _ask_about_parted(found: _Part, lines: Sequence[AnswerLine], about: GrammarContext) -> None:
    """A number that may be the next of an order's words, since no sentence ends above it, casts
    doubt on both."""
    for above, below in pairwise(lines):
        number = number_begun(below.line.text, about.digest)
        if number is not None and above.unsure == "line-ends":
            asked = OrderQuestion(number, "line-ends")
            found.withdraw(number, _of_line(asked, below.line))


def _take(
    found: _Part,
    line: OwnLine,
    said: Order | OrderQuestion | None,
    answers: dict[int, set[Order]],
    *,
    parted: bool,
) -> None:
    """One line that is an order, or a question about one; one that is `parted` may be the end of
    the line above it."""
    if said is None:
        return
    if isinstance(said, OrderQuestion):
        found.ask(_of_line(said, line))
        if said.number is not None:
            found.drop(said.number)
        return
    given = answers.setdefault(said.number, set())
    contradicted = any(one != said and said.contradicts(one) for one in given)
    given.add(said)
    if line.struck:
        found.withdraw(said.number, OrderQuestion(said.number, "crossed-out"))
    elif line.doubtful:
        found.withdraw(said.number, OrderQuestion(said.number, "in-quotation"))
    elif parted:
        found.withdraw(said.number, _of_line(OrderQuestion(said.number, "line-ends"), line))
    elif contradicted:
        found.withdraw(said.number, OrderQuestion(said.number, "two-answers"))
    elif not any(question.number == said.number for question in found.questions):
        found.orders[said.slot] = said
        found.words += [said.aside] if said.aside else []


def _of_line(asked: OrderQuestion, line: OwnLine) -> OrderQuestion:
    """With the words by which she finds the line."""
    words = line.text.split()
    dots = " ..." if len(words) > _FIRST_WORDS else ""
    begins = " ".join(words[:_FIRST_WORDS])[:_MOST_OF_LINE] + dots
    return replace(asked, line=begins, said=" ".join(words)[:_MOST_SAID])


def _read_beside(
    found: _Part, lines: Sequence[OwnLine], orders: frozenset[int], about: GrammarContext
) -> None:
    """The lines that are no orders: what nearly is one, and what casts doubt on those that are."""
    printed, signed = printed_lines(lines, orders, about.digest), signature_start(lines, orders)
    for at, line in enumerate(lines):
        if at in orders:
            continue
        near = begins_as_order(line.text, about, in_signature=at >= signed or at in printed)
        below = at >= signed and at not in printed
        number = number_begun(line.text, about.digest, in_signature=True) if below else None
        if near is None and number is not None and number not in found.numbers:
            near = OrderQuestion(number, "not-an-order")
        if near is not None:
            found.ask(_of_line(near, line))
        elif line.text and at not in printed and (at < signed or number is not None):
            found.words.append(line.text)
    for cast in doubts(lines, orders, about.digest):
        doubted = found.numbers if cast.numbers is None else cast.numbers
        if cast.asks or doubted & found.numbers:
            found.ask(*beside_questions(cast, found.numbers))
        for number in [*doubted]:
            found.drop(number)


def _agreed(parts: Sequence[_Part]) -> _Part:
    """The forms put together: the first one's orders where every other has the same."""
    if not parts:
        return _Part("")
    first, *others = parts
    together = _Part(first.kind, words=first.words)
    for part in parts:
        asked = (one for one in part.questions if one.why != "line-ends" or not others)
        together.ask(*asked)
    numbers = {one.number for one in together.questions}
    fatal = any(part.fatal for part in parts)
    if any(_differ(first, other, numbers) for other in others):
        together.ask(OrderQuestion(None, "parts-differ"))
        fatal = True
    if fatal:
        together.ask(*_of_each(together, parts))
    else:
        kept = (order for order in first.orders.values() if _is_in_all(order, others))
        together.orders = {order.slot: order for order in kept}
    return together


def _of_each(together: _Part, parts: Sequence[_Part]) -> Iterator[OrderQuestion]:
    """Why nothing is done, said of each number that was to be settled."""
    why = next(one.why for one in together.questions if one.why in _FATAL)
    asked = {one.number for one in together.questions}
    for number in sorted({n for part in parts for n in part.numbers} - asked):
        yield OrderQuestion(number, why)


def _is_in_all(order: Order, others: Sequence[_Part]) -> bool:
    return all(order.slot in part.orders or _is_parted(part, order.number) for part in others)


def _differ(first: _Part, other: _Part, asked: set[int | None]) -> bool:
    if first.kind == other.kind:
        return first.orders != other.orders
    for slot in first.orders.keys() | other.orders.keys():
        one, another = first.orders.get(slot), other.orders.get(slot)
        number, _ = slot
        if one is None or another is None:
            if (
                number not in asked
                and not _is_parted(other, number)
                and not _is_parted(first, number)
            ):
                return True
        elif not _are_same(one, another, first, other):
            return True
    return False


def _is_parted(part: _Part, number: int) -> bool:
    return OrderQuestion(number, "line-ends") in part.questions


def _are_same(one: Order, another: Order, first: _Part, other: _Part) -> bool:
    """The same word, and what it needs: of words, also where one form broke their line."""
    if one.word != another.word or one.day != another.day:
        return False
    said, told = fold_line(one.rest), fold_line(another.rest)
    return (
        said == told
        or (said.startswith(told) and said in other.own)
        or (told.startswith(said) and told in first.own and first.kind == "plain")
    )
