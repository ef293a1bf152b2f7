"""The clamd that tests start: that it is one, and that it leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.servers import clamd as module
from tests.servers.clamd import running


def test_it_is_no_privileged_users_and_has_gone_when_it_is_stopped() -> None:
    with running() as server:
        owner = server.socket.stat().st_uid
        assert owner != 0
        assert "Loaded 1 signatures" in server.log
    listed = subprocess.run(["ps", "ax", "-o", "args"], capture_output=True, text=True, check=True)
    assert str(server.folder) not in listed.stdout
    assert not server.folder.exists()


def test_without_one_a_laptop_skips_and_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PROGRAM", Path("/nonexistent/clamd"))
    monkeypatch.setitem(os.environ, "CI", "true")
    with pytest.raises(pytest.fail.Exception, match="not installed"), running():
        pass
    monkeypatch.delitem(os.environ, "CI")
    with pytest.raises(pytest.skip.Exception, match="not installed"), running():
        pass
