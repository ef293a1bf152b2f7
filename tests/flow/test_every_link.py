"""Every link of a digest with many kinds of ask, pressed on a board of its own: each does what its
label says, and nothing is left to guess."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.order_words import ORDER_GRAMMAR
from tests import builders as build
from tests.board import CASE, Board
from tests.builders_mail import bounce, mail
from tests.flow.answering import SERVICE, Desk
from tests.plain_reports import paper

AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
AT, LATER = "2010-05-10T08:05", "2010-05-10T09:10"
CHAIR = 'chair = { name = "The Chair", email = "chair@board.example" }\noperator'


def ask_of_everything(board: Board) -> None:
    """Requests that say for which return and that do not, documents that are held, referred and not
    recognised, messages, strangers one by one and many, letters that rest, and a review that is
    late."""
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("\noperator ", f"\n{CHAIR} ", 1))
    assert board.load(CASE.replace("2010-09-01", "2010-05-07", 1)).status == 0
    board.once("2010-04-12T10:00")
    reminder = next(x for x in board.sent(AUTHOR))
    board.mail(bounce(reminder.as_bytes(), AUTHOR, SERVICE))
    board.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    board.drop("GP", paper("Agenda of the meeting"), "agenda.docx")
    asks = "We cannot send the IMR by 28 May, could we have until 11 June? Our author is ill."
    board.mail(mail(POLICE, SERVICE, "N12", asks, ()))
    unclear = "Could we have a bit more time, until 18 June? Our author is ill."
    board.mail(mail(AUTHOR, SERVICE, "N12", unclear, ()))
    board.mail(mail(POLICE, SERVICE, "N12", "Whom do I ask about column 7?", ()))
    chronology = build.make_chronology(build.STORIES["GP"])
    board.mail(mail("a@else.example", SERVICE, "N12", "Attached.", [("x.docx", chronology)]))
    for n in range(7):
        minutes = paper(f"Minutes {n}")
        board.mail(mail(f"s{n}@shop.example", SERVICE, f"N12 {n}", "Here.", [("m.docx", minutes)]))
    for day in ("13", "19", "21", "23", "26"):
        board.once(f"2010-04-{day}T10:00")
    board.once(AT)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    board = Board(tmp_path_factory.mktemp("asking") / "board")
    ask_of_everything(board)
    return board.folder


def all_links(desk: Desk) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    for ask in desk.asks(AT):
        yield from ((ask, link) for link in ask["links"])


def copied(folder: Path, to: Path) -> Desk:
    return Desk(Board.copied(folder, to))


def test_every_link_does_what_its_label_says(asking: Path, tmp_path: Path) -> None:
    seen = set[str]()
    first = copied(asking, tmp_path / "first")
    for n, (ask, link) in enumerate(list(all_links(first))):
        desk = copied(asking, tmp_path / str(n))
        desk.press(link["mailto"], LATER)
        answer, about = desk.answer(), f"{ask['says']} {link['label']}"
        words = (*ORDER_GRAMMAR.needs, *ORDER_GRAMMAR.linked)
        word = max((w for w in words if link["label"].startswith(w)), key=len)
        if "another date" in link["label"]:
            assert "reply with its number, more time until, and the day" in answer, about
            assert ": more time until " in answer, about
        elif "your words" in link["label"]:
            assert "Nothing was done for this" in answer, about
            continue
        elif word in ORDER_GRAMMAR.done_at_once:
            assert "Nothing is done yet." in answer, about
        elif word in ORDER_GRAMMAR.linked:
            assert "Nothing is done yet. This is what it would do:" in answer, about
        elif word == "send me":
            assert "handed out by the link below alone" in answer, about
        elif word != "details":
            assert f"Done: {word}" in answer, f"{about}: {answer}"
        asked = "another date" in link["label"]
        assert asked or "Nothing was done" not in answer, f"{about}: {answer}"
        seen.add(word)
        shutil.rmtree(desk.board.folder)
    assert seen >= {
        *("accept", "send back", "file", "assign", "more time", "no", "release", "retry"),
        *("cancel", "details", "send me", "waive", "put on hold", "close case"),
    }
