"""Failure mode 52: nothing is opened that the virus scanner did not look through, and one that
cannot be relied on looks through nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers.sandbox.protocol import WorkerStopped
from handlers.scanning import virus_scanner
from handlers.scanning.clamd import ClamdClient
from handlers.scanning.eicar import eicar_bytes, nested_archive, padded_test_virus
from handlers.scanning.virus_scanner import (
    ContentRefused,
    ScanLost,
    ScannerTerms,
    ScannerUnavailable,
    VirusScanner,
)
from tests.servers.clamd import FOUND, Clamd, running
from tests.servers.scripted_clamd import ScriptedClamd, scripted_clamd, version_of

LARGEST = 2 << 20
WEEK = timedelta(days=7)


def now() -> datetime:
    return datetime.now(UTC)


def scanner_at(path: Path, largest: int = LARGEST, seconds: float = 20.0) -> VirusScanner:
    return VirusScanner(ClamdClient(str(path), seconds, seconds), ScannerTerms(largest, WEEK), now)


@pytest.fixture
def scripted() -> Iterator[ScriptedClamd]:
    with scripted_clamd() as server:
        yield server


def refusal(scanner: VirusScanner, data: bytes) -> tuple[str, str]:
    with pytest.raises(ContentRefused) as why:
        scanner.admit(data)
    return why.value.rule, why.value.word


def trouble(scanner: VirusScanner) -> str:
    with pytest.raises(ScannerUnavailable) as why:
        scanner.require_ready()
    return why.value.sentence


# With a real one.


def test_what_is_harmless_is_admitted_and_what_is_known_is_refused_by_its_name(
    clamd: Clamd,
) -> None:
    scanner = scanner_at(clamd.socket)
    scanner.admit(b"a letter about a child")
    scanner.admit(b"")
    assert refusal(scanner, eicar_bytes()) == ("infected", FOUND)
    assert refusal(scanner, b"To: us\r\n\r\n" + eicar_bytes()) == ("infected", FOUND)


def test_a_file_of_the_largest_size_is_looked_through_to_its_end(clamd: Clamd) -> None:
    scanner = scanner_at(clamd.socket)
    assert refusal(scanner, padded_test_virus(LARGEST)) == ("infected", FOUND)
    assert len(padded_test_virus(LARGEST)) > LARGEST - 1024


def test_one_that_is_larger_is_not_sent_and_is_held(clamd: Clamd) -> None:
    scanner = scanner_at(clamd.socket)
    assert refusal(scanner, bytes(LARGEST + 1)) == ("not-scanned", virus_scanner.TOO_LARGE)


def test_the_day_of_the_signatures_is_known(clamd: Clamd) -> None:
    standing = scanner_at(clamd.socket).require_ready()
    assert standing.signatures.date() == clamd.made.date()


@contextmanager
def limited_by(line: str) -> Iterator[Clamd]:
    """A scanner with this line in the place of the one of its configuration."""
    with running() as server:
        server.stop()
        conf = server.folder / "clamd.conf"
        others = (x for x in conf.read_text().splitlines() if x.split()[:1] != line.split()[:1])
        conf.write_text("\n".join([*others, line]) + "\n")
        server.start()
        yield server


@pytest.mark.parametrize(
    "limits",
    ["StreamMaxLength 1M", "MaxFileSize 1M", "MaxScanSize 1M", "ScanArchive no"],
)
def test_limits_of_its_own_below_ours_are_seen_by_the_test_virus(limits: str) -> None:
    """Clamd calls clean whatever it did not look at."""
    with limited_by(limits) as server:
        assert "did not find the test virus at the end of 2 MB" in trouble(
            scanner_at(server.socket)
        )


def test_it_is_known_whether_it_tells_of_what_it_left_off_at(clamd: Clamd) -> None:
    scanner = scanner_at(clamd.socket)
    assert scanner.tells_of_limits()
    assert refusal(scanner, nested_archive()) == ("not-scanned", virus_scanner.NOT_TO_THE_END)
    with limited_by("AlertExceedsMax no") as server:
        assert not scanner_at(server.socket).tells_of_limits()


def test_signatures_that_are_too_old_are_told_with_their_day() -> None:
    with running(made=now() - timedelta(days=9)) as server:
        assert "9 days old; 7 are allowed." in trouble(scanner_at(server.socket))
    with running(made=now() - timedelta(days=6)) as server:
        scanner_at(server.socket).require_ready()


def test_one_that_is_stopped_is_not_there_and_one_that_is_started_again_is() -> None:
    with running() as server:
        scanner = scanner_at(server.socket)
        scanner.admit(b"one")
        server.stop()
        with pytest.raises(ScannerUnavailable, match="not there"):
            scanner.admit(b"two")
        assert "not there" in trouble(scanner)
        server.start()
        scanner.admit(b"two")


def test_a_socket_that_may_not_be_used_says_so(tmp_path: Path) -> None:
    shut = tmp_path / "x" / "clamd.ctl"
    shut.parent.mkdir()
    shut.write_text("no socket")
    assert "not there" in trouble(scanner_at(shut))


# With one that does as it is told.


def test_the_same_bytes_are_sent_once_and_forgotten_after_a_while(scripted: ScriptedClamd) -> None:
    tick = [0.0]
    scanner = VirusScanner(
        ClamdClient(str(scripted.path), 20, 20), ScannerTerms(LARGEST, WEEK), now, lambda: tick[0]
    )
    for _ in range(3):
        scanner.admit(b"one")
        assert refusal(scanner, eicar_bytes())[0] == "infected"
    assert scripted.scanned.count(b"one") == 1
    tick[0] += virus_scanner.REMEMBERED_SECONDS
    scanner.admit(b"one")
    assert scripted.scanned.count(b"one") == 2


def test_it_is_tested_anew_with_each_version(scripted: ScriptedClamd) -> None:
    scanner = scanner_at(scripted.path)
    scanner.require_ready()
    scanner.require_ready()
    tests = len(scripted.scanned)
    yesterday = now() - timedelta(days=1)
    scripted.version = lambda: version_of(yesterday)
    scanner.require_ready()
    assert (tests, len(scripted.scanned)) == (2, 4)


def test_other_signatures_look_anew_at_what_was_looked_through(scripted: ScriptedClamd) -> None:
    scanner = scanner_at(scripted.path)
    scanner.admit(b"one")
    yesterday = now() - timedelta(days=1)
    scripted.version = lambda: version_of(yesterday)
    scanner.require_ready()
    scanner.admit(b"one")
    assert scripted.scanned.count(b"one") == 2


@pytest.mark.parametrize(
    "said",
    [
        b"ClamAV 1.4.6\0",  # of no day
        b"ClamAV 1.4.6/27500/Thu Foo  3 12:03:47 2026\0",
        b"SomethingElse 2\0",
        b"\0",
        b"",
        b"x" * 5000,
    ],
)
def test_a_version_that_says_no_day_is_not_believed(said: bytes, scripted: ScriptedClamd) -> None:
    scripted.version = lambda: said
    assert trouble(scanner_at(scripted.path))
    with pytest.raises(ScannerUnavailable):
        scanner_at(scripted.path).admit(b"one")


def test_one_that_calls_everything_clean_or_nothing_is_seen_through(
    scripted: ScriptedClamd,
) -> None:
    for said in (b"stream: OK\0", b"stream: Made.Up FOUND\0"):
        scripted.scan = lambda data, said=said: said
        assert trouble(scanner_at(scripted.path))


@pytest.mark.parametrize(
    "said", [b"stream: ERROR\0", b"OK\0", b"stream: OK and more\0", b"", b"stream: OK"]
)
def test_nothing_but_its_one_word_for_clean_is_clean(said: bytes, scripted: ScriptedClamd) -> None:
    """The document alone waits where the scanner is well with everything else."""
    scanner = scanner_at(scripted.path)
    scanner.require_ready()
    well = scripted.scan
    scripted.scan = lambda data: said if data == b"one" else well(data)
    with pytest.raises(ScanLost):
        scanner.admit(b"one")
    scanner.admit(b"two")


@pytest.mark.parametrize(
    "name", ["Heuristics.Limits.Exceeded.MaxFiles", "Heuristics.Encrypted.Zip"]
)
def test_what_it_did_not_look_through_to_the_end_is_held_and_called_no_virus(
    name: str, scripted: ScriptedClamd
) -> None:
    scanner = scanner_at(scripted.path)
    scanner.require_ready()
    scripted.scan = lambda data: f"stream: {name} FOUND\0".encode()
    assert refusal(scanner, b"one") == ("not-scanned", virus_scanner.NOT_TO_THE_END)


def test_its_name_for_what_it_found_is_plain_signs_and_short(scripted: ScriptedClamd) -> None:
    scanner = scanner_at(scripted.path)
    scanner.require_ready()
    scripted.scan = lambda data: b"stream: Bad\n<b>{{x}} \xc3\xa9" + b"y" * 250 + b" FOUND\0"
    rule, word = refusal(scanner, b"one")
    assert rule == "infected"
    assert len(word) <= 80
    assert not set(word) & set("\n<>{} ")


def test_a_limit_that_it_meets_in_the_middle_is_its_own_fault(scripted: ScriptedClamd) -> None:
    """It answers before everything is sent, and closes."""
    scanner = scanner_at(scripted.path)
    scanner.require_ready()
    scripted.reads = 1 << 18
    scripted.scan = lambda data: b"INSTREAM size limit exceeded. ERROR\0"
    with pytest.raises(ScannerUnavailable, match="StreamMaxLength"):
        scanner.admit(bytes(LARGEST))


def test_one_document_that_it_does_not_end_with_is_that_documents_fault(
    scripted: ScriptedClamd,
) -> None:
    scanner = scanner_at(scripted.path, seconds=0.6)
    scanner.require_ready()
    well = scripted.scan
    scripted.scan = lambda data: (time.sleep(0.9), b"")[1] if data == b"bomb" else well(data)
    with pytest.raises(ScanLost):
        scanner.admit(b"bomb")
    scanner.admit(b"two")


def test_one_that_answers_nothing_at_all_is_slow(scripted: ScriptedClamd) -> None:
    hours = threading.Event()
    scripted.version = lambda: (hours.wait(5), b"")[1]
    assert "in time" in trouble(scanner_at(scripted.path, seconds=0.4))
    hours.set()


def test_whoever_is_told_to_stop_waits_for_no_scan(scripted: ScriptedClamd) -> None:
    scanner = scanner_at(scripted.path)
    scanner.require_ready()
    hours = threading.Event()
    scripted.scan = lambda data: (hours.wait(10), b"stream: OK\0")[1]
    threading.Timer(0.3, scanner.interrupt).start()
    began = time.monotonic()
    with pytest.raises(WorkerStopped):
        scanner.admit(b"one")
    assert time.monotonic() - began < 5
    hours.set()


def test_no_file_of_ours_is_the_test_virus_itself() -> None:
    """A scanner on the machine would else take our own program away."""
    root = Path(__file__).parents[3]
    for path in (root / "handlers" / "scanning").rglob("*.py*"):
        assert eicar_bytes() not in path.read_bytes()
