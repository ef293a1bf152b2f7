"""What was suppressed, in sentences for the digest: who was not chased, and what was called back.

Does: puts each into words, agencies of one case and one reason together (failure mode 70).
Trusts: what the chasers decided, and the queue's rows.
Never touches: what a letter says.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from intake.ledger import Ledger
from outbox.facts import Need
from outbox.groups import numbered, together
from outbox.named import NAMES
from outbox.overtaken import IN_ONE
from outbox.silence import Silent
from outbox.words import listed

_CALLED_BACK = (
    "SELECT l.id, l.kind, l.answer, c.reference, a.name FROM letters l"  # noqa: S608  our own words
    " JOIN cases c ON c.id = l.case_id JOIN agencies a ON a.id = l.agency_id"
    f" WHERE l.state = 'called back' AND l.answer <> '{IN_ONE}' AND l.called_back > ? ORDER BY l.id"
)


def suppressed(silent: Sequence[Silent]) -> Iterator[Need]:
    """ "N12, Shire Police: chronology. They ask for more time, and you have not decided."."""
    by_reason = sorted(silent, key=_same)
    for (case, about, why, command, more), same in groupby(by_reason, key=_same):
        agencies = listed(sorted(each.agency for each in same))
        begins = why[:1].upper() + why[1:]
        yield Need(f"{case}, {agencies}: {about}. {begins}.", command, more=more)


def _same(silent: Silent) -> tuple[str, str, str, str, tuple[str, ...]]:
    return silent.reference, silent.about, silent.why, silent.command, silent.more


def called_back(ledger: Ledger, since: datetime | None) -> Iterator[Need]:
    """What was written since then and taken back before it left, a sentence each, or for many."""
    at = since.astimezone(UTC).isoformat() if since else ""
    for same in together(ledger.rows(_CALLED_BACK, at), lambda row: (row["kind"], row["answer"])):
        row, name = same[0], NAMES[same[0]["kind"]]
        if len(same) > 1:
            agencies = sorted({f"{each['reference']}, {each['name']}" for each in same})
            letters = numbered("letters", [each["id"] for each in same])
            yield Need(
                f"{'; '.join(agencies)}: {letters}, each {name}, were called back before they left:"
                f" {row['answer']}."
            )
            continue
        yield Need(
            f"{row['reference']}, {row['name']}: letter {row['id']}, {name}, was called back before"
            f" it left: {row['answer']}."
        )
