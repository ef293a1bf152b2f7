"""PDFs written by hand, for what no word processor would write, and scans made of real ones.

Does: puts objects together into a file with a correct cross-reference table; makes a PDF or a
picture file that is nothing but pictures of another PDF's pages.
Trusts: its caller to write valid objects.
Never touches: files.
Known limits: one typeface (Helvetica), and only what is level.
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as raw

HEAD = b"%PDF-1.7\n"


def pdf(
    content: str = "",
    annotations: Sequence[str] = (),
    *,
    catalog: str = "",
    page: str = "",
    resources: str = "",
    fields: str = "",
    more: Sequence[str] = (),
    trailer: str = "",
    pages: int = 1,
    box: str = "0 0 595 842",
) -> bytes:
    """Pages with `content` on each of them and `annotations` on the first. Objects 1 to 4 are the
    catalogue, the pages, the typeface and the content; annotations begin at 5, then come `more`.
    `fields` are the form's (references), `trailer` is put in the trailer as it is."""
    notes, first = len(annotations), 5 + len(annotations) + len(more)
    kids = " ".join(f"{first + at} 0 R" for at in range(pages))
    form = f"/AcroForm << /Fields [{fields}] /DA (/F 10 Tf 0 g) >>" if fields else ""
    laid = " ".join(f"{5 + at} 0 R" for at in range(notes))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {form} {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream",
        *annotations,
        *more,
        *(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page} "
            f"/Resources << /Font << /F 3 0 R >> {resources} >> "
            f"{f'/Annots [{laid}]' if at == 0 else ''} >>"
            for at in range(pages)
        ),
    ]
    return _file(objects, trailer)


def _file(objects: Sequence[str], trailer: str) -> bytes:
    out, places = bytearray(HEAD), []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    start, size = len(out), len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def text(x: float, y: float, said: str, size: float = 10) -> str:
    """`said` at a place, `y` from the bottom."""
    safe = said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {size} Tf {x} {y} Td ({safe}) Tj ET\n"


def line(*points: tuple[float, float]) -> str:
    start, *rest = (f"{x} {y}" for x, y in points)
    return f"{start} m {' '.join(f'{point} l' for point in rest)} S\n"


def square(x: float, y: float, side: float = 10) -> str:
    return f"{x} {y} {side} {side} re S\n"


def curve(x: float, y: float, wide: float = 60, high: float = 15) -> str:
    """A stroke of a pen."""
    return f"{x} {y} m {x} {y + high} {x + wide} {y - high} {x + wide} {y + high} c S\n"


def table(x: Sequence[float], y: Sequence[float]) -> str:
    """The lines of a table with columns and rows that part at `x` and `y`."""
    level = (line((min(x), at), (max(x), at)) for at in y)
    upright = (line((at, min(y)), (at, max(y))) for at in x)
    return "".join((*level, *upright))


def widget(name: str, kind: str, rect: str, value: str = "") -> str:
    """A form field that is its own annotation. `kind` is Tx, Btn, Ch or Sig."""
    return (
        f"<< /Type /Annot /Subtype /Widget /FT /{kind} /T ({name}) /Rect [{rect}] /F 4 "
        f"/DA (/F 10 Tf 0 g) {value} >>"
    )


def scanned(document: bytes, dots: int = 200) -> bytes:
    """A PDF of nothing but pictures of the pages of another."""
    out = pypdfium2.PdfDocument.new()
    with pypdfium2.PdfDocument(document) as source:
        for page in source:
            width, height = page.get_size()
            picture = pypdfium2.PdfImage.new(out)
            picture.set_bitmap(page.render(scale=dots / 72))
            picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
            sheet = out.new_page(width, height)
            sheet.insert_obj(picture)
            sheet.gen_content()
    made = saved(out)
    out.close()
    return made


def with_logo(document: bytes) -> bytes:
    """The same with a picture over a third of its first page, behind the text."""
    with pypdfium2.PdfDocument(document) as whole:
        page = whole[0]
        picture = pypdfium2.PdfImage.new(whole)
        picture.set_bitmap(pypdfium2.PdfBitmap.new_native(20, 20, raw.FPDFBitmap_BGR))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 281))
        page.insert_obj(picture)
        page.gen_content()
        return saved(whole)


def saved(document: pypdfium2.PdfDocument) -> bytes:
    out = bytearray()

    def write(_: object, data: object, size: int) -> int:
        out.extend(ctypes.string_at(data, size))
        return 1

    kind = raw.FPDF_FILEWRITE._fields_[1][1]
    writer = raw.FPDF_FILEWRITE(version=1, WriteBlock=kind(write))
    assert raw.FPDF_SaveAsCopy(document, ctypes.byref(writer), raw.FPDF_NO_INCREMENTAL)
    return bytes(out)


def grey_pages(document: bytes, dots: int = 200) -> list[tuple[int, int, list[bytes]]]:
    """Each page as its width, its height and its rows of one byte to a pixel."""
    out = []
    with pypdfium2.PdfDocument(document) as source:
        for page in source:
            seen = page.render(scale=dots / 72, grayscale=True)
            pixels = bytes(seen.buffer)
            rows = [pixels[at * seen.stride :][: seen.width] for at in range(seen.height)]
            out.append((seen.width, seen.height, rows))
    return out


def png(width: int, height: int, rows: Sequence[bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def tiff(pages: Sequence[tuple[int, int, list[bytes]]], order: str = "<") -> bytes:
    """Pages one after another, not compressed; `order` is "<" or ">"."""
    out = bytearray((b"II*\0" if order == "<" else b"MM\0*") + bytes(4))
    link = 4
    for width, height, rows in pages:
        strip = len(out)
        out += b"".join(rows) + bytes((width * height) % 2)
        struct.pack_into(f"{order}I", out, link, len(out))
        entries = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, strip))
        entries += ((277, 1), (278, height), (279, width * height))
        out += struct.pack(f"{order}H", len(entries))
        for tag, value in entries:
            out += struct.pack(f"{order}HHII", tag, 4, 1, value)
        link = len(out)
        out += bytes(4)
    return bytes(out)
