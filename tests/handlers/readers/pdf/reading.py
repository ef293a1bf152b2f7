"""Reading and judging what came on paper, in short words, for tests."""

from __future__ import annotations

import os
from functools import cache

import pytest

from config.kind import Kind
from config.kind_loading import SHIPPED_KINDS_FOLDER, load_kind_file
from handlers.checks.form.judge import judge_form
from handlers.checks.recognition.recognition import recognise_returns
from handlers.document import Block, Paragraph, Row, Traits
from handlers.findings import Judgement
from handlers.readers.pdf import ocr
from handlers.readers.pdf.ocr import open_picture
from handlers.readers.pdf.pdf import open_pdf
from handlers.readers.pdf.pdf_file import OcrNotInstalled
from tests.handlers.checks.form.specimen import CONTEXT


def read(data: bytes) -> tuple[list[Block], Traits]:
    """A PDF or a picture."""
    reading = open_pdf(data) if data.startswith(b"%PDF") else open_picture(data)
    return list(reading.iter_blocks()), reading.traits


def paragraphs(data: bytes) -> list[Paragraph]:
    return [block for block in read(data)[0] if isinstance(block, Paragraph)]


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(data)]


def rows(data: bytes) -> list[list[str]]:
    return [[c.text for c in block.cells] for block in read(data)[0] if isinstance(block, Row)]


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(load_kind_file(path) for path in sorted(SHIPPED_KINDS_FOLDER.glob("*.toml")))


def judged(data: bytes) -> Judgement:
    """What the one form in it came to, recognised and judged."""
    blocks, traits = read(data)
    (part,) = recognise_returns(blocks, _kinds()).parts
    return judge_form(part.blocks, traits, part.kind, CONTEXT)


def rules(judgement: Judgement) -> list[str]:
    return [finding.rule for finding in judgement.findings]


def needs_ocr() -> None:
    """Skip the test, loudly, where the extra `ocr` is not installed; under CI, fail it."""
    try:
        ocr.get_ocr_engine()
    except OcrNotInstalled:
        words = "the extra `ocr` is not installed: reading pictures is untested"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
