"""A whole reply as orders and questions: each form of it read by itself, and all held against one
another. It answers in the confined worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from config.kind import Kinds
from config.order_words import ORDER_GRAMMAR
from handlers.orders.beside import beside_questions, doubts, printed_lines, signature_start
from handlers.orders.digest_text import DigestText, fold_line, parse_digest
from handlers.orders.grammar import GrammarContext, begins_as_order, kind_names, read_order
from handlers.orders.order import Order, OrderQuestion
from handlers.orders.quotation import QuotedHead
from handlers.orders.reply_text import OwnLine, OwnText, own_text
from intake.message.body import is_boilerplate_line
from intake.message.reply import read_reply_parts
from intake.message.reply_lines import TextPart

# A line goes on in the next where that one's first word would have made it longer than the first
# of these; two that are orders each were one line where it is longer than the second.
_GOES_ON, _PARTED = 64, 70
_PREFERRED = ("html", "rich", "plain")  # of those that agree: whose lines end where she ended them
MAX_QUESTIONS = 400
_FIRST_WORDS, _MOST_OF_LINE = 4, 60  # of a line that is asked about


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """What the worker is asked: against which digest to read, and on what day."""

    digest: str
    today: date
    linked: bool = False  # the mail has the code of a link


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
    orders: dict[int, Order] = field(default_factory=dict)
    questions: list[OrderQuestion] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    own: str = ""  # all of her lines, folded
    fatal: bool = False  # nothing in the mail is carried out

    def ask(self, *questions: OrderQuestion) -> None:
        self.questions.extend(one for one in questions if one not in self.questions)

    def withdraw(self, number: int, question: OrderQuestion) -> None:
        self.orders.pop(number, None)
        self.ask(question)


def read_reply(raw: bytes, request: ReplyRequest, kinds: Kinds) -> ReplyReading:
    """What the mail asks for."""
    reply = read_reply_parts(raw)
    digest = parse_digest(request.digest)
    about = GrammarContext(digest, request.today, kind_names(kinds), request.linked)
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
    lines = _put_together(own.lines, about)
    said = [read_order(line.text, about) for line in lines]
    orders = frozenset(at for at, one in enumerate(said) if one is not None)
    answers = dict[int, set[Order]]()
    for at in sorted(orders):
        _take(found, lines, at, said[at], answers)
    _read_beside(found, lines, orders, about)
    for text in own.among_quoted:
        if isinstance(order := read_order(text, about), Order):
            found.ask(OrderQuestion(order.number, "in-quotation"))
    for number in {one.number for one in found.questions if one.number is not None}:
        if number not in {one.number for one in found.questions if one.why == "in-quotation"}:
            found.orders.pop(number, None)
    return found


def _put_together(lines: Sequence[OwnLine], about: GrammarContext) -> list[OwnLine]:
    """The lines, with the words of an order that had no room in one line put behind it."""
    put = list[OwnLine]()
    for line in lines:
        above = read_order(put[-1].text, about) if put else None
        goes_on = isinstance(above, Order) and above.rest and not above.day and not above.place
        if (
            goes_on
            and not line.starts
            and line.width > _GOES_ON
            and not read_order(line.text, about)
        ):
            put[-1] = replace(put[-1], text=f"{put[-1].text} {line.text}")
        else:
            put.append(line)
    return put


def _take(
    found: _Part,
    lines: Sequence[OwnLine],
    at: int,
    said: Order | OrderQuestion | None,
    answers: dict[int, set[Order]],
) -> None:
    """One line that is an order, or a question about one."""
    if said is None:
        return
    line = lines[at]
    if isinstance(said, OrderQuestion):
        found.ask(_of_line(said, line))
        if said.number is not None:
            found.orders.pop(said.number, None)
        return
    given = answers.setdefault(said.number, set())
    given.add(said)
    if line.struck:
        found.withdraw(said.number, OrderQuestion(said.number, "crossed-out"))
    elif line.doubtful:
        found.withdraw(said.number, OrderQuestion(said.number, "in-quotation"))
    elif line.width > _PARTED and not line.starts and said.word not in ORDER_GRAMMAR.linked:
        found.withdraw(said.number, OrderQuestion(said.number, "line-ends"))
    elif len(given) > 1:
        found.withdraw(said.number, OrderQuestion(said.number, "two-answers"))
    elif not any(question.number == said.number for question in found.questions):
        found.orders[said.number] = said


def _of_line(asked: OrderQuestion, line: OwnLine) -> OrderQuestion:
    """With the words by which she finds the line."""
    words = line.text.split()
    dots = " ..." if len(words) > _FIRST_WORDS else ""
    return replace(asked, line=" ".join(words[:_FIRST_WORDS])[:_MOST_OF_LINE] + dots)


def _read_beside(
    found: _Part, lines: Sequence[OwnLine], orders: frozenset[int], about: GrammarContext
) -> None:
    """The lines that are no orders: what nearly is one, and what casts doubt on those that are."""
    printed, signed = printed_lines(lines, orders), signature_start(lines, orders)
    for at, line in enumerate(lines):
        if at in orders:
            continue
        near = begins_as_order(line.text, about, in_signature=at >= signed or at in printed)
        if near is not None:
            found.ask(_of_line(near, line))
        elif line.text and at not in printed and at < signed:
            found.words.append(line.text)
    for cast in doubts(lines, orders, about.digest):
        doubted = found.orders.keys() if cast.numbers is None else cast.numbers
        if cast.asks or doubted & found.orders.keys():
            found.ask(*beside_questions(cast))
        for number in [*doubted]:
            found.orders.pop(number, None)


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
    if not fatal:
        kept = (order for order in first.orders.values() if _is_in_all(order.number, others))
        together.orders = {order.number: order for order in kept}
    return together


def _is_in_all(number: int, others: Sequence[_Part]) -> bool:
    return all(number in part.orders or _is_parted(part, number) for part in others)


def _differ(first: _Part, other: _Part, asked: set[int | None]) -> bool:
    if first.kind == other.kind:
        return first.orders != other.orders
    for number in first.orders.keys() | other.orders.keys():
        one, another = first.orders.get(number), other.orders.get(number)
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
