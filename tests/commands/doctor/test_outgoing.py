"""Whether letters could leave, told in sentences, against a server that says yes and one that does
not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.board import Board
from tests.commands.test_ways import by_smtp
from tests.servers.certificates import Certificates
from tests.servers.smtp import Post, running

SOON = "2010-03-15T10:00"  # when the certificates of tests have long to go


def sections(board: Board, *words: str, at: str = SOON) -> dict[str, list[tuple[str, str]]]:
    """What each check says, as (state, sentence)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in board.run("doctor", "--json", *words, at=at).json:
        found.setdefault(one["about"], []).append((one["state"], one["sentence"]))
    return found


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return Certificates.made_in(tmp_path / "certificates")


def watched(board: Board, post: Post, certificates: Certificates, password: str) -> None:
    file = board.folder / "keys" / "smtp-password"
    file.touch(mode=0o600)
    file.write_text(password)
    by_smtp(
        board,
        'host = "localhost"',
        f"port = {post.port}",
        'username = "scr-intake"',
        'password_file = "keys/smtp-password"',
        f'ca_file = "{certificates.ca}"',
    )


def test_a_server_that_takes_letters_is_well_and_is_sent_nothing(
    board: Board, certificates: Certificates
) -> None:
    with running(certificates) as post:
        watched(board, post, certificates, "pässword")
        said = sections(board)["Letters"]
        assert post.taken == []
    assert [state for state, _ in said] == ["well"] * 4
    assert said[0][1] == (
        "outbox: localhost answers, is who it says it is and lets the account in."
    )
    assert said[1][1].startswith("outbox: the mail server's certificate is good until")


def test_a_sample_letter_goes_to_the_operator_when_asked_for(
    board: Board, certificates: Certificates
) -> None:
    with running(certificates) as post:
        watched(board, post, certificates, "pässword")
        (said,) = sections(board, "--send")["A sample letter"]
    assert said == ("well", "A sample letter to the operator was taken. See whether it arrives.")
    sample, link = post.taken
    assert sample.recipients == ["it@board.example"]
    assert link.recipients == ["administrator@board.example"], "who is sent the test link"


def test_an_account_that_is_not_let_in_is_told(board: Board, certificates: Certificates) -> None:
    with running(certificates) as post:
        watched(board, post, certificates, "wrong")
        ended = board.run("doctor", "--send")
    assert ended.status == 1
    assert "the mail server does not let the account in (535 5.7.8)" in ended.out
    assert "A sample letter to the operator was not sent" in ended.out


def test_a_server_that_takes_no_answers_is_told_before_one_is_lost(
    board: Board, certificates: Certificates
) -> None:
    """Failure mode 65 needs mail without a sender, which not every server takes."""
    with running(certificates) as post:
        post.does["MAIL"] = ["", "550 5.7.60 not without a sender"]
        watched(board, post, certificates, "pässword")
        said = sections(board)["Letters"]
    assert said[-2][0] == "well"
    assert said[-1][0] == "wrong"
    assert "would not take answers (550 5.7.60)" in said[-1][1]


def test_a_certificate_that_ends_soon_is_told_while_it_is_good(
    board: Board, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    ending = Certificates.made_in(tmp_path / "ending", until=now + timedelta(days=10))
    with running(ending) as post:
        watched(board, post, ending, "pässword")
        said = sections(board, at=now.isoformat())["Letters"]
    assert said[1][0] == "soon"


def test_a_folder_for_letters_is_looked_at_too(board: Board) -> None:
    assert sections(board)["Letters"] == [
        ("well", f"outbox: letters can be written to {board.folder / 'sent'}.")
    ]
    (board.folder / "sent").rmdir()
    (board.folder / "sent").write_text("in its place")
    assert sections(board)["Letters"][0][0] == "wrong"
