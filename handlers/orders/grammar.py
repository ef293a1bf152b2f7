"""One line of a reply as an order of the closed grammar, as a question, or as neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from config.kind import Kinds
from config.order_words import NUMBERED_LINE_WORDS, ORDER_GRAMMAR, UNSETTLING_WORDS
from handlers.orders.agreed_days import AgreedDay, agreed_day, day_behind
from handlers.orders.courtesies import without_courtesy, without_opening
from handlers.orders.digest_text import DigestText, fold_line
from handlers.orders.leading_words import JOINED, leading_word, led_word
from handlers.orders.linked import read_linked_order
from handlers.orders.order import Assignment, Order, OrderQuestion, QuestionReason
from handlers.orders.time_answers import read_time_answer
from handlers.values.normalise import fold_text, text_similarity

MAX_LINE_CHARS = 2_000  # no order is longer

_NUMBERED = re.compile(
    r"[(\[#]?(?P<number>[1-9]\d{0,3})(?:[.)\]:]{1,2}\s*|\s+[-\u2013\u2014:]\s+|\s+)(?P<said>\S.*)",
    re.A,
)
_BEGINS = re.compile(r"[^\w+]{0,5}(?P<number>\d{1,20})(?P<after>.*)", re.A | re.S)
_BULLET = re.compile(r"^(?:[-*\u2022\u00b7\u25cf\u25aa\u2013\u2014o]|\uf0b7)\s+(?=\S)")
_SPACES = re.compile(r"[ \t]+|\s{2,}")  # a no-break space by itself is kept in her words
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")
_NO_BREAK = str.maketrans("\u00a0\u2007\u202f", "   ")
_LINK = re.compile(r"\s*<(?:https?:|mailto:)[^<>]{0,500}>")
_TIMED = re.compile(r"\s?(?:[:./-]\s?\d|%|°|\d|(?:st|nd|rd|th)\b)", re.A)
_PLACE = re.compile(
    r"(?P<reference>[A-Za-z][\w/.-]{0,19}\d[\w/.-]{0,19}|[\w/.-]{0,10}\d[\w/.-]{0,19})\s+"
    r"(?P<agency>[A-Za-z][\w&'/-]{0,39})\s+(?P<kind>[A-Za-z][\w '-]{0,59})"
)
_WORDS = sorted(ORDER_GRAMMAR.needs, key=len, reverse=True)
_ANY_WORD = "|".join(map(re.escape, _WORDS))
# Another order in the same line: mail programs lose the ends of lines.
_ANOTHER = re.compile(
    rf"(?:^|[.;,!:]\s*|\band\s+|\bthen\s+)\(?\d{{1,4}}[.):]?\s+(?:{_ANY_WORD})\b|"
    r"\b\d{1,4}[.):]?\s+(?:accept|send back|ask again|assign|more time)\b",
    re.A,
)
_TOLD = "|".join(w for w in _WORDS if ORDER_GRAMMAR.needs[w] in ("words", "questions"))
_TELLS = re.compile(
    rf"[(\[#]?\d{{1,4}}[.)\]:]{{0,2}}\s+(?:[-\u2013\u2014]\s+)?(?:{_TOLD})\s?:",
    re.A | re.I,
)
_TAKEN_BACK = re.compile(rf"(?:{'|'.join(map(re.escape, UNSETTLING_WORDS.retractions))})\b")
_MARKS = re.compile(r"(?<!\d)[:,.;]|[:,.;](?!\d)")
_MORE_TIME = "more time"
_NAMES_A_DAY = re.compile(r"\d")
_ALIKE = 0.7
_SHORT_ANSWER = 3  # words behind a number that the digest has not


@dataclass(frozen=True, slots=True)
class GrammarContext:
    """What a line is read against: the digest, the day, and the returns' names with their kind."""

    digest: DigestText
    today: date
    kinds: Mapping[str, str]
    linked: bool = False  # it came of a link, which may say what no reply may
    labels: Mapping[tuple[int, str], str] = field(default_factory=dict)  # of links, their orders


@dataclass(frozen=True, slots=True)
class _Asked(Exception):
    why: QuestionReason


