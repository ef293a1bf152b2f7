"""The drop folder, beyond what every source is held to in test_sources.py."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from intake.drop import PATIENCE, SENTINEL, Drop, ends_as_zip, make_drop
from intake.drop.aside import After
from intake.drop.patience import LOCK, UNSETTLED
from intake.folder import Folder
from intake.keys import Keys
from intake.source import NotThere, Offer, Unreadable, Vanished
from tests import builders as build

DOCX = build.evaluation_statement()


class Dropping:
    """A drop folder, its agencies, and a clock that tests set."""

    def __init__(self, folder: Path, keys: Keys, after: After = "move") -> None:
        self.folder = folder
        make_drop(folder)
        self.between: Callable[[], object] = lambda: None  # what happens between the two looks
        self.now = time.time()
        self.mark: Callable[[bytes], str] = lambda data: keys.mark("content", data)
        self.drop = Drop(
            folder,
            self.mark,
            settle=self._settle,
            today=lambda: date(2010, 4, 1),
            clock=lambda: self.now,
            after=after,
        )

    def _settle(self) -> None:
        self.between()

    def put(self, content: bytes = b"bytes", at: str = "GP/one") -> Path:
        path = self.folder / at
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def offers(self) -> list[Offer]:
        return list(self.drop.offers())

    def read(self) -> list[bytes]:
        return [self.drop.read(offer) for offer in self.offers()]

    def release(self, offer: Offer, content: bytes = b"bytes") -> None:
        self.drop.release(offer.place, self.mark(content), "taken")


@pytest.fixture
def dropping(tmp_path: Path, keys: Keys) -> Dropping:
    return Dropping(tmp_path / "drop", keys)


# Whose it is.


def test_the_folder_says_the_agency_and_the_one_below_it_the_case(dropping: Dropping) -> None:
    dropping.put(at="GP/one")
    dropping.put(at="GP/N12/one")
    dropping.put(at="POL/one")
    assert {(offer.agency, offer.case) for offer in dropping.offers()} == {
        ("GP", None),
        ("GP", "N12"),
        ("POL", None),
    }


def test_the_same_name_in_two_folders_is_two_places(dropping: Dropping) -> None:
    for at in ("GP/one", "GP/N12/one", "GP/N13/one", "POL/one"):
        dropping.put(at.encode(), at)
    assert len({offer.place for offer in dropping.offers()}) == 4
    assert sorted(dropping.read()) == [b"GP/N12/one", b"GP/N13/one", b"GP/one", b"POL/one"]


@pytest.mark.parametrize("name", [b"\xff\xfe", "Zoë".encode()])
def test_a_folder_that_can_be_no_agencys_is_offered_as_nobodys(
    dropping: Dropping, name: bytes
) -> None:
    """So that a person sees it, and the register can store it."""
    dropping.put(at=os.fsdecode(name + b"/one"))
    (offer,) = dropping.offers()
    assert offer.agency == ""
    assert dropping.drop.read(offer) == b"bytes"


@pytest.mark.parametrize("at", ["one", "GP/N12/deeper/one", "GP/done/2010-04-01/one"])
def test_what_lies_in_no_agencys_folder_is_left_alone(dropping: Dropping, at: str) -> None:
    dropping.put(at=at)
    assert dropping.offers() == []


@pytest.mark.parametrize("name", ["done", "Done", "returned", "RETURNED"])
def test_our_own_folders_are_no_cases(dropping: Dropping, name: str) -> None:
    """A share may fold upper and lower case together."""
    dropping.put(at=f"GP/{name}/one")
    dropping.put(at=f"{name}/one")
    assert dropping.offers() == []


# When it is there whole.


@pytest.mark.parametrize(
    "name",
    [
        *("~$x.docx", "~$ronology.docx", "~WRD0001.tmp", "~WRL3421.TMP", "x.tmp"),
        *("Thumbs.db", "thumbs.db", "desktop.ini", ".DS_Store", "._x.docx", ".~lock.x.docx#"),
        "x.receipt.txt",
    ],
)
def test_lock_files_and_what_programs_leave_are_ignored(dropping: Dropping, name: str) -> None:
    """Failure mode 21."""
    dropping.put(at=f"GP/{name}")
    dropping.put(b"a return", at="GP/other.docx")
    dropping.now += 2 * PATIENCE
    assert dropping.read() == [b"a return"]


@pytest.mark.parametrize("name", ["~weekly.docx", "~x.docx", "tmp", "Thumbs.db.docx", "x~"])
def test_a_return_with_an_odd_name_is_not_ignored(dropping: Dropping, name: str) -> None:
    dropping.put(at=f"GP/{name}")
    assert dropping.read() == [b"bytes"]


def test_word_saving_by_temporary_file_and_two_renames_ends_as_one_arrival(
    dropping: Dropping,
) -> None:
    """Failure mode 21."""
    path = dropping.put(b"before", "GP/x.docx")
    new = dropping.put(b"after", "GP/~WRD0001.tmp")
    assert dropping.read() == [b"before"]
    path.rename(path.with_name("~WRL0002.tmp"))
    assert dropping.offers() == []
    new.rename(path)
    assert dropping.read() == [b"after"]


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
    dropping.now += LOCK - 60
    assert dropping.read() == []
    dropping.now += 120
    assert dropping.read() == [b"bytes"]


def _grows(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def _is_touched(path: Path) -> None:
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))


def _goes(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("moves", [_grows, _is_touched, _goes])
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


def test_an_empty_folder_costs_no_wait(dropping: Dropping) -> None:
    dropping.between = lambda: pytest.fail("it waited")
    assert dropping.offers() == []


@pytest.mark.parametrize("kept", [0, 1, 3, 4, 100, len(DOCX) // 2, len(DOCX) - 1])
def test_a_zip_cut_short_waits_until_nobody_can_be_writing_it(
    dropping: Dropping, kept: int
) -> None:
    """Failure mode 20. It is then offered as it is: its sender should hear."""
    path = dropping.put(DOCX[:kept])
    assert dropping.offers() == []
    dropping.now = path.stat().st_mtime + PATIENCE - 1
    assert dropping.offers() == []
    dropping.now = path.stat().st_mtime + PATIENCE + 1
    assert dropping.read() == [DOCX[:kept]]


def test_a_zip_from_a_machine_whose_clock_is_ahead_is_not_waited_for_for_ever(
    dropping: Dropping,
) -> None:
    path = dropping.put(DOCX[:100])
    os.utime(path, (dropping.now + 86_400, dropping.now + 86_400))
    assert dropping.read() == [DOCX[:100]]


def test_a_whole_zip_is_offered_at_once(dropping: Dropping) -> None:
    dropping.put(DOCX)
    assert dropping.read() == [DOCX]


@pytest.mark.parametrize(
    ("tail", "whole"),
    [
        (b"PK\x05\x06" + bytes(18), True),
        (b"data" * 99 + b"PK\x05\x06" + bytes(18), True),
        (b"PK\x05\x06" + bytes(16) + b"\x05\x00five!", True),
        (b"PK\x05\x06" + bytes(16) + b"\xff\xff" + b"c" * 65_535, True),
        (b"", False),
        (b"PK\x05\x06", False),
        (b"PK\x05\x06" + bytes(17), False),
        (b"PK\x05\x06" + bytes(16) + b"\x05\x00four", False),
        # The end of a spreadsheet that is embedded in what is still being written.
        (b"PK\x05\x06" + bytes(18) + b"and more of the document", False),
    ],
)
def test_a_zip_ends_where_its_end_record_says(tail: bytes, whole: bool) -> None:
    """Failure mode 20."""
    assert ends_as_zip(tail) is whole


def test_a_file_written_on_between_offer_and_reading_is_not_what_was_offered(
    dropping: Dropping,
) -> None:
    """Failure mode 20: looked at again after reading."""
    path = dropping.put()
    (offer,) = dropping.offers()
    _grows(path)
    with pytest.raises(Vanished):
        dropping.drop.read(offer)
    assert dropping.read() == [b"bytesmore"]


# What is not ours to read.


def test_a_hard_link_is_never_offered_nor_read(dropping: Dropping, tmp_path: Path) -> None:
    """Failure mode 22: it may be anyone's file."""
    (tmp_path / "outside").write_bytes(b"secret")
    path = dropping.put(at="GP/b")
    dropping.put(b"other", "GP/c")
    before = dropping.offers()
    path.unlink()
    os.link(tmp_path / "outside", path)
    dropping.now += 2 * PATIENCE
    assert dropping.read() == [b"other"]
    said = []
    for offer in before:
        try:
            said.append(dropping.drop.read(offer))
        except (Vanished, Unreadable):
            said.append(b"refused")
    assert sorted(said) == [b"other", b"refused"]


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
    with pytest.raises((Vanished, Unreadable)):
        dropping.drop.read(offer)
    with pytest.raises(Unreadable):
        dropping.release(offer, b"theirs")
    assert (dropping.folder / "POL" / "one").read_bytes() == b"theirs"
    assert [o.agency for o in dropping.offers()] == ["POL"]


