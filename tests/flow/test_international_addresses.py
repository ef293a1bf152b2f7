"""Contacts whose addresses are in other letters: registered, believed, answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders as build
from tests.board import CASE, Board
from tests.builders_raw import attached, mixed

GP = build.make_chronology(build.STORIES["GP"])
AUTHOR = "author@meadowlane.example"
NAMED, CYRILLIC = "jos\u00e9", "\u0430\u0432\u0442\u043e\u0440"
SHOP, POST = "b\u00fccher.example", "\u043f\u043e\u0447\u0442\u0430.example"


@pytest.mark.parametrize(
    ("registered", "sender", "written"),
    [
        (f"author@{SHOP}", f"author@{SHOP}", "author@xn--bcher-kva.example"),
        (f"author@{SHOP}", "author@xn--bcher-kva.example", "author@xn--bcher-kva.example"),
        ("author@xn--bcher-kva.example", f"author@{SHOP}", "author@xn--bcher-kva.example"),
        (f"{NAMED}@meadowlane.example", "jose\u0301@meadowlane.example",
         "jos\u00e9@meadowlane.example"),
        (f"{CYRILLIC}@{POST}", f"{CYRILLIC}@{POST}", f"{CYRILLIC}@xn--80a1acny.example"),
    ],
)  # fmt: skip
def test_who_has_an_international_address_is_a_contact_like_any_other(
    tmp_path: Path, registered: str, sender: str, written: str
) -> None:
    board = Board(tmp_path / "board")
    assert board.load(CASE.replace(AUTHOR, registered)).status == 0
    parts = ("Ours.\r\n", attached("chronology.docx", GP))
    board.mail(mixed(*parts, **{"from": f"Author One <{sender}>"}))
    board.once()
    raw = b"\n".join(p.read_bytes() for p in (board.folder / "sent").glob("*.eml"))
    assert f"To: Author One <{written}>\r\n".encode() in raw


@pytest.mark.parametrize(
    "sender",
    [
        "\u0430uthor@meadowlane.example",
        "author@me\u0430dowlane.example",
        "authr@meadowlane.example",
    ],
)
def test_who_only_looks_like_a_contact_is_none(tmp_path: Path, sender: str) -> None:
    """Failure mode 43: letters of two alphabets in one name are nobody's address."""
    board = Board(tmp_path / "board")
    assert board.load().status == 0
    board.mail(mixed("Ours.\r\n", attached("c.docx", GP), **{"from": f"Author One <{sender}>"}))
    assert "held for the administrator" in board.once().out
    assert board.answers() == []
