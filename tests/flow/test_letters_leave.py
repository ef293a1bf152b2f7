"""Letters on their way out, by the whole service: killed in the middle, greylisted for a day."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.board import Board
from tests.flow.post import ROOT, until
from tests.servers.certificates import Certificates
from tests.servers.scripted_smtp import Wire, hangs, scripted

REMINDED = "2010-04-13T10:00"  # the surgery's author is reminded
GREYLISTED = b"450 4.2.0 greylisted, come back later\r\n"
SENDING = """transport = "smtp"
host = "localhost"
port = {port}
ca_file = "{ca}"
username = "scr-intake"
password_file = "keys/smtp-password"
"""


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with scripted(Certificates.made_in(tmp_path / "certificates")) as wire:
        yield wire


@pytest.fixture
def sending(loaded: Board, wire: Wire, tmp_path: Path) -> Board:
    """Its letters leave by that server."""
    password = loaded.folder / "keys" / "smtp-password"
    password.touch(mode=0o600)
    password.write_text("pässword")
    ways = SENDING.format(port=wire.port, ca=tmp_path / "certificates" / "ca.pem")
    file = loaded.folder / "scr-intake.toml"
    text = file.read_text().replace('transport = "files"\n', ways, 1)
    file.write_text(text.replace('path      = "sent"\n', "", 1))
    return loaded


def states(board: Board) -> list[str]:
    return [letter["state"] for letter in board.run("letters", "--json").json]


def test_a_service_killed_before_the_answer_sends_the_same_letter_again(
    sending: Board, wire: Wire
) -> None:
    """Failure mode 73: what was being sent is known after a kill, and recognised by its reader."""
    wire.says["TAKEN"] = [hangs]
    settings = str(sending.folder / "scr-intake.toml")
    words = [sys.executable, "-m", "intake", "once", "--config", settings, "--at", REMINDED]
    with subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(ROOT)}) as service:
        until(lambda: bool(wire.taken))
        service.send_signal(signal.SIGKILL)
    assert states(sending).count("sending") == 1
    sending.once(at="2010-04-13T10:01")
    assert set(states(sending)) == {"sent"}
    assert wire.taken.count(wire.taken[0]) == 2, "behind those that were not tried yet"
    assert len(set(wire.taken)) == len(states(sending))


def test_a_letter_that_is_greylisted_for_a_day_goes_the_next(sending: Board, wire: Wire) -> None:
    """Failure mode 75. It waits longer each time, and goes as it was written."""
    wire.says["RCPT"] = [GREYLISTED] * 1000
    now = begun = datetime.fromisoformat(REMINDED)
    while now < begun + timedelta(hours=23):
        sending.once(at=now.isoformat())
        now += timedelta(minutes=30)
    tried = sum(line.upper().startswith(b"RCPT") for line in wire.heard)
    letters = sending.run("letters", "--json").json
    waiting = [each for each in letters if each["state"] == "queued"]
    overtaken = [each["kind"] for each in letters if each["state"] != "queued"]
    assert set(overtaken) <= {"digest"}, "a digest says all that the one before it says"
    assert 10 * len(waiting) > tried > 3 * len(waiting)
    assert sending.run("letters").status == 0, "it is nobody's to see to yet"
    wire.says["RCPT"] = []
    for hours in (24, 28):
        sending.once(at=(begun + timedelta(hours=hours)).isoformat())
    after = {each["id"]: each["state"] for each in sending.run("letters", "--json").json}
    sent = [each for each in waiting if each["kind"] != "alert"]
    assert {after[each["id"]] for each in sent} == {"sent"}, "an alert that is over need not go"
    assert len(wire.taken) == len(set(wire.taken)) >= len(sent)
