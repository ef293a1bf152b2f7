"""Checks of a document as a whole: its format, the review it names, a chronology without its
headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from config.calendar import in_words
from config.document_words import BESIDE
from config.kind import Kind, Kinds
from config.kind_shape import TableShape
from handlers.checks.table.judge import TableJudge
from handlers.checks.table.summary import ABOUT_HEADINGS
from handlers.checks.table.table_claims import Claims, tell_beside
from handlers.context import CaseFacts, Context
from handlers.document import Block, Paragraph, Row, Traits, kind_of
from handlers.findings import Judgement
from handlers.judging import arrival
from handlers.values.case_reference import names, of_another_review
from handlers.values.normalise import fold
from intake.message.body import written
from intake.message.message import Message

FORMAT = "letter"  # no word of SNIFFED: no file can claim to be one
LONGEST = 20_000  # characters


def letter_of(message: Message, day: date) -> bytes:
    """The message's own words as a letter of its day; b"" where there are none."""
    text = written(message.body_text)[:LONGEST].strip()
    return f"Sent: {in_words(day)}\n{text}".encode() if text else b""


def own_letter_of(message: Message, day: date) -> bytes:
    """The same without a signature and the banners of a house."""
    text = message.own_words[:LONGEST].strip()
    return f"Sent: {in_words(day)}\n{text}".encode() if text else b""


class Letter:
    """A letter as a reading."""

    def __init__(self, data: bytes) -> None:
        self.traits = Traits()
        self._lines = data.decode("utf-8", "replace").splitlines()

    def blocks(self) -> Iterator[Block]:
        yield from (Paragraph(line.strip()) for line in self._lines if line.strip())


def small(kinds: Kinds) -> Kinds:
    """The kinds that may come as a letter."""
    return Kinds(tuple(kind for kind in kinds.all if kind.signs))


# The endings a file of each format goes by, where it is not its own name; "" is no ending at all.
ENDINGS: Mapping[str, frozenset[str]] = {
    "docx": frozenset({"", "docx", "docm", "dotx", "dotm"}),
    "docm": frozenset({"", "docx", "docm", "dotx", "dotm"}),
    "pdf": frozenset({"", "pdf"}),
    "xlsx": frozenset({"", "xlsx", "xlsm", "xltx", "xltm"}),
    "jpeg": frozenset({"", "jpg", "jpeg"}),
    "png": frozenset({"", "png"}),
    "tiff": frozenset({"", "tif", "tiff"}),
}


def _in_a_message(judgement: Judgement, kinds: Kinds) -> Judgement:
    """A question first: what somebody types into a message settles nothing by itself."""
    if judgement.kind is None or judgement.verdict == "hold":
        return judgement
    kind = kinds.get(judgement.kind)
    settles = kind is not None and kind.settles_pack
    return arrival.noted(judgement, "in-a-message") if settles else judgement


@dataclass(frozen=True, slots=True)
class Copy:
    """`ending` is that of the file's name; `made_out` as in `handlers.document.Traits`."""

    format: str
    ending: str
    made_out: bool

    def judged(self, said: tuple[Judgement, ...], kinds: Kinds) -> tuple[Judgement, ...]:
        """The judgements of what is in it, with what is to be said of the copy."""
        if self.format == FORMAT:
            return tuple(_in_a_message(judgement, kinds) for judgement in said)
        said = tuple(self._weighed(judgement, kinds) for judgement in said)
        if self.ending in ENDINGS[self.format]:
            return said
        return arrival.advised(said, arrival.finding("wrong-ending"))

    def _weighed(self, judgement: Judgement, kinds: Kinds) -> Judgement:
        kind = kinds.get(judgement.kind)
        if kind is None or judgement.verdict == "hold":
            return judgement
        if ENDINGS[self.format].isdisjoint(kind.file_types):
            name = arrival.FORMATS[self.format]
            if isinstance(kind.shape, TableShape):
                only = arrival.finding("chronology-format", format=name)
                return replace(judgement, findings=(only,), passed=())
            judgement = arrival.noted(judgement, "not-in-word", format=name)
        return arrival.noted(judgement, "made-out") if self.made_out else judgement


FIRST = 20  # lines with words in them
LONGEST_OTHER_REVIEW = 300  # characters; a longer line is no heading