@pytest.mark.parametrize("at", ["done", "done/2010-04-01"])
def test_a_done_folder_that_is_a_link_is_not_moved_into(
    dropping: Dropping, tmp_path: Path, at: str
) -> None:
    """Failure mode 22."""
    path = dropping.put()
    (tmp_path / "outside").mkdir()
    link = path.parent / at
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "outside")
    (offer,) = dropping.offers()
    with pytest.raises(Unreadable):
        dropping.release(offer)
    assert path.read_bytes() == b"bytes"
    assert not list((tmp_path / "outside").iterdir())


def test_an_agencys_folder_that_is_a_link_is_no_agencys(dropping: Dropping) -> None:
    """Failure mode 22."""
    dropping.put(at="GP/one")
    (dropping.folder / "POL").symlink_to("GP")
    assert [offer.agency for offer in dropping.offers()] == ["GP"]


# When the share is not well.


def test_a_folder_without_its_own_file_is_the_empty_place_of_a_share(dropping: Dropping) -> None:
    """Failure mode 23."""
    dropping.put()
    (dropping.folder / SENTINEL).unlink()
    with pytest.raises(NotThere):
        dropping.offers()
    make_drop(dropping.folder)
    assert dropping.read() == [b"bytes"]


def test_making_the_folder_again_writes_nothing(dropping: Dropping) -> None:
    before = (dropping.folder / SENTINEL).stat().st_mtime_ns
    make_drop(dropping.folder)
    assert (dropping.folder / SENTINEL).stat().st_mtime_ns == before


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    """The share refuses to open `name`."""
    actual = os.open

    def refuses(path: str | Path, flags: int, *rest: int, dir_fd: int | None = None) -> int:
        if str(path) == name:
            raise OSError(code, os.strerror(code))
        return actual(path, flags, *rest, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refuses)


