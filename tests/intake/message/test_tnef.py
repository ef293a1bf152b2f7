"""winmail.dat."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.message.tnef import files


def test_the_files_come_out_with_their_names(make):
    """Failure mode 31."""
    found, whole = files(make.winmail(("form.doc", b"one"), ("scan.pdf", b"two")))
    assert [(f.name, f.content) for f in found] == [("form.doc", b"one"), ("scan.pdf", b"two")]
    assert whole


def test_a_name_that_windows_shortened_says_nothing_of_its_ending(make):
    ((found,), _) = files(make.winmail(("CHRONO~1.DOC", b"one")))
    assert found.name == ""


def test_formatting_alone_holds_no_file_and_is_whole(make):
    assert files(make.winmail()) == ([], True)


def test_a_mail_attached_as_an_object_is_not_all_of_it(make):
    assert files(make.winmail(("a mail", b""))) == ([], False)


def test_a_stream_that_breaks_off_gives_what_was_whole(make):
    content = make.winmail(("form.doc", b"one"), ("scan.pdf", b"two" * 99))
    found, whole = files(content[:-150])
    assert [f.content for f in found] == [b"one"]
    assert not whole


@given(st.binary(max_size=300))
def test_no_bytes_raise(content):
    files(content)
