"""Files that travelled as uuencode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.decoding import decode_uuencoded, text_without_files, uuencoded_files
from tests.builders_raw import uuencoded

CONTENT = bytes(range(256)) * 3


@given(st.binary(min_size=1, max_size=400))
def test_a_file_comes_back_whole(content: bytes) -> None:
    assert decode_uuencoded(uuencoded(content)) == (content, False)
    assert decode_uuencoded(uuencoded(content).replace(b"\n", b"\r\n")) == (content, False)


def test_spaces_that_a_server_took_off_the_end_of_lines_are_put_back() -> None:
    stripped = b"\n".join(line.rstrip(b" ") for line in uuencoded(bytes(90)).split(b"\n"))
    assert decode_uuencoded(stripped) == (bytes(90), False)


@pytest.mark.parametrize("cut", [b"`\nend\n", b"end\n"])
def test_a_file_without_its_end_is_damaged_and_kept_as_far_as_it_goes(cut: bytes) -> None:
    content, damaged = decode_uuencoded(uuencoded(CONTENT).removesuffix(cut))
    assert damaged and content == CONTENT


def test_words_around_files_stay_words() -> None:
    text = b"Before.\n" + uuencoded(b"one", "a.docx") + b"Between.\n" + uuencoded(b"two", "b.pdf")
    assert [(f.name, f.content) for f in uuencoded_files(text)] == [
        ("a.docx", b"one"),
        ("b.pdf", b"two"),
    ]
    assert text_without_files(text).split() == [b"Before.", b"Between."]
    assert text_without_files(b"begin 644 is how it starts") == b"begin 644 is how it starts"


@given(st.binary(max_size=300))
def test_no_bytes_raise(text: bytes) -> None:
    list(uuencoded_files(b"begin 644 a\n" + text))
    text_without_files(text)
