"""Containers opened, through a whole mail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.headers.header_block import MailLimits
from intake.message.message import message_from_wire
from intake.message.parse import ReadingOptions, open_task, read_message


def found_in(raw: bytes, limits: MailLimits | None = None):
    read = read_message(raw, ReadingOptions(limits or MailLimits()))
    return [(a.sniffed, a.declared, a.inside) for a in read.attachments], read.trouble


def test_a_zip_is_opened_one_level_each_file_on_its_own(make):
    content = make.zipped({"N12/Chronology.docm": make.word(True), "scan.PDF": b"%PDF-1"})
    assert found_in(make.with_files(("pack.zip", content))) == (
        [("docm", "docm", "zip"), ("pdf", "pdf", "zip")], (),
    )  # fmt: skip


def test_a_word_document_is_a_zip_that_stays_whole(make):
    assert found_in(make.with_files(("a.zip", make.word())))[0] == [("docx", "zip", "")]


def test_a_zip_in_a_zip_stays_closed(make):
    inner = make.zipped({"form.docx": make.word()})
    raw = make.with_files(("pack.zip", make.zipped({"in.zip": inner, "b.docx": make.word()})))
    assert found_in(raw) == (
        [("zip", "zip", "zip"), ("docx", "docx", "zip")], ("zip-nested",),
    )  # fmt: skip


def test_a_zip_that_is_not_opened_stands_for_itself(make):
    locked = bytearray(make.zipped({"a": b"x"}))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    many = make.zipped({str(n): b"x" for n in range(51)})
    for content, trouble in (
        (bytes(locked), "zip-encrypted"), (many, "zip-too-big"), (many[:-9], "zip-damaged"),
    ):  # fmt: skip
        raw = make.with_files(("pack.zip", content))
        assert found_in(raw) == ([("zip", "zip", "")], (trouble,))


def test_several_zips_share_one_bound(make):
    content = make.zipped({"a.txt": b"x" * 600})
    raw = make.with_files(("one.zip", content), ("two.zip", content))
    found, troubles = found_in(raw, MailLimits(unpacked_bytes=1_000))
    assert [name for name, _, _ in found] == ["text", "zip"]
    assert troubles == ("zip-too-big",)


def test_winmail_dat_is_the_senders_own_mail(make):
    """Failure mode 31."""
    content = make.winmail(("form.docx", make.word()))
    assert found_in(make.with_files(("winmail.dat", content))) == ([("docx", "docx", "")], ())


def test_winmail_dat_with_formatting_only_is_no_document(make):
    assert found_in(make.with_files(("winmail.dat", make.winmail()))) == ([], ())


def test_winmail_dat_that_breaks_off_is_for_a_person(make):
    """Failure mode 31."""
    content = make.winmail(("form.docx", make.word()))
    content = content[: len(content) // 2]
    assert found_in(make.with_files(("winmail.dat", content))) == (
        [("tnef", "dat", "")], ("container-damaged",),
    )  # fmt: skip


def test_an_outlook_mail_gives_up_its_attachments(make):
    content = make.msg(make.outlook_file("form.docx", make.word()))
    assert found_in(make.with_files(("fwd.msg", content))) == ([("docx", "docx", "message")], ())


def test_an_outlook_mail_of_overlapping_files_is_too_big(make):
    content = make.msg(*[make.outlook_file("a.pdf", b"%PDF-" * 1_000)] * 4)
    found, troubles = found_in(
        make.with_files(("a.msg", content)), MailLimits(unpacked_bytes=9_000)
    )
    assert (len(found), troubles) == (1, ("too-big",))


def test_a_small_picture_that_an_outlook_mail_shows_is_no_document(make):
    content = make.msg(make.outlook_file("logo.png", b"\x89PNG\r\n\x1a\n", "logo@x"))
    (found,) = read_message(make.with_files(("fwd.msg", content))).attachments
    assert found.inline_picture


def test_a_mail_in_a_zip_in_a_mail_is_opened(make):
    inner = make.with_files(("form.docx", make.word()))
    raw = make.with_files(("pack.zip", make.zipped({"fwd.eml": inner})))
    assert found_in(raw) == ([("docx", "docx", "message")], ())


def test_damage_to_a_container_is_damage_to_what_it_holds(make):
    inner = make.with_files(("form.docx", make.word())).decode()
    head = "From: a@b.example\nContent-Type: message/rfc822\nContent-Transfer-Encoding: x-other"
    (found,) = read_message(make.by_hand(head, inner.encode())).attachments
    assert found.damaged and found.sniffed == "docx"


def test_an_empty_file_with_a_name_is_an_empty_document(make):
    assert found_in(make.with_files(("form.docx", b""))) == ([("empty", "docx", "")], ())


def test_links_in_a_notice_attached_as_html_are_seen(make):
    notice = b"<html><form action='https://res.cisco.com/websafe/x'></form></html>"
    raw = make.with_files(("securedoc.html", notice))
    assert found_in(raw) == ([("html", "html", "")], ("sealed-link",))


@given(
    st.binary(max_size=400),
    st.sampled_from(("zip", "msg", "winmail", "eml")),
    st.integers(0, 600),
)
def test_no_file_put_in_a_folder_stops_the_reader(make, junk, container, at):
    """Failure mode 27: a container with bytes of it written over, or any bytes at all."""
    whole = {
        "zip": lambda: make.zipped({"form.docx": make.word()}),
        "msg": lambda: make.msg(make.outlook_file("form.docx", make.word())),
        "winmail": lambda: make.winmail(("form.docx", make.word())),
        "eml": lambda: make.with_files(("form.docx", make.word())),
    }[container]()
    for content in (junk, whole[:at] + junk + whole[at + len(junk) :]):
        value, blobs = open_task(content, None, None)
        message_from_wire(value, blobs)
