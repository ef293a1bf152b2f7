"""Word files put together part by part, so that a test can say exactly what is in one.

Does: zips a body, and any other parts, with the content types and relations they need.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from handlers.document import Block, Cell, Paragraph, Row, Traits
from handlers.readers.word.document import open_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
NAMESPACES = {
    "w": W,
    "r": OFFICE,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:made-up:unknown",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

Relation = tuple[str, str] | tuple[str, str, str]  # kind or whole type, target, perhaps "External"


def element(name: str, content: str) -> str:
    """The XML of a part whose root is w:`name`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {DECLARED}>{content}</w:{name}>'


def relations(entries: Sequence[Relation]) -> str:
    lines = []
    for at, (kind, target, *mode) in enumerate(entries, 1):
        type_ = kind if "://" in kind else f"{OFFICE}/{kind}"
        external = ' TargetMode="External"' if mode else ""
        lines.append(f'<Relationship Id="r{at}" Type="{type_}" Target="{target}"{external}/>')
    return f'<Relationships xmlns="{RELS}">{"".join(lines)}</Relationships>'


def members(
    body: str,
    *,
    rels: Sequence[Relation] = (),
    parts: Mapping[str, str | bytes] | None = None,
    types: Mapping[str, str] | None = None,
    main: str = "word/document.xml",
    main_type: str = MAIN,
    package_rels: Sequence[Relation] = (),
) -> dict[str, str | bytes]:
    """The members of a package. `parts` are further ones by name, `types` their content types."""
    folder, _, file = main.rpartition("/")
    overrides = {main: main_type, **(types or {})}
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>',
        "_rels/.rels": relations([("officeDocument", main), *package_rels]),
        main: element("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        f"{folder}/_rels/{file}.rels".lstrip("/"): relations(rels),
        **(parts or {}),
    }


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))  # the same each time
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return out.getvalue()


def docx(
    body: str,
    *,
    styles: str | None = None,
    rels: Sequence[Relation] = (),
    parts: Mapping[str, str | bytes] | None = None,
    types: Mapping[str, str] | None = None,
    main: str = "word/document.xml",
    main_type: str = MAIN,
    package_rels: Sequence[Relation] = (),
) -> bytes:
    """A .docx with this body, and these styles where given."""
    held, related = dict(parts or {}), list(rels)
    if styles is not None:
        held["word/styles.xml"] = element("styles", styles)
        related.append(("styles", "styles.xml"))
    return zipped(
        members(
            body,
            rels=related,
            parts=held,
            types=types,
            main=main,
            main_type=main_type,
            package_rels=package_rels,
        )
    )


def run(text: str, marks: str = "") -> str:
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    """A paragraph; plain text is put into a run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def tc(content: str = "", properties: str = "") -> str:
    inner = content if content.startswith(("<w:p>", "<w:p/>", "<w:sdt>", "<w:tbl>")) else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; plain text is put into a cell."""
    inner = "".join(c if c.startswith("<") else tc(c) for c in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(instruction: str, shown: str = "") -> str:
    """A complex field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def blocks(data: bytes) -> list[Block]:
    return list(open_word(data).iter_blocks())


def traits(data: bytes) -> Traits:
    """What is true of the document, once it has been read."""
    reading = open_word(data)
    for _ in reading.iter_blocks():
        pass
    return reading.traits


def paragraphs(body: str, styles: str | None = None) -> list[Paragraph]:
    """The paragraphs outside of tables that a body comes to."""
    return [b for b in blocks(docx(body, styles=styles)) if isinstance(b, Paragraph)]


def only(body: str, styles: str | None = None) -> Paragraph:
    (found,) = paragraphs(body, styles)
    return found


def rows(body: str, styles: str | None = None) -> list[Row]:
    return [b for b in blocks(docx(body, styles=styles)) if isinstance(b, Row)]


def cells(body: str) -> list[Cell]:
    """The cells of the one row of the one table."""
    (found,) = rows(body)
    return list(found.cells)
