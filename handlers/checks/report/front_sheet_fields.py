"""Reads the front sheet of a report: its blanks and what answers them, and the day on it.

Dates are read day first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from config.kind_shape import Field, ReportShape
from handlers.checks.report.report import ReportDocument, read_once, report_passages
from handlers.checks.report.report_tables import ReportTable, find_tables
from handlers.context import Context
from handlers.document import Block, TableEnd
from handlers.fields.fields import fields_of_items, read_field_items
from handlers.fields.front_matter import front_matter_sort
from handlers.fields.label_meanings import (
    FoundField,
    LabelLexicon,
    LabelTerm,
    build_lexicon,
    first_answered_field,
)
from handlers.values.blanks_not_filled import NoValue, read_no_value, read_postponed_value
from handlers.values.dates import DateReading, read_signing_day
from handlers.values.normalise import fold_text

# Sorts of `config/front_table_words.toml` in which nothing of the sheet itself stands; in the
# others only where a heading is one of the sheet's blanks, besides a name and a day.
VERSION_LISTS = frozenset({"versions", "issues"})
OTHER_LISTS = frozenset({"issued", "short-forms", "records", "people"})
# What stands beside a name or a day in a label, and asks for nothing on this sheet.
_BESIDE = (
    "designation",
    "job title",
    "job designation",
    "title",
    "post",
    "position",
    "role",
    "contact details",
    "signature",
    "reference",
)
_MAY_ANSWER = frozenset({"unknown", "nothing", "not-applicable"})


def front_field_answer(report: ReportDocument, field: Field) -> FoundField | None:
    own = [f for f in front_fields(report) if f.terms[0].key == field.key]
    return first_answered_field(
        own, lambda one: not one.is_blank and front_no_value(one, field) is None
    )


@read_once
def front_fields(report: ReportDocument) -> tuple[FoundField, ...]:
    """The sheet's blanks. Of "Name of author" the author is asked, of "Author and post" too."""
    asked = {f.key for f in report.shape.front_sheet if f.reads_as != "text"}
    items = read_field_items(own_front_blocks(report), front_lexicon(report.shape))
    blanks = [item for item in items if isinstance(item, FoundField)]
    every = fields_of_items(
        replace(item, terms=tuple(t for t in item.terms if t.key in asked) or item.terms)
        for item in blanks
    )
    return tuple(one for one in every if one.terms[0].key)


@lru_cache(maxsize=16)
def front_lexicon(shape: ReportShape) -> LabelLexicon:
    fields = [(f.key, words) for f in shape.front_sheet for words in (f.label, *f.also)]
    others = [("", words) for words in (*shape.front_words, *_BESIDE)]
    return build_lexicon(tuple(LabelTerm(key, words) for key, words in (*fields, *others)))


def front_no_value(found: FoundField | None, field: Field) -> NoValue | None:
    """Words that say that nothing is there yet. An origin that is not known is an answer."""
    if found is None or found.picture:
        return None
    told = (
        read_postponed_value(found.text)
        if field.reads_as in ("name", "date")
        else read_no_value(found.text)
    )
    return None if told and field.reads_as == "text" and told.kind in _MAY_ANSWER else told


@read_once
def own_front_blocks(report: ReportDocument) -> tuple[Block, ...]:
    """The front sheet without lists of versions, of whom it was sent to and the like, which have
    authors and dates of their own."""
    front = list(report.front_blocks)
    for grid in find_tables(report.front_blocks):
        if _is_list(grid, report):
            front[grid.position : grid.end] = [TableEnd(grid.rows[0].table)] * len(grid.rows)
    return tuple(front)


def _is_list(grid: ReportTable, report: ReportDocument) -> bool:
    heads = grid.rows[0].cells
    if len(heads) > 2 and "version" in fold_text(grid.rows[0].text).split():
        return True
    sort = front_matter_sort(grid.rows, report.review_period)
    if sort not in OTHER_LISTS:
        return sort in VERSION_LISTS
    known = front_lexicon(report.shape)
    asked = {term.key for cell in heads for term in known.terms_of_label(cell.text)}
    own = {f.key for f in report.shape.front_sheet if f.reads_as not in ("text", "date")}
    return asked.isdisjoint(own)


def printed_lines(blocks: Sequence[Block]) -> Iterator[str]:
    for passage in report_passages(blocks):
        if not passage.paragraph.placeholder:
            yield from (line for line in passage.text.split("\n") if line.strip())


def field_by_reading(shape: ReportShape, reads_as: str) -> Field | None:
    return next((f for f in shape.front_sheet if f.reads_as == reads_as), None)


def report_day(report: ReportDocument) -> date | None:
    field = field_by_reading(report.shape, "date")
    found = front_field_answer(report, field) if field else None
    if found is None or found.is_blank:
        return unlabelled_day(report) if field and found is None else None
    return day_of_text(found.text, report.context)


def unlabelled_day(report: ReportDocument) -> date | None:
    """A date on a line by itself, where no blank is labelled as one."""
    return next(
        (
            day
            for line in printed_lines(own_front_blocks(report))
            if (day := day_of_text(line, report.context))
        ),
        None,
    )


def day_of_text(text: str, context: Context) -> date | None:
    return read_front_date(text, context).value


def read_front_date(text: str, context: Context) -> DateReading:
    period = context.case.period if context.case else None
    return read_signing_day(text, period, context.today)
