"""The systemd unit: as tight as it was, known to systemd, no tighter than the work allows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.composition.background_dispatcher import STOP_WAIT_SECONDS
from commands.composition.round_limits import DELIVERY_SECONDS, STEP_SECONDS
from handlers.readers.libreoffice import converter
from handlers.readers.libreoffice.converter import STOP_SECONDS, Converter
from handlers.readers.libreoffice.sandbox import CONVERSION_LIMITS
from handlers.sandbox import process
from handlers.sandbox.protocol import WorkerLimits
from handlers.scanning.eicar import eicar_bytes
from intake.source import MAX_CONTENT_BYTES
from tests import builders as build
from tests.board import Board
from tests.flow.post import watch_mailbox
from tests.servers.clamd import Clamd
from tests.servers.dovecot import Dovecot
from tests.service_ground import allowed, settings

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "scr-intake.service"
SCANNER_DROP_IN = ROOT / "scr-intake-clamd.conf"
GROUND = ROOT / "tests" / "service_ground.py"
OF_THE_SERVICE = 512 << 20  # measured: 141 MB with a mailbox of 20,000 messages, and the worker 103
MOST_EXPOSED = 1.5  # systemd-analyze's measure, from 0 (safe) to 10
NO_OFFICE = "LibreOffice is not installed (tools/install-test-parts): its conversions go untested"
MISSING = "systemd-analyze is not installed (tools/install-test-parts), so the unit goes untested"


@pytest.fixture(scope="module")
def analyse() -> str:
    """The program. Fails where CI is set and there is none, else skips."""
    program = shutil.which("systemd-analyze")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return program


def standing(*words: object) -> subprocess.CompletedProcess[str]:
    """A command of ours, on the ground that the unit lays."""
    return subprocess.run(
        [sys.executable, str(GROUND), str(UNIT), sys.executable, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_exposed_no_more_than_it_was(analyse: str) -> None:
    """Failure mode 84."""
    told = subprocess.run(
        [analyse, "security", "--offline=true", "--no-pager", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", told.stdout)
    assert found, told.stdout + told.stderr
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.parametrize(
    "unit", ["scr-intake.service", "scr-intake-backup.service", "scr-intake-backup.timer"]
)
def test_systemd_understands_every_line_of_it(analyse: str, unit: str) -> None:
    """Failure mode 84. The program is not installed where it says, and nothing else is amiss."""
    told = subprocess.run(
        [analyse, "verify", "--man=no", str(ROOT / unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in told.stderr.splitlines() if "scr-intake" in line]
    assert len(complaints) <= 1
    assert all("is not executable: No such file or directory" in line for line in complaints)


def with_scanner(folder: Path) -> Path:
    """The unit, with the drop-in beside it as an operator installs it."""
    unit = Path(shutil.copy(UNIT, folder))
    drop_ins = folder / f"{unit.name}.d"
    drop_ins.mkdir()
    shutil.copy(SCANNER_DROP_IN, drop_ins / "clamd.conf")
    return unit


def test_the_drop_in_for_the_virus_scanner_is_understood_and_opens_no_more(
    analyse: str, tmp_path: Path
) -> None:
    """Failure mode 84."""
    unit = with_scanner(tmp_path)
    told = subprocess.run(
        [analyse, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert [x for x in told.stderr.splitlines() if "clamd.conf" in x or "Unknown" in x] == []
    told = subprocess.run(
        [analyse, "security", "--offline=true", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", told.stdout)
    assert found, told.stdout + told.stderr
    assert float(found[1]) <= MOST_EXPOSED


def test_what_the_drop_in_names_is_what_the_settings_and_the_pages_name() -> None:
    drop_in, page = settings(SCANNER_DROP_IN), (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert drop_in["SupplementaryGroups"] == ["clamav"]
    (bound,) = drop_in["BindReadOnlyPaths"]
    shipped = (ROOT / "config" / "scr-intake.toml").read_text("utf-8")
    assert f'"{bound.lstrip("-")}/clamd.ctl"' in shipped
    assert f"/opt/scr-intake/{SCANNER_DROP_IN.name} " in page


def seconds(span: str) -> float:
    number, unit = re.fullmatch(r"(\d+)(min|s|)", span).groups()  # type: ignore[union-attr]
    return int(number) * {"min": 60, "s": 1, "": 1}[unit]


def test_all_that_may_be_taken_at_once_fits_into_what_the_unit_is_given() -> None:
    """Failure mode 104: one document's limit is met before the limit of the whole. The table of
    docs/reliability.md has the same figures."""
    parts = {
        "the service, its worker and LibreOffice's keeper": OF_THE_SERVICE,
        "the child that reads a document": WorkerLimits().memory_bytes,
        "LibreOffice": CONVERSION_LIMITS.memory_bytes,
        "what LibreOffice works on, in memory": converter.MEMORY_FACTOR * MAX_CONTENT_BYTES
        + converter.EXTRA_MEMORY,
    }
    (given,) = settings(UNIT)["MemoryMax"]
    assert given.endswith("G")
    assert sum(parts.values()) <= int(given[:-1]) << 30
    table = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows = {f"| {part} | {size >> 20} MB |" for part, size in parts.items()}
    rows.add(f"| in all | {sum(parts.values()) >> 20} MB of {int(given[:-1]) << 10} MB |")
    assert {row for row in rows if row not in table} == set()


def test_what_ends_one_document_ends_neither_the_service_nor_the_wish_to_start_it_again() -> None:
    """Failure modes 104 and 115: systemd's own defaults are to stop a service of which the kernel
    ended any process, and to give up for good after some starts."""
    unit = settings(UNIT)
    assert unit["OOMPolicy"] == ["continue"]
    assert unit["StartLimitIntervalSec"] == ["0"]
    assert unit["Restart"] == ["on-failure"]
    assert not {"StartLimitBurst", "RestartPreventExitStatus", "StartLimitAction"} & unit.keys()
    (watchdog,), (stop,), (start,) = (
        unit[key] for key in ("WatchdogSec", "TimeoutStopSec", "TimeoutStartSec")
    )
    at_most = STEP_SECONDS + DELIVERY_SECONDS  # between two pings
    assert seconds(watchdog) >= 3 * at_most
    assert seconds(start) >= seconds(watchdog)
    assert seconds(stop) >= 3 * (STOP_SECONDS + STOP_WAIT_SECONDS + process.STOP_SECONDS)


@pytest.mark.usefixtures("analyse")
def test_the_filter_leaves_what_the_confined_worker_confines_itself_with() -> None:
    """Failure mode 55: a worker that may not limit itself would open documents without limits."""
    calls = allowed(settings(UNIT)["SystemCallFilter"])
    needed = {"prctl", "seccomp", "setrlimit", "prlimit64", "setpgid", "fork", "clone", "kill"}
    needed |= {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"}
    needed |= {
        "execve",
        "wait4",
        "socketpair",
        "flock",
        "fsync",
        "fdatasync",
        "rename",
        "pidfd_open",
    }
    assert needed - calls == set()
    assert {"mount", "reboot", "ptrace", "init_module", "bpf", "setuid"} & calls == set()


@pytest.mark.usefixtures("analyse")
def test_the_ground_is_really_laid() -> None:
    code = """
