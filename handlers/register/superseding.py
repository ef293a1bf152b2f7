"""A good version held against what was accepted before it: what it would take the place of.

Does: asks about a table that would replace a longer one, and about a report that comes after the
form that vouches for it was signed. Pure.
Trusts: the register for what was accepted; the worker for how many entries there are, and their
digests, which only ever make a question.
Never touches: documents; versions that are not accepted, which take no place.
Known limits: an entry that was altered counts as one that would go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from config.kind import Kinds
from config.shape import FormShape
from handlers.document.versions import compared
from handlers.finding import Clues, Finding, Judgement
from handlers.judging import arrival
from handlers.register.contradiction import DATE, Report, signed_too_soon


def superseding(
    judgement: Judgement,
    kinds: Kinds,
    accepted: Mapping[str, Clues],
    reports: Mapping[str, Report],
    brought: Collection[str],
) -> Iterator[Finding]:
    """What a version that would be accepted leaves to ask; `brought` are the kinds that came with
    it, which speak for themselves."""
    if judgement.verdict != "accept" or judgement.kind is None:
        return
    before = accepted.get(judgement.kind)
    if before is not None:
        yield from _shorter(before, judgement.clues)
    report = reports.get(judgement.kind)
    for kind in kinds.all if report is not None else ():
        vouches = isinstance(kind.shape, FormShape) and kind.shape.about == judgement.kind
        if not vouches or not kind.asks(DATE) or kind.id in brought or kind.id not in accepted:
            continue
        if than := signed_too_soon(accepted[kind.id].dated, report):
            yield arrival.finding("signed-before-report", form=kind.noun, before=than)


def _shorter(before: Clues, after: Clues) -> Iterator[Finding]:
    """An older copy sent by mistake is shorter, and would take entries away."""
    change = compared(before, after)
    if change is None or before.rows is None or after.rows is None or after.rows >= before.rows:
        return
    if change.removed:
        yield arrival.finding(
            "shorter-than-before",
            after=f"{after.rows:,}",
            before=f"{before.rows:,}",
            gone=f"{change.removed:,}",
        )
