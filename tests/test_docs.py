"""The pages are held true: what is written by the program is current, and what they name is
there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.papers.demonstration import DOCUMENTS
from tools import architecture_page, failure_modes_page

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
ROOMS = ("config", "intake", "handlers", "outbox", "commands")
# What no test holds yet: the record (101-103, 108, 109, 117, 121), types and decisions (110, 111).
NOT_HELD = {"110", "111"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What tools/write-docs writes now, beside a copy of the README."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copy(ROOT / "README.md", folder)
    subprocess.run(
        [sys.executable, str(ROOT / "tools" / "write-docs"), str(folder)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/commands.md",
        "docs/schema.md",
        "docs/chasing.md",
        "docs/rules.md",
        "docs/failure-modes.md",
        "docs/architecture.md",
        "docs/licences.md",
        "docs/examples/chronology.docx",
        "docs/examples/chronology-to-mend.docx",
        *(f"commands/demo/documents/{name}" for name in DOCUMENTS),
    ],
)
def test_what_the_documentation_takes_from_the_program_is_current(written: Path, name: str) -> None:
    """If this fails: .venv/bin/python tools/write-docs"""
    assert (written / name).read_bytes() == (ROOT / name).read_bytes()


def test_every_file_the_readme_names_is_there() -> None:
    text = FENCE.sub("", README)
    named = set(re.findall(r"`([\w./*-]+\.(?:py|toml|j2|sql|md|service|sh))`", text))
    named |= set(re.findall(r"`((?:tools|docs|tests|handlers|config)/[\w./-]+)`", text))
    named |= set(re.findall(r"\]\(([\w./-]+)\)", text))
    named = {name for name in named if not name.startswith(("/", "./scr-intake"))}
    assert len(named) > 15
    missing = [name for name in named if not any(_found(name))]
    assert missing == []


def _found(name: str) -> list[Path]:
    """The files a name may mean: from the root, or inside a room."""
    return [path for place in ("", *ROOMS) for path in (ROOT / place).glob(name)]


def test_every_failure_mode_that_the_code_names_is_on_the_page() -> None:
    page = (ROOT / "docs" / "failure-modes.md").read_text()
    listed = set(failure_modes_page.numbers_listed(page))
    for room in (*ROOMS, "tests", "bench", "tools"):
        for file in (ROOT / room).rglob("*.py"):
            assert failure_modes_page.numbers_named_in(file.read_text()) <= listed, file


def test_a_failure_mode_that_no_test_holds_is_one_that_we_know_of() -> None:
    """A new one is held by a test that names its number. What is left awaits a later issue."""
    page = (ROOT / "docs" / "failure-modes.md").read_text()
    held = failure_modes_page.tests_by_number(ROOT)
    not_held = {number for number in failure_modes_page.numbers_listed(page) if number not in held}
    assert not_held == NOT_HELD


def test_a_number_is_read_in_each_way_that_docstrings_say_it() -> None:
    named = failure_modes_page.numbers_named_in
    assert named("Failure mode 23.") == {"23"}
    assert named("Failure modes 4, 72b and 80 to 82; promises 1 and 2.") == {
        *("4", "72b", "80", "81", "82"),
        *("Promise 1", "Promise 2"),
    }
    assert named("Two modes of failure, 4 and 5") == set()


def test_every_library_that_is_needed_is_named_with_what_it_is_for() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    page = (ROOT / "docs" / "dependencies.md").read_text().partition("Extras")[0]
    names = sorted(re.split(r"[^\w-]", name)[0] for name in needed)
    assert re.findall(r"^\| ([a-z][\w-]+) \|", page, re.M)[1:] == names


def test_every_stop_in_the_life_of_a_delivery_is_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    stops = architecture_page.listed_stops(page)
    assert 20 < len(stops) <= 30
    for file, name in stops:
        assert re.search(rf"(?:def|class) {name}\b", (ROOT / file).read_text()), (file, name)


@pytest.mark.parametrize("page", ["architecture.md", "contributing.md"])
def test_every_file_that_tells_how_to_carry_on_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    named = re.findall(r"`([a-z][\w/.-]*/[\w.-]*)`", text) + re.findall(r"\]\(([\w/.-]+)\)", text)
    assert len(named) > 10
    assert [
        name
        for name in named
        if not re.search("[A-Z]{3}", name)
        and not any((at / name).exists() for at in (ROOT, ROOT / "docs"))
    ] == []


def test_a_docstring_that_names_a_place_in_the_code_names_the_right_one() -> None:
    """ "`verdict_of_reason` in `handlers/register/set_apart_reasons.py`": the file is there, and it
    is the one that defines the name."""
    named = 0
    rooms = [ROOT / room for room in ("config", "intake", "handlers", "outbox", "commands")]
    for room in rooms:
        for module in sorted(room.rglob("*.py")):
            text = re.sub(r"\s*\n\s*(?:# )?", " ", module.read_text())
            pairs = re.findall(r"`(\w+)` in `([\w/]+\.py)`", text)
            pairs += [(n, p) for p, n in re.findall(r"`([\w/]+\.py)` `(\w+)`", text)]
            folders = (ROOT, *rooms, module.parent)
            for name, path in pairs:
                defined = rf"^ *(?:def |class )?{name}\b *(?:\(|:|=)"
                files = [(at / path).read_text() for at in folders if (at / path).is_file()]
                assert any(re.search(defined, t, re.M) for t in files), (str(module), name, path)
                named += 1
            for path in re.findall(r"`([\w/]+/\w+\.py)`", text):
                assert any((at / path).is_file() for at in folders), f"{module}: {path}"
                named += 1
    assert named > 40
