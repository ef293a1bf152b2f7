"""The folder that one conversion happens in, LibreOffice's settings there, and why a document
was not converted."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from config.explained_error import ExplainedError


class NotConverted(ExplainedError):
    sentence = "The document was not converted."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class ConverterNotInstalled(NotConverted):
    sentence = "LibreOffice is not installed on this machine."


class ConverterNotConfined(NotConverted):
    sentence = "This machine cannot confine LibreOffice, so it is not used."


class NoConversionMemory(NotConverted):
    sentence = "This machine has no room in memory to convert it in, and on a disk it may not rest."


class ConversionFailed(NotConverted):
    sentence = "LibreOffice could not make a Word document of it."


class ConversionTimedOut(NotConverted):
    sentence = "Converting the document took longer than is allowed."


_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"

# path, name, value. https://opengrok.libreoffice.org, officecfg/registry/schema.
PROFILE_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),  # only from trusted places, of which there are none
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableOLEAutomation", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("/org.openoffice.Office.Common/Save/Document", "CreateBackup", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
     "AutoCheckEnabled", "false"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
)  # fmt: skip

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
)


def write_profile(folder: Path) -> None:
    """Make `folder`, which must not exist, a profile with these settings."""
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(profile_text(), encoding="utf-8")


def profile_text() -> str:
    return _HEAD + "".join(_item(*setting) for setting in PROFILE_SETTINGS) + "</oor:items>\n"


def _item(path: str, name: str, value: str) -> str:
    return (
        f"<item oor:path={quoteattr(path)}><prop oor:name={quoteattr(name)} "
        f'oor:op="fuse"><value>{value}</value></prop></item>\n'
    )


FOLDER_PREFIX = "scr-office-"
DOCUMENT_NAME, RESULT_FORMAT = "document", "docx"


@dataclass(frozen=True, slots=True)
class ConversionFolder:
    folder: Path

    @property
    def profile_folder(self) -> Path:
        return self.folder / "profile"

    @property
    def scratch_folder(self) -> Path:
        return self.folder / "tmp"

    def source_file(self, format: str) -> Path:
        return self.folder / f"{DOCUMENT_NAME}.{format}"

    def prepare_run(self, data: bytes, format: str) -> None:
        """Lay everything out for a run."""
        self.scratch_folder.mkdir()
        write_profile(self.profile_folder)
        self.source_file(format).write_bytes(data)

    def read_result(self, most: int) -> bytes:
        """What was made, at most `most` bytes. Raises ConversionFailed for none, or for what is no
        plain file of its own."""
        try:
            descriptor = os.open(
                self.source_file(RESULT_FORMAT), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            )
        except OSError:
            raise ConversionFailed from None
        with os.fdopen(descriptor, "rb") as made:
            kind = os.fstat(descriptor)
            if not stat.S_ISREG(kind.st_mode) or kind.st_nlink != 1 or kind.st_size > most:
                raise ConversionFailed
            return made.read(most)


@contextmanager
def new_conversion_folder(under: Path) -> Iterator[ConversionFolder]:
    """A new room in the folder `under`. It is locked for as long as it is in use."""
    remove_unused_folders(under)
    with (
        tempfile.TemporaryDirectory(
            prefix=FOLDER_PREFIX, dir=under.absolute(), ignore_cleanup_errors=True
        ) as folder,
        _held(Path(folder)) as held,
    ):
        if not held:
            raise ConversionFailed  # swept between its making and its locking
        yield ConversionFolder(Path(folder))


def remove_unused_folders(under: Path) -> None:
    """Remove the rooms of this user that nobody is using any more."""
    for left in under.glob(f"{FOLDER_PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.stat(follow_symlinks=False).st_uid == os.geteuid():
                with _held(left) as held:
                    if held:
                        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock; False where another has it. Raises OSError where it is no folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)
