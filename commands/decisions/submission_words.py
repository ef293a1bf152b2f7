"""What came of documents, in words that a command prints: "chronology accepted"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.kind import Kinds
from handlers.register.set_apart_reasons import SET_APART_REASONS
from handlers.register.submissions import Submission

OUTCOME_WORDS = {
    "accept": "accepted",
    "reject": "needs changes",
    "refer": "for the administrator to look at",
    "hold": "held for the administrator",
    "automatic": "recorded",
}
UNRECOGNISED = "a document of no known kind"


def submission_outcomes(submissions: Iterable[Submission], kinds: Kinds) -> Iterator[str]:
    """ "chronology accepted", one for each return; none for what came again."""
    for submission in submissions:
        if submission.verdict is not None:
            yield f"{OUTCOME_WORDS[submission.verdict]} ({SET_APART_REASONS[submission.reason]})"
        for judgement in submission.judgements:
            kind = kinds.get(judgement.kind)
            yield f"{kind.noun if kind else UNRECOGNISED} {OUTCOME_WORDS[judgement.verdict]}"
