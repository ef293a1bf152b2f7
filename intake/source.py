"""The contract of a source: what every mailbox and drop folder must be able to do.

`tests/intake/test_sources.py` holds every source to it. One process works a source at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from config.explained_error import ExplainedError
from config.refused_access import find_refusal

# What a delivery came to, as far as its source need know. "taken" says no more than that it is
# safe and done with; "not ours" that it was looked at and is for nobody here: it stays as it was.
# What is "refused" is held, and may be a virus: no file of it is kept plain.
Outcome = Literal[
    "taken",
    "accepted",
    "rejected",
    "referred",
    "held",
    "refused",
    "automatic",
    "duplicate",
    "set aside",
    "not ours",
]


class DeliveryForm(StrEnum):
    """What the bytes of a delivery are, the words of the spool's schema."""

    MESSAGE = "message"  # a message, whose headers say who sent it
    FILE = "file"  # one file and nothing about it


MAX_CONTENT_BYTES = 50 * 1024 * 1024  # bytes; a toolkit return is a hundredth of this


class ItemVanished(ExplainedError):
    sentence = "It was there a moment ago and is not there now."


class ItemUnreadable(ExplainedError):
    sentence = "It is there and cannot be read; it may be open in another program."


class MessageWithheld(ItemUnreadable):
    sentence = "The mail server does not hand a message over. It stays, and is asked for again."


class MessageTruncated(MessageWithheld):
    sentence = (
        "A message was handed over shorter than it is said to be. It stays, and is asked for again."
    )


class StillFetching(ExplainedError):
    sentence = "It is still being fetched; it will be offered again."


class ItemTooLarge(ExplainedError):
    """`head` is the header block of a message, fetched without the rest, so that its sender can be
    told; b"" where there is none.
    """

    sentence = "It is larger than anything the toolkit asks for."

    def __init__(self, head: bytes = b"") -> None:
        super().__init__()
        self.head = head


class SourceUnavailable(ExplainedError):
    sentence = (
        "The source, or a part of it, is away: a share not mounted, a folder that cannot be opened."
    )

    fix = "See whether it is mounted, and whether this service may read and write it."


class SourceRefused(SourceUnavailable):
    sentence = "A place that something is taken from may not be read and written."

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name)
        refused = find_refusal(path)
        self.sentence, self.fix = refused.says, refused.fix


class SourceUnreadable(SourceUnavailable):
    sentence = "Something that lies there cannot be read. It stays, and is tried again and again."

    fix = "See who owns it, whether this service may read it, and whether its disk is sound."


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """Something a source has, settled and ready to be read.

    `place` is the source's own key for it, made of ids and keyed hashes: no file name and no
    address. `agency` and `case` are what the place itself proves about who sent it (a folder
    that only that agency can write), or None; `name` is the file's own, for what is answered
    beside it. What `stays` is never taken away: the same content there is the same arrival.
    Where `singular`, what has the same bytes is the same thing, and is taken once: a message says
    in its headers when and by which way it came, so that these bytes again are one message that was
    delivered twice, moved, or met in a folder numbered anew. What `moves` is taken away once it is
    dealt with, and keeps its place: when it lies here again, a person has put it back.

    What a description adds: `expected` things come from somebody registered, as far as can be seen
    without reading, and are taken before others; `sender` is the address that a message gives, a
    hint that proves nothing; `early` is what lay there before the service was told to look; `size`
    is in bytes, None where it is not known.
    """

    place: str
    agency: str | None = None
    case: str | None = None
    name: str | None = None
    stays: bool = False
    singular: bool = False
    moves: bool = False
    expected: bool = False
    sender: str = ""
    early: bool = False
    size: int | None = None


# Why something that lies there is not taken, the words of the spool's schema.
StrayKind = Literal["no file", "no message", "misplaced", "unsettled", "unreadable", "too large"]
# What may be a return all the same: its agency is not chased, and it is told until it has gone.
POSSIBLE_RETURN_KINDS: frozenset[StrayKind] = frozenset({"unsettled", "unreadable", "too large"})


@dataclass(frozen=True, slots=True)
class StrayItem:
    """Something that is not taken. Its name is not kept: `way` are the folders it lies in, `stamp`
    its size in bytes and when it was last changed (nanoseconds)."""

    place: str
    way: tuple[str, ...]
    kind: StrayKind
    stamp: tuple[int, int]


class PastContents(NamedTuple):
    """What lies in a part of a source that is looked at for the first time. `part` is its own key
    for it, `last` its own note of how far the past goes; `messages` are those from before,
    `oldest` is the year of the oldest, and `later` are those that came since."""

    part: str
    messages: int
    oldest: int | None
    last: str = ""
    later: int = 0


