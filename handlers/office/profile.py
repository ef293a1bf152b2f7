"""The settings LibreOffice starts with: nothing runs, nothing is fetched, nothing is updated.

Does: writes the one file of a fresh profile (registrymodifications.xcu).
Trusts: LibreOffice to obey; `steps.py` is for when it does not.
Never touches: any profile but the one of this run.
Known limits: settings that a version does not know are ignored by it. Starting from this one file
makes a run of 1.3 seconds out of one of 0.9 from a whole profile kept ready, which is not enough
to keep one for.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"

# path, name, value. https://opengrok.libreoffice.org, officecfg/registry/schema.
SETTINGS = (
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
    return _HEAD + "".join(_item(*setting) for setting in SETTINGS) + "</oor:items>\n"


def _item(path: str, name: str, value: str) -> str:
    return (
        f"<item oor:path={quoteattr(path)}><prop oor:name={quoteattr(name)} "
        f'oor:op="fuse"><value>{value}</value></prop></item>\n'
    )
