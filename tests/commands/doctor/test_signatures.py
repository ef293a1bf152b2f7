"""Whether signatures can be checked and sealed mail opened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commands.doctor import sources as check
from commands.doctor.check import DoctorContext
from commands.doctor.sources import check_signatures
from config.settings import load_settings
from tests.authority import TO, Authority
from tests.board import Board

ASKED = """
[signatures]
authorities      = "authorities"
certificate_file = "keys/sealed-mail.pem"
key_file         = "keys/sealed-mail.key"
"""
SPRING = datetime(2010, 4, 1, tzinfo=UTC)


def said(board: Board, now: datetime = SPRING) -> list[tuple[str, str]]:
    context = DoctorContext(load_settings(board.folder / "scr-intake.toml"), now)
    return [(one.state, one.sentence) for one in check_signatures(context)]


@pytest.fixture
def asking(board: Board) -> Board:
    """A board whose settings ask for it all, and whose files are in place."""
    file = board.folder / "scr-intake.toml"
    file.write_text(file.read_text() + ASKED)
    shire = Authority()
    own = shire.issue("The board", rsa_key=True)
    (board.folder / "authorities").mkdir()
    (board.folder / "authorities" / "shire.pem").write_bytes(shire.own.pem)
    (board.folder / "keys" / "sealed-mail.pem").write_bytes(own.pem)
    key = board.folder / "keys" / "sealed-mail.key"
    key.write_bytes(own.key_pem)
    key.chmod(0o600)
    return board


def test_where_nothing_is_asked_nothing_is_said(board: Board) -> None:
    assert said(board) == []


def test_what_is_in_place_is_well(asking: Board) -> None:
    assert said(asking) == [
        ("well", "Digital signatures are checked; 1 authority is believed."),
        ("well", "Mail that is encrypted to the service can be opened."),
    ]


def test_without_the_extra_it_is_said(asking: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "is_extra_installed", lambda: False)
    assert said(asking)[0][0] == "wrong"


def test_what_cannot_be_read_is_wrong(asking: Board) -> None:
    (asking.folder / "authorities" / "shire.pem").write_text("words")
    (asking.folder / "keys" / "sealed-mail.key").chmod(0o644)
    (one, first), (two, second) = said(asking)
    assert (one, two) == ("wrong", "wrong")
    assert "shire.pem" in first
    assert "key_file" in second


def test_certificates_that_run_out_are_told_in_time(asking: Board) -> None:
    month_before, after = TO.replace(year=2011, month=12, day=20), TO.replace(month=2)
    assert [state for state, _ in said(asking, month_before)].count("soon") == 2
    assert [state for state, _ in said(asking, after)].count("wrong") == 2


def test_while_the_clock_is_doubted_no_certificate_is_said_to_have_run_out(asking: Board) -> None:
    asking.load()
    asking.once(at="2010-04-01T10:00")
    states = said(asking, datetime(2040, 4, 1, tzinfo=UTC))
    assert not any("has run out" in sentence for _, sentence in states)
    assert (
        "soon",
        "When the service's own certificate runs out is not known while the clock is doubted.",
    ) in states
