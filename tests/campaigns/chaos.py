"""The chaos campaign: two faults in a row, anywhere, for as long as it is given.

Does: `python -m tests.campaigns.chaos [--seconds S] [--seed N]` lays out a mailbox and a drop
folder as the flow tests do, has a round meet one fault at a step drawn by lot (the disk full,
broken, a write done and denied, or kill -9), mostly has the next round meet another, then lets one
run undisturbed, and checks that nothing is lost and nothing counted twice. Every so often it is the
whole round, to the letters, that is killed. Exit status 1, and the seed, if anything was wrong.
Trusts: that it has one thread, so that it may fork. A trial is its seed and its number.
Never touches: anything outside a temporary folder.
Known limits: those of `tests/flow/faults.py`: no power is cut.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from intake.spool import MAX_JUDGING_TRIES
from tests.flow.dying import WORKS, Work
from tests.flow.faults import CHANGES, Fault, Steps, answer_lost, disk_broken, disk_full, killed

FAULTS: tuple[Fault, ...] = (disk_full, disk_broken, answer_lost, killed)
MOST_FAULTS = MAX_JUDGING_TRIES - 1  # in a row: with one more an item is set aside, as it should be
WHOLE = 40  # one trial in so many is of the whole round, which takes seconds


def disturbed(work: Work, steps: Steps) -> None:
    """One round that meets the fault, in a process of its own, as the service would be."""
    child = os.fork()
    if child == 0:
        try:
            with steps.counted():
                work.round()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


@dataclass(frozen=True)
class Kind:
    """A work to disturb: how it is laid out, which steps count, and all those it takes in peace."""

    make: Callable[[Path], Work]
    only: frozenset[str]
    steps: tuple[str, ...]

    def drawn(self, chance: Random) -> Steps:
        """One fault at one of its steps."""
        fault = killed if self.only else chance.choice(FAULTS)
        only = self.only or (CHANGES if fault is answer_lost else frozenset())
        counted = [step for step in self.steps if not only or step.split()[0] in only]
        return Steps(chance.randrange(len(counted)) + 1, fault, only)


def kind(which: str, folder: Path) -> Kind:
    """Told by a round that nothing disturbs, after which nothing is still to be imported."""
    make, only = WORKS[which]
    make(folder / f"{which}-warm").round()
    work, steps = make(folder / which), Steps()
    with steps.counted():
        work.round()
    return Kind(make, only, tuple(steps.taken))


def trial(kind: Kind, folder: Path, chance: Random) -> str:
    """What happened, and what was wrong after it; "" when nothing was."""
    work, met, wrong = kind.make(folder), list[str](), list[str]()
    for _ in range(chance.randrange(1, MOST_FAULTS + 1)):
        steps = kind.drawn(chance)
        met.append(f"{steps.fault.__name__} at {steps.at}")
        disturbed(work, steps)
        wrong += [f"lost after {met[-1]}: {name}" for name in work.missing()]
    work.round()
    wrong += work.wrong()
    return f"{', then '.join(met)}: {'; '.join(wrong)}" if wrong else ""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    given = asked.parse_args()
    until, wrong = time.monotonic() + given.seconds, 0
    with tempfile.TemporaryDirectory(prefix="scr-intake-chaos-") as name:
        kinds = {which: kind(which, Path(name)) for which in WORKS}
        for number in count(1):
            if time.monotonic() > until:
                break
            folder = Path(name) / str(number)
            folder.mkdir()
            which = "whole" if number % WHOLE == 0 else "little"
            told = trial(kinds[which], folder, Random(f"{given.seed}/{number}"))
            if told:
                wrong += 1
                print(f"trial {number}: {told}", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{number - 1} trials, seed {given.seed}: {wrong or 'none'} went wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
