"""A program that dies at every step of a round in turn, and starts anew each time.

Does: `python -m tests.flow.dying little|whole FOLDER` forks a process for each step that kills
itself there, then runs a round that nothing disturbs, and prints as JSON what was wrong: an object
of the steps by number, with a list for each.
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

from tests import fork_servers
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


def wrong_after_dying(work: Work, steps: Steps) -> list[str] | None:
    """What is wrong once it has started anew. None when it took fewer steps than that."""
    child = os.fork()
    if child == 0:
        try:
            with steps.counted():
                work.round()
            os._exit(0)
        finally:
            os._exit(1)  # never back into the tests, whatever went wrong
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        assert status == 0
        return None
    lost = [f"lost: {name}" for name in work.missing()]
    work.round()
    return lost + work.wrong()


def main(which: str, folder: Path) -> None:
    make, only = WORKS[which]
    told: dict[int, list[str]] = {}
    with fork_servers.shared():  # by the rounds that nothing disturbs
        make(folder / "warm").round()  # so that nothing is still to be imported
        while True:
            at = len(told) + 1
            wrong = wrong_after_dying(make(folder / f"{at}"), Steps(at, killed, only))
            if wrong is None:
                break
            told[at] = wrong
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
