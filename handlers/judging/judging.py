"""Judges one document in the confined worker, with one judgement for each return inside it.

No clock, network or database here. What no table claims is kept in memory, up to MAX_BLOCKS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from itertools import islice
from typing import Any

from config.kind import Kind, Kinds
from config.kind_shape import FormShape, ReportShape, Shape, TableShape
from handlers.checks.form.judge import judge_form
from handlers.checks.recognition.recognition import RecognisedPart, Recognition, recognise_returns
from handlers.checks.report.judge import judge_report
from handlers.checks.table.judge import TableJudge
from handlers.checks.table.table_claims import TableClaims, has_dated_pieces, judge_outside_tables
from handlers.context import Context
from handlers.document import (
    STAMP_PROPERTY,
    Block,
    DocumentReading,
    Paragraph,
    Row,
    Traits,
    is_stamp_text,
)
from handlers.fields.versions import digest_blocks
from handlers.findings import Clues, Judgement
from handlers.judging import arrival, document_checks
from handlers.judging.active_content import find_active_content
from handlers.judging.arrival import JudgingRequest
from handlers.judging.document_checks import (
    DocumentCopy,
    judge_missing_headings,
    kinds_named_in_title,
    with_other_review,
)
from handlers.judging.nearest import as_if_nearest
from handlers.judging.specimens import SPECIMEN_CONTEXT, SPECIMEN_LETTERS, SpecimenReading
from handlers.readers.pdf import ocr
from handlers.readers.pdf.ocr import open_picture
from handlers.readers.pdf.pdf import open_pdf
from handlers.readers.pdf.pdf_file import AdobeOnlyForm, OcrNotInstalled
from handlers.readers.signatures import check
from handlers.readers.signatures.check import note_signatures
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import (
    DamagedFile,
    DangerousFile,
    FileTooBig,
    LegacyWordFile,
    ProtectedFile,
    UnreadableFile,
)
from handlers.readers.workbook import NotAWorkbook, open_workbook
from intake.message.file_type import sniff_format

MAX_BLOCKS = 50_000
# Blocks that are read before they are judged: what reads and what judges are each too much code to
# take turns at every row, which took a tenth longer.
BLOCKS_AT_ONCE = 64

PartJudge = Callable[[Sequence[Block], Traits, Kind, Context], Judgement]

# Which reader opens which format, and which judge speaks for which shape.
READERS_BY_FORMAT: Mapping[str, Callable[[bytes], DocumentReading]] = {
    "docx": open_word,
    "docm": open_word,
    "pdf": open_pdf,
    "xlsx": open_workbook,
    "jpeg": open_picture,
    "png": open_picture,
    "tiff": open_picture,
    document_checks.LETTER_FORMAT: document_checks.LetterReading,
}
JUDGES_BY_SHAPE: Mapping[type[Shape], PartJudge] = {
    ReportShape: judge_report,
    FormShape: judge_form,
}

# What a file that cannot be read comes to, as a rule of config/arrivals.toml.
REFUSAL_RULES: Mapping[type[UnreadableFile], str] = {
    ProtectedFile: "protected",
    FileTooBig: "too-much",
    DamagedFile: "unreadable",
    OcrNotInstalled: "no-ocr",
    AdobeOnlyForm: "adobe-form",
    NotAWorkbook: "format-not-read",
}


def judge_document(data: bytes, request: JudgingRequest, kinds: Kinds) -> tuple[Judgement, ...]:
    """Every return in the document and what it came to; never empty. Never raises for a
    document's sake: what cannot be read is a judgement too."""
    assumed = kinds.get(request.context.assume)
    format = request.format or sniff_format(data)
    kinds = (
        document_checks.kinds_sent_as_letter(kinds)
        if format == document_checks.LETTER_FORMAT and assumed is None
        else kinds
    )
    if dangers := find_active_content(data, format, request.ending):
        return arrival.judge_dangerous_file(dangers, assumed)
    reader = READERS_BY_FORMAT.get(format)
    if reader is None or arrival.is_unusable_chronology(format, assumed):
        return arrival.judge_unread_format(format, assumed)
    try:
        reading = reader(data)
        reading.traits.board = request.board
        note_signatures(data, format, request.trust, reading.traits)
        found = _Streamed(reading, kinds, request.context).judgements(assumed)
    except DangerousFile as why:
        return arrival.judge_dangerous_file(why.words, assumed)
    except LegacyWordFile:
        return arrival.judge_unread_format("doc", assumed)
    except UnreadableFile as why:
        return arrival.judge_whole_file(
            REFUSAL_RULES[type(why)],
            assumed,
            format=arrival.FORMAT_PHRASES.get(format, ""),
            why=arrival.UNREAD_PHRASES["size"],
        )
    return DocumentCopy(format, request.ending, reading.traits.made_out).with_copy_findings(
        found, kinds
    )


