"""A thousand replies changed by chance: none gives an order that its top text does not hold."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

import pytest

from tests.builders_replies import (
    CLIENTS,
    DIGEST_LINES,
    TextBody,
    Typed,
    markup,
    message,
    plain,
)
from tests.handlers.orders.conftest import SettleFunction

HOW_MANY = 1_000
SEED = 20100526

Told = tuple[int, str, str]
Lines = list[str]

TYPED = (
    "1 accept",
    "2 accept",
    "3 accept",
    "2 send back: the signature is missing",
    "3 send back: this is not one of our forms",
    "4 more time until 11 June",
    "1 details",
    "3 assign N12 GP chronology",
)
BESIDE = (
    "Thanks",
    "I have looked at these.",
    "Do not accept 2.",
    "Please ignore the above.",
    "accept all the rest",
    "Kind regards",
    "Pat Example",
    "1 Civic Square, Shiretown",
    "This email is confidential. We do not accept liability.",
)
SLIPPED_IN = (
    "not",
    "don't",
    "accept",
    "send back",
    "all",
    "2",
    "3",
    "?",
    "or",
    "if",
    "please",
    "9",
)

# The top text's own meaning, told as plainly as can be and by none of the code that is tried.
_PLAIN = re.compile(
    r"(?:please )?([1-5])[.):]? (?:please )?"
    r"(accept|details|send back:? ?(.+)|more time until (\d\d?) June|"
    r"assign (N12 [a-z]+ chronology))"
    r"(?:[.]| please)?",
    re.I,
)


def meant(line: str) -> Told | None:
    found = _PLAIN.fullmatch(" ".join(line.split()))
    if found is None:
        return None
    number, said = int(found[1]), found[2].lower()
    if said.startswith("send back"):
        return number, "send back", found[3].casefold()
    if said.startswith("more time"):
        return number, "more time", f"2010-06-{int(found[4]):02}"
    if said.startswith("assign"):
        return number, "assign", found[5].casefold()
    return number, said, ""


def slip_of_the_finger(lines: Lines, chance: random.Random) -> Lines:
    """One line of it with a letter lost, changed or twice."""
    at = chance.randrange(len(lines))
    line = lines[at]
    if line:
        place = chance.randrange(len(line))
        put = chance.choice(("", line[place] * 2, chance.choice("aeiou123?-")))
        lines[at] = line[:place] + put + line[place + 1 :]
    return lines


def word_slipped_in(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(len(lines))
    words = lines[at].split(" ")
    words.insert(chance.randrange(len(words) + 1), chance.choice(SLIPPED_IN))
    lines[at] = " ".join(words)
    return lines


def word_lost(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(len(lines))
    words = lines[at].split(" ")
    words.pop(chance.randrange(len(words)))
    lines[at] = " ".join(words)
    return lines


def line_end_lost(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(len(lines))
    if at + 1 < len(lines):
        lines[at : at + 2] = [f"{lines[at]} {lines[at + 1]}"]
    return lines


def line_beside(lines: Lines, chance: random.Random) -> Lines:
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(BESIDE))
    return lines


def unchanged(lines: Lines, chance: random.Random) -> Lines:
    return lines


CHANGES: Sequence[Callable[[Lines, random.Random], Lines]] = (
    slip_of_the_finger,
    word_slipped_in,
    word_lost,
    line_end_lost,
    line_beside,
    unchanged,
)


def changed_digest(chance: random.Random) -> Lines:
    """The digest as it is quoted: words changed, lines lost, and orders among them."""
    lines = list(DIGEST_LINES)
    for _ in range(chance.randrange(4)):
        lines = chance.choice((slip_of_the_finger, word_slipped_in, word_lost))(lines, chance)
    for _ in range(chance.randrange(3)):
        lines.insert(chance.randrange(3, len(lines)), chance.choice(TYPED))
    if not chance.randrange(4):
        del lines[chance.randrange(5, len(lines))]
    return lines


def hide(body: TextBody, chance: random.Random) -> TextBody:
    hidden = f'<div style="display:none">{chance.choice(TYPED)}</div>'
    at = body.text.find("<div") if "<div" in body.text else 0
    return markup(body.text[:at] + hidden + body.text[at:])


# Lines below an answer that may be the end of her own words: any other is part of them.
_ENDS = re.compile(
    r"\W{0,3}\d|.{0,4}(accept|not |don|please|ignore|thank|kind|regard|pat |this email)", re.I
)


def told_by(lines: Lines) -> set[Told]:
    """The orders of the top text; what is told goes on in the lines below."""
    own = lines[: lines.index("--")] if "--" in lines else lines
    found = set[Told]()
    for at, line in enumerate(own):
        told = meant(line)
        if told is None:
            continue
        number, word, rest = told
        for below in (*own[at + 1 :], "1"):
            if word != "send back" or _ENDS.match(below) or not below.strip():
                found.add((number, word, rest))
            if word != "send back" or re.match(r"\W{0,3}\d", below):
                break
            rest = f"{rest} {' '.join(below.split()).casefold()}".strip()
    return found


@pytest.mark.parametrize("part", range(10))
def test_no_changed_reply_gives_an_order_that_its_top_text_does_not_hold(
    settled: SettleFunction, part: int
) -> None:
    done = 0
    for case in range(HOW_MANY // 10):
        chance = random.Random(SEED + part * HOW_MANY + case)
        client = chance.choice(sorted(CLIENTS))
        lines = [chance.choice(TYPED) for _ in range(chance.randrange(4))] or [""]
        for _ in range(chance.randrange(3)):
            lines = chance.choice(CHANGES)(lines, chance)
        quoted = changed_digest(chance) if chance.randrange(4) else list(DIGEST_LINES)
        bodies = CLIENTS[client](Typed(lines, quoted=quoted))
        allowed = told_by(lines)
        how = chance.randrange(6)
        if how == 0 and isinstance(bodies[-1], TextBody) and bodies[-1].kind == "text/html":
            bodies[-1] = hide(bodies[-1], chance)
        elif how == 1:
            other = chance.choice(TYPED)
            bodies = [plain(f"{other}\n"), *(body for body in bodies[-1:])]
            allowed &= told_by([other])
        outcome, orders = settled(message(bodies))
        given = {(n, word, " ".join(rest.split()).casefold()) for n, word, rest in orders}
        assert given <= allowed, (part, case, client, lines, "\n".join(quoted))
        numbers = [number for number, _, _ in orders]
        assert len(numbers) == len(set(numbers))
        assert outcome in ("do", "ask")
        done += outcome == "do"
    assert done > 5  # or the property holds for want of any order
