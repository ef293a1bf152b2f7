"""Bytes into text that is safe to search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.decoding import (
    clean_text,
    decode_encoded_words,
    decode_text,
    file_ending,
    fold_to_one_line,
)


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("utf-8", "caf\u00e9".encode(), "caf\u00e9"),
        ("US-ASCII", b"it\x92s", "it\u2019s"),
        ("iso-8859-1", b"\x80 5", "\u20ac 5"),
        ("windows-1251", "\u0434\u0430".encode("cp1251"), "\u0434\u0430"),
        ("", b"caf\xe9", "caf\u00e9"),
        ("", b"\xef\xbb\xbfN12", "N12"),
        ("no-such", b"N12", "N12"),
        ("utf-8", b"N12 \xff", "N12 \ufffd"),
        ("unicode_escape", b"\\d N12", "\\d N12"),
    ],
)
def test_text_is_read_as_its_charset_says_where_that_is_one(charset, content, text):
    """Failure mode 32."""
    assert decode_text(content, charset) == text


def test_characters_that_nobody_sees_are_taken_out():
    """Failure mode 33."""
    assert clean_text("N\u202e1\u200b2\0\ud800", 99) == "N12"
    assert fold_to_one_line("  N12\r\n\tagain ", 99) == "N12 again"


@given(st.text(), st.integers(1, 30))
def test_cleaning_twice_changes_nothing_and_keeps_the_bound(text, longest):
    for clean in (clean_text, fold_to_one_line):
        once = clean(text, longest)
        assert clean(once, longest) == once and len(once) <= longest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Chronology N12.DOCX", "docx"),
        ("../../etc/passwd\0.docx", "docx"),
        ("evil\u202excod.exe", "exe"),
        ("form.docx ", "docx"),
        ("form.pdf.exe", "exe"),
        ("form", ""),
        ("form.verylongending", ""),
        ("a" * 10_000 + ".docx", "docx"),
        ("", ""),
    ],
)
def test_a_name_gives_its_ending_and_nothing_else(name, expected):
    """Failure mode 33."""
    assert file_ending(name) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?caf=C3=A9?= N12", "caf\u00e9 N12"),
        ("=?utf-8?b?!!!!?= N12", " N12"),
        ("=?utf-8?b?A?= N12", "=?utf-8?b?A?= N12"),
        ("=?no-such?q?N12?=", "N12"),
        ("=?", "=?"),
    ],
)
def test_encoded_words_are_read_where_they_can_be(value, text):
    assert decode_encoded_words(value) == text
