"""The same bytes by mail and by folder come to the same: issue 11, point 8."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.sandbox.client import Worker
from intake.source import SourceOffer
from tests import builders as build
from tests import builders_objects as objects
from tests.builders_raw import attached, mixed, png
from tests.builders_workbook import workbook_file
from tests.handlers.readers.pdf.pdfs import pdf
from tests.known_sources import DROP
from tests.processors import Desk
from tests.registry import KINDS, NOW

GP = build.make_chronology(build.STORIES["GP"])
DAY = date(2010, 3, 30)
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "chronology.docx": lambda: GP,
    "faulty.docx": lambda: build.with_cell(GP, 5, "Date", "2009"),
    "form.docx": lambda: build.make_qa_form(dated=DAY),
    "other.docx": lambda: build.make_qa_form(child_identifier="N13/A", dated=DAY),
    "report.docx": build.make_imr,
    "named.doc": lambda: GP,
    "blank.docx": build.blank_chronology,
    "cut.docx": lambda: GP[: len(GP) // 2],
    "locked.docx": lambda: build.encrypted(GP),
    "remote.docx": lambda: build.remote_template(GP),
    "package.docx": lambda: build.ole_object(GP),
    "object.docx": lambda: objects.with_object(GP, objects.ole(objects.EXCEL, Workbook=b"x")),
    "macros.docm": lambda: build.macro_enabled(GP),
    "sheet.xlsx": lambda: workbook_file([build.CHRONOLOGY_HEADINGS]),
    "paper.pdf": pdf,
    "page.doc": lambda: b"<html><body><p>Our chronology</p></body></html>",
    "words.doc": lambda: b"Our chronology, in words.\r\n",
    "words.txt": lambda: b"Our chronology, in words.\r\n",
    "garbage.doc": lambda: b"\x93\x01\x02garbage" * 40,
    "nothing.docx": lambda: b"",
    "picture.gif": lambda: b"GIF89a\xe8\x03\xe8\x03" + b"\1" * 99,
    "scan.png": lambda: png(900, 1200),
    "both.zip": lambda: build.zipped([("a.docx", GP), ("b.docx", build.make_qa_form(dated=DAY))]),
    "words.zip": lambda: build.zipped([("a.docx", GP), ("read me.txt", b"Words.")]),
    "broken.zip": lambda: build.zipped([("a.docx", GP)])[:-40],
    "sealed.p7m": lambda: b"-----BEGIN PKCS7-----",
    "message.eml": lambda: build.mail("x@y.example", "z@y.example", "N12", "", [("a.docx", GP)]),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(setup=KINDS) as made:
        yield made


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_bytes_come_to_the_same_verdict_and_findings(
    tmp_path: Path, worker: Worker, name: str
) -> None:
    content = DOCUMENTS[name]()
    part = attached(name, content, "application/octet-stream")
    by_mail, by_folder = Desk(tmp_path / "mail", worker), Desk(tmp_path / "drop", worker)
    mailed = by_mail.mailed(mixed("For N12.\r\n", part, subject="N12"))
    offer = SourceOffer("GP/x", "GP", None, name=name)
    by_folder.registry.spool.take_delivery(DROP, offer, content, NOW)
    dropped = by_folder.settled(by_folder.registry.spool.waiting_deliveries()[-1])
    assert [s.judgements for s in mailed.submissions] == [s.judgements for s in dropped.submissions]
    assert mailed.delivery_outcome == dropped.delivery_outcome
    assert all(s.judgements for s in mailed.submissions)
