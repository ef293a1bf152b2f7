"""winmail.dat."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.message.outlook_formats import tnef_attachments
from intake.message.parse import read_message


def test_the_files_come_out_with_their_names(make):
    """Failure mode 31."""
    found, whole = tnef_attachments(make.winmail(("form.doc", b"one"), ("scan.pdf", b"two")))
    assert [(f.name, f.content) for f in found] == [("form.doc", b"one"), ("scan.pdf", b"two")]
    assert whole


def test_a_long_name_is_read_where_outlook_gives_one(make):
    ((found,), _) = tnef_attachments(make.winmail(("Chronology for N12.docx", b"one")))
    assert found.name == "Chronology for N12.docx"


def test_a_mail_attached_in_it_comes_out_with_its_own_files(make):
    """Failure modes 30 and 31: a message forwarded as an attachment, from Outlook."""
    inner = make.winmail(("form.docx", make.word()))
    (found,), whole = tnef_attachments(make.winmail(("FW: form", inner)))
    assert (found.content, whole) == (inner, True)
    raw = make.with_files(("winmail.dat", make.winmail(("FW: form", inner))))
    (attached,) = read_message(raw).documents
    assert (attached.sniffed, attached.declared) == ("docx", "docx")


def test_mails_in_mails_end_somewhere(make):
    """Failure mode 28."""
    nested = make.winmail(("form.docx", make.word()))
    for _ in range(8):
        nested = make.winmail(("FW", nested))
    message = read_message(make.with_files(("winmail.dat", nested)))
    assert "too-deep" in message.trouble


def test_formatting_alone_holds_no_file_and_is_whole(make):
    assert tnef_attachments(make.winmail()) == ([], True)


def test_a_mail_attached_as_an_object_is_not_all_of_it(make):
    assert tnef_attachments(make.winmail(("a mail", b""))) == ([], False)


def test_a_stream_that_breaks_off_gives_what_was_whole(make):
    content = make.winmail(("form.doc", b"one"), ("scan.pdf", b"two" * 99))
    found, whole = tnef_attachments(content[:-150])
    assert [f.content for f in found] == [b"one"]
    assert not whole


@given(st.binary(max_size=300))
def test_no_bytes_raise(content):
    tnef_attachments(content)
