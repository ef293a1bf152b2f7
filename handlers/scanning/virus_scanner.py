"""Decides what may be opened: what the virus scanner looked through and found nothing in.

Where the scanner cannot be relied on, nothing is (ScannerUnavailable): it is down, slow, has limits
below ours, or signatures that are too old or of no known day. That is no fault of any document's:
what came waits. What it finds, or cannot look through, is a fault of that document alone.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from config.calendar import day_month_and_year
from config.english import count_noun
from handlers.sandbox.protocol import DocumentUnreadable, WorkerLost, WorkerUnavailable
from handlers.scanning.clamd import ClamdClient, ClamdMissing, ClamdTrouble
from handlers.scanning.clamd_answers import (
    ClamdVersion,
    ScanOutcome,
    read_scan_answer,
    read_version,
)
from handlers.scanning.eicar import HARMLESS, nested_archive, padded_test_virus

READY_SECONDS = 30.0  # for so long it is believed to stand as it did when it was last asked
REMEMBERED_SECONDS = 300.0  # the same bytes are opened several times, and scanned once
MAX_REMEMBERED = 500  # documents

RefusalRule = Literal["infected", "not-scanned"]  # the rules of config/arrivals.toml
TOO_LARGE = "it is larger than what is given to the virus scanner"
NOT_TO_THE_END = "the virus scanner did not look through all of it"

_LIMITS_FIX = (
    "In clamd.conf set StreamMaxLength and MaxFileSize above largest_mb of the settings, and"
    " MaxScanSize above twice that; then: `systemctl restart clamav-daemon`"
)
_SIGNATURES_FIX = (
    "See why no newer ones come: `journalctl -u clamav-freshclam` To fetch them: `freshclam`"
)


class ScannerUnavailable(WorkerUnavailable):
    """The virus scanner cannot be relied on, so nothing is opened. It says so in `sentence`, and
    what to do in `fix`."""

    def __init__(self, sentence: str, fix: str) -> None:
        super().__init__(sentence)
        self.sentence, self.fix = sentence, fix

    def __str__(self) -> str:
        return f"{self.sentence} Nothing that came is opened meanwhile. {self.fix}"


class ScanLost(WorkerLost):
    """The scanner gave out in the middle of one document and is well otherwise: perhaps by that
    document's doing, so a try was made of it."""

    sentence = "The virus scanner did not come to the end of a document."

    def __str__(self) -> str:
        return self.sentence


class ContentRefused(DocumentUnreadable):
    """These bytes are opened by nobody: by this rule, with this word in its sentence."""

    sentence = "The virus scanner does not let this be opened."

    def __init__(self, rule: RefusalRule, word: str) -> None:
        super().__init__(rule, word)
        self.rule, self.word = rule, word


@dataclass(frozen=True, slots=True)
class ScannerTerms:
    """`largest` is the most that is given to it, in bytes; `max_age` how old its signatures may
    be."""

    largest: int
    max_age: timedelta


@dataclass(frozen=True, slots=True)
class ScannerStanding:
    """A scanner that can be relied on, and the day of its signatures."""

    told: str
    signatures: datetime


def find_version_trouble(
    version: ClamdVersion | None, terms: ScannerTerms, now: datetime
) -> ScannerUnavailable | None:
    """Why its signatures are not relied on; None where they are."""
    if version is None:
        return ScannerUnavailable(ClamdTrouble.sentence, ClamdTrouble.fix)
    if version.day is None:
        says = "The virus scanner does not say of which day its signatures are."
        return ScannerUnavailable(says, _SIGNATURES_FIX)
    age = now - version.day
    if age < terms.max_age + timedelta(days=1):  # it tells the day, and not how late in it
        return None
    allowed = "is" if terms.max_age.days == 1 else "are"
    says = (
        f"The virus scanner's signatures are of {day_month_and_year(version.day.date())},"
        f" {count_noun(age.days, 'day')} old; {terms.max_age.days} {allowed} allowed."
    )
    return ScannerUnavailable(says, _SIGNATURES_FIX)


