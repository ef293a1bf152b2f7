"""Documents that only a person should open, and packages that no word processor makes.

Does: adds one danger at a time to a sound .docx: failure modes 48 to 51.
Trusts: its input to be a sound .docx.
Never touches: files.
Known limits: nothing here runs: the macro, the object and the DDE field are inert bytes.
"""

from __future__ import annotations

import io
import zipfile

from tests.builders_package import (
    DOCUMENT,
    OLE_MAGIC,
    TYPES,
    edited,
    in_body,
    packed,
    parts,
    rewrite,
    with_default_type,
    with_part,
    with_relationship,
    xml,
)

_MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def macro_enabled(docx: bytes, *, plainly_typed: bool = False) -> bytes:
    """A .docm. `plainly_typed` leaves the content type of a .docx on it, as an attacker would."""
    docx = with_part(docx, "word/vbaProject.bin", OLE_MAGIC + bytes(504))
    docx = with_default_type(docx, "bin", "application/vnd.ms-office.vbaProject")
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    docx = with_relationship(docx, kind, "vbaProject.bin", external=False, id_="rIdVba")
    if plainly_typed:
        return docx
    swap = (_PLAIN_TYPE.encode(), _MACRO_TYPE.encode())
    return rewrite(docx, TYPES, lambda data: data.replace(*swap))


def remote_template(docx: bytes, url: str = "http://elsewhere.example/t.dotm") -> bytes:
    """A document that fetches its template from the network when Word opens it."""
    part = "word/settings.xml"
    docx = with_relationship(docx, "attachedTemplate", url, external=True, id_="rIdT", part=part)
    pointer = '<w:attachedTemplate r:id="rIdT"/>'
    return edited(docx, lambda root: root.insert(0, xml(pointer)), part)


def hyperlinked(docx: bytes, url: str = "https://board.example/guidance") -> bytes:
    """A document with one ordinary link in it: nothing to fear."""
    docx = with_relationship(docx, "hyperlink", url, external=True, id_="rIdLink")
    return in_body(
        docx,
        '<w:p><w:hyperlink r:id="rIdLink"><w:r><w:t>Guidance</w:t></w:r></w:hyperlink></w:p>',
    )


def ole_object(docx: bytes) -> bytes:
    """A document with another file embedded in it."""
    docx = with_part(docx, "word/embeddings/oleObject1.bin", OLE_MAGIC + bytes(504))
    docx = with_default_type(docx, "bin", "application/vnd.openxmlformats-officedocument.oleObject")
    target = "embeddings/oleObject1.bin"
    docx = with_relationship(docx, "oleObject", target, external=False, id_="rIdOle")
    ole = (
        '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" '
        'ProgID="Package" ShapeID="s1" DrawAspect="Icon" ObjectID="_1" r:id="rIdOle"/>'
    )
    return in_body(docx, f"<w:p><w:r><w:object>{ole}</w:object></w:r></w:p>")


def dde_field(docx: bytes, code: str = 'DDEAUTO made-up "topic" "item"') -> bytes:
    """A document with a field that would ask Word to start a program. Split, as attackers do."""
    half = len(code) // 2
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in (code[:half].replace('"', "&quot;"), code[half:].replace('"', "&quot;"))
    )
    edges = ['<w:r><w:fldChar w:fldCharType="begin"/></w:r>', runs]
    edges.append('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return in_body(docx, f"<w:p>{''.join(edges)}</w:p>")


def alt_chunk(docx: bytes) -> bytes:
    """A document that brings in a web page as part of its text."""
    docx = with_part(docx, "word/chunk.htm", b"<html><body>From elsewhere</body></html>")
    docx = with_default_type(docx, "htm", "text/html")
    docx = with_relationship(docx, "aFChunk", "chunk.htm", external=False, id_="rIdChunk")
    return in_body(docx, '<w:altChunk r:id="rIdChunk"/>')


def with_doctype(docx: bytes, part: str = DOCUMENT) -> bytes:
    """A part with a document type declaration, and an entity that silently loses text."""
    declared = b'<!DOCTYPE d [<!ENTITY e "">]>'
    return rewrite(docx, part, lambda data: data.replace(b"?>", b"?>" + declared, 1))


def duplicate_member(docx: bytes, name: str = DOCUMENT, data: bytes | None = None) -> bytes:
    """A package with two members of one name; the second holds `data`, or the same again."""
    members = parts(docx)
    return packed([*members.items(), (name, members[name] if data is None else data)])


def escaping_member(docx: bytes, name: str = "../../outside.xml") -> bytes:
    """A package with a member whose name climbs out of its folder."""
    return with_part(docx, name, b"<outside/>")


def disagreeing_headers(docx: bytes, name: str = DOCUMENT) -> bytes:
    """A package whose list calls a member one name and whose own header calls it another."""
    at = docx.index(b"PK\x03\x04")
    while docx[at + 30 : at + 30 + len(name)] != name.encode():
        at = docx.index(b"PK\x03\x04", at + 4)
    end = at + 30 + len(name)
    return docx[: end - 1] + b"_" + docx[end:]


def zip_bomb(docx: bytes, megabytes: int = 64, part: str = DOCUMENT) -> bytes:
    """A sound document but for one part that inflates to `megabytes` of white space and more."""
    members = parts(docx)
    data, filler = members.pop(part), b" " * (1 << 20)
    cut = data.rindex(b"</")
    out = io.BytesIO(packed(members))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package, package.open(part, "w") as big:
        big.write(data[:cut])
        for _ in range(megabytes):
            big.write(filler)
        big.write(data[cut:])
    return out.getvalue()
