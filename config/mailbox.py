"""The mailboxes to watch: a Maildir on this machine, or an account on a mail server.

Does: names their keys, and what becomes of a message once it is dealt with.
Trusts: nothing in the file.
Never touches: the folders and servers it names.
Known limits: whether a server answers is for `doctor` to say.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from config.account import Account
from config.part import Beside, Day, OneLine, Part, Port, Words

Folder = Annotated[OneLine, Field(max_length=200)]


class Maildir(Part):
    """The embedded default: a folder that only the service's own mail system can write."""

    kind: Literal["maildir"]
    path: Beside
    authentication: Literal["none"] = "none"
    since: Day | None = None  # of what was there before the first round: what is taken in


class After(Part):
    """Where a message goes once the service has dealt with it, by what it came to. "/" stands for
    whatever the server puts between a folder and one inside it."""

    mode: Literal["move", "flag", "leave"] = "move"
    accepted: Folder = "SCR accepted"
    rejected: Folder = "SCR needs changes"
    referred: Folder = "SCR for a person"
    held: Folder = "SCR held"
    automatic: Folder = "SCR automatic"
    duplicate: Folder = "SCR same again"

    @property
    def folders(self) -> tuple[str, ...]:
        """Each once."""
        named = (self.accepted, self.rejected, self.referred, self.held)
        return tuple(dict.fromkeys((*named, self.automatic, self.duplicate)))


def _named_for_dmarc(server: str | None, info: ValidationInfo) -> str | None:
    if info.data.get("authentication") == "dmarc" and not server:
        raise ValueError('is missing: authentication = "dmarc" needs the name of who to believe')
    return server


class ImapMailbox(Account):
    """A mailbox on a mail server."""

    kind: Literal["imap"]
    host: Words
    port: Port = 993
    tls: Literal["implicit", "starttls"] = "implicit"
    ca_file: Beside | None = None
    username: OneLine
    folder: Folder = "INBOX"
    folders: tuple[Folder, ...] = ()
    since: Day | None = None
    after: After = Field(default_factory=After)
    largest_mb: int = Field(50, strict=True, ge=1, le=50)
    alert_after_minutes: int = Field(15, strict=True, ge=1, le=10_000)
    authentication: Literal["dmarc", "none"]
    authserv_id: Annotated[str | None, AfterValidator(_named_for_dmarc)] = Field(
        None, validate_default=True
    )

    @property
    def watched(self) -> tuple[str, ...]:
        """Every folder to watch, each once; the first is the one that is listened to."""
        return tuple(dict.fromkeys(self.folders or (self.folder,)))

    @model_validator(mode="after")
    def _folders_agree(self) -> Self:
        if self.folders and "folder" in self.model_fields_set:
            raise ValueError("`folder` and `folders` are both there: name all of them in `folders`")
        if self.after.mode == "move" and set(self.after.folders) & set(self.watched):
            raise ValueError("a folder that is watched cannot be where messages go afterwards")
        return self
