"""What could not be judged after three tries: whoever has to know of it does, and can act on it."""

from __future__ import annotations

import pytest

from handlers.sandbox.client import Worker
from handlers.sandbox.process import ForkServerGone
from handlers.sandbox.protocol import SandboxReply
from tests import builders as build
from tests.board import Board
from tests.commands.test_alerts import told_by

GOOD = build.make_chronology(build.STORIES["GP"])


@pytest.fixture
def broken(loaded: Board, monkeypatch: pytest.MonkeyPatch) -> Board:
    """A board that cannot judge one file of the surgery's, and could the police's before it. That
    a worker really ends of it is seen to in `test_round.py`."""
    asked = Worker._asked

    def ended(worker: Worker, request: bytes, data: bytes) -> SandboxReply:
        if data == GOOD:
            raise ForkServerGone  # as where it was killed
        return asked(worker, request, data)

    told_by(loaded, more="after_minutes = 0")
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    loaded.once()
    with monkeypatch.context() as patch:
        patch.setattr(Worker, "_asked", ended)
        loaded.drop("GP", GOOD)
        for _ in range(3):
            loaded.once()
        again = loaded.run("assign", "2", "--reason", "once more", "--yes")
        assert again.status == 1 and "could not be judged this time either" in again.err
    return loaded


def test_everybody_concerned_hears_of_it_and_it_can_be_judged_once_more(broken: Board) -> None:
    """Promise 6: it is never only a number in a line that names nobody."""
    digest = " ".join(broken.run("digest", "--preview", "--all").out.split())
    assert "N12, Meadow Lane Surgery: something that could not be judged after three" in digest
    assert "put into the drop folder, here since" in digest and "scr-intake show 2" in digest
    assert "could not be judged" in broken.run("referred").out
    shown = broken.run("show", "2").out
    assert "Reached us at" in shown and "scr-intake open 2" in shown
    assert "scr-intake assign 2 --reason" in shown and "scr-intake accept" not in shown
    assert "nothing to accept" in broken.run("accept", "2", "--reason", "x", "--yes").err
    assert broken.run("open", "2").status == 0
    assert "waits for a person" in broken.run("doctor").out
    assert broken.run("status").status == 1
    assert "set apart (entry 2)" in broken.run("audit", "log", "N12").out
    alerts = broken.folder / "alerts.log"
    assert alerts.read_text().count("action needed - something could not be judged") == 1
    said = [str(m["Subject"]) for m in broken.sent("author@meadowlane.example")]
    assert [s for s in said if "a person will look at your document" in s]
    receipts = list((broken.folder / "drop" / "GP" / "returned").glob("*.receipt.txt"))
    assert ["a person will look at it" in each.read_text() for each in receipts] == [True]

    assert broken.run("assign", "2", "--reason", "once more", "--yes").status == 0
    broken.once()
    assert broken.returns("GP")["chronology"]["state"] == "accepted"
    assert broken.status()["deliveries"]["set aside"] == 0
    assert "could not be judged" not in broken.run("digest", "--preview", "--all").out
    assert alerts.read_text().count("what could not be judged is settled") == 1
