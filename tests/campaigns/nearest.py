"""Which tests are asked about a module, the nearest first.

Does: `Imports` reads who imports whom in a tree; `tests_near` orders the test files for one module
by how many imports lead from them to it. Those in the folder of its package come sooner, the one
that bears its name soonest; flows that nothing leads from come last.
Trusts: that a test imports what it tries, or something that does.
Known limits: who calls whom by a name in a table is not seen; the flows see that.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGES = ("config", "intake", "handlers", "outbox", "commands")
BESIDE = 2  # imports that a test in the folder of the module's package is nearer
FAR = 99


@dataclass(frozen=True)
class Imports:
    """Who imports whom below `root`; paths are relative to it."""

    root: Path

    @cached_property
    def modules(self) -> list[Path]:
        """The modules of the product."""
        return self._below(*PACKAGES)

    @cached_property
    def tests(self) -> list[Path]:
        """The tests, and what they share."""
        return self._below("tests")

    def _below(self, *folders: str) -> list[Path]:
        found = (path for folder in folders for path in (self.root / folder).rglob("*.py"))
        return sorted(path.relative_to(self.root) for path in found)

    @cached_property
    def _importing(self) -> dict[Path, list[Path]]:
        """For each file those that import it."""
        every, importing = {*self.modules, *self.tests}, defaultdict[Path, list[Path]](list)
        for path in sorted(every):
            for imported in every.intersection(_named((self.root / path).read_text("utf-8"))):
                importing[imported].append(path)
        return importing

    def tests_near(self, module: Path) -> list[Path]:
        """Every test file that may see a change in a module, the nearest first."""
        folder, steps = self._folder_of_tests(module), self._steps_to(module)

        def distance(test: Path) -> int:
            namesake = test.parent == folder and test.stem == f"test_{module.stem}"
            return steps.get(test, FAR) - BESIDE * (test.parent == folder) - BESIDE * namesake

        tests = [test for test in self.tests if test.name.startswith("test_")]
        seeing = [t for t in tests if t in steps or t.parent == folder or t.parts[1] == "flow"]
        return sorted((t for t in seeing if t.parts[1] != "campaigns"), key=distance)

    def _steps_to(self, module: Path) -> dict[Path, int]:
        """How many imports lead from each file to a module, by the shortest way."""
        steps, reached = {module: 0}, [module]
        for place in reached:
            new = [path for path in self._importing.get(place, ()) if path not in steps]
            steps |= dict.fromkeys(new, steps[place] + 1)
            reached.extend(new)
        return steps

    def _folder_of_tests(self, module: Path) -> Path:
        """The folder of tests for a module's package, or for the nearest one that has tests."""
        folder = Path("tests") / module.parent
        while not list((self.root / folder).glob("test_*.py")) and len(folder.parts) > 2:
            folder = folder.parent
        return folder


def _named(source: str) -> Iterator[Path]:
    """The files that a source's imports may mean."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            dotted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            dotted = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in dotted:
            place = Path(*name.split("."))
            yield from (place.with_suffix(".py"), place / "__init__.py")
