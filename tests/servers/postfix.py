"""A real Postfix on loopback, an instance of its own: mail comes in at its border as from the
world, letters are handed in at its submission port, and all of it is delivered to a Dovecot.

The border vouches as a board's own does: it writes an Authentication-Results on top, dmarc=pass for
a sender whose domain is an agency's, and dmarc=fail for anybody else who claims to be one.
Postfix begins as root or not at all.
"""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path

import pytest

from tests.servers import dovecot, greylisting
from tests.servers.dovecot import PATIENCE, Dovecot, folder_for_a_server
from tests.servers.greylisting import Greylisting
from tests.servers.ports import free_ports

PROGRAM = Path("/usr/sbin/postfix")
MISSING = "Postfix is not installed (tools/install-test-parts), so the whole way goes untested"
NOT_ROOT = "Postfix starts as root only, so the whole way goes untested"
BORDER = "mx.board.example"  # the name that the border vouches under
AGENCIES = ("meadowlane.example", "shirepolice.example")

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/postfix.log
maillog_file_prefixes = /tmp
myhostname = mail.board.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
mydestination = board.example, {agencies}
alias_maps =
alias_database =
local_recipient_maps =
local_transport = lmtp:inet:127.0.0.1:{lmtp}
lmtp_destination_recipient_limit = 1
transport_maps = texthash:{folder}/etc/transport
smtp_dns_support_level = disabled
smtputf8_enable = no
smtpd_tls_security_level = may
smtpd_tls_chain_files = {folder}/tls/server.key, {folder}/tls/server.pem
smtpd_tls_session_cache_database =
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""
MASTER = """
127.0.0.1:{border} inet n - n - - smtpd
  -o smtpd_sender_restrictions=check_sender_access,regexp:{folder}/etc/vouching
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_tls_auth_only=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=check_policy_service,inet:127.0.0.1:{policy},{known}
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

KNOWN = "permit_sasl_authenticated,reject"  # who may hand letters in


@dataclass
class Postfix:
    """One instance, and the Dovecot that it delivers to. `refusing` is the port of a server that
    mail for `refusing.example` is handed on to; `greylisting` says which letters come too soon."""

    folder: Path
    mailboxes: Dovecot
    auth: int
    refusing: int
    greylisting: Greylisting
    border: int = field(init=False)
    submission: int = field(init=False)

    def __post_init__(self) -> None:
        self.border, self.submission = free_ports(2)
        for name in ("etc", "queue", "data", "tls"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix", "postfix")
        for file in (self.mailboxes.certificates.certificate, self.mailboxes.certificates.key):
            shutil.copy(file, self.folder / "tls" / file.name)
        (self.folder / "tls" / "server.key").chmod(0o600)
        values = {
            "folder": self.folder,
            "agencies": ", ".join(AGENCIES),
            "lmtp": self.mailboxes.lmtp,
            "auth": self.auth,
            "border": self.border,
            "submission": self.submission,
            "policy": self.greylisting.port,
            "known": KNOWN,
        }
        self._write("main.cf", MAIN.format(**values))
        self._write("master.cf", MASTER.format(**values))
        self._write("vouching", "".join(_vouching()))
        self._write("transport", f"refusing.example smtp:[127.0.0.1]:{self.refusing}\n")

    def _write(self, name: str, text: str) -> None:
        (self.folder / "etc" / name).write_text(text)

    def start(self) -> None:
        self._do("start")
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", self.border, timeout=PATIENCE) as client:
                    client.noop()
                    return
            except OSError as why:
                if time.monotonic() > deadline:
                    raise AssertionError(f"Postfix did not start:\n{self.log}") from why
                time.sleep(0.05)

    def stop(self) -> None:
        self._do("abort")

    def arrive(self, message: bytes, to: str, sender: str | None = None) -> None:
        """From the world, by SMTP to the border. `sender` is the envelope's, else the From."""
        head = message_from_bytes(message, policy=SMTP)
        envelope = parseaddr(str(head["From"]))[1] if sender is None else sender
        with smtplib.SMTP("127.0.0.1", self.border, timeout=PATIENCE) as client:
            client.sendmail(envelope, [to], message)

    @property
    def log(self) -> str:
        path = self.folder / "postfix.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _do(self, what: str) -> None:
        environment = {**os.environ, "MAIL_CONFIG": str(self.folder / "etc")}
        command = [str(PROGRAM), "-c", str(self.folder / "etc"), what]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or what == "abort", f"{done.stderr}\n{self.log}"


def _vouching() -> Iterator[str]:
    """What the border says of a sender, by the envelope's."""
    for domain in AGENCIES:
        vouched = f"{BORDER}; dmarc=pass header.from={domain}"
        yield f"/@{domain.replace('.', '[.]')}$/ PREPEND Authentication-Results: {vouched}\n"
    failed = f"{BORDER}; dmarc=fail header.from={AGENCIES[0]}"
    yield f"/./ PREPEND Authentication-Results: {failed}\n"


def needed() -> None:
    """Skips where Postfix cannot run; fails where CI is set, which must not pass without it."""
    why = MISSING if not PROGRAM.exists() else NOT_ROOT if os.geteuid() else ""
    if why:
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)


@contextmanager
def running(refusing: int) -> Iterator[Postfix]:
    """A Postfix and its Dovecot, until the test is over; every account's password is `test`."""
    needed()
    (auth,) = free_ports(1)
    listener = (
        f"service auth {{\n  inet_listener {{\n    address = 127.0.0.1\n    port = {auth}\n  }}\n}}"
    )
    with (
        dovecot.running(listener) as mailboxes,
        folder_for_a_server("postfix") as folder,
        greylisting.running() as policy,
    ):
        server = Postfix(folder, mailboxes, auth, refusing, policy)
        try:
            server.start()
            yield server
        finally:
            server.stop()
