"""How new files are noticed, and how that is said."""

from __future__ import annotations

import pytest

from intake.drop.watcher import Mode, deaf, noticing


@pytest.mark.parametrize(
    ("mode", "kind", "events"),
    [
        ("auto", "ext4", True),
        ("auto", "cifs", False),
        ("auto", "", False),
        ("events", "cifs", True),
        ("poll", "ext4", False),
    ],
)
def test_auto_goes_by_the_disk_and_the_others_by_the_settings(
    mode: Mode, kind: str, events: bool
) -> None:
    assert noticing(mode, kind).events is events


def test_it_says_what_was_chosen_and_why() -> None:
    assert noticing("auto", "ext4").sentence(30) == (
        "Drop folder: looked at every 30 seconds, and at once when something comes"
        " (it is on a local disk, ext4)."
    )
    assert noticing("auto", "cifs").sentence(30) == (
        "Drop folder: looked at every 30 seconds"
        " (it is on cifs, where files can come without an event)."
    )
    assert noticing("poll", "ext4").sentence(1).startswith("Drop folder: looked at every second (")
    assert 'the settings say "poll"' in noticing("poll", "ext4").sentence(5)
    assert 'the settings say "events"; it is on nfs4' in noticing("events", "nfs4").sentence(5)
    assert "an unknown kind of disk" in noticing("auto", "").sentence(5)


def test_a_system_that_gives_no_events_is_told() -> None:
    told = deaf(noticing("auto", "ext4"))
    assert not told.events
    assert "no more events" in told.sentence(30)
