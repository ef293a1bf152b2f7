"""The conditions of the service: which are ill health, and that what waits for a person is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from intake.source_health import (
    CLOCK_OUTAGE,
    DISK_OUTAGE,
    JUDGING_OUTAGE,
    Outage,
    OutageKind,
    OutageSubject,
)
from outbox.digest.digest_history import DIGEST_OUTAGE
from outbox.due.letter_failures import TEMPLATES_OUTAGE, letters_outage
from outbox.health.health_conditions import (
    SAYS_ANSWERED,
    HealthObservations,
    degraded_line,
    list_conditions,
)
from outbox.sending.transport_back_off import TransportWait

NOW = datetime(2010, 4, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
EARLIER = NOW - timedelta(hours=2)
WELL = HealthObservations(
    last_round=NOW - timedelta(minutes=5),
    patience=timedelta(minutes=20),
    sources=("mail-1", "drop"),
    outages=(),
    transports=(),
    waiting=0,
    waits_since=None,
    stopped=frozenset(),
    free=0.5,
    unwritable=(),
    backed_up=NOW - timedelta(hours=8),
    began=NOW - timedelta(days=30),
    looked_through=NOW - timedelta(hours=8),
)
CLOSED = TransportWait(
    "outbox", 3, EARLIER, NOW + timedelta(minutes=20), "the mail server did not take the password"
)


def outage(of: OutageSubject) -> Outage:
    return Outage(1, of, "It is away.", "Bring it back.", EARLIER, None)


def degraded(looked: HealthObservations) -> list[str]:
    return [each.about for each in list_conditions(looked, NOW) if each.degraded]


def test_each_thing_that_keeps_it_from_its_work_is_ill_health_and_says_what_to_do() -> None:
    table: list[tuple[HealthObservations, str]] = [
        (replace(WELL, last_round=None), "service"),
        (replace(WELL, last_round=NOW - timedelta(minutes=21)), "service"),
        (replace(WELL, doubt="It is a year after the last round."), "clock"),
        (
            replace(WELL, outages=(outage(OutageSubject(OutageKind.MAILBOX, "mail-1")),)),
            "source mail-1",
        ),
        (
            replace(WELL, outages=(outage(OutageSubject(OutageKind.MESSAGE, "mail-1")),)),
            "source mail-1/message",
        ),
        (
            replace(WELL, outages=(outage(OutageSubject(OutageKind.DROP_FOLDER, "drop")),)),
            "source drop",
        ),
        (replace(WELL, transports=(CLOSED,)), "letters, outbox"),
        (replace(WELL, outages=(outage(letters_outage("chaser")),)), "letters of the kind chaser"),
        (replace(WELL, outages=(outage(DIGEST_OUTAGE),)), "digest"),
        (replace(WELL, looked_through=NOW - timedelta(days=4)), "what is kept"),
        (replace(WELL, looked_through=None), "what is kept"),
        (replace(WELL, unheard=(("It ends with exit status 3.", EARLIER),)), "alerts"),
        (replace(WELL, outages=(outage(JUDGING_OUTAGE),)), "judging"),
        (replace(WELL, waits_since=EARLIER), "judging"),
        (replace(WELL, free=0.02), "disk"),
        (
            replace(WELL, unwritable=(("The vault is read-only.", "Type: `chmod u+rwx /v`"),)),
            "kept",
        ),
        (replace(WELL, outages=(outage(OutageSubject(OutageKind.RECORD)),)), "record"),
        (replace(WELL, backed_up=NOW - timedelta(days=8)), "backup"),
        (replace(WELL, backed_up=None), "backup"),
    ]
    for looked, about in table:
        assert degraded(looked) == [about]
        first = list_conditions(looked, NOW)[0]
        assert first.about == about, "what is degraded stands first"
        assert first.fix and first.says


def test_what_waits_for_a_person_or_is_a_persons_wish_is_no_ill_health() -> None:
    assert degraded(WELL) == []
    stopped = replace(
        WELL, outages=(outage(letters_outage("chaser")),), stopped=frozenset({"chaser"})
    )
    assert degraded(stopped) == [], "the guard stops it: the administrator decides"
    assert degraded(replace(WELL, outages=(outage(TEMPLATES_OUTAGE),))) == [], (
        "ours are used meanwhile"
    )
    assert degraded(replace(WELL, paused=EARLIER)) == []
    assert degraded(replace(WELL, waiting=40)) == []
    assert degraded(replace(WELL, backed_up=None, began=NOW)) == [], "a new board"


def test_a_closed_way_says_why_since_when_how_many_wait_and_when_it_is_tried() -> None:
    (first, *_) = list_conditions(replace(WELL, transports=(CLOSED,), waiting=3), NOW)
    assert first.since == EARLIER
    assert first.says == (
        "Letters cannot leave: the mail server did not take the password. 3 letters wait; the way"
        " is tried again at 10:20am on Thursday 1 April 2010."
    )


def test_the_status_line_tells_of_what_is_degraded_alone() -> None:
    assert degraded_line(list_conditions(WELL, NOW), NOW) == ""
    line = degraded_line(
        list_conditions(replace(WELL, free=0.02, outages=(outage(DISK_OUTAGE),)), NOW), NOW
    )
    assert line == (
        "Degraded. disk, since 8:00am on Thursday 1 April 2010: Only 2.0% of it is free. Nothing"
        " can be taken in when it is full."
    )
    clock = replace(
        WELL, outages=(outage(CLOCK_OUTAGE),), doubt="It is a year after the last round."
    )
    assert line.count("\n") == 0 and "clock" in degraded_line(list_conditions(clock, NOW), NOW)


def said(looked: HealthObservations) -> dict[str, str]:
    return {each.about: each.says for each in list_conditions(looked, NOW)}


def test_how_long_ago_the_last_round_ended_is_told_and_that_it_is_late() -> None:
    usual = replace(WELL, usual=timedelta(minutes=4))
    for minutes, ago in (
        (0, "less than a minute ago."),
        (1, "1 minute ago."),
        (4, "4 minutes ago."),
    ):
        ended = said(replace(usual, last_round=NOW - timedelta(minutes=minutes)))["service"]
        assert ended.endswith(ago)
    assert (
        "9 minutes ago. That is longer than usual"
        in said(replace(usual, last_round=NOW - timedelta(minutes=9)))["service"]
    )


def test_nothing_is_said_that_nobody_knows() -> None:
    """Before a round has looked; in the middle of the first; while the clock is doubted."""
    new = replace(WELL, last_round=None)
    assert {new_says for about, new_says in said(new).items() if about.split()[0] == "source"} == {
        said(new)["letters"]
    }
    assert "not known yet" in said(new)["letters"]
    assert said(new)["clock"] == "There is no round yet to hold it against."
    assert degraded(replace(new, begun=NOW - timedelta(minutes=5))) == []
    assert degraded(replace(new, begun=EARLIER)) == ["service"]
    doubt = replace(WELL, doubt="It is a year after the last round.")
    assert "letters" not in said(doubt)
    assert list_conditions(doubt, NOW)[0].since is None, "no clock tells since when"
    assert said(replace(WELL, answered=frozenset({"drop"})))["source drop"] == SAYS_ANSWERED


def test_by_a_doubted_clock_nothing_is_said_to_be_old() -> None:
    """It said that there was never a backup, by a clock that was a year ahead."""
    doubted = replace(WELL, doubt="It is a year after the last round.", waits_since=EARLIER)
    for backed_up in (None, NOW - timedelta(days=400)):
        found = list_conditions(replace(doubted, backed_up=backed_up), NOW)
        says = {each.about: each.says for each in found}
        assert says["backup"] == "The age of the last one is not known while the clock is doubted."
        assert "not known" in says["judging"]
        assert [each.about for each in found if each.degraded] == ["clock"]


def test_a_board_that_is_new_has_some_nights_until_all_is_to_be_looked_through() -> None:
    began = replace(WELL, looked_through=None, began=NOW - timedelta(days=2))
    assert degraded(began) == []
    assert degraded(replace(WELL, looked_through=NOW - timedelta(days=2))) == []
