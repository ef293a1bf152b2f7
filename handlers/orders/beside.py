"""What the lines beside the orders cast doubt on: "not 1", "ignore that", "accept all the rest"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from config.mail_words import MAIL_WORDS
from config.order_words import NUMBERED_LINE_WORDS, UNSETTLING_WORDS
from handlers.orders.digest_text import DigestText, fold_line
from handlers.orders.grammar import mentioned_numbers, mentions_an_order, number_begun
from handlers.orders.order import OrderQuestion
from handlers.orders.reply_text import OwnLine, is_sign_off
from intake.message.body import is_boilerplate_line

_OWN = re.compile(r"\b(?:i|i'[a-z]+|my|me)\b")
_WEB = re.compile(r"\b(?:https?://|www\.)\S+")
_NUMBERED = re.compile(r"\W{0,3}\d{1,4}(?:[.):]|\s)")
_POSTSCRIPT = re.compile(r"p\.? ?p?\.?s\b")
_NAME = re.compile(r"(?:[^\W\d_][\w.'\u2019-]{0,30} ){1,3}[^\W\d_][\w.'\u2019-]{0,30}")
_RETRACTS = re.compile(
    rf"(?<![\w'])(?:{'|'.join(map(re.escape, UNSETTLING_WORDS.retractions))})(?![\w'])"
)
_ALSO = frozenset({"same", "likewise", "ditto", "too", "also", "well"})


@dataclass(frozen=True, slots=True)
class DoubtCast:
    """A sentence beside the orders. `numbers` are those that it casts doubt on, None for all;
    `asks` says that it is asked about, though every order may be clear."""

    numbers: frozenset[int] | None
    asks: bool


def printed_lines(
    lines: Sequence[OwnLine], orders: frozenset[int], digest: DigestText
) -> frozenset[int]:
    """The lines that an organisation or a gateway prints: by themselves, and with their paragraph
    where there is no order in it, and nothing that begins as an answer."""
    found = set[int]()
    for paragraph in _paragraphs(lines):
        printed = {at for at in paragraph if _is_printed(lines[at].text)}
        own = any(at in orders or _is_own(lines[at].text, digest) for at in paragraph)
        found.update(printed if own or not printed else paragraph)
    return frozenset(found - orders)


def _is_own(text: str, digest: DigestText) -> bool:
    """Whether a line speaks of its writer, or begins with a number of the digest."""
    begun = number_begun(text, digest, in_signature=True)
    return begun is not None or _OWN.search(fold_line(text)) is not None


def signature_start(lines: Sequence[OwnLine], orders: frozenset[int]) -> int:
    """The first line of the signature, or the number of lines."""
    for at, line in enumerate(lines):
        if at in orders:
            continue
        if ends_what_is_said(line, first=at == 0):
            return at
    return len(lines)


def ends_what_is_said(line: OwnLine, *, first: bool = False) -> bool:
    """Whether it is of a signature: a farewell, or a name by itself that is not the first line."""
    folded = fold_line(line.text).strip(" ,.!-")
    named = line.starts and not first and _is_name(line.text, folded)
    return is_sign_off(line.text) or folded in MAIL_WORDS.others.farewells or named


def is_postscript(folded: str) -> bool:
    return _POSTSCRIPT.match(folded) is not None


def doubts(
    lines: Sequence[OwnLine], orders: frozenset[int], digest: DigestText
) -> Iterator[DoubtCast]:
    """Of every line that is no order, in order."""
    printed, signed = printed_lines(lines, orders, digest), signature_start(lines, orders)
    for paragraph in _paragraphs(lines):
        together = not orders.isdisjoint(paragraph)
        for at in paragraph:
            if at in orders:
                continue
            if at >= signed or at in printed:
                cast = _cast_apart(_Sentence.of(lines[at].text, digest))
            else:
                above = together and at + 1 in orders and at + 1 in paragraph
                said = _Sentence.of(lines[at].text, digest)
                cast = _cast(said, above=above, together=together)
            if cast is not None:
                yield cast


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What of a line may unsettle an order."""

    numbers: frozenset[int]
    mentions: bool  # an order's word
    retracts: bool
    asks: bool
    unsettled: bool
    refuses: bool  # and says no more
    named: bool  # all of them, or numbers that are written out
    also: bool
    postscript: bool
    numbered: bool  # it begins with a number: it is about that alone

    @classmethod
    def of(cls, text: str, digest: DigestText) -> Self:
        folded, loose = _WEB.sub("", fold_line(text)), UNSETTLING_WORDS
        words = set(re.findall(r"[\w']+", folded))
        return cls(
            numbers=mentioned_numbers(folded, digest),
            mentions=mentions_an_order(folded),
            retracts=_RETRACTS.search(folded) is not None,
            asks=folded.endswith("?") or "? " in folded,
            unsettled=bool(words & (loose.negations | loose.conditions | loose.examples)),
            refuses=bool(words) and words <= loose.negations,
            named=bool(words & (loose.everything | loose.numbers)),
            also=bool(words & _ALSO),
            postscript=_POSTSCRIPT.match(folded) is not None,
            numbered=_NUMBERED.match(folded) is not None,
        )


def _cast_apart(said: _Sentence) -> DoubtCast | None:
    """In a signature, or in what an organisation prints."""
    if said.postscript:
        return _cast(said, above=False, together=False)
    plain = said.numbers and (said.mentions or said.retracts)
    return DoubtCast(said.numbers, asks=True) if plain else None


def _cast(said: _Sentence, *, above: bool, together: bool) -> DoubtCast | None:
    """`above` says that an order stands right below; `together` that one is in its paragraph."""
    if said.numbers:
        if said.mentions or said.retracts or said.asks or said.also:
            return DoubtCast(said.numbers, asks=True)
        return DoubtCast(said.numbers, asks=False) if said.unsettled else None
    if said.numbered:
        return DoubtCast(frozenset(), asks=True) if said.retracts or said.asks else None
    takes_back = said.retracts or said.refuses or (said.asks and (together or said.mentions))
    if takes_back or (said.unsettled and (said.mentions or above)):
        return DoubtCast(None, asks=True)
    asks = said.asks or (said.mentions and said.named)
    return DoubtCast(frozenset(), asks=True) if asks else None


def beside_questions(cast: DoubtCast, ordered: Collection[int]) -> tuple[OrderQuestion, ...]:
    """One for each number in doubt; of all of them, for each that was `ordered`."""
    doubted = ordered if cast.numbers is None else cast.numbers
    if not doubted:
        return (OrderQuestion(None, "beside"),)
    return tuple(OrderQuestion(number, "beside") for number in sorted(doubted))


def _paragraphs(lines: Sequence[OwnLine]) -> Iterator[range]:
    starts = [at for at, line in enumerate(lines) if line.starts or at == 0]
    for begin, end in pairwise([*starts, len(lines)]):
        yield range(begin, end)


def _is_printed(text: str) -> bool:
    folded = fold_line(text)
    printed = is_boilerplate_line(text) or any(one in folded for one in NUMBERED_LINE_WORDS.printed)
    return printed and not _OWN.search(folded)


def _is_name(text: str, folded: str) -> bool:
    """Whether a line is made of two to four words in capitals, none of which says anything."""
    words = text.strip(" ,.*_").split()
    loose = UNSETTLING_WORDS
    said = loose.negations | loose.conditions | loose.everything | loose.numbers
    if not _NAME.fullmatch(" ".join(words)) or not all(word[0].isupper() for word in words):
        return False
    return (
        not set(folded.split()) & said
        and not mentions_an_order(folded)
        and not _RETRACTS.search(folded)
    )
