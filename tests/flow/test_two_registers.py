"""Two boards with copied settings: the second one answers nothing, and is told why (failure
mode 117)."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

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
