"""What a mail server's answer means for a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.sending.transport import (
    HandoverPostponed,
    HandoverRefused,
    SmtpStep,
    handover_failure,
    status_codes,
)


@pytest.mark.parametrize(
    ("step", "code", "final"),
    [
        ("recipient", 450, False),
        ("recipient", 550, True),
        ("recipient", 530, False),
        ("letter", 451, False),
        ("letter", 554, True),
        ("letter", 250, False),
        ("sender", 550, False),
        ("sender", 552, True),
        ("sender", 503, False),
    ],
)
def test_a_code_is_for_now_or_for_good(step: SmtpStep, code: int, final: bool) -> None:
    """Failure mode 75. Who may send at all is about us: letters wait until that is put right."""
    assert isinstance(
        handover_failure(step, code, b""),
        HandoverRefused if final else HandoverPostponed,
    )


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        (550, b"5.1.1 <canary@agency.example> unknown", "550 5.1.1"),
        (550, b"unknown", "550"),
        (450, b"5.1.1.1", "450"),
        (-1, b"5.1.1", "an answer that is no answer"),
    ],
)
def test_only_the_codes_are_told(code: int, text: bytes, told: str) -> None:
    assert status_codes(code, text) == told


@given(st.integers(), st.binary())
def test_nothing_a_server_says_is_repeated(code: int, text: bytes) -> None:
    """Failure mode 89."""
    told = str(handover_failure("letter", code, b"canary " + text))
    assert "canary" not in told
