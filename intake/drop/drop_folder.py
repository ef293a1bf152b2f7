"""The drop folder as a source of deliveries."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from shlex import quote

from config.settings import FIRST_DROP_FOLDER
from intake.drop.archive import (
    AfterMode,
    DoneFolders,
    MarkFunction,
    SameCheck,
    files_put_away,
    write_returned_file,
)
from intake.drop.removal import remove_copies
from intake.drop.scan import (
    FolderScan,
    FoundFile,
    is_file_whole,
    is_long_untouched,
    join_path_bytes,
    scan_drop_folder,
)
from intake.drop.shared_folder import (
    DropFolderTrouble,
    ShareClaimedElsewhere,
    SharedFolder,
    ShareUnavailable,
)
from intake.safe_files import OpenFolder, file_stamp, read_descriptor
from intake.source import (
    DealtWithItem,
    DeliveryForm,
    HeldItem,
    ItemTooLarge,
    ItemUnreadable,
    ItemVanished,
    Outcome,
    PartBeginning,
    PastContents,
    SourceOffer,
    SourceUnavailable,
    StrayItem,
    StrayKind,
    WithdrawnCopy,
    release_one_by_one,
)

UNSETTLED_SECONDS = 3600.0  # seconds a file may be written on before it is told
STALE_LOCK_SECONDS = (
    4 * 3600.0
)  # seconds after which the lock file of a program is taken for left behind


class WaitingFiles:
    """What is being waited for."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}
        self._refused: dict[str, StrayKind] = {}

    def mark_waiting(self, place: str, now: float) -> None:
        """It was not ready at this look."""
        self._since.setdefault(place, now)

    def mark_refused(self, place: str, why: Exception) -> None:
        """It was ready and could not be read."""
        self._refused[place] = "too large" if isinstance(why, ItemTooLarge) else "unreadable"

    def mark_settled(self, place: str) -> None:
        self._since.pop(place, None)
        self._refused.pop(place, None)

    def overdue_files(self, now: float) -> dict[str, StrayKind]:
        """What has been waited for in vain, and why."""
        told: dict[str, StrayKind] = {
            place: "unsettled"
            for place, since in self._since.items()
            if now - since > UNSETTLED_SECONDS
        }
        return told | self._refused

    def keep_only_places(self, places: set[str]) -> None:
        """Forget what is no longer there."""
        self._since = {p: since for p, since in self._since.items() if p in places}
        self._refused = {p: kind for p, kind in self._refused.items() if p in places}


def is_lock_current(found: FoundFile, now: float) -> bool:
    """Whether the lock file beside it means that somebody has it open."""
    return (
        found.locked is not None
        and now - max(found.locked, found.stamp[1] / 1e9) < STALE_LOCK_SECONDS
    )


class AgencyFolderClosed(DropFolderTrouble):
    sentence = "A folder in the drop folder cannot be opened; what lies in the others is taken."

    fix = "See whether the service may read and write every agency's folder."

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name)
        which = f"find {quote(str(path.absolute()))} -type d ! -readable"
        self.fix = f"{self.fix} To see which it may not, type as the service's user: {which}"


