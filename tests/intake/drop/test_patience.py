"""What is waited for: how long, and when somebody hears of it."""

from __future__ import annotations

import errno

import pytest

from intake.drop.drop_folder import STALE_LOCK_SECONDS, UNSETTLED_SECONDS
from intake.drop.scan import UNTOUCHED_SECONDS
from intake.source import ItemUnreadable
from tests.intake.drop.dropping import DOCX, Dropping, grows, kinds, refusing


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("x.docx", "~$x.docx"),
        ("chronology.docx", "~$ronology.docx"),
        ("Chapter.docx", "~$hapter.docx"),
        ("x.docx", ".~lock.x.docx#"),
        ("X.DOCX", "~$x.docx"),
    ],
)
def test_a_file_that_is_open_in_word_or_libreoffice_waits_until_it_is_closed(
    dropping: Dropping, name: str, lock: str
) -> None:
    """Failure modes 20 and 21: what is saved half-way through is no return."""
    path = dropping.put(DOCX, f"GP/{name}")
    beside = dropping.put(b"lock", f"GP/{lock}")
    dropping.put(b"other", "GP/other.docx")
    assert dropping.read() == [b"other"]
    beside.unlink()
    assert sorted(dropping.read()) == sorted([b"other", path.read_bytes()])


def test_a_lock_left_by_a_program_that_crashed_keeps_nothing_for_ever(dropping: Dropping) -> None:
    dropping.put(b"bytes", "GP/x.docx")
    dropping.put(b"lock", "GP/~$x.docx")
    dropping.now += STALE_LOCK_SECONDS - 60
    assert dropping.read() == []
    dropping.now += 120
    assert dropping.read() == [b"bytes"]


def test_a_file_that_stays_locked_is_offered_in_the_end_so_that_staff_are_told(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 26."""
    dropping.put(at="GP/locked")
    dropping.put(b"other", "GP/other")
    refusing(monkeypatch, "locked", errno.EACCES)
    assert dropping.read() == [b"other"]
    dropping.now += 2 * UNTOUCHED_SECONDS
    with pytest.raises(ItemUnreadable):
        dropping.read()


def test_a_file_that_never_settles_is_told_after_an_hour_and_no_more_once_it_does(
    dropping: Dropping,
) -> None:
    path = dropping.put()
    dropping.between = lambda: grows(path)
    assert kinds(dropping) == []
    dropping.now += UNSETTLED_SECONDS + 1
    assert kinds(dropping) == [(("GP",), "unsettled")]
    dropping.between = lambda: None
    assert len(dropping.read()) == 1
    assert dropping.drop.list_strays() == []


def test_a_file_that_cannot_be_read_is_told_until_it_can(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 26: staff are told, and the agency is not blamed."""
    dropping.put(at="GP/locked")
    dropping.now += 2 * UNTOUCHED_SECONDS
    refusing(monkeypatch, "locked", errno.EACCES)
    with pytest.raises(ItemUnreadable):
        dropping.read()
    assert [(s.way, s.kind) for s in dropping.drop.list_strays()] == [(("GP",), "unreadable")]
    monkeypatch.undo()
    assert dropping.read() == [b"bytes"]
    assert dropping.drop.list_strays() == []


def test_what_has_been_taken_away_meanwhile_is_no_longer_waited_for(dropping: Dropping) -> None:
    path = dropping.put()
    dropping.between = lambda: grows(path)
    dropping.offers()
    path.unlink()
    dropping.now += UNSETTLED_SECONDS + 1
    assert kinds(dropping) == []
