"""What a document that was not recognised lacks, if it is the return it is most like.

Its author is told that at once, on that condition, so that one round suffices. Nothing is certain
of it, so nothing is sent back for it; but what points at another review or agency is told on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from config.kind import Kind
from config.kind_shape import FormShape
from handlers.findings import MIN_PLACES_CHECKED, Finding, FindingPlace, Judgement
from handlers.judging.arrival import file_finding

IF_NEAREST_RULE = "if-nearest"
# Faults of the wording. A document has many of them because it is not that return, or is in words
# of its own; one sentence asks for the board's words then.
WORDING_RULES = frozenset(
    {
        "statement-missing",
        "declaration-reworded",
        "criterion-missing",
        "criterion-reworded",
        "section-missing",
        "section-empty",
        "answer-missing",
    }
)
MAX_CRITERION_WORDS = 6  # of a criterion, by which its author finds it


def as_if_nearest(asked: Judgement, said: Judgement, nearest: Kind) -> Judgement:
    """The question which return it is, with the faults of the nearest, and with what it says of
    whose it is."""
    if said.verdict == "hold":
        return replace(asked, findings=(file_finding("another-case"),))
    clues = replace(
        asked.clues,
        child_identifier=said.clues.child_identifier,
        identifier_place=said.clues.identifier_place,
        agency=said.clues.agency,
    )
    faults = tuple(_conditional(said, nearest))
    return replace(asked, findings=(*asked.findings, *faults), clues=clues)


def _conditional(said: Judgement, nearest: Kind) -> Iterator[Finding]:
    faults = [finding for finding in said.findings if finding.severity == "fault"]
    reworded = sum(finding.rule in WORDING_RULES for finding in faults)
    for finding in faults:
        if finding.rule not in WORDING_RULES or reworded < MIN_PLACES_CHECKED:
            fix = finding.fix[:1].lower() + finding.fix[1:]
            told = file_finding(
                IF_NEAREST_RULE, nearest=nearest.noun, says=finding.message, fix=fix
            )
            yield replace(told, where=_place(finding.where, nearest))


def _place(where: FindingPlace, nearest: Kind) -> FindingPlace:
    """The place in printed words: no letter knows the form of what was not recognised."""
    shape = nearest.shape
    if not isinstance(shape, FormShape):
        return where
    if where.criterion is not None:
        text = next(c.text for c in shape.criteria if c.number == where.criterion)
        begins = " ".join(text.split()[:MAX_CRITERION_WORDS])
        return FindingPlace(section=f'the criterion that begins "{begins}"')
    named = dict(zip(shape.statement_names, shape.statement_places, strict=False))
    return replace(where, section=named.get(where.section or "", where.section))
