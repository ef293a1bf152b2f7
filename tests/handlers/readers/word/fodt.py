"""Flat OpenDocument text, for LibreOffice to make Word files of."""

from __future__ import annotations

from collections.abc import Callable

Convert = Callable[[str, str], bytes]  # a text body and an ending in; the file's bytes out

_SPACES = {
    "office": "office",
    "style": "style",
    "text": "text",
    "table": "table",
    "draw": "drawing",
    "fo": "xsl-fo-compatible",
    "svg": "svg-compatible",
    "form": "form",
}
_DECLARED = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in _SPACES.items()
)
_STYLES = """<office:styles>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:default-outline-level="1"/>
</office:styles>
<office:automatic-styles>
<style:style style:name="Bold" style:family="text"><style:text-properties
 fo:font-weight="bold"/></style:style>
<style:style style:name="Struck" style:family="text"><style:text-properties
 style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:name="Merged" style:family="table-cell"/>
<style:page-layout style:name="L"><style:page-layout-properties/><style:footer-style/>
</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:footer><text:p>Page <text:page-number/></text:p></style:footer></style:master-page>
</office:master-styles>"""


def p(content: str) -> str:
    return f"<text:p>{content}</text:p>"


def fodt(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_DECLARED} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{_STYLES}<office:body><office:text>{body}</office:text></office:body></office:document>"
    )