def kind_names(kinds: Kinds) -> dict[str, str]:
    """Whatever a kind of return may be called in an order, with its id; "" is none said."""
    named = {
        fold_text(name): kind.id
        for kind in kinds.all
        for name in (kind.id, kind.title, kind.short, kind.noun, *kind.titles)
        if name
    }
    return {**named, fold_text(ORDER_GRAMMAR.as_it_reads): ""}


def is_place(words: str, kinds: Kinds) -> bool:
    """Whether an order may call a place so."""
    try:
        return _place(words, kind_names(kinds))[1] == words
    except _Asked:
        return False


def bare_line(text: str) -> str:
    """A line without bullets, emphasis and the addresses of its links; its own letters kept."""
    if len(text) > MAX_LINE_CHARS:
        return text
    text = _SPACES.sub(" ", _LINK.sub("", text)).strip()
    text = _BULLET.sub("", re.sub(r"(?<!\w)[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}(?!\w)", "", text))
    return text.strip()


def read_order(text: str, about: GrammarContext) -> Order | OrderQuestion | None:
    """An order, a question about what nearly is one, or None for a line that is none and does not
    begin as one."""
    line = without_opening(bare_line(text))
    spaced = line.translate(_NO_BREAK)
    found = _NUMBERED.fullmatch(spaced) if len(line) <= MAX_LINE_CHARS else None
    if found:
        linked = _as_linked(int(found["number"]), found["said"].strip(), about)
        if linked is not None:
            return linked
    if found is None:
        return None
    number, (word, tail) = int(found["number"]), led_word(found["said"])
    if number in about.digest.of_time and (
        settled := read_time_answer(number, found["said"], about.kinds)
    ):
        return _fitting(settled, about.digest)
    if agreed := _agreed_to(number, found["said"], word, about):
        return agreed
    if not word:
        return None
    try:
        order = _filled(number, word, tail, about)
    except _Asked as asked:
        return OrderQuestion(number, asked.why)
    if order.rest and spaced.endswith(order.rest):
        order = replace(order, rest=line[-len(order.rest) :])
    return order if about.linked else _fitting(order, about.digest)


def folded_label(label: str) -> str:
    """As what a link is called is typed, with its marks or without."""
    return " ".join(_MARKS.sub(" ", fold_line(label)).split())


def _as_linked(number: int, said: str, about: GrammarContext) -> Order | OrderQuestion | None:
    """What a link writes, or what its label says, typed or not."""
    labelled = about.labels.get((number, folded_label(without_courtesy(said))))
    if labelled is not None and not about.linked:
        return read_order(f"{number} {labelled}", replace(about, linked=True))
    linked = read_linked_order(number, said, about.today, about.kinds)
    if about.linked or linked is None:
        return linked
    if isinstance(linked, Order):
        unsure = linked.word == "seen outside" and _is_doubted(fold_line(linked.rest))
        asked = OrderQuestion(linked.number, "not-an-order")
        return asked if unsure else _fitting(linked, about.digest)
    why = "link-alone" if linked.why in ("person-missing", "not-an-order") else linked.why
    return OrderQuestion(number if number in about.digest.numbers else None, why)


def begins_as_order(
    text: str, about: GrammarContext, *, in_signature: bool
) -> OrderQuestion | None:
    """What is asked about a line that is no order and begins as one. In a signature only what is
    very like an order does."""
    line = without_opening(bare_line(text)[:MAX_LINE_CHARS].translate(_NO_BREAK))
    word, tail = leading_word(line)
    if word:
        alone = read_order(f"1 {line}", about)
        whole = isinstance(alone, Order) or (isinstance(alone, OrderQuestion) and _is_bare(tail))
        return OrderQuestion(None, "no-number") if whole and not in_signature else None
    found = _BEGINS.fullmatch(line)
    if found is None:
        return None
    number = int(found["number"][:9])
    after = fold_line(found["after"]).strip(" .):],;-=#")
    asked = OrderQuestion(number if number in about.digest.numbers else None, "not-an-order")
    if _names_a_word(after):
        return asked
    if in_signature or _is_no_answer(found["number"], found["after"], after):
        return None
    if number not in about.digest.numbers and len(after.split()) > _SHORT_ANSWER:
        return None
    return asked


