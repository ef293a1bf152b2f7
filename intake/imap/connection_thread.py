"""One thread for each mailbox, which alone uses its connection (failure mode 13), and how long
it waits before it tries again."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from imaplib import IMAP4
from typing import Any, Generic, TypeVar

from intake.imap.connection import CONNECTION_ERRORS
from intake.imap.errors import (
    LoginRejected,
    MailServerUnreachable,
    NoSuchFolder,
    connection_failure,
)
from intake.imap.session import IDLE_SLICE_SECONDS, ImapSession, WakeUpSignal, listen_for_mail
from intake.source import StillFetching

FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS = (
    1.0,
    300.0,
)  # seconds between tries of a server that does not answer
FIRST_REFUSED_WAIT, MAX_REFUSED_WAIT = (
    60.0,
    900.0,
)  # of one that refuses: more tries could lock us out
IMMEDIATE_TRIES = 3  # tries of a message at once, before waits begin
FIRST_MESSAGE_WAIT, MAX_MESSAGE_WAIT = 60.0, 3600.0  # seconds between tries after those


@dataclass(slots=True)
class BackOff:
    """The waits for one connection. `chance` gives numbers from 0 up to 1."""

    chance: Callable[[], float]
    tries: int = 0

    def next_wait(self, *, refused: bool = False) -> float:
        """How long, after one more try in vain: half of it certain, half by chance."""
        first, longest = (
            (FIRST_REFUSED_WAIT, MAX_REFUSED_WAIT)
            if refused
            else (FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS)
        )
        whole: float = min(longest, first * 2 ** min(self.tries, 20))
        self.tries += 1
        return whole * (0.5 + 0.5 * self.chance())

    def reset_tries(self) -> None:
        """Forget the tries in vain, because the server answers."""
        self.tries = 0


@dataclass(slots=True)
class UnreadableMessages:
    """Messages that could not be read: one that breaks the connection each time must not keep
    others from being read."""

    clock: Callable[[], float]
    _tries: dict[str, int] = field(default_factory=dict)
    _not_before: dict[str, float] = field(default_factory=dict)
    _why: dict[str, type[Exception]] = field(default_factory=dict)

    def reason_to_wait(self, place: str) -> type[Exception] | None:
        """Why it is not to be asked for now; None when it is."""
        return self._why[place] if self.clock() < self._not_before.get(place, 0.0) else None

    def note_failure(self, place: str, why: type[Exception]) -> None:
        """It went wrong once more."""
        self._why[place] = why
        tries = self._tries[place] = self._tries.get(place, 0) + 1
        if tries >= IMMEDIATE_TRIES:
            wait = min(MAX_MESSAGE_WAIT, FIRST_MESSAGE_WAIT * 2 ** min(tries - IMMEDIATE_TRIES, 20))
            self._not_before[place] = self.clock() + wait

    def note_success(self, place: str) -> None:
        """Forget that a message could not be read, because it was."""
        self._tries.pop(place, None)
        self._not_before.pop(place, None)
        self._why.pop(place, None)


log = logging.getLogger(__name__)
T = TypeVar("T")

POLL_SECONDS = 0.1  # seconds; a signal does not shorten a blocking wait (failure mode 81)
LINGER_SECONDS = 0.5  # seconds after a job until it listens: whoever asked may ask for more
STUCK_SECONDS = (
    300.0  # seconds without progress: every wait on the network is shorter (failure mode 82)
)

SessionOpener = Callable[[], AbstractContextManager[ImapSession]]


class ConnectionJob(Generic[T]):
    """Something to do on the connection, and how it ended."""

    def __init__(self, work: Callable[[ImapSession], T]) -> None:
        self._work = work
        self._result: T | None = None
        self._error: BaseException | None = None
        self.over = threading.Event()
        self.broke = False  # it was during this that the connection broke

    def run_on_session(self, session: ImapSession) -> None:
        """Raises what is wrong with the connection; what is wrong with the work is the asker's."""
        try:
            self._result = self._work(session)
        except CONNECTION_ERRORS:
            raise
        except Exception as why:  # noqa: BLE001  handed to whoever asked
            self._error = why
        self.over.set()

    def fail_with(self, why: BaseException) -> None:
        self._error = why
        self.over.set()

    def result_or_raise(self) -> T:
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]  # done without an error


