"""Which alerts go by another way than mail, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from intake.source_health import (
    CLOCK_OUTAGE,
    DISK_OUTAGE,
    Outage,
    OutageKind,
    OutageSubject,
    transport_outage,
)
from outbox.alerts.alert_state import AlertNotice, AlertTerms, find_due_notices

NOW = datetime(2010, 4, 1, 10, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
OUTBOX = transport_outage("outbox")
MAILBOX = OutageSubject(OutageKind.MAILBOX, "mail-1")
TERMS = AlertTerms({OUTBOX: QUARTER, MAILBOX: QUARTER}, QUARTER, frozenset({OUTBOX, CLOCK_OUTAGE}))


def outage(of: OutageSubject, minutes: int = 0) -> Outage:
    return Outage(1, of, "", "", NOW - timedelta(minutes=minutes), None)


def told(
    one: Outage, terms: AlertTerms = TERMS, *, before: bool = False, left: bool = False
) -> bool:
    """Whether it is due now; `before` says that its beginning was told."""
    known = {AlertNotice(replace(one, over=None), over=False)} if before else set[AlertNotice]()
    found = find_due_notices(
        [one],
        terms,
        lambda t: before and not t.over and bool(known),
        lambda _: left,
        NOW,
    )
    return bool(list(found))


def test_that_letters_do_not_leave_is_told_after_the_minutes_of_the_settings() -> None:
    assert not told(outage(OUTBOX, 14))
    assert told(outage(OUTBOX, 15))
    assert not told(outage(OUTBOX, 60), before=True), "once"


def test_another_alert_goes_when_its_letter_has_not_left_for_as_long() -> None:
    assert not told(outage(MAILBOX, 29))
    assert told(outage(MAILBOX, 30))
    assert not told(outage(MAILBOX, 30), left=True), "its letter has left"


def test_with_no_minutes_at_all_every_alert_goes_at_once_besides_by_mail() -> None:
    at_once = replace(TERMS, patience=timedelta(0))
    assert told(outage(MAILBOX, 15), at_once, left=True)
    assert not told(outage(MAILBOX, 14), at_once), "a source may be away for as long as before"


def test_a_doubted_clock_and_a_full_disk_are_told_whatever_the_clock_says() -> None:
    assert told(outage(CLOCK_OUTAGE, -10_000))
    assert told(outage(DISK_OUTAGE))


def test_the_end_is_told_to_whoever_heard_the_beginning() -> None:
    over = replace(outage(OUTBOX, 60), over=NOW)
    assert told(over, before=True)
    assert not told(over)
