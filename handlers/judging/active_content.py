"""Tells a file that acts when it is opened: a program, a script, a PDF that starts something.

Nothing is run, and nothing is inflated but the objects of a PDF, up to a bound. A script that puts
its words together from pieces is a request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handlers.readers.libreoffice.rich_text import dangers_in_rtf
from handlers.readers.pdf.actions import dangers_in_pdf
from handlers.readers.word import embedded_objects
from intake.message.compound import COMPOUND_MAGIC, CompoundFile, InvalidCompoundFile

MAX_LOOK_BYTES = 4 * 1024 * 1024  # bytes of a page or a script
_PROGRAM, _SCRIPT, _SHORTCUT, _IMAGE, _PAGE = (
    "program",
    "script",
    "shortcut",
    "disk-image",
    "page-makes-a-file",
)

# How what runs begins.
_BEGINS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),  # Java, and a Mac's
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"ITSF", _PROGRAM),  # a compiled help file
    (b"L\0\0\0\x01\x14\x02\0", _SHORTCUT),
    (b"vhdxfile", _IMAGE),
    (b"conectix", _IMAGE),
)
_ISO, _ISO_AT = b"CD001", (0x8001, 0x8801, 0x9001)
_INSTALLER = "000c1084-0000-0000-c000-000000000046"

# Endings by which Windows, or a Mac, runs a file of plain text, or of no format that we read.
_SCRIPTS = (
    "js jse mjs vbs vbe vb wsf wsh wsc ws sct bat cmd ps1 psm1 psd1 ps1xml psc1 hta reg py pyw pyc"
    " sh bash command csh ksh zsh pl rb php asp aspx jsp scpt ahk au3 iqy slk inf"
)
_PROGRAMS = (
    "exe com scr pif cpl dll sys msi msp mst msix appx jar class app gadget msc chm xll wll ocx drv"
    " deb rpm apk dmg pkg"
)
_SHORTCUTS = "lnk url website webloc desktop scf library"
_IMAGES = "iso img vhd vhdx udf"
DANGEROUS_ENDINGS: Mapping[str, str] = {
    **dict.fromkeys(_SCRIPTS.split(), _SCRIPT),
    **dict.fromkeys(_PROGRAMS.split(), _PROGRAM),
    **dict.fromkeys(_SHORTCUTS.split(), _SHORTCUT),
    **dict.fromkeys(_IMAGES.split(), _IMAGE),
}
_NAMED = frozenset({"text", "html", "unknown"})  # formats in which the ending may count
_TEXTS = frozenset({"text", "html"})

# What only a script says, wherever in it; and what it begins with.
_SAYS_SCRIPT = re.compile(
    rb"wscript\.(?:shell|createobject|quit|sleep|network)|new\s+activexobject\s*\(|"
    rb"createobject\s*\(\s*[\"'](?:wscript|scripting|adodb|msxml2|shell|winhttp)\.|"
    rb"\bpowershell(?:\.exe)?[\"']?\s+[-/]\w|\binvoke-(?:expression|webrequest)\b|"
    rb"<hta:application|language\s*=\s*[\"']?vbscript|\bmshta(?:\.exe)?\s+[\"']?https?:",
    re.I,
)
_BEGINS_SCRIPT = re.compile(rb"\s*(?:#!\s*/|@echo\s+off\b|\[internetshortcut\]|#@~\^)", re.I)

_MARKS_OF_ORDER = b"\xef\xbb\xbf\xff\xfe"  # of bytes, before the text

# A page that carries something packed up, and one that gives it out or writes itself anew with it.
_ACTIVE = re.compile(rb"<script|\bon[a-z]{3,12}\s*=|javascript:", re.I)
_PACKED = re.compile(
    rb"\bnew\s+blob\b|\batob\s*\(|\buint8array\b|\bfromcharcode\b|\bunescape\s*\(|"
    rb"\bcreateobjecturl\b|\bdecodeuricomponent\s*\(",
    re.I,
)
_GIVES_OUT = re.compile(
    rb"mssave(?:oropen)?blob|\bcreateobjecturl\b|\.download\b|[\"']download[\"']|\bdownload\s*=|"
    rb"document\.write(?:ln)?\s*\(|\.innerhtml\s*=|\beval\s*\(",
    re.I,
)
_GIVEN = re.compile(
    rb"(?:href|src)\s*=\s*[\"']?data:application/(?:octet-stream|zip|x-[a-z-]+|java-archive)", re.I
)


def find_active_content(data: bytes, format: str, ending: str = "") -> tuple[str, ...]:
    """Danger words of `handlers.document.DANGERS`; none for what only shows itself. `format`
    is a word of `intake/message/file_type.py`, `ending` that of the file's name."""
    look = _OF_FORMAT.get(format)
    if look is not None:
        return look(data)
    word = _by_content(data, format)
    if not word and format in _NAMED:
        word = DANGEROUS_ENDINGS.get(ending, "")
    return (word,) if word else ()


def _by_content(data: bytes, format: str) -> str:
    if format in _TEXTS:
        return _of_text(data)
    for magic, word in _BEGINS:
        if data.startswith(magic):
            return word
    if any(data[at : at + len(_ISO)] == _ISO for at in _ISO_AT):
        return _IMAGE
    if data.startswith(b"\xeb") and data[510:512] == b"\x55\xaa":
        return _IMAGE
    return _of_compound(data) if data.startswith(COMPOUND_MAGIC) else ""


def _of_compound(data: bytes) -> str:
    try:
        root = CompoundFile(data).read_node(0)
    except InvalidCompoundFile:
        return ""
    return _PROGRAM if str(root.class_id) == _INSTALLER else ""


def _of_text(data: bytes) -> str:
    text = data[:MAX_LOOK_BYTES].replace(b"\0", b"")  # of UTF-16 the Latin letters remain
    if _ACTIVE.search(text) and _PACKED.search(text) and _GIVES_OUT.search(text):
        return _PAGE
    if _GIVEN.search(text):
        return _PAGE
    begins = _BEGINS_SCRIPT.match(text[:1_000].lstrip(_MARKS_OF_ORDER))
    return _SCRIPT if begins or _SAYS_SCRIPT.search(text) else ""


def _in_older_word(data: bytes) -> tuple[str, ...]:
    word = embedded_objects.danger_beside_macros(data)
    return (word,) if word else ()


_OF_FORMAT: Mapping[str, Callable[[bytes], tuple[str, ...]]] = {
    "rtf": dangers_in_rtf,
    "pdf": dangers_in_pdf,
    "doc": _in_older_word,
}


def screen_task(data: bytes, argument: object, setup: object) -> list[str]:
    """`find_active_content` as the worker calls it, for a format that is converted before it is
    read."""
    return list(find_active_content(data, argument if isinstance(argument, str) else ""))