class PartBeginning(NamedTuple):
    """From when on what lies in a part of a source is taken in. What came after `last`, as the
    source noted it, is new whatever date it bears."""

    at: datetime
    last: str = ""


class DealtWithItem(NamedTuple):
    """What a source put aside once it was done with: as it would be offered, its bytes, and when it
    came as far as the source can tell (UTC)."""

    offer: SourceOffer
    raw: bytes
    came: datetime


class HeldItem(NamedTuple):
    """What a source holds although it is done with; see `Source.release_item`."""

    place: str
    content: str
    outcome: Outcome


class WithdrawnCopy(NamedTuple):
    """What is to be deleted wherever a source keeps it plain: the `folders` it came in,
    `is_withdrawn` knows its bytes, and `returned_names` are those of what was answered beside
    it."""

    folders: tuple[str, ...]
    is_withdrawn: Callable[[bytes], bool]
    returned_names: frozenset[str] = frozenset()


class SourceIdentity(Protocol):
    """Which source it is, and what that says of everything that it delivers.

    `name` is stored with each delivery: "drop", "mail-1". A source that `proves_agency` has places
    that only one agency can write, and each of its offers says which; of another source what an
    offer says of an agency is not believed. Which senders of a message are believed is the
    `MailboxPolicy` of its mailbox (`handlers/senders/sender_proof.py`), by its settings.
    """

    @property
    def name(self) -> str: ...

    @property
    def form(self) -> DeliveryForm: ...

    @property
    def proves_agency(self) -> bool: ...


class Source(SourceIdentity, Protocol):
    """A place that deliveries come from.

    One that is `remote` is asked over a network: after all others, about many things at once, and
    what it does not hand over is withheld.
    """

    @property
    def remote(self) -> bool: ...

    def claimed_exclusively(self) -> AbstractContextManager[None]:
        """Keep every other service away meanwhile. Raises ShareClaimedElsewhere or
        SourceClaimedElsewhere; one that is away is claimed once it is there."""
        ...

    def remove_copies(self, withdrawn: WithdrawnCopy) -> int | None:
        """Delete what lies plain of it; returns how many files, or None where the source is out of
        our reach. Doing it twice is harmless. Raises SourceUnavailable, ItemVanished,
        ItemUnreadable or OSError."""
        ...

    def list_offers(self) -> Iterable[SourceOffer]:
        """Everything there and ready, also what was there before the service started.

        Raises SourceUnavailable, when only a part is away after everything else was offered.
        """
        ...

    def describe_offers(self, offers: Sequence[SourceOffer]) -> list[SourceOffer]:
        """The same, in the same order, with what can be told without reading them. Asked for in
        batches, and only of what is new. Raises SourceUnavailable or StillFetching."""
        ...

    def find_past_contents(
        self, known: Collection[str], before: datetime
    ) -> Iterable[PastContents]:
        """What lies from `before` in each part that can have a past and is not among the `known`.
        Raises as `describe_offers`."""
        ...

    def set_beginning(self, part: str, beginning: PartBeginning) -> None:
        """Offer nothing of this part that is older."""
        ...

    def read_content(self, offer: SourceOffer) -> bytes:
        """Its raw bytes; the source keeps it. Raises ItemVanished, ItemUnreadable, ItemTooLarge,
        or StillFetching or SourceUnavailable where it comes over a network."""
        ...

    def list_dealt_with(self, since: datetime) -> Iterable[DealtWithItem]:
        """What was put aside about then or later and is still there: after a restore it is taken in
        again. What cannot be read is left out. Raises SourceUnavailable."""
        ...

    def list_strays(self) -> list[StrayItem]:
        """What the last look saw and nobody will take, each once: a link, a device, a folder where
        none belongs. It was never opened nor followed. Empty while the source is away."""
        ...

    def release_item(self, place: str, content: str, outcome: Outcome) -> None:
        """The spool holds what was at `place` with the mark `content`: it need not stay.

        Doing it twice, or for something that has gone, is harmless. What now lies there with other
        content is left alone and will be offered. Raises SourceUnavailable, ItemUnreadable,
        ItemTooLarge or OSError; it may then be asked again.
        """
        ...

    def release_items(self, held: Sequence[HeldItem]) -> list[Exception | None]:
        """The same for many: what was in the way of each, None where nothing was.

        Raises StillFetching.
        """
        ...


RELEASE_ERRORS = (OSError, SourceUnavailable, ItemUnreadable, ItemTooLarge)


def release_one_by_one(
    release: Callable[[str, str, Outcome], None], held: Sequence[HeldItem]
) -> list[Exception | None]:
    """How a source lets go of many that has nothing to gain by doing so at once."""
    ended: list[Exception | None] = []
    for each in held:
        try:
            release(*each)
            ended.append(None)
        except RELEASE_ERRORS as why:
            ended.append(why)
    return ended
