"""The ways letters leave, and what stands in their way before the service starts."""

from __future__ import annotations

from pathlib import Path

from tests.board import Board
from tests.servers.certificates import Certificates
from tests.servers.smtp import running


def by_smtp(board: Board, *lines: str) -> None:
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text().replace('path      = "sent"', "\n".join(lines))
    settings.write_text(text.replace('transport = "files"', 'transport = "smtp"'))


def test_the_board_s_letters_leave_by_smtp(loaded: Board, tmp_path: Path) -> None:
    """Issue 7: the whole way from the settings to a server that has the letter."""
    certificates = Certificates.made_in(tmp_path / "certificates")
    password = loaded.folder / "keys" / "smtp-password"
    password.touch(mode=0o600)
    password.write_text("pässword\n")
    with running(certificates) as post:
        by_smtp(
            loaded,
            'host = "localhost"',
            f"port = {post.port}",
            'username = "scr-intake"',
            'password_file = "keys/smtp-password"',
            f'ca_file = "{certificates.ca}"',
        )
        assert "digest sent" in loaded.once(at="2010-03-03T09:00").out
    (taken,) = post.taken
    assert taken.recipients == ["administrator@board.example"]
    assert taken.sender == "scr-returns@board.example"


def test_a_server_that_is_away_is_told_and_the_letter_kept(loaded: Board) -> None:
    by_smtp(loaded, 'host = "localhost"', "port = 1")
    done = loaded.once(at="2010-03-03T09:00")
    assert "Letters cannot leave: the mail server cannot be reached." in done.out + done.err
    assert loaded.status()["letters"]["queued"] == 1


def test_all_that_is_missing_is_told_at_the_start(board: Board) -> None:
    by_smtp(
        board,
        'host = "localhost"',
        'username = "scr-intake"',
        'password_file = "keys/smtp-password"',
        'ca_file = "gone.pem"',
    )
    refused = board.run("status")
    assert refused.status == 2
    assert "outbox, password_file: " in refused.err
    assert "outbox, ca_file: " in refused.err


INSTEAD = """
[[outbox.instead]]
kinds = ["{kind}"]
transport = "files"
path = "to-release"
"""


def test_letters_of_one_kind_leave_a_way_of_their_own(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + INSTEAD.format(kind="reminder"))
    loaded.once(at="2010-04-13T10:00")
    own = list((loaded.folder / "to-release").glob("*.eml"))
    assert [path.name.partition("-")[2] for path in own] == ["reminder.eml"]
    assert [x["Auto-Submitted"] for x in loaded.sent()] == ["auto-generated"], "the digest"


def test_a_kind_that_is_none_or_has_two_ways_is_told(board: Board) -> None:
    settings = board.folder / "scr-intake.toml"
    ways = INSTEAD.format(kind="remainder") + INSTEAD.format(kind="chaser") * 2
    settings.write_text(settings.read_text() + ways)
    refused = board.run("status")
    assert refused.status == 2
    assert "outbox, instead 1, kinds: should be kinds of letter: acknowledgement," in refused.err
    assert "outbox, instead 3, kinds: names a kind that has a way of its own already" in refused.err
