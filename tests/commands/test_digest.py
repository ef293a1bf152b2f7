"""`digest --preview`: what the administrator would be told now, and nothing else happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board
from tests.plain_reports import paper

AT = "2010-04-20T08:00"


def kept(board: Board) -> tuple[object, ...]:
    return board.run("letters", "--json").json, board.run("audit", "log", "N12").out


def test_it_says_what_the_digest_of_this_moment_will_say(loaded: Board) -> None:
    loaded.drop(
        "GP", build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "2009")
    )
    loaded.once(at="2010-04-20T07:55")
    shown = loaded.run("digest", "--preview", at=AT)
    loaded.once(at=AT)
    (sent,) = loaded.sent("administrator@board.example")
    assert shown.status == 0
    subject, _, text = shown.out.partition("\n\n")
    assert subject == f"Subject: {sent['Subject']}"
    # The round that sent it was one more that its sources answered, and that was recorded.
    shown_at, sent_at = (
        without_head(each).replace("07:55", "08:00") for each in (text, letter_plain_text(sent))
    )
    assert shown_at == sent_at


def without_head(text: str) -> str:
    """The digest without what it says of the record's latest row."""
    return re.sub(r"ecord of \d+ entries,\s+check\s+number\s+[0-9a-f-]+", "", text)


def test_what_it_cuts_is_listed_when_all_is_asked_for(board: Board) -> None:
    """Not what is held or referred alone: drafts, the backup and what else there is."""
    agencies = (f'[[agencies]]\ncode = "A{n}"\nname = "Agency {n}"\n' for n in range(24))
    board.load("\n".join([CASE, *agencies]))
    for n in range(24):
        board.drop(f"A{n}", paper(f"Agenda {n}"), f"agenda{n}.docx")
    board.once(at="2010-04-19T10:00")
    cut = board.run("digest", "--preview", at=AT).out
    assert "more. They come as these are settled" in " ".join(cut.split())
    whole = board.run("digest", "--preview", "--all", at=AT).out.partition("Overdue")[0]
    assert "backup" in whole and all(f"Agency {n}: " in whole for n in range(24))


@pytest.mark.parametrize("at", ["2010-04-18T03:00", "2010-04-20T07:00", "2010-04-20T20:00"])
def test_it_can_be_seen_at_any_time_and_nothing_is_kept_of_it(loaded: Board, at: str) -> None:
    before = kept(loaded)
    assert "needs you" in loaded.run("digest", "--preview", "--all", at=at).out.casefold()
    assert kept(loaded) == before
    assert loaded.sent() == []


def test_its_html_is_one_file_with_the_pictures_in_it(loaded: Board, tmp_path: Path) -> None:
    page = tmp_path / "digest.html"
    ended = loaded.run("digest", "--html", page, at=AT)
    assert (ended.status, ended.out) == (0, f"Written: {page}\n")
    said = page.read_text()
    assert "N12 running late, today Tuesday 20 April." in said
    assert 'src="data:image/png;base64,' in said and "cid:" not in said


def test_both_can_be_asked_for(loaded: Board, tmp_path: Path) -> None:
    page = tmp_path / "digest.html"
    said = loaded.run("digest", "--preview", "--html", page, at=AT).out
    assert "Subject: OFFICIAL-SENSITIVE: Case returns" in said
    assert said.endswith(f"Written: {page}\n")


def test_a_file_that_cannot_be_written_is_told(loaded: Board, tmp_path: Path) -> None:
    ended = loaded.run("digest", "--html", tmp_path / "nowhere" / "x.html", at=AT)
    assert ended.status == 1
    assert "cannot be written" in ended.err


def test_without_being_asked_to_preview_it_sends_nothing_and_says_who_does(loaded: Board) -> None:
    ended = loaded.run("digest", at=AT)
    assert ended.status == 2
    assert "The service sends the digest by itself." in ended.err
    assert loaded.sent() == []
