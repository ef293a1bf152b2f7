"""The mutation campaign: does a test notice when one place of our code is changed?

Does: `python -m tests.campaigns.mutants [--seed N] [--mutants N] [--seconds S] [--only N,N]` draws
mutants from all modules, and for each runs the tests nearest to it in a process of its own, in a
copy of the tree, for S seconds at most; a test that is slow is passed over once that was seen.
Each is one line: killed, survived or timed out, where and what was changed. At the end every test
that killed is run without a mutant: what does not pass then has killed nothing. The score is last.
Trusts: `codewise` for what is changed, `nearest` for which tests are asked.
Never touches: the checkout; what is changed is the copy, which goes away.
Known limits: who survives the nearest tests for S seconds may still be killed by the whole suite;
`--only` asks again with more time. A seed draws the same mutants only from the same code.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from tests.campaigns.codewise import Mutant, mutants_of
from tests.campaigns.nearest import Imports

ROOT = Path(__file__).parents[2]
NOT_COPIED = (".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
LAST_TEST = "last-test.txt"  # in the copy: the test that runs, for when it never ends
SLOW = 4  # seconds of a test that is asked once and then passed over: others say more in its time
AT_ONCE = 6  # test files that pytest collects in one go: collecting is not free
BROKEN = (
    pytest.ExitCode.INTERNAL_ERROR,
    pytest.ExitCode.USAGE_ERROR,
)  # such as a conftest's import
HANGING = 60  # seconds beyond the given ones after which a test is said to hang


@dataclass(eq=False)  # pytest keeps its plugins in a set
class Outcome:
    """What the tests made of a mutant; pytest reports to it while they run."""

    deadline: float
    failed: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    ran: int = 0
    timed_out: bool = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.ran += report.when == "call"
        if report.duration > SLOW:
            self.slow.append(report.nodeid)
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        Path(LAST_TEST).write_text(nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        if self.late and self._session:
            self._session.shouldstop = "enough seconds"

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        self._session: pytest.Session | None = session

    @property
    def late(self) -> bool:
        return time.monotonic() > self.deadline

    @property
    def word(self) -> str:
        return "timed out" if self.timed_out else "killed" if self.failed else "survived"


@dataclass(frozen=True)
class Tree:
    """A copy of the tree in which one module at a time is changed."""

    root: Path
    seconds: float
    passed_over: set[str] = field(default_factory=set)

    def trial(self, mutant: Mutant, tests: Sequence[Path]) -> Outcome:
        """What the tests say while the mutant stands in the copy. A test that hangs without it too
        says nothing, and is not asked again."""
        while True:
            outcome = self._trial(mutant, tests)
            self.passed_over.update(outcome.slow)
            if not outcome.timed_out or not self.run(outcome.failed).timed_out:
                return outcome
            self.passed_over.update(outcome.failed)

    def _trial(self, mutant: Mutant, tests: Sequence[Path]) -> Outcome:
        path = self.root / mutant.path
        source = path.read_bytes()
        path.write_bytes(mutant.apply(source))
        try:
            passed_over = (f"--deselect={test}" for test in sorted(self.passed_over))
            return self.run(list(map(str, tests)), "-x", *passed_over)
        finally:
            path.write_bytes(source)
            # Compiled code is known by its time and size, and a second has room for two mutants.
            shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)

    def run(self, tests: Sequence[str], *words: str) -> Outcome:
        """Runs tests in a process of their own, which is ended with all it started."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.close(reading)
                outcome = self._tests_run(tests, words)
                os.write(writing, json.dumps(asdict(outcome)).encode() + b"\n")
            finally:
                os._exit(0)
        os.close(writing)
        try:
            told = _line_within(reading, self.seconds + HANGING)
        finally:  # also where a person ends the campaign
            os.close(reading)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        if told is None:
            return Outcome(0, [(self.root / LAST_TEST).read_text()], timed_out=True)
        return Outcome(**json.loads(told or b'{"deadline": 0, "failed": ["the process ended"]}'))

    def _tests_run(self, tests: Sequence[str], words: Sequence[str]) -> Outcome:
        """In the child: nothing is imported from the checkout from here on."""
        os.setsid()
        os.chdir(self.root)
        os.environ |= {"PYTHONPATH": str(self.root), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        output = os.open(self.root / "last-output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nowhere = os.open(os.devnull, os.O_RDONLY)
        for at, to in ((0, nowhere), (1, output), (2, output)):
            os.dup2(to, at)
        sys.path[:] = [str(self.root), *(each for each in sys.path if not _is_ours(each))]
        for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
            del sys.modules[name]
        Path(LAST_TEST).write_text(tests[0])
        outcome = Outcome(time.monotonic() + self.seconds)
        for start in range(0, len(tests), AT_ONCE):
            some = tests[start : start + AT_ONCE]
            ended = pytest.main(["-q", "-p", "no:cacheprovider", *words, *some], plugins=[outcome])
            if ended in BROKEN:
                outcome.failed.extend(some)
            if outcome.late or (outcome.failed and words):
                break
        outcome._session = None
        return outcome


def _is_ours(place: str) -> bool:
    return not place or (Path(place) / "tests" / "campaigns").is_dir()


def _line_within(reading: int, seconds: float) -> bytes | None:
    """A line from a pipe, nothing at its end, or None when the time is over."""
    until, got = time.monotonic() + seconds, b""
    while not got.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return None
        more = os.read(reading, 65536)
        if not more:
            return b""
        got += more
    return got


def drawn(imports: Imports, seed: int, number: int) -> list[Mutant]:
    """So many mutants of all there are, by chance; each as likely as any other."""
    every = [
        mutant
        for path in imports.modules
        for mutant in mutants_of(str(path), (imports.root / path).read_text("utf-8"))
    ]
    return Random(seed).sample(every, min(number, len(every)))


def import_libraries(imports: Imports) -> None:
    """What the code and its tests need is imported once, and each process has it from the first;
    nothing that stands in the tree, or the mutants would not be seen."""
    ours = {path.stem for path in (*ROOT.iterdir(), *imports.root.iterdir())}
    for path in (*imports.modules, *imports.tests):
        for node in ast.walk(ast.parse((imports.root / path).read_text("utf-8"))):
            name = getattr(node, "module", None) if isinstance(node, ast.ImportFrom) else None
            if name and name.partition(".")[0] not in ours:
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)


@contextlib.contextmanager
def copied(root: Path, seconds: float) -> Iterator[Tree]:
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder).resolve() / "tree"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
        yield Tree(copy, seconds)


