"""The parts a kind of return is made of ("date", "plan column"), and what letters call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from config.kind import Kind
from config.kind_shape import Column, Field, FormShape, ReportShape, Shape, TableShape

EVERYTHING = "everything"
WHERE_IT_STANDS = "where it stands"  # the part that the finding's place is in, or else everything

# In the order a letter names them. A second phrase is that of one alone.
PART_PHRASES: Mapping[str, tuple[str, ...]] = {
    "headings": ("the headings",),
    "dates": ("all {count} dates", "the date"),
    "order": ("the order of events",),
    "times": ("all {count} times", "the time"),
    "agency": ("the agency in every row",),
    "source": ("the source of every entry",),
    "sections": ("all {count} sections",),
    "front sheet": ("the front sheet",),
    "genogram": ("the genogram",),
    "plan": ("the action plan",),
    "signing off": ("the signing off",),
    "statements": ("the statements",),
    "answers": ("all {count} answers", "the answer"),
    "signature": ("the signature",),
}


def part_phrase(part: str, count: str | int = 0) -> str:
    """The phrase for a part that is in order; `count` is how many of it there are, if it counts."""
    several, *alone = PART_PHRASES[part]
    return alone[0] if alone and str(count) in "01" else several.format(count=count)


def part_of_phrase(phrase: str) -> str:
    """The part that a phrase names, or EVERYTHING for one that is no phrase of ours."""
    return next(
        (p for p, says in PART_PHRASES.items() if any(_is(phrase, s) for s in says)), EVERYTHING
    )


def _is(phrase: str, says: str) -> bool:
    before, gap, after = says.partition("{count}")
    if not gap:
        return phrase == says
    return (
        phrase.startswith(before) and phrase.endswith(after) and len(phrase) > len(says) - len(gap)
    )


PartKeys = Mapping[str, tuple[str, ...]]


def part_keys_of(kind: Kind) -> PartKeys:
    """The keys behind each name; a name that the kind has nothing of may be left out."""
    return {**_OF[type(kind.shape)](kind.shape), "settles the pack": _yes(kind.settles_pack)}


def _yes(has: object) -> tuple[str, ...]:
    return ("yes",) if has else ()


def _table(shape: Shape) -> PartKeys:
    assert isinstance(shape, TableShape)
    read = ("date", "time", "agency", "subject", "age", "source")
    known = {sort: _reading_as(shape.columns, sort) for sort in read}
    told = {key for sort in ("date", "time", "agency", "age", "source") for key in known[sort]}
    return {
        **known,
        "columns": _yes(shape.columns),
        "yes or no": _reading_as(shape.columns, "yes_no"),
        "other column": tuple(c.key for c in shape.columns if c.key not in told),
    }


def _report(shape: Shape) -> PartKeys:
    assert isinstance(shape, ReportShape)
    plan = shape.plan
    return {
        "sections": tuple(section.key for section in shape.sections),
        "front sheet": _yes(shape.front_words or shape.front_sheet),
        "front words": tuple(map(hyphenate_words, shape.front_words)),
        "front field": tuple(field.key for field in shape.front_sheet),
        "prompts": _yes(shape.prompts),
        "genogram": _yes(shape.genogram_section),
        "analysis": _yes(shape.analysis_section),
        "vague phrases": _yes(shape.vague_phrases),
        "plan": _yes(plan),
        "plan column": (*plan.must_fill, *plan.should_fill) if plan else (),
        "sign off": _yes(shape.sign_off),
        "placeholders": _yes(shape.placeholders),
        "anonymised": _yes(shape.anonymised),
        "key words": _yes(shape.key_words),
        "layout": shape.layout,
    }


def _form(shape: Shape) -> PartKeys:
    assert isinstance(shape, FormShape)
    known = {sort: _reading_as(shape.fields, sort) for sort in ("signature", "date", "child")}
    denied = (shape.denial.field,) if shape.denial else ()
    told = {*denied, *(key for keys in known.values() for key in keys)}
    name = _reading_as(shape.fields, "name")
    return {
        **known,
        "fields": ("yes",),  # a form without blanks may still be a template, or in ink
        "name": name,
        "signatory": (*name, *known["signature"]),
        "role": tuple(field.key for field in shape.fields) if shape.senior else (),
        "senior": _yes(shape.senior),
        "other field": tuple(field.key for field in shape.fields if field.key not in told),
        "statements": _yes(shape.statements),
        "declared": _yes((shape.statements or shape.criteria) and known["signature"]),
        "exact statements": _yes(shape.exact_statements),
        "denial": _yes(shape.denial),
        "denied": denied,
        "qualifier": tuple(q.rule for q in shape.denial.qualifiers) if shape.denial else (),
        "criteria": _yes(shape.criteria),
        "answer": tuple("".join(filter(str.isalnum, a.casefold())) for a in shape.answers),
        "placeholders": _yes(shape.placeholders),
        "always": shape.always,
        "about": _yes(shape.about),
        "contradictions": _yes(shape.contradictions),
    }


_OF: Mapping[type[Shape], Callable[[Shape], PartKeys]] = {
    TableShape: _table,
    ReportShape: _report,
    FormShape: _form,
}


def _reading_as(blanks: Iterable[Field | Column], sort: str) -> tuple[str, ...]:
    return tuple(blank.key for blank in blanks if blank.reads_as == sort)


def hyphenate_words(words: str) -> str:
    """ "Strictly Confidential" as it stands in a rule's id: "strictly-confidential"."""
    plain = re.sub(r"['\u2018\u2019`\u02bc]", "", unicodedata.normalize("NFKD", words).casefold())
    return "-".join(re.findall(r"[0-9a-z]+", plain))
