"""The head beside the register: whatever ends the service, the register ends with one of the two
heads that it tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.chain_head import FIRST_SEAL, ChainHead, HeadMarks, OutsideHead
from intake.keys import Keys, make_missing_keys, read_keys

PLACE = 4096


def head(seq: int) -> ChainHead:
    return ChainHead(seq, f"{seq:064x}", {"letters": seq})


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    make_missing_keys(tmp_path / "keys")
    return read_keys(tmp_path / "keys")


@pytest.fixture
def outside(tmp_path: Path, keys: Keys) -> OutsideHead:
    (tmp_path / "vault").mkdir()
    begun = OutsideHead(tmp_path / "vault", keys)
    begun.begin()
    return begun


def commit(outside: OutsideHead, *seqs: int, confirmed: bool = True) -> None:
    """Each in turn, all of those before it standing in the record."""
    for seq in seqs:
        outside.announce(head(seq), lambda each, top=seq: each.seq < top)
        if confirmed:
            outside.confirm(head(seq))


def test_what_is_confirmed_is_certain(outside: OutsideHead) -> None:
    assert outside.read_marks() == HeadMarks(ChainHead(0, FIRST_SEAL))
    commit(outside, 3, 5, 9)
    assert outside.read_marks() == HeadMarks(head(9))


def test_what_is_announced_alone_leaves_the_one_before_it_certain(outside: OutsideHead) -> None:
    commit(outside, 3, 5)
    commit(outside, 9, confirmed=False)
    marks = outside.read_marks()
    assert marks == HeadMarks(head(5), head(9))
    assert marks.last_standing(lambda each: each.seq <= 5) == head(5)
    assert marks.last_standing(lambda each: True) == head(9)


def test_what_was_announced_and_never_committed_is_written_over(outside: OutsideHead) -> None:
    commit(outside, 3, 5)
    for seq in (9, 7, 8):  # each was taken back
        outside.announce(head(seq), lambda each: each.seq <= 5)
        assert outside.read_marks() == HeadMarks(head(5), head(seq))
    outside.confirm(head(8))
    commit(outside, 12, confirmed=False)
    assert outside.read_marks() == HeadMarks(head(8), head(12))


@pytest.mark.parametrize("spoiled", [0, PLACE, 2 * PLACE])
def test_what_a_power_cut_spoils_leaves_one_that_stands(
    outside: OutsideHead, spoiled: int, tmp_path: Path
) -> None:
    """Before the place in hand is safe the commit is not made: the record ends with the other."""
    file = tmp_path / "vault" / "head"
    commit(outside, 3, 5)
    commit(outside, 9, confirmed=False)
    whole = file.read_bytes()
    file.write_bytes(whole[:spoiled] + b"?" * 80 + whole[spoiled + 80 :])
    assert outside.read_marks().last_standing(lambda each: each.seq in (5, 9)) is not None


def test_what_an_earlier_scr_intake_wrote_is_certain(outside: OutsideHead, tmp_path: Path) -> None:
    file = tmp_path / "vault" / "head"
    told = [[each.seq, each.seal, dict(each.counts)] for each in (head(4), head(3))]
    file.write_bytes(b"".join(map(outside._sealed, told)))
    assert outside.read_marks() == HeadMarks(head(4))
    commit(outside, 6, confirmed=False)
    assert outside.read_marks() == HeadMarks(head(4), head(6))


def test_while_it_is_held_nothing_is_told(outside: OutsideHead) -> None:
    commit(outside, 3, 5)
    outside.hold()
    commit(outside, 9)
    assert outside.read_marks() == HeadMarks(head(5))
    outside.write_head(head(9))
    commit(outside, 11)
    assert outside.read_marks() == HeadMarks(head(11))


def test_it_is_as_long_from_the_beginning_as_it_ever_gets(
    outside: OutsideHead, tmp_path: Path
) -> None:
    """So that a full disk keeps none from being told."""
    file = tmp_path / "vault" / "head"
    length = file.stat().st_size
    commit(outside, 3, 5, 9)
    assert file.stat().st_size == length == 3 * PLACE
