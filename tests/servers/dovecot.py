"""A real Dovecot on loopback: IMAP, IMAPS, STARTTLS and LMTP, run by no privileged user.

Every user has the password `test`; a mail to `ward@anything.example` lies with the user `ward`.
`tests/conftest.py` has one for each session as the fixture `dovecot`: a test that uses it makes up
a user of its own. One that stops the server, or needs another configuration, starts its own with
`running()`.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from tests.servers.certificates import Certificates
from tests.servers.ports import free_ports

PROGRAM = Path("/usr/sbin/dovecot")
LMTP = Path("/usr/lib/dovecot/lmtp")
MISSING = "Dovecot is not installed (tools/install-test-parts), so real mailboxes go untested"
PASSWORD = "test"
PATIENCE = 20  # seconds until something is plainly wrong

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
protocols = imap lmtp
listen = 127.0.0.1
disable_plaintext_auth = no
auth_failure_delay = 0
mail_max_userip_connections = 100
verbose_proctitle = yes
ssl = yes
ssl_cert = <{folder}/tls/server.pem
ssl_key = <{folder}/tls/server.key
first_valid_uid = 1
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
{extra}
"""


@dataclass
class Dovecot:
    """One server. `extra` is configuration that comes last, so it has the last word."""

    folder: Path
    extra: str = ""
    certificates: Certificates = field(init=False)
    imap: int = field(init=False)
    imaps: int = field(init=False)
    lmtp: int = field(init=False)
    _master: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.imap, self.imaps, self.lmtp = free_ports(3)
        self.certificates = Certificates.made_in(self.folder / "tls")
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir()
        self.configure(self.extra)
        if os.geteuid() == 0:  # a server refuses to deliver mail as root
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, *unprivileged())

    def configure(self, extra: str) -> None:
        """Takes effect at the next start."""
        user, group = unprivileged()
        (self.folder / "dovecot.conf").write_text(
            CONFIGURATION.format(
                folder=self.folder,
                user=user,
                group=group,
                password=PASSWORD,
                imap=self.imap,
                imaps=self.imaps,
                lmtp=self.lmtp,
                extra=extra,
            )
        )

    def start(self) -> None:
        """Returns when it lets people in."""
        user, group = unprivileged()
        configuration = self.folder / "dovecot.conf"
        self._master = subprocess.Popen(
            [*_as(user, group), str(PROGRAM), "-F", "-c", str(configuration)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait_until_ready()

    def stop(self) -> None:
        """Returns when it and all it started have gone; a client's connection is cut."""
        if self._master is None:
            return
        # The whole group: a process that serves a client would else outlive its master.
        os.killpg(self._master.pid, signal.SIGTERM)
        self._master.wait(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(self._master.pid, signal.SIGKILL)
        self._master = None

    def restart(self) -> None:
        """On the same ports, with the same mail."""
        self.stop()
        self.start()

    @contextmanager
    def client(self, user: str) -> Iterator[IMAPClient]:
        """Another program that has this mailbox open: the administrator's."""
        context = self.certificates.client_context()
        with IMAPClient("localhost", self.imaps, ssl_context=context, timeout=PATIENCE) as client:
            client.login(user, PASSWORD)
            yield client

    def deliver(self, user: str, *messages: bytes, sender: str = "someone@agency.example") -> None:
        """By LMTP, as the mail server that took it in would; the lines end as they should."""
        with smtplib.LMTP("127.0.0.1", self.lmtp, timeout=PATIENCE) as lmtp:
            for message in messages:
                lmtp.sendmail(sender, [f"{user}@board.example"], message)

    def listens(self, user: str) -> bool:
        """Whether a client of the user's is in IDLE now: each has a process, which says so."""
        listed = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True)
        return any(f"[{user} " in x and "IDLE" in x for x in listed.stdout.splitlines())

    def maildir(self, user: str) -> Path:
        """Where the user's mail lies, for a test that has to do what no client can."""
        return self.folder / "mail" / user / "Maildir"

    @property
    def log(self) -> str:
        path = self.folder / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with smtplib.LMTP("127.0.0.1", self.lmtp, timeout=PATIENCE) as lmtp:
                    lmtp.noop()
                with self.client("nobody-in-particular"):
                    return
            except OSError as why:
                ended = self._master is None or self._master.poll() is not None
                if ended or time.monotonic() > deadline:
                    raise AssertionError(f"Dovecot did not start:\n{self.log}") from why
                time.sleep(0.02)


def renumber(server: Dovecot, user: str) -> None:
    """The mailbox is made anew, as after a restored backup: UID 1 is another message."""
    with server.client(user) as client:
        before = client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    while True:  # its number is the time in seconds
        while server.maildir(user).exists():  # the server may be writing there still
            shutil.rmtree(server.maildir(user), ignore_errors=True)
        # The server may find its mailbox gone while it answers, and says so: asked again then.
        # Its status can be told while to open it still says "deleted under us", so it is opened.
        with suppress(IMAPClientError), server.client(user) as client:
            opened = client.select_folder("INBOX", readonly=True)
            if opened[b"UIDVALIDITY"] != before:
                return
        time.sleep(0.1)


def unprivileged() -> tuple[str, str]:
    """The user and group that a server of ours runs as: never root."""
    if os.geteuid() == 0:
        return "nobody", "nogroup"
    return pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name


def _as(user: str, group: str) -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]


@contextmanager
def folder_for_a_server(name: str) -> Iterator[Path]:
    """An unprivileged server's own: pytest's folders are closed to other users, and a socket's
    path is short."""
    folder = Path(tempfile.mkdtemp(prefix=f"scr-{name}-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def needed() -> None:
    """Skips where there is no Dovecot; fails where CI is set, which must not pass without it."""
    if not (PROGRAM.exists() and LMTP.exists()):
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)


@contextmanager
def running(extra: str = "") -> Iterator[Dovecot]:
    """A Dovecot of one's own, until the test is over. Takes about half a second."""
    needed()
    with folder_for_a_server("dovecot") as folder:
        server = Dovecot(folder, extra)
        try:
            server.start()
            yield server
        finally:
            server.stop()
