"""Whether a mailbox's folders are there and may be written, and what time its server has.

Does: opens each watched folder as the service would to move a message, and sees that each folder
for what is dealt with is there; puts a message of its own there and takes it away again, which
proves that the folder can be written and tells the server's time.
Trusts: nothing that the server says.
Never touches: any other message.
Known limits: without UIDPLUS a message cannot be taken away again safely, so none is put there.
"""

from __future__ import annotations

import imaplib
import time
from collections.abc import Iterator
from datetime import datetime

from commands.doctor.check import Said, soon, well, wrong
from commands.doctor.visit import Visit
from commands.mailboxes import afterwards
from intake.imap.afterwards import DELETED
from intake.imap.session import BODY, ReadOnly
from intake.imap.trouble import NoSuchFolder

PROBE = b"Subject: scr-intake doctor\r\n\r\nPut here and taken away by scr-intake doctor.\r\n"
APART = 120.0  # seconds that clocks may differ


def folders(visit: Visit) -> Iterator[Said]:
    """The watched ones first. Raises NoSuchFolder when none of them is there."""
    for folder in visit.box.watched:
        yield _watched(visit, folder)
    if not visit.there:
        raise NoSuchFolder(visit.name)
    if visit.box.after.mode != "move":
        yield well(f"{visit.name}: messages stay in their folder, as `after` says.")
        return
    yield from _for_the_dealt_with(visit)


def _watched(visit: Visit, folder: str) -> Said:
    try:
        visit.session.opened(folder, writing=visit.box.after.mode != "leave")
    except NoSuchFolder as why:
        return wrong(f'{visit.name}: the folder "{folder}" is not there.', why.fix)
    except ReadOnly:
        visit.there.append(folder)
        return wrong(
            f'{visit.name}: nothing may be moved out of the folder "{folder}".',
            'Give the account the right to, or set `after` to { mode = "leave" }.',
        )
    visit.there.append(folder)
    return well(f'{visit.name}: the folder "{folder}" is there and can be worked in.')


def _for_the_dealt_with(visit: Visit) -> Iterator[Said]:
    missing = afterwards(visit.box.after).prepare(visit.session)
    for folder in missing:
        yield wrong(
            f'{visit.name}: the folder "{folder}" is not there and cannot be made.',
            "Make it, or name another in `after`.",
        )
    times = []
    for folder in visit.box.after.folders:
        if folder in missing:
            continue
        try:
            times += _probed(visit, folder)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, ReadOnly):
            yield wrong(
                f'{visit.name}: nothing can be put into the folder "{folder}".',
                "See to the account's rights there, and whether the mailbox is full.",
            )
        else:
            yield well(f'{visit.name}: the folder "{folder}" takes what is dealt with.')
    if times:
        yield _clock(visit.name, max(times, key=abs))


def _probed(visit: Visit, folder: str) -> list[float]:
    """By how many seconds the server's clock is ahead of ours; nothing without UIDPLUS."""
    if not visit.can("UIDPLUS"):
        return []
    client, name = visit.session.client, visit.session.naming.of(folder)
    before = set(_uids(visit, folder))
    ours = time.time()
    client.append(name, PROBE, [b"\\Seen"])
    mine = sorted(set(_uids(visit, folder)) - before)[-1:]
    fetched = client.fetch(mine, ["INTERNALDATE", BODY]) if mine else {}
    found = [m for m in fetched.values() if m.get(b"BODY[]") == PROBE]
    if found:
        client.add_flags(mine, [DELETED], silent=True)
        client.uid_expunge(mine)
    dates = [m.get(b"INTERNALDATE") for m in found]
    return [date.timestamp() - ours for date in dates if isinstance(date, datetime)]


def _uids(visit: Visit, folder: str) -> list[int]:
    visit.session.closed()
    visit.session.opened(folder, writing=True)
    return list(visit.session.client.search(["ALL"]))


def _clock(name: str, ahead: float) -> Said:
    if abs(ahead) <= APART:
        return well(f"{name}: the server's clock and this machine's agree.")
    minutes = round(abs(ahead) / 60)
    way = "ahead of" if ahead > 0 else "behind"
    return soon(
        f"{name}: the server's clock is {minutes} minutes {way} this machine's.",
        "See that both keep the time: due dates and the order of letters depend on it.",
    )
