"""The settings file: what the council's server team and the administrator decide.

Does: reads `scr-intake.toml`, checks it whole, resolves its paths beside it, and lists every
problem at once.
Trusts: nothing in the file; secrets are never in it, only the names of files that hold them.
Never touches: the environment, the folders it names.
Known limits: whether a server answers or a folder can be written is for `doctor` to say.
"""

from __future__ import annotations

import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from config.address import Address
from config.problem import Problem, Refused, problems_in


def _beside(path: Path, info: ValidationInfo) -> Path:
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path


Beside = Annotated[Path, AfterValidator(_beside)]  # relative to the settings file


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Part):
    name: str = Field(min_length=1)
    email: Address


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as why:
        raise ValueError("should be a time zone, such as Europe/London") from why
    return name


class Board(_Part):
    name: str = Field(min_length=1)
    marking: str = Field("", pattern=r"^[^\x00-\x1f\x7f]*$")
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/London"
    holidays: Literal["ENG", "SCT", "WLS", "NIR"] = "ENG"
    administrator: Person
    operator: Address

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Storage(_Part):
    register_file: Beside = Field(Path("register.db"), alias="register", validate_default=True)
    vault: Beside = Field(Path("vault"), validate_default=True)
    keys: Beside = Field(Path("keys"), validate_default=True)


class Maildir(_Part):
    """The embedded default: a folder that only the service's own mail system can write."""

    kind: Literal["maildir"]
    path: Beside
    authentication: Literal["none"] = "none"


class ImapMailbox(_Part):
    """A mailbox on a mail server."""

    kind: Literal["imap"]
    host: str
    port: int = 993
    tls: Literal["implicit", "starttls"] = "implicit"
    ca_file: Beside | None = None
    username: str
    password_file: Beside
    folder: str = "INBOX"
    authentication: Literal["dmarc", "none"]
    authserv_id: str | None = None

    @model_validator(mode="after")
    def _dmarc_names_its_server(self) -> Self:
        if self.authentication == "dmarc" and not self.authserv_id:
            raise ValueError('authentication = "dmarc" needs authserv_id, the server to believe')
        return self


Mailbox = Annotated[Maildir | ImapMailbox, Field(discriminator="kind")]


class Drop(_Part):
    path: Beside = Field(Path("drop"), validate_default=True)
    mode: Literal["events", "poll", "auto"] = "auto"
    settle_seconds: float = Field(1.0, ge=0, le=600)


class Files(_Part):
    """Letters written to a folder, one `.eml` each: the embedded default."""

    sender: Address = Field(alias="from")
    transport: Literal["files"] = "files"
    path: Beside = Field(Path("sent"), validate_default=True)


class Smtp(_Part):
    """Letters handed to a mail server."""

    sender: Address = Field(alias="from")
    transport: Literal["smtp"]
    host: str
    port: int = 587
    tls: Literal["starttls", "implicit"] = "starttls"
    username: str | None = None
    password_file: Beside | None = None
    ca_file: Beside | None = None


Outbox = Annotated[Files | Smtp, Field(discriminator="transport")]


class Hours(_Part):
    opens: time = Field(time(8), alias="from")
    closes: time = Field(time(18), alias="to")


class Schedule(_Part):
    office_hours: Hours = Hours.model_validate({})
    digest: time = time(8)
    scan_seconds: int = Field(30, ge=1, le=86_400)


class Settings(_Part):
    board: Board
    storage: Storage = Field(default_factory=lambda: Storage.model_validate({}))
    mailbox: tuple[Mailbox, ...] = ()
    drop: Drop | None = None
    outbox: Outbox
    schedule: Schedule = Field(default_factory=lambda: Schedule.model_validate({}))


def load_settings(path: Path) -> Settings:
    """Read and check the settings. Raises Refused with every problem."""
    headline = f"The settings in {path} cannot be used."
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as why:
        advice = "there is no such file. `scr-intake init DIR` writes one; --config names another"
        raise Refused(headline, [Problem("", advice)]) from why
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise Refused(headline, [Problem("", f"it cannot be read: {why}")]) from why
    try:
        return Settings.model_validate(raw, context={"folder": path.resolve().parent})
    except ValidationError as why:
        raise Refused(headline, problems_in(why)) from why
