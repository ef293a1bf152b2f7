"""What was suppressed, as the digest tells it."""

from __future__ import annotations

from outbox.chasing.suppression import SuppressedLetter, suppressed_needs
from outbox.writing.digest_facts import Need

ON_HOLD = "the case is on hold"
REOPEN = "scr-intake case reopen N12"


def test_agencies_of_one_case_and_one_reason_are_told_together() -> None:
    silent = [
        SuppressedLetter("N12", "Shire Police", "chronology", ON_HOLD, REOPEN),
        SuppressedLetter(
            "N12", "City Hospital", "IMR", "Author Four is away until Friday 23 April"
        ),
        SuppressedLetter("N12", "Meadow Lane Surgery", "chronology", ON_HOLD, REOPEN),
    ]
    assert list(suppressed_needs(silent)) == [
        Need("N12, City Hospital: IMR. Author Four is away until Friday 23 April."),
        Need("N12, Meadow Lane Surgery and Shire Police: chronology. The case is on hold.", REOPEN),
    ]
