"""The matter of something that waits: which returns of its agency are not chased meanwhile.

Does: tells from what an entry is which returns it is about, or could be. Pure.
Trusts: the entry as the register has it.
Never touches: documents, letters.
Known limits: a message with no document is about the returns that it names, and about none where
it names none, whatever it is that it asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from config.kind import Kinds
from handlers.register.answered import MESSAGE, left_of
from handlers.register.entries import Unsettled
from handlers.register.matrix import AgencyRow
from handlers.register.more_time import wanted
from handlers.register.returns import REQUEST
from outbox.checklist import MORE_TIME

# A letter asked the sender to send it again: that is theirs to do, and is chased. No letter goes
# about what could be of several reviews.
THEIRS_TO_DO = frozenset({"document-missing", "removed-on-the-way", "too-big"})
SAYS_NOTHING = frozenset({"thanks", "takes-back", "contact-left", "challenge"})


def more_time_asked(
    unsettled: Iterable[Unsettled], kinds: Kinds
) -> Callable[[AgencyRow], Mapping[str, str]]:
    """What an agency is told of each of its returns for which more time was asked and that nobody
    decided about, by the kind of return."""
    requests = defaultdict[int | None, list[Unsettled]](list)
    for entry in unsettled:
        if asks_for_time(entry):
            requests[entry.agency_id].append(entry)

    def of(agency: AgencyRow) -> Mapping[str, str]:
        owed = {row.kind for row in agency.returns}
        about = (matter(entry, owed, kinds) for entry in requests.get(agency.id, ()))
        return dict.fromkeys(frozenset().union(*about), MORE_TIME)

    return of


def asks_for_time(entry: Unsettled) -> bool:
    """A request; or a message that answers a reminder and asks something, kept as one is."""
    return entry.kind == REQUEST or (
        entry.reason == MESSAGE and entry.kind is None and bool(entry.asks)
    )


def matter(entry: Unsettled, owed: Collection[str], kinds: Kinds) -> frozenset[str]:
    """The kinds, of those its agency owes, that the entry is about or could be, without those that
    were agreed about since."""
    if entry.reason in SAYS_NOTHING or (entry.reason in THEIRS_TO_DO and not entry.unclear):
        return frozenset()
    if entry.reason == MESSAGE and entry.kind is None:
        return frozenset(left_of(entry.names, entry.agreed)).intersection(owed)
    if entry.kind == REQUEST:
        ask = wanted(entry.asks, kinds)
        asked = frozenset[str]() if ask.whole else frozenset(ask.kinds or entry.names)
        return (asked.intersection(owed) or frozenset(owed)) - entry.agreed
    kind = kinds.get(entry.kind)
    if kind is None or kind.settles_pack:
        return frozenset(owed)
    return frozenset({kind.id}).intersection(owed)
