"""What the answer to `details` says of an ask: all that was found, where it lies, and what may be
done."""

from __future__ import annotations

from collections.abc import Iterator

from commands.app import Application
from commands.entries import entry_lines
from commands.letters import letter_as_read
from config.command_line import without_commands
from outbox.orders.kept_asks import KeptAsk

MAX_LINES, MAX_ENTRIES = 60, 5


def detail_lines(app: Application, kept: KeptAsk) -> Iterator[str]:
    """A sentence each; of letters, the letter as its reader would see it."""
    topic = kept.ask.topic
    if topic.sort == "letters":
        letter = app.queue.get(int(topic.items[0]))
        lines = letter_as_read(letter).splitlines() if letter else []
        yield from [line for line in lines if line.strip()][:MAX_LINES]
        return
    if topic.sort != "entries":
        yield kept.ask.says
        return
    zone = app.settings.board.zone_info
    for id in topic.items[:MAX_ENTRIES]:
        if entry := app.register.entries.get_entry(int(id)):
            came = app.arrivals.arrival_phrase([entry], zone)
            yield f"{came[:1].upper()}{came[1:]}."
        yield from filter(None, map(without_commands, entry_lines(app, int(id))))
    if len(topic.items) > MAX_ENTRIES:
        yield f"And {len(topic.items) - MAX_ENTRIES:,} more like these."
