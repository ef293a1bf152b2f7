"""Two boards with copied settings: the second one answers nothing, and is told why (failure
mode 117)."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

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