def own_words(text: str) -> str:
    """A further line of her words, as it is told."""
    return _SPACES.sub(" ", _LINK.sub("", text)).strip()


def told_by(text: str, about: GrammarContext) -> Order | None:
    """What a line begins to tell somebody: everything behind its colon is words of hers, and may
    hold anything. None for a line that tells nothing, or says so in words without a colon that are
    no order."""
    line = without_opening(bare_line(text)).translate(_NO_BREAK)
    found = _NUMBERED.fullmatch(line) if len(line) <= MAX_LINE_CHARS else None
    if found is None:
        return None
    word, tail = led_word(found["said"])
    if ORDER_GRAMMAR.needs.get(word) not in ("words", "questions"):
        return None
    tail = tail.strip()
    joined = JOINED.fullmatch(tail)
    if joined is None and tail != ":" and not isinstance(read_order(text, about), Order):
        return None
    return Order(int(found["number"]), word, joined["words"].strip() if joined else "")


def number_begun(text: str, digest: DigestText, *, in_signature: bool = False) -> int | None:
    """The digest's number that a line begins with; None for none, and for a time, a day or a
    telephone number, and in a signature for an address."""
    line = without_opening(bare_line(text)[:MAX_LINE_CHARS].translate(_NO_BREAK))
    found = _BEGINS.fullmatch(line)
    if found is None or int(found["number"][:9]) not in digest.numbers:
        return None
    after = fold_line(found["after"]).strip(" .):],;-=#")
    is_none = _is_no_answer if in_signature else _is_counted
    return None if is_none(found["number"], found["after"], after) else int(found["number"])


def begins_anew(text: str) -> bool:
    """Whether a line begins with a number, a word that is told something, and a colon: no words of
    another order go on so."""
    return _TELLS.match(bare_line(text)) is not None


def mentioned_numbers(folded: str, digest: DigestText) -> frozenset[int]:
    """The digest's numbers that a sentence names, those of times and days left out."""
    words = re.findall(r"[\w']+|[^\w\s]", folded)
    named = set[int]()
    for at, word in enumerate(words):
        if not (word.isascii() and word.isdigit() and len(word) < 5):
            continue
        after = words[at + 1] if at + 1 < len(words) else ""
        before = words[at - 1] if at else ""
        if after not in NUMBERED_LINE_WORDS.units and before not in ("/", "£", ":"):
            named.add(int(word))
    return frozenset(named & digest.numbers)


def mentions_an_order(folded: str) -> bool:
    """Whether a sentence has a word of orders that is rare in any other."""
    return _MENTIONED.search(folded) is not None


_COMMON = frozenset({"yes", "no", "seen", "file", "details", "send me", "cleared"})
_MENTIONED = re.compile(
    rf"\b(?:{'|'.join(re.escape(word) for word in _WORDS if word not in _COMMON)}"
    r"|accepted|accepting|sent back|sending back|released|cancelled|approved?|reject(?:ed)?)\b"
)


def _agreed_to(
    number: int, said: str, word: str, about: GrammarContext
) -> Order | OrderQuestion | None:
    """More time until a day, of a line that agrees to it without the order's word, about what asks
    for it."""
    if number not in about.digest.of_time or word == _MORE_TIME or not _NAMES_A_DAY.search(said):
        return None
    found = agreed_day(said, about.today, about.kinds)
    return _fitting(_more_time(number, found), about.digest) if found else None


def _more_time(number: int, agreed: AgreedDay) -> Order:
    day = agreed.day
    return Order(
        *(number, _MORE_TIME, day.isoformat(), day),
        kind=agreed.kind,
        aside=agreed.reason,
    )


def _filled(number: int, word: str, tail: str, about: GrammarContext) -> Order:
    """Raises _Asked."""
    need = ORDER_GRAMMAR.needs[word]
    if need in ("words", "questions"):
        return Order(number, word, _words(word, tail))
    if "?" in tail:
        raise _Asked("question-mark")
    if need == "day":
        agreed = day_behind(tail, about.today, about.kinds)
        if isinstance(agreed, str):
            raise _Asked(agreed)
        return _more_time(number, agreed)
    if need == "place":
        place, rest = _place(without_courtesy(tail.lstrip(" :")), about.kinds)
        return Order(number, word, rest, place=place)
    if without_courtesy(tail, word):
        raise _Asked("several-in-a-line" if _ANOTHER.search(fold_line(tail)) else "not-an-order")
    return Order(number, word)


