"""Since when something waits, and how many things came: the digest's own figures."""

from __future__ import annotations

import re

import pytest

from tests import builders as build
from tests.board import Board
from tests.told import newest

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
GOOD = build.make_chronology(build.STORIES["GP"])
SHORT = build.make_chronology(build.STORIES["GP"][:-1])


def digest(board: Board, at: str) -> str:
    board.once(at=at)
    return newest(board)


def test_what_has_waited_for_more_than_a_day_says_since_when(loaded: Board) -> None:
    """Over a weekend: after two working days it stands first."""
    loaded.drop("GP", build.make_chronology(build.STORIES["POL"]), "other.docx")
    loaded.once(at="2010-04-08T10:00")
    assert "; held, not answered, and the chronology" in digest(loaded, "2010-04-09T09:00")
    loaded.drop("POL", GOOD, "other.docx")
    loaded.once(at="2010-04-09T10:00")
    later = digest(loaded, "2010-04-12T09:00")
    assert "; held, not answered since Friday 9 April, and the chronology" in later


def test_so_does_what_keeps_a_return_from_being_chased(loaded: Board) -> None:
    loaded.drop("GP", build.zipped([("1.docx", GOOD), ("2.docx", SHORT)]), "all.zip")
    loaded.once(at="2010-04-09T10:00")
    late = digest(loaded, "2010-04-12T09:00")
    assert "waits for you to look since Friday 9 April, and the chronology is not chased" in late


@pytest.mark.parametrize("brings", [1, 2])
def test_what_arrived_adds_up(loaded: Board, brings: int) -> None:
    """One message with two documents was "1 (2 for you to look at)"."""
    loaded.once(at="2010-04-06T09:00")
    papers = [("1.docx", GOOD), ("2.docx", SHORT)][:brings]
    loaded.mail(build.mail(AUTHOR, SERVICE, "N12", "Attached.", papers))
    loaded.mail(build.mail(AUTHOR, SERVICE, "Automatic reply: N12", "I am away.", ()))
    loaded.mail(build.mail("x@place.example", SERVICE, "N12", "Hello, N12?", ()))
    loaded.once(at="2010-04-06T10:00")
    told = digest(loaded, "2010-04-07T09:00")
    found = re.search(r"Since [^:]+: (\d+) documents? \(([^)]+)\) and (\d+) other messages"
                      r" \(([^)]+)\)", told)  # fmt: skip
    assert found is not None, told
    documents, messages = found.groups()[:2], found.groups()[2:]
    for number, parts in (documents, messages):
        assert int(number) == sum(int(part) for part in re.findall(r"\d+", parts))
    assert int(found[1]) == brings
    assert "1 noted" in found[4]