def judge_task(data: bytes, argument: JudgingRequest, setup: Kinds) -> Any:
    """`judge_document` as the worker calls it: a list that JSON can carry."""
    return [judgement_as_json(judgement) for judgement in judge_document(data, argument, setup)]


def sniff_task(data: bytes, argument: object, setup: object) -> str:
    """What a file is, for whoever may not open it: one word of `intake/message/file_type.py`."""
    return sniff_format(data)


def warm(setup: object) -> None:
    """Load what reading pictures and checking signatures needs, while files can still be opened;
    and judge specimens, so that no child has to gather the words for them anew."""
    ocr.preload_ocr_engine()
    check.preload_checkers()
    if isinstance(setup, Kinds):
        for judged in _specimens(setup):
            with suppress(Exception):  # what is wrong with the kinds is told of each document
                judged()


def _specimens(kinds: Kinds) -> Iterator[Callable[[], object]]:
    """Each specimen, still to be judged."""
    request = JudgingRequest(SPECIMEN_CONTEXT, format=document_checks.LETTER_FORMAT)
    for letter in SPECIMEN_LETTERS:
        yield partial(judge_document, letter, request, kinds)
    for kind in kinds.all:
        yield partial(_Streamed(SpecimenReading(kind), kinds, SPECIMEN_CONTEXT).judgements, kind)


