"""Objects embedded in documents: what Office makes, and what only says that it is such a thing.

Does: writes compound files with a class, and puts an object into a Word document.
Trusts: its input to be a sound .docx.
Never touches: files. Nothing here runs: streams hold inert bytes.
Known limits: an object of an Office program has the one stream that its reader looks for first.
"""

from __future__ import annotations

from uuid import UUID

from tests.builders_package import in_body, with_default_type, with_part, with_relationship
from tests.intake.message.conftest import Tree, compound

EXCEL = "00020820-0000-0000-c000-000000000046"
EXCEL_2007 = "00020830-0000-0000-c000-000000000046"
WORD = "00020906-0000-0000-c000-000000000046"
VISIO = "00021a14-0000-0000-c000-000000000046"
EQUATION = "0002ce02-0000-0000-c000-000000000046"
PACKAGE = "0003000c-0000-0000-c000-000000000046"
_TYPE = "application/vnd.openxmlformats-officedocument.oleObject"
_ROOT = "Root Entry".encode("utf-16-le")


def ole(class_id: str, **streams: bytes | Tree) -> bytes:
    """A compound file of a class. "_" in a stream's name stands for a space, but for a first one;
    "x1_" before it for the byte 1, "x3_" for the byte 3."""
    raw = bytearray(compound({_name(name): content for name, content in streams.items()}))
    at = raw.index(_ROOT) + 80
    raw[at : at + 16] = UUID(class_id).bytes_le
    return bytes(raw)


def _name(written: str) -> str:
    for says, byte in (("x1_", "\x01"), ("x3_", "\x03")):
        if written.startswith(says):
            return byte + written.removeprefix(says)
    return written if written.startswith("_") else written.replace("_", " ")


def with_object(
    docx: bytes,
    content: bytes,
    program: str = "Excel.Sheet.8",
    name: str = "oleObject1.bin",
    kind: str = "oleObject",
) -> bytes:
    """A document with an object in its text, whatever that is."""
    docx = with_part(docx, f"word/embeddings/{name}", content)
    if not name.endswith(".xml"):
        docx = with_default_type(docx, name.rpartition(".")[2], _TYPE)
    docx = with_relationship(docx, kind, f"embeddings/{name}", external=False, id_="rIdOle")
    shown = (
        '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" '
        f'ProgID="{program}" ShapeID="s1" DrawAspect="Content" ObjectID="_1" r:id="rIdOle"/>'
    )
    return in_body(docx, f"<w:p><w:r><w:object>{shown}</w:object></w:r></w:p>")
