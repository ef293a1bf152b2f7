"""The settings file: what the council's server team and the administrator decide."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)

from config.email_address import EmailAddress
from config.mailbox_settings import MailboxSettings
from config.monitoring_settings import LogSettings, MetricsSettings
from config.outbox_settings import AlertSettings, Outbox
from config.scanner_settings import ScannerSettings
from config.user_file import (
    InvalidUserFile,
    NonEmptyText,
    OneLineText,
    Problem,
    RelativePath,
    StrictDate,
    StrictModel,
    TimeOfDay,
    require_one_line,
    unreadable_reason,
    validation_problems,
)

MAX_SHAPE_LENGTH = 40
_MADE_OF = re.compile(r"[A-Za-z0-9#@/. -]+")


def _shape(text: str) -> str:
    """Raises ValueError for what could not tell a reference from a word or a date."""
    if len(text) > MAX_SHAPE_LENGTH:
        raise ValueError(f"should be {MAX_SHAPE_LENGTH} characters at most")
    if not _MADE_OF.fullmatch(text) or text != text.strip():
        raise ValueError(
            "should be made of letters, figures, single spaces, - / and ., with # for a number and"
            " @ for a letter, such as SAR#-#"
        )
    if "#" not in text:
        raise ValueError("should have a # where the number stands, such as SAR#-#")
    if not any(map(str.isalpha, text)):
        raise ValueError("should have a letter of its own, such as the N of N#: dates have none")
    return text


def _listed(value: object) -> object:
    """One shape may be given without the list."""
    return [value] if isinstance(value, str) else value


ReferenceShape = Annotated[str, AfterValidator(_shape)]
ReferenceShapes = Annotated[tuple[ReferenceShape, ...], BeforeValidator(_listed)]


MAX_CLOSURE = timedelta(days=366)
UNION_TAGS = ("maildir", "imap", "files", "smtp", "drafts", "one", "several")  # of the unions below


class BoardOfficer(StrictModel):
    name: NonEmptyText
    email: EmailAddress


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as why:
        raise ValueError("should be a time zone, such as Europe/London") from why
    return name


class Closure(StrictModel):
    """From one day to another, both included."""

    first: StrictDate = Field(alias="from")
    last: StrictDate = Field(alias="to")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if not timedelta() <= self.last - self.first <= MAX_CLOSURE:
            raise ValueError("should run forward, `from` before `to`, and for a year at most")
        return self

    def closed_dates(self) -> Iterator[date]:
        for n in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=n)


def _one_day(value: object) -> object:
    """A closure of one day may be written as the day alone."""
    return {"from": value, "to": value} if type(value) is date else value


ClosureOrDay = Annotated[Closure, BeforeValidator(_one_day)]


_HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,76}")


def _header_name(name: str) -> str:
    if not _HEADER_NAME.fullmatch(name):
        raise ValueError("should be the name of a header, such as X-Our-Own-Mail")
    return name


class InsideMail(StrictModel):
    """What the board's own mail server writes on mail from inside its organisation, and takes off
    all other mail."""

    header: Annotated[str, AfterValidator(_header_name)]
    value: OneLineText


class Board(StrictModel):
    name: OneLineText
    marking: Annotated[str, AfterValidator(require_one_line)] = ""
    # How agencies send securely: ends "To send us anything securely: ..." in every letter.
    secure_way: Annotated[str, AfterValidator(require_one_line)] = ""
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/London"
    holidays: Literal["ENG", "SCT", "WLS", "NIR"] = "ENG"
    administrator: BoardOfficer
    # Other addresses of hers: a shared mailbox, the telephone's account.
    administrator_also: tuple[EmailAddress, ...] = ()
    deputies: tuple[EmailAddress, ...] = ()  # who may answer for her
    answers: Literal["proven", "keyed", "off"] = "proven"  # whose answers to a digest count
    inside_mail: InsideMail | None = None
    # Whose agreement is named where the administrator's mail gives more time; hers unless said.
    extensions_agreed_by: Annotated[str, AfterValidator(require_one_line)] = ""
    # How the administrator gets an original that they ask for, and where it is put in a folder.
    originals: Literal["folder", "mail", "never"] = "folder"
    originals_folder: RelativePath | None = None  # for-administrator/ beside the drop folder
    operator: EmailAddress
    chair: BoardOfficer | None = None  # the chair's office, which hears of what is very late
    closures: tuple[ClosureOrDay, ...] = ()
    # The shapes that its case references have. Another review's in such a shape is a danger.
    reference: ReferenceShapes = ()
    kinds: RelativePath | None = None  # a folder of the board's own kinds of return
    ladder: RelativePath | None = None  # the board's own chasing ladder, instead of ours
    letters: RelativePath | None = None  # a folder of the board's own words for letters

    @property
    def all_closed_dates(self) -> frozenset[date]:
        """Every day the office is closed beside weekends and bank holidays."""
        return frozenset(day for closed in self.closures for day in closed.closed_dates())

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Storage(StrictModel):
    register_file: RelativePath = Field(
        Path("register.db"), alias="register", validate_default=True
    )
    vault: RelativePath = Field(Path("vault"), validate_default=True)
    keys: RelativePath = Field(Path("keys"), validate_default=True)


class SignatureSettings(StrictModel):
    """Whom to believe about digital signatures, and the key that opens mail encrypted to us.
    Without them each is a question."""

    authorities: RelativePath | None = None  # a folder of certificates
    certificate_file: RelativePath | None = None
    key_file: RelativePath | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.certificate_file is None) != (self.key_file is None):
            raise ValueError("certificate_file and key_file should be there both or neither")
        return self


FIRST_DROP_FOLDER = "drop"  # the name of the drop folder that is given none
# It is the name of a source: no mailbox and no part of the service is called so.
_DROP_NAME = re.compile(r"(?!mail-|service\Z)[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,39}")


def _drop_name(name: str) -> str:
    if not _DROP_NAME.fullmatch(name):
        raise ValueError(
            "should be a name in small letters, digits and hyphens, of no mailbox: education"
        )
    return name


_DropName = Annotated[str, AfterValidator(_drop_name)]


class DropSettings(StrictModel):
    name: _DropName = FIRST_DROP_FOLDER
    path: RelativePath = Field(Path("drop"), validate_default=True)
    mode: Literal["events", "poll", "auto"] = "auto"
    settle_seconds: float = Field(1.0, ge=0, le=600)
    after: Literal["move", "delete", "leave"] = "move"
    annotate: Annotated[bool, Field(strict=True)] = True
    alert_after_minutes: int = Field(5, strict=True, ge=0, le=10_000)


def _drop_folders_differ(drops: tuple[DropSettings, ...]) -> tuple[DropSettings, ...]:
    for what, found in (
        ("name", [drop.name for drop in drops]),
        ("path", [drop.path for drop in drops]),
    ):
        if len(set(found)) < len(found):
            raise ValueError(f"two have one {what}; each is to have a {what} of its own")
    return drops


# One drop folder, `[drop]`, or as many as there are shares, each `[[drop]]`.
DropFolders = Annotated[
    Annotated[DropSettings, Tag("one")]
    | Annotated[tuple[DropSettings, ...], AfterValidator(_drop_folders_differ), Tag("several")],
    Discriminator(lambda given: "several" if isinstance(given, list | tuple) else "one"),
]


class OfficeHours(StrictModel):
    opens: TimeOfDay = Field(time(8), alias="from")
    closes: TimeOfDay = Field(time(18), alias="to")

    @model_validator(mode="after")
    def _run_forward(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("should run forward: `from` is not before `to`")
        return self


class Schedule(StrictModel):
    office_hours: OfficeHours = OfficeHours.model_validate({})
    digest: TimeOfDay = time(8)
    scan_seconds: int = Field(30, strict=True, ge=1, le=86_400)
    # Working days that something may wait for the board: then it stands first on the digest, and
    # then a letter about it to the chair's office is drafted.
    ask_first_after: int = Field(2, strict=True, ge=1, le=250)
    ask_chair_after: int = Field(5, strict=True, ge=1, le=250)

    doubt_clock_after_days: int = Field(365, strict=True, ge=2, le=3_650)
    # Days that what a stranger sent is held: then it is destroyed, unless a person decided.
    strangers_kept_days: int = Field(30, strict=True, ge=2, le=3_650)

    @model_validator(mode="after")
    def _digest_can_go_out(self) -> Self:
        if self.digest >= self.office_hours.closes:
            raise ValueError("digest is after the office has closed, so it would never go out")
        return self


class Settings(StrictModel):
    board: Board
    storage: Storage = Field(default_factory=lambda: Storage.model_validate({}))
    mailbox: tuple[MailboxSettings, ...] = ()
    signatures: SignatureSettings = SignatureSettings()
    drop: DropFolders | None = None
    scanner: ScannerSettings | None = None
    outbox: Outbox
    alerts: AlertSettings = Field(default_factory=lambda: AlertSettings.model_validate({}))
    metrics: MetricsSettings = MetricsSettings()
    log: LogSettings = LogSettings()
    schedule: Schedule = Field(default_factory=lambda: Schedule.model_validate({}))

    @property
    def drop_folders(self) -> tuple[DropSettings, ...]:
        """In the order of the file."""
        if self.drop is None:
            return ()
        return (self.drop,) if isinstance(self.drop, DropSettings) else self.drop


def load_settings(path: Path) -> Settings:
    """Read and check the settings. Raises InvalidUserFile with every problem."""
    headline = f"The settings in {path} cannot be used."
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as why:
        advice = (
            "there is no such file; --config names another. To write one: `scr-intake init DIR`"
        )
        raise InvalidUserFile(headline, [Problem("", advice)]) from why
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise InvalidUserFile(headline, [Problem("", unreadable_reason(why))]) from why
    try:
        return Settings.model_validate(raw, context={"folder": path.resolve().parent})
    except ValidationError as why:
        raise InvalidUserFile(headline, validation_problems(why, unsaid=UNION_TAGS)) from why
