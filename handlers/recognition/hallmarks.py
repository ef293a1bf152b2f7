"""The words by which a kind of return is known.

Does: gathers from a kind what announces it (titles), what its body must say (section headings,
criteria, statements) and what else belongs to it (labels, the plan's columns, the signing off).
Trusts: the kind's TOML, which was checked.
Never touches: documents.
Known limits: a table of dated rows has none of these; it is known by its headings, and
`handlers/table` claims it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from config.kind import Kind
from config.shape import Field, FormShape, ReportShape, SignOff
from handlers.typed.fold import fold


@dataclass(frozen=True, slots=True)
class Hallmark:
    """One thing the body says, in any of its wordings; the first is the toolkit's own. One that is
    `loose` also counts where it stands in words that are nearly these."""

    wordings: tuple[str, ...]
    loose: bool = False

    @property
    def weight(self) -> int:
        return weight_of(self.wordings[0])


@dataclass(frozen=True, slots=True)
class Hallmarks:
    """`openings` stand where such a document begins: its titles, the words of its front sheet.
    `belongings` are further words that are this kind's, and show how far it reaches."""

    titles: tuple[str, ...]
    openings: tuple[str, ...]
    body: tuple[Hallmark, ...]
    belongings: tuple[str, ...]

    @property
    def weight(self) -> int:
        return sum(mark.weight for mark in self.body)

    def words(self) -> frozenset[str]:
        """All of its wordings, folded."""
        said = (wording for mark in self.body for wording in mark.wordings)
        return frozenset(map(fold, (*self.openings, *self.belongings, *said)))


@lru_cache(maxsize=1024)
def weight_of(wording: str) -> int:
    """A heading of one word ("Introduction", "Analysis") stands in many a document that is no
    return, so it says half as much."""
    return 2 if " " in fold(wording) else 1


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
            return Hallmarks(kind.titles, kind.titles, body, tuple(_labels(form.fields)))
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
