"""Measures how fast a document is judged and how much memory it takes (`make bench` runs it).

Linux only. Ratios of one run can be held against another machine's; milliseconds cannot.
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
READING_WAYS = ("floor", "judge", "row.cells")
# What is measured: its name, the document, and how often.
PAPERS: Sequence[tuple[str, Callable[[], bytes], int]] = (
    ("100", lambda: word_chronology(100), 9),
    ("1,000", lambda: word_chronology(1_000), 9),
    ("10,000", lambda: word_chronology(10_000), 5),
    ("1,000, bare XML", lambda: bare_chronology(1_000), 9),
)
WARM_UP_ROWS = 10  # rows of the document that each process reads first
FEW, MANY, AGAIN = 1, 101, 7  # documents asked about, and how often that is repeated
MAILS_FEW, MAILS_MANY, MAILS_AGAIN = 1, 6, 5

Measurement = dict[str, float]


def run_measurement(*words: object) -> Measurement:
    """One measure in a process of its own."""
    command = [sys.executable, "-m", "bench.measured", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: Measurement = json.loads(done.stdout)
    return found


def measure_readings(folder: Path) -> Iterator[tuple[str, dict[str, Measurement]]]:
    """For each document, each way's medians."""
    warm, paper = folder / "warm.docx", folder / "measured.docx"
    warm.write_bytes(word_chronology(WARM_UP_ROWS))
    for name, make, repeats in PAPERS:
        paper.write_bytes(make())
        runs: dict[str, list[Measurement]] = defaultdict(list)
        for _ in range(repeats):
            for way in READING_WAYS:
                runs[way].append(run_measurement(way, warm, paper))
        yield name, {way: medians_with_spread(taken) for way, taken in runs.items()}


def medians_with_spread(taken: Sequence[Measurement]) -> Measurement:
    """With `spread`: how far the middle half of the times lies apart, as a share of the median."""
    out = {key: median(run[key] for run in taken) for key in taken[0]}
    cpu = sorted(run["cpu"] for run in taken)
    out["spread"] = (cpu[-1 - len(cpu) // 4] - cpu[len(cpu) // 4]) / out["cpu"]
    return out


def cost_of_one_more(
    names: Sequence[str], few: int, many: int, again: int
) -> dict[str, Measurement]:
    """For each name, the medians for one more: what starting up costs is in both counts and falls
    out. The names take turns, so that a busy moment touches them alike."""
    runs: dict[str, list[Measurement]] = defaultdict(list)
    for _ in range(again):
        for name in names:
            less, more = run_measurement(name, few), run_measurement(name, many)
            runs[name].append({key: (more[key] - less[key]) / (many - few) for key in more})
    return {name: medians_with_spread(taken) for name, taken in runs.items()}


def ratios_table(found: dict[str, dict[str, Measurement]]) -> Table:
    table = Table(title="Judging a chronology: processor time and peak memory, as ratios")
    for heading in ("rows", "judge / floor", "row.cells / judge", "memory judge / floor",
                    "memory row.cells / judge"):  # fmt: skip
        table.add_column(heading, justify="right")
    for rows, by in found.items():
        floor, judge, cells = (by[way] for way in READING_WAYS)
        table.add_row(
            rows,
            f"{judge['cpu'] / floor['cpu']:.2f}",
            f"{cells['cpu'] / judge['cpu']:.1f}",
            f"{judge['peak'] / floor['peak']:.2f}",
            f"{cells['peak'] / judge['peak']:.1f}",
        )
    return table


def figures_table(found: dict[str, dict[str, Measurement]]) -> Table:
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


def service_table() -> Table:
    one = cost_of_one_more(("in process", "in worker"), FEW, MANY, AGAIN)
    plain, confined = one["in process"], one["in worker"]
    way = cost_of_one_more(("whole way",), MAILS_FEW, MAILS_MANY, MAILS_AGAIN)["whole way"]
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
        found = dict(measure_readings(Path(folder)))
    console.print(ratios_table(found), figures_table(found), service_table(), sep="\n")


if __name__ == "__main__":
    main()
