"""Two versions of one return held against each other, without either document."""

from __future__ import annotations

import pytest

from handlers.fields.versions import compare_versions
from handlers.findings import Clues


def table(*digests: int) -> Clues:
    return Clues(digests=digests, rows=len(digests))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((1, 2, 3), (1, 2, 3), "identical to 3 May"),
        ((1, 2, 3), (3, 1, 2), "identical to 3 May"),
        ((1, 2), (1, 2, 3), "1 entry added since 3 May"),
        ((0, 1), tuple(range(1, 14)), "12 entries added, 1 removed since 3 May"),
        ((1, 2, 3), (1,), "2 entries removed since 3 May"),
        ((1, 2), (1,), "1 entry removed since 3 May"),
        ((1,), tuple(range(1, 1202)), "1,200 entries added since 3 May"),
    ],
)
def test_entries_are_counted_and_their_order_is_not(
    before: tuple[int, ...], after: tuple[int, ...], words: str
) -> None:
    comparison = compare_versions(table(*before), table(*after))
    assert comparison is not None
    assert comparison.describe_since("3 May") == words


def test_the_same_entry_twice_is_two_entries() -> None:
    comparison = compare_versions(table(1, 1, 2), table(1, 2, 2))
    assert comparison is not None
    assert (comparison.added, comparison.removed) == (1, 1)


@pytest.mark.parametrize(
    ("after", "words"), [(7, "identical to 3 May"), (8, "changed since 3 May")]
)
def test_what_is_no_table_is_the_same_or_changed(after: int, words: str) -> None:
    comparison = compare_versions(Clues(digests=(7,)), Clues(digests=(after,)))
    assert comparison is not None
    assert comparison.describe_since("3 May") == words


def test_what_cannot_be_compared_is_not_called_identical_or_changed() -> None:
    assert compare_versions(Clues(), Clues()) is None
    assert compare_versions(table(1), Clues(rows=30_000)) is None
    assert compare_versions(Clues(rows=30_000), table(1)) is None
    assert compare_versions(table(1), Clues(digests=(1,))) is None
