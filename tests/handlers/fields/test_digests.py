"""Digests: what makes no difference to them, and what does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields import versions
from handlers.fields.versions import EntryDigests, digest_blocks, digest_of_texts
from tests.chronologies import entry, judge, table


def form(*cells: Paragraph) -> Row:
    return Row(1, 2, tuple(Cell((said,), column) for column, said in enumerate(cells)))


@pytest.mark.parametrize(
    "other",
    ["It was  Mother's\u00a0\u201cturn\u201d.", "it was mother\u2019s\n\u201cTurn\u201d."],
)
def test_what_word_does_to_typing_makes_no_difference(other: str) -> None:
    assert digest_of_texts(['It was Mother\'s "turn".']) == digest_of_texts([other])


@pytest.mark.parametrize("other", ["17.45", "17:46", "?17:45", "17:45 \u0416"])
def test_every_other_letter_and_mark_does(other: str) -> None:
    """A time mended from 17.45 to 17:45 is a change, and so is a word in another script."""
    assert digest_of_texts(["17:45"]) != digest_of_texts([other])


def test_a_word_that_moved_to_the_next_cell_is_a_change() -> None:
    assert digest_of_texts(["Y", "", "GP"]) != digest_of_texts(["", "Y", "GP"])
    assert digest_of_texts(["Y GP", ""]) != digest_of_texts(["Y", "GP"])


TICK, BLANK = Paragraph("\u2612", ticks=(True,)), Paragraph("")
SAID: Sequence[tuple[list[Block], list[Block]]] = [
    ([form(TICK, BLANK)], [form(BLANK, TICK)]),
    ([Paragraph("Yes")], [Paragraph("Yes", struck=True)]),
    ([Paragraph("", ticks=(True, False))], [Paragraph("", ticks=(False, True))]),
    ([BLANK], [Paragraph("", picture=True)]),
    ([Row(1, 1, (Cell((), 0),))], [Row(1, 1, (Cell((), 0, tables=((form(TICK),),)),))]),
]


@pytest.mark.parametrize(("one", "other"), SAID)
def test_marks_without_words_say_something_too(one: list[Block], other: list[Block]) -> None:
    assert digest_blocks(one) != digest_blocks(other)


def test_a_blank_line_says_nothing() -> None:
    assert digest_blocks([Paragraph("A"), BLANK, Paragraph("B ")]) == digest_blocks(
        [Paragraph("A"), Paragraph("B")]
    )


def test_a_chronology_has_a_digest_for_each_entry_whatever_their_order() -> None:
    one, two = entry(), entry("02/02/2009", "09:05", seen="No")
    there, back = judge(table(one, two)), judge(table(two, one))
    assert len(there.clues.digests) == 2
    assert there.clues.digests == back.clues.digests
    assert judge(table(one, one)).clues.digests == (digest_of_texts(one),) * 2


def test_what_is_in_a_merged_cell_is_compared_though_it_is_not_judged() -> None:
    blocks = table(entry(), entry("02/02/2009"))
    (head, first, *rest), said = blocks, []
    for text in ("one", "other"):
        assert isinstance(first, Row)
        merged = (*first.cells[:7], Cell((Paragraph(text),), 7, span=2))
        said.append(judge([head, Row(1, 2, merged), *rest]).clues.digests)
    assert len(set(said[0]) & set(said[1])) == 1


def test_a_table_too_long_to_tell_is_told_as_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MAX_DIGESTS", 2)
    gathered = EntryDigests()
    for number in range(2):
        gathered.add_entry([str(number)])
    assert len(gathered.sorted_digests()) == 2
    gathered.add_entry(["one more"])
    assert gathered.sorted_digests() == ()
