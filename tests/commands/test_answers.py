"""`scr-intake answers read`: what her reply would come to, with settings or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.board import scr_intake
from tests.builders_replies import DIGEST, message, plain, reply

AT = ("--at", "2010-05-26T09:30")
BACK = "2 send back: the signature is missing"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "digest.txt").write_text(DIGEST)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(folder: Path, raw: bytes, *words: str) -> tuple[int, str]:
    (folder / "reply.eml").write_bytes(raw)
    ended = scr_intake("answers", "read", "reply.eml", "--digest", "digest.txt", *words)
    return ended.status, ended.out


def test_the_contract_of_its_json(folder: Path) -> None:
    raw = reply("outlook", "1 accept", BACK, "4 more time until 11 June")
    status, out = asked(folder, raw, "--json", *AT)
    assert status == 0
    assert json.loads(out) == {
        "outcome": "do",
        "orders": [
            {"number": 1, "word": "accept", "rest": ""},
            {"number": 2, "word": "send back", "rest": "the signature is missing"},
            {"number": 4, "word": "more time", "rest": "2010-06-11"},
        ],
    }


def test_a_clear_order_stays_though_another_line_is_asked_about(folder: Path) -> None:
    _, out = asked(folder, reply("gmail", "1 accept", "2 acept"), "--json", *AT)
    order = {"number": 1, "word": "accept", "rest": ""}
    assert json.loads(out) == {"outcome": "ask", "orders": [order]}


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [({"Auto_Submitted": "auto-replied"}, "ignore"), ({"From": "sam@police.example"}, "refuse")],
)
def test_what_does_not_count_has_no_orders(
    folder: Path, headers: dict[str, str], outcome: str
) -> None:
    _, out = asked(folder, reply("gmail", "1 accept", **headers), "--json", *AT)
    assert json.loads(out) == {"outcome": outcome, "orders": []}


def test_the_day_it_is_read_on_says_whether_a_day_has_been(folder: Path) -> None:
    raw = reply("gmail", "4 more time until 11 June 2010")
    assert json.loads(asked(folder, raw, "--json", *AT)[1])["outcome"] == "do"
    later = ("--at", "2010-06-12T09:00")
    assert json.loads(asked(folder, raw, "--json", *later)[1])["outcome"] == "ask"


def test_it_says_in_words_what_would_be_done_and_what_asked(folder: Path) -> None:
    _, out = asked(folder, reply("gmail", BACK, "3 acept", "9 accept"), *AT)
    assert out == (
        "One letter would go back, with what has to be asked.\n"
        "  2 send back: the signature is missing\n"
        "  To ask: the digest has no such number.\n"
        "  To ask about 3: a line begins as an answer and is none.\n"
    )


def test_what_is_not_there_is_told(folder: Path) -> None:
    ended = scr_intake("answers", "read", "none.eml", "--digest", "digest.txt")
    assert (ended.status, ended.err) == (2, "There is no file none.eml.\n")


@pytest.mark.parametrize("raw", [b"", b"\x00" * 2_000, b"From: x\n\n", b"\xff\xfe" * 900])
def test_what_is_no_mail_comes_to_nothing(folder: Path, raw: bytes) -> None:
    assert json.loads(asked(folder, raw, "--json", *AT)[1]) == {"outcome": "refuse", "orders": []}


def test_the_settings_say_who_the_administrator_is(folder: Path) -> None:
    assert scr_intake("init", "board").status == 0
    settings = Path("board/scr-intake.toml").read_text()
    config = ("--config", "board/scr-intake.toml")
    hers = next(
        line.partition('email = "')[2].partition('"')[0]
        for line in settings.partition("administrator")[2].splitlines()
        if 'email = "' in line
    )
    raw = message([plain("1 accept\n")], {"From": hers})
    assert json.loads(asked(folder, raw, "--json", *AT, *config)[1])["outcome"] == "do"
    other = message([plain("1 accept\n")], {"From": "sam@board.example"})
    assert json.loads(asked(folder, other, "--json", *AT, *config)[1])["outcome"] == "refuse"
