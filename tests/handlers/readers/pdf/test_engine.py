"""The engine that reads pictures, where not all that it needs is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from handlers.readers.pdf import ocr
from handlers.readers.pdf.pdf_file import OcrNotInstalled


@pytest.fixture
def unloaded() -> Iterator[None]:
    ocr._loaded.cache_clear()
    yield
    ocr._loaded.cache_clear()


def without_data(**_: object) -> None:
    raise RuntimeError("Failed to init API, possibly an invalid tessdata path")


def test_without_its_data_it_is_as_if_it_were_not_installed(
    monkeypatch: pytest.MonkeyPatch, unloaded: None
) -> None:
    """The worker loads it before it is confined; were that to fail, nothing would be judged."""
    module = SimpleNamespace(PyTessBaseAPI=without_data, PSM=SimpleNamespace(AUTO=3))
    monkeypatch.setitem(sys.modules, "tesserocr", module)
    monkeypatch.setitem(sys.modules, "tessdata", SimpleNamespace(data_path=lambda: "/nowhere"))
    ocr.preload_ocr_engine()
    with pytest.raises(OcrNotInstalled):
        ocr.get_ocr_engine()
