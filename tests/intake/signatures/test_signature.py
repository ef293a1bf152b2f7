"""What one signature, and several together, come to."""

from __future__ import annotations

import pytest

from intake.signatures.certificate import finished
from intake.signatures.signature import BROKEN, DOUBTS, Signature, Signer, doubt_about, doubtful

PROVEN = Signature(Signer("Commissioner One"))


def test_one_is_proven_when_it_is_somebody_s_and_neither_broken_nor_in_doubt() -> None:
    assert PROVEN.proven
    for other in (Signature(), Signature(Signer("")), BROKEN, doubtful("later")):
        assert not other.proven
    assert not Signature(Signer("A"), doubt="partial").proven


@pytest.mark.parametrize(
    ("signatures", "doubt"),
    [
        ([PROVEN], ""),
        ([PROVEN, PROVEN], ""),
        ([], "unclear"),
        ([PROVEN, doubtful("later")], "later"),
        ([doubtful("later"), BROKEN], "altered"),
        ([Signature(Signer(""))], "unclear"),
    ],
)
def test_one_that_does_not_count_spoils_the_others(signatures: list[Signature], doubt: str) -> None:
    assert doubt_about(signatures) == doubt
    assert not doubt or doubt in DOUBTS


def test_a_check_that_would_wait_for_the_network_is_a_mistake_of_ours() -> None:
    async def now() -> int:
        return 1

    class Never:
        def __await__(self):  # type: ignore[no-untyped-def]
            yield

    async def later() -> None:
        await Never()

    assert finished(now()) == 1
    with pytest.raises(RuntimeError):
        finished(later())