@pytest.mark.parametrize("code", [errno.EACCES, errno.ESTALE, errno.EIO])
def test_a_folder_that_cannot_be_opened_is_told_after_all_others_were_offered(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Failure modes 23 and 26, promise 6."""
    dropping.put(at="GP/one")
    dropping.put(at="POL/one")
    refusing(monkeypatch, "GP", code)
    offered = []
    with pytest.raises(NotThere):
        for offer in dropping.drop.offers():
            offered.append(offer.agency)
    assert offered == ["POL"]
    monkeypatch.undo()
    assert len(dropping.offers()) == 2


def test_a_root_that_cannot_be_listed_is_not_there(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 23."""
    dropping.put()

    def stale(_: object) -> None:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    monkeypatch.setattr(os, "scandir", stale)
    with pytest.raises(NotThere):
        dropping.offers()


def test_a_file_that_stays_locked_is_offered_in_the_end_so_that_staff_are_told(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 26."""
    dropping.put(at="GP/locked")
    dropping.put(b"other", "GP/other")
    refusing(monkeypatch, "locked", errno.EACCES)
    assert dropping.read() == [b"other"]
    dropping.now += 2 * PATIENCE
    with pytest.raises(Unreadable):
        dropping.read()


# Letting go.


def test_what_is_let_go_lies_in_done_under_the_day_and_its_own_name(dropping: Dropping) -> None:
    dropping.put(at="GP/N12/Our form.docx")
    (offer,) = dropping.offers()
    dropping.release(offer)
    kept = dropping.folder / "GP" / "N12" / "done" / "2010-04-01" / "Our form.docx"
    assert kept.read_bytes() == b"bytes"


def test_the_same_name_again_on_the_same_day_overwrites_nothing(dropping: Dropping) -> None:
    for content in (b"one", b"two"):
        dropping.put(content, "GP/x.docx")
        (offer,) = dropping.offers()
        dropping.release(offer, content)
    day = dropping.folder / "GP" / "done" / "2010-04-01"
    assert {path.name: path.read_bytes() for path in day.iterdir()} == {
        "x.docx": b"one",
        "x (2).docx": b"two",
    }


def test_a_release_that_is_refused_can_be_made_later_and_leaves_nothing_meanwhile(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 26."""
    path = dropping.put()
    (offer,) = dropping.offers()

    def locked(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "rename", locked)
    for _ in range(3):
        with pytest.raises(OSError, match=os.strerror(errno.EACCES)):
            dropping.release(offer)
    assert path.read_bytes() == b"bytes"
    monkeypatch.undo()
    dropping.release(offer)
    day = dropping.folder / "GP" / "done" / "2010-04-01"
    assert os.listdir(day) == ["one"]


@pytest.mark.parametrize("again", [False, True], ids=["once", "and once more"])
def test_a_file_saved_again_in_the_moment_of_its_release_is_put_back(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """Promise 1: Word saves by a rename, which may come after the last look at the content."""
    path = dropping.put()
    (offer,) = dropping.offers()
    actual = Folder.move

    def saved_meanwhile(self: Folder, name: str, into: Folder, there: str) -> None:
        monkeypatch.setattr(Folder, "move", actual)
        path.write_bytes(b"saved again")
        actual(self, name, into, there)
        if again:
            path.write_bytes(b"and once more")

    monkeypatch.setattr(Folder, "move", saved_meanwhile)
    dropping.release(offer)
    expected = [b"and once more", b"saved again"] if again else [b"saved again"]
    assert sorted(dropping.read()) == expected


# What is never taken.


def kinds(dropping: Dropping) -> list[tuple[tuple[str, ...], str]]:
    dropping.offers()
    return [(stray.way, stray.kind) for stray in dropping.drop.strays()]


def test_links_fifos_and_sockets_are_told_and_not_opened(dropping: Dropping) -> None:
    """Failure mode 22."""
    path = dropping.put(at="GP/one")
    (path.parent / "link").symlink_to(path)
    os.mkfifo(path.parent / "fifo")
    os.link(dropping.put(at="GP/N12/two"), path.parent / "hard")
    (dropping.folder / "POL").symlink_to("GP")
    assert sorted(kinds(dropping)) == [
        ((), "misplaced"),
        (("GP",), "no file"),
        (("GP",), "no file"),
        (("GP",), "no file"),
        (("GP", "N12"), "no file"),
    ]
    assert dropping.read() == [b"bytes"]


def test_what_lies_where_nobody_looks_is_told(dropping: Dropping) -> None:
    """Promise 1: somebody meant it for us."""
    dropping.put(at="one")
    dropping.put(at="GP/N12/deeper/one")
    assert sorted(kinds(dropping)) == [((), "misplaced"), (("GP", "N12"), "misplaced")]


def test_our_own_folders_and_what_programs_leave_are_not_told(dropping: Dropping) -> None:
    for at in ("GP/done/2010-04-01/x", "GP/N12/returned/x", "GP/~$x.docx", ".DS_Store", "done/x"):
        dropping.put(at=at)
    assert kinds(dropping) == []


def test_a_file_that_never_settles_is_told_after_an_hour_and_no_more_once_it_does(
    dropping: Dropping,
) -> None:
    path = dropping.put()
    dropping.between = lambda: _grows(path)
    assert kinds(dropping) == []
    dropping.now += UNSETTLED + 1
    assert kinds(dropping) == [(("GP",), "unsettled")]
    dropping.between = lambda: None
    assert len(dropping.read()) == 1
    assert dropping.drop.strays() == []


def test_a_file_that_cannot_be_read_is_told_until_it_can(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 26: staff are told, and the agency is not blamed."""
    dropping.put(at="GP/locked")
    dropping.now += 2 * PATIENCE
    refusing(monkeypatch, "locked", errno.EACCES)
    with pytest.raises(Unreadable):
        dropping.read()
    assert [(s.way, s.kind) for s in dropping.drop.strays()] == [(("GP",), "unreadable")]
    monkeypatch.undo()
    assert dropping.read() == [b"bytes"]
    assert dropping.drop.strays() == []


def test_what_has_been_taken_away_meanwhile_is_no_longer_waited_for(dropping: Dropping) -> None:
    path = dropping.put()
    dropping.between = lambda: _grows(path)
    dropping.offers()
    path.unlink()
    dropping.now += UNSETTLED + 1
    assert kinds(dropping) == []


def test_a_file_behind_a_door_that_is_shut_is_not_taken_for_gone(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 23: else it would be let go unmoved, and come again as another delivery."""
    dropping.put()
    (offer,) = dropping.offers()
    refusing(monkeypatch, "GP", errno.EACCES)
    with pytest.raises(NotThere):
        dropping.offers()
    with pytest.raises(Unreadable):
        dropping.release(offer)
    assert dropping.drop.strays() == []


# What becomes of it, as configured.


@pytest.fixture
def deleting(tmp_path: Path, keys: Keys) -> Dropping:
    return Dropping(tmp_path / "drop", keys, after="delete")


@pytest.fixture
def leaving(tmp_path: Path, keys: Keys) -> Dropping:
    return Dropping(tmp_path / "drop", keys, after="leave")


def test_what_is_deleted_leaves_nothing(deleting: Dropping) -> None:
    path = deleting.put()
    (offer,) = deleting.offers()
    deleting.release(offer)
    assert os.listdir(path.parent) == []


def test_what_is_deleted_was_what_the_spool_holds(
    deleting: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1: saved again after the last look at its content."""
    path = deleting.put()
    (offer,) = deleting.offers()
    actual = Folder.move

    def saved_meanwhile(self: Folder, name: str, into: Folder, there: str) -> None:
        monkeypatch.setattr(Folder, "move", actual)
        path.write_bytes(b"saved again")
        actual(self, name, into, there)

    monkeypatch.setattr(Folder, "move", saved_meanwhile)
    deleting.release(offer)
    assert path.read_bytes() == b"saved again"


def test_what_is_deleted_takes_nothing_else_with_it(deleting: Dropping) -> None:
    deleting.put()
    other = deleting.put(b"older", "GP/done/2010-04-01/one")
    (offer,) = deleting.offers()
    deleting.release(offer)
    assert other.read_bytes() == b"older"


def test_what_is_left_stays_and_is_offered_no_more_until_it_changes(leaving: Dropping) -> None:
    path = leaving.put()
    (offer,) = leaving.offers()
    assert offer.stays
    leaving.release(offer)
    assert leaving.offers() == []
    assert path.read_bytes() == b"bytes"
    assert os.listdir(path.parent) == ["one"]
    path.write_bytes(b"a new version")
    assert leaving.read() == [b"a new version"]


def test_thousands_moved_aside_list_done_once(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a large drop would take for ever: the folder grows with each."""
    for n in range(50):
        dropping.put(b"%d" % n, f"GP/{n}")
    offers = dropping.offers()
    listed: list[object] = []
    actual = os.scandir

    def counted(of: int) -> object:
        listed.append(of)
        return actual(of)

    monkeypatch.setattr(os, "scandir", counted)
    for offer in offers:
        dropping.release(offer, dropping.drop.read(offer))
    assert len(listed) == 1


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
