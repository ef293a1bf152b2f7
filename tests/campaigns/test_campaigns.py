"""The campaigns still run: a few cases of each, so that neither rots between two uses."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests import combinations
from tests.board import Board
from tests.campaigns import answered, backlog, chaos, fuzz, poison, weather
from tests.campaigns.codewise import mutants_of
from tests.campaigns.nearest import Imports
from tests.each_case import each_case
from tests.flow.post import watch_mailbox
from tests.servers.dovecot import running

FEW = 8


def test_a_few_mutated_documents_and_mails_are_judged_and_read() -> None:
    """Failure modes 27, 28 and 55."""
    cases = [fuzz.case(seed=1, number=number) for number in range(FEW)]
    assert {case.mail for case in cases} == {True, False}
    assert [told for case in cases if (told := fuzz.fault(case))] == []


def test_a_few_mutated_answers_of_the_administrator_give_no_wrong_order(tmp_path: Path) -> None:
    """Failure mode 72; a thousand of them: `python -m tests.campaigns.answered`."""
    faults, did = answered.try_cases(tmp_path, 15, range(FEW))
    assert faults == []
    assert 0 < did < FEW


def test_the_same_seed_and_number_give_the_same_bytes() -> None:
    once, again = ([fuzz.case(1, n).bytes for n in range(FEW)] for _ in range(2))
    assert once == again


def test_a_case_loses_the_mutations_that_its_fault_does_not_need() -> None:
    long = fuzz.Case(True, "short", fuzz.case(1, 0).mutations, fuzz.case(1, 0).request)
    assert fuzz.smallest(long, told="").mutations == ()


def test_a_few_faults_in_a_row_lose_nothing(tmp_path: Path) -> None:
    """Failure modes 60 and 61."""
    little = chaos.kind("little", tmp_path)
    told = [chaos.trial(little, tmp_path / f"{n}", Random(f"1/{n}")) for n in range(FEW)]
    assert told == [""] * FEW


def test_fifty_kills_of_backup_restore_recover_and_rotation_leave_all_whole(
    tmp_path: Path,
) -> None:
    """Failure modes 103 and 108, and one value changed in each column after it (102). In a process
    of its own, which may fork as it has no threads."""
    words = ["-m", "tests.campaigns.restored", "--kills", "50", "--seed", "14"]
    ended = subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout


def test_the_first_return_and_a_file_are_not_kept_waiting_by_a_few_hundred_strangers(
    tmp_path: Path,
) -> None:
    """Failure modes 105 and 112."""
    board = Board(tmp_path / "board")
    board.load()
    with running() as server:
        backlog.filled(server.maildir(backlog.USER), 250)
        watch_mailbox(board, server, backlog.USER, "since = 2000-01-01\n")
        assert backlog.worked_off(board, 40)


def test_a_poison_at_the_head_of_any_queue_keeps_nobody_waiting_and_is_told(tmp_path: Path) -> None:
    """Failure modes 76 and 104; where something can end the process, it does."""
    ended = [
        poison.trial(stage, stage.ends[-1], tmp_path / f"{n}", 1)
        for n, stage in enumerate(combinations.every(2, poison.STAGES))
    ]
    assert [line for well, line in ended if not well] == []


def test_a_recipient_that_hangs_and_a_clock_that_steps_cost_nobody_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure modes 114 and 122."""
    monkeypatch.setattr(weather, "PATIENCE", 2.0)
    monkeypatch.setattr(weather, "STEPS", combinations.every(2, weather.STEPS))
    assert weather.hanging(tmp_path / "hanging", 2)
    assert weather.clocks(tmp_path / "clocks")


@each_case(
    ("source", "changes"),
    [
        ("x = a <= b", ["(a < b)"]),
        ("x = a in b", ["(a not in b)"]),
        ("x = a and b", ["(a or b)"]),
        ("x = not a", ["(a)"]),
        ("x = 9", ["(10)", "(8)"]),
        ("x = True", ["(False)"]),
        ("x = [a for a in b if a]", ["True"]),
        ("x = a if b else c", ["True", "False"]),
        ("while a:\n    b()", ["False", "pass"]),
        ("def f():\n    return a", ["return None"]),
        ("def f() -> bool:\n    return a", ["return True", "return False"]),
        ("def f():\n    return None", []),
        ("a.b = c", ["pass"]),
        ("if TYPE_CHECKING:\n    a()", []),
        ("def f(a: Literal[1]):\n    'A docstring.'", []),
        ("x = f'{a < b} \u2013'\ny = '\u2013', a < b", ["(a <= b)"]),
    ],
)
def test_the_mutator_changes_one_place_at_a_time_and_only_what_runs(
    source: str, changes: list[str]
) -> None:
    found = mutants_of("m.py", source)
    assert sorted(each.after for each in found) == sorted(changes)
    for mutant in found:
        changed = mutant.apply(source.encode()).decode()
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source))
        assert changed.replace(mutant.after, mutant.before, 1) == source


def test_the_tests_nearest_to_a_module_are_asked_first(tmp_path: Path) -> None:
    for name, text in {
        "config/limits.py": "",
        "config/rules.py": "from config.limits import x",
        "tests/config/test_limits.py": "import config.limits",
        "tests/config/test_else.py": "",
        "tests/handlers/test_far.py": "from config import rules",
        "tests/handlers/test_near.py": "from config import limits",
        "tests/handlers/test_other.py": "import ast",
        "tests/flow/test_all.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    near = Imports(tmp_path).tests_near(Path("config/limits.py"))
    assert [path.stem for path in near] == [
        *("test_limits", "test_near", "test_far", "test_else", "test_all"),
    ]


def test_mutants_are_killed_by_the_tests_that_see_them_and_by_no_others(tmp_path: Path) -> None:
    """One module is held at its boundary, one is asked about by nobody, and of the third a test
    speaks that fails anyhow."""
    for name, text in {
        "pyproject.toml": "[tool.pytest.ini_options]",
        "config/held.py": "LEAST = 'b'\ndef full(n):\n    return n >= LEAST\n",
        "config/unasked.py": "def empty(n):\n    n.clear()\n",
        "intake/broken.py": "SIGN = True",
        "tests/config/test_held.py": "from config.held import full\n"
        "def test_full():\n    assert full('b') and full('c')\n",
        "tests/measured.py": "from bench.judging import main",
        "tests/intake/test_broken.py": "def test_broken():\n    assert False\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "tests.campaigns.mutants", "--seed", "1", "--tree", tmp_path]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    lines = re.sub(r" +\d+  |  \(\d+ tests.*? s\)", "  ", done.stdout).splitlines()
    assert lines.pop(0) == "seed 1, 4 mutants"
    held, broken = ("tests/config/test_held.py::test_full", "tests/intake/test_broken.py")
    assert sorted(lines[:4]) == [
        f"killed  config/held.py:3  n >= LEAST  ->  (n > LEAST)    by {held}",
        f"killed  config/held.py:3  return n >= LEAST  ->  return None    by {held}",
        f"killed  intake/broken.py:1  True  ->  (False)    by {broken}::test_broken",
        "survived  config/unasked.py:2  n.clear()  ->  pass  ",
    ]
    assert re.fullmatch(rf"not judged \d: {broken}::test_broken does not pass .*", lines[4])
    assert lines[5:] == [
        "seed 1, 3 mutants: 2 killed, 0 timed out, 1 survived; 67% noticed",
    ]
    assert (tmp_path / "config/held.py").read_text().endswith("return n >= LEAST\n")
