"""Checks that every rule and name that a kind uses is known, and that no key stands twice.

A slip that went unsaid would drop a check in silence, and a letter would call that part in order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from string import Formatter

from config.checks import (
    CHECKS_BY_SHAPE,
    HANDWRITING_RULE,
    RaisableRule,
    applicable_checks,
    expand_rule_pattern,
    raisable_rules,
)
from config.kind import Kind, Kinds
from config.kind_parts import part_keys_of
from config.kind_shape import Contradiction, FormShape, ReportShape, TableShape
from config.user_file import Problem

LAYOUT_RULES = ("page-numbers", "paragraph-numbers", "contents", "version")
SIGN_OFF_PARTS = ("name", "designation", "date", "signature")  # by a person who signs
# The endings by which a kind names the formats it may come in; those that a judge reads.
READABLE_FILE_TYPES = (
    "docx", "docm", "dotx", "dotm", "pdf", "xlsx", "xlsm", "xltx", "xltm", "jpg", "jpeg", "png",
    "tif", "tiff",
)  # fmt: skip
# Endings of rules that may be advice by themselves, and more in one section or one form.
ESCALATING_RULE_ENDINGS = {"report": ("section-empty",), "form": ("-missing",), "table": ()}


def problems_in_kind(kind: Kind, name: str) -> Iterator[Problem]:
    """Every slip in one kind, with its place in the file `name`."""
    may = raisable_rules(kind)
    yield from _needed(kind, name)
    for id in kind.rules:
        if id not in may:
            what = _unasked(id, kind) or f"is not a rule that any check looks for{_near(id, may)}"
            yield Problem(f"{name}, rules, {id}", what)
    for place, key, known in _references(kind):
        if key and key not in known:
            yield Problem(f"{name}, {place}", f"names {key}, which is not there{_near(key, known)}")
    for ending in kind.file_types:
        if ending not in READABLE_FILE_TYPES:
            what = f"names {ending}, which no judge reads{_near(ending, READABLE_FILE_TYPES)}"
            yield Problem(f"{name}, file_types", what)
    yield from _repeated(kind, name)
    yield from _untold(kind, may, name)


def problems_among_kinds(kinds: Kinds, own: Collection[str] = ()) -> Iterator[Problem]:
    """Every name by which one kind speaks of another and that leads nowhere. `own` are the kinds
    that are a board's: one that ships is not held against what a board put in another's place."""
    ids = [kind.id for kind in kinds.all]
    for kind in kinds.all:
        shape = kind.shape
        if not isinstance(shape, FormShape) or not shape.about:
            continue
        about = kinds.get(shape.about)
        if about is None:
            what = f"names {shape.about}, which is no kind of return{_near(shape.about, ids)}"
            yield Problem(f"{kind.id}.toml, shape, about", what)
        elif kind.id in own or about.id not in own:
            for at, contradiction in enumerate(shape.contradictions, 1):
                place = f"{kind.id}.toml, shape, contradictions {at}, rules"
                yield from _unbelied(contradiction, about, place)


def _unbelied(contradiction: Contradiction, about: Kind, place: str) -> Iterator[Problem]:
    """Rules that no check of the other kind raises, or none that weighs enough to belie it."""
    may = raisable_rules(about)
    unknown = [rule for rule in contradiction.rules if rule not in may]
    for rule in unknown:
        yield Problem(place, f"names {rule}, which is no rule of {about.id}{_near(rule, may)}")
    if (
        not unknown
        and not contradiction.late
        and not any(_may_weigh(rule, about) for rule in contradiction.rules)
    ):
        yield Problem(place, f"names nothing that is more than advice in {about.id}")


def _may_weigh(rule: str, about: Kind) -> bool:
    if not about.includes_rule(rule):
        return False
    endings = ESCALATING_RULE_ENDINGS[about.shape.type]
    return about.rules[rule].severity != "advice" or rule.endswith(endings)


def _needed(kind: Kind, name: str) -> Iterator[Problem]:
    """The rules that a form is nothing without, once it has criteria or statements."""
    made = part_keys_of(kind)
    for check in applicable_checks(kind):
        for each in check.raises if check.needs_all_rules or check.name == "always" else ():
            if each is HANDWRITING_RULE:
                continue
            for rule in expand_rule_pattern(each.rule, made):
                if not kind.includes_rule(rule):
                    yield Problem(f"{name}, rules, {rule}", "is missing: the shape needs it")


def _unasked(id: str, kind: Kind) -> str:
    """Of a rule that a check knows and this kind has nothing to look at for."""
    for check in CHECKS_BY_SHAPE[kind.shape.type]:
        if any(each.rule == id for each in check.raises):
            return f"is not looked for: this kind has no {check.looks_at.replace('_', ' ')}"
    return ""


def _references(kind: Kind) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Each name in the shape that must be somewhere: its place, itself, and what there is."""
    match kind.shape:
        case ReportShape() as shape:
            yield from _in_report(shape)
        case FormShape() as shape:
            if shape.denial:
                yield "shape, denial, field", shape.denial.field, [f.key for f in shape.fields]
            for exact in shape.exact_statements:
                yield "shape, exact_statements", exact, shape.statement_names
            numbers = [str(criterion.number) for criterion in shape.criteria]
            for at, contradiction in enumerate(shape.contradictions, 1):
                yield (
                    f"shape, contradictions {at}, criterion",
                    str(contradiction.criterion),
                    numbers,
                )
        case _:
            return


