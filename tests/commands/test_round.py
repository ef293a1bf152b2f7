"""One round: a full disk pauses it and costs nobody a try."""

from __future__ import annotations

import errno

import pytest

from handlers.clerk import Clerk
from intake.vault import Vault
from tests import builders as build
from tests.board import Board

GOOD = build.chronology(build.STORIES["GP"])


def no_room(*_: object) -> object:
    raise OSError(errno.ENOSPC, "made up")


@pytest.mark.parametrize(("owner", "deed"), [(Vault, "put"), (Clerk, "settle")])
def test_a_full_disk_pauses_the_round_and_loses_nothing(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, owner: type, deed: str
) -> None:
    """Failure mode 60: told in a sentence, four rounds running, and nothing is set aside."""
    loaded.drop("GP", GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(owner, deed, no_room)
        for _ in range(4):
            ended = loaded.once()
            assert ended.status == 1
            assert "The disk is full." in ended.err
    assert loaded.status()["deliveries"]["set aside"] == 0
    loaded.once()
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"


def test_an_unforeseen_bug_is_tried_three_times_and_set_aside(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Promise 6; failure mode 89: the log has the place, never what was being read."""

    def bug(*_: object) -> object:
        raise KeyError("Zebedee Quillfeather")

    loaded.drop("GP", GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(Clerk, "settle", bug)
        ended = [loaded.once() for _ in range(3)]
    assert "It will be tried again." in ended[0].err
    assert "It is set aside." in ended[2].err
    assert "KeyError at test_round.py" in caplog.text
    assert "Zebedee" not in caplog.text + ended[2].err
    assert loaded.status()["deliveries"]["set aside"] == 1
