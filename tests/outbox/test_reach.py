"""Whether the mailboxes and the drop folder answer, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from outbox.health.health_for_digest import ServiceHealth, SourceReach, health_lines, health_needs
from outbox.samples.days import HEALTHY, NOW

MAIL, DROP = HEALTHY.sources


def asks(health: ServiceHealth) -> list[str]:
    both = (*health_needs(health, NOW), *health_needs(health, NOW, can_wait=True))
    return [need.says for need in both]


def test_several_mailboxes_are_each_told() -> None:
    two = replace(HEALTHY, sources=(MAIL, replace(MAIL, name="mail-2")))
    assert "the mailboxes (last answered: mail-1 07:59, mail-2 07:59)" in health_lines(two, NOW)[0]


def test_what_nobody_has_asked_for_long_is_told_together() -> None:
    day = NOW - timedelta(days=1)
    off = replace(HEALTHY, sources=(replace(MAIL, answered=day), replace(DROP, answered=day)))
    assert asks(off) == [
        "The mailbox and the folder were last asked at 08:00 on Monday 19 April; is the service"
        " running?"
    ]


def test_one_of_several_mailboxes_is_told_by_its_name() -> None:
    two = replace(HEALTHY, sources=(MAIL, SourceReach("mail-2", None, "It does not answer.")))
    assert asks(two)[0].startswith("The mailbox mail-2 cannot be reached, and nothing comes in")
    assert "the mailbox (last answered 07:59)" in health_lines(two, NOW)[-1]


def test_a_source_that_was_never_asked_is_not_called_well() -> None:
    new = replace(HEALTHY, sources=(SourceReach("mail-1", None),))
    assert health_lines(new, NOW)[0] == "The mailbox was not asked yet."
    assert "the mailbox" not in health_lines(new, NOW)[1]
