"""What a delivery comes to, decided and not yet logged, as a plain value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.register.agency_standing import ABOUT_ANOTHER_RULES
from handlers.register.set_apart_reasons import REFUSED_REASONS
from handlers.register.submissions import (
    DeliveryPart,
    EntryVerdict,
    MailNote,
    Origin,
    Rehearsal,
    Submission,
)
from intake.source import Outcome

# The gravest first: where a delivery goes that holds several.
_OUTCOMES: tuple[tuple[EntryVerdict, Outcome], ...] = (
    ("hold", "held"),
    ("reject", "rejected"),
    ("refer", "referred"),
    ("accept", "accepted"),
    ("automatic", "automatic"),
)


@dataclass(frozen=True, slots=True)
class JudgedDelivery:
    """A rehearsal is a note, not a part. What `stays` is for nobody here, and its source is told
    to leave it as it was; what lets `others_first` is not logged, and is judged once more when what
    lies beside it has been. What is `ordered` was for the service itself: an answer to a digest."""

    parts: tuple[DeliveryPart, ...] = ()
    notes: tuple[MailNote, ...] = ()
    stays: bool = False
    others_first: bool = False
    ordered: bool = False

    @property
    def first_origin(self) -> Origin:
        """Whose it is; of the first, where its documents are of more than one case."""
        return self.parts[0].origin if self.parts else Origin()

    @property
    def submissions(self) -> tuple[Submission, ...]:
        return tuple(submission for part in self.parts for submission in part.submissions)

    @property
    def return_verdicts(self) -> Iterator[EntryVerdict]:
        """The verdict of each return; none for what came again."""
        for submission in self.submissions:
            if submission.verdict is not None:
                yield submission.verdict
            yield from (judgement.verdict for judgement in submission.judgements)

    @property
    def asks_about_another(self) -> bool:
        """Whether it asks about one return by what is known of another, which may come with it."""
        return any(
            finding.rule in ABOUT_ANOTHER_RULES
            for submission in self.submissions
            for judgement in submission.judgements
            for finding in judgement.findings
        )

    @property
    def rehearsal(self) -> Rehearsal | None:
        return next((note for note in self.notes if isinstance(note, Rehearsal)), None)

    @property
    def delivery_outcome(self) -> Outcome:
        """What it came to, for its source."""
        if self.stays:
            return "not ours"
        if any(submission.reason in REFUSED_REASONS for submission in self.submissions):
            return "refused"
        verdicts = set(self.return_verdicts)
        if not verdicts:
            return "duplicate" if self.submissions else "taken"
        return next(outcome for verdict, outcome in _OUTCOMES if verdict in verdicts)
