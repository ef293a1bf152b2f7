"""Letters that could not be written; one that hangs or ends the service has its tries counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from config.calendar import utc_text
from config.english import number_word
from config.explained_error import ExplainedError
from intake.database import RegisterDatabase
from intake.source_health import OutageKind, OutageRecords, OutageSubject
from outbox.due.stopped_letters import StoppedLetter
from outbox.writing.disclosure_guard import LetterWithheld
from outbox.writing.letter import LetterKind
from outbox.writing.letter_reasons import LetterReason
from outbox.writing.template_check import TemplateChecker, TemplateMistake

MAX_WRITING_TRIES = 3  # times in a row
WAIT_AFTER_LAST_TRY = timedelta(days=1)
_LENGTH = 512  # bytes of the file


class LetterSetAside(ExplainedError):
    sentence = (
        f"Working it out ended the service {number_word(MAX_WRITING_TRIES)} times in a row."
        " It is tried again a day later."
    )

    fix = "Tell whoever looks after scr-intake, with what the service wrote before it ended."

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose


class UnfinishedWork:
    """What is being worked out. `marker` is the open file; without it nothing is noted."""

    def __init__(self, database: RegisterDatabase, marker: int | None = None) -> None:
        self._database = database
        self._marker = marker
        self._begun = False
        self._noted = b""
        self._last = False
        self._tried = {
            row["key"]: (int(row["tries"]), datetime.fromisoformat(row["last"]))
            for row in database.fetch_rows("SELECT key, tries, last FROM unfinished")
        }

    def count_last_failure(self, now: datetime) -> None:
        """Count what ended the service before this; done once."""
        if self._marker is None or self._begun:
            return
        self._begun = True
        with suppress(OSError):
            key = os.pread(self._marker, _LENGTH, 0).decode(errors="replace").strip()
            if key:
                self._count(key, now)
            self._note(b"")

    @contextmanager
    def retrying_failed(self, now: datetime) -> Iterator[bool]:
        """Meanwhile what ended the service before is attempted too; whether there is any that is
        not left until tomorrow."""
        self._last = any(
            tries < MAX_WRITING_TRIES or now >= last + WAIT_AFTER_LAST_TRY
            for tries, last in self._tried.values()
        )
        try:
            yield self._last
        finally:
            self._last = False

    def begin_attempt(
        self, key: str, whose: str, now: datetime
    ) -> AbstractContextManager[None] | None:
        """To be entered while it is worked out; None where that is left for last. Raises
        LetterSetAside."""
        tries, last = self._tried.get(key, (0, now))
        if not tries:
            return self._on(key)
        if tries >= MAX_WRITING_TRIES and now < last + WAIT_AFTER_LAST_TRY:
            raise LetterSetAside(whose)
        return self._on(key) if self._last else None

    @contextmanager
    def _on(self, key: str) -> Iterator[None]:
        before = self._noted
        self._note(key.encode())
        try:
            yield
        finally:
            self._note(before)
            self._ended(key)

    def _note(self, key: bytes) -> None:
        self._noted = key
        if self._marker is not None:
            with suppress(OSError):
                os.pwrite(self._marker, key[:_LENGTH].ljust(_LENGTH), 0)

    def _count(self, key: str, now: datetime) -> None:
        tries = self._tried.get(key, (0, now))[0] + 1
        self._tried[key] = (tries, now)
        with self._database.transaction():
            self._database.execute_change(
                "INSERT INTO unfinished (key, tries, last) VALUES (?, ?, ?) ON CONFLICT (key)"
                " DO UPDATE SET tries = excluded.tries, last = excluded.last",
                *(key, tries, utc_text(now)),
            )

    def _ended(self, key: str) -> None:
        if self._marker is not None and self._tried.pop(key, None) is not None:
            with self._database.transaction():
                self._database.execute_change("DELETE FROM unfinished WHERE key = ?", key)


TEMPLATES_OUTAGE = OutageSubject(OutageKind.TEMPLATES)  # of the board's own words
MAX_LISTED_FAILURES = 8  # slips in one alert; `doctor` tells all

_BARRED = "SELECT DISTINCT kind FROM letters WHERE state IN ('held back', 'failed') AND reason = ?"
_MEND = (
    "Mend them in the folder that `letters` in the settings names; nothing has to be started anew."
    " To be told every slip: `scr-intake doctor`"
    " To see a letter: `scr-intake letters preview KIND`"
)
_LOOK = (
    "Tell whoever looks after scr-intake, with the line that the service wrote about it."
    " The letter is written as soon as that is mended."
)
_SAY_OTHERWISE = (
    "The administrator should look at what was last decided for it, and say it in other words;"
    " or at the names, references and people that the case file gives."
)
_THEIRS = LetterWithheld.sentence
_LISTED = "To list those that are stopped, with the ways on: `scr-intake letters`"


def letters_outage(kind: str) -> OutageSubject:
    """That letters of a kind cannot be written or sent."""
    return OutageSubject(OutageKind.LETTERS, kind)


@dataclass(frozen=True, slots=True)
class FailureReason:
    """Why, and what to do, in sentences of ours."""

    sentence: str
    fix: str


class LetterFailures:
    """What stood in a letter's way."""

    def __init__(
        self, database: RegisterDatabase, outages: OutageRecords, proofreader: TemplateChecker
    ) -> None:
        self._database = database
        self._outages = outages
        self._proofreader = proofreader
        self._missed: dict[OutageSubject, FailureReason] = {}

    def note_failure(self, kind: LetterKind, why: Exception) -> None:
        """A letter of that kind was not written in this round."""
        self._missed.setdefault(letters_outage(kind), failure_reason(why))

    def note_stopped(self, letters: Iterable[StoppedLetter]) -> None:
        """Which letters the guard stops: an alert says whose each is, and what it is about."""
        by_kind: dict[OutageSubject, list[str]] = {}
        for letter in letters:
            of = ", ".join(
                part for part in (letter.case_and_agency, letter.letter_and_entries) if part
            )
            by_kind.setdefault(letters_outage(letter.kind), []).append(of)
        for of_kind, about in by_kind.items():
            more = (
                f", and {len(about) - MAX_LISTED_FAILURES} more"
                if len(about) > MAX_LISTED_FAILURES
                else ""
            )
            said = f"{_THEIRS} This is so of {'; '.join(about[:MAX_LISTED_FAILURES])}{more}."
            self._missed[of_kind] = FailureReason(said, f"{_SAY_OTHERWISE} {_LISTED}")

    def update_outages(self, now: datetime) -> None:
        """The end of a round: what is not in the way any more is over."""
        away = self._barred() | self._missed | self._own_words()
        every = {TEMPLATES_OUTAGE, *map(letters_outage, get_args(LetterKind))}
        self._outages.record_round(away, every - away.keys(), now)
        self._missed = {}

    def template_mistakes(self) -> tuple[TemplateMistake, ...]:
        return self._proofreader.find_mistakes()

    def _barred(self) -> dict[OutageSubject, FailureReason]:
        """Written, and stopped by the guard before it was sent."""
        rows = self._database.fetch_rows(_BARRED, LetterReason.BARRED)
        return {letters_outage(row["kind"]): failure_reason(LetterWithheld()) for row in rows}

    def _own_words(self) -> dict[OutageSubject, FailureReason]:
        slips = self.template_mistakes()
        if not slips:
            return {}
        more = (
            [f"And {len(slips) - MAX_LISTED_FAILURES} more."]
            if len(slips) > MAX_LISTED_FAILURES
            else []
        )
        said = "\n".join([*(f"{slip} {slip.fix}" for slip in slips[:MAX_LISTED_FAILURES]), *more])
        return {TEMPLATES_OUTAGE: FailureReason(said, _MEND)}


def failure_reason(why: Exception) -> FailureReason:
    """In words of ours: what was raised may carry a letter's own."""
    if isinstance(why, LetterWithheld):
        return FailureReason(_THEIRS, _SAY_OTHERWISE)
    if isinstance(why, LetterSetAside):
        return FailureReason(
            f"{LetterSetAside.sentence} This is so of {why.whose}.", LetterSetAside.fix
        )
    return FailureReason(
        f"Something in the service is not as it should be ({type(why).__name__}).", _LOOK
    )
