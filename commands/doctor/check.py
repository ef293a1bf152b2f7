"""A check: what it is given, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from config.mailbox_settings import ImapMailbox
from config.settings import Settings
from intake.imap.session import Session


@dataclass(frozen=True, slots=True)
class Visit:
    """`there` are the watched folders that were found, as they are found."""

    name: str
    box: ImapMailbox
    session: Session
    there: list[str] = field(default_factory=list)

    def can(self, capability: str) -> bool:
        return self.session.client.has_capability(capability)


State = Literal["well", "soon", "wrong"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What every check may look at. `credentials` is systemd's folder of secrets, if there is
    one; `now` is in the board's time zone, and `played` where `--at` gave it."""

    settings: Settings
    now: datetime
    credentials: Path | None = None
    played: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was looked at, in a sentence, and what to do about it ("" when it is well).

    `soon` is well today and will not be for long; `wrong` makes the command end with status 1.
    """

    state: State
    sentence: str
    fix: str = ""


def well(sentence: str) -> Said:
    return Said("well", sentence)


def soon(sentence: str, fix: str) -> Said:
    return Said("soon", sentence, fix)


def wrong(sentence: str, fix: str) -> Said:
    return Said("wrong", sentence, fix)


class Check(NamedTuple):
    """One line of the table: what the check is about, and the function that looks."""

    about: str
    look: Callable[[Ground], Iterator[Said]]