class ConnectionThread:
    """One mailbox's thread. It starts when it is first asked for something."""

    def __init__(self, name: str, dial: SessionOpener, folder: str, back_off: BackOff) -> None:
        """`dial` makes a session; `folder` is the one to listen to."""
        self.name = name
        self._dial = dial
        self._folder = folder
        self._back_off = back_off
        self._jobs: deque[ConnectionJob[Any]] = deque()
        self._wake_up = WakeUpSignal()
        self._ending = threading.Event()
        self._away: MailServerUnreachable | None = None
        self._progressed = time.monotonic()
        self._nudge: Callable[[], None] = lambda: None
        self._stopping: threading.Event = threading.Event()
        self._patience = float("inf")
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def attach_to_service(
        self, nudge: Callable[[], None], stopping: threading.Event, patience: float
    ) -> None:
        """For a service: `nudge` is called when something may have come; nobody waits for longer
        than `patience` seconds, or once `stopping` is set."""
        self._nudge, self._stopping, self._patience = nudge, stopping, patience
        self._begin()

    def submit_work(self, work: Callable[[ImapSession], T]) -> ConnectionJob[T]:
        job = ConnectionJob(work)
        if self._away is not None:
            job.fail_with(self._away)
            return job
        self._jobs.append(job)
        self._begin()
        self._wake_up.wake_waiter()
        return job

    def wait_for_job(self, job: ConnectionJob[T], patience: float = float("inf")) -> T:
        """Wait for it, for `patience` seconds at most. Raises MailServerUnreachable, StillFetching,
        or what the work raises."""
        deadline = time.monotonic() + min(patience, self._patience)
        while not job.over.wait(POLL_SECONDS):
            if self._stopping.is_set() or time.monotonic() > deadline:
                raise StillFetching()
            if not self._thread.is_alive():
                raise MailServerUnreachable(self.name)
        return job.result_or_raise()

    @property
    def is_stopping(self) -> bool:
        """Whether the service was told to stop, so that nobody waits any more."""
        return self._stopping.is_set()

    def is_progressing(self) -> bool:
        """Whether the thread is alive and not stuck; also before it was needed."""
        if self._thread.ident is None:
            return True
        return self._thread.is_alive() and time.monotonic() - self._progressed < STUCK_SECONDS

    def note_progress(self) -> None:
        self._progressed = time.monotonic()

    def close(self) -> None:
        """Its connection is not waited for: nothing is lost with it."""
        self._ending.set()
        self._wake_up.wake_waiter()
        if self._thread.ident is not None:
            self._thread.join(POLL_SECONDS * 5)
        if not self._thread.is_alive():
            self._wake_up.close()

    def _begin(self) -> None:
        if self._thread.ident is None:
            self._thread.start()

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                with self._dial() as session:
                    self._connected()
                    self._work(session)
            except Exception as why:  # noqa: BLE001  a server that maddens one mailbox stops no other
                self._lost(why)

    def _connected(self) -> None:
        self._away = None
        self._nudge()  # what came while nobody listened

    def _work(self, session: ImapSession) -> None:
        """Until the connection breaks or we are to end."""
        while not self._ending.is_set():
            self.note_progress()
            if self._jobs:
                self._one(session)
                self._linger()
            else:
                self._listen(session)
            self._back_off.reset_tries()  # not before: a server may let us in and do no more

    def _linger(self) -> None:
        """Until there is another job, or none comes: to listen in between would cost three round
        trips."""
        until = time.monotonic() + LINGER_SECONDS
        while not (self._jobs or self._ending.is_set()) and time.monotonic() < until:
            self._wake_up.wait(max(0.0, until - time.monotonic()))

    def _listen(self, session: ImapSession) -> None:
        try:
            session.open_folder(self._folder)
        except NoSuchFolder:  # there may be others, and somebody may make it
            self._wake_up.wait(IDLE_SLICE_SECONDS)
            session.client.noop()
            return
        if listen_for_mail(session.client, self._wake_up, IDLE_SLICE_SECONDS):
            session.close_folder()
            self._nudge()

    def _one(self, session: ImapSession) -> None:
        job = self._jobs.popleft()
        try:
            job.run_on_session(session)
        except BaseException as why:
            job.broke = True
            job.fail_with(connection_failure(self.name, why))
            raise

    def _lost(self, why: Exception) -> None:
        """Throw everything away, tell who waits, and wait for the next try."""
        self._away = connection_failure(self.name, why)
        if type(self._away) is MailServerUnreachable and not isinstance(
            why, OSError | IMAP4.error | MailServerUnreachable
        ):
            log.error("%s: %s", self.name, type(why).__name__)  # no more: it may quote a message
        rest = self._back_off.next_wait(refused=isinstance(self._away, LoginRejected))
        until = time.monotonic() + rest
        while not self._ending.is_set() and time.monotonic() < until:
            self.note_progress()
            while self._jobs:
                self._jobs.popleft().fail_with(self._away)
            self._wake_up.wait(max(0.0, min(1.0, until - time.monotonic())))
