"""A provider of tokens, and files that hold secrets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.certificates import Certificates
from tests.servers.provider import Provider, running


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates.made_in(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def provider(certificates: Certificates) -> Iterator[Provider]:
    with running(certificates) as provider:
        yield provider


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A file for the service alone."""
    file = tmp_path / "kept"
    file.touch(mode=0o600)
    return file
