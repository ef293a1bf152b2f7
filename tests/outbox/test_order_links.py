"""The links of a digest: ready-written mails, each with a code that only the service can make."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from urllib.parse import unquote

import pytest

from config.kind_loading import load_kinds
from handlers.orders.digest_text import parse_digest
from handlers.orders.grammar import GrammarContext, kind_names, read_order
from handlers.orders.order import Order, OrderQuestion
from intake.keys import Keys
from intake.order_codes import OrderCodes, codes_in_subject
from outbox.writing.asks import MAX_LINK_CHARS, AskTopic, Offer, OrderLinks
from outbox.writing.letter_text import letter_html, letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

HER, SERVICE = "administrator@board.example", "scr-returns@board.example"
AUTHOR, STRANGER = "author@meadowlane.example", "somebody@else.example"
ASKED = "2010-04-06T08:05"
LINK = re.compile(r"mailto:([^?]+)\?subject=([^&]+)&body=([^&]+)")
CODES = OrderCodes(Keys(b"v" * 32, b"m" * 32))


@pytest.fixture
def asking(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(asked_three_things)


def asked_three_things(loaded: Board) -> None:
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    words = "I won't get the IMR done by 28 May, could we have until 11 June? Our author is ill."
    loaded.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    chronology = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(STRANGER, SERVICE, "N12", "Attached.", [("x.docx", chronology)]))
    loaded.once()
    loaded.once(ASKED)


def digest_of(board: Board) -> EmailMessage:
    return board.sent(HER)[-1]


def test_the_last_digest_s_asks_have_numbers_that_run_once_and_links_that_say_what_they_do(
    asking: Board,
) -> None:
    asks = asking.run("digest", "--json", at="2010-04-06T09:00").json["asks"]
    assert [ask["number"] for ask in asks] == [1, 2, 3]
    assert [(ask["case"], ask["agency"]) for ask in asks[:3]] == [
        ("N12", "GP"),
        ("N12", "GP"),
        (None, None),
    ]
    labels = [[link["label"] for link in ask["links"]] for ask in asks]
    assert labels == [
        [
            "more time until 11 June, and the QA form with it",
            "more time until another date",
            "no",
            "waive the IMR",
            "details",
        ],
        ["accept", "send back: as found", "send me", "details"],
        ["file", "register sender", "send me", "details"],
    ]
    text = " ".join(letter_plain_text(digest_of(asking)).split())
    for ask in asks:
        assert f"{ask['number']}. {ask['says']}" in text


def test_every_link_is_a_mail_of_one_line_in_plain_letters(asking: Board) -> None:
    asks = asking.run("digest", "--json", at="2010-04-06T09:00").json["asks"]
    for ask in asks:
        for link in ask["links"]:
            found = LINK.fullmatch(link["mailto"])
            assert found and link["mailto"].isascii() and "+" not in link["mailto"]
            assert len(link["mailto"]) <= MAX_LINK_CHARS
            assert found[1] == SERVICE
            body = unquote(found[3])
            assert body.startswith(f"{ask['number']} {re.split('[ :]', link['label'])[0]}")
            assert len(body.splitlines()) == 1
            assert len(list(codes_in_subject(unquote(found[2])))) == 1


def test_the_page_has_the_links_and_no_command_where_one_stands(asking: Board) -> None:
    asks = asking.run("digest", "--json", at="2010-04-06T09:00").json["asks"]
    page, text = letter_html(digest_of(asking)), letter_plain_text(digest_of(asking))
    for ask in asks:
        for link in ask["links"]:
            address = link["mailto"].replace("&", "&amp;")
            assert re.search(rf'<a href="{re.escape(address)}"[^>]*>{link["label"]}</a>', page)
    assert "mailto:" not in text and "%20" not in text
    assert "scr-intake extend" not in text and "scr-intake show" not in text
    preview = asking.run("digest", "--preview", "--all", at="2010-04-06T09:00").out
    assert "scr-intake extend N12 GP imr --until 2010-06-11" in preview


def test_the_links_of_a_preview_are_others(asking: Board) -> None:
    last = asking.run("digest", "--json", at="2010-04-06T09:00").json["asks"]
    words = ("digest", "--preview", "--json")
    following = asking.run(*words, at="2010-04-06T09:00").json["asks"]
    assert [ask["says"] for ask in following] == [ask["says"] for ask in last]
    assert following[0]["links"] != last[0]["links"]


def test_without_answers_by_mail_the_digest_has_its_commands_and_no_link(asking: Board) -> None:
    file = asking.folder / "scr-intake.toml"
    file.write_text(
        re.sub(r'\nanswers += "\w+"', "", file.read_text()).replace(
            "\n[storage]", '\nanswers = "off"\n\n[storage]', 1
        )
    )
    asking.once("2010-04-07T08:05")
    assert "<a href" not in letter_html(digest_of(asking))
    assert "scr-intake show" in letter_plain_text(digest_of(asking))


def test_a_code_is_known_in_whatever_letters_and_only_for_its_own_ask() -> None:
    code = CODES.make_code("2010 1 entries 41")
    assert len(code) == 16
    for said in (code, code.upper(), code.title()):
        assert CODES.is_code_of(said, "2010 1 entries 41")
        assert not CODES.is_code_of(said, "2010 2 entries 41")
    assert not OrderCodes(Keys(b"v" * 32, b"x" * 32)).is_code_of(code, "2010 1 entries 41")
    for subject in (f"RE: [EXTERNAL] accept, N12 GP {code.upper()}", f"accept {code} [EXTERNAL]"):
        assert [found.lower() for found in codes_in_subject(subject)] == [code]


def test_no_link_is_too_long_for_a_mail_program() -> None:
    links = OrderLinks("x" * 60 + "@board.example", CODES.make_code)
    words = "send back: we could not open this document; please send it again, as a Word file"
    topic = AskTopic("entries", (10**6,), "N12-2010/SAR-117", "CHILDRENS-SERVICES")
    link = links.make_link(Offer(words, words), 117, topic, "stamp")
    assert len(link.mailto) <= MAX_LINK_CHARS


def test_what_a_link_writes_is_an_order_of_the_grammar(asking: Board) -> None:
    asks = asking.run("digest", "--json", at="2010-04-06T09:00").json["asks"]
    digest = parse_digest(letter_plain_text(digest_of(asking)))
    kinds = kind_names(load_kinds())
    about = GrammarContext(digest, date(2010, 4, 6), kinds, linked=True)
    for ask in asks:
        for link in ask["links"]:
            found = LINK.fullmatch(link["mailto"])
            assert found
            order = read_order(unquote(found[3]), about)
            if "another date" in link["label"]:
                assert isinstance(order, OrderQuestion) and order.number == ask["number"]
                continue
            assert isinstance(order, Order) and order.number == ask["number"]


def test_what_a_digest_asked_is_sealed(asking: Board) -> None:
    raw = (asking.folder / "register.db").read_bytes()
    wal = asking.folder / "register.db-wal"
    raw += wal.read_bytes() if wal.exists() else b""
    assert b"more time until 11 June" not in raw and b"mailto:" not in raw
