"""One look at the drop folder: what it passes over, and what it tells."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from intake.drop.scan import UNTOUCHED_SECONDS
from intake.source import ItemUnreadable, ItemVanished, SourceUnavailable
from tests.intake.drop.dropping import Dropping, kinds, refusing


@pytest.mark.parametrize("at", ["one", "GP/1/2/3/4/5/6/one", "GP/done/2010-04-01/one"])
def test_what_lies_in_no_agencys_folder_is_left_alone(dropping: Dropping, at: str) -> None:
    dropping.put(at=at)
    assert dropping.offers() == []


@pytest.mark.parametrize("at", ["GP/final versions/one", "GP/N12/ours/2010/one"])
def test_a_folder_inside_an_agencys_folder_is_the_agencys(dropping: Dropping, at: str) -> None:
    dropping.put(at=at)
    (offer,) = dropping.offers()
    assert (offer.agency, offer.case) == ("GP", at.removeprefix("GP/").removesuffix("/one"))
    assert dropping.read() == [b"bytes"]


@pytest.mark.parametrize(
    "name",
    [
        "f.docx:Zone.Identifier",
        "f.docx:Zone.Identifier:$DATA",
        "f.docx\uf03aZone.Identifier",
        "f.docx:com.apple.quarantine",
        "._f.docx",
        ".DS_Store",
        "desktop.ini",
        "Thumbs.db",
        "~$f.docx",
    ],
)
def test_what_systems_leave_beside_a_file_is_neither_offered_nor_told(
    dropping: Dropping, name: str
) -> None:
    dropping.put(at=f"GP/{name}")
    assert dropping.offers() == []
    assert kinds(dropping) == []


@pytest.mark.parametrize("name", ["done", "Done", "returned", "RETURNED"])
def test_our_own_folders_are_no_cases(dropping: Dropping, name: str) -> None:
    """A share may fold upper and lower case together."""
    dropping.put(at=f"GP/{name}/one")
    dropping.put(at=f"{name}/one")
    assert dropping.offers() == []


def test_a_hard_link_is_never_offered_nor_read(dropping: Dropping, tmp_path: Path) -> None:
    """Failure mode 22: it may be anyone's file."""
    (tmp_path / "outside").write_bytes(b"secret")
    path = dropping.put(at="GP/b")
    dropping.put(b"other", "GP/c")
    before = dropping.offers()
    path.unlink()
    os.link(tmp_path / "outside", path)
    dropping.now += 2 * UNTOUCHED_SECONDS
    assert dropping.read() == [b"other"]
    said = []
    for offer in before:
        try:
            said.append(dropping.drop.read_content(offer))
        except (ItemVanished, ItemUnreadable):
            said.append(b"refused")
    assert sorted(said) == [b"other", b"refused"]


def test_an_agencys_folder_that_is_a_link_is_no_agencys(dropping: Dropping) -> None:
    """Failure mode 22."""
    dropping.put(at="GP/one")
    (dropping.folder / "POL").symlink_to("GP")
    assert [offer.agency for offer in dropping.offers()] == ["GP"]


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
    deepest = ("GP", "1", "2", "3", "4", "5")
    dropping.put(at="/".join((*deepest, "6", "one")))
    assert sorted(kinds(dropping)) == [((), "misplaced"), (deepest, "misplaced")]


def test_our_own_folders_and_what_programs_leave_are_not_told(dropping: Dropping) -> None:
    for at in ("GP/done/2010-04-01/x", "GP/N12/returned/x", "GP/~$x.docx", ".DS_Store", "done/x"):
        dropping.put(at=at)
    assert kinds(dropping) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.ESTALE, errno.EIO])
def test_a_folder_that_cannot_be_opened_is_told_after_all_others_were_offered(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Failure modes 23 and 26, promise 6."""
    dropping.put(at="GP/one")
    dropping.put(at="POL/one")
    refusing(monkeypatch, "GP", code)
    offered = []
    with pytest.raises(SourceUnavailable):
        for offer in dropping.drop.list_offers():
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
    with pytest.raises(SourceUnavailable):
        dropping.offers()
