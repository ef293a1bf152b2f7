"""The digest that is sent fits on a screen, whatever lies behind it, and no line of it is an
answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.kind_loading import load_kinds
from handlers.orders.digest_text import parse_digest
from handlers.orders.grammar import GrammarContext, kind_names, read_order
from handlers.orders.order import Order
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.digest.digest import DigestDay, draft_digest
from outbox.digest.fitting import MAX_LINES, MAX_WORDS
from outbox.samples.days import BUSY_DAY, HEALTHY, NOW, QUIET_DAY, TODAY, sample_terms
from outbox.samples.drafts import ADMINISTRATOR
from outbox.writing.asks import DETAILS, AskLine, AskTopic, Offer
from outbox.writing.digest_facts import Need
from outbox.writing.letter_text import letter_html, letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD

TERMS = sample_terms(ADMINISTRATOR)
KINDS = kind_names(load_kinds())
WRITER = LetterWriter(BOARD, "scr-returns@board.example")
OURS = ("set aside", "called back", "seal", "stray", "judged")
WORDS = st.text("abcdefg", min_size=1, max_size=12)
OFFERS = (
    (Offer("accept", "accept"), Offer("send back: as found", "send back: as found"), DETAILS),
    (
        *(
            Offer(f"assign N12 A{n} {kind}", f"assign N12 A{n} {kind}")
            for n, kind in enumerate(("chronology", "IMR", "QA form", "evaluation statement"))
        ),
        Offer("file", "file"),
        DETAILS,
    ),
    (Offer("more time until 11 June", "more time until 11 June"), Offer("no", "no"), DETAILS),
    (Offer("release", "release"), Offer("cancel", "cancel")),
)


def text_of(day: DigestDay) -> str:
    drafted = replace(draft_digest(day, TERMS), pictures=(), attachments=())
    return letter_plain_text(parse_letter(WRITER.write(drafted, "<a@board.example>", day.now)))


def before_tables(text: str) -> str:
    """Without the labels of links."""
    return re.sub(r" ?·? ?\[[^\]]*\](?: ·)?", "", text.split("\nN1", 1)[0])


def one_case(n: int, late: int) -> CaseRow:
    day = TODAY - timedelta(days=30)
    rows = (ReturnRow(100 * n + k, "chronology", day, 1, "awaited", None, None, True)
            for k in range(late))  # fmt: skip
    agencies = (AgencyRow(100 * n + k, f"A{k}", f"Agency {k}", (row,))
                for k, row in enumerate(rows))  # fmt: skip
    return CaseRow(n, f"N1{n}", "open", date(2010, 9, 1), tuple(agencies))


@st.composite
def days(draw: st.DrawFn, asks: int = 10) -> DigestDay:
    needs = []
    for n in range(1, asks + 1):
        found = " ".join(draw(st.lists(WORDS, max_size=60)))
        case = draw(st.sampled_from(["", "N11", "N12", "N13", "N14"]))
        line = AskLine(
            draw(st.sampled_from(["", "Meadow Lane Surgery", "Children's Services"])),
            "evaluation statement",
            found,
            draw(st.sampled_from(["", "Author One, 13 April"])),
        )  # fmt: skip
        offers = draw(st.sampled_from(OFFERS))
        needs.append(Need("x", line=line, topic=AskTopic("entries", (n,), case), offers=offers))
    behind = draw(st.integers(0, 40))
    return replace(
        BUSY_DAY,
        needs=needs,
        unsent=(),
        suppressed=[Need(f"N12, Agency {n}: the case is on hold.") for n in range(behind)],
        notes=[f"N12, Agency {n}: somebody is away." for n in range(behind)],
        cases=[one_case(n, behind) for n in range(1, 1 + draw(st.sampled_from([1, 2, 12])))],
        health=replace(HEALTHY, free=0.01, backed_up=None, began=NOW - timedelta(days=60)),
    )


@settings(max_examples=8, deadline=None)
@given(days())
def test_ten_asks_fit_on_a_screen_before_the_tables_whatever_lies_behind(day: DigestDay) -> None:
    text = text_of(day)
    said = before_tables(text)
    lines = [line for line in text.split("\nN1", 1)[0].splitlines() if line.strip()]
    assert len(said.split()) <= MAX_WORDS, said
    assert len([line for line in said.splitlines() if line.strip()]) <= MAX_LINES, said
    assert len(lines) <= MAX_LINES + 10, "with the labels too it is one screen and a bit"
    assert len(re.findall(r"^ {1,2}\d+\. ", said, re.M)) == 10


@settings(max_examples=6, deadline=None)
@given(days())
def test_no_line_of_it_is_an_answer(day: DigestDay) -> None:
    text = text_of(day)
    about = GrammarContext(parse_digest(text), day.now.date(), KINDS)
    for line in text.splitlines():
        assert not isinstance(read_order(line, about), Order), line
        assert not isinstance(read_order(f"1 {line}", about), Order) or not line.strip(), line


@pytest.mark.parametrize("day", [BUSY_DAY, QUIET_DAY])
def test_it_has_their_words_and_not_ours(day: DigestDay) -> None:
    text = text_of(day).casefold()
    assert [word for word in OURS if re.search(rf"\b{word}\b", text)] == []
    assert "scr-intake" not in text and "`" not in text


def test_asks_stand_by_case_and_the_same_is_asked_once() -> None:
    needs = [
        Need("x", line=AskLine("Police", "an IMR"), topic=AskTopic("entries", (n,), case))
        for n, case in ((1, "N11"), (2, "N12"), (3, "N11"), (3, "N11"), (4, ""))
    ]
    shown = draft_digest(replace(QUIET_DAY, needs=needs), TERMS).numbered
    assert [(ask.number, ask.topic.items) for ask in shown] == [
        (1, (1,)), (2, (3,)), (3, (2,)), (4, (4,)),
    ]  # fmt: skip
    assert [ask.says for ask in shown][:3] == ["N11, Police: an IMR."] * 2 + [
        "N12, Police: an IMR."
    ]


def test_a_link_is_a_word_below_its_sentence() -> None:
    day = replace(BUSY_DAY, now=datetime.combine(TODAY, NOW.timetz()))
    raw = WRITER.write(draft_digest(day, TERMS), "<a@board.example>", day.now)
    page = letter_html(parse_letter(raw))
    (point,) = re.findall(r"<li[^>]*>(N12, Shire Police.*?)</li>", page, re.S)
    assert re.search(
        r'14 April\)\. <br><a href="mailto:[^"]+" class="choice">accept</a> · <a', point
    )
    assert "<v:" not in page and "button" not in page