class _Streamed:
    """One document on its way past the judges."""

    def __init__(self, reading: DocumentReading, kinds: Kinds, context: Context) -> None:
        self._reading = reading
        self._kinds = kinds
        self._context = context
        tables = (kind for kind in kinds.all if isinstance(kind.shape, TableShape))
        self._tables = TableClaims(tables, context, reading.traits)

    def judgements(self, assumed: Kind | None) -> tuple[Judgement, ...]:
        """What the document came to. With dangers in it, that and nothing else."""
        blocks = self._blocks()
        traits = self._reading.traits
        found = self._recognised(blocks, assumed, besides=self._tables.has_claimed_table)
        said = [told for table in self._tables.judges for told in self._listed(table, assumed)]
        said += [self._judged(part) for part in found.parts]
        if assumed is not None:
            said = [judgement for judgement in said if judgement.kind == assumed.id]
        if not said and not any(map(_shows, blocks)):
            told = arrival.judge_whole_file("empty", assumed)
        else:
            told = self._short(blocks, found) if not said else ()
            told = told or (tuple(said) if said else self._unrecognised(blocks, found))
            told += _perhaps_besides(found.nearest) if said else ()
        if not isinstance(self._reading, document_checks.LetterReading):
            told = with_other_review(told, blocks, traits.margins, self._context.case)
        if traits.dangers:
            return arrival.hold_for_danger(traits.dangers, told)
        return tuple(_issued(judgement, traits) for judgement in told)

    def _short(self, blocks: Sequence[Block], found: Recognition) -> tuple[Judgement, ...]:
        """A table that is a chronology's by what the document says, and has few of its headings."""
        if found.parts or (found.nearest and isinstance(found.nearest.shape, ReportShape)):
            return ()
        return judge_missing_headings(blocks, self._reading.traits, self._kinds.all, self._context)

    def _nearest(self, blocks: Sequence[Block], found: Recognition) -> Kind | None:
        """What the document says it is, if it is a table, and else what it is most like."""
        said = kinds_named_in_title(blocks, self._reading.traits, self._kinds.all, self._context)
        tabled = any(isinstance(block, Row) for block in blocks)
        return said[0] if said and tabled else found.nearest

    def _unrecognised(self, blocks: Sequence[Block], found: Recognition) -> tuple[Judgement, ...]:
        """What is asked of a document that was not recognised, with what it lacks if it is what it
        is most like."""
        near = self._nearest(blocks, found)
        (asked,) = arrival.judge_unrecognised(near)
        if near is None or near not in found.likely:
            return (asked,)
        asked = replace(asked, clues=Clues(likely=tuple(kind.id for kind in found.likely)))
        readable = near.in_pack and type(near.shape) in JUDGES_BY_SHAPE
        if not readable or self._reading.traits.made_out:
            return (asked,)
        said = self._judged(RecognisedPart(near, 0.0, tuple(blocks)))
        return (as_if_nearest(asked, said, near),)

    def _listed(self, table: TableJudge, assumed: Kind | None) -> tuple[Judgement, ...]:
        """What its tables came to. Another list of days and times is not sent back as this kind."""
        said = table.finish_judgement(self._reading.traits)
        if said is None:
            return ()
        if table.is_surely_of_kind or assumed is not None:
            return (said,)
        return arrival.judge_unrecognised(self._kinds[said.kind or ""])

    def _blocks(self) -> list[Block]:
        """All that no table claims."""
        kept: list[Block] = []
        blocks = self._reading.iter_blocks()
        while read := list(islice(blocks, BLOCKS_AT_ONCE)):
            kept += [block for block in read if not self._tables.claim_block(block)]
            if len(kept) > MAX_BLOCKS:
                raise FileTooBig
        return kept

    def _recognised(
        self, blocks: Sequence[Block], assumed: Kind | None, *, besides: bool
    ) -> Recognition:
        """What the blocks are. When a kind is assumed, its part of them, or else all of them. What
        is part of no other return stands beside the tables."""
        found = recognise_returns(blocks, self._kinds.all, besides=besides)
        if not found.parts:
            judge_outside_tables(blocks, self._tables)
        if assumed is None:
            return self._most_like(found, blocks, besides=besides)
        if isinstance(assumed.shape, TableShape):
            return Recognition((), None if besides else assumed)
        own = tuple(part for part in found.parts if part.kind.id == assumed.id)
        return Recognition(own or (RecognisedPart(assumed, 1.0, tuple(blocks)),))

    def _most_like(
        self, found: Recognition, blocks: Sequence[Block], *, besides: bool
    ) -> Recognition:
        """What a document of dated paragraphs, or of a small table for each day, is most like."""
        if found.parts or besides or not has_dated_pieces(blocks):
            return found
        tables = (kind for kind in self._kinds.all if isinstance(kind.shape, TableShape))
        return Recognition((), next(tables, found.nearest))

    def _judged(self, part: RecognisedPart) -> Judgement:
        judge = JUDGES_BY_SHAPE[type(part.kind.shape)]
        said = judge(part.blocks, self._reading.traits, part.kind, self._context)
        made_out = self._reading.traits.made_out
        clues = said.clues
        if not made_out:
            text = digest_blocks(part.blocks)
            clues = replace(clues, digests=(text.whole,), letters=text.letters, words=text.words)
        return replace(said, confidence=part.confidence, clues=clues)


def _issued(judgement: Judgement, traits: Traits) -> Judgement:
    """With the stamp of the template that the document was written in, if it has one."""
    stamp = traits.properties.get(STAMP_PROPERTY, "")
    if not is_stamp_text(stamp):
        return judgement
    return replace(judgement, clues=replace(judgement.clues, issued=stamp))


def _shows(block: Block) -> bool:
    """Whether there is anything on it for a person to see."""
    match block:
        case Paragraph():
            return bool(block.text.strip() or block.ticks or block.picture)
        case Row():
            return not block.is_blank
        case _:
            return False


def _perhaps_besides(nearest: Kind | None) -> tuple[Judgement, ...]:
    """A person is asked what else may be in it."""
    return arrival.judge_whole_file("perhaps-besides", nearest=nearest.noun) if nearest else ()


def judgement_as_json(judgement: Judgement) -> dict[str, Any]:
    """The judgement as plain JSON values; `handlers/judging/in_sandbox.py` reads it back."""
    plain = asdict(judgement)
    dated = judgement.clues.dated
    plain["clues"]["dated"] = dated.isoformat() if dated else None
    return plain