def _fitting(order: Order, digest: DigestText) -> Order | OrderQuestion:
    if order.number not in digest.numbers:
        return OrderQuestion(None, "unknown-number")
    if order.number not in digest.answerable and order.word not in ORDER_GRAMMAR.always:
        return OrderQuestion(order.number, "nothing-to-answer")
    return order


def _words(word: str, tail: str) -> str:
    """The words behind a colon or a dash, which are hers; without either, words in which nothing is
    unsettled."""
    joined = JOINED.fullmatch(tail)
    words = (joined["words"] if joined else tail.removeprefix(",")).strip()
    folded = fold_line(words)
    bare = folded.strip(" .,!?;:[]()<>\u2026\"'")
    untold = not any(map(str.isalnum, bare)) or bare in ORDER_GRAMMAR.placeholders
    if "?" in words and (untold or (not joined and ORDER_GRAMMAR.needs[word] == "words")):
        raise _Asked("question-mark")
    if untold or bare in ORDER_GRAMMAR.courtesies:
        raise _Asked("words-missing")
    if _ANOTHER.search(folded):
        raise _Asked("several-in-a-line")
    if word != "answer" and _TAKEN_BACK.match(folded):
        raise _Asked("taken-back")
    apart = tail[:1].strip(" ,\u00a0")
    if not joined and (apart or _is_unsettled(folded)):
        raise _Asked("not-an-order")
    return words


def _is_unsettled(folded: str) -> bool:
    doubt = _is_doubted(folded) or "?" in folded or any(map(str.isdigit, folded))
    return doubt or any(re.search(rf"\b{word}\b", folded) for word in _WORDS)


def _is_doubted(folded: str) -> bool:
    loose = UNSETTLING_WORDS
    unsure = loose.negations | loose.conditions | loose.everything
    return not unsure.isdisjoint(re.findall(r"[\w']+", folded))


def _place(said: str, kinds: Mapping[str, str]) -> tuple[Assignment, str]:
    """Raises _Asked."""
    found = _PLACE.fullmatch(" ".join(said.split()))
    kind = kinds.get(fold_text(found["kind"])) if found else None
    if found is None or kind is None or _is_doubted(fold_line(found["agency"])):
        raise _Asked("place-missing")
    return Assignment(found["reference"], found["agency"], kind), found[0]


def _is_bare(tail: str) -> bool:
    """An order's word alone, or with what begins as what it needs."""
    tail = tail.strip()
    return not tail or tail[0] in ":-\u2013\u2014?" or fold_line(tail) in ORDER_GRAMMAR.courtesies


def _names_a_word(after: str) -> bool:
    """Whether a line goes on with one of the words, well or badly spelt."""
    first, _, second = after.replace("-", " ").partition(" ")
    second = second.partition(" ")[0]
    if _ANOTHER.search(after) or leading_word(after)[0]:
        return True
    return any(
        text_similarity(said, word) >= _ALIKE
        for word in _WORDS
        for said in (first, f"{first} {second}", second if first in ("and", "to") else "")
        if len(said) >= 3
        and abs(len(said) - len(word)) <= 3
        and said not in NUMBERED_LINE_WORDS.units
    )


def _is_counted(digits: str, after: str, folded: str) -> bool:
    """Whether a number that a line begins with is of a telephone, a time or a day."""
    first = folded.partition(" ")[0].strip(".,")
    if len(digits) > 3 or (digits.startswith("0") and len(digits) > 1):
        return True
    counts = _TIMED.match(after) is not None or first in NUMBERED_LINE_WORDS.units
    return counts and not _MENTIONED.search(folded)


def _is_no_answer(digits: str, after: str, folded: str) -> bool:
    """Whether a line that begins with a number is a telephone number, time, day or address."""
    if _is_counted(digits, after, folded):
        return True
    words = [word.strip(".,;") for word in folded.split()[:6]]
    street = any(word in NUMBERED_LINE_WORDS.streets for word in words[1:])
    return street and after.strip(" ,.")[:1].isupper()
