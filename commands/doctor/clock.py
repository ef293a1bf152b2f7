"""Whether the clock is believed: while it is not, nothing is sent or judged.

Does: holds the clock against when a round last ended, as the service does.
Trusts: the register's word for that.
Never touches: anything; where there is no register yet it makes none.
Known limits: a time given by `--at` is never doubted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from commands.clock_doubt import doubted
from commands.doctor.check import Ground, Said, well, wrong
from commands.refusals import refusal
from config.calendar import moment
from intake.ledger import Ledger


def the_clock(ground: Ground) -> Iterator[Said]:
    """What the machine's clock says."""
    register = ground.settings.storage.register_file
    if not register.exists():
        return
    try:
        with closing(Ledger.to_read(register)) as ledger:
            why = doubted(ledger, ground.settings, ground.now, played=ground.played)
    except Exception as broken:
        if refusal(broken) is None:  # what it is stands under "What is kept"
            raise
        return
    if why is None:
        yield well(f"The clock is believed: {moment(ground.now)}.")
    else:
        yield wrong(f"The clock is doubted. {why.sentence}", why.fix)
