"""What the answer to `details` says of an ask: what its sender wrote, all that was found, where it
lies, and what may be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from commands.composition.app import Application
from commands.entries import entry_lines
from commands.letters import letter_as_read
from commands.mail_orders.lookups import link_maker
from commands.mail_orders.registering_senders import links_to_others
from config.command_line import without_commands
from handlers.register.submissions import Entry
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import SEND_ME, OrderLink

MAX_LINES, MAX_ENTRIES, MAX_LETTERS = 60, 5, 3
MOST_WRITTEN_LINES, MOST_WRITTEN_CHARS = 40, 300  # lines of a message, and characters of one
THEY_WROTE = "They wrote:"
_GOES_ON = "The message goes on; the original has the rest."
_UNSAID = "(A line is left out here: it names somebody a review is about.)"
_LINK = re.compile(r"<?\b(?:https?|ftp|file)://[^\s<>\"]*>?|\bwww\.[^\s<>\"]*", re.I)
_LEFT_OUT = "(a link, left out)"


def detail_lines(app: Application, kept: KeptAsk) -> Iterator[str]:
    """A sentence each; of letters, the letter as its reader would see it."""
    topic = kept.ask.topic
    if topic.sort == "letters":
        for id in topic.items[:MAX_LETTERS]:
            letter = app.queue.get(int(id))
            lines = letter_as_read(letter).splitlines() if letter else []
            yield from [line for line in lines if line.strip()][:MAX_LINES]
        return
    if topic.sort != "entries":
        yield kept.ask.says
        return
    zone = app.settings.board.zone_info
    written = set[int]()
    for id in topic.items[:MAX_ENTRIES]:
        if entry := app.register.entries.get_entry(int(id)):
            came = app.arrivals.arrival_phrase([entry], zone)
            yield f"{came[:1].upper()}{came[1:]}."
            if entry.delivery_id not in written:
                yield from written_lines(app, entry)
            written.add(entry.delivery_id)
        yield from filter(None, map(without_commands, entry_lines(app, int(id))))
    if len(topic.items) > MAX_ENTRIES:
        yield f"And {len(topic.items) - MAX_ENTRIES:,} more like these."


def written_lines(app: Application, entry: Entry) -> Iterator[str]:
    """The words of the message that an entry came with, without what is quoted in it. None of its
    links is one here, no line of it is an answer, and none names whom a review is about."""
    lines = [line.strip() for line in app.first_words.own_words(entry) if line.strip()]
    if lines:
        yield THEY_WROTE
    unsaid = _unsaid_lines(app, lines)
    for n, line in enumerate(lines[:MOST_WRITTEN_LINES]):
        said = _LINK.sub(_LEFT_OUT, line)
        cut = f"{said[:MOST_WRITTEN_CHARS]} ..." if len(said) > MOST_WRITTEN_CHARS else said
        yield _UNSAID if n in unsaid else f"| {cut}"
    if len(lines) > MOST_WRITTEN_LINES:
        yield _GOES_ON


def _unsaid_lines(app: Application, lines: Sequence[str]) -> set[int]:
    """The lines that name whom a review is about, and both of two that do so together: a program
    may have broken a name over a line's end, and then the whole answer would be kept in."""
    unsaid = {n for n, line in enumerate(lines) if not app.may_tell(line)}
    for n, pair in enumerate(pairwise(lines)):
        if unsaid.isdisjoint((n, n + 1)) and not app.may_tell(" ".join(pair)):
            unsaid |= {n, n + 1}
    return unsaid


def detail_links(app: Application, kept: KeptAsk) -> tuple[OrderLink, ...]:
    """The ways to answer, and the one that sends the original where the digest has no room for
    it."""
    links = (*kept.ask.links, *links_to_others(app, kept))
    known = any(link.label.startswith(SEND_ME.label) for link in links)
    if known or kept.ask.topic.sort != "entries" or app.settings.board.originals == "never":
        return links
    return (*links, link_maker(app)(SEND_ME, kept))
