"""What was opened once is not opened again, and never more is kept than was said."""

from __future__ import annotations

import pytest

from handlers.register.cases import LimitedCache


def test_a_value_is_made_once_for_the_same_bytes_and_anew_for_others() -> None:
    kept, made = LimitedCache[str](2), list[bytes]()

    def make(key: bytes) -> str:
        return kept.get(key, lambda: made.append(key) or key.decode())

    assert [make(key) for key in (b"a", b"b", b"a", b"a")] == ["a", "b", "a", "a"]
    assert made == [b"a", b"b"]


def test_those_last_asked_for_are_kept() -> None:
    kept = LimitedCache[str](2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)  # type: ignore[misc]
    assert kept.get("a", lambda: "anew") == "a"
    assert kept.get("b", lambda: "anew") == "anew"


def test_what_could_not_be_made_is_not_kept() -> None:
    kept = LimitedCache[int](2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1
