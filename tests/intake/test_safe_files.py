"""A file that a power cut leaves whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from intake.safe_files import write_durably


def test_what_is_written_is_there_whole_and_ours_alone_to_read(tmp_path: Path) -> None:
    write_durably(tmp_path / "it", b"all of it")
    assert (tmp_path / "it").read_bytes() == b"all of it"
    assert (tmp_path / "it").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["it"]


def test_the_order_is_write_fsync_rename_fsync_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 61."""
    steps: list[str] = []
    fsync, rename = os.fsync, os.rename

    def told_fsync(descriptor: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        steps.append(f"fsync {path.name} of {path.stat().st_size if path.is_file() else 'names'}")
        fsync(descriptor)

    def told_rename(*paths: str | Path) -> None:
        steps.append("rename")
        rename(*paths)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(os, "rename", told_rename)
    write_durably(tmp_path / "it", b"seven b")
    assert steps == ["fsync .it.part of 7", "rename", f"fsync {tmp_path.name} of names"]


@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_when_a_step_goes_wrong_what_was_there_stays_and_nothing_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    path = tmp_path / "it"
    path.write_bytes(b"before")

    def goes_wrong(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, step, goes_wrong)
    with pytest.raises(OSError, match=os.strerror(code)):
        write_durably(path, b"after")
    monkeypatch.undo()
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["it"]


def test_what_a_crash_left_half_written_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".it.part").write_bytes(b"half of something far longer than the whole")
    write_durably(tmp_path / "it", b"whole")
    assert (tmp_path / "it").read_bytes() == b"whole"
    assert os.listdir(tmp_path) == ["it"]
