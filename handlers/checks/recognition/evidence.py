"""What a document shows of one kind of return, and how sure that makes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median_low

from config.kind import Kind
from config.kind_shape import Field, FormShape, ReportShape, SignOff, TableShape
from handlers.checks.recognition.word_index import MIN_SHARED_WORDS, WordIndex, is_named_at_top
from handlers.document import Block, Row
from handlers.values.normalise import fold_text, fold_without_spaces


@dataclass(frozen=True, slots=True)
class Hallmark:
    """One thing the body says, in any of its wordings; the first is the toolkit's own. One that is
    `loose` also counts where it stands in words that are nearly these."""

    wordings: tuple[str, ...]
    loose: bool = False

    @property
    def wording_weight(self) -> int:
        return weight_of_wording(self.wordings[0])


@dataclass(frozen=True, slots=True)
class Hallmarks:
    """`openings` stand where such a document begins: its titles, the words of its front sheet.
    `belongings` are further words that are this kind's, and show how far it reaches; `guidance`
    are the sentences that its template prints besides."""

    titles: tuple[str, ...]
    openings: tuple[str, ...]
    body: tuple[Hallmark, ...]
    belongings: tuple[str, ...]
    guidance: tuple[str, ...] = ()

    @property
    def body_weight(self) -> int:
        return sum(mark.wording_weight for mark in self.body)

    def folded_words(self) -> frozenset[str]:
        """All of its wordings, folded."""
        said = (wording for mark in self.body for wording in mark.wordings)
        return frozenset(map(fold_text, (*self.openings, *self.belongings, *said)))


@lru_cache(maxsize=1024)
def weight_of_wording(wording: str) -> int:
    """A heading of one word ("Introduction", "Analysis") stands in many a document that is no
    return, so it says half as much."""
    return 2 if " " in fold_text(wording) else 1


def hallmarks_of(kind: Kind) -> Hallmarks:
    match kind.shape:
        case ReportShape() as report:
            return Hallmarks(
                titles=kind.titles,
                openings=(*kind.titles, *report.front_words),
                body=tuple(Hallmark((s.heading, *s.also)) for s in report.sections),
                belongings=tuple(_of_report(report)),
            )
        case FormShape() as form:
            body = (
                *(Hallmark((criterion.text,)) for criterion in form.criteria),
                *(Hallmark((words,), loose=True) for words in form.statements),
            )
            labels = tuple(_labels(form.fields))
            return Hallmarks(kind.titles, kind.titles, body, labels, form.guidance)
        case _:
            return Hallmarks(kind.titles, kind.titles, (), ())


def _of_report(report: ReportShape) -> Iterator[str]:
    yield from _labels(report.front_sheet)
    yield from report.closing_words
    yield from report.key_words
    if report.plan is not None:
        yield report.plan.label
        yield from (column.heading for column in report.plan.columns)
    if report.sign_off is not None:
        yield from _of_sign_off(report.sign_off)


def _of_sign_off(sign_off: SignOff) -> Iterator[str]:
    yield from _labels(sign_off.roles)
    yield from _labels(sign_off.parts)


def _labels(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield field.label
        yield from field.also


TITLE_SHARE = 0.25
GUIDANCE_SHARE = 0.15  # for a sentence that only its template prints
SURE_SCORE = 0.5  # from here on it is that kind, well done or not
NEAR_WORDING_SHARE = 0.5  # of the words: a statement in the author's own words
OPENING_WORDS = 5  # with which a line begins that goes on in its author's own words
MIN_UNTITLED_WEIGHT = 8  # the least weight of words that make a document without a title sure
MIN_GUIDED_WEIGHT = 5  # the same where the template's own guidance stands in it
MAX_HEADING_LENGTH = 80  # characters of a cell that are compared


@dataclass(frozen=True, slots=True)
class KindEvidence:
    """`score` runs from 0 to 1, `body` are the blocks that say what the kind's body must."""

    kind: Kind
    marks: Hallmarks
    score: float
    sure: bool = False
    body: tuple[int, ...] = ()

    @property
    def middle_block(self) -> int:
        return median_low(self.body)


