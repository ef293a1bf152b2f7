"""A form held against the report it is about: an answer the report belies, a date before it.

Does: compares what a form's judgement says of itself with what is known of the report. Pure.
Trusts: the register for the report; the kind's TOML for which answer which rule belies.
Never touches: documents; it compares criteria's numbers, rule ids and dates.
Known limits: only a "Yes" can be belied. A report that is still to come belies nothing but an
answer that it was in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from config.kind import Kind
from config.shape import Contradiction, FormShape
from handlers.finding import Clues, Finding, Judgement, Where
from handlers.findings import Findings

ANSWER = "answer-contradicts"
DATE = "date-before-report"
OWN_DAY = "the latest day that the report itself gives"
ARRIVAL = "the report reached us in the form in which we hold it"
MOST_VERSIONS = 2  # of a report that are looked up: whether it came again is all that is asked


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of the report that a form is about.

    `dated` is the latest day it gives itself, of signing or on its front sheet, `received` the day
    its latest version reached us, `versions` how many came (of those before, no more than
    MOST_VERSIONS are counted), `rules` what was found wanting in the latest, `late` whether it
    came, or is still to come, after its due date.
    """

    late: bool = False
    dated: date | None = None
    received: date | None = None
    versions: int = 0
    rules: frozenset[str] = frozenset()

    def followed_by(self, findings: Iterable[Finding], clues: Clues, day: date | None) -> Report:
        """The same report once one more version of it has come on `day`."""
        return replace(
            self,
            dated=clues.dated,
            received=day,
            versions=self.versions + 1,
            rules=frozenset(f.rule for f in findings if f.severity != "advice"),
        )


def contradictions(judgement: Judgement, kind: Kind, report: Report) -> Iterator[Finding]:
    """What the report belies in one form, under the form's own rules."""
    if not isinstance(kind.shape, FormShape) or not kind.shape.about:
        return
    notes = Findings(kind)
    answers = dict(judgement.clues.answers)
    for contradiction in kind.shape.contradictions:
        if answers.get(contradiction.criterion) == "yes" and _belied(contradiction, report):
            notes.add(ANSWER, Where(criterion=contradiction.criterion), shows=contradiction.shows)
    if before := signed_too_soon(judgement.clues.dated, report):
        notes.add(DATE, before=before)
    yield from notes.all()


def _belied(contradiction: Contradiction, report: Report) -> bool:
    if contradiction.late:
        return report.late
    return not report.rules.isdisjoint(contradiction.rules)


def signed_too_soon(signed: date | None, report: Report | None) -> str:
    """What a form was signed before, in words: the day the report gives itself, or, where it gives
    none that can be read, the day it was sent again. "" where it was not."""
    if signed is None or report is None:
        return ""
    if report.dated is not None:
        return OWN_DAY if signed < report.dated else ""
    again = report.versions > 1 and report.received is not None and signed < report.received
    return ARRIVAL if again else ""
