"""The backlog: a mailbox with very many messages in it, on a real Dovecot, when the service starts.

Does: `python -m tests.campaigns.backlog [--messages N]` fills a mailbox with N messages of
strangers, each with a document, and behind them all one return of somebody registered. First it
looks at it as a mailbox with a past: nothing is taken, and what lies there is told. Then, with
`since` reaching back, rounds run, and a file is dropped after the first of them. Says when the
return was answered and the file taken, how many strangers' messages had been judged by then, and
how much memory it took. Exit status 1 if a hundred were.
Trusts: the service's own rounds.
Never touches: anything outside a temporary folder.
Known limits: the strangers' messages are not all judged: it stops when a hundred are.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from commands.once import run_round
from tests import builders as build
from tests.board import Board
from tests.flow.post import watch_mailbox
from tests.servers.dovecot import running, unprivileged

MOST = 100  # messages of strangers that may be judged by then
USER, US = "backlog", "scr-returns@board.example"
PAST = datetime(2001, 3, 2, 10).timestamp()


def filled(mail: Path, messages: int) -> None:
    """As a mail system would have left it."""
    for part in ("new", "cur", "tmp"):
        (mail / part).mkdir(parents=True)
    document = build.make_chronology(build.STORIES["GP"])
    form = [("form.docx", document)]
    one = build.mail("stranger@place.example", US, "Papers", "Attached.", form)
    for n in range(messages):
        raw = one.replace(b"stranger@place", b"stranger%d@place%d" % (n, n % 400), 1)
        put(mail, n, raw)
    own = [("chronology.docx", document)]
    put(mail, messages, build.mail("author@meadowlane.example", US, "N12", "Attached.", own))
    if os.geteuid() == 0:
        for path in (mail.parent, *mail.parent.rglob("*")):
            shutil.chown(path, *unprivileged())


def put(mail: Path, n: int, raw: bytes) -> None:
    path = mail / "cur" / f"{int(PAST) + n}.{n}.host:2,"
    path.write_bytes(raw)
    os.utime(path, (PAST + n, PAST + n))


def at_work(board: Board) -> GlobalOptions:
    at = datetime(2010, 4, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    return GlobalOptions(board.folder / "scr-intake.toml", at)


def judged(app: Application, expected: int) -> int:
    sql = "SELECT count(*) AS n FROM deliveries WHERE state = 'judged' AND expected = ?"
    row = app.database.fetch_row(sql, expected)
    return int(row["n"]) if row else 0


def answered(app: Application) -> bool:
    sql = "SELECT 1 FROM letters WHERE state = 'sent' AND kind = 'acknowledgement'"
    return app.database.fetch_row(sql) is not None


def dropped(app: Application) -> bool:
    return app.database.fetch_row("SELECT 1 FROM deliveries WHERE source = 'drop'") is not None


def with_a_past(board: Board) -> None:
    began = time.monotonic()
    with open_application(at_work(board), working=True) as app:
        report = run_round(app)
        print(*report.said, f"({time.monotonic() - began:.1f} s, {report.taken} taken)", sep="\n")


def worked_off(board: Board, most: int = MOST) -> bool:
    """Whether the return was answered, and the file taken, before too many strangers were
    judged."""
    began, told = time.monotonic(), dict[str, tuple[float, int]]()
    with open_application(at_work(board), working=True) as app:
        for rounds in range(1000):
            run_round(app)
            strangers, now = judged(app, 0), time.monotonic() - began
            for what, there in (("answered", answered(app)), ("dropped", dropped(app))):
                if there and what not in told:
                    told[what] = now, strangers
                    print(f"{what}: {now:.1f} s, {strangers} strangers judged", flush=True)
            if not rounds:
                board.drop("POL", build.make_chronology(build.STORIES["POL"]))
            if strangers >= most or len(told) == 2:
                break
        print(f"{rounds + 1} rounds, {now:.1f} s, {strangers} strangers judged.")
    return len(told) == 2 and all(strangers <= most for _, strangers in told.values())


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--messages", type=int, default=20_000)
    messages = asked.parse_args().messages
    with (
        tempfile.TemporaryDirectory(prefix="scr-intake-backlog-") as name,
        running() as server,
    ):
        filled(server.maildir(USER), messages)
        board = Board(Path(name) / "board")
        board.load()
        watch_mailbox(board, server, USER)
        with_a_past(board)
        settings = board.folder / "scr-intake.toml"
        text = settings.read_text()
        settings.write_text(text.replace(f'"{USER}"\n', f'"{USER}"\nsince = 2000-01-01\n', 1))
        well = worked_off(board)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"At most {used} MB.")
    print(f"The return and the file came before {MOST} strangers: {'yes' if well else 'NO'}.")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