class DropFolder:
    """A drop folder as a source. `place` is a keyed hash of the file's path in it: two of them may
    have one place, and differ by their `name`."""

    form = DeliveryForm.FILE
    proves_agency = True
    remote = False

    def __init__(
        self,
        folder: Path,
        mark: MarkFunction,
        *,
        name: str = FIRST_DROP_FOLDER,
        says: str = "",
        settle: Callable[[], None],
        today: Callable[[], date],
        clock: Callable[[], float] = time.time,
        after: AfterMode = "move",
        outgrown: Callable[[str, str], bool] = lambda place, content: False,
    ) -> None:
        """`mark` makes keyed hashes, `says` tells whose register it is, `settle` waits between two
        looks, `today` names `done/`, and `clock` tells the age of a file (seconds, as its
        modification time). `outgrown` says of a place and a mark whether something was taken from
        there, and nothing with that mark."""
        self.name = name
        self.share = SharedFolder(folder, SharedFolder.register_claim(mark, says), name)
        self._mark = mark
        self._settle = settle
        self._today = today
        self._clock = clock
        self._after = after
        self._outgrown = outgrown
        self._recalled = False
        self._aside = DoneFolders(mark, after)
        self._patience = WaitingFiles()
        self._look = FolderScan()
        self._seen: dict[str, FoundFile] | None = None  # the last look; None before the first
        self._places: dict[bytes, str] = {}
        self._left: dict[str, FoundFile] = {}  # what was taken and stays where it is

    @contextmanager
    def claimed_exclusively(self) -> Iterator[None]:
        """Keep every other service away meanwhile.

        Raises ShareClaimedElsewhere; a share that is not there is claimed at the first look that
        finds it.
        """
        self.share.refuse_inner_folder()
        try:
            self.share.claim_folder()
        except ShareClaimedElsewhere:
            raise
        except SourceUnavailable:
            pass
        try:
            yield
        finally:
            self.share.release_claim()

    def list_offers(self) -> Iterator[SourceOffer]:
        """Every file that lies still. Raises SourceUnavailable."""
        self._aside.forget_listings()
        self._put_back_what_grew()
        first = self._looked() if self._recalled else self._recall()
        if first:
            self._settle()
            before = set(first.values())
            for place, found in sorted(self._looked().items(), key=lambda p: p[1].stamp[1]):
                if self._left.get(place) == found:
                    continue
                if found in before and self._ready(found):
                    yield self._offer(place, found)
                else:
                    self._patience.mark_waiting(place, self._clock())
        self._patience.keep_only_places(set(self._seen or ()))
        if self._look.shut:
            raise AgencyFolderClosed(self.name, self.share.path)

    def describe_offers(self, offers: Sequence[SourceOffer]) -> list[SourceOffer]:
        """A look says all there is to say."""
        return list(offers)

    def find_past_contents(
        self, known: Collection[str], before: datetime
    ) -> Iterator[PastContents]:
        """None: a drop folder is made for the service."""
        yield from ()

    def set_beginning(self, part: str, beginning: PartBeginning) -> None:
        """Does nothing: a drop folder has no past that is left alone."""

    def release_items(self, held: Sequence[HeldItem]) -> list[Exception | None]:
        return release_one_by_one(self.release_item, held)

    def read_content(self, offer: SourceOffer) -> bytes:
        """Raises SourceUnavailable, ItemVanished (also when it is no longer what was offered),
        ItemUnreadable or ItemTooLarge."""
        found = self._at(offer.place)
        try:
            with self._way(found.way) as folder, folder.open_file(found.name) as descriptor:
                if file_stamp(os.fstat(descriptor)) != found.stamp:
                    raise ItemVanished()
                raw = read_descriptor(descriptor)
        except (ItemUnreadable, ItemTooLarge) as why:
            self._patience.mark_refused(offer.place, why)
            raise
        self._patience.mark_settled(offer.place)
        return raw

    def release_item(self, place: str, content: str, outcome: Outcome) -> None:
        """What becomes of it, unless it is gone or has changed since it was taken. What may be a
        virus is taken away whole, unless all is to be left: the vault has it."""
        with suppress(ItemVanished):
            found = self._at(place)
            if self._after == "leave":
                self._left[place] = found
                return
            with self._way(found.way) as folder:
                day = self._today().isoformat()
                at, keep = self._clock(), outcome != "refused"
                self._aside.move_to_done(folder, found.way, found.name, content, day, at, keep=keep)

    def list_dealt_with(self, since: datetime) -> Iterator[DealtWithItem]:
        """The `done/` folders, a day more for another clock. Raises SourceUnavailable."""
        self._looked()
        for way in sorted(self._look.aside):
            with suppress(ItemVanished, ItemUnreadable), self._way(way) as folder:
                for came, name, raw in files_put_away(folder, since.date() - timedelta(days=1)):
                    found = FoundFile(way, name, (len(raw), 0))
                    offer = self._offer(self._place(found.path_bytes), found)
                    yield DealtWithItem(offer, raw, came)

    def list_strays(self) -> list[StrayItem]:
        """What the last look saw and nobody will take, each once at most; empty while the share
        is away."""
        odd = [
            StrayItem(self._place(join_path_bytes(way, name)), way, kind, about)
            for way, name, kind, about in self._look.odd
        ]
        waiting = self._patience.overdue_files(self._clock())
        return odd + [
            StrayItem(place, found.way, kind, found.stamp)
            for place, kind in waiting.items()
            if (found := (self._seen or {}).get(place)) is not None
        ]

    def write_returned_file(
        self, way: tuple[str, ...], name: str, data: bytes, same: SameCheck | None = None
    ) -> None:
        """Put a file of ours into `returned/` of a folder that something came from, but where the
        `same` lies there.

        Doing it twice is harmless. Raises SourceUnavailable, ItemVanished, ItemUnreadable or
        OSError.
        """
        with self._way(way) as folder:
            write_returned_file(folder, name, data, *filter(None, [same]))

    def remove_copies(self, withdrawn: WithdrawnCopy) -> int:
        with self._way(withdrawn.folders) as folder:
            return remove_copies(folder, withdrawn.is_withdrawn, withdrawn.returned_names)

    def _put_back_what_grew(self) -> None:
        with suppress(
            SourceUnavailable, ItemUnreadable, OSError
        ):  # the look that follows says what is wrong
            self._aside.restore_grown_files(self._way, self._clock())

    def _recall(self) -> dict[str, FoundFile]:
        """The first look, and once more after what was written on since it was moved, before this
        service started, is back in its folder."""
        self._looked()
        self._recalled = True

        def outgrown(way: tuple[str, ...], name: str, content: str) -> bool:
            return self._outgrown(self._place(join_path_bytes(way, name)), content)

        way, today, now = self._way, self._today(), self._clock()
        with suppress(SourceUnavailable, ItemUnreadable, OSError):  # the look says what is wrong
            self._aside.recall_moved_files(way, self._look.aside, today, now, outgrown)
        return self._looked()

    def _offer(self, place: str, found: FoundFile) -> SourceOffer:
        stays = self._after == "leave"
        return SourceOffer(
            place, found.agency_code, found.case_folder, name=found.name, stays=stays, expected=True
        )

    def _ready(self, found: FoundFile) -> bool:
        now = self._clock()
        if is_lock_current(found, now):
            return False
        try:
            if is_long_untouched(found.stamp, now):
                return True
            with self._way(found.way) as folder, folder.open_file(found.name) as descriptor:
                return is_file_whole(descriptor, found.stamp[0])
        except (ItemVanished, ItemUnreadable):
            return False

    def _at(self, place: str) -> FoundFile:
        """A place stands for one path for ever, so that what was seen once need not be looked for
        again. Raises ItemVanished, or ItemUnreadable where it may be behind a door that is shut."""
        seen = self._looked() if self._seen is None else self._seen
        if (found := seen.get(place)) is not None:
            return found
        if self._look.shut:
            raise ItemUnreadable()
        raise ItemVanished()

    @contextmanager
    def _way(self, way: tuple[str, ...]) -> Iterator[OpenFolder]:
        with self.share.open_root() as root, ExitStack() as on_the_way:
            folder = root
            for name in way:
                folder = on_the_way.enter_context(folder.open_subfolder(name))
            yield folder

    def _looked(self) -> dict[str, FoundFile]:
        """Look at everything. Raises SourceUnavailable."""
        self._look, self._seen = FolderScan(), None
        self.share.renew_claim()
        with self.share.open_root() as root:
            try:
                self._look = scan_drop_folder(root)
            except ItemUnreadable as why:
                raise ShareUnavailable(self.name) from why
        places = {found.path_bytes: self._place(found.path_bytes) for found in self._look.files}
        self._places = places  # of what has gone, no more need be known
        self._seen = {places[found.path_bytes]: found for found in self._look.files}
        return self._seen

    def _place(self, path: bytes) -> str:
        return self._places.get(path) or self._mark(path)
