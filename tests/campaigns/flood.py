"""The flood: very many files dropped at once while the service listens and takes them in.

Does: `python -m tests.campaigns.flood [--files N]` drops N files as fast as they can be written
while rounds run, woken by events, and checks that each was taken once and lies aside. Says how
many events were heard (of what we did as well), and what a look at so many files costs. Exit status
1 if anything was wrong.
Trusts: that the service's own steps are those of `tests/flow/little.py`.
Never touches: anything outside a temporary folder.
Known limits: documents are not judged; that is `make bench`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from commands.rounds.round_report import RoundReport
from commands.run import RoundTimer
from intake.drop.watcher import FolderWatcher
from tests.flow.little import ARRIVALS, STEPS, Little

QUIET = 3  # rounds without anything new, after the last file was put there


def poured(folder: Path, files: int) -> None:
    for n in range(files):
        (folder / f"form {n}.docx").write_bytes(b"form %d" % n)


def taken(little: Little, files: int) -> tuple[int, int]:
    """Rounds until nothing more comes; how many rounds there were, and how many nudges."""
    nudges, wake, stopping = 0, RoundTimer(), threading.Event()

    def nudged() -> None:
        nonlocal nudges
        nudges += 1
        wake.interrupt_rest()

    pouring = threading.Thread(target=poured, args=(little.folder / "drop" / "GP", files))
    rounds = quiet = 0
    with (
        little._app() as app,
        closing(FolderWatcher(little.folder / "drop", "events", nudged)) as ears,
    ):
        ears.watch_if_useful()
        pouring.start()
        while pouring.is_alive() or quiet < QUIET:
            report = RoundReport()
            for step in STEPS:
                for _ in step(app, report):
                    pass
            rounds += 1
            quiet = 0 if report.taken else quiet + 1
            wake.rest_until_woken(1, stopping)
    return rounds, nudges


def look(little: Little) -> float:
    """Processor seconds of one look at what lies there."""
    with little._app() as app:
        began = time.process_time()
        list(app.sources[-1].list_offers())
        return time.process_time() - began


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--files", type=int, default=60_000)
    files = asked.parse_args().files
    with tempfile.TemporaryDirectory(prefix="scr-intake-flood-") as name:
        still = Little(Path(name) / "still")
        poured(still.folder / "drop" / "GP", files)
        print(f"Two looks at {files:,} files: {look(still):.1f} s of processor time.", flush=True)
        little = Little(Path(name) / "flood")
        began = time.monotonic()
        rounds, nudges = taken(little, files)
        took = time.monotonic() - began
        settled = Counter(row[0] for row in little.rows("SELECT raw FROM settled"))
        aside = sum(1 for path in little.folder.glob("drop/**/done/*/*") if path.is_file())
    expected = Counter(
        {b"form %d" % n: 1 for n in range(files)} | dict.fromkeys(ARRIVALS.values(), 1)
    )
    well = settled == expected and aside == files + 1
    print(f"{rounds} rounds, {took:.0f} s, {nudges:,} events heard.")
    print(f"Each was taken once: {'yes' if well else 'NO'}.")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
