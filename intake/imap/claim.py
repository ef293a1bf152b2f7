"""The claim of a mailbox on a server: a message in a folder of its own.

Messages of a folder are numbered in the order in which they came, so of two registers that claim at
the same moment the first one has it.
"""

from __future__ import annotations

import imaplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from typing import Any

from intake.imap.connection import ensure_folder
from intake.imap.errors import MailServerUnreachable, NoSuchFolder
from intake.imap.session import FolderReadOnly, ImapSession
from intake.source_claim import SourceClaim, SourceClaimedElsewhere

CLAIM_FOLDER = "scr-intake"
CLAIM_MESSAGE_HINT = f'delete the message in the folder "{CLAIM_FOLDER}" of the mailbox'
_HEADER = "X-SCR-Intake-Register"
_FETCHED = f"BODY.PEEK[HEADER.FIELDS ({_HEADER})]"
_BODY = """\
By this message scr-intake knows which register works this mailbox, so that no second one answers
what comes here. Leave it here.

It is worked by: {says}

If that one is no longer in use, delete this message.
"""


class MailboxClaimedElsewhere(MailServerUnreachable, SourceClaimedElsewhere):
    def __init__(self, name: str, whose: SourceClaim) -> None:
        SourceClaimedElsewhere.__init__(self, name, whose, CLAIM_MESSAGE_HINT)


def claim_mailbox(session: ImapSession, name: str, claim: SourceClaim) -> None:
    """Take a mailbox, or see that it is ours. A server on which no folder can be made is worked
    without: `doctor` says so. Raises MailboxClaimedElsewhere."""
    owner = find_owner(session)
    if owner is None:
        if not _write_claim(session, claim):
            return
        owner = find_owner(session)
    if owner is not None and owner.mark != claim.mark:
        raise MailboxClaimedElsewhere(name, owner)


def find_owner(session: ImapSession) -> SourceClaim | None:
    """Whose it is; None while nobody has said."""
    try:
        _, uids = session.search_uids(CLAIM_FOLDER)
        if not uids:
            return None
        fetched: Mapping[int, Any] = session.client.fetch(uids, [_FETCHED])
    except NoSuchFolder:
        return None
    finally:
        session.close_folder()
    for uid in sorted(fetched):
        if (claim := _claim_in(fetched[uid])) is not None:
            return claim
    return None


def _write_claim(session: ImapSession, claim: SourceClaim) -> bool:
    """False on a server that does not let us."""
    folder = session.naming.server_folder_name(CLAIM_FOLDER)
    if not ensure_folder(session.client, folder):
        return False
    message = EmailMessage(SMTP)
    message["From"] = "scr-intake <scr-intake@localhost>"
    message["Subject"] = "This mailbox is worked by scr-intake"
    message[_HEADER] = claim.line
    message.set_content(_BODY.format(says=claim.says))
    try:
        session.client.append(folder, message.as_bytes())
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, FolderReadOnly):
        return False
    return True


def _claim_in(fetched: Mapping[bytes, Any]) -> SourceClaim | None:
    header = next((value for key, value in fetched.items() if key.startswith(b"BODY[")), None)
    if not isinstance(header, bytes):
        return None
    line = BytesHeaderParser(policy=SMTP).parsebytes(header)[_HEADER]
    return SourceClaim.from_line(str(line)) if line else None
