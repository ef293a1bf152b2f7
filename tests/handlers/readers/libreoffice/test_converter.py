"""Documents of other word processors, converted and read."""

from __future__ import annotations

import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from handlers.checks.form.judge import judge_form
from handlers.document import Row
from handlers.readers.libreoffice import converter as memory
from handlers.readers.libreoffice import folder as room
from handlers.readers.libreoffice.converter import Converter, is_memory_folder
from handlers.readers.libreoffice.folder import (
    ConversionFailed,
    ConversionFolder,
    ConverterNotInstalled,
    NoConversionMemory,
)
from handlers.readers.word import package
from handlers.readers.word.document import open_word
from handlers.sandbox.protocol import WorkerStopped
from tests.builders import STORIES, needs_office, through_libreoffice
from tests.handlers.checks.form.specimen import CONTEXT, kind, rules
from tests.handlers.readers.libreoffice.odt import odt
from tests.papers.chronology_paper import make_chronology
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

FORMATS = ("doc", "rtf", "odt")


def rows(docx: bytes) -> list[str]:
    return [block.text for block in open_word(docx).iter_blocks() if isinstance(block, Row)]


@pytest.mark.parametrize("format", FORMATS)
def test_a_chronology_comes_back_with_the_same_rows(office, rooms, format):
    written = make_chronology(STORIES["GP"])
    made = office.convert_to_docx(through_libreoffice(written, format), format)
    assert rows(made) == rows(written)
    assert list(rooms.iterdir()) == []


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("id", "form", "told"),
    [("qa_form", make_qa_form, []), ("evaluation_statement", make_statement, ["signed-typed"])],
)
def test_a_good_form_is_as_good_in_another_format(office, format, id, form, told):
    reading = open_word(office.convert_to_docx(through_libreoffice(form(), format), format))
    blocks = list(reading.iter_blocks())
    assert rules(judge_form(blocks, reading.traits, kind(id), CONTEXT)) == told


@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("doc", package.COMPOUND_MAGIC + "WordDocument\0".encode("utf-16-le") * 9),
        ("rtf", b"these are plain words, whatever they are called"),
        ("odt", b"PK\x03\x04" + b"not an archive at all" * 50),
        ("doc", b""),
    ],
)
def test_garbage_is_not_converted(office, rooms, format, data):
    with pytest.raises(ConversionFailed):
        office.convert_to_docx(data, format)
    assert list(rooms.iterdir()) == []


def test_a_document_cut_short_is_not_converted(office):
    whole = through_libreoffice(make_qa_form(), "odt")
    with pytest.raises(ConversionFailed):
        office.convert_to_docx(whole[: len(whole) // 2], "odt")


def test_what_is_really_another_format_is_not_converted(office):
    """Word opens a web page called .doc, and fetches its pictures."""
    with pytest.raises(ConversionFailed):
        office.convert_to_docx(
            b"<html><body>hello<img src='http://127.0.0.1/x.png'></body></html>", "doc"
        )


def test_two_threads_each_get_their_own(office):
    made: dict[str, bytes] = {}
    story = {"doc": "GP", "odt": "POL"}

    def convert(format):
        source = through_libreoffice(make_chronology(STORIES[story[format]]), format)
        made[format] = office.convert_to_docx(source, format)

    threads = [threading.Thread(target=convert, args=(format,)) for format in story]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for format, agency in story.items():
        assert rows(made[format]) == rows(make_chronology(STORIES[agency]))


def test_without_libreoffice_it_says_so(tmp_path):
    converter = Converter(tmp_path / "soffice.bin")
    assert not converter.is_installed()
    with pytest.raises(ConverterNotInstalled):
        converter.convert_to_docx(rb"{\rtf1 hello}", "rtf")


class Ears:
    """A server that hears every call. `calls` are the paths that were asked for."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        heard = self.calls

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append(self.path)
                self.send_response(200)
                self.end_headers()

            do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Not on stderr."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> Ears:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


PICTURE = (
    '<text:p>hello<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
    '<draw:image xlink:href="{0}/x.png" xlink:type="simple" xlink:show="embed" '
    'xlink:actuate="onLoad"/></draw:frame></text:p>'
)
FIELDS = (
    r'{{\rtf1 hello {{\field{{\*\fldinst INCLUDEPICTURE "{0}/x.png" \\d}}{{\fldrslt x}}}}'
    r'{{\field{{\*\fldinst INCLUDETEXT "{0}/x.rtf"}}{{\fldrslt y}}}}}}'
)


def test_a_linked_picture_is_not_fetched(office):
    """Failure mode 50. The link still shows as a danger in what comes out."""
    with Ears() as ears:
        made = open_word(office.convert_to_docx(odt(PICTURE.format(ears.address)), "odt"))
    assert ears.calls == []
    assert [block.text for block in made.iter_blocks()] == ["hello"]
    assert made.traits.dangers == ["remote-part"]


def test_fields_that_bring_in_other_documents_fetch_nothing(office):
    with Ears() as ears:
        made = open_word(office.convert_to_docx(FIELDS.format(ears.address).encode(), "rtf"))
    assert ears.calls == []
    assert [block.text.split()[0] for block in made.iter_blocks()] == ["hello"]


def test_no_other_file_is_drawn_into_the_document(office, tmp_path):
    """A section may be linked to any file; fonts.conf is one that LibreOffice may even read."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    sections = "".join(
        f'<text:section text:name="S{n}"><text:section-source xlink:href="{path.as_uri()}" '
        'xlink:type="simple" text:filter-name="Text"/><text:p>as it was</text:p></text:section>'
        for n, path in enumerate((secret, Path("/etc/fonts/fonts.conf")))
    )
    text = " ".join(
        b.text for b in open_word(office.convert_to_docx(odt(sections), "odt")).iter_blocks()
    )
    assert "canary" not in text
    assert "fontconfig" not in text
    assert text.count("as it was") == 2


def test_the_document_is_only_ever_in_memory(monkeypatch, tmp_path):
    """Promise 7: plain text never rests, not while it is converted either."""
    needs_office()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made: list[Path] = []

    class Watched(ConversionFolder):
        def prepare_run(self, data: bytes, format: str) -> None:
            super().prepare_run(data, format)
            made.append(self.folder)
            assert is_memory_folder(self.source_file(format).parent)

    monkeypatch.setattr(room, "ConversionFolder", Watched)
    assert Converter().convert_to_docx(rb"{\rtf1 hello}", "rtf")
    (folder,) = made
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_memory_to_work_in_nothing_is_converted(monkeypatch, tmp_path):
    needs_office()
    monkeypatch.setattr(memory, "_places", lambda: iter([tmp_path / "none"]))
    with pytest.raises(NoConversionMemory):
        Converter().convert_to_docx(rb"{\rtf1 hello}", "rtf")


def test_an_interrupt_ends_the_run_in_hand_and_no_other_begins(office, rooms):
    """SIGTERM must not wait for LibreOffice."""
    written = through_libreoffice(make_chronology(STORIES["GP"]), "odt")
    with ThreadPoolExecutor(1) as pool:
        converting = pool.submit(office.convert_to_docx, written, "odt")
        while office._keeper is None and not converting.done():
            time.sleep(0.01)
        office.interrupt()
        with pytest.raises(WorkerStopped):
            converting.result(30)
    with pytest.raises(WorkerStopped):
        office.convert_to_docx(written, "odt")
    assert list(rooms.iterdir()) == []
