"""Every kind of letter has a name that can stand inside a sentence."""

from __future__ import annotations

from typing import get_args

from outbox.writing.letter import LETTER_NAMES, LetterKind


def test_every_kind_has_one_with_its_article() -> None:
    assert set(LETTER_NAMES) == set(get_args(LetterKind))
    assert all(name.startswith(("a ", "an ", "the ", "more ")) for name in LETTER_NAMES.values())
