"""Alerts: once when a source cannot be reached, once when it can again (failure mode 80b)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake.source_health import Outage, OutageKind, OutageSubject
from outbox.alerts.alerts import draft_alerts
from outbox.writing.facts import AlertFacts
from outbox.writing.letter import Recipient

SINCE = datetime(2010, 4, 1, 9, 15, tzinfo=UTC)
NOW = datetime(2010, 4, 1, 10, 30, tzinfo=ZoneInfo("Europe/London"))
OPERATOR = Recipient("", "it@board.example")
DROP = OutageSubject(OutageKind.DROP_FOLDER, "drop")
AWAY = Outage(7, DROP, "It is not there.", "Put it there.", SINCE, None)
OVER = replace(AWAY, over=SINCE + timedelta(minutes=10))
FIVE = {DROP: timedelta(minutes=5)}


def keys(outage: Outage, minutes: int, *told: int) -> list[str]:
    now = NOW.replace(hour=10, minute=15) + timedelta(minutes=minutes)
    return [draft.key for draft in draft_alerts([outage], FIVE, told.__contains__, OPERATOR, now)]


def test_it_is_told_once_it_has_lasted_as_long_as_the_settings_allow() -> None:
    assert keys(AWAY, 4) == []
    assert keys(AWAY, 5) == ["alert/7"]


def test_its_end_is_told_to_whoever_heard_of_its_beginning() -> None:
    assert keys(OVER, 20) == []
    assert keys(OVER, 20, 7) == ["alert/7/over"]


def test_it_says_what_since_when_and_what_to_do_to_the_operator() -> None:
    (draft,) = draft_alerts([AWAY], FIVE, lambda id: False, OPERATOR, NOW)
    assert (draft.kind, draft.recipient) == ("alert", OPERATOR)
    facts = draft.facts
    assert facts.since == "10:15am on Thursday 1 April 2010"  # type: ignore[attr-defined]
    assert facts.what == "the drop folder"  # type: ignore[attr-defined]


def test_a_source_that_may_not_be_away_at_all_is_told_at_once() -> None:
    maildir = replace(
        AWAY, of=OutageSubject(OutageKind.MAILBOX, "mail-1"), since=NOW.astimezone(UTC)
    )
    (draft,) = draft_alerts([maildir], FIVE, lambda id: False, OPERATOR, NOW)
    assert draft.facts.what == "the mailbox mail-1"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "of, about, what",
    [
        (OutageSubject(OutageKind.TEMPLATES), "templates", "templates"),
        (OutageSubject(OutageKind.LETTERS, "chaser"), "letters", "chaser"),
        (DROP, "source", "the drop folder"),
        (DROP._replace(name="education"), "source", "the drop folder education"),
        (DROP._replace(kind=OutageKind.FILE), "source", "a file in the drop folder"),
        (OutageSubject(OutageKind.MESSAGE, "mail-1"), "source", "a message in the mailbox mail-1"),
    ],
)
def test_it_says_what_it_is_about(of: OutageSubject, about: str, what: str) -> None:
    (draft,) = draft_alerts([replace(AWAY, of=of)], {}, lambda id: False, OPERATOR, NOW)
    assert isinstance(draft.facts, AlertFacts)
    assert (draft.facts.about, draft.facts.what) == (about, what)
