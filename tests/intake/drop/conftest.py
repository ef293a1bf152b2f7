"""A drop folder for every test that asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.keys import Keys
from tests.intake.drop.dropping import Dropping


@pytest.fixture
def dropping(tmp_path: Path, keys: Keys) -> Dropping:
    return Dropping(tmp_path / "drop", keys)
