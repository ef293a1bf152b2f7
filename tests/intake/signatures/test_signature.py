"""What one signature, and several together, come to."""

from __future__ import annotations

import pytest

from intake.signatures.certificate import run_without_waiting
from intake.signatures.signature import (
    BROKEN_SIGNATURE,
    SIGNATURE_DOUBTS,
    DigitalSignature,
    Signer,
    doubt_about_signatures,
    doubtful_signature,
)

PROVEN = DigitalSignature(Signer("Commissioner One"))


def test_one_is_proven_when_it_is_somebody_s_and_neither_broken_nor_in_doubt() -> None:
    assert PROVEN.is_proven
    for other in (
        DigitalSignature(),
        DigitalSignature(Signer("")),
        BROKEN_SIGNATURE,
        doubtful_signature("later"),
    ):
        assert not other.is_proven
    assert not DigitalSignature(Signer("A"), doubt="partial").is_proven


@pytest.mark.parametrize(
    ("signatures", "doubt"),
    [
        ([PROVEN], ""),
        ([PROVEN, PROVEN], ""),
        ([], "unclear"),
        ([PROVEN, doubtful_signature("later")], "later"),
        ([doubtful_signature("later"), BROKEN_SIGNATURE], "altered"),
        ([DigitalSignature(Signer(""))], "unclear"),
    ],
)
def test_one_that_does_not_count_spoils_the_others(
    signatures: list[DigitalSignature], doubt: str
) -> None:
    assert doubt_about_signatures(signatures) == doubt
    assert not doubt or doubt in SIGNATURE_DOUBTS


def test_a_check_that_would_wait_for_the_network_is_a_mistake_of_ours() -> None:
    async def now() -> int:
        return 1

    class Never:
        def __await__(self):  # type: ignore[no-untyped-def]
            yield

    async def later() -> None:
        await Never()

    assert run_without_waiting(now()) == 1
    with pytest.raises(RuntimeError):
        run_without_waiting(later())
