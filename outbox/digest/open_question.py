"""One thing that waits for a person, and with what it goes into one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.calendar import date_without_year
from handlers.register.rival_versions import RULE
from handlers.register.set_apart_reasons import REFUSED_REASONS, SetApartReason
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON, Entry
from outbox.digest.offers import EntryToAnswer
from outbox.writing.asks import NO_TOPIC, AskTopic

# What may hold a return, or asks for more than to be put away: each is looked at.
_LOOKED_AT = frozenset(
    {NOT_JUDGED_REASON, *REFUSED_REASONS}
    | {
        SetApartReason.AGENCY_UNKNOWN,
        SetApartReason.CASE_UNCLEAR,
        SetApartReason.CASE_OTHER,
        SetApartReason.DOCUMENT_MISSING,
        SetApartReason.NOT_WHOLE,
        SetApartReason.TOO_BIG,
    }
    | {
        SetApartReason.SEALED_WAITING,
        SetApartReason.SHARE_WAITING,
        SetApartReason.REMOVED_ON_THE_WAY,
        SetApartReason.TAKES_BACK,
    }
    | {
        SetApartReason.CONTACT_LEFT,
        SetApartReason.CHALLENGE,
        SetApartReason.HELD_ELSEWHERE,
        SetApartReason.HELD_NOTICE,
        SetApartReason.SEALED_UNKNOWN,
        SEALED_NOTICE_REASON,
    }
)
# Reports about letters of ours: what domain they come from proves nothing, and parts none of them.
_REPORTS = frozenset({SetApartReason.REPORT_UNPROVEN, SetApartReason.REPORT_ODD})


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One entry that waits. `whose` is "N12, Shire Police", "" for nobody's; `ends` says what has
    been done about it, with {} for the day since when it waits, where that is always said; `late`
    the same once it has waited for more than a day. `rivals` are all versions, by their entries,
    where several of one return came together. `came` says how and when what could not be judged
    came, "" of all else."""

    entry: Entry
    whose: str
    what: str
    ends: str
    because: tuple[str, ...]
    since: date
    grants: tuple[str, ...] = ()  # the commands that would give what it asks for
    came: str = ""
    owed: tuple[str, ...] = ()  # the kinds of return that its agency may send
    of: str = ""  # whose it is proven to be, where it could be for several reviews
    leavers: tuple[str, ...] = ()  # what can be done about who leaves, as it says
    late: str = ""
    rivals: tuple[int, ...] = ()
    answer: EntryToAnswer | None = None  # by mail
    topic: AskTopic = NO_TOPIC

    @property
    def entries(self) -> tuple[int, ...]:
        return self.rivals or (self.entry.id,)

    def ends_on(self, today: date) -> str:
        """What has been done about it, and since when it waits."""
        waited = (today - self.since).days > 1
        ends = self.late if self.late and waited else self.ends
        return ends.replace("{}", date_without_year(self.since))

    @property
    def sender_domain(self) -> str:
        return self.entry.told.domain

    @property
    def can_settle_together(self) -> bool:
        """Whether one decision about many of it loses nothing."""
        entry = self.entry
        return bool(entry.reason) and entry.kind is None and entry.reason not in _LOOKED_AT

    @property
    def is_agency_return(self) -> bool:
        """Whether an agency has to be answered about it."""
        return self.entry.agency_id is not None and self.entry.position > 0

    @property
    def is_bounce_report(self) -> bool:
        return self.entry.reason in _REPORTS

    @property
    def domain_group_key(self) -> Hashable:
        return ("" if self.is_bounce_report else self.sender_domain, self.stranger_group_key)

    @property
    def agency_group_key(self) -> Hashable | None:
        """Whatever it waits for; of what is an agency's alone, and asks for no more time."""
        if not self.whose or self.grants or self.entry.reason == NOT_JUDGED_REASON:
            return None
        return (self.whose, self.what, self.ends, self.entry.reason, self.entry.kind)

    @property
    def stranger_group_key(self) -> Hashable:
        """What is alike of strangers' mail, whatever its domain."""
        reason, cases = self.entry.reason, self.entry.told.candidates
        whose = self.whose or self.of
        return (whose, self.what, self.ends, reason, self.entry.kind, cases, self.because)


def with_rivals_as_one(asks: Sequence[OpenQuestion]) -> list[OpenQuestion]:
    """Versions of one return that came together ask one question: which of them counts."""
    together = defaultdict[Hashable, list[OpenQuestion]](list)
    for ask in asks:
        entry = ask.entry
        rivals = any(finding.rule == RULE for finding in entry.told.findings)
        same = (entry.delivery_id, entry.agency_id, entry.kind)
        together[same if rivals else entry.id].append(ask)
    return [_as_one(same) for same in together.values()]


def _as_one(same: Sequence[OpenQuestion]) -> OpenQuestion:
    if len(same) == 1:
        return same[0]
    ids = tuple(ask.entry.id for ask in same)
    because = tuple(dict.fromkeys(each for ask in same for each in ask.because))
    what = f"{same[0].what}, in {len(ids):,} versions that came together"
    return replace(same[0], what=what, because=because, rivals=ids)
