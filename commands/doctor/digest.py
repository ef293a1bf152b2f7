"""Whether the last digest has gone, and whether a letter waits that cannot be written or sent.

Does: reads what the rounds noted of it.
Trusts: the register.
Never touches: the queue.
Known limits: it knows what the last round knew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from commands.doctor.check import Ground, Said, well, wrong
from commands.refusals import refusal
from intake.ledger import Ledger
from intake.outages import Outages
from outbox.digest_late import DIGEST
from outbox.unwritten import LETTERS


def digest(ground: Ground) -> Iterator[Said]:
    """Nothing while there is no register, or one that cannot be opened, which is told elsewhere."""
    path = ground.settings.storage.register_file
    if not path.exists():
        return
    try:
        with closing(Ledger(path)) as ledger:
            outages = Outages(ledger).recent(ground.now)
    except Exception as why:
        if refusal(why) is None:
            raise
        return
    lasting = [each for each in outages if each.over is None]
    late = [each for each in lasting if each.source in (DIGEST, f"{LETTERS}digest")]
    for each in late:
        yield wrong(each.said, each.fix)
    for each in lasting:
        if each.source.startswith(LETTERS) and each not in late:
            kind = each.source.removeprefix(LETTERS)
            yield wrong(f"A letter ({kind}) cannot be written or sent. {each.said}", each.fix)
    if not late:
        yield well("Nothing keeps the daily digest from its reader.")
