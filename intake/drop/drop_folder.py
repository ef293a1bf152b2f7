"""The drop folder as a source of deliveries."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

from intake.drop.archive import After, Aside, Mark, put_back
from intake.drop.scan import Found, Look, long_untouched, path, scan, whole
from intake.drop.shared_folder import NAME, AnotherRegisters, Share, ShareAway
from intake.safe_files import Folder, read_all, stamp
from intake.source import (
    Beginning,
    Held,
    NotThere,
    Offer,
    Outcome,
    Past,
    Stray,
    StrayKind,
    TooLarge,
    Unreadable,
    Vanished,
    one_by_one,
)

UNSETTLED = 3600.0  # seconds a file may be written on before it is told
LOCK = 4 * 3600.0  # seconds after which the lock file of a program is taken for left behind


class Patience:
    """What is being waited for."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}
        self._refused: dict[str, StrayKind] = {}

    def waits(self, place: str, now: float) -> None:
        """It was not ready at this look."""
        self._since.setdefault(place, now)

    def refused(self, place: str, why: Exception) -> None:
        """It was ready and could not be read."""
        self._refused[place] = "too large" if isinstance(why, TooLarge) else "unreadable"

    def settled(self, place: str) -> None:
        self._since.pop(place, None)
        self._refused.pop(place, None)

    def exhausted(self, now: float) -> dict[str, StrayKind]:
        """What has been waited for in vain, and why."""
        told: dict[str, StrayKind] = {
            place: "unsettled" for place, since in self._since.items() if now - since > UNSETTLED
        }
        return told | self._refused

    def keep(self, places: set[str]) -> None:
        """Forget what is no longer there."""
        self._since = {p: since for p, since in self._since.items() if p in places}
        self._refused = {p: kind for p, kind in self._refused.items() if p in places}


def lock_holds(found: Found, now: float) -> bool:
    """Whether the lock file beside it means that somebody has it open."""
    return found.locked is not None and now - max(found.locked, found.stamp[1] / 1e9) < LOCK


class FolderShut(NotThere):
    """A folder in the drop folder cannot be opened; what lies in the others is taken."""

    fix = "See whether the service may read and write every agency's folder."


