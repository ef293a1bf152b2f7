"""The drop folder, beyond what every source is held to in test_sources.py."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.drop.scan import SENTINEL_FILE
from intake.drop.shared_folder import make_drop_folder
from intake.source import ItemUnreadable, ItemVanished, SourceUnavailable
from tests.intake.drop.dropping import Dropping, grows, refusing


def _is_touched(path: Path) -> None:
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))


def _goes(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("moves", [grows, _is_touched, _goes])
def test_a_file_that_two_looks_see_differently_is_not_offered(
    dropping: Dropping, moves: Callable[[Path], None]
) -> None:
    """Failure mode 20."""
    path = dropping.put()
    other = dropping.put(b"still", "GP/other")
    dropping.between = lambda: moves(path)
    assert dropping.read() == [other.read_bytes()]
    dropping.between = lambda: None
    assert len(dropping.read()) == 1 + path.exists()


def test_what_comes_between_two_looks_waits_for_the_next_two(dropping: Dropping) -> None:
    dropping.put()
    dropping.between = lambda: dropping.put(b"new", "GP/new")
    assert dropping.read() == [b"bytes"]
    dropping.between = lambda: None
    assert sorted(dropping.read()) == [b"bytes", b"new"]


def test_a_file_that_has_another_number_at_each_look_is_the_same_file(dropping: Dropping) -> None:
    """Failure mode 24: a share numbers its files anew; place and content say which file it is."""
    path = dropping.put()
    (before,) = dropping.offers()

    def numbered_anew() -> None:
        stat, copy = path.stat(), path.with_name(".copy")
        copy.write_bytes(path.read_bytes())
        os.utime(copy, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        copy.replace(path)
        assert path.stat().st_ino != stat.st_ino

    dropping.between = numbered_anew
    (after,) = dropping.offers()
    assert after.place == before.place
    assert dropping.drop.read_content(after) == b"bytes"


def test_an_empty_folder_costs_no_wait(dropping: Dropping) -> None:
    dropping.between = lambda: pytest.fail("it waited")
    assert dropping.offers() == []


def test_a_file_written_on_between_offer_and_reading_is_not_what_was_offered(
    dropping: Dropping,
) -> None:
    """Failure mode 20: looked at again after reading."""
    path = dropping.put()
    (offer,) = dropping.offers()
    grows(path)
    with pytest.raises(ItemVanished):
        dropping.drop.read_content(offer)
    assert dropping.read() == [b"bytesmore"]


def test_a_case_folder_swapped_for_a_link_after_the_offer_leads_nowhere(
    dropping: Dropping,
) -> None:
    """Failure mode 22: else one agency could hand in another's, and hear the answer."""
    dropping.put(b"theirs", "POL/one")
    path = dropping.put(b"theirs", "GP/N12/one")
    os.utime(path, ns=(0, 0))
    os.utime(dropping.folder / "POL" / "one", ns=(0, 0))
    offer = next(offer for offer in dropping.offers() if offer.case)
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to("../POL")
    with pytest.raises((ItemVanished, ItemUnreadable)):
        dropping.drop.read_content(offer)
    with pytest.raises(ItemUnreadable):
        dropping.release(offer, b"theirs")
    assert (dropping.folder / "POL" / "one").read_bytes() == b"theirs"
    assert [o.agency for o in dropping.offers()] == ["POL"]


def test_a_folder_without_its_own_file_is_the_empty_place_of_a_share(dropping: Dropping) -> None:
    """Failure mode 23."""
    dropping.put()
    (dropping.folder / SENTINEL_FILE).unlink()
    with pytest.raises(SourceUnavailable):
        dropping.offers()
    make_drop_folder(dropping.folder)
    assert dropping.read() == [b"bytes"]


def test_a_file_behind_a_door_that_is_shut_is_not_taken_for_gone(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 23: else it would be let go unmoved, and come again as another delivery."""
    dropping.put()
    (offer,) = dropping.offers()
    refusing(monkeypatch, "GP", errno.EACCES)
    with pytest.raises(SourceUnavailable):
        dropping.offers()
    with pytest.raises(ItemUnreadable):
        dropping.release(offer)
    assert dropping.drop.list_strays() == []


def test_what_has_gone_costs_no_look_each(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else thousands taken away by hand would cost thousands of looks at thousands of files."""
    paths = [dropping.put(b"%d" % n, f"GP/{n}") for n in range(50)]
    offers = dropping.offers()
    for path in paths:
        path.unlink()
    dropping.put()
    assert len(dropping.offers()) == 1
    monkeypatch.setattr(os, "scandir", lambda of: pytest.fail("it looked again"))
    for offer in offers:
        dropping.release(offer)
