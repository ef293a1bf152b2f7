"""A place that may not be read or written is told as that, with whose it is and the line that mends
it: it is neither missing nor damaged (failure mode 109)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import CASE, Board
from tests.other_user import OTHER_UID, as_other_user, folder_of_other_user, give_to_other_user

BAD_WORDS = ("not there", "missing", "damaged", "cannot be opened", "restore", "not written for")
ONCE, DOCTOR, VERIFY = ("once",), ("doctor",), ("audit", "verify")
ORIGINAL, ITS_FOLDER = "vault/??/*", "vault/[0-9a-f][0-9a-f]"


@pytest.fixture(scope="module")
def theirs() -> Iterator[Board]:
    """The board of a user whom permissions stop, on which something came and was answered."""
    with folder_of_other_user() as folder:
        board = Board(folder / "board")
        board.load(CASE)
        board.drop("GP", build.make_chronology(build.STORIES["GP"]))
        board.once()
        for words in (ONCE, DOCTOR, VERIFY, ("status", "--health"), ("backup", folder / "copy")):
            board.run(*words)  # so that nothing is still to be imported
        give_to_other_user(folder)
        yield board


PLACES = [
    ("keys", ONCE),
    ("keys", DOCTOR),
    ("keys/vault-1.key", ONCE),
    ("keys/marks.key", ("status", "--health")),
    ("vault", ONCE),
    ("vault/head", ONCE),
    ("vault/journal", ONCE),
    ("vault/journal", DOCTOR),
    ("vault/case-keys", ONCE),
    ("vault/keys/1.wrapped", ONCE),
    (ORIGINAL, VERIFY),
    (ORIGINAL, (*VERIFY, "--originals")),
    (ITS_FOLDER, ("backup", "copy")),
    ("register.db", ONCE),
    ("register.db.lock", ONCE),
    ("scr-intake.toml", ONCE),
    ("drop", ONCE),
    ("drop", DOCTOR),
    ("mail/new", ONCE),
    ("mail/new", DOCTOR),
    ("mail/cur", ONCE),
    ("sent", ("--at", "2010-04-12T10:00", "once")),
]


@pytest.mark.parametrize("mode", [None, 0], ids=["of root", "own, mode 000"])
@pytest.mark.parametrize(("place", "words"), PLACES, ids=lambda x: x if isinstance(x, str) else "-")
def test_each_place_is_told_with_whose_it_is_and_the_line_to_type(
    theirs: Board, place: str, words: tuple[str, ...], mode: int | None
) -> None:
    path = next(iter(sorted(theirs.folder.glob(place))))
    before = path.stat().st_mode & 0o7777
    if mode is None:
        os.chown(path, 0, 0)
        path.chmod(0o700 if path.is_dir() else 0o600)
        line = f"chown {'-R ' if path.is_dir() else ''}nobody: {path}"
    else:
        path.chmod(mode)
        line = f"chmod u+{'rwx' if path.is_dir() else 'rw'} {path}"
    try:
        words = tuple(str(theirs.folder.parent / w) if w == "copy" else w for w in words)
        if mode is not None:  # letters are not tried again at once
            words = tuple(w.replace("04-12", "04-13") for w in words)
        ended = as_other_user(lambda: theirs.run(*words))
    finally:
        os.chown(path, OTHER_UID, OTHER_UID)
        path.chmod(before)
    told = " ".join((ended.out + ended.err).split())
    assert ended.status
    assert line in told
    assert [bad for bad in BAD_WORDS if bad in told.replace("not there yet", "")] == []


def test_of_a_folder_in_the_drop_folder_it_is_told_how_to_see_which(theirs: Board) -> None:
    """Agencies name them: none is named."""
    folder: Path = theirs.folder / "drop" / "GP"
    folder.chmod(0)
    ended = as_other_user(lambda: theirs.run("once"))
    folder.chmod(0o755)
    assert f"find {theirs.folder}/drop -type d ! -readable" in " ".join(ended.err.split())
