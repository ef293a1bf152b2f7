"""Settings of the outbox: the sender's name and address, transports, limits, and the second way
for alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from config.email_address import EmailAddress
from config.mailbox_settings import AccountSettings
from config.user_file import NonEmptyText, OneLineText, Port, RelativePath, StrictModel


def _absolute(command: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError for a program that would be looked for."""
    if not Path(command[0]).is_absolute():
        raise ValueError("should begin with the full path of a program")
    return command


CommandWords = Annotated[
    tuple[OneLineText, ...], Field(min_length=1, max_length=32), AfterValidator(_absolute)
]


class AlertSettings(StrictModel):
    """Without a command or a file alerts go by mail alone."""

    command: CommandWords | None = None  # a program and its words; it is given the alert's text
    command_seconds: int = Field(30, strict=True, ge=1, le=300)
    file: RelativePath | None = None  # alerts are appended to it
    # So long a way may take no letters, and an alert's letter may wait, before they are used; with
    # 0 every alert goes by them as well, at once.
    after_minutes: int = Field(15, strict=True, ge=0, le=10_000)


class FilesTransportSettings(StrictModel):
    """Letters written to a folder, one `.eml` each."""

    transport: Literal["files"] = "files"
    path: RelativePath = Field(Path("sent"), validate_default=True)


class SmtpTransportSettings(AccountSettings):
    """Letters handed to a mail server."""

    transport: Literal["smtp"]
    host: NonEmptyText
    port: Port = 587
    tls: Literal["starttls", "implicit"] = "starttls"
    ca_file: RelativePath | None = None


class DraftsTransportSettings(AccountSettings):
    """Letters put into the Drafts folder of a mailbox, for a person to send."""

    transport: Literal["drafts"]
    host: NonEmptyText
    port: Port = 993
    tls: Literal["implicit", "starttls"] = "implicit"
    ca_file: RelativePath | None = None
    username: OneLineText
    folder: OneLineText = "Drafts"


class LetterKindFilter(StrictModel):
    """For these kinds of letter only."""

    kinds: tuple[OneLineText, ...] = Field(min_length=1)


class FilesForKinds(LetterKindFilter, FilesTransportSettings):
    pass


class SmtpForKinds(LetterKindFilter, SmtpTransportSettings):
    pass


class DraftsForKinds(LetterKindFilter, DraftsTransportSettings):
    pass


TransportForKinds = Annotated[
    FilesForKinds | SmtpForKinds | DraftsForKinds, Field(discriminator="transport")
]


class OutboxSettings(StrictModel):
    """What holds whichever way letters leave."""

    sender: EmailAddress = Field(alias="from")
    aliases: tuple[EmailAddress, ...] = ()
    trial: bool = Field(False, strict=True)  # every letter goes to the administrator alone
    letters_a_person_a_day: int = Field(10, strict=True, ge=1, le=1_000)
    letters_an_hour: int = Field(200, strict=True, ge=1, le=100_000)
    # How long nothing more was decided about an agency before one letter tells what was.
    decisions_quiet_minutes: int = Field(10, strict=True, ge=0, le=240)
    # How long letters wait that the administrator's mail causes, so that it can be undone.
    undo_minutes: int = Field(10, strict=True, ge=0, le=240)
    instead: tuple[TransportForKinds, ...] = ()
    # The names of the servers that send our letters on, as other servers look them up, besides the
    # `host` they are handed to: a delivery report counts when it comes from one of them.
    relays: tuple[OneLineText, ...] = ()


class FilesOutbox(OutboxSettings, FilesTransportSettings):
    """Letters written as files: what `scr-intake init` sets up."""


class SmtpOutbox(OutboxSettings, SmtpTransportSettings):
    pass


class DraftsOutbox(OutboxSettings, DraftsTransportSettings):
    pass


Outbox = Annotated[FilesOutbox | SmtpOutbox | DraftsOutbox, Field(discriminator="transport")]
TransportSettings = FilesTransportSettings | SmtpTransportSettings | DraftsTransportSettings
