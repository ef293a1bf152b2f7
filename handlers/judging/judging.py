"""Judging one document: bytes in, one Judgement for each return inside it out.

Does: sniffs the format, streams the document once past every judge, recognises what it is, and
lets each kind's judge speak.
Trusts: nothing in the document. Runs in the confined worker; pure: no clock, no network, no
database.
Never touches: the register.
Known limits: Word, PDF, pictures and .xlsx; other formats come to the outcome that
`handlers/judging/arrival.py` gives them. What no table claims is kept in memory, up to MOST_BLOCKS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from config.kind import Kind, Kinds
from config.kind_shape import FormShape, ReportShape, Shape, TableShape
from handlers.checks.form.judge import judge_form
from handlers.checks.recognition.recognition import Part, Recognition, recognise
from handlers.checks.report.judge import judge_report
from handlers.checks.table.judge import TableJudge
from handlers.checks.table.table_claims import Claims, tell_beside, tells_of_days
from handlers.context import Context
from handlers.document import PROPERTY, Block, Paragraph, Reading, Row, Traits, in_form
from handlers.fields.versions import digest_of
from handlers.findings import Judgement
from handlers.judging import arrival, document_checks
from handlers.judging.active_content import dangers_in
from handlers.judging.arrival import Question
from handlers.judging.document_checks import Copy, said_to_be, short_of_headings, told_of_another
from handlers.readers.pdf import ocr
from handlers.readers.pdf.ocr import open_picture
from handlers.readers.pdf.pdf import open_pdf
from handlers.readers.pdf.pdf_file import AdobeForm, NoReader
from handlers.readers.signatures import check
from handlers.readers.signatures.check import note_signatures
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import Damaged, Dangerous, LegacyWord, Protected, Refusal, TooBig
from handlers.readers.workbook import NotAWorkbook, open_workbook
from intake.message.file_type import sniff

MOST_BLOCKS = 50_000

PartJudge = Callable[[Sequence[Block], Traits, Kind, Context], Judgement]

# Which reader opens which format, and which judge speaks for which shape.
READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "docx": open_word,
    "docm": open_word,
    "pdf": open_pdf,
    "xlsx": open_workbook,
    "jpeg": open_picture,
    "png": open_picture,
    "tiff": open_picture,
    document_checks.FORMAT: document_checks.Letter,
}
JUDGES: Mapping[type[Shape], PartJudge] = {ReportShape: judge_report, FormShape: judge_form}

# What a file that cannot be read comes to, as a rule of config/arrivals.toml.
COMES_TO: Mapping[type[Refusal], str] = {
    Protected: "protected",
    TooBig: "too-much",
    Damaged: "unreadable",
    NoReader: "no-ocr",
    AdobeForm: "adobe-form",
    NotAWorkbook: "format-not-read",
}


def judge_document(data: bytes, question: Question, kinds: Kinds) -> tuple[Judgement, ...]:
    """Every return in the document and what it came to; never empty. Never raises for a
    document's sake: what cannot be read is a judgement too."""
    assumed = kinds.get(question.context.assume)
    format = question.format or sniff(data)
    kinds = (
        document_checks.small(kinds)
        if format == document_checks.FORMAT and assumed is None
        else kinds
    )
    if dangers := dangers_in(data, format, question.ending):
        return arrival.judged_dangerous(dangers, assumed)
    reader = READERS.get(format)
    if reader is None or arrival.no_table(format, assumed):
        return arrival.unopened(format, assumed)
    try:
        reading = reader(data)
        reading.traits.board = question.board
        note_signatures(data, format, question.trust, reading.traits)
        found = _Streamed(reading, kinds, question.context).judgements(assumed)
    except Dangerous as why:
        return arrival.judged_dangerous(why.words, assumed)
    except LegacyWord:
        return arrival.unopened("doc", assumed)
    except Refusal as why:
        return arrival.judged(COMES_TO[type(why)], assumed, format=arrival.FORMATS.get(format, ""))
    return Copy(format, question.ending, reading.traits.made_out).judged(found, kinds)


def judge_task(data: bytes, argument: Question, setup: Kinds) -> Any:
    """`judge_document` as the worker calls it: a list that JSON can carry."""
    return [as_json(judgement) for judgement in judge_document(data, argument, setup)]


def sniff_task(data: bytes, argument: object, setup: object) -> str:
    """What a file is, for whoever may not open it: one word of `intake/message/file_type.py`."""
    return sniff(data)


def warm() -> None:
    """Load what reading pictures and checking signatures needs, while files can still be opened."""
    ocr.warm()
    check.warm()


