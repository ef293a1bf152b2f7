"""Reports and forms put out of order on purpose.

Does: changes the sections, paragraphs and signatures of what `tests/papers/papers.py` makes.
Trusts: that its input came from there, so that headings carry Word's heading styles.
Never touches: files.
Known limits: a paragraph is found by its whole text; a tab counts as one character.
"""

from __future__ import annotations

import io
import struct
import zlib
from math import sin

from docx import Document
from docx.shared import Cm

from tests.builders_package import Element, body, child, edited, w, xml
from tests.builders_tables import text_of


def style_of(paragraph: Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(w("val"), "")


def section_of(root: Element, heading: str) -> list[Element]:
    """A section's heading and all that stands under it. Raises ValueError if it is not there."""
    blocks = list(body(root))[:-1]
    starts = [n for n, b in enumerate(blocks) if style_of(b) == "Heading1"]
    start = next((n for n in starts if text_of(blocks[n]) == heading), None)
    if start is None:
        raise ValueError("no such section")
    end = next((n for n in starts if n > start), len(blocks))
    return blocks[start:end]


def without_section(docx: bytes, heading: str) -> bytes:
    """One section taken out, its heading with it."""

    def change(root: Element) -> None:
        for block in section_of(root, heading):
            body(root).remove(block)

    return edited(docx, change)


def emptied_section(docx: bytes, heading: str) -> bytes:
    """One section's heading left with nothing under it."""

    def change(root: Element) -> None:
        for block in section_of(root, heading)[1:]:
            body(root).remove(block)

    return edited(docx, change)


def moved_section(docx: bytes, heading: str, before: str) -> bytes:
    """One section put before another."""

    def change(root: Element) -> None:
        place = section_of(root, before)[0]
        for block in section_of(root, heading):
            place.addprevious(block)

    return edited(docx, change)


def with_text(docx: bytes, old: str, new: str) -> bytes:
    """Every paragraph that reads exactly `old` made to read `new`; "" takes the words out.

    Raises ValueError when none does. The paragraph's style and its first run's look stay.
    """

    def change(root: Element) -> None:
        same = [p for p in root.iter(w("p")) if text_of(p) == old]
        if not same:
            raise ValueError("no such paragraph")
        for paragraph in same:
            _say(paragraph, new)

    return edited(docx, change)


def _say(paragraph: Element, words: str) -> None:
    first, *others = [run for run in paragraph.iter(w("r")) if text_of(run)]
    for run in others:
        parent = run.getparent()
        assert parent is not None  # it was found inside the paragraph
        parent.remove(run)
    for piece in [piece for piece in first if piece.tag != w("rPr")]:
        first.remove(piece)
    for number, stretch in enumerate(words.split("\t")):
        if number:
            first.append(xml("<w:tab/>"))
        first.append(xml('<w:t xml:space="preserve"/>'))
        first[-1].text = stretch


def with_paragraph(docx: bytes, heading: str, text: str) -> bytes:
    """One plain paragraph more, straight under a section's heading."""

    def change(root: Element) -> None:
        paragraph = xml("<w:p><w:r><w:t/></w:r></w:p>")
        paragraph[0][0].text = text
        section_of(root, heading)[0].addnext(paragraph)

    return edited(docx, change)


def with_bold_headings(docx: bytes) -> bytes:
    """Headings typed as bold lines with typed numbers, no heading style anywhere."""

    def change(root: Element) -> None:
        number = 0
        for paragraph in body(root).iter(w("p")):
            if style_of(paragraph) not in ("Heading1", "Heading2"):
                continue
            main = style_of(paragraph) == "Heading1" and not text_of(paragraph).startswith("App")
            number += main
            words = f"{number}. {text_of(paragraph)}" if main else text_of(paragraph)
            for inside in list(paragraph):
                paragraph.remove(inside)
            paragraph.append(xml("<w:r><w:rPr><w:b/></w:rPr><w:t/></w:r>"))
            paragraph[0][1].text = words

    return edited(docx, change)


def struck(docx: bytes, text: str) -> bytes:
    """The paragraph that reads exactly `text`, struck through."""

    def change(root: Element) -> None:
        for paragraph in root.iter(w("p")):
            if text_of(paragraph) == text:
                for run in paragraph.iter(w("r")):
                    if run.find(w("rPr")) is None:
                        run.insert(0, xml("<w:rPr/>"))
                    child(run, "rPr").append(xml("<w:strike/>"))

    return edited(docx, change)


def with_comment(docx: bytes, text: str = "Is this the final wording?") -> bytes:
    """A reviewer's comment left in the margin."""
    word = Document(io.BytesIO(docx))
    run = next(r for p in word.paragraphs for r in p.runs if r.text.strip())
    word.add_comment([run], text=text, author="Author One", initials="AO")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def picture(width: int = 180, height: int = 48) -> bytes:
    """A PNG of a scrawl, made in code: a wave of ink that dies away, on white."""
    line = [height / 2 + (1 - x / width) * height / 2.2 * sin(x / 5) for x in range(width)]
    ink = {
        (x, y)
        for x in range(8, width - 8)
        for y in range(int(min(line[x : x + 2])) - 1, int(max(line[x : x + 2])) + 1)
    }
    rows = b"".join(
        b"\0" + bytes(0 if (x, y) in ink else 255 for x in range(width)) for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        seal = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + seal

    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body_ = chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body_


def signed_with_picture(docx: bytes) -> bytes:
    """Every signature a picture in place of a typed name: after "Signed:" or in the cell beside."""
    word = Document(io.BytesIO(docx))
    places = [p for p in word.paragraphs if p.text.startswith("Signed")]
    for place in places:
        place.text = "Signed: "
    for table in word.tables:
        for row in table.rows:
            if row.cells[0].text.startswith("Signed"):
                row.cells[1].text = ""
                places.append(row.cells[1].paragraphs[0])
    for place in places:
        place.add_run().add_picture(io.BytesIO(picture()), width=Cm(4))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()
