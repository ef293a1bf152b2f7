"""Names of what systems and programs leave beside the files people chose.

Does: tells lock files, folder views, shadows and streams by their names: in a folder, in a zip, in
a mail.
Trusts: nothing about a name.
Never touches: files.
Known limits: of streams that a copy made into files of their own, those of Windows, macOS and
Samba are known.
"""

from __future__ import annotations

_FILES = frozenset(
    {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "$recycle.bin"}
    | {"oledata.mso", "editdata.mso", "filelist.xml", "themedata.thmx", "colorschememapping.xml"}
    | {"system volume information", "__macosx", "folder.jpg.db", "picasa.ini"}
)
# After the last colon but for "$DATA": "Form.docx:Zone.Identifier:$DATA".
# Where a colon cannot be in a name, copies have another character in its place.
_STREAMS = frozenset(
    {"zone.identifier", "smartscreen", "afp_afpinfo", "afp_resource", "encryptable"}
    | {"com.apple.quarantine", "com.apple.metadata", "summaryinformation", "favicon"}
)
_COLONS = ":\uf022\uf03a\uff1a"


def left_by_programs(name: str) -> bool:
    """Whether a name, without its folders, is none that a person gave a return."""
    folded = name.strip(" ").casefold()
    return folded.startswith(("~$", ".", "~wr")) or folded in _FILES or _is_stream(folded)


def _is_stream(name: str) -> bool:
    for colon in _COLONS:
        name = name.replace(colon, ":")
    _, *streams = name.removesuffix(":$data").split(":")
    if streams and streams[-1] in _STREAMS:
        return True
    return name.endswith((".identifier", "_zone.identifier")) and "zone" in name
