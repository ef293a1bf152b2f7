"""How fast a document is judged and how much memory it takes, beside the least and the usual way.

Does: makes chronologies of 100, 1,000 and 10,000 rows, measures each way of reading them in fresh
processes, one way after the other and round again, and prints the medians and, first of all, their
ratios; then what confinement costs, and a message's whole way. `make bench` runs it.
Trusts: the machine to have little else to do; `docs/performance.md` says how it shows when it has.
Never touches: the repository; its documents go into a temporary folder.
Known limits: Linux. Ratios of one run can be held against another machine's; milliseconds cannot.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.papers import bare_chronology, word_chronology

ROOT = Path(__file__).parent.parent
WAYS = ("floor", "judge", "row.cells")
# What is measured: its name, the document, and how often.
PAPERS: Sequence[tuple[str, Callable[[], bytes], int]] = (
    ("100", lambda: word_chronology(100), 9),
    ("1,000", lambda: word_chronology(1_000), 9),
    ("10,000", lambda: word_chronology(10_000), 5),
    ("1,000, bare XML", lambda: bare_chronology(1_000), 9),
)
WARM = 10  # rows of the document that each process reads first
FEW, MANY, AGAIN = 1, 101, 7  # documents asked about, and how often that is repeated
MAILS_FEW, MAILS_MANY, MAILS_AGAIN = 1, 6, 5

Measured = dict[str, float]


def measure(*words: object) -> Measured:
    """One measure in a process of its own."""
    command = [sys.executable, "-m", "bench.measured", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: Measured = json.loads(done.stdout)
    return found


def readings(folder: Path) -> Iterator[tuple[str, dict[str, Measured]]]:
    """For each document, each way's medians."""
    warm, paper = folder / "warm.docx", folder / "measured.docx"
    warm.write_bytes(word_chronology(WARM))
    for name, make, repeats in PAPERS:
        paper.write_bytes(make())
        runs: dict[str, list[Measured]] = defaultdict(list)
        for _ in range(repeats):
            for way in WAYS:
                runs[way].append(measure(way, warm, paper))
        yield name, {way: medians(taken) for way, taken in runs.items()}


def medians(taken: Sequence[Measured]) -> Measured:
    """With `spread`: how far the middle half of the times lies apart, as a share of the median."""
    out = {key: median(run[key] for run in taken) for key in taken[0]}
    cpu = sorted(run["cpu"] for run in taken)
    out["spread"] = (cpu[-1 - len(cpu) // 4] - cpu[len(cpu) // 4]) / out["cpu"]
    return out


def each(names: Sequence[str], few: int, many: int, again: int) -> dict[str, Measured]:
    """For each name, the medians for one more: what starting up costs is in both counts and falls
    out. The names take turns, so that a busy moment touches them alike."""
    runs: dict[str, list[Measured]] = defaultdict(list)
    for _ in range(again):
        for name in names:
            less, more = measure(name, few), measure(name, many)
            runs[name].append({key: (more[key] - less[key]) / (many - few) for key in more})
    return {name: medians(taken) for name, taken in runs.items()}


def ratios(found: dict[str, dict[str, Measured]]) -> Table:
    table = Table(title="Judging a chronology: processor time and peak memory, as ratios")
    for heading in ("rows", "judge / floor", "row.cells / judge", "memory judge / floor",
                    "memory row.cells / judge"):  # fmt: skip
        table.add_column(heading, justify="right")
    for rows, by in found.items():
        floor, judge, cells = (by[way] for way in WAYS)
        table.add_row(
            rows,
            f"{judge['cpu'] / floor['cpu']:.2f}",
            f"{cells['cpu'] / judge['cpu']:.1f}",
            f"{judge['peak'] / floor['peak']:.2f}",
            f"{cells['peak'] / judge['peak']:.1f}",
        )
    return table


def figures(found: dict[str, dict[str, Measured]]) -> Table:
    table = Table(title="The same in figures: medians of fresh processes")
    for heading in ("rows", "way", "ms", "spread", "peak MB", "of it before"):
        table.add_column(heading, justify="left" if heading == "way" else "right")
    for rows, by in found.items():
        for way, m in by.items():
            table.add_row(
                rows,
                way,
                f"{m['cpu'] * 1000:,.0f}",
                f"{m['spread']:.0%}",
                f"{m['peak'] / 1e6:,.0f}",
                f"{m['before'] / 1e6:,.0f}",
            )
    return table


def service() -> Table:
    one = each(("in process", "in worker"), FEW, MANY, AGAIN)
    plain, confined = one["in process"], one["in worker"]
    way = each(("whole way",), MAILS_FEW, MAILS_MANY, MAILS_AGAIN)["whole way"]
    table = Table(title="The service, for one more document or message: processor time")
    for heading in ("measure", "ms", "spread"):
        table.add_column(heading, justify="left" if heading == "measure" else "right")
    for name, seconds, spread in (
        ("a 20-row chronology judged in process", plain["cpu"], plain["spread"]),
        ("the same in the confined worker", confined["cpu"], confined["spread"]),
        ("  so confinement costs", confined["cpu"] - plain["cpu"], None),
        ("  and a caller waits longer by (by the clock)", confined["wall"] - plain["wall"], None),
        ("a 190 KB message's whole way (200 rows and a form)", way["cpu"], way["spread"]),
    ):
        shown = "" if spread is None else f"{spread:.0%}"
        table.add_row(name, f"{seconds * 1000:,.1f}", shown)
    return table


def main() -> None:
    console = Console(width=100)
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    python = sys.version.split()[0]
    console.print(f"{os.cpu_count()} processors, load {loads}, Python {python}. Some minutes.")
    with tempfile.TemporaryDirectory(prefix="scr-intake-bench-") as folder:
        found = dict(readings(Path(folder)))
    console.print(ratios(found), figures(found), service(), sep="\n")


if __name__ == "__main__":
    main()
