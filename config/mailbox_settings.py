"""Settings of the mailboxes that are watched, and of the accounts that they are read with."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from config.user_file import NonEmptyText, OneLineText, Port, RelativePath, StrictDate, StrictModel


def _https(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise ValueError("should be an address that begins with https://")
    return url


HttpsUrl = Annotated[OneLineText, AfterValidator(_https)]


class OAuth(StrictModel):
    """A refresh token, exchanged for access tokens at the provider's token endpoint."""

    endpoint: HttpsUrl
    client_id: OneLineText
    client_secret_file: RelativePath | None = None
    token_file: RelativePath
    scope: OneLineText | None = None
    ca_file: RelativePath | None = None


class Microsoft365(StrictModel):
    """An application registered in the board's tenant (client credentials)."""

    tenant: OneLineText
    client_id: OneLineText
    client_secret_file: RelativePath
    authority: HttpsUrl = "https://login.microsoftonline.com"
    ca_file: RelativePath | None = None


def _one_way(password_file: object, info: ValidationInfo) -> object:
    """A key that is wrong in itself was told already, and was meant to be there."""
    username, *others = (info.data.get(key, "meant") for key in ("username", "oauth", "m365"))
    given = sum(way is not None for way in (password_file, *others))
    if given > 1:
        raise ValueError("an account is signed in to one way: password_file, oauth or m365")
    if username and not given:
        raise ValueError("is missing: a username needs its password_file, oauth or m365")
    if given and not username:
        raise ValueError("is there without the username that it is for")
    return password_file


class AccountSettings(StrictModel):
    """Keys of a mailbox or outbox. Without a username the server lets this machine in."""

    username: OneLineText | None = None
    oauth: OAuth | None = None
    m365: Microsoft365 | None = None
    password_file: Annotated[RelativePath | None, AfterValidator(_one_way)] = Field(
        None, validate_default=True
    )


FolderName = Annotated[OneLineText, Field(max_length=200)]


class MaildirSettings(StrictModel):
    """The embedded default: a folder that only the service's own mail system can write."""

    kind: Literal["maildir"]
    path: RelativePath
    authentication: Literal["none"] = "none"
    since: StrictDate | None = None  # of what was there before the first round: what is taken in


class FilingSettings(StrictModel):
    """Where a message goes once the service has dealt with it, by what it came to. "/" stands for
    whatever the server puts between a folder and one inside it."""

    mode: Literal["move", "flag", "leave"] = "move"
    accepted: FolderName = "SCR accepted"
    rejected: FolderName = "SCR needs changes"
    referred: FolderName = "SCR for a person"
    held: FolderName = "SCR held"
    automatic: FolderName = "SCR automatic"
    duplicate: FolderName = "SCR same again"

    @property
    def target_folders(self) -> tuple[str, ...]:
        """The folders that mail is filed into, each once."""
        named = (self.accepted, self.rejected, self.referred, self.held)
        return tuple(dict.fromkeys((*named, self.automatic, self.duplicate)))


def _named_for_dmarc(server: str | None, info: ValidationInfo) -> str | None:
    if info.data.get("authentication") == "dmarc" and not server:
        raise ValueError('is missing: authentication = "dmarc" needs the name of who to believe')
    return server


class ImapMailbox(AccountSettings):
    """A mailbox on a mail server."""

    kind: Literal["imap"]
    host: NonEmptyText
    port: Port = 993
    tls: Literal["implicit", "starttls"] = "implicit"
    ca_file: RelativePath | None = None
    username: OneLineText
    folder: FolderName = "INBOX"
    folders: tuple[FolderName, ...] = ()
    since: StrictDate | None = None
    after: FilingSettings = Field(default_factory=FilingSettings)
    largest_mb: int = Field(50, strict=True, ge=1, le=50)
    alert_after_minutes: int = Field(15, strict=True, ge=1, le=10_000)
    authentication: Literal["dmarc", "none"]
    authserv_id: Annotated[str | None, AfterValidator(_named_for_dmarc)] = Field(
        None, validate_default=True
    )

    @property
    def watched_folders(self) -> tuple[str, ...]:
        """Every folder to watch, each once; the first is the one that is listened to."""
        return tuple(dict.fromkeys(self.folders or (self.folder,)))

    @model_validator(mode="after")
    def _folders_agree(self) -> Self:
        if self.folders and "folder" in self.model_fields_set:
            raise ValueError("`folder` and `folders` are both there: name all of them in `folders`")
        if self.after.mode == "move" and set(self.after.target_folders) & set(self.watched_folders):
            raise ValueError("a folder that is watched cannot be where messages go afterwards")
        return self


MailboxSettings = Annotated[MaildirSettings | ImapMailbox, Field(discriminator="kind")]
