"""A line that begins with a number of the digest is never lost: it is an order, or asked about, or
among the words that the answer repeats."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from tests.builders_replies import CLIENTS, DIGEST_LINES, Typed, message, reply
from tests.each_case import each_case
from tests.handlers.orders.conftest import ReadFunction, SettleFunction

SEED, HOW_MANY = 20100413, 12

LONG = "Yes please, put in contacts with the half-sibling as well, until 2009."
ORDERS = (
    "1 accept",
    f"2 send back: {LONG}",
    "2 send back: the signature is missing",
    "3 ask again: who saw the child on 3 May, and who was there besides the school nurse",
    "4 more time until 11 June",
    "3 file - thank you but not needed",
    "4 seen on paper 13 April",
)
NEARLY = (
    "2 Sam Orr takes over from Tom Vane as author",
    "1 this one can go",
    "3 see what Moira sent",
    "4: no idea",
    "5) ring me",
    "3 at Park House",
    "1 accept? not sure, it looks odd",
)
BESIDE = ("Morning -", "Thanks", "Pat Example", "Kind regards", "I have looked at these.", "")
_NUMBER = re.compile(r"([1-5])\b")


def told(read: ReadFunction, client: str, lines: Sequence[str]) -> tuple[set[int | None], str]:
    """The numbers that the answer to these lines has, and the words that it repeats."""
    said = read(message(CLIENTS[client](Typed(lines, quoted=DIGEST_LINES))))
    numbers = {one.number for one in (*said.orders, *said.questions)}
    return numbers, " ".join(said.words)


@pytest.mark.parametrize("client", CLIENTS)
def test_each_line_with_a_number_is_in_the_answer(read: ReadFunction, client: str) -> None:
    for case in range(HOW_MANY):
        chance = random.Random(f"{SEED} {client} {case}")
        chosen = chance.choices((*ORDERS, *NEARLY, *NEARLY, *BESIDE), k=chance.randrange(1, 6))
        numbers, words = told(read, client, chosen)
        for line in chosen:
            found = _NUMBER.match(line)
            if found is not None:
                assert int(found[1]) in numbers or line in words, (client, case, chosen, line)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_number_below_long_words_is_no_part_of_them(settled: SettleFunction, client: str) -> None:
    """Whatever a mail program breaks: a sentence had ended above it."""
    lines = (f"2 send back: {LONG}", "3 Sam Orr takes over from Tom Vane as author")
    _, orders = settled(reply(client, *lines))
    assert orders == [(2, "send back", LONG)]


def test_a_number_that_may_go_on_with_a_sentence_casts_doubt_on_both(
    settled: SettleFunction,
) -> None:
    lines = (
        "2 send back: please look at the table of contents that you have on page",
        "3 of the report, which is of another child",
    )
    assert settled(reply("outlook-plain", "1 accept", *lines)) == ("ask", [(1, "accept", "")])


@each_case("client", ["outlook-plain", "outlook", "gmail"])
def test_two_long_answers_in_one_reply_are_two(settled: SettleFunction, client: str) -> None:
    one = "Both teams please. If your director is on leave the deputy director may sign."
    other = "Sorry Moira, please ignore our letter of yesterday. Nothing more is needed."
    found = settled(reply(client, f"2 answer: {one}", f"3 answer: {other}", "1 accept"))
    assert found == ("do", [(2, "answer", one), (3, "answer", other), (1, "accept", "")])


def test_a_doubtful_line_with_a_number_undoes_no_other(settled: SettleFunction) -> None:
    for doubtful in ("3 file? I think so, not sure", "9 ignore that", "8 what is this?"):
        _, orders = settled(reply("outlook-plain", "1 accept", doubtful))
        assert orders == [(1, "accept", "")], doubtful