class Drop:
    """The drop folder as a source. `place` is a keyed hash of the file's path in it."""

    name = NAME

    def __init__(
        self,
        folder: Path,
        mark: Mark,
        *,
        settle: Callable[[], None],
        today: Callable[[], date],
        clock: Callable[[], float] = time.time,
        after: After = "move",
        outgrown: Callable[[str, str], bool] = lambda place, content: False,
    ) -> None:
        """`mark` makes keyed hashes, `settle` waits between two looks, `today` names `done/`,
        and `clock` tells the age of a file (seconds, as its modification time). `outgrown` says of
        a place and a mark whether something was taken from there, and nothing with that mark."""
        self.share = Share(folder, Share.mark_of(mark))
        self._mark = mark
        self._settle = settle
        self._today = today
        self._clock = clock
        self._after = after
        self._outgrown = outgrown
        self._recalled = False
        self._aside = Aside(mark, after)
        self._patience = Patience()
        self._look = Look()
        self._seen: dict[str, Found] | None = None  # the last look; None before the first
        self._places: dict[bytes, str] = {}
        self._left: dict[str, Found] = {}  # what was taken and stays where it is

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Keep every other service away meanwhile. Raises AnotherRegisters; a share that is not
        there is claimed at the first look that finds it."""
        try:
            self.share.claim()
        except AnotherRegisters:
            raise
        except NotThere:
            pass
        try:
            yield
        finally:
            self.share.let_go()

    def offers(self) -> Iterator[Offer]:
        """Every file that lies still. Raises NotThere."""
        self._aside.forget()
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
                    self._patience.waits(place, self._clock())
        self._patience.keep(set(self._seen or ()))
        if self._look.shut:
            raise FolderShut(NAME)

    def described(self, offers: Sequence[Offer]) -> list[Offer]:
        """A look says all there is to say."""
        return list(offers)

    def past(self, known: Collection[str], before: datetime) -> Iterator[Past]:
        """None: a drop folder is made for the service."""
        yield from ()

    def begins(self, part: str, beginning: Beginning) -> None:
        """It has no past."""

    def release_all(self, held: Sequence[Held]) -> list[Exception | None]:
        return one_by_one(self.release, held)

    def read(self, offer: Offer) -> bytes:
        """Raises NotThere, Vanished (also when it is no longer what was offered), Unreadable or
        TooLarge."""
        found = self._at(offer.place)
        try:
            with self._way(found.way) as folder, folder.file(found.name) as descriptor:
                if stamp(os.fstat(descriptor)) != found.stamp:
                    raise Vanished()
                raw = read_all(descriptor)
        except (Unreadable, TooLarge) as why:
            self._patience.refused(offer.place, why)
            raise
        self._patience.settled(offer.place)
        return raw

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """What becomes of it, unless it is gone or has changed since it was taken."""
        with suppress(Vanished):
            found = self._at(place)
            if self._after == "leave":
                self._left[place] = found
                return
            with self._way(found.way) as folder:
                day = self._today().isoformat()
                self._aside.take(folder, found.way, found.name, content, day, self._clock())

    def strays(self) -> list[Stray]:
        """What the last look saw and nobody will take, each once at most; empty while the share
        is away."""
        odd = [
            Stray(self._place(path(way, name)), way, kind, about)
            for way, name, kind, about in self._look.odd
        ]
        waiting = self._patience.exhausted(self._clock())
        return odd + [
            Stray(place, found.way, kind, found.stamp)
            for place, kind in waiting.items()
            if (found := (self._seen or {}).get(place)) is not None
        ]

    def put_back(self, way: tuple[str, ...], name: str, data: bytes) -> None:
        """Put a file of ours into `returned/` of a folder that something came from.

        Doing it twice is harmless. Raises NotThere, Vanished, Unreadable or OSError.
        """
        with self._way(way) as folder:
            put_back(folder, name, data)

    def _put_back_what_grew(self) -> None:
        with suppress(NotThere, Unreadable, OSError):  # the look that follows says what is wrong
            self._aside.put_back_what_grew(self._way, self._clock())

    def _recall(self) -> dict[str, Found]:
        """The first look, and once more after what was written on since it was moved, before this
        service started, is back in its folder."""
        self._looked()
        self._recalled = True

        def outgrown(way: tuple[str, ...], name: str, content: str) -> bool:
            return self._outgrown(self._place(path(way, name)), content)

        way, today, now = self._way, self._today(), self._clock()
        with suppress(NotThere, Unreadable, OSError):  # the look says what is wrong
            self._aside.recall(way, self._look.aside, today, now, outgrown)
        return self._looked()

    def _offer(self, place: str, found: Found) -> Offer:
        stays = self._after == "leave"
        return Offer(place, found.agency, found.case, name=found.name, stays=stays, expected=True)

    def _ready(self, found: Found) -> bool:
        now = self._clock()
        if lock_holds(found, now):
            return False
        try:
            if long_untouched(found.stamp, now):
                return True
            with self._way(found.way) as folder, folder.file(found.name) as descriptor:
                return whole(descriptor, found.stamp[0])
        except (Vanished, Unreadable):
            return False

    def _at(self, place: str) -> Found:
        """A place stands for one path for ever, so that what was seen once need not be looked for
        again. Raises Vanished, or Unreadable where it may be behind a door that is shut."""
        seen = self._looked() if self._seen is None else self._seen
        if (found := seen.get(place)) is not None:
            return found
        if self._look.shut:
            raise Unreadable()
        raise Vanished()

    @contextmanager
    def _way(self, way: tuple[str, ...]) -> Iterator[Folder]:
        with self.share.root() as root, ExitStack() as on_the_way:
            folder = root
            for name in way:
                folder = on_the_way.enter_context(folder.below(name))
            yield folder

    def _looked(self) -> dict[str, Found]:
        """Look at everything. Raises NotThere."""
        self._look, self._seen = Look(), None
        self.share.check()
        with self.share.root() as root:
            try:
                self._look = scan(root)
            except Unreadable as why:
                raise ShareAway(NAME) from why
        places = {found.path: self._place(found.path) for found in self._look.files}
        self._places = places  # of what has gone, no more need be known
        self._seen = {places[found.path]: found for found in self._look.files}
        return self._seen

    def _place(self, path: bytes) -> str:
        return self._places.get(path) or self._mark(path)
