"""A board whose mail comes and goes by a real Postfix and a real Dovecot, and whose mailboxes can
be put back to how they were.

Does: has a board watch one mailbox and hand its letters in, as a council's would; sends it mail as
an agency does; says who has had how many letters.
Trusts: that one board at a time works behind it: copies of it watch the same mailbox.
Never touches: anything but the servers' own folders.
Known limits: mailboxes are put back behind the back of the server, between two connections.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

from tests.board import Board
from tests.flow.post import PATIENCE, watch_mailbox
from tests.servers import postfix
from tests.servers.ports import free_ports
from tests.servers.postfix import BORDER, Postfix

USER = "scr"
US = f"{USER}@board.example"
QUEUES = ("maildrop", "incoming", "active", "deferred")
SENDING = """transport = "smtp"
relays    = ["mail.board.example"]
host = "localhost"
port = {port}
ca_file = "{ca}"
username = "{user}"
password_file = "keys/imap-password"
"""


class BehindServers:
    """One board behind two servers that are running."""

    def __init__(self, post: Postfix, folder: Path) -> None:
        self._post, self._kept = post, folder / "mailboxes"

    def attach(self, board: Board) -> None:
        """From now on its mail comes and goes by the servers."""
        watch_mailbox(board, self._post.mailboxes, USER)
        file = board.folder / "scr-intake.toml"
        vouched = f'authentication = "dmarc"\nauthserv_id = "{BORDER}"'
        ca = self._post.mailboxes.certificates.ca
        sending = SENDING.format(port=self._post.submission, ca=ca, user=USER)
        file.write_text(
            file.read_text()
            .replace('authentication = "none"', vouched)
            .replace("scr-returns@board.example", US)
            .replace('transport = "files"\n', sending, 1)
            .replace('path      = "sent"\n', "")
        )

    def arrive(self, message: bytes) -> None:
        """By SMTP to the border, until it lies in the mailbox."""
        self._post.arrive(message, US)
        self.wait_for_queue()

    def keep_mailboxes(self) -> None:
        self.wait_for_queue()
        shutil.rmtree(self._kept, ignore_errors=True)
        subprocess.run(["cp", "-a", self._mail, self._kept], check=True)

    def put_mailboxes_back(self) -> None:
        self.wait_for_queue()
        while self._mail.exists():  # the server may be writing there still
            shutil.rmtree(self._mail, ignore_errors=True)
        subprocess.run(["cp", "-a", self._kept, self._mail], check=True)

    def letters(self) -> Counter[str]:
        """How many messages lie with whom the board writes to, its own officers left out."""
        self.wait_for_queue()
        found: Counter[str] = Counter()
        for path in self._mail.glob("*/Maildir/*/*"):
            if path.parent.name not in ("new", "cur") or path.is_relative_to(self._mail / USER):
                continue
            to = str(message_from_bytes(path.read_bytes(), policy=SMTP)["To"])
            found[to] += "board.example" not in to
        return +found

    def wait_for_queue(self) -> None:
        """Until nothing is on its way. Raises AssertionError when it takes too long."""
        deadline = time.monotonic() + PATIENCE
        while any(self._waiting()):
            assert time.monotonic() < deadline, "mail is still on its way"
            time.sleep(0.02)

    def _waiting(self) -> Iterator[Path]:
        for name in QUEUES:
            for path in (self._post.folder / "queue" / name).rglob("*"):
                if path.is_file():
                    yield path

    @property
    def _mail(self) -> Path:
        return self._post.mailboxes.folder / "mail"


@contextmanager
def running(folder: Path) -> Iterator[BehindServers]:
    """The two servers, until it is over; nobody listens where mail for strangers would go."""
    (nobody,) = free_ports(1)
    with postfix.running(nobody) as post:
        yield BehindServers(post, folder)
