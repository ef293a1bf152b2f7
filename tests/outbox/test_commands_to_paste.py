"""Remedies: they can be pasted into a shell as they stand, and are commands there are."""

from __future__ import annotations

import shlex

from outbox.writing import commands_to_paste
from tests.board import Board


def test_what_came_from_outside_is_one_word_to_a_shell() -> None:
    typed = commands_to_paste.register_command(
        "N12", "GP", "panel representative", "a;reboot;b@surgery.example"
    )
    words = shlex.split(typed)
    assert words[5] == "a;reboot;b@surgery.example"
    assert words[-3:] == ["panel representative", "--reason", "..."]


def test_each_is_a_command_there_is(loaded: Board) -> None:
    for typed in (
        commands_to_paste.register_command("N12", "GP", "author", "new@meadowlane.example"),
        commands_to_paste.contact_back_command("N12", "GP", "author@meadowlane.example"),
        commands_to_paste.reopen_case_command("N12"),
        commands_to_paste.show_command(1),
    ):
        ended = loaded.run(*shlex.split(typed.replace('"..."', '"Rang today."'))[1:])
        assert "Usage" not in ended.err
        assert "No such" not in ended.err
