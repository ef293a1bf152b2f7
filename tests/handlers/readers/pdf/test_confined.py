"""PDFs and pictures read where they are always read: in the confined worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import DocumentUnreadable, WorkerLimits
from tests.builders import legacy_check_box, through_libreoffice
from tests.handlers.readers.pdf.pdfs import curve, grey_pages, pdf, png, scanned, text, widget
from tests.handlers.readers.pdf.reading import needs_ocr, read
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

HERE = Path(__file__).parent
TASKS = {"blocks": "paper_tasks:blocks"}


@pytest.fixture(scope="module")
def worker():
    with Worker(tasks=TASKS, path=[HERE]) as worker:
        yield worker


def same(worker: Worker, data: bytes) -> bool:
    """Confined, it says what it says unconfined: nothing was loaded too late (failure mode 55)."""
    free = [[type(block).__name__, getattr(block, "text", "")] for block in read(data)[0]]
    return bool(free) and worker.run_in_child("blocks", data).value == free


def test_a_printed_form_is_read_under_every_layer(worker):
    assert worker.confinement().all_refused
    form = legacy_check_box(make_qa_form(), 2, "Comments", table=2)
    assert same(worker, through_libreoffice(form, "pdf"))


def test_fields_notes_and_pictures_are_read_too(worker):
    fields = [widget("a", "Tx", "120 695 300 712", "/V (Meadow)"), widget("s", "Sig", "0 0 9 9")]
    assert same(worker, pdf(text(50, 700, "Agency") + curve(50, 600), fields, fields="5 0 R 6 0 R"))


def test_scans_are_read_too(worker):
    needs_ocr()
    document = through_libreoffice(make_statement(), "pdf")
    assert same(worker, scanned(document))
    assert same(worker, png(*grey_pages(document)[0]))


def test_a_form_that_holds_itself_many_times_over_does_not_hold_the_service_up():
    """Each of 24 levels draws the next one ten times (failure mode 48)."""
    levels = 24
    more = [
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 70 "
        f"/Resources << /XObject << /X {6 + at} 0 R >> >> >>\nstream\n{'/X Do ' * 10:70}\nendstream"
        for at in range(levels)
    ]
    more.append("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] >>\nstream\nendstream")
    bomb = pdf("/X Do", resources="/XObject << /X 5 0 R >>", more=more)
    with Worker(WorkerLimits(cpu_seconds=2), TASKS, path=[HERE]) as worker:
        with pytest.raises(DocumentUnreadable):
            worker.run_in_child("blocks", bomb)
        assert worker.run_in_child("blocks", pdf(text(50, 700, "x"))).value == [["Paragraph", "x"]]
