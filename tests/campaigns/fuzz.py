"""The fuzzing campaign: real documents and mails, mutated, through the judge and the mail reader.

Does: `python -m tests.campaigns.fuzz [--seconds S] [--seed N] [--folder DIR]` takes an original,
lays some mutations upon each other and reads the result in process; one in some also in the
confined worker. Anything but a judgement or a message is a defect: its mutations are taken away
one by one as long as it stays, and what is left is put in DIR. Exit status 1 if there was any.
Trusts: nothing. A case is its seed and its number: the same two give the same bytes.
Never touches: anything outside DIR.
Known limits: it finds what raises, hangs or dies, not what is read wrong.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

from config.kind_loading import load_kinds
from handlers.context import Context
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import DocumentUnreadable, LimitExceeded, WorkerLimits
from intake.message.parse import DEFAULT_OPTIONS, _read
from tests import builders as build
from tests.campaigns import bytewise, mailwise, wordwise
from tests.campaigns.bytewise import Mutation

KINDS = load_kinds()
TASKS = {"judge": "handlers.judging.judging:judge_task", "unpack": "intake.message:unpack_task"}
MOST_MUTATIONS = 8
SLOWEST = 10.0  # processor seconds for one case; the honest ones take a hundredth of it
CONFINED = 25  # one case in so many also goes through the worker
ASSUMED = ("", "", "", "chronology", "imr", "qa_form", "evaluation_statement", "nil_return")
WORD_MUTATIONS = (*wordwise.MUTATIONS * 4, *bytewise.MUTATIONS)
MAIL_MUTATIONS = (*mailwise.MUTATIONS * 4, *bytewise.MUTATIONS)


class TooSlow(Exception):
    """One case took more than SLOWEST seconds of processor time."""


@dataclass(frozen=True)
class Case:
    """A document or a mail, and what is done to it: each mutation with the seed of its chance."""

    mail: bool
    original: str
    mutations: tuple[tuple[Mutation, int], ...]
    request: JudgingRequest

    @property
    def bytes(self) -> bytes:
        data = originals(self.mail)[self.original]
        for mutation, seed in self.mutations:
            data = mutation(data, Random(seed))
        return data


@cache
def originals(mails: bool) -> dict[str, bytes]:
    words = {
        "chronology": build.make_chronology(build.STORIES["GP"]),
        "imr": build.make_imr(),
        "qa_form": build.make_qa_form(),
        "statement": build.make_statement(),
        "combined": build.combined(build.make_imr(), build.make_qa_form(), build.make_statement()),
        "strict": build.strict(build.make_chronology(build.STORIES["POL"])),
        "merged": build.merged_across(
            build.make_chronology(build.STORIES["POL"]), 3, "Date", "Agency"
        ),
        "nested": build.with_nested_table(build.make_chronology(build.STORIES["GP"]), 3, "Event"),
        "tracked": build.tracked_row(build.make_chronology(build.STORIES["GP"]), 3, "del"),
        "signed": build.signed_with_picture(build.make_statement()),
    }  # fmt: skip
    if not mails:
        return words
    form = [("form.docx", words["qa_form"])]
    zipped = [("x.zip", build.zipped(form))]
    plain = build.mail("a@b.example", "c@d.example", "N12", "Words.", form)
    return {
        "plain": plain,
        "short": build.mail("a@b.example", "c@d.example", "N12", "Words."),
        "zipped": build.mail("a@b.example", "c@d.example", "N12", "x", zipped),
        "forwarded": build.forwarded(plain, "a@b.example", "c@d.example", "Fwd"),
        "absence": build.out_of_office("a@b.example", "c@d.example"),
        "bounce": build.bounce(plain, "a@b.example", "c@d.example"),
    }  # fmt: skip


def case(seed: int, number: int) -> Case:
    chance = Random(f"{seed}/{number}")
    mail = chance.random() < 0.4
    table: Sequence[Mutation] = MAIL_MUTATIONS if mail else WORD_MUTATIONS
    mutations = tuple(
        (chance.choice(table), chance.getrandbits(32))
        for _ in range(chance.randrange(1, MOST_MUTATIONS))
    )
    request = JudgingRequest(
        Context(date(2010, 5, 28), assume=chance.choice(ASSUMED)),
        chance.choice(("docx", "docx", "")),
    )
    return Case(mail, chance.choice(list(originals(mail))), mutations, request)


def fault(case: Case) -> str:
    """What a reading of it in process raises, and where; "" for a judgement or a message."""
    data = case.bytes
    signal.setitimer(signal.ITIMER_VIRTUAL, SLOWEST)
    try:
        if case.mail:
            _read(data, DEFAULT_OPTIONS)
        else:
            assert judge_document(data, case.request, KINDS)
    except Exception as error:
        return _told(error)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return ""


def confined_fault(case: Case, worker: Worker) -> str:
    """The same in the worker, where being over a limit is an outcome."""
    try:
        worker.run_in_child(
            "unpack" if case.mail else "judge", case.bytes, None if case.mail else case.request
        )
    except LimitExceeded:
        return ""
    except DocumentUnreadable as outcome:
        return f"in the worker: {outcome!r}"
    return ""


def smallest(case: Case, told: str) -> Case:
    """With no more mutations than it takes to meet the same fault."""
    for at in reversed(range(len(case.mutations))):
        rest = case.mutations[:at] + case.mutations[at + 1 :]
        fewer = Case(case.mail, case.original, rest, case.request)
        if fault(fewer) == told:
            return smallest(fewer, told)
    return case


def faults(seed: int, until: float) -> Iterator[tuple[int, Case, str]]:
    """Every case that is a defect, with its number and what it met."""
    with Worker(WorkerLimits(wall_seconds=30, cpu_seconds=20), TASKS, setup=KINDS) as worker:
        for number in count():
            if time.monotonic() > until:
                print(f"{number} cases, seed {seed}.")
                return
            one = case(seed, number)
            told = fault(one) or (confined_fault(one, worker) if number % CONFINED == 0 else "")
            if told:
                yield number, one, told


def _told(error: Exception) -> str:
    if isinstance(error, TooSlow):
        return "too slow"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def _too_slow(*_: object) -> None:
    raise TooSlow


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--folder", type=Path, default=None)
    given = asked.parse_args()
    signal.signal(signal.SIGVTALRM, _too_slow)
    folder = given.folder or Path(tempfile.mkdtemp(prefix="scr-intake-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    met: set[str] = set()
    for number, found, told in faults(given.seed, time.monotonic() + given.seconds):
        if told in met:
            continue
        met.add(told)
        small = smallest(found, told)
        kept = folder / f"{given.seed}-{number}.{'eml' if small.mail else 'docx'}"
        kept.write_bytes(small.bytes)
        steps = ", ".join(mutation.__name__ for mutation, _ in small.mutations)
        print(f"{told}\n  {small.original}: {steps}\n  {kept}", flush=True)
    print(f"{len(met)} different defects." if met else "Nothing but judgements and messages.")
    return 1 if met else 0


if __name__ == "__main__":
    sys.exit(main())
