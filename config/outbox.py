"""The settings of the outbox: where letters come from, the ways they leave, and how many may.

Does: names the keys of `[outbox]` and of `[[outbox.instead]]`, a way of their own for some kinds.
Trusts: nothing in the file.
Never touches: servers and folders; whether they are there is for `doctor` to say.
Known limits: which kinds of letter there are is known further right, and is checked there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from config.account import Account
from config.address import Address
from config.part import Beside, OneLine, Part, Port, Words


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
