"""Settings of the outbox: the sender's name and address, transports, limits, and the second way
for alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from config.email_address import Address
from config.mailbox_settings import Account
from config.user_file import Beside, OneLine, Part, Port, Words


def _absolute(command: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError for a program that would be looked for."""
    if not Path(command[0]).is_absolute():
        raise ValueError("should begin with the full path of a program")
    return command


Command = Annotated[
    tuple[OneLine, ...], Field(min_length=1, max_length=32), AfterValidator(_absolute)
]


class Alerts(Part):
    """Without a command or a file alerts go by mail alone."""

    command: Command | None = None  # a program and its words; it is given the alert's text
    command_seconds: int = Field(30, strict=True, ge=1, le=300)
    file: Beside | None = None  # alerts are appended to it
    # So long a way may take no letters, and an alert's letter may wait, before they are used; with
    # 0 every alert goes by them as well, at once.
    after_minutes: int = Field(15, strict=True, ge=0, le=10_000)


class FilesWay(Part):
    """Letters written to a folder, one `.eml` each."""

    transport: Literal["files"] = "files"
    path: Beside = Field(Path("sent"), validate_default=True)


class SmtpWay(Account):
    """Letters handed to a mail server."""

    transport: Literal["smtp"]
    host: Words
    port: Port = 587
    tls: Literal["starttls", "implicit"] = "starttls"
    ca_file: Beside | None = None


class DraftsWay(Account):
    """Letters put into the Drafts folder of a mailbox, for a person to send."""

    transport: Literal["drafts"]
    host: Words
    port: Port = 993
    tls: Literal["implicit", "starttls"] = "implicit"
    ca_file: Beside | None = None
    username: OneLine
    folder: OneLine = "Drafts"


class Kinds(Part):
    """For these kinds of letter only."""

    kinds: tuple[OneLine, ...] = Field(min_length=1)


class FilesInstead(Kinds, FilesWay):
    pass


class SmtpInstead(Kinds, SmtpWay):
    pass


class DraftsInstead(Kinds, DraftsWay):
    pass


Instead = Annotated[FilesInstead | SmtpInstead | DraftsInstead, Field(discriminator="transport")]


class Leaving(Part):
    """What holds whichever way letters leave."""

    sender: Address = Field(alias="from")
    aliases: tuple[Address, ...] = ()
    letters_a_person_a_day: int = Field(10, strict=True, ge=1, le=1_000)
    letters_an_hour: int = Field(200, strict=True, ge=1, le=100_000)
    instead: tuple[Instead, ...] = ()
    # The names of the servers that send our letters on, as other servers look them up, besides the
    # `host` they are handed to: a delivery report counts when it comes from one of them.
    relays: tuple[OneLine, ...] = ()


class Files(Leaving, FilesWay):
    """The embedded default."""


class Smtp(Leaving, SmtpWay):
    pass


class Drafts(Leaving, DraftsWay):
    pass


Outbox = Annotated[Files | Smtp | Drafts, Field(discriminator="transport")]
Way = FilesWay | SmtpWay | DraftsWay
