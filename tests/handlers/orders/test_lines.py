"""One line: an order of the closed grammar, a question, or neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.orders.courtesies import without_pleasantries
from handlers.orders.digest_text import parse_digest
from handlers.orders.grammar import GrammarContext, begins_as_order, folded_label, read_order
from handlers.orders.order import Assignment, Order, OrderQuestion
from tests.builders_replies import DIGEST
from tests.each_case import each_case

ABOUT = GrammarContext(parse_digest(DIGEST), date(2010, 5, 26), {"chronology": "chronology"})


def why(line: str, *, in_signature: bool = False) -> str:
    said = read_order(line, ABOUT) or begins_as_order(line, ABOUT, in_signature=in_signature)
    return said.why if isinstance(said, OrderQuestion) else "order" if said else ""


@each_case(
    "line",
    [
        "1 accept",
        "1. accept",
        "1.accept",
        "1) Accept.",
        "(1) ACCEPT",
        "[1] accept",
        "#1 accept",
        "1: accept",
        "1 - accept",
        "1 \u2013 accept",
        "1\u00a0accept",
        "  1   accept!",
        "*1 accept*",
        "1 *accept*",
        "- 1 accept",
        "\u2022 1 accept",
        "1 accept please",
        "1 accept, thanks.",
        "1 accept pls",
        "1 accept - thank you!",
        "1 accept, that's fine, thanks!",
        "ok 1 accept",
        "OK, 1 accept",
        "Please 1 accept",
        "Number 1: accept :-)",
    ],
)
def test_the_ways_to_write_one_order(line: str) -> None:
    assert read_order(line, ABOUT) == Order(1, "accept")


@each_case(
    ("line", "order"),
    [
        ("2 send back: no signature", (2, "send back", "no signature")),
        ("2 send back - it isn't signed", (2, "send back", "it isn't signed")),
        ("2 Send Back: Page 2 is blank.", (2, "send back", "Page 2 is blank.")),
        ("2 send back the signature is missing", (2, "send back", "the signature is missing")),
        ("2 send back: page\u00a02", (2, "send back", "page\u00a02")),
        ("2 send back: see <https://x.example/a> it", (2, "send back", "see it")),
        ("2 send back: is it not signed?", (2, "send back", "is it not signed?")),
        ("2 answer: Actually, no. When?", (2, "answer", "Actually, no. When?")),
        ("2 ask again: who saw him on 3 May?", (2, "ask again", "who saw him on 3 May?")),
        ("4 more time until 11 June", (4, "more time", "2010-06-11")),
        ("4 more time until 11th June 2010 please", (4, "more time", "2010-06-11")),
        ("4 more time till Friday 11 June", (4, "more time", "2010-06-11")),
        ("4 more time until 11/06/10.", (4, "more time", "2010-06-11")),
        ("4 more time until 2010-06-11", (4, "more time", "2010-06-11")),
        ("3 assign N12 GP chronology", (3, "assign", "N12 GP chronology")),
        ("5 details", (5, "details", "")),
        ("4 no", (4, "no", "")),
        *((f"1 {word}", (1, word, "")) for word in ("file", "yes", "release", "retry", "cancel")),
        *((f"1 {word}", (1, word, "")) for word in ("undo", "send me", "cleared")),
    ],
)
def test_what_each_word_needs(line: str, order: tuple[int, str, str]) -> None:
    said = read_order(line, ABOUT)
    assert isinstance(said, Order)
    assert (said.number, said.word, said.rest) == order


@each_case("line", ["3 file - thank you but not needed", "3 file, done", "3 file, for information"])
def test_why_something_is_put_away_changes_nothing(line: str) -> None:
    assert read_order(line, ABOUT) == Order(3, "file")


@each_case(
    ("line", "order"),
    [
        ("3 register sender", (3, "register sender", "")),
        ("3 hand in, thanks", (3, "hand in", "")),
        ("3 chronology seen on paper 13 April", (3, "seen outside", "on paper")),
        ("3 seen on paper on 13 April pls", (3, "seen outside", "on paper")),
        ("3 seen outside chronology on 13 April: by fax", (3, "seen outside", "by fax")),
        ("3 waive", (3, "waive", "")),
        ("3 remove a@b.example", (3, "remove", "a@b.example")),
    ],
)
def test_the_words_of_links_are_read_as_they_are_typed(
    line: str, order: tuple[int, str, str]
) -> None:
    said = read_order(line, ABOUT)
    assert isinstance(said, Order)
    assert (said.number, said.word, said.rest) == order


def test_what_a_link_is_called_is_what_it_orders() -> None:
    labels = {
        (4, folded_label("retry: the address works again")): "retry",
        (4, folded_label("waive them")): "waive",
    }
    about = replace(ABOUT, labels=labels)
    assert read_order("4 Retry: the address works again, please", about) == Order(4, "retry")
    assert read_order("4 waive them", about) == Order(4, "waive")
    said = read_order("3 waive them", about)
    assert isinstance(said, OrderQuestion) and said.why == "link-alone"


def test_a_day_and_a_place_are_values_too() -> None:
    later, placed = (
        read_order(line, ABOUT)
        for line in ("4 more time until 11 June", "3 assign N12 GP Chronology")
    )
    assert isinstance(later, Order)
    assert isinstance(placed, Order)
    assert later.day == date(2010, 6, 11)
    assert placed.place == Assignment("N12", "GP", "chronology")


@each_case(
    ("line", "reason"),
    [
        ("1 accept?", "question-mark"),
        ("1 accept not", "not-an-order"),
        ("1 not accept", "not-an-order"),
        ("1 do not accept", "not-an-order"),
        ("1 don't accept", "not-an-order"),
        ("1 accept if it is signed", "not-an-order"),
        ("1 accept...", "not-an-order"),
        ("1 accept: I have seen it", "not-an-order"),
        ("1 accept all", "not-an-order"),
        ("1 accepted", "not-an-order"),
        ("1 acept", "not-an-order"),
        ("1 aceept", "not-an-order"),
        ("1accept", "not-an-order"),
        ("1 ok", "not-an-order"),
        ("1-3 accept", "not-an-order"),
        ("1 to 3 accept", "not-an-order"),
        ("1 and 2 accept", "not-an-order"),
        ("1, 2 accept", "not-an-order"),
        ("1/2 accept", "not-an-order"),
        ("1 & 2 accept", "not-an-order"),
        ("01 accept", "not-an-order"),
        ("1.5 accept", "not-an-order"),
        ("-1 accept", "not-an-order"),
        ('"1 accept"', "not-an-order"),
        ("1 accep\u0442", "not-an-order"),
        ("1 accept 2 accept", "several-in-a-line"),
        ("1 accept; 2 send back: x", "several-in-a-line"),
        ("2 send back: unsigned, 3 accept", "several-in-a-line"),
        ("2 send back", "words-missing"),
        ("2 send back:", "words-missing"),
        ("2 send back: why", "words-missing"),
        ("2 send back please", "words-missing"),
        ("2 send back: ...", "words-missing"),
        ("2 send back?", "question-mark"),
        ("2 send back unsigned?", "question-mark"),
        ("2 ask again: why?", "question-mark"),
        ("2 send back not needed", "not-an-order"),
        ("2 send back or accept", "not-an-order"),
        ("2 send back: actually, leave it", "taken-back"),
        ("4 more time", "day-missing"),
        ("4 more time until", "day-missing"),
        ("4 more time 11 June", "day-missing"),
        ("4 more time until Friday", "day-missing"),
        ("4 more time until June", "day-missing"),
        ("4 more time until 11 or 12 June", "day-missing"),
        ("4 more time until 11 June?", "question-mark"),
        ("4 more time until 31 June", "day-impossible"),
        ("4 more time until 29 February 2011", "day-impossible"),
        ("4 more time until Monday 11 June", "day-of-week"),
        ("4 more time until 6/13/2010", "day-impossible"),
        ("4 more time until 11 May", "day-past"),
        ("4 more time until 26 May 2010", "day-past"),
        ("4 more time until 11 June 2012", "day-far"),
        ("3 assign", "place-missing"),
        ("3 assign N12", "place-missing"),
        ("3 assign N12 GP novel", "place-missing"),
        ("9 accept", "unknown-number"),
        ("0 accept", "not-an-order"),
        ("9 looks fine", "not-an-order"),
        ("5 accept", "nothing-to-answer"),
        ("1 accept, thanks but not needed", "not-an-order"),
        ("1 accept -", "not-an-order"),
        ("1 accept thanks, not sure", "not-an-order"),
        ("1 file but not yet", "not-an-order"),
        ("3 seen on paper", "day-missing"),
        ("3 seen on paper 13 April?", "day-missing"),
        ("3 not seen on paper 13 April", "place-missing"),
        ("3 seen on paper 13 June", "day-to-come"),
        ("3 seen outside chronology on 3 April: not sure", "not-an-order"),
        ("3 register author Sam Orr", "link-alone"),
        ("3 waive it all", "link-alone"),
        ("9 register sender", "unknown-number"),
        ("accept", "no-number"),
        ("send back: unsigned", "no-number"),
        ("accept: 1", "no-number"),
    ],
)
def test_what_is_nearly_an_order_is_asked_about(line: str, reason: str) -> None:
    assert why(line) == reason


@each_case(
    "line",
    [
        "1 Civic Square, Shiretown",
        "2 Park Road",
        "1st Floor, Civic Centre",
        "01632 960 001",
        "+44 1632 960 001",
        "26 May 2010",
        "26/05/2010",
        "10am tomorrow",
        "9:30 in the hall",
        "2010 was a long year",
        "24 hour contact line for all residents",
        "Please accept my apologies",
        "Accept my thanks",
        "Thanks",
        "",
    ],
)
def test_other_lines_are_no_answer(line: str) -> None:
    assert why(line) == ""


def test_below_a_signature_a_number_alone_is_nothing_but_a_slip_still_asks() -> None:
    assert why("2 of us share this mailbox", in_signature=True) == ""
    assert why("2 acept", in_signature=True) == "not-an-order"


def test_a_day_without_its_year_is_the_next_one_where_that_is_near() -> None:
    in_december = GrammarContext(parse_digest(DIGEST), date(2010, 12, 10), {})
    said = read_order("4 more time until 8 January", in_december)
    assert isinstance(said, Order)
    assert said.rest == "2011-01-08"


def test_what_only_greets_thanks_or_signs_says_nothing() -> None:
    lines = ["Morning -", "Please ring Jane first.", "Thanks, Sue", "Many thanks", "Sue Hale"]
    assert without_pleasantries(lines) == ["Please ring Jane first."]
    kept = ["Stop", "Thanks, but not that one", "Ring Sue"]
    assert without_pleasantries(kept) == kept