def told_of_another(
    judgements: Iterable[Judgement],
    blocks: Iterable[Block],
    margins: Sequence[str],
    case: CaseFacts | None,
) -> tuple[Judgement, ...]:
    """The judgements, each that knows no identifier of its own with the other review's."""
    said = tuple(judgements)
    other = _other(blocks, margins, case) if case is not None else ""
    if not other:
        return said
    return tuple(_with(judgement, other) for judgement in said)


def _with(judgement: Judgement, other: str) -> Judgement:
    if judgement.clues.child_identifier:
        return judgement
    return replace(judgement, clues=replace(judgement.clues, child_identifier=other))


def _other(blocks: Iterable[Block], margins: Sequence[str], case: CaseFacts) -> str:
    shown = "\n".join([*islice(_lines(blocks), FIRST), *margins[:FIRST]])
    own = (case.reference, case.child_identifier)
    if any(word and names(shown, word) for word in own):
        return ""
    return of_another_review(shown, case)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph) and 0 < len(block.text.strip()) <= LONGEST_OTHER_REVIEW:
            yield block.text
        elif isinstance(block, Row):
            yield " ".join(cell.text[:LONGEST_OTHER_REVIEW] for cell in block.cells)


AT_THE_TOP = 6  # lines with words in them, of which one may be the title
TITLE_WORDS = 14
LONGEST_SHORT_OF_HEADINGS = 200  # characters of a line
_SENTENCE = (".", ",", ";", "?", "!")
_BEFORE = frozenset(fold(" ".join(BESIDE.title_words)).split())


def short_of_headings(
    blocks: Sequence[Block], traits: Traits, kinds: Iterable[Kind], context: Context
) -> tuple[Judgement, ...]:
    """The judgement of such a table: sent back for its headings. Nothing where there is none."""
    claims = Claims(said_to_be(blocks, traits, kinds, context), context, traits, few=True)
    tell_beside([block for block in blocks if not claims.hear(block)], claims)
    told = ((judge, judge.close(traits)) for judge in claims.judges)
    return tuple(said for judge, said in told if said is not None and _stands(judge, said))


def said_to_be(
    blocks: Sequence[Block], traits: Traits, kinds: Iterable[Kind], context: Context
) -> tuple[Kind, ...]:
    """The kinds of table that a document says it is."""
    return tuple(kind for kind in kinds if _says(kind, blocks, traits, context))


def _stands(judge: TableJudge, said: Judgement) -> bool:
    """Whether its entries bear it out, and it is sent back: never accepted for so few headings."""
    told = any(finding.rule in ABOUT_HEADINGS for finding in said.findings)
    return judge.tells_of_days and told and said.verdict == "reject"


def _says(kind: Kind, blocks: Sequence[Block], traits: Traits, context: Context) -> bool:
    if not isinstance(kind.shape, TableShape):
        return False
    if context.assume is not None:
        return kind.id == context.assume
    if stamped := kind_of(traits.properties):
        return kind.id == stamped
    names = [fold(name).split() for name in {kind.noun, kind.title, *kind.titles}]
    return any(_is_title(line, name) for line in _top(blocks, traits) for name in names)


def _top(blocks: Sequence[Block], traits: Traits) -> Iterator[str]:
    """The first lines, as far as the first table of several columns, and those of the margins."""
    lines: list[str] = []
    for block in blocks:
        if len(lines) >= AT_THE_TOP or (isinstance(block, Row) and len(block.cells) > 1):
            break
        if isinstance(block, Paragraph | Row):
            lines += [line for line in block.text.split("\n") if line.strip()]
    yield from (
        line
        for line in (*lines[:AT_THE_TOP], *traits.margins)
        if len(line) <= LONGEST_SHORT_OF_HEADINGS
    )


def _is_title(line: str, name: Sequence[str]) -> bool:
    """ "Internal Agency Chronology: Meadow Lane Surgery", not "The chronology is attached."."""
    words = fold(line).split()
    if not name or len(words) > TITLE_WORDS or line.rstrip().endswith(_SENTENCE):
        return False
    while words and words[: len(name)] != list(name) and words[0] in _BEFORE:
        words = words[1:]
    return words[: len(name)] == list(name)
