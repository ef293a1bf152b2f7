"""One share, one register: the second service stays away (failure modes 23 and 64)."""

from __future__ import annotations

import errno
import fcntl
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from intake.drop.scan import LOCK_FILE, SENTINEL_FILE
from intake.drop.shared_folder import ShareClaimedElsewhere, SharedFolder, make_drop_folder
from intake.source import SourceUnavailable
from intake.source_claim import SourceClaim

OURS = SourceClaim("0" * 63 + "a", "Our Board, /var/lib/scr-intake/register.db on intake")
THEIRS = SourceClaim("0" * 63 + "b", "Their Board, /srv/register.db on other")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_drop_folder(tmp_path / "drop")
    return tmp_path / "drop"


@pytest.fixture
def shares(folder: Path) -> Iterator[dict[str, SharedFolder]]:
    with ExitStack() as held:
        whose = {"ours": OURS, "again": OURS, "theirs": THEIRS}
        made = {name: SharedFolder(folder, claim) for name, claim in whose.items()}
        for share in made.values():
            held.callback(share.release_claim)
        yield made


def test_a_share_is_claimed_and_claimed_again_and_let_go(shares: dict[str, SharedFolder]) -> None:
    for _ in range(3):
        shares["ours"].claim_folder()
    shares["ours"].release_claim()
    shares["again"].claim_folder()


def test_the_same_register_at_work_twice_is_refused(shares: dict[str, SharedFolder]) -> None:
    """A register copied with its keys has the same mark: the lock tells."""
    shares["ours"].claim_folder()
    with pytest.raises(ShareClaimedElsewhere):
        shares["again"].claim_folder()
    shares["ours"].renew_claim()


def test_another_process_is_refused_while_we_hold_it(
    folder: Path, shares: dict[str, SharedFolder]
) -> None:
    shares["ours"].claim_folder()
    code = (
        "import sys, pathlib; from intake.drop.shared_folder import SharedFolder as Share;"
        "from intake.source_claim import SourceClaim as Claim;"
        "Share(pathlib.Path(sys.argv[1]), Claim('ours', '')).claim_folder()"
    )
    words = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "ShareClaimedElsewhere" in done.stderr


def test_another_register_is_refused_even_when_ours_is_not_at_work(
    shares: dict[str, SharedFolder],
) -> None:
    """So that it does not depend on locks, which not every share passes on."""
    shares["ours"].claim_folder()
    shares["ours"].release_claim()
    with pytest.raises(ShareClaimedElsewhere):
        shares["theirs"].claim_folder()


def test_whoever_is_refused_holds_no_lock_against_whose_it_is(
    shares: dict[str, SharedFolder],
) -> None:
    shares["ours"].claim_folder()
    shares["ours"].release_claim()
    with pytest.raises(ShareClaimedElsewhere):
        shares["theirs"].claim_folder()
    shares["ours"].claim_folder()


def test_another_register_is_refused_where_there_are_no_locks(
    shares: dict[str, SharedFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", none)
    shares["ours"].claim_folder()
    with pytest.raises(ShareClaimedElsewhere):
        shares["theirs"].claim_folder()
    shares["ours"].claim_folder()


def test_a_share_given_up_by_one_register_can_be_taken_by_another(
    folder: Path, shares: dict[str, SharedFolder]
) -> None:
    """By the line that the refusal prints, which does nothing more where it is typed again."""
    shares["ours"].claim_folder()
    shares["ours"].release_claim()
    with pytest.raises(ShareClaimedElsewhere) as refused:
        shares["theirs"].claim_folder()
    assert OURS.says in refused.value.sentence
    said, typed = refused.value.explanation.split("\n")
    assert OURS.says in said
    for _ in range(2):
        subprocess.run(shlex.split(typed), check=True)
    shares["theirs"].claim_folder()
    with pytest.raises(ShareClaimedElsewhere):
        shares["ours"].claim_folder()


@pytest.mark.parametrize("says", ["", "Our Board, /old/register.db on intake"])
def test_a_claim_that_says_nothing_or_another_place_is_ours_by_its_mark(
    folder: Path, shares: dict[str, SharedFolder], says: str
) -> None:
    """As it was written before claims said whose they are, and before a restore."""
    old = f"The register that takes in what is put here: {OURS.mark} {says}\n"
    (folder / SENTINEL_FILE).write_text(f"By this file.\n{old}")
    with pytest.raises(ShareClaimedElsewhere) as refused:
        shares["theirs"].claim_folder()
    assert "worked by another scr-intake" in refused.value.sentence
    shares["ours"].claim_folder()
    assert OURS.line in (folder / SENTINEL_FILE).read_text()


def test_a_folder_of_a_drop_folder_is_refused_whosever_that_is(
    folder: Path, shares: dict[str, SharedFolder]
) -> None:
    """Two would answer what an agency puts there: also two folders of one register."""
    make_drop_folder(folder / "GP" / "N12")
    inner = SharedFolder(folder / "GP" / "N12", THEIRS)
    inner.refuse_inner_folder()
    shares["ours"].sign_folder()
    for claim in (THEIRS, OURS):
        with pytest.raises(ShareClaimedElsewhere) as refused:
            SharedFolder(folder / "GP" / "N12", claim).sign_folder()
        assert f"lies in another, {folder.resolve()}, which is worked by: {OURS.says}" in str(
            refused.value.sentence
        )


def test_a_share_signed_over_our_heads_is_noticed_at_the_next_look(
    folder: Path, shares: dict[str, SharedFolder]
) -> None:
    shares["ours"].claim_folder()
    signed = (folder / SENTINEL_FILE).read_text()
    (folder / SENTINEL_FILE).write_text(signed.replace(OURS.line, THEIRS.line))
    with pytest.raises(ShareClaimedElsewhere):
        shares["ours"].renew_claim()


def test_a_share_that_is_away_is_not_there_and_is_claimed_when_it_is_back(
    folder: Path, shares: dict[str, SharedFolder]
) -> None:
    """Failure mode 23."""
    aside = folder.rename(folder.with_name("aside"))
    folder.mkdir()
    with pytest.raises(SourceUnavailable) as told:
        shares["ours"].claim_folder()
    assert not isinstance(told.value, ShareClaimedElsewhere)
    folder.rmdir()
    aside.rename(folder)
    shares["ours"].renew_claim()
    with pytest.raises(ShareClaimedElsewhere):
        shares["again"].claim_folder()


def test_the_lock_follows_a_share_that_came_back_as_another(
    folder: Path, shares: dict[str, SharedFolder]
) -> None:
    shares["ours"].claim_folder()
    (folder / LOCK_FILE).unlink()
    shares["ours"].renew_claim()
    with pytest.raises(ShareClaimedElsewhere):
        shares["again"].claim_folder()


def test_what_was_never_claimed_is_not_checked(
    folder: Path, shares: dict[str, SharedFolder]
) -> None:
    """Commands that only look hold nothing."""
    shares["ours"].renew_claim()
    assert not (folder / LOCK_FILE).exists()


def test_a_sentinel_made_by_hand_will_do(folder: Path, shares: dict[str, SharedFolder]) -> None:
    (folder / SENTINEL_FILE).write_bytes(b"\xff\x00")
    shares["ours"].claim_folder()
    with pytest.raises(ShareClaimedElsewhere):
        shares["theirs"].claim_folder()


def test_making_the_folder_again_writes_nothing(folder: Path) -> None:
    before = (folder / SENTINEL_FILE).stat().st_mtime_ns
    make_drop_folder(folder)
    assert (folder / SENTINEL_FILE).stat().st_mtime_ns == before
