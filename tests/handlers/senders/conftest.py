"""A desk at which mail and dropped files are judged by a confined worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.sandbox.client import Worker
from tests.processors import Desk
from tests.registry import KINDS


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(setup=KINDS) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, worker: Worker) -> Desk:
    return Desk(tmp_path, worker)
