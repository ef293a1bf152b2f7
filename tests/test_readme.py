"""The README's blocks are pasted into a shell, and what they print is compared."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.board import CASE, Board

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
MARK = "=== block"


@dataclass(frozen=True)
class Step:
    """A block of commands, and what the README says they print ("..." for lines left out)."""

    commands: str
    shown: str


def steps() -> list[Step]:
    blocks = [(language, text) for language, text in FENCE.findall(README)]
    found = []
    for n, (language, text) in enumerate(blocks):
        if language == "sh":
            after = blocks[n + 1] if n + 1 < len(blocks) else ("", "")
            found.append(Step(text, after[1] if after[0] == "text" else ""))
    return found


STEPS = steps()


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each block printed, pasted one after the other into one shell, in a copy of what the
    README needs of this folder."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / ".venv").symlink_to(Path(sys.prefix))
    script = "".join(f"echo '{MARK} {n}'\n{step.commands}" for n, step in enumerate(STEPS))
    done = subprocess.run(
        ["bash", "-e", "-u", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return [part.split("\n", 1)[1] for part in done.stdout.split(MARK)[1:]]


def matches(printed: str, shown: str) -> bool:
    """Whether it was printed as shown; a line "..." stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.M)]
    return re.fullmatch(r"(?:.*\n)*".join(parts), printed) is not None


def test_the_tour_has_steps_and_shows_what_most_of_them_print() -> None:
    assert len(STEPS) >= 5
    assert sum(bool(step.shown) for step in STEPS) >= 4


@pytest.mark.parametrize("n", range(len(STEPS)), ids=[s.commands.splitlines()[0] for s in STEPS])
def test_every_block_can_be_pasted_and_prints_what_is_shown(pasted: list[str], n: int) -> None:
    if STEPS[n].shown:
        assert matches(pasted[n], STEPS[n].shown), pasted[n]


def test_the_comparison_itself_can_fail() -> None:
    assert matches("a\nb\nc\n", "a\n...\nc\n")
    assert matches("a\nc\n", "a\n...\nc\n")
    assert not matches("a\nb\n", "a\n...\nc\n")
    assert not matches("a\nb\n", "a\n")


def test_the_example_case_differs_from_the_tests_case_in_nothing_that_matters(
    board: Board,
) -> None:
    assert board.load().status == 0
    example = ROOT / "docs" / "examples" / "case-n12.toml"
    ended = board.run("case", "load", example, "--json")
    assert ended.json["changes"] == ["N12: whether staff are interviewed has changed."]
    assert "staff_interviews" not in CASE
