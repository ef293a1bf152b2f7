"""Checks of a document as a whole: its format, the review it names, a chronology without its
headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from config.calendar import date_in_words
from config.kind import Kind, Kinds
from config.kind_shape import TableShape
from config.side_table_words import SIDE_TABLE_WORDS
from handlers.checks.table.judge import TableJudge
from handlers.checks.table.summary import HEADING_RULES
from handlers.checks.table.table_claims import TableClaims, judge_outside_tables
from handlers.context import CaseFacts, Context
from handlers.document import Block, Paragraph, Row, Traits, kind_of_stamp
from handlers.findings import PAGE_MARGIN, TOP_OF_DOCUMENT, Judgement
from handlers.judging import arrival
from handlers.values.case_reference import find_other_review, names_reference
from handlers.values.normalise import fold_text
from intake.message.body import sender_written_text
from intake.message.message import Message

LETTER_FORMAT = "letter"  # no word of SNIFFED: no file can claim to be one
MAX_LETTER_CHARS = 20_000  # characters


def letter_of_message(message: Message, day: date) -> bytes:
    """The message's own words as a letter of its day; b"" where there are none."""
    text = sender_written_text(message.body_text)[:MAX_LETTER_CHARS].strip()
    return f"Sent: {date_in_words(day)}\n{text}".encode() if text else b""


def own_words_letter(message: Message, day: date) -> bytes:
    """The same without a signature and the banners of an organisation."""
    text = message.own_words[:MAX_LETTER_CHARS].strip()
    return f"Sent: {date_in_words(day)}\n{text}".encode() if text else b""


class LetterReading:
    """A letter as a reading."""

    def __init__(self, data: bytes) -> None:
        self.traits = Traits()
        self._lines = data.decode("utf-8", "replace").splitlines()

    def iter_blocks(self) -> Iterator[Block]:
        yield from (Paragraph(line.strip()) for line in self._lines if line.strip())


def kinds_sent_as_letter(kinds: Kinds) -> Kinds:
    """The kinds that may come as a letter."""
    return Kinds(tuple(kind for kind in kinds.all if kind.signs))


# The endings a file of each format goes by, where it is not its own name; "" is no ending at all.
FORMAT_ENDINGS: Mapping[str, frozenset[str]] = {
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
    return arrival.with_copy_finding(judgement, "in-a-message") if settles else judgement


@dataclass(frozen=True, slots=True)
class DocumentCopy:
    """`ending` is that of the file's name; `made_out` as in `handlers.document.Traits`."""

    format: str
    ending: str
    made_out: bool

    def with_copy_findings(
        self, said: tuple[Judgement, ...], kinds: Kinds
    ) -> tuple[Judgement, ...]:
        """The judgements of what is in it, with what is to be said of the copy."""
        if self.format == LETTER_FORMAT:
            return tuple(_in_a_message(judgement, kinds) for judgement in said)
        said = tuple(self._weighed(judgement, kinds) for judgement in said)
        if self.ending in FORMAT_ENDINGS[self.format]:
            return said
        return arrival.with_advice(said, arrival.file_finding("wrong-ending"))

    def _weighed(self, judgement: Judgement, kinds: Kinds) -> Judgement:
        kind = kinds.get(judgement.kind)
        if kind is None or judgement.verdict == "hold":
            return judgement
        if FORMAT_ENDINGS[self.format].isdisjoint(kind.file_types):
            name = arrival.FORMAT_PHRASES[self.format]
            if isinstance(kind.shape, TableShape):
                only = arrival.file_finding("chronology-format", format=name)
                return replace(judgement, findings=(only,), passed=())
            judgement = arrival.with_copy_finding(judgement, "not-in-word", format=name)
        return arrival.with_copy_finding(judgement, "made-out") if self.made_out else judgement


FIRST_LINES = 20  # lines with words in them
MAX_HEADING_CHARS = 300  # characters; a longer line is no heading


def with_other_review(
    judgements: Iterable[Judgement],
    blocks: Iterable[Block],
    margins: Sequence[str],
    case: CaseFacts | None,
) -> tuple[Judgement, ...]:
    """The judgements, each that knows no identifier of its own with the other review's."""
    said = tuple(judgements)
    other, place = _other(blocks, margins, case) if case is not None else ("", "")
    if not other:
        return said
    return tuple(_with(judgement, other, place) for judgement in said)


def _with(judgement: Judgement, other: str, place: str) -> Judgement:
    clues = judgement.clues
    if clues.child_identifier:
        return judgement
    return replace(judgement, clues=replace(clues, child_identifier=other, identifier_place=place))


def _other(blocks: Iterable[Block], margins: Sequence[str], case: CaseFacts) -> tuple[str, str]:
    """Another review's identifier and where it stands; ("", "") for none."""
    above, printed = (
        "\n".join(islice(_lines(blocks), FIRST_LINES)),
        "\n".join(margins[:FIRST_LINES]),
    )
    own = (case.reference, case.child_identifier)
    if any(word and names_reference(f"{above}\n{printed}", word) for word in own):
        return "", ""
    if found := find_other_review(above, case):
        return found, TOP_OF_DOCUMENT
    found = find_other_review(printed, case)
    return found, PAGE_MARGIN if found else ""


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph) and 0 < len(block.text.strip()) <= MAX_HEADING_CHARS:
            yield block.text
        elif isinstance(block, Row):
            yield " ".join(cell.text[:MAX_HEADING_CHARS] for cell in block.cells)


