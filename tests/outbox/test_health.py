"""The service's health, in words: one line when all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbox.health.health_for_digest import ServiceHealth, health_lines, health_needs
from outbox.samples.days import HEALTHY, NOW

MAIL, DROP = HEALTHY.sources
ALL_WELL = (
    "All is well with the mailbox (last answered 07:59), the folder, the disk (81% free), the keys"
    " and last night's backup."
)


def asks(health: ServiceHealth) -> list[str]:
    both = (*health_needs(health, NOW), *health_needs(health, NOW, can_wait=True))
    return [need.says for need in both]


def test_all_well_is_one_line_and_asks_for_nothing() -> None:
    assert health_lines(HEALTHY, NOW) == [ALL_WELL]
    assert health_needs(HEALTHY, NOW) == []


@pytest.mark.parametrize(
    ("health", "what", "says"),
    [
        (
            replace(HEALTHY, sources=(replace(MAIL, away="It is not there."), DROP)),
            "the mailbox",
            "The mailbox cannot be reached since 07:59",
        ),
        (
            replace(HEALTHY, sources=(MAIL, replace(DROP, away="It is not there."))),
            "the folder",
            "The folder cannot be reached since 08:00",
        ),
        (
            replace(HEALTHY, sources=(replace(MAIL, answered=NOW - timedelta(days=1)), DROP)),
            "the mailbox",
            "The mailbox was last asked at 08:00 on Monday 19 April; is the service running?",
        ),
        (replace(HEALTHY, free=0.099), "the disk", "The disk is only 10% free."),
        (
            replace(HEALTHY, backed_up=NOW - timedelta(days=8)),
            "the backup",
            "The last backup is 8 days old.",
        ),
        (replace(HEALTHY, backed_up=None), "the backup", "There was never a backup."),
        (
            replace(HEALTHY, waits_since=NOW - timedelta(hours=3)),
            "the judging",
            "What came has waited to be judged since 05:00.",
        ),
    ],
)
def test_what_is_not_well_is_asked_for_and_is_not_called_well(
    health: ServiceHealth, what: str, says: str
) -> None:
    (asked,) = asks(health)
    assert asked.startswith(says)
    first, rest = health_lines(health, NOW)
    assert first == f"Not well: {what}; see above."
    assert rest.startswith("All else is well with ") and what not in rest


def test_a_new_board_is_told_of_its_missing_backup_and_not_asked_yet() -> None:
    new = replace(HEALTHY, backed_up=None, began=NOW - timedelta(days=2))
    assert asks(new) == []
    assert health_lines(new, NOW)[0].startswith("There was never a backup.")


def test_retired_keys_are_told_by_their_files() -> None:
    assert health_lines(replace(HEALTHY, retired=(1, 2)), NOW)[0] == (
        "2 retired keys, vault-1.key and vault-2.key, still lie among the keys: keep them with the"
        " backups made until then, and nowhere else."
    )


def test_a_digest_that_has_not_gone_is_told_on_the_next() -> None:
    late = replace(HEALTHY, digest_late="The digest could not be sent: the way is closed.")
    assert health_lines(late, NOW)[0] == late.digest_late


@pytest.mark.parametrize(
    ("hours", "says"),
    [(6, "last night's backup"), (14, "last night's backup"), (20, "Monday 19 April")],
)
def test_a_backup_is_told_by_when_it_was(hours: int, says: str) -> None:
    assert says in health_lines(replace(HEALTHY, backed_up=NOW - timedelta(hours=hours)), NOW)[-1]


def test_a_letter_that_cannot_be_written_is_for_somebody_to_see_to() -> None:
    assert asks(replace(HEALTHY, unwritten=("decision",))) == [
        "A letter (decision) cannot be written or sent as it stands. The operator was told."
    ]


def test_slips_in_the_boards_own_words_are_said_and_keep_nobody() -> None:
    slips = replace(HEALTHY, slips=True)
    assert asks(slips) == []
    assert health_lines(slips, NOW)[0].startswith("The board's own words for letters have slips")
