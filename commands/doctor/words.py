"""Whether the board's own words for letters can be used.

Does: reads every template of the board's own through, and writes every sample letter with them.
Trusts: the samples.
Never touches: letters; nothing is kept.
Known limits: says nothing where the settings name no such folder.
"""

from __future__ import annotations

from collections.abc import Iterator

from commands.doctor.check import Ground, Said, well, wrong
from outbox.proofreader import Proofreader
from outbox.templates import files
from outbox.words import count
from outbox.writer import Writer


def words(ground: Ground) -> Iterator[Said]:
    """Each slip with its template, its line, and what to do."""
    board = ground.settings.board
    if board.letters is None:
        return
    slips = Proofreader(board, Writer(board, ground.settings.outbox.sender)).slips()
    for slip in slips:
        yield wrong(str(slip), slip.fix)
    if slips:
        yield well("No letter waits for that: where the board's own words fail it, ours are used.")
    else:
        number = count(len(list(files(board.letters))), "template")
        yield well(f"The board's own words, {number}, were tried with letters of every kind.")
