from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.signatures.signature import SignatureTrust
from tests.authority import Authority, Holder

ARRIVED = datetime(2010, 5, 28, 23, 59, tzinfo=UTC)


@pytest.fixture(scope="session")
def shire() -> Authority:
    """The authority that the board believes."""
    return Authority()


@pytest.fixture(scope="session")
def officer(shire: Authority) -> Holder:
    return shire.issue("Commissioner One", "one@gp.example")


@pytest.fixture(scope="session")
def trust(shire: Authority) -> SignatureTrust:
    return SignatureTrust((shire.own.der,), ARRIVED)