def campaign(root: Path, seed: int, number: int, seconds: float, only: Sequence[int]) -> int:
    """Tries the mutants and prints a line for each, and the score; returns how many survived."""
    imports = Imports(root)
    mutants = dict(enumerate(drawn(imports, seed, number), start=1))
    print(f"seed {seed}, {len(mutants)} mutants", flush=True)
    import_libraries(imports)
    outcomes: dict[int, Outcome] = {}
    with copied(root, seconds) as tree:
        with contextlib.suppress(KeyboardInterrupt):  # the score is of those tried until then
            for at in only or mutants:
                began = time.monotonic()
                outcomes[at] = tree.trial(mutants[at], imports.tests_near(Path(mutants[at].path)))
                print(_line(at, mutants[at], outcomes[at], time.monotonic() - began), flush=True)
        ended = [each for each in outcomes.values() if not each.timed_out]
        killers = sorted({test for each in ended for test in each.failed if "/" in test})
        patient = replace(tree, seconds=10 * seconds)
        anyhow = set(patient.run(killers).failed) if killers else set[str]()
    judged = {at: each for at, each in outcomes.items() if not anyhow.intersection(each.failed)}
    for at in outcomes.keys() - judged.keys():
        print(f"not judged {at}: {outcomes[at].failed[0]} does not pass without the mutant either")
    if tree.passed_over:
        print(f"{len(tree.passed_over)} tests were passed over once they had been seen to be slow")
    return _score(seed, list(judged.values()))


def _line(at: int, mutant: Mutant, outcome: Outcome, took: float) -> str:
    by = f"  by {outcome.failed[0]}" if outcome.failed else ""
    return f"{outcome.word:<9} {at:>4}  {mutant}  ({outcome.ran} tests, {took:.1f} s){by}"


def _score(seed: int, outcomes: Sequence[Outcome]) -> int:
    words = Counter(each.word for each in outcomes)
    noticed = words["killed"] + words["timed out"]
    print(
        f"seed {seed}, {len(outcomes)} mutants: {words['killed']} killed, "
        f"{words['timed out']} timed out, {words['survived']} survived; "
        f"{noticed / max(1, len(outcomes)):.0%} noticed"
    )
    return words["survived"]


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=None, help="which mutants are drawn")
    parser.add_argument("--mutants", type=int, default=100, help="how many")
    parser.add_argument("--seconds", type=float, default=40, help="of tests for one mutant")
    parser.add_argument("--only", default="", help="of those drawn, the numbers to try")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the tree to copy")
    asked = parser.parse_args(words)
    seed = asked.seed if asked.seed is not None else Random().randrange(1 << 16)
    only = [int(each) for each in asked.only.split(",") if each]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what it started ends with it
    campaign(asked.tree.resolve(), seed, asked.mutants, asked.seconds, only)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
