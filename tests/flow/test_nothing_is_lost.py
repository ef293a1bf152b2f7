"""Nothing is lost (promise 1): every step from the source to the spool goes wrong in turn."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import combinations
from tests.flow.dying import NTH
from tests.flow.faults import CHANGES, Fault, Steps, answer_lost, disk_broken, disk_full
from tests.flow.little import ARRIVALS, Little

ROOT = Path(__file__).parent.parent.parent


def test_a_round_in_which_nothing_goes_wrong(tmp_path: Path) -> None:
    little = Little(tmp_path / "little")
    report = little.round()
    assert (report.taken, len(report.settled), report.troubles) == (2, 2, [])
    assert little.wrong() == []


def steps_of_a_round(folder: Path) -> list[str]:
    steps = Steps()
    little = Little(folder)
    with steps.counted():
        little.round()
    assert little.wrong() == []
    return steps.taken


def test_every_kind_of_step_is_among_those_that_go_wrong(tmp_path: Path) -> None:
    """So that the sweeps below do not pass for want of steps."""
    taken = steps_of_a_round(tmp_path / "little")
    kinds = {step.split()[0] for step in taken}
    assert {"open", "mkdir", "write", "fsync", "rename", "scandir", "fstat", "read"} <= kinds
    assert {"BEGIN", "INSERT", "UPDATE", "COMMIT", "SELECT", "PRAGMA"} <= kinds
    assert taken.count("COMMIT") == 4 * len(ARRIVALS)  # taken, tried, judged, released


def test_at_every_moment_each_is_at_its_source_or_in_the_spool(tmp_path: Path) -> None:
    little = Little(tmp_path / "little")
    lost: list[str] = []
    steps = Steps(watch=lambda step: lost.extend(f"{name} at {step}" for name in little.missing()))
    with steps.counted():
        little.round()
    assert lost == []


@pytest.mark.parametrize("fault", [disk_full, disk_broken, answer_lost], ids=lambda f: f.__name__)
def test_a_fault_at_any_step_loses_nothing_and_counts_nothing_twice(
    tmp_path: Path, fault: Fault
) -> None:
    """Failure modes 60 and 61."""
    steps = steps_of_a_round(tmp_path / "whole")
    wrong: dict[str, list[str]] = {}
    met = [
        (at, name)
        for at, name in enumerate(steps, 1)
        if fault is not answer_lost or name.split()[0] in CHANGES
    ]
    for at, name in combinations.every(NTH, met):
        little = Little(tmp_path / f"{at}")
        try:
            with Steps(at, fault).counted():
                little.round()
        except Exception:
            pass
        found = [f"lost: {lost}" for lost in little.missing()]
        little.round()
        if found := found + little.wrong():
            wrong[f"{at} {name}"] = found
    assert wrong == {}


@dataclass(frozen=True)
class Dying:
    """How many steps a round took, and what was wrong after it died at each that was tried."""

    steps: int
    wrong: dict[str, list[str]]


def wrong_after_dying(which: str, folder: Path) -> Dying:
    """In a process of its own, which may fork as it has no threads."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.flow.dying", which, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = Dying(**json.loads(done.stdout))
    tried = combinations.every(NTH, range(1, told.steps + 1))
    assert [int(at) for at in told.wrong] == tried
    return told


def test_a_kill_at_any_step_loses_nothing_and_counts_nothing_twice(tmp_path: Path) -> None:
    """Failure mode 61."""
    expected = len(steps_of_a_round(tmp_path / "once"))
    told = wrong_after_dying("little", tmp_path)
    assert told.steps == expected
    assert {at: wrong for at, wrong in told.wrong.items() if wrong} == {}


def test_a_whole_round_killed_anywhere_ends_with_one_entry_and_one_answer_each(
    tmp_path: Path,
) -> None:
    """Promises 1 to 3, for real: before every commit and every rename from intake to the letter."""
    told = wrong_after_dying("whole", tmp_path)
    assert told.steps >= 12  # two each of taken, judged, let go, queued, being sent and sent
    assert {at: wrong for at, wrong in told.wrong.items() if wrong} == {}


# What a power cut keeps is what was synced, in the order in which it was.


def synced_before_the_row(steps: list[str], mark: str) -> bool:
    """Whether the blob and the names that lead to it were made to last before a row named it, and
    its key before the blob was."""
    until_named = steps[: steps.index("COMMIT", steps.index("INSERT INTO deliveries"))]
    keys = ("/vault/keys", "/vault/case-keys")  # made to last by themselves
    written = [at for at, step in enumerate(until_named) if mark[2:] in step]
    key = [at for at, s in enumerate(until_named) if s.startswith("fsync") and "documents" in s]
    begun = next((at for at in written if until_named[at].endswith(".part")), written[0])
    paths = [step for step in until_named[begun:] if not any(own in step for own in keys)]
    about = [step for step in paths if mark[2:] in step or "/vault" in step]
    kinds = [step.split()[0] for step in about if step.startswith(("fsync", "rename"))]
    folders = [step.partition("/vault")[2] for step in about if step.startswith("fsync")]
    named = [at for at in written if until_named[at].startswith("rename")]
    return (
        (not named or bool(key and key[0] < named[0]))
        and kinds
        in (
            ["fsync", "rename", "fsync", "fsync"],  # the file; then its folder, and the vault's
            ["fsync", "fsync"],
        )
        and folders[-2:] == [f"/{mark[:2]}", ""]
    )


def test_the_bytes_last_before_the_row_and_the_row_before_the_release(tmp_path: Path) -> None:
    """Failure mode 61."""
    steps = steps_of_a_round(tmp_path / "little")
    first = Little.mark(ARRIVALS["mail/new/1.1.host"])
    assert synced_before_the_row(steps, first)
    released = [at for at, step in enumerate(steps) if step == "rename 1.1.host 1.1.host"]
    assert len(released) == 1
    assert steps[: released[0]].count("COMMIT") == 3 * len(ARRIVALS)  # taken, tried, judged


def test_what_a_kill_left_in_the_vault_is_synced_before_the_next_round_names_it(
    tmp_path: Path,
) -> None:
    """Failure mode 61: the rename had been made, and the folder not been synced."""
    mark = Little.mark(ARRIVALS["mail/new/1.1.host"])
    steps = steps_of_a_round(tmp_path / "whole")
    renamed = next(at for at, s in enumerate(steps) if s.startswith("rename") and mark[2:] in s)
    little = Little(tmp_path / "little")
    with pytest.raises(OSError, match="Input/output"), Steps(renamed + 2, disk_broken).counted():
        little.round()
    again = Steps()
    with again.counted():
        little.round()
    assert not [step for step in again.taken if step.startswith("rename") and mark[2:] in step]
    assert synced_before_the_row(again.taken, mark)
    assert little.wrong() == []