import ctypes, json, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def tried(work):
    try: work()
    except OSError as why: return why.errno
    return 0
print(json.dumps([
    libc.mount(b"x", b"/", b"tmpfs", 0, 0), libc.unshare(0x10000000),
    tried(lambda: socket.socket(16, socket.SOCK_RAW)), tried(socket.socket), os.umask(0),
]))"""
    ended = standing("-c", code)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == [-1, -1, 1, 0, 0o077]


@pytest.mark.usefixtures("analyse")
def test_the_worker_is_confined_as_tightly_below_the_unit() -> None:
    """Own namespaces are the unit's to refuse; what a document could reach is shut all the same."""
    code = """
import json
from handlers.sandbox.client import Worker
with Worker() as worker:
    print(json.dumps({layer.name: layer.in_force for layer in worker.confinement().layers}))"""
    ended = standing("-c", code)
    assert ended.returncode == 0, ended.stderr
    layers = json.loads(ended.stdout)
    assert {name for name, held in layers.items() if not held} <= {
        "Own network",
        "No privileges of root",
    }


@pytest.mark.usefixtures("analyse")
def test_the_virus_scanner_can_be_asked_below_the_unit(loaded: Board, clamd: Clamd) -> None:
    config = loaded.folder / "scr-intake.toml"
    config.write_text(config.read_text() + clamd.settings)
    loaded.drop("GP", eicar_bytes())
    ended = standing("-m", "intake", "once", "--config", config, "--at", "2010-04-01T10:00")
    assert "since it may be a virus" in ended.stdout, ended.stdout + ended.stderr


@pytest.mark.usefixtures("analyse")
def test_a_whole_round_can_be_done_below_the_unit(loaded: Board) -> None:
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    mail = build.mail(
        "author@shirepolice.example",
        "scr-returns@board.example",
        "N12",
        "Attached.",
        [("x.docx", build.make_chronology(build.STORIES["POL"]))],
    )
    loaded.mail(mail)
    config = loaded.folder / "scr-intake.toml"
    ended = standing("-m", "intake", "once", "--config", config, "--at", "2010-04-01T10:00")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("chronology accepted") == 2
    assert len(loaded.answers()) == 1


@pytest.mark.usefixtures("analyse")
def test_a_mailbox_on_a_server_can_be_watched_below_the_unit(
    loaded: Board, dovecot: Dovecot
) -> None:
    watch_mailbox(loaded, dovecot, "below-the-unit")
    dovecot.deliver("below-the-unit", build.mail("a@agency.example", "x@board.example", "N12", ""))
    config = loaded.folder / "scr-intake.toml"
    ended = standing("-m", "intake", "once", "--config", config, "--at", "2010-04-01T10:00")
    assert "Taken in: 1." in ended.stdout, ended.stdout + ended.stderr


@pytest.mark.usefixtures("analyse")
def test_an_older_document_can_be_converted_below_the_unit(tmp_path: Path) -> None:
    if not Converter().is_installed():
        if os.environ.get("CI"):
            pytest.fail(NO_OFFICE)
        pytest.skip(NO_OFFICE)
    document = tmp_path / "older.rtf"
    document.write_text(r"{\rtf1\ansi A chronology.\par}")
    code = f"""
from pathlib import Path
from handlers.readers.libreoffice.converter import Converter
print(Converter().convert_to_docx(Path({str(document)!r}).read_bytes(), "rtf")[:2])"""
    ended = standing("-c", code)
    assert ended.stdout.strip() == "b'PK'", ended.stderr


def test_it_starts_the_program_where_the_readme_installs_it() -> None:
    unit, readme = settings(UNIT), (ROOT / "README.md").read_text(encoding="utf-8")
    (start,) = unit["ExecStart"]
    program, _, config, command = start.split()
    assert (program, command) == ("/opt/scr-intake/.venv/bin/scr-intake", "run")
    assert f"{program} init {Path(config).parent}" in readme
    assert f"useradd --system --home-dir {Path(config).parent}" in readme
    assert unit["User"] == ["scr-intake"]
    assert unit["ReadWritePaths"] == [str(Path(config).parent)]
