"""Runs something as a user whom permissions stop: the tests may run as root, whom none does.

Trusts: that whatever is to be imported was, since this user may not look where Python lies.
Skips where nobody can become another user.
"""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

OTHER_UID = 65_534  # nobody, on every machine that we know

Result = TypeVar("Result")


def as_other_user(work: Callable[[], Result]) -> Result:
    """What `work` returns in a process of that user."""
    if os.geteuid():
        pytest.skip("only root can become another user")
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reads)
            os.setgroups([])
            os.setresgid(OTHER_UID, OTHER_UID, OTHER_UID)
            os.setresuid(OTHER_UID, OTHER_UID, OTHER_UID)
            with os.fdopen(writes, "wb") as told:
                pickle.dump(work(), told)
            os._exit(0)
        finally:
            os._exit(1)  # never back into the tests, whatever went wrong
    os.close(writes)
    with os.fdopen(reads, "rb") as told:
        raw = told.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, "what was to be done as another user broke"
    return pickle.loads(raw)  # type: ignore[no-any-return]


@contextmanager
def folder_of_other_user() -> Iterator[Path]:
    """A folder that this user reaches; what tests make elsewhere lies behind a closed one."""
    folder = Path(tempfile.mkdtemp(prefix="scr-intake-test-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder)


def give_to_other_user(folder: Path) -> None:
    """All that is in it, and itself."""
    for path in (folder, *folder.rglob("*")):
        os.lchown(path, OTHER_UID, OTHER_UID)
