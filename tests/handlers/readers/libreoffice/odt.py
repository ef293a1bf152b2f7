"""OpenDocument texts written by hand, for what no word processor would write.

Does: packs a body, and if need be a Basic macro that runs on opening, into an .odt.
Trusts: its caller to give well-formed XML.
Never touches: files.
Known limits: no styles, no metadata; LibreOffice asks for neither.
"""

from __future__ import annotations

import io
import zipfile

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dom": "http://www.w3.org/2001/xml-events",
    "ooo": "http://openoffice.org/2004/office",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _SPACES.items())
_TYPE = "application/vnd.oasis.opendocument.text"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
_ON_OPENING = (
    '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
    'script:event-name="dom:load" xlink:type="simple" xlink:href="vnd.sun.star.script:'
    'Standard.Module1.Main?language=Basic&amp;location=document"/>'
    "</office:event-listeners></office:scripts>"
)


def odt(body: str, macro: str = "") -> bytes:
    """`macro` is the Basic code of a `Sub Main` that is bound to opening the document."""
    parts = {"content.xml": _content(body, _ON_OPENING if macro else ""), **_basic(macro)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", _TYPE)
        for name, text in (*parts.items(), ("META-INF/manifest.xml", _manifest(list(parts)))):
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()


def _content(body: str, scripts: str) -> str:
    return (
        f'<office:document-content {_DECLARED} office:version="1.2">{scripts}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def _basic(macro: str) -> dict[str, str]:
    if not macro:
        return {}
    return {
        "Basic/script-lc.xml": (
            '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
            f'<library:library {_LIBRARY} library:link="false"/></library:libraries>'
        ),
        "Basic/Standard/script-lb.xml": (
            f'<library:library {_LIBRARY} library:readonly="false">'
            '<library:element library:name="Module1"/></library:library>'
        ),
        "Basic/Standard/Module1.xml": (
            '<script:module xmlns:script="http://openoffice.org/2000/script" '
            f'script:name="Module1" script:language="StarBasic">{macro}</script:module>'
        ),
    }


def _manifest(names: list[str]) -> str:
    entries = [("/", _TYPE), *((name, "text/xml") for name in names)]
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in entries
    )
    return (
        f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.2">{files}'
        "</manifest:manifest>"
    )
