"""Makes chronologies of any length as Word itself writes them, and the mail that carries one.

One run a cell; a much edited document has several, and more XML to each word.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from xml.sax.saxutils import escape

from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.judging.arrival import JudgingRequest
from tests.papers.chronology_paper import make_chronology
from tests.papers.papers import STORIES
from tests.papers.qa_paper import make_qa_form
from tests.papers.stories import StoryEvent, age_as_recorded

FIRST, LAST = date(2007, 6, 1), date(2010, 2, 14)
CASE = CaseFacts(
    "N12",
    "N12/A",
    (date(2007, 1, 1), LAST),
    subjects=(
        Subject("Child N", date(2007, 5, 9), "subject"),
        Subject("Mother", date(1986, 11, 2)),
    ),
)
GP = AgencyFacts("GP", "Meadow Lane Surgery", ("GP", "MLS"))
QUESTION = JudgingRequest(Context(date(2010, 4, 1), CASE, GP), "docx", "docx")
MAIN_PART = "word/document.xml"

_FONT = (
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
)
_EDGE = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right")
)


def word_chronology(rows: int, edition: int = 0) -> bytes:
    """A .docx with `rows` entries under the heading row. Editions differ in one word."""
    parts = _parts(make_chronology(STORIES["GP"][:1]))
    whole = parts[MAIN_PART].decode()
    before = whole.index("</w:tr>") + len("</w:tr>")
    after = whole.index("</w:tbl>")
    body = "".join(_row(event, n) for n, event in enumerate(_events(rows, edition)))
    parts[MAIN_PART] = (whole[:before] + body + whole[after:]).encode()
    return _packed(parts)


def bare_chronology(rows: int) -> bytes:
    """The same entries as python-docx writes them: a quarter of the XML to each row."""
    return make_chronology(tuple(_events(rows, 0)))


def build_mail(rows: int, edition: int, size: int) -> bytes:
    """A message of about `size` bytes: a chronology, a QA form, and a text file to make it up."""
    form = make_qa_form(signed="Commissioner One", dated=date(2010, 3, 31))
    message = EmailMessage()
    message["From"] = "author@meadowlane.example"
    message["To"] = "scr-returns@board.example"
    message["Subject"] = "N12"
    message["Message-ID"] = f"<{edition}@meadowlane.example>"
    message.set_content("Please find our returns for N12 attached.")
    word = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    for name, content in (("a.docx", word_chronology(rows, edition)), ("b.docx", form)):
        message.add_attachment(content, maintype="application", subtype=word, filename=name)
    padding = max(0, size - len(bytes(message))) // 80 * 76
    message.add_attachment("-" * 75 + "\n" + ("." * 75 + "\n") * (padding // 76), filename="s.txt")
    return bytes(message)


def _events(rows: int, edition: int) -> Iterator[StoryEvent]:
    """Spread evenly over the period, so that they are in order, each at its minute."""
    told = STORIES["GP"]
    minutes = ((LAST - FIRST).days * 24 * 60 - 1) / max(rows, 1)
    for n in range(rows):
        at = datetime.combine(FIRST, time(), UTC) + timedelta(minutes=int(n * minutes))
        like = told[n % len(told)]
        yield replace(
            like,
            date=f"{at:%d/%m/%Y}",
            time=f"{at:%H:%M}",
            age=age_as_recorded(at.date(), "clinical") if like.subject == "Child N" else "",
            event=f"{like.event} ({edition}.{n})",
        )


def _row(event: StoryEvent, n: int) -> str:
    marks = f'w:rsidR="00A{n % 0xFFFFF:05X}" w:rsidRPr="00C12D4F" w:rsidTr="00D83F21"'
    cells = "".join(_cell(text, f"{n * 9 + c:08X}") for c, text in enumerate(astuple(event)))
    return f"<w:tr {marks}><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(text: str, id: str) -> str:
    run = f'<w:r w:rsidRPr="00C12D4F"><w:rPr>{_FONT}</w:rPr><w:t>{escape(text)}</w:t></w:r>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="1361" w:type="dxa"/><w:tcBorders>{_EDGE}</w:tcBorders>'
        '<w:shd w:val="clear" w:color="auto" w:fill="auto"/></w:tcPr>'
        f'<w:p w14:paraId="{id}" w14:textId="77777777" w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"'
        f' w:rsidP="00D83F21"><w:pPr><w:spacing w:before="40" w:after="40"/><w:rPr>{_FONT}</w:rPr>'
        f"</w:pPr>{run if text else ''}</w:p></w:tc>"
    )


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
