"""What an answer says of one document, by what was found in it."""

from __future__ import annotations

from collections.abc import Sequence

from config.english import join_with_and
from config.kind import Kinds
from handlers.findings import Finding, Judgement
from handlers.register.submissions import NOT_JUDGED_REASON, Entry
from handlers.register.time_requests import WITHDRAWN_REASON
from outbox.due.question_reasons import TAKES_BACK_REASON
from outbox.due.questions import TOLD, is_unopened, questions_for_agency, unopened_outcome
from outbox.due.set_apart import REMOVED_REASON
from outbox.writing.facts import DocumentFacts
from outbox.writing.places import group_into_changes

_OUTCOMES = {
    "accept": "accepted, thank you",
    "reject": "needs changes before we can accept it",
    "refer": "received; a person will look at it",
}
_AGAIN = {
    "accept": "the same document as before, which we accepted",
    "reject": "the same document as before, which needs changes",
    "refer": "the same document as before; a person is looking at it",
}
_MENDED = "the same document as before, of which we have another version"


def document_of(entry: Entry, kinds: Kinds) -> DocumentFacts:
    if entry.reason == REMOVED_REASON:
        return DocumentFacts("Your message", "a mail gateway took a file out of it on its way")
    if entry.reason == TAKES_BACK_REASON:
        return DocumentFacts("Your message", "received; a person will read it")
    if entry.reason == WITHDRAWN_REASON:
        return DocumentFacts("Your message", "your request for more time is withdrawn, thank you")
    if entry.reason == NOT_JUDGED_REASON:
        return DocumentFacts("What you sent", "it is here and safe; a person will look at it")
    if entry.reason:
        return DocumentFacts("Your message", "we could not read all of it; a person will look")
    told = entry.told
    said = Judgement(entry.kind, 1.0, told.findings, told.passed)
    closed = entry.verdict == "reject" and is_unopened(said.findings)
    became = unopened_outcome(said.findings) if closed else _OUTCOMES[entry.verdict]
    return document_facts(said, entry.verdict, became, kinds)


def document_facts(said: Judgement, verdict: str, became: str, kinds: Kinds) -> DocumentFacts:
    """What a letter says of one return."""
    kind = kinds.get(said.kind)
    faults = _of(said.findings, "fault") if verdict == "reject" else []
    asked = questions_for_agency(said.findings, kind) if verdict in ("reject", "refer") else []
    noted = _of(said.findings, "advice") if verdict != "refer" else []
    advice, own = ([f for f in noted if (f.rule == TOLD) == ours] for ours in (False, True))
    told = (*faults, *asked, *advice)
    return DocumentFacts(
        title=kind.title if kind else "Your document",
        outcome=became,
        changes=group_into_changes(faults, kind, told),
        advice=group_into_changes(advice, kind, told),
        looked_at=group_into_changes(asked, kind, told),
        passed=join_with_and(said.passed),
        note=" ".join(finding.message for finding in own),
        counts_rows=any(f.where.row for f in told),
        heading_row=_heading_row(told),
    )


def _heading_row(told: Sequence[Finding]) -> int | None:
    """None where no heading is told of, or those of several tables are."""
    rows = {f.where.row for f in told if f.rule.startswith("heading-") and f.where.row}
    tables = {f.where.table for f in told if f.where.row}
    return rows.pop() if len(rows) == 1 and len(tables) == 1 else None


def document_again(entry: Entry, kinds: Kinds, counts: bool) -> DocumentFacts:
    """What came before. Of one that does not count any more nothing is asked."""
    kind = kinds.get(entry.kind)
    faults = _of(entry.told.findings, "fault") if entry.verdict == "reject" and counts else []
    told = entry.verdict in ("reject", "refer") and counts
    asked = questions_for_agency(entry.told.findings, kind) if told else []
    return DocumentFacts(
        title=kind.title if kind else "Your document",
        outcome=_AGAIN[entry.verdict] if counts or entry.verdict != "reject" else _MENDED,
        changes=group_into_changes(faults, kind, asked),
        looked_at=group_into_changes(asked, kind, faults),
    )


def _of(findings: Sequence[Finding], severity: str) -> list[Finding]:
    return [finding for finding in findings if finding.severity == severity]
