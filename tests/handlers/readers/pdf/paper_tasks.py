"""What a test asks of the confined worker."""

from __future__ import annotations

from typing import Any

from handlers.readers.pdf import ocr
from handlers.readers.pdf.ocr import open_picture
from handlers.readers.pdf.pdf import open_pdf


def warm(setup: object) -> None:
    """Called by the fork server, before confinement."""
    ocr.preload_ocr_engine()


def blocks(data: bytes, argument: object, setup: object) -> Any:
    reading = open_pdf(data) if data.startswith(b"%PDF") else open_picture(data)
    return [[type(block).__name__, getattr(block, "text", "")] for block in reading.iter_blocks()]
