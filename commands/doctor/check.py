"""A check: what it is given, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from config.mailbox_settings import ImapMailbox
from config.settings import Settings
from intake.imap.session import ImapSession


@dataclass(frozen=True, slots=True)
class MailboxVisit:
    """`there` are the watched folders that were found, as they are found."""

    name: str
    box: ImapMailbox
    session: ImapSession
    there: list[str] = field(default_factory=list)

    def has_capability(self, capability: str) -> bool:
        return self.session.client.has_capability(capability)


ResultState = Literal["well", "soon", "wrong"]


@dataclass(frozen=True, slots=True)
class DoctorContext:
    """What every check may look at. `credentials` is systemd's folder of secrets, if there is
    one; `now` is in the board's time zone, and `played` where `--at` gave it."""

    settings: Settings
    now: datetime
    credentials: Path | None = None
    played: bool = False


@dataclass(frozen=True, slots=True)
class DoctorResult:
    """One thing that was looked at, in a sentence, and what to do about it ("" when it is well).

    "soon" is well today and will not be for long; "wrong" makes the command end with
    status 1.
    """

    state: ResultState
    sentence: str
    fix: str = ""


def well_result(sentence: str) -> DoctorResult:
    return DoctorResult("well", sentence)


def soon_result(sentence: str, fix: str) -> DoctorResult:
    return DoctorResult("soon", sentence, fix)


def wrong_result(sentence: str, fix: str) -> DoctorResult:
    return DoctorResult("wrong", sentence, fix)


class DoctorCheck(NamedTuple):
    """One line of the table: what the check is about, and the function that looks."""

    about: str
    look: Callable[[DoctorContext], Iterator[DoctorResult]]
