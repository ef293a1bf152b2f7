"""How new files are noticed, and how that is said."""

from __future__ import annotations

import pytest

from intake.drop.watcher import WatchMode, choose_watch_method, without_events


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
    mode: WatchMode, kind: str, events: bool
) -> None:
    assert choose_watch_method(mode, kind).events is events


def test_it_says_what_was_chosen_and_why() -> None:
    assert choose_watch_method("auto", "ext4").sentence_for_status(30) == (
        "Drop folder: looked at every 30 seconds, and at once when something comes"
        " (it is on a local disk, ext4)."
    )
    assert choose_watch_method("auto", "cifs").sentence_for_status(30) == (
        "Drop folder: looked at every 30 seconds"
        " (it is on cifs, where files can come without an event)."
    )
    assert (
        choose_watch_method("poll", "ext4")
        .sentence_for_status(1)
        .startswith("Drop folder: looked at every second (")
    )
    assert 'the settings say "poll"' in choose_watch_method("poll", "ext4").sentence_for_status(5)
    assert 'the settings say "events"; it is on nfs4' in choose_watch_method(
        "events", "nfs4"
    ).sentence_for_status(5)
    assert "an unknown kind of disk" in choose_watch_method("auto", "").sentence_for_status(5)


def test_a_system_that_gives_no_events_is_told() -> None:
    told = without_events(choose_watch_method("auto", "ext4"))
    assert not told.events
    assert "no more events" in told.sentence_for_status(30)
