"""A hostile program in LibreOffice's place: what it cannot do, and that nothing of it is left."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest

from handlers.readers.libreoffice import launch
from handlers.readers.libreoffice.converter import Converter
from handlers.readers.libreoffice.folder import (
    ConversionFailed,
    ConversionFolder,
    ConversionTimedOut,
    ConverterNotConfined,
)
from handlers.readers.libreoffice.sandbox import CONVERSION_LIMITS, FILES_STEP, NEEDED_STEPS
from handlers.sandbox.self_test import ProtectionLayer
from tests.handlers.readers.libreoffice.witness import document, running, wait_until

LEFT_BEHIND = 3  # the processes that hostile.py's `stay` manages to start


@pytest.fixture
def mark():
    """A number of seconds to sleep that no other process sleeps."""
    return str(uuid.uuid4().int % 10**9 + 10**6)


def test_it_gets_none_of_the_services_environment(attempt, monkeypatch):
    """Failure mode 83."""
    monkeypatch.setenv("SCR_INTAKE_SECRET", "canary")
    said = attempt("environment")["environment"]
    assert "canary" not in said
    assert "OSL_SOCKET_PATH" in said


def test_it_reads_and_writes_nothing_but_its_room(attempt, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    assert attempt(f"read {secret}", f"write {tmp_path / 'new.txt'}") == {
        "read": "EACCES",
        "write": "EACCES",
    }
    anywhere = f"/tmp/{uuid.uuid4().hex}"
    assert attempt("read /etc/passwd", f"write {anywhere}") == {"read": "EACCES", "write": "EACCES"}
    assert attempt("write new.txt", "read document.rtf")["write"] == "written"


def test_it_cannot_reach_another_program(attempt, tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = attempt(f"connect {port}", f"connect_six {port}", f"datagram {port}", "rings")
    assert set(said.values()) == {"EPERM"}
    monkeypatch.chdir(tmp_path)  # a socket's path may only be short
    with socket.socket(socket.AF_UNIX) as local:
        local.bind("s")
        local.listen()
        said = attempt(f"local_connect {tmp_path / 's'}", f"local_datagram {tmp_path / 's'}")
    assert set(said.values()) == {"EPERM"}


def test_it_cannot_leave_its_group_or_signal_the_service(attempt):
    assert attempt("leave", "own_group", f"signal {os.getpid()}") == {
        "leave": "EPERM",
        "own_group": "EPERM",
        "signal": "EPERM",
    }


def test_it_cannot_take_all_the_memory(attempt):
    assert attempt("hoard") == {"hoard": "MemoryError"}


def test_a_run_that_takes_too_long_is_ended_with_all_it_started(hostile_program, rooms, mark):
    """And where memory is short before that, the kernel ends it before the service (104)."""
    converter, ends = Converter(hostile_program, rooms, seconds=5), []

    def run():
        with pytest.raises(ConversionTimedOut):
            converter.convert_to_docx(document(f"stay {mark}"), "rtf")
        ends.append(running(mark))

    thread = threading.Thread(target=run)
    thread.start()
    wait_until(lambda: len(running(mark)) == LEFT_BEHIND)
    scores = {Path(f"/proc/{pid}/oom_score_adj").read_text() for pid in running(mark)}
    thread.join()
    assert (ends, scores) == ([[]], {"1000\n"})
    assert list(rooms.iterdir()) == []


def test_libreoffice_itself_ended_in_the_middle_leaves_nothing(office, rooms):
    with pytest.raises(ConversionTimedOut):
        Converter(under=rooms, seconds=0.4).convert_to_docx(rb"{\rtf1 hello}", "rtf")
    assert not [p for p in Path("/proc").glob("[0-9]*/cmdline") if _names(p, rooms)]
    assert list(rooms.iterdir()) == []


def _names(path: Path, folder: Path) -> bool:
    try:
        return str(folder).encode() in path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_service_that_is_killed_leaves_no_process_and_no_room(hostile_program, rooms, mark):
    code = (
        "import sys; from pathlib import Path;"
        "from handlers.readers.libreoffice.converter import Converter; "
        "made = Converter(Path(sys.argv[1]), Path(sys.argv[2])); "
        "made.convert_to_docx(sys.argv[3].encode(), 'rtf')"
    )
    told = [str(hostile_program), str(rooms), document(f"stay {mark}").decode()]
    service = subprocess.Popen([sys.executable, "-c", code, *told])
    wait_until(lambda: len(running(mark)) == LEFT_BEHIND)
    assert list(rooms.iterdir())
    service.kill()
    service.wait()
    wait_until(lambda: not running(mark))
    wait_until(lambda: not list(rooms.iterdir()))


def test_a_result_that_is_a_link_or_too_big_is_none(hostile_program, rooms, tmp_path):
    """Failure mode 22."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    for deed in (f"linked {secret}", "linked document.rtf"):
        with pytest.raises(ConversionFailed):
            Converter(hostile_program, rooms).convert_to_docx(document(deed), "rtf")


def test_a_result_is_never_bigger_than_is_allowed(hostile_program, rooms):
    made = Converter(hostile_program, rooms).convert_to_docx(document("swell"), "rtf")
    assert len(made) == launch.CONVERSION_LIMITS.reply_bytes


@pytest.mark.parametrize("lacking", sorted(NEEDED_STEPS))
def test_it_is_not_run_where_it_cannot_be_confined(monkeypatch, tmp_path, lacking):
    granted = (
        *(ProtectionLayer(name, True) for name in NEEDED_STEPS - {lacking}),
        ProtectionLayer(lacking, False),
    )
    monkeypatch.setattr(launch, "confine_process", lambda *_: granted)
    with pytest.raises(ConverterNotConfined):
        program = Path("/usr/lib/libreoffice/program/soffice.bin")
        launch._confine(ConversionFolder(tmp_path), program, CONVERSION_LIMITS)
    assert FILES_STEP in NEEDED_STEPS