class _Streamed:
    """One document on its way past the judges."""

    def __init__(self, reading: Reading, kinds: Kinds, context: Context) -> None:
        self._reading = reading
        self._kinds = kinds
        self._context = context
        tables = (kind for kind in kinds.all if isinstance(kind.shape, TableShape))
        self._tables = Claims(tables, context, reading.traits)

    def judgements(self, assumed: Kind | None) -> tuple[Judgement, ...]:
        """What the document came to. With dangers in it, that and nothing else."""
        blocks = self._blocks()
        traits = self._reading.traits
        found = self._recognised(blocks, assumed, besides=self._tables.heard)
        said = [told for table in self._tables.judges for told in self._listed(table, assumed)]
        said += [self._judged(part) for part in found.parts]
        if assumed is not None:
            said = [judgement for judgement in said if judgement.kind == assumed.id]
        if not said and not any(map(_shows, blocks)):
            told = arrival.judged("empty", assumed)
        else:
            told = self._short(blocks, found) if not said else ()
            near = found.nearest if said else self._nearest(blocks, found)
            told = told or (*said, *_unsure(near, besides=bool(said)))
        if not isinstance(self._reading, document_checks.Letter):
            told = told_of_another(told, blocks, traits.margins, self._context.case)
        if traits.dangers:
            return arrival.held_for(traits.dangers, told)
        return tuple(_issued(judgement, traits) for judgement in told)

    def _short(self, blocks: Sequence[Block], found: Recognition) -> tuple[Judgement, ...]:
        """A table that is a chronology's by what the document says, and has few of its headings."""
        if found.parts or (found.nearest and isinstance(found.nearest.shape, ReportShape)):
            return ()
        return short_of_headings(blocks, self._reading.traits, self._kinds.all, self._context)

    def _nearest(self, blocks: Sequence[Block], found: Recognition) -> Kind | None:
        """What the document says it is, if it is a table, and else what it is most like."""
        said = said_to_be(blocks, self._reading.traits, self._kinds.all, self._context)
        tabled = any(isinstance(block, Row) for block in blocks)
        return said[0] if said and tabled else found.nearest

    def _listed(self, table: TableJudge, assumed: Kind | None) -> tuple[Judgement, ...]:
        """What its tables came to. Another list of days and times is not sent back as this kind."""
        said = table.close(self._reading.traits)
        if said is None:
            return ()
        if table.sure or assumed is not None:
            return (said,)
        return arrival.not_recognised(self._kinds[said.kind or ""])

    def _blocks(self) -> list[Block]:
        """All that no table claims."""
        kept: list[Block] = []
        for block in self._reading.blocks():
            if not self._tables.hear(block):
                kept.append(block)
                if len(kept) > MOST_BLOCKS:
                    raise TooBig
        return kept

    def _recognised(
        self, blocks: Sequence[Block], assumed: Kind | None, *, besides: bool
    ) -> Recognition:
        """What the blocks are. When a kind is assumed, its part of them, or else all of them. What
        is part of no other return stands beside the tables."""
        found = recognise(blocks, self._kinds.all, besides=besides)
        if not found.parts:
            tell_beside(blocks, self._tables)
        if assumed is None:
            return self._most_like(found, blocks, besides=besides)
        if isinstance(assumed.shape, TableShape):
            return Recognition((), None if besides else assumed)
        own = tuple(part for part in found.parts if part.kind.id == assumed.id)
        return Recognition(own or (Part(assumed, 1.0, tuple(blocks)),))

    def _most_like(
        self, found: Recognition, blocks: Sequence[Block], *, besides: bool
    ) -> Recognition:
        """What a document of dated paragraphs, or of a small table for each day, is most like."""
        if found.parts or besides or not tells_of_days(blocks):
            return found
        tables = (kind for kind in self._kinds.all if isinstance(kind.shape, TableShape))
        return Recognition((), next(tables, found.nearest))

    def _judged(self, part: Part) -> Judgement:
        judge = JUDGES[type(part.kind.shape)]
        said = judge(part.blocks, self._reading.traits, part.kind, self._context)
        made_out = self._reading.traits.made_out
        digests = () if made_out else (digest_of(part.blocks),)
        clues = replace(said.clues, digests=digests)
        return replace(said, confidence=part.confidence, clues=clues)


def _issued(judgement: Judgement, traits: Traits) -> Judgement:
    """With the stamp of the template that the document was written in, if it has one."""
    stamp = traits.properties.get(PROPERTY, "")
    if not in_form(stamp):
        return judgement
    return replace(judgement, clues=replace(judgement.clues, issued=stamp))


def _shows(block: Block) -> bool:
    """Whether there is anything on it for a person to see."""
    match block:
        case Paragraph():
            return bool(block.text.strip() or block.ticks or block.picture)
        case Row():
            return not block.blank
        case _:
            return False


def _unsure(nearest: Kind | None, *, besides: bool) -> tuple[Judgement, ...]:
    """What a person is asked: what the document is, or what else is in it."""
    if not besides:
        return arrival.not_recognised(nearest)
    return arrival.judged("perhaps-besides", nearest=nearest.noun) if nearest else ()


def as_json(judgement: Judgement) -> dict[str, Any]:
    """The judgement as plain JSON values; `handlers/judging/in_sandbox.py` reads it back."""
    plain = asdict(judgement)
    dated = judgement.clues.dated
    plain["clues"]["dated"] = dated.isoformat() if dated else None
    return plain
