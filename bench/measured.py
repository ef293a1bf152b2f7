"""Measures one thing in a process of its own for `bench/judging.py`, as one JSON line.

Linux only. Memory is VmHWM, the peak of this program alone; what was freed before the measure may
be used again unseen, so that small documents may show no growth.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROWS = 200  # of the chronology in a message
SHORT_ROWS = 20  # of the document that is judged in process and in the worker
MAIL_BYTES = 190_000  # bytes
NOW = datetime(2010, 4, 1, 9, tzinfo=UTC)
CASE = Path(__file__).parent.parent / "docs" / "examples" / "case-n12.toml"


def _floor() -> Callable[[bytes], object]:
    """Inflate the main part and let lxml parse it: no reader can do less."""
    import io
    import zipfile

    from lxml import etree

    return lambda data: etree.fromstring(
        zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    )


def _judge() -> Callable[[bytes], object]:
    """All of it: open, check for dangers, read, recognise, judge every rule."""
    from bench.papers import QUESTION
    from config.kind_loading import load_kinds
    from handlers.judging.judging import judge_document

    kinds = load_kinds()
    return lambda data: judge_document(data, QUESTION, kinds)


def _row_cells() -> Callable[[bytes], object]:
    """What a script would do: python-docx, the text of every cell of every row. Nothing judged."""
    import io

    from docx import Document

    def read(data: bytes) -> object:
        rows = Document(io.BytesIO(data)).tables[0].rows
        return [[cell.text for cell in row.cells] for row in rows]

    return read


DOCUMENTS: dict[str, Callable[[], Callable[[bytes], object]]] = {
    "floor": _floor,
    "judge": _judge,
    "row.cells": _row_cells,
}


def measure_document(name: str, small: Path, large: Path) -> dict[str, float]:
    """Processor seconds for one reading of `large`, and peak memory before and after, in bytes."""
    measure = DOCUMENTS[name]()
    measure(small.read_bytes())
    data = large.read_bytes()
    gc.collect()
    before = _peak()
    started = time.process_time()
    measure(data)
    return {"cpu": time.process_time() - started, "before": before, "peak": _peak()}


def judge_in_process(times: int) -> dict[str, float]:
    """Judge the same document `times` times here."""
    from bench.papers import word_chronology

    data, judge = word_chronology(SHORT_ROWS), _judge()
    judge(data)
    return _spent(lambda: [judge(data) for _ in range(times)])


def judge_in_worker(times: int) -> dict[str, float]:
    """The same, each time in a confined child of its own; the processor time is the children's
    and the fork server's too, and so starting it is in it."""
    from bench.papers import QUESTION, word_chronology
    from config.kind_loading import load_kinds
    from handlers.judging.in_sandbox import SandboxJudge
    from handlers.sandbox.client import Worker

    data, kinds, before = word_chronology(SHORT_ROWS), load_kinds(), _all_cpu()
    with Worker(setup=kinds) as worker:
        confined = SandboxJudge(worker, kinds)
        confined.judge_in_sandbox(data, QUESTION)
        spent = _spent(lambda: [confined.judge_in_sandbox(data, QUESTION) for _ in range(times)])
    return {"cpu": _all_cpu() - before, "wall": spent["wall"]}


def measure_whole_way(mails: int) -> dict[str, float]:
    """One round of the service on a board of its own, with that many messages in its mailbox."""
    from bench.papers import build_mail
    from commands.composition.app import open_application
    from commands.global_options import GlobalOptions
    from commands.init import make_board
    from commands.once import run_round
    from config.case_file import load_case_file

    with tempfile.TemporaryDirectory(prefix="scr-intake-bench-") as name:
        folder = Path(name) / "board"
        make_board(folder)
        for n in range(mails):
            (folder / "mail" / "new" / f"{n}.bench").write_bytes(build_mail(ROWS, n, MAIL_BYTES))
        asked, before = GlobalOptions(folder / "scr-intake.toml", NOW), _all_cpu()
        with open_application(asked, working=True) as app:
            app.register.cases.load_case(load_case_file(CASE, app.kinds), app.now())
            report = run_round(app)
        judged = sum(len(settled.submissions) for _, settled in report.settled)
        if report.troubles or judged != 2 * mails:
            raise RuntimeError(f"judged {judged} documents of {2 * mails}: {report.troubles}")
        return {"cpu": _all_cpu() - before, "letters": float(len(report.sent))}


def _spent(work: Callable[[], object]) -> dict[str, float]:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def _peak() -> float:
    """The most memory that was resident since this program began, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024.0


def _all_cpu() -> float:
    """Of this process and of the children it has outlived."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


SERVICE = {
    "in process": judge_in_process,
    "in worker": judge_in_worker,
    "whole way": measure_whole_way,
}


def main() -> None:
    """`NAME SMALL LARGE` for a document, `NAME TIMES` for the service."""
    name, *rest = sys.argv[1:]
    if name in DOCUMENTS:
        measured = measure_document(name, *map(Path, rest))
    else:
        measured = SERVICE[name](int(rest[0]))
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    main()