@dataclass(frozen=True, slots=True)
class KindCandidate:
    """One kind and what of it the blocks say, looked up once however often it is weighed.

    `said` holds, for each thing of its body that was found, the most it may weigh and the wordings
    found with their weights and blocks; `like` is the likeness of a table's headings, else None.
    """

    kind: Kind
    marks: Hallmarks
    titled: bool = False
    guided: bool = False
    said: tuple[tuple[int, tuple[tuple[int, tuple[int, ...]], ...]], ...] = ()
    like: float | None = None


def find_candidate(kind: Kind, said: WordIndex, blocks: Sequence[Block]) -> KindCandidate:
    """Look up all that speaks for one kind."""
    marks = hallmarks_of(kind)
    if isinstance(kind.shape, TableShape):
        return KindCandidate(kind, marks, like=_like_headings(kind.shape, blocks))
    found = [tuple(_found(mark, said)) for mark in marks.body]
    titled = any(said.blocks_with_wording(words) for words in marks.titles)
    if not titled and isinstance(kind.shape, FormShape):
        titled = is_named_at_top(marks.titles, said.lines)  # "Evaluation Statement - review N12"
    guided = False
    if titled or any(found):
        nearly = (tuple(_nearly(mark, said)) if mark.loose else () for mark in marks.body)
        found = [exact or near for exact, near in zip(found, nearly, strict=True)]
        guided = any(said.blocks_with_wording(words) for words in marks.guidance)
    return KindCandidate(
        kind,
        marks,
        titled,
        guided,
        tuple((mark.wording_weight, at) for mark, at in zip(marks.body, found, strict=True) if at),
    )


def _found(
    mark: Hallmark, said: WordIndex, alike: float = MIN_SHARED_WORDS
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The wordings of one thing the body should say that were found: their weight, and where."""
    for words in mark.wordings:
        if places := said.blocks_with_wording(words, alike):
            yield weight_of_wording(words), places


def _nearly(mark: Hallmark, said: WordIndex) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The wordings that stand in words that are nearly these; a line that only begins as one does
    says half as much."""
    near = tuple(_found(mark, said, NEAR_WORDING_SHARE))
    yield from near
    for words in mark.wordings if not near else ():
        opening = " ".join(fold_text(words).split()[:OPENING_WORDS])
        if places := said.blocks_beginning(opening):
            yield weight_of_wording(words) // 2, places


def weigh_candidate(one: KindCandidate, spoken_for: Collection[int] = ()) -> KindEvidence:
    """Weigh one kind. Blocks `spoken_for` say something of another kind already."""
    if one.like is not None:
        return KindEvidence(one.kind, one.marks, one.like)
    weight, body = 0, set[int]()
    for most, wordings in one.said:
        own = [(w, [at for at in at_ if at not in spoken_for]) for w, at_ in wordings]
        weight += min(most, max((w for w, at_ in own if at_), default=0))
        body.update(at for _, at_ in own for at in at_)
    share = weight / one.marks.body_weight if one.marks.body else 0.0
    score = TITLE_SHARE * one.titled + (1 - TITLE_SHARE) * share
    if weight and one.guided:
        score = min(1.0, score + GUIDANCE_SHARE)
    least = MIN_GUIDED_WEIGHT if one.guided else MIN_UNTITLED_WEIGHT
    sure = weight > 0 and score >= SURE_SCORE and (one.titled or weight >= least)
    return KindEvidence(one.kind, one.marks, score, sure, tuple(sorted(body)))


def _like_headings(shape: TableShape, blocks: Sequence[Block]) -> float:
    """The largest share of a table's headings in any one row. A row of the table itself never
    comes here, so this is never sure."""
    wanted = {fold_without_spaces(column.heading) for column in shape.columns}
    rows = (
        {fold_without_spaces(cell.text[:MAX_HEADING_LENGTH]) for cell in block.cells}
        for block in blocks
        if isinstance(block, Row)
    )
    return max((len(wanted & row) / len(wanted) for row in rows), default=0.0)
