"""Two boards with copied settings: the second one answers nothing, and is told why (failure
mode 117)."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

import pytest

from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.post import watch_mailbox
from tests.servers.dovecot import Dovecot
from tests.servers.ports import free_ports

GP = build.make_chronology(build.STORIES["GP"])


def test_a_board_with_another_s_maildir_in_its_settings_is_refused_at_start(
    loaded: Board, tmp_path: Path
) -> None:
    loaded.once()
    second = Board(tmp_path / "second")
    settings = second.folder / "scr-intake.toml"
    shutil.rmtree(second.folder / "mail")
    text = settings.read_text()
    ours = 'path           = "mail"'
    assert ours in text
    settings.write_text(text.replace(ours, f'path = "{loaded.folder / "mail"}"'))
    second.load()
    sent = [("chronology.docx", GP)]
    loaded.mail(mail("author@meadowlane.example", "scr@board.example", "N12", attachments=sent))
    ended = second.once()
    assert ended.status == 1
    assert "worked by another scr-intake" in ended.err
    assert str(loaded.folder / "register.db") in ended.err.replace("\n", "")
    assert "worked by another scr-intake" in second.run("doctor").out
    assert "it is worked by this register" in loaded.run("doctor").out
    assert second.status()["deliveries"].get("judged", 0) == 0
    loaded.once()
    assert loaded.status()["deliveries"]["judged"] == 1


@pytest.mark.parametrize("place", ["drop", "drop/GP"])
def test_a_board_with_another_s_drop_folder_is_refused_whoever_runs_first(
    tmp_path: Path, place: str
) -> None:
    """`init` has claimed it for the board that it lies in: the other one took it for its own."""
    first, second = Board(tmp_path / "first"), Board(tmp_path / "second")
    (first.folder / "drop" / "GP").mkdir()
    settings = second.folder / "scr-intake.toml"
    ours = 'path = "drop"'
    assert ours in settings.read_text()
    settings.write_text(settings.read_text().replace(ours, f'path = "{first.folder / place}"'))
    for ended in (second.load(), second.once(), second.run("doctor")):
        assert list((first.folder / "drop" / "GP").iterdir()) == [], "nothing was made there"
        told = " ".join(f"{ended.out} {ended.err}".split())
        assert "worked by" in told
        assert f"{first.folder / 'register.db'} on " in told
    assert not (first.folder / "drop" / "POL").exists()
    assert second.once().status == 1
    first.load()
    first.drop("GP", GP)
    assert "chronology accepted" in first.once().out


def test_the_maildir_of_a_new_board_is_its_own_before_it_ran(tmp_path: Path) -> None:
    first, second = Board(tmp_path / "first"), Board(tmp_path / "second")
    settings = second.folder / "scr-intake.toml"
    ours = 'path           = "mail"'
    settings.write_text(settings.read_text().replace(ours, f'path = "{first.folder / "mail"}"'))
    ended = second.once()
    assert ended.status == 1
    assert str(first.folder / "register.db") in ended.err
    assert first.once().status == 0


def test_a_board_with_another_s_mailbox_on_a_server_is_refused_at_start(
    loaded: Board, tmp_path: Path, dovecot: Dovecot
) -> None:
    user = uuid4().hex
    watch_mailbox(loaded, dovecot, user)
    loaded.once()
    second = Board(tmp_path / "second")
    second.load()
    watch_mailbox(second, dovecot, user)
    dropped = second.drop("GP", GP)
    ended = second.once()
    assert ended.status == 1
    assert "worked by another scr-intake" in ended.err
    assert str(loaded.folder / "register.db") in ended.err.replace("\n", "")
    assert dropped.exists(), "nothing was taken from any source"
    assert loaded.once().status == 0
    with dovecot.client(user) as client:
        client.delete_folder("scr-intake")
    assert second.once().status == 0, "let go by hand, it is the other's"


def test_a_mail_server_that_does_not_answer_keeps_no_board_from_starting(
    loaded: Board, dovecot: Dovecot
) -> None:
    watch_mailbox(loaded, dovecot, uuid4().hex)
    settings = loaded.folder / "scr-intake.toml"
    (port,) = free_ports(1)
    settings.write_text(settings.read_text().replace(f"{dovecot.imaps}", f"{port}"))
    loaded.drop("GP", GP)
    assert "chronology accepted" in loaded.once().out
