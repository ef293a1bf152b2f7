"""Every combination of layouts, words, hands and faults of which the suite tries a sample.

    .venv/bin/python -m tests.campaigns.sweeps [PYTEST'S WORDS]

Does: runs the tests that ask `tests/combinations.py` what to try, with all there are; ends as
pytest does.
Trusts: that each test file that does so names that module.
Never touches: anything of its own.
Known limits: some minutes of two cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import combinations

TESTS = Path(__file__).parents[1]


def sweeps() -> list[Path]:
    """The files that try a sample."""
    asks = tuple(f"combinations.{name}(" for name in ("of", "first", "every", "distinct"))
    found = {path: path.read_text("utf-8") for path in sorted(TESTS.rglob("test_*.py"))}
    asking = [path for path, text in found.items() if any(each in text for each in asks)]
    return [path for path in asking if path.name != "test_combinations.py"]


def main(words: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *map(str, sweeps()), *words]
    environment = {**os.environ, combinations.EVERY: "1"}
    return subprocess.run(command, env=environment, cwd=TESTS.parent, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
