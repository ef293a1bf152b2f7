"""A program that dies at every step of a round in turn, and starts anew each time.

Does: `python -m tests.flow.dying little|whole FOLDER` counts the steps of a round, then
forks a process that kills itself at one of them, runs a round that nothing disturbs, and so for one
step in seven, or for each with `EVERY` of `tests/combinations.py` in the environment. Prints as
JSON how many steps there are, and what was wrong by the number of the step.
Trusts: that it has one thread, so that it may fork.
Never touches: anything outside FOLDER.
Known limits: of the whole round it dies at what changes something for good, not at each step.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests import combinations, fork_servers
from tests.flow.faults import Steps, killed
from tests.flow.little import Little
from tests.flow.whole import Whole


class Work(Protocol):
    """Something that can be worked on, and looked at."""

    def round(self) -> object: ...

    def missing(self) -> list[str]: ...

    def wrong(self) -> list[str]: ...


WORKS: dict[str, tuple[Callable[[Path], Work], frozenset[str]]] = {
    "little": (Little, frozenset()),
    "whole": (Whole, frozenset({"COMMIT", "rename"})),
}


NTH = 7  # one step in so many is tried; not in three, as many as a letter takes to leave


def wrong_after_dying(work: Work, steps: Steps) -> list[str]:
    """What is wrong once it has started anew."""
    child = os.fork()
    if child == 0:
        try:
            with steps.counted():
                work.round()
            os._exit(0)
        finally:
            os._exit(1)  # never back into the tests, whatever went wrong
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it took fewer steps than that"
    lost = [f"lost: {name}" for name in work.missing()]
    work.round()
    return lost + work.wrong()


def main(which: str, folder: Path) -> None:
    make, only = WORKS[which]
    steps = Steps(only=only)
    with fork_servers.shared():  # by the rounds that nothing disturbs
        make(folder / "warm").round()  # so that nothing is still to be imported
        counted = make(folder / "counted")
        with steps.counted():
            counted.round()
        tried = combinations.every(NTH, range(1, len(steps.taken) + 1))
        wrong = {
            at: wrong_after_dying(make(folder / f"{at}"), Steps(at, killed, only)) for at in tried
        }
    print(json.dumps({"steps": len(steps.taken), "wrong": wrong}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
