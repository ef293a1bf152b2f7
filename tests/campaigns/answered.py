"""Mutated answers to a digest, each through the whole flow of a board of its own: no wrong order.

    python -m tests.campaigns.answered --cases 1000 --seed 15

Does: writes replies as many mail programs do, with lines that order, lines that nearly do, and
heads that belong to somebody else, a program, or no digest; what was done may only be what a plain
line of the right sender said. With `--seed` and a number a case is the same again.
Trusts: the lines marked as plain here. Known limits: one digest, of three kinds of ask.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_replies import CLIENTS, Typed, message
from tests.campaigns import mailwise
from tests.flow.test_answers_by_mail import asked_desk

AT = "2010-04-06T09:10"
HER = "The Administrator <administrator@board.example>"
# What may be typed for each number of the digest, and what it orders.
PLAIN: Mapping[int, tuple[tuple[str, str], ...]] = {
    1: (
        ("1 more time until 11 June", "more time"),
        ("1. more time until 11 June please", "more time"),
        ("1) More time until Friday 11 June", "more time"),
        ("1 no", "no"),
    ),
    2: (
        ("2 accept", "accept"),
        ("2. Accept.", "accept"),
        ("2: accept, thanks", "accept"),
        ("2 send back: the signature is missing", "send back"),
    ),
    3: (("3 file", "file"), ("3) FILE please", "file"), ("3 assign N12 GP chronology", "assign")),
}
# What orders nothing, whatever it looks like.
NEARLY = (
    "{n} don't accept", "{n} accept?", "do not {n} accept", "{n} accept if it is signed",
    "{n} acept", "{n} or 3 accept", "1-3 accept", "all accept", "accept all", "{n} accept not",
    "99 accept", "1 more time until 31 June", "1 more time until 11 June 2009", "> {n} accept",
    "{n} accept but wait", "I would not {n} accept", "{n} accept / {n} send back: x", "{n}",
    "accept", "{n} more time", "{n} send back", "{n} send back: why", "{n} assign",
    "{n} close case",
    "{n} waive", "{n} put on hold", "{n} hand in", "{n} register author N12 GP a@b.example: A",
    "{n} seen outside IMR on 3 April: on paper", "{n} remove author@meadowlane.example",
    "For example: {n} accept", '"{n} accept" is what I would say', "0{n} accept", "{n} accept {n}",
    "{n} yes?", "+{n} accept", "{n}0 accept", "{n} undo?", "we could {n} accept",
)  # fmt: skip
RETRACTED = ("Please ignore the above.", "Actually, do nothing.", "This is a test, do not do it.")
CALM = ("Thanks", "Pat", "I have read these carefully.", "See you on Thursday")
# Heads with which nothing counts: who sent it, whom it names, what it answers.
NOT_HERS: tuple[Mapping[str, str], ...] = (
    {"From": "Colleague <colleague@board.example>"},
    {"From": "administrator@board.example <evil@else.example>"},
    {"From": "administrator@board.example, colleague@board.example"},
    {"From": "The Administrator <administrator@b0ard.example>"},
    {"Sender": "colleague@board.example"},
    {"Resent-From": "colleague@board.example"},
    {"Auto-Submitted": "auto-replied"},
    {"X-Autoreply": "yes"},
    {"Precedence": "bulk", "List-Id": "<all.board.example>"},
    {"In-Reply-To": ""},
    {"In-Reply-To": "<scr.0.a46c9ef8f81955c15e89c706.e86fe46a647a89210a015a2b@board.example>"},
    {"In-Reply-To": "<else@board.example>"},
)


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """A reply, and what it may come to: words by the number that they are about."""

    raw: bytes
    may: Mapping[int, str]
    must: bool = False  # all of it is done
    told: str = ""  # how it was made
    orders: tuple[str, ...] = field(default=())


def make_board(folder: Path) -> Board:
    """A digest has asked about three things."""
    board = Board(folder)
    assert board.load().status == 0
    asked_desk(board)
    return board


def make_case(board: Board, seed: int, number: int) -> AnswerCase:
    """One reply of many, the same for the same seed and number."""
    chance = Random(f"{seed}/{number}")
    digest = [x for x in board.sent() if x["X-SCR-Intake"] == "digest"][-1]
    numbers = chance.sample((1, 2, 3), chance.randint(1, 3))
    chosen = {n: chance.choice(PLAIN[n]) for n in numbers}
    lines, may = [line for line, _ in chosen.values()], {n: w for n, (_, w) in chosen.items()}
    how = chance.choice(("plain", "nearly", "retracted", "not hers", "bytes", "twice"))
    headers = {
        "From": HER,
        "In-Reply-To": str(digest["Message-ID"]).strip(),
        "Subject": "RE: Case returns",
        "Date": "Tue, 06 Apr 2010 09:05:00 +0100",
        "Message-ID": f"<case.{number}@board.example>",
    }
    if how == "nearly":
        n = chance.choice((1, 2, 3))
        lines = [chance.choice(NEARLY).format(n=n), *(w for m, w in _lines(chosen) if m != n)]
        may = {m: w for m, w in may.items() if m != n}
        chance.shuffle(lines)
    elif how == "retracted":
        lines, may = [*lines, chance.choice(RETRACTED)], {}
    elif how == "not hers":
        headers |= chance.choice(NOT_HERS)
        may = {}
    elif how == "twice":
        n = numbers[0]
        other = next(line for line, word in PLAIN[n] if word != may[n])
        lines, may = [*lines, other], {m: w for m, w in may.items() if m != n}
    if how != "retracted" and chance.random() < 0.3:
        lines.append(chance.choice(CALM))
    client = chance.choice(sorted(CLIENTS))
    quoted = letter_plain_text(digest).splitlines()
    raw = message(CLIENTS[client](Typed(lines, quoted=quoted)), headers)
    if how == "bytes":
        for _ in range(chance.randint(1, 3)):
            raw = chance.choice(mailwise.MUTATIONS)(raw, chance)
    must = how == "plain"
    return AnswerCase(raw, may, must, f"{number}: {how}, {client}", tuple(lines))


def _lines(chosen: Mapping[int, tuple[str, str]]) -> list[tuple[int, str]]:
    return [(n, line) for n, (line, _) in chosen.items()]


def wrong(board: Board, case: AnswerCase, at: str = AT) -> str:
    """What was done that the reply did not say, "" for nothing."""
    board.mail(case.raw)
    ended = board.run("once", at=at)
    with sqlite3.connect(board.folder / "register.db") as database:
        found = database.execute("SELECT number, word FROM orders").fetchall()
        decided = database.execute("SELECT count(*) FROM decisions").fetchone()[0]
    done = {int(number): str(word) for number, word in found}
    if "Traceback" in ended.err or ended.status == 2:
        return f"{case.told}: {ended.err[-300:]}"
    if any(case.may.get(number) != word for number, word in done.items()):
        return f"{case.told}: {case.orders} came to {done}"
    if decided != len(done):
        return f"{case.told}: {case.orders} came to {decided} decisions"
    due = board.returns("GP", at=at)["imr"]["due"]
    if due != ("2010-06-11" if done.get(1) == "more time" else "2010-05-28"):
        return f"{case.told}: {case.orders} moved the day to {due}"
    return ""


def try_cases(folder: Path, seed: int, numbers: range) -> tuple[list[str], int]:
    """What went wrong, and how many replies did something."""
    first = make_board(folder / "first")
    faults, did = list[str](), 0
    for number in numbers:
        case = make_case(first, seed, number)
        copy = folder / str(number)
        board = Board.copied(first.folder, copy)
        fault = wrong(board, case)
        faults += [fault] if fault else []
        with sqlite3.connect(copy / "register.db") as database:
            did += bool(database.execute("SELECT count(*) FROM orders").fetchone()[0])
        shutil.rmtree(copy)
    return faults, did


def main() -> int:
    """Exit status 1 for a wrong order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--from", dest="first", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        numbers = range(asked.first, asked.first + asked.cases)
        faults, did = try_cases(Path(folder), asked.seed, numbers)
    for fault in faults:
        print(fault)
    print(f"{asked.cases} replies, seed {asked.seed}: {did} did something, {len(faults)} wrongly.")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
