"""What mail programs and systems add for one another or for show: no document, and no fault."""

from __future__ import annotations

import struct

from config.mail_words import MAIL_WORDS
from intake.decoding import file_ending
from intake.message.mime import MimeLeaf

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


def is_left_by_program(name: str) -> bool:
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


PICTURE_FORMATS = frozenset({"png", "jpeg", "gif"})
_SMALL = 100_000  # bytes; a picture that is larger may be a scan
# Pixels of its shorter side, from which on a picture may be a page: one that the text shows, one
# that has a logo's name, and any other.
MIN_SHOWN_PIXELS, MIN_NAMED_PIXELS, MIN_PIXELS = 700, 500, 120
_CARDS = frozenset({"vcf", "vcard", "ics", "vcs", "ical"})
_TEXT_ENDINGS = frozenset({"", "txt", "htm", "html", "text", "822"})
_DRAWN = frozenset({"emz", "wmz", "emf", "wmf"})  # what Word draws beside a picture
_PICTURE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "emz", "wmz"})
# JPEG's frame headers, which hold how large it is: SOF0 to SOF15 without DHT, JPG and DAC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def is_program_clutter(leaf: MimeLeaf, sniffed: str, shown: bool) -> bool:
    """Whether a leaf changes nothing. `shown` says that the text shows it by its content id."""
    name = leaf.headers.file_name
    if is_left_by_program(name):
        return True
    if sniffed == "unknown" and file_ending(name) in _DRAWN:
        return _begins(name, MAIL_WORDS.others.pictures)
    if sniffed in ("vcard", "calendar"):
        return not name or file_ending(name) in _CARDS
    if sniffed in ("text", "html", "empty") and _begins(name, MAIL_WORDS.others.texts):
        return file_ending(name) in _TEXT_ENDINGS
    return sniffed == "empty" and _is_shown_in_place(leaf, shown)


def is_decoration(content: bytes, sniffed: str, name: str, shown: bool, most: int = _SMALL) -> bool:
    """Whether a picture is a logo or the like, and nothing that somebody filled in or signed."""
    if sniffed not in PICTURE_FORMATS or len(content) > most:
        return False
    side = shorter_side(content)
    named = _begins(name, MAIL_WORDS.others.pictures) or "logo" in name.lower()
    if side is None:
        return shown or named
    return side < (MIN_SHOWN_PIXELS if shown else MIN_NAMED_PIXELS if named else MIN_PIXELS)


def _is_shown_in_place(leaf: MimeLeaf, shown: bool) -> bool:
    """An empty part that nobody attached by hand."""
    name = leaf.headers.file_name
    picture = leaf.kind.startswith("image/") or file_ending(name) in _PICTURE_ENDINGS
    attached = leaf.headers.disposition == "attachment"
    in_place = leaf.headers.disposition == "inline" or "content-id" in leaf.headers
    return not name or shown or (in_place and not attached) or picture


def _begins(name: str, words: tuple[str, ...]) -> bool:
    return name.strip().lower().startswith(words) if name else False


def shorter_side(content: bytes) -> int | None:
    """In pixels; None where it cannot be told."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return int(min(struct.unpack_from(">2I", content, 16)))
        if content.startswith(b"GIF8"):
            return int(min(struct.unpack_from("<2H", content, 6)))
        return _of_jpeg(content)
    except struct.error:
        return None


def _of_jpeg(content: bytes) -> int | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        if content[at + 1] in _FRAMES:
            return int(min(struct.unpack_from(">2H", content, at + 5)))
        length = struct.unpack_from(">H", content, at + 2)[0]
        if length < 2:
            return None
        at += 2 + length
    return None