def _repeated(kind: Kind, name: str) -> Iterator[Problem]:
    """What stands twice under one key: the first would answer for both."""
    for place, word, keys in _lists(kind):
        for at, key in enumerate(keys, 1):
            first = keys.index(key) + 1
            if first < at:
                what = f"is also that of {place.rpartition(', ')[2] or place} {first}"
                yield Problem(f"{name}, shape, {place} {at}, {word}", what)


def _lists(kind: Kind) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Each list of the shape whose entries go by a key: its place, the key's name, the keys."""
    match kind.shape:
        case TableShape() as shape:
            yield "columns", "key", [column.key for column in shape.columns]
        case FormShape() as shape:
            yield "fields", "key", [field.key for field in shape.fields]
            yield "criteria", "number", [str(criterion.number) for criterion in shape.criteria]
        case ReportShape() as shape:
            yield "sections", "key", [section.key for section in shape.sections]
            yield "sections", "number", [str(section.number) for section in shape.sections]
            yield "front_sheet", "key", [field.key for field in shape.front_sheet]
            yield "prompts", "key", [prompt.key for prompt in shape.prompts]
            if shape.plan:
                yield "plan, columns", "key", [column.key for column in shape.plan.columns]
            if shape.sign_off:
                yield "sign_off, roles", "key", [role.key for role in shape.sign_off.roles]
                yield "sign_off, parts", "key", [part.key for part in shape.sign_off.parts]


def _in_report(shape: ReportShape) -> Iterator[tuple[str, str, Iterable[str]]]:
    sections = [section.key for section in shape.sections]
    for key in ("genogram_section", "analysis_section", "recommendations_section"):
        yield f"shape, {key}", getattr(shape, key), sections
    for at, prompt in enumerate(shape.prompts, 1):
        yield f"shape, prompts {at}, section", prompt.section, sections
    for word in shape.layout:
        yield "shape, layout", word, LAYOUT_RULES
    if shape.plan:
        columns = [column.key for column in shape.plan.columns]
        for key in ("must_fill", "should_fill"):
            for column in getattr(shape.plan, key):
                yield f"shape, plan, {key}", column, columns
        yield "shape, plan, columns", "recommendation", columns
    if shape.sign_off:
        yield "shape, sign_off, section", shape.sign_off.section, sections
        for at, part in enumerate(shape.sign_off.parts, 1):
            yield f"shape, sign_off, parts {at}, key", part.key, SIGN_OFF_PARTS


def _near(word: str, known: Iterable[str]) -> str:
    """ "; did you mean section-empty?", or nothing where none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def _untold(kind: Kind, may: Mapping[str, RaisableRule], name: str) -> Iterator[Problem]:
    """Words that could not be told: a brace that opens or closes nothing, or asks for what the
    check does not have."""
    for id, rule in kind.rules.items():
        for key, words in (("says", rule.says), ("fix", rule.fix)):
            place = f"{name}, rules, {id}, {key}"
            try:
                asked = [word for _, word, _, _ in Formatter().parse(words) if word is not None]
            except ValueError:
                yield Problem(place, "has a { or } without its other half")
            else:
                if id in may:
                    yield from _unknown(asked, frozenset(may[id].placeholders.split()), place)


def _unknown(asked: Iterable[str], known: frozenset[str], place: str) -> Iterator[Problem]:
    words = " or ".join(f"{{{word}}}" for word in sorted(known)) or "no such words"
    for word in asked:
        if word not in known:
            yield Problem(place, f"asks for {{{word}}}: this rule may have {words}")
