"""Asks which is meant, where one delivery brings versions of one return that differ.

The same text in two formats is one version: a Word document and its PDF.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from config.calendar import date_without_year
from config.checks import UNVOUCHABLE_FILE_RULES
from config.english import join_with_and
from config.kind import Kind, Kinds
from handlers.fields.versions import compare_versions
from handlers.findings import Clues, Finding, Judgement
from handlers.judging import arrival

RULE = "two-versions"
_COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}
# The rules, of any kind, by which a return is not signed.
_UNSIGNED_RULES = frozenset({"sign-off-missing", "signed-missing"})
_Where = tuple[int, str | None]  # the document's place in its delivery, and the kind


def find_rival_versions(
    found: Sequence[Sequence[Judgement]], tells_of_involvement: Callable[[Kind], bool], kinds: Kinds
) -> Mapping[_Where, tuple[Finding, ...]]:
    """What is asked of each version that could count, by the document's place and the kind: of a
    kind that `tells_of_involvement`, or that settles the pack by telling of none. Of the small
    returns any number may come."""
    by_kind = defaultdict[str, list[tuple[int, Judgement]]](list)
    for at, document in enumerate(found):
        for judgement in document:
            kind = kinds.get(judgement.kind)
            if (
                kind
                and (kind.settles_pack or tells_of_involvement(kind))
                and _is_version(judgement)
            ):
                by_kind[kind.id].append((at, judgement))
    asked = dict[_Where, tuple[Finding, ...]]()
    for id, versions in by_kind.items():
        if (finding := _question(versions, kinds[id])) is not None:
            could_count = (at for at, j in versions if j.verdict in ("accept", "refer"))
            asked.update(((at, id), (finding,)) for at in could_count)
    return asked


def _is_version(judgement: Judgement) -> bool:
    """Whether it was read, and is no form left as it was issued."""
    rules = {finding.rule for finding in judgement.findings}
    read = rules.isdisjoint(UNVOUCHABLE_FILE_RULES | {"no-rows", "blank-template"})
    return bool(judgement.clues.digests) and judgement.verdict != "hold" and read


def _question(versions: Sequence[tuple[int, Judgement]], kind: Kind) -> Finding | None:
    apart = list[tuple[int, Judgement]]()
    for version in versions:
        if not any(says_the_same(version[1].clues, other.clues) for _, other in apart):
            apart.append(version)
    if len({at for at, _ in apart}) < 2:
        return None
    differ = "; ".join(_differences([judgement for _, judgement in apart]))
    return arrival.file_finding(
        RULE,
        several=_COUNTS.get(len(apart), f"{len(apart):,}"),
        noun=kind.noun,
        differ=f"In the order in which they came: {differ}." if differ else _UNKNOWN,
    )


_UNKNOWN = "They are of one length and differ in their words."


def says_the_same(one: Clues, other: Clues) -> bool:
    """Whether two versions have one text, however it is laid out."""
    if one.letters is not None and one.letters == other.letters:
        return True
    change = compare_versions(one, other)
    return change is not None and not (change.added or change.removed)


def _differences(apart: Sequence[Judgement]) -> Iterator[str]:
    """ "1,204 and 1,310 words", "dated 3 May and 5 May", "signed and not signed"."""
    yield from _each("{} entries", [_number(j.clues.rows) for j in apart])
    yield from _each("{} words", [_number(j.clues.words) for j in apart])
    days = [j.clues.dated for j in apart]
    same_year = len({day.year for day in days if day}) == 1
    shown = [
        "" if day is None else f"{date_without_year(day)}{'' if same_year else f' {day.year}'}"
        for day in days
    ]
    yield from _each("dated {}", shown)
    signed = ["not signed" if _unsigned(j) else "signed" for j in apart]
    if any(map(_unsigned, apart)):
        yield from _each("{}", signed)


def _each(words: str, values: Sequence[str]) -> Iterator[str]:
    """Nothing where all are alike, or one of them is not known."""
    if all(values) and any(a != b for a, b in combinations(values, 2)):
        yield words.format(join_with_and(values))


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _unsigned(judgement: Judgement) -> bool:
    return any(finding.rule in _UNSIGNED_RULES for finding in judgement.findings)
