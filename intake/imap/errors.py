"""What may be wrong with a mailbox on a server, each in a sentence and with what to do.

The text of imaplib's exceptions is never used: it carries what the server sent (failure mode 89).
"""

from __future__ import annotations

import socket
import ssl

from intake.sign_in.account import SignInRefused, SignInUnavailable
from intake.source import SourceUnavailable

SIGN_IN_ERRORS = (SignInUnavailable, SignInRefused)  # their text is a sentence of ours


class MailServerUnreachable(SourceUnavailable):
    sentence = "The mail server does not answer, or ends the connection."

    fix = "See whether the server is up and lets this machine in; the service tries again."

    def __init__(self, mailbox: str = "", said: str = "") -> None:
        """`mailbox` is the source's name; `said` is a sentence of ours that says more."""
        super().__init__(mailbox)
        if said:
            self.sentence = said

    def __str__(self) -> str:
        return self.sentence


class NoSuchHost(MailServerUnreachable):
    sentence = "The name of the mail server is not known to this machine's name service."

    fix = "See whether `host` is written rightly, and whether this machine can look up names."


class ServerNotListening(MailServerUnreachable):
    sentence = "The mail server does not take connections on this port."

    fix = (
        "See whether `host`, `port` and `tls` are right and the firewall lets this machine through."
    )


class CertificateNotTrusted(MailServerUnreachable):
    sentence = "The mail server's certificate is not one to trust, so nothing was said to it."

    fix = (
        "See whether the certificate has run out or is for another name; for a private authority"
        " name its certificate in `ca_file`."
    )


class TlsNotOffered(MailServerUnreachable):
    sentence = "The mail server does not speak TLS on this port, so nothing was said to it."

    fix = 'See whether `tls` should be "starttls" (often port 143) or "implicit" (often port 993).'


class LoginRejected(MailServerUnreachable):
    sentence = "The mail server does not let the account in."

    fix = (
        "See whether the user name and the password, or the application's consent, are still good."
    )


class NoSuchFolder(MailServerUnreachable):
    sentence = "A folder that should be watched is not there."

    fix = "Make the folder in the mailbox, or name another in `folder` or `folders`."


class MessageUnavailable(SourceUnavailable):
    sentence = "The mail server does not hand it over, or not all of it, however often it is asked."

    fix = (
        "Open the mailbox in a mail program: move the message out and in again, or have the"
        " server's administrator look at it."
    )


# The first that fits. ssl.SSLError is an OSError, and so are most of the others. A server that goes
# silent, or away in the middle, has not said that it does not speak TLS.
_BY_TYPE: tuple[tuple[type[BaseException], type[MailServerUnreachable]], ...] = (
    (ssl.SSLCertVerificationError, CertificateNotTrusted),
    (ssl.SSLEOFError, MailServerUnreachable),
    (ssl.SSLZeroReturnError, MailServerUnreachable),
    (ssl.SSLSyscallError, MailServerUnreachable),
    (ssl.SSLError, TlsNotOffered),
    (socket.gaierror, NoSuchHost),
    (ConnectionRefusedError, ServerNotListening),
    (SignInRefused, LoginRejected),
)


def connection_failure(mailbox: str, why: BaseException) -> MailServerUnreachable:
    """Why a connection could not be made or kept."""
    if isinstance(why, MailServerUnreachable):
        return why
    kind = next((kind for type_, kind in _BY_TYPE if isinstance(why, type_)), MailServerUnreachable)
    return kind(mailbox, str(why) if isinstance(why, SIGN_IN_ERRORS) else "")
