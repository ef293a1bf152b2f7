"""What Word hides in a chronology is not read, is told, and makes nothing missing (mode 91)."""

from __future__ import annotations

from config.kind_loading import load_kinds
from handlers.findings import Finding, Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from tests.builders_marks import with_hidden_row, with_hidden_text
from tests.builders_tables import Column
from tests.chronologies import CONTEXT
from tests.handlers.rules.chronologies import SOUND

KINDS = load_kinds()


def judged(data: bytes) -> Judgement:
    (judgement,) = judge_document(data, JudgingRequest(CONTEXT, "docx", "docx"), KINDS)
    return judgement


def hidden(data: bytes) -> Finding:
    """The one thing that is told of it, beside advice."""
    (found,) = [f for f in judged(data).findings if f.severity != "advice"]
    assert (found.rule, found.severity) == ("hidden-text", "question")
    return found


def test_hidden_rows_are_told_with_how_many_there_are() -> None:
    assert hidden(with_hidden_row(SOUND, 3)).message.startswith("1 row is hidden")
    two = with_hidden_row(with_hidden_row(SOUND, 3), 4)
    assert hidden(two).message.startswith("2 rows are hidden")
    both = with_hidden_text(two, 2, "Event")
    assert hidden(both).message.startswith("2 rows and some text are hidden")
    assert judged(both).clues.rows == 2


def test_rows_that_are_all_hidden_are_not_no_rows() -> None:
    every = SOUND
    for row in (2, 3, 4, 5):
        every = with_hidden_row(every, row)
    assert hidden(every).message.startswith("4 rows are hidden")


def test_text_that_is_hidden_is_not_missing_whichever_cell_it_is_in() -> None:
    whole = SOUND
    for column in COLUMNS:
        one = with_hidden_text(SOUND, 3, column)
        assert hidden(one).message.startswith("Some text is hidden"), column
        assert "in order" not in " ".join(judged(one).passed)
        whole = with_hidden_text(whole, 3, column)
    assert hidden(whole).message.startswith("Some text is hidden")


def test_nothing_is_told_where_nothing_is_hidden() -> None:
    assert "hidden-text" not in [f.rule for f in judged(SOUND).findings]


COLUMNS: tuple[Column, ...] = (
    "Date", "Time", "Agency", "Name of subject", "Age", "Child seen", "Source of Information",
    "Event",
)  # fmt: skip
