"""Measurements of a real board, as a monitor collects them: from a file, and from a port."""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests import builders as build
from tests.board import Board
from tests.commands.test_run import Listener, service
from tests.flow.test_nothing_leaks import ANYWHERE, canary_case, canary_chronology

MONITORING = Path(__file__).parents[2] / "docs" / "monitoring"


def with_metrics(board: Board, lines: str) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + f"\n[metrics]\n{lines}\n")


def samples(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name.removeprefix("scr_intake_"), tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    listening = Listener(tmp_path / "notify")
    with listening.socket:
        yield listening


@pytest.fixture
def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_a_round_writes_what_it_did_into_a_file_that_everybody_may_read(loaded: Board) -> None:
    with_metrics(loaded, 'textfile = "metrics.prom"')
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once()
    path = loaded.folder / "metrics.prom"
    found = samples(path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert found["deliveries", ("judged",)] == 1
    assert found["letters", ("acknowledgement", "sent")] == 1
    assert found["source_up", ("drop",)] == 1
    assert found["delivery_recent_seconds", ("1.0",)] >= 0
    assert found["degraded", ()] == loaded.run("status", "--health").status
    assert not list(loaded.folder.glob(".metrics.prom*")), "it is replaced in one step"


def test_without_the_setting_nothing_is_written(loaded: Board) -> None:
    loaded.once()
    assert not list(loaded.folder.rglob("*.prom"))


def test_a_folder_that_cannot_be_written_stops_no_round_and_doctor_names_it(loaded: Board) -> None:
    with_metrics(loaded, 'textfile = "gone/metrics.prom"')
    assert loaded.once().status == 0
    told = " ".join(loaded.run("doctor").out.split())
    assert f"The file of measurements, {loaded.folder / 'gone' / 'metrics.prom'}, cannot" in told
    (loaded.folder / "gone").mkdir()
    told = " ".join(loaded.run("doctor").out.split())
    assert f"{loaded.folder / 'gone' / 'metrics.prom'}, can be written" in told


def test_no_name_is_in_the_measurements(board: Board) -> None:
    """Failure mode 89."""
    board.load(canary_case())
    with_metrics(board, 'textfile = "metrics.prom"')
    board.drop("GP", canary_chronology(), "Plumduff.docx")
    board.mail(b"From: x@y.example\r\nSubject: Plumduff\r\n\r\nparsnips")
    board.once()
    text = (board.folder / "metrics.prom").read_text()
    assert not [word for word in ANYWHERE if word.casefold() in text.casefold()]
    assert "@" not in text


def test_the_service_answers_on_a_port_of_this_machine(
    loaded: Board, listener: Listener, free_port: int
) -> None:
    with_metrics(loaded, f"port = {free_port}")
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    with service(loaded, listener) as process:
        assert listener.heard() == "READY=1"
        found = samples("")
        while ("deliveries", ("judged",)) not in found:  # a round says that it is alive, and ends
            assert listener.heard() == "WATCHDOG=1"
            with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/metrics") as answer:
                found = samples(answer.read().decode())
        with pytest.raises(OSError):  # another address of this machine
            socket.create_connection(("127.0.0.2", free_port), timeout=1)
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert found["deliveries", ("judged",)] == 1


def test_every_rule_asks_for_a_measurement_that_there_is(loaded: Board) -> None:
    """A rule for a name that nobody exports would never wake anybody."""
    with_metrics(loaded, 'textfile = "metrics.prom"')
    loaded.once()
    exported = set[str]()
    for family in text_string_to_metric_families((loaded.folder / "metrics.prom").read_text()):
        exported |= {family.name, *(sample.name for sample in family.samples)}
    rules = (MONITORING / "scr-intake.rules.yml").read_text()
    asked = {word for line in rules.split("\n") for word in _names(line) if "expr:" in line}
    assert len(asked) >= 8
    assert asked <= exported, asked - exported


def _names(line: str) -> Iterator[str]:
    yield from re.findall(r"scr_intake_\w+", line)


def test_prometheus_itself_takes_the_rules() -> None:
    if not shutil.which("promtool"):
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent("promtool is not installed (tools/install-test-parts): the rules go untested")
    asked = ["promtool", "check", "rules", str(MONITORING / "scr-intake.rules.yml")]
    ended = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
