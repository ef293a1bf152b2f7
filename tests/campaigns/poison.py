"""The poison: an item at the head of every queue that ends its stage each time, and all behind it.

Does: `python -m tests.campaigns.poison [--behind N]` puts into each queue (taking in, judging,
writing, chasing, sending, the board's own letters, alerts) one item that raises what nobody
foresaw, or kills the process, whenever its stage comes to it, and N others behind it. Runs rounds,
each in a process of its own and an hour after the last, and says after how many the others were
served, and after how many the poison was told, and set aside where its queue has such a place. Exit
status 1 where the others were not served at once after the poison was met, or it was not told.
Trusts: the service's own rounds; that it has one thread, so that it may fork.
Never touches: anything outside a temporary folder.
Known limits: of alerts only what raises is tried. What hangs is ended by the worker's own limits,
or by the watchdog, which is a kill.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import handlers.deliveries.process_delivery
import intake.drop
import outbox.alerts.alerts
import outbox.chasing.chasers
import outbox.due_letters
import outbox.sending.transport
from tests import builders as build
from tests.board import CASE, Board

MOST = 5  # rounds
SERVED_IN = 2  # rounds: the poison may be met first in one of them
FIRST = datetime(2010, 4, 1, 10)
POISON = "poison.docx"
TOLD = ("could not be", "not written", "cannot")

Hit = Callable[..., bool]


def raises() -> None:
    raise ZeroDivisionError


def kills() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Stage:
    """Where the poison is: `owner`'s `deed` is done to it when `hit` says so of the arguments.
    `laid` lays it and the others out; `served` says whether those behind it were, and `aside`
    whether it has come to rest."""

    name: str
    owner: Any
    deed: str
    hit: Hit
    laid: Callable[[Board, int], None]
    served: Callable[[Board, int], bool]
    aside: Callable[[Board], bool] = lambda board: True
    ends: tuple[Callable[[], None], ...] = (raises, kills)


def agencies(n: int) -> str:
    """The case of the tests, with `n` more agencies that owe a chronology."""
    more = "".join(
        f'\n[[agencies]]\ncode = "A{k}"\nname = "Agency {k} Trust"\nabbreviations = ["A{k}"]\n'
        f'contacts = [{{ name = "Author A{k}", role = "author", email = "author@a{k}.example" }},\n'
        f'{{ name = "Other A{k}", role = "commissioner", email = "other@a{k}.example" }}]\n'
        for k in range(n)
    )
    return CASE + more


def documents(board: Board, behind: int) -> None:
    board.load(agencies(behind))
    board.drop("GP", build.make_chronology(build.STORIES["GP"]), POISON)
    for k in range(behind):
        board.drop(f"A{k}", build.make_statement())


def late(board: Board, behind: int) -> None:
    board.load(agencies(behind).replace("2010-04-16", "2010-03-12"))


def sources_gone(board: Board, behind: int) -> None:
    board.load(agencies(behind))
    for name in ("drop", "mail"):
        (board.folder / name).rename(board.folder / f"{name}-gone")


def answered(board: Board, behind: int) -> bool:
    return all(board.answers(f"author@a{k}.example") for k in range(behind))


def chased(board: Board, behind: int) -> bool:
    return all(board.sent(f"other@a{k}.example") for k in range(behind))


def operator_heard(board: Board, behind: int) -> bool:
    return any("drop folder" in str(x["Subject"]) for x in board.sent())


def set_aside(board: Board) -> bool:
    return bool(board.status()["deliveries"]["set aside"] == 1)


def given_up(board: Board) -> bool:
    return any(x["state"] == "failed" for x in board.run("letters", "--json").json)


def named(*words: Any, **_: Any) -> bool:
    return any(getattr(word, "name", "") == POISON for word in words)


def of_gp(*words: Any, **_: Any) -> bool:
    return any(getattr(word, "code", "") == "GP" for word in words)


STAGES = (
    Stage(
        "taking in",
        intake.drop.DropFolder,
        "read_content",
        named,
        documents,
        answered,
        ends=(raises,),
    ),
    Stage(
        "judging",
        handlers.deliveries.process_delivery.DeliveryProcessor,
        "settle_delivery",
        named,
        documents,
        answered,
        set_aside,
    ),
    Stage(
        "writing",
        outbox.due_letters,
        "draft_answers",
        lambda due, *_: due[0].agency.code == "GP",
        documents,
        answered,
    ),
    Stage("chasing", outbox.chasing.chasers, "_agency", of_gp, late, chased),
    Stage(
        "sending",
        outbox.sending.transport.FileTransport,
        "send",
        lambda _, letter: b"author@meadowlane.example" in letter.message,
        documents,
        answered,
        given_up,
    ),
    Stage(
        "sending the board's own",
        outbox.sending.transport.FileTransport,
        "send",
        lambda _, letter: letter.kind == "digest",
        documents,
        answered,
        given_up,
    ),
    Stage(
        "alerts",
        outbox.alerts.alerts,
        "draft_alert",
        lambda outage, *_: outage.of.name == "mail-1",
        sources_gone,
        operator_heard,
        ends=(raises,),
    ),
)


def disturbed(board: Board, stage: Stage, end: Callable[[], None], at: str) -> str:
    """One round that meets the poison, in a process of its own; what it said of troubles."""
    said = board.folder / "said"
    said.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        actual = getattr(stage.owner, stage.deed)

        def poisoned(*words: Any, **more: Any) -> Any:
            if stage.hit(*words, **more):
                end()
            return actual(*words, **more)

        try:
            with ExitStack() as patches:
                patches.enter_context(patch.object(stage.owner, stage.deed, poisoned))
                said.write_text(board.once(at).err)
            os._exit(0)
        finally:
            os._exit(1)  # never back into the campaign, whatever went wrong
    os.waitpid(child, 0)
    return said.read_text() if said.exists() else ""


def trial(stage: Stage, end: Callable[[], None], folder: Path, behind: int) -> tuple[bool, str]:
    """Whether all went well, and a line about it."""
    board = Board(folder)
    stage.laid(board, behind)
    began, served, told, aside = time.monotonic(), 0, 0, 0
    for n in range(1, MOST + 1):
        at = (FIRST + timedelta(hours=n)).isoformat(timespec="minutes")
        said = disturbed(board, stage, end, at)
        served = served or (n if stage.served(board, behind) else 0)
        told = told or (n if any(words in said for words in TOLD) else 0)
        aside = aside or (n if stage.aside(board) else 0)
        if served and told and aside:
            break
    took = time.monotonic() - began
    well = 0 < served <= SERVED_IN and told > 0 and 0 < aside <= MOST
    line = f"| {stage.name}, {end.__name__} | {served or 'never'} | {told or 'never'} |"
    return well, f"{line} {aside or 'never'} | {took:.0f} s |"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--behind", type=int, default=10)
    behind, wrong = asked.parse_args().behind, 0
    print("| stage, and what the poison does | others served | told | set aside | took |")
    with tempfile.TemporaryDirectory(prefix="scr-intake-poison-") as name:
        for stage in STAGES:
            for end in stage.ends:
                folder = Path(name) / f"{stage.name} {end.__name__}".replace(" ", "-")
                well, line = trial(stage, end, folder, behind)
                wrong += not well
                print(line + ("" if well else " NOT WELL"), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
