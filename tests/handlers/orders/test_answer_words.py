"""An answer of several lines: told whole, or asked about."""

from __future__ import annotations

from tests.builders_replies import reply
from tests.each_case import each_case
from tests.handlers.orders.conftest import ReadFunction, SettleFunction

CLIENTS = ("outlook-plain", "outlook", "gmail")
LONG = (
    "2 answer: Thank you Leon. The panel will go by the first one, so please do not send it again"
    " until we have",
    "read both of them side by side.",
    "",
    "We will write on Friday. When are you back?",
)


def words_of(settled: SettleFunction, client: str, *lines: str) -> tuple[str, dict[int, str]]:
    outcome, orders = settled(reply(client, *lines))
    return outcome, {number: " ".join(rest.split()) for number, _, rest in orders}


@each_case("client", CLIENTS)
def test_an_answer_goes_on_to_the_next_number(settled: SettleFunction, client: str) -> None:
    told = words_of(settled, client, *LONG, "3 file", "1 accept")
    assert told == ("do", {2: " ".join(" ".join(LONG).split())[10:], 3: "", 1: ""})


@each_case("client", CLIENTS)
def test_an_answer_goes_on_to_the_signature(settled: SettleFunction, client: str) -> None:
    whole = " ".join(" ".join(LONG).split())[10:]
    for farewell in (("Regards", "S Marlow"), ("", "Sue Marlow", "2 Park Road"), ("Thx", "Sue")):
        assert words_of(settled, client, *LONG, *farewell) == ("do", {2: whole}), farewell


def test_an_answer_may_begin_below_its_line(settled: SettleFunction) -> None:
    for first in ("2 answer:", "2 answer: your words"):
        lines = (
            first,
            "",
            "Dear Dr Hale",
            "",
            "Please ring me. Is Monday too late?",
            "",
            "Regards",
        )
        told = words_of(settled, "outlook-plain", *lines)
        assert told == ("do", {2: "Dear Dr Hale Please ring me. Is Monday too late?"})


def test_paragraphs_stay_paragraphs(settled: SettleFunction) -> None:
    _, orders = settled(reply("outlook-plain", "2 answer: One.", "Two.", "", "Three."))
    assert orders == [(2, "answer", "One.\nTwo.\n\nThree.")]


def test_a_question_in_one_answer_leaves_the_others_alone(settled: SettleFunction) -> None:
    outcome, told = words_of(
        settled,
        "outlook-plain",
        "1 accept",
        "2 answer: Job titles only, please.",
        "",
        "Could you let me know by Wednesday who signs, and whether it is not you?",
        "3 file",
        "",
        "Regards",
    )
    assert outcome == "do"
    assert told[2].endswith("not you?") and set(told) == {1, 2, 3}


@each_case(
    "below",
    [
        ("same for 3",),
        ("and accept all the rest",),
        ("accept",),
        ("Actually, the second one would do for the panel after all.",),
        ("Thanks", "", "The books should be kept safe in case you are asked."),
        ("Regards", "Sue", "", "PS ring me"),
        ("Please do these:", "3. sign it, and date it"),
        ("From: the board",),
    ],
)
def test_where_nobody_can_tell_where_it_ends_it_is_asked_about_and_nothing_else(
    settled: SettleFunction, read: ReadFunction, below: tuple[str, ...]
) -> None:
    lines = ("1 accept", "2 answer: Only one, please.", *below)
    assert settled(reply("outlook-plain", *lines)) == ("ask", [(1, "accept", "")])
    asked = [one for one in read(reply("outlook-plain", *lines)).questions if one.number == 2]
    assert any(one.told.startswith("answer: Only one, please.") for one in asked)


def test_what_takes_the_whole_reply_back_is_no_words_of_an_answer(settled: SettleFunction) -> None:
    for said in (
        "Please ignore the above.",
        "Stop",
        "Please ignore this email, I have not decided yet.",
    ):
        raw = reply("outlook-plain", "1 accept", "2 answer: Only one, please.", "", said)
        assert settled(raw) == ("ask", []), said
