"""What a test asks of the confined worker."""

from __future__ import annotations

from typing import Any

from handlers.paper import engine
from handlers.paper.pdf import open_pdf
from handlers.paper.scan import open_picture


def warm() -> None:
    """Called by the nursery, before confinement."""
    engine.warm()


def blocks(data: bytes, argument: object, setup: object) -> Any:
    reading = open_pdf(data) if data.startswith(b"%PDF") else open_picture(data)
    return [[type(block).__name__, getattr(block, "text", "")] for block in reading.blocks()]
