"""Replies read as of the morning of 26 May 2010, without a worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.orders.digest_text import parse_digest
from handlers.orders.reading import ReplyReading, ReplyRequest, read_reply
from handlers.orders.standing import AnswerRules, outcome_of_reply
from tests.builders_replies import DIGEST

TODAY = date(2010, 5, 26)
KINDS = load_kinds(None)

ReadFunction = Callable[..., ReplyReading]
SettleFunction = Callable[..., tuple[str, list[tuple[int, str, str]]]]


def _read(raw: bytes, today: date = TODAY, digest: str = DIGEST) -> ReplyReading:
    return read_reply(raw, ReplyRequest(digest, today), KINDS)


def _settled(raw: bytes, today: date = TODAY) -> tuple[str, list[tuple[int, str, str]]]:
    reading = _read(raw, today)
    outcome = outcome_of_reply(raw, reading, AnswerRules(), parse_digest(DIGEST))
    counts = reading.orders if outcome in ("do", "ask") else ()
    return outcome, [(order.number, order.word, order.rest) for order in counts]


@pytest.fixture(scope="session")
def read() -> ReadFunction:
    return _read


@pytest.fixture(scope="session")
def settled() -> SettleFunction:
    """The outcome, and the orders that would be carried out."""
    return _settled
