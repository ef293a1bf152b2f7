"""How letters leave: what every transport must be able to do, and the one that writes files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from smtplib import SMTPResponseException
from typing import Literal, Protocol

from config.refused_access import find_refusal
from intake.disk_errors import is_disk_full
from intake.drop.scan import numbered_names
from intake.safe_files import name_free_file, sync_folder
from outbox.writing.letter import Letter


class HandoverPostponed(Exception):
    """The letter could not be handed over now; the same letter may go through later."""


class TransportUnavailable(HandoverPostponed):
    """The transport takes no letter now, this one or another: there is no need to try them all."""


class HandoverRefused(Exception):
    """The letter was refused for good."""


class ServerAnswer(Protocol):
    """The answer to a letter, while it is awaited beside the others."""

    def is_ready_within(self, seconds: float) -> bool:
        """Whether it is there by then."""
        ...

    def wait_for_result(self) -> None:
        """Wait for it. Raises HandoverPostponed or HandoverRefused."""
        ...


class AnswerPending(Exception):
    """The letter was given to the server, which takes its time: others need not wait for that."""

    def __init__(self, answer: ServerAnswer) -> None:
        super().__init__()
        self.answer = answer


class Transport(Protocol):
    """Something that takes letters. `name` is its place in the settings: "outbox"."""

    @property
    def name(self) -> str: ...

    def open(self) -> None:
        """Be ready for a letter. Raises TransportUnavailable; no letter has been tried then.

        Asked before each letter, and costs nothing while the transport is ready.
        """
        ...

    def send(self, letter: Letter) -> None:
        """Hand over one letter; on return it is theirs. Raises HandoverPostponed,
        TransportUnavailable, HandoverRefused or AnswerPending.

        The same letter again, after a crash, must be recognisable as the same.
        """
        ...

    def disconnect(self) -> None:
        """The round is over: nothing has to be kept open. Raises nothing."""
        ...


SmtpStep = Literal["sender", "recipient", "letter"]

_ASKED: dict[SmtpStep, str] = {
    "sender": "our address as its sender",
    "recipient": "the address it is to",
    "letter": "the letter itself",
}
# Refusals of us, which say nothing of the letter: commands out of order or not known, a server
# that takes no mail, signing in.
_OF_US = frozenset({502, 503, 521, 530, 534, 535, 538})
_TOO_LARGE = 552  # the only refusal of a sender that is about the letter
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?![\d.])")


def handover_failure(step: SmtpStep, code: int, text: bytes) -> HandoverPostponed | HandoverRefused:
    """What the answer to one step comes to, when it is not yes."""
    told = f"the mail server did not take {_ASKED[step]} ({status_codes(code, text)})"
    return HandoverRefused(told) if _final(step, code) else HandoverPostponed(told)


def _final(step: SmtpStep, code: int) -> bool:
    if not 500 <= code <= 599 or code in _OF_US:
        return False
    return step != "sender" or code == _TOO_LARGE


def server_words(why: SMTPResponseException) -> bytes:
    """The words beside the code, which smtplib keeps as one thing or the other."""
    return why.smtp_error if isinstance(why.smtp_error, bytes) else why.smtp_error.encode()


def status_codes(code: int, text: bytes) -> str:
    """ "550 5.1.1": the codes alone, or that there was none."""
    if not 200 <= code <= 599:
        return "an answer that is no answer"
    enhanced = _ENHANCED.match(text)
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)


class FileTransport:
    """Writes into one folder. A letter that lies there stays: the same again is the same file, and
    another one of its number, as after a restore, has the next name that is free."""

    def __init__(self, folder: Path, name: str = "outbox") -> None:
        self.name = name
        self._folder = folder

    def open(self) -> None:
        """A folder is always ready: whether it can be written, the letter shows."""

    def send(self, letter: Letter) -> None:
        """Raises TransportUnavailable when there is no room or the folder cannot be written: so it
        is for all."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._add(letter_file_name(letter), letter.message)
        except OSError as why:
            if is_disk_full(why, self._folder.parent):
                raise TransportUnavailable(
                    "the disk that the folder for letters is on is full"
                ) from why
            says = "the folder for letters cannot be written"
            if isinstance(why, PermissionError):
                says = f"{says} ({find_refusal(self._folder).in_brackets})"
            raise TransportUnavailable(says) from why

    def _add(self, name: str, data: bytes) -> None:
        """It has its name once it is whole: a program may fetch what ends like a letter."""
        temporary = self._folder / f".{name}.part"
        temporary.unlink(missing_ok=True)  # a second name of a letter, if a kill left it
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        for each in numbered_names(name):
            path = self._folder / each
            if _holds(path, data) or name_free_file(temporary, path):
                break
        temporary.unlink(missing_ok=True)
        sync_folder(self._folder)

    def disconnect(self) -> None:
        """Does nothing: no connection is kept open."""


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def letter_file_name(letter: Letter) -> str:
    """The file's name: a number and a kind."""
    return f"{letter.id:05d}-{letter.kind}.eml"
