"""What is struck through in a chronology: left out where words are left, else asked about."""

from __future__ import annotations

from dataclasses import replace

from handlers.document import Block, Cell, Paragraph, Row, Stretch, TableEnd
from handlers.findings import FindingPlace
from tests.chronologies import entry, judge, only, row, rules, table


def struck(cell: Cell, kept: str = "") -> Cell:
    """The cell's words struck through, and other words behind them that are not."""
    text = cell.text
    if not kept:
        return replace(cell, paragraphs=(Paragraph(text, struck=bool(text)),))
    gone = Stretch(0, len(text), struck=True)
    return replace(cell, paragraphs=(Paragraph(f"{text} {kept}", stretches=(gone,)),))


def with_row(below: Row) -> list[Block]:
    return [*table(entry())[:-1], below, row(4, entry("03/02/2009")), TableEnd(1)]


def changed(at: int, kept: str = "", **texts: str) -> list[Block]:
    cells = list(row(3, entry(**texts)).cells)
    cells[at] = struck(cells[at], kept)
    return with_row(Row(1, 3, tuple(cells)))


def test_a_correction_is_read_without_what_was_struck_out() -> None:
    blocks = changed(0, "02/02/2009", date="31/02/2009")
    assert only(judge(blocks), "struck-in-part").where == FindingPlace(1, 3, "Date")
    assert judge(blocks).verdict == "accept"
    wrong = judge(changed(0, "31/02/2009"))
    assert sorted(rules(wrong)) == ["date-invalid", "struck-in-part"]


def test_a_cell_with_nothing_else_in_it_is_asked_about_and_is_not_missing() -> None:
    judgement = judge(changed(6))
    finding = only(judgement, "struck-out")
    assert (finding.severity, finding.where) == (
        "question",
        FindingPlace(1, 3, "Source of Information"),
    )
    assert finding.message.startswith("What is entered here is struck through")
    assert judgement.clues.rows == 3


def test_a_whole_row_is_one_question_and_no_entry() -> None:
    cells = tuple(map(struck, row(3, entry("31/02/2009", source="")).cells))
    judgement = judge(with_row(Row(1, 3, cells)))
    finding = only(judgement, "struck-out")
    assert (finding.where, judgement.clues.rows) == (FindingPlace(1, 3), 2)
    assert finding.message.startswith("The row is struck through")
    alone = judge([*table()[:-1], Row(1, 2, cells), TableEnd(1)])
    assert rules(alone) == ["struck-out"]


def test_words_set_apart_in_another_way_are_only_words() -> None:
    cells = list(row(3, entry()).cells)
    bright = Paragraph(cells[7].text, stretches=(Stretch(0, 4, look="highlight:yellow"),))
    cells[7] = replace(cells[7], paragraphs=(bright,))
    assert judge(with_row(Row(1, 3, tuple(cells)))).findings == ()