TITLE_LINES = 6  # lines with words in them, of which one may be the title
MAX_TITLE_WORDS = 14
MAX_TITLE_CHARS = 200  # characters of a line
_SENTENCE = (".", ",", ";", "?", "!")
_BEFORE = frozenset(fold_text(" ".join(SIDE_TABLE_WORDS.title_words)).split())


def judge_missing_headings(
    blocks: Sequence[Block], traits: Traits, kinds: Iterable[Kind], context: Context
) -> tuple[Judgement, ...]:
    """The judgement of such a table: sent back for its headings. Nothing where there is none."""
    claims = TableClaims(
        kinds_named_in_title(blocks, traits, kinds, context), context, traits, few=True
    )
    judge_outside_tables([block for block in blocks if not claims.claim_block(block)], claims)
    told = ((judge, judge.finish_judgement(traits)) for judge in claims.judges)
    return tuple(said for judge, said in told if said is not None and _stands(judge, said))


def kinds_named_in_title(
    blocks: Sequence[Block], traits: Traits, kinds: Iterable[Kind], context: Context
) -> tuple[Kind, ...]:
    """The kinds of table that a document says it is."""
    return tuple(kind for kind in kinds if _says(kind, blocks, traits, context))


def _stands(judge: TableJudge, said: Judgement) -> bool:
    """Whether its entries bear it out, and it is sent back: never accepted for so few headings."""
    told = any(finding.rule in HEADING_RULES for finding in said.findings)
    return judge.has_dated_entry and told and said.verdict == "reject"


def _says(kind: Kind, blocks: Sequence[Block], traits: Traits, context: Context) -> bool:
    if not isinstance(kind.shape, TableShape):
        return False
    if context.assume is not None:
        return kind.id == context.assume
    if stamped := kind_of_stamp(traits.properties):
        return kind.id == stamped
    names = [fold_text(name).split() for name in {kind.noun, kind.title, *kind.titles}]
    return any(_is_title(line, name) for line in _top(blocks, traits) for name in names)


def _top(blocks: Sequence[Block], traits: Traits) -> Iterator[str]:
    """The first lines, as far as the first table of several columns, and those of the margins."""
    lines: list[str] = []
    for block in blocks:
        if len(lines) >= TITLE_LINES or (isinstance(block, Row) and len(block.cells) > 1):
            break
        if isinstance(block, Paragraph | Row):
            lines += [line for line in block.text.split("\n") if line.strip()]
    yield from (
        line for line in (*lines[:TITLE_LINES], *traits.margins) if len(line) <= MAX_TITLE_CHARS
    )


def _is_title(line: str, name: Sequence[str]) -> bool:
    """ "Internal Agency Chronology: Meadow Lane Surgery", not "The chronology is attached."."""
    words = fold_text(line).split()
    if not name or len(words) > MAX_TITLE_WORDS or line.rstrip().endswith(_SENTENCE):
        return False
    while words and words[: len(name)] != list(name) and words[0] in _BEFORE:
        words = words[1:]
    return words[: len(name)] == list(name)
