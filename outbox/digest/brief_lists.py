"""The lists of the digest that is sent: what is asked, grouped by its case and told once, and what
else is told in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from config.command_line import without_commands
from config.english import join_with_and
from outbox.digest.ask_lines import say_in_a_line
from outbox.health.health_for_digest import ServiceHealth, troubled_things, without_whom_to_ask
from outbox.writing.digest_facts import Listing, Need

MAX_SILENT = 5  # agencies that are named in one line
MAX_TOLD = 8  # points of a list behind the tables
HOW_TO_ANSWER = (
    "Press an underlined word and send the message that opens; or reply with a line for each, its"
    " number and the word."
)
TABLES_HAVE_THEM = "The tables above have them."
BY_THE_SERVER = "Answers by mail are switched off; whoever works on the server settles these."
_MORE = "They come as these are settled; a mail that says Digest is answered with all."
_ENTRIES = re.compile(r" \((?:entry|entries)[^)]{1,40}\)")
_LOOK = "scr-intake show "  # what waits to be looked at is asked in a line of its own


def list_asks(needs: Iterable[Need], most: int) -> Listing[Need]:
    """Those that are for the administrator, the worst first and all of a case together."""
    asks: Iterable[Need] = _once([need for need in needs if not need.for_operator])
    asks = sorted(asks, key=lambda need: not _is_first(need))
    listed = Listing.limited_to(asks, most, _MORE)
    cases = dict.fromkeys(need.topic.case for need in listed.shown if need.topic.case)
    grouped = (n for case in (*cases, "") for n in listed.shown if n.topic.case == case)
    worst_first = sorted(grouped, key=lambda need: not _is_first(need))
    return replace(listed, shown=tuple(map(say_in_a_line, worst_first)))


def _is_first(need: Need) -> bool:
    """Whether it stands before all else: somebody is afraid for a child."""
    return need.line is not None and need.line.first


def _once(needs: Sequence[Need]) -> Iterator[Need]:
    """Without what is asked already."""
    met = set[tuple[str, str, int | str]]()
    for need in needs:
        topic = need.topic
        keys = {(topic.sort, topic.case, item) for item in topic.items}
        if not keys or not keys <= met:
            yield need
        met |= keys


def how_to_answer(asks: Sequence[Need], *, by_mail: bool) -> str:
    """What stands above them, "" where nothing is asked."""
    if not by_mail:
        return BY_THE_SERVER if asks else ""
    return HOW_TO_ANSWER if any(need.links for need in asks) else ""


CUT_IN_DETAILS = 'Where it says "...", details has the rest.'


def trouble_line(health: ServiceHealth, needs: Iterable[Need], now: datetime) -> str:
    """What is not well, and that it is with the operator; "" for nothing."""
    rests = [without_commands(need.says) for need in needs if need.for_operator]
    things = list(dict.fromkeys(troubled_things(health, now)))
    known = f"Not well, and for the operator to see to: {join_with_and(things)}." if things else ""
    return " ".join(filter(None, (*map(without_whom_to_ask, rests), known)))


def below_the_tables(overdue: int, soon: int, settled: int) -> str:
    """What else there is, counted, with where it stands; "" for nothing."""
    counts = [
        f"{what}: {number:,}."
        for what, number in (
            ("Overdue", overdue),
            ("Due within 5 working days", soon),
            ("Settled in your name", settled),
        )
        if number
    ]
    return " ".join([*counts, "See below the tables."]) if counts else ""


def silence_sentences(suppressed: Sequence[Need]) -> Iterator[str]:
    """Who is not written to, and why; of those of whom something is asked above, in one line."""
    asked = [need.says.partition(":")[0] for need in suppressed if need.command.startswith(_LOOK)]
    if whose := list(dict.fromkeys(asked)):
        named = whose if len(whose) <= MAX_SILENT else [f"{len(whose):,} agencies"]
        yield f"{'; '.join(named)}: not reminded of what waits for you above until you settle it."
    for need in suppressed:
        if not need.command.startswith(_LOOK):
            yield without_commands(need.says)


def note_in_brief(note: str) -> str:
    """Without its commands, and without the numbers of entries, which are for those alone."""
    return _ENTRIES.sub("", without_commands(note))


def cut_list(
    points: Sequence[str], where: str = "Whoever works on the server can list them."
) -> Listing[str]:
    """As many as one reads behind the tables."""
    return Listing.limited_to(points, MAX_TOLD, where)