class VirusScanner:
    """One scanner, as the service uses it. Bytes that were looked through a moment ago are not
    sent again."""

    def __init__(
        self,
        clamd: ClamdClient,
        terms: ScannerTerms,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` is the machine's own, whatever time a command was told it is: signatures age by
        that one."""
        self._clamd = clamd
        self._terms = terms
        self._clock, self._ticks = clock, ticks
        self._tested = ""  # the version that passed the test
        self._ready_until = -1.0
        self._known = dict[bytes, tuple[float, ContentRefused | None]]()
        self._lock = threading.Lock()

    def interrupt(self) -> None:
        """End the scan in hand, and every later one. Safe in a signal handler."""
        self._clamd.interrupt()

    def require_ready(self) -> ScannerStanding:
        """How it stands, asked anew; tested with the test virus at first, and with each version.

        Raises ScannerUnavailable or WorkerStopped.
        """
        try:
            version = read_version(self._clamd.ask_version())
            trouble = find_version_trouble(version, self._terms, self._clock())
            if trouble is not None or version is None or version.day is None:
                raise trouble or ScannerUnavailable(ClamdTrouble.sentence, ClamdTrouble.fix)
            if version.told != self._tested:
                self._test()
        except ClamdTrouble as why:
            raise self._away(why) from why
        except ScannerUnavailable:
            self._ready_until = -1.0
            raise
        if version.told != self._tested:  # other signatures may know what these bytes are
            self._known.clear()
        self._tested = version.told
        self._ready_until = self._ticks() + READY_SECONDS
        return ScannerStanding(version.told, version.day)

    def tells_of_limits(self) -> bool:
        """Whether it says where it left off, at a limit of its own, and does not call that clean.
        Raises ScannerUnavailable or WorkerStopped."""
        try:
            answer = read_scan_answer(self._clamd.scan(nested_archive()))
        except ClamdTrouble as why:
            raise self._away(why) from why
        return answer.outcome is not ScanOutcome.CLEAN

    def admit(self, data: bytes) -> None:
        """Let these bytes be opened, or raise why not: ContentRefused of what is in them, ScanLost
        of one document that it could not be done with, ScannerUnavailable or WorkerStopped."""
        if not data:  # there is nothing in it, and clamd calls that clean
            return
        mark = hashlib.sha256(data).digest()
        with self._lock:
            at, refused = self._known.get(mark, (-REMEMBERED_SECONDS, None))
            if self._ticks() - at >= REMEMBERED_SECONDS:
                refused = self._looked_through(data)
                if len(self._known) >= MAX_REMEMBERED:
                    self._known.clear()
                self._known[mark] = self._ticks(), refused
        if refused is not None:
            raise ContentRefused(refused.rule, refused.word)

    def _looked_through(self, data: bytes) -> ContentRefused | None:
        if len(data) > self._terms.largest:
            return ContentRefused("not-scanned", TOO_LARGE)
        if self._ticks() >= self._ready_until:
            self.require_ready()
        try:
            answer = read_scan_answer(self._clamd.scan(data))
        except ClamdTrouble as why:
            raise self._whose_fault(why) from why
        match answer.outcome:
            case ScanOutcome.CLEAN:
                return None
            case ScanOutcome.FOUND:
                return ContentRefused("infected", answer.name)
            case ScanOutcome.UNFINISHED:
                return ContentRefused("not-scanned", NOT_TO_THE_END)
            case ScanOutcome.TOO_LARGE:
                raise self._limited()
            case ScanOutcome.ODD:
                raise self._whose_fault(ClamdTrouble())

    def _whose_fault(self, why: ClamdTrouble) -> WorkerUnavailable:
        """The document's, where the scanner answers everything else."""
        if isinstance(why, ClamdMissing):
            return self._away(why)
        self._tested = ""  # it has to show anew that it looks through anything
        try:
            self.require_ready()
        except ScannerUnavailable as trouble:
            return trouble
        return ScanLost()

    def _test(self) -> None:
        """Raises ClamdTrouble or ScannerUnavailable."""
        if read_scan_answer(self._clamd.scan(HARMLESS)).outcome is not ScanOutcome.CLEAN:
            raise ScannerUnavailable(
                "The virus scanner does not let through what is plainly harmless.", ClamdTrouble.fix
            )
        padded = padded_test_virus(self._terms.largest)
        if read_scan_answer(self._clamd.scan(padded)).outcome is not ScanOutcome.FOUND:
            raise self._limited()

    def _limited(self) -> ScannerUnavailable:
        self._ready_until, self._tested = -1.0, ""
        megabytes = self._terms.largest >> 20
        return ScannerUnavailable(
            f"The virus scanner did not find the test virus at the end of {megabytes:,} MB, or"
            " takes no file as large as that.",
            _LIMITS_FIX,
        )

    def _away(self, why: ClamdTrouble) -> ScannerUnavailable:
        self._ready_until = -1.0
        return ScannerUnavailable(why.sentence, why.fix)
