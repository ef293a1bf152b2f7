"""A path into which a person may not look is told as that, whatever command it was given to."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.exception_sentences import refusal_sentence
from tests.board import Board, scr_intake

_PLACE = ("--case", "N12", "--agency", "GP", "--kind", "imr")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--config", "{}/scr-intake.toml", "notes.txt"),
        ("answers", "read", "--config", "{}/scr-intake.toml", "--digest", "notes.txt", "notes.txt"),
        ("case", "load", "{}/n12.toml"),
        ("template", "{}/t.docx", *_PLACE, "-o", "x.docx"),
        ("template", "notes.txt", *_PLACE, "-o", "{}/x.docx"),
        ("recover", "--vault", "{}/vault"),
        ("restore", "{}/copy", "back"),
        ("backup", "{}/copy"),
        ("check", "notes.txt", "--case", "{}/n12.toml"),
        ("entry", "withdraw", "1", "--reason", "Wrong", "--note", "{}/note.txt"),
    ],
    ids=" ".join,
)
def test_a_folder_that_a_person_names_and_may_not_enter_is_named_in_a_sentence(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    shut = tmp_path / "of others"
    shut.mkdir()
    (tmp_path / "notes.txt").write_text("Nothing of ours.")
    monkeypatch.chdir(tmp_path)
    close_folder(shut, monkeypatch)
    given = [word.format(shut) for word in words]
    ended = scr_intake(*given) if "--config" in given else loaded.run(*given)
    told = " ".join(ended.err.split())
    assert ended.status
    assert str(shut) in told
    assert "ermission" in told
    assert "was not written for" not in told
    assert "does not exist" not in told


def close_folder(shut: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is for a user who may not enter it: who runs the tests may be root."""
    access = os.access

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **more: Any) -> Any:
            if not isinstance(path, int) and str(os.fsdecode(path)).startswith(f"{shut}/"):
                raise PermissionError(errno.EACCES, "Permission denied", os.fsdecode(path))
            return real(path, *rest, **more)

        return call

    for name in ("stat", "lstat", "mkdir", "open", "scandir", "listdir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    monkeypatch.setattr(io, "open", refusing(io.open))
    monkeypatch.setattr(
        os, "access", lambda path, mode, **more: Path(path) != shut and access(path, mode, **more)
    )


def test_a_permission_that_is_refused_names_no_file_that_no_person_gave(tmp_path: Path) -> None:
    refused = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "Child N.docx"))
    told, status = refusal_sentence(refused) or ("", 0)
    assert (str(tmp_path) in told, "Child N" in told, status) == (True, False, 2)
