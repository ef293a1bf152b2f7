"""A sample letter to the operator, sent the way the board's letters are.

Does: writes one and hands it to the outbox's own way, past the queue.
Trusts: the settings.
Never touches: the register; it says nothing of any case.
Known limits: that it was taken does not prove that it arrived: the operator looks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from commands import ways
from commands.doctor.check import Ground, Said, well, wrong
from commands.doctor.outgoing import LOOK
from intake.sign_in.accounts import Accounts
from outbox.letter import Letter
from outbox.transport import Never, NotNow

TEXT = """\
This is a sample letter of scr-intake. It was sent because somebody asked for one (doctor --send).

If you read this, the board's letters leave as they should. Nothing has to be done.
"""


def sample(ground: Ground) -> Iterator[Said]:
    """One letter, by the way most letters leave."""
    outbox = ground.settings.outbox
    transport = ways.transport(outbox, outbox.sender, Accounts(ground.credentials, time.time))
    try:
        transport.send(_letter(ground))
    except (NotNow, Never) as why:
        yield wrong(f"A sample letter to the operator was not sent: {why}.", LOOK)
    else:
        yield well("A sample letter to the operator was taken. See whether it arrives.")
    finally:
        transport.rest()


def _letter(ground: Ground) -> Letter:
    message = EmailMessage(SMTP)
    board, sender = ground.settings.board, ground.settings.outbox.sender
    message["From"] = Address(display_name=board.name, addr_spec=sender)
    message["To"] = board.operator
    message["Subject"] = "scr-intake: a sample letter"
    message["Date"] = format_datetime(ground.now)
    message["Message-ID"] = make_msgid("sample", sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(TEXT)
    return Letter(
        id=0,
        key="sample",
        kind="digest",
        state="sending",
        message_id=str(message["Message-ID"]),
        message=message.as_bytes(),
        tries=0,
        queued=ground.now,
        since=ground.now,
        by_hand=True,
        sent=None,
        answer="",
    )
