"""A register with one case in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry import Registry


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    found = Registry(tmp_path)
    found.load()
    return found
