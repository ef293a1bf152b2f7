"""Outlook's .msg."""

from __future__ import annotations

import struct

from intake.message.outlook_formats import msg_attachments
from intake.message.parse import read_message


def test_its_files_come_out_with_their_names_and_whether_the_text_shows_them(make):
    content = make.msg(
        make.outlook_file("form.docx", make.word()),
        make.outlook_file("logo.png", b"\x89PNG" * 2_000, "logo@x"),
    )
    assert [(f.name, f.content, f.shown) for f in msg_attachments(content, 9, 10**6, 3)] == [
        ("form.docx", make.word(), False),
        ("logo.png", b"\x89PNG" * 2_000, True),
    ]


def test_a_mail_attached_to_it_gives_up_its_files_too(make):
    def holding(inner):
        mail = {"__properties_version1.0": b"\0" * 24, "__attach_version1.0_#00000000": inner}
        return {"__substg1.0_3701000D": mail}

    one = make.outlook_file("form.docx", b"x")
    assert [f.name for f in msg_attachments(make.msg(holding(one)), 9, 99, 3)] == ["form.docx"]
    assert not list(msg_attachments(make.msg(holding(holding(holding(one)))), 9, 99, 3))


def test_what_comes_out_is_bounded_in_number_and_in_bytes(make):
    """Streams of a compound file may overlap, so that little becomes much."""
    content = make.msg(*[make.outlook_file("a", b"x" * 5_000)] * 4)
    assert len(list(msg_attachments(content, 2, 10**6, 3))) == 2
    assert [len(f.content) for f in msg_attachments(content, 9, 6_000, 3)] == [5_000, 1_001]


def test_an_old_name_in_a_code_page_is_read(make):
    old = {"__substg1.0_37010102": b"x", "__substg1.0_3704001E": b"CAF\xc9.DOC"}
    assert [f.name for f in msg_attachments(make.msg(old), 9, 99, 3)] == ["CAF\u00c9.DOC"]


def real(make, *attached):
    """A .msg as Outlook saves one: recipients, named properties, a compressed text ([MS-OXMSG])."""
    wide = {"__substg1.0_0037001F": "FW: documents", "__substg1.0_1000001F": "See attached."}
    recipient = {
        "__properties_version1.0": b"\0" * 72,
        "__substg1.0_3003001F": "other@elsewhere.example".encode("utf-16-le"),
    }
    compressed = struct.pack("<IIII", 20, 8, 0x75465A4C, 0) + b"{\\rtf1 x}"
    tree = {
        "__nameid_version1.0": {"__substg1.0_00020102": b"\0" * 48, "__substg1.0_00040102": b""},
        "__properties_version1.0": b"\0" * 400,
        **{name: text.encode("utf-16-le") for name, text in wide.items()},
        "__substg1.0_0C1F001F": "boss@elsewhere.example".encode("utf-16-le"),
        "__substg1.0_10090102": compressed,
        **{f"__recip_version1.0_#{n:08X}": recipient for n in range(3)},
        **{f"__attach_version1.0_#{n:08X}": one for n, one in enumerate(attached)},
    }
    return make.compound(tree)


def test_a_mail_as_outlook_saves_it_gives_up_its_files_and_no_more(make):
    word = make.word(text="x" * 9_000)
    inner = {"__properties_version1.0": b"\0" * 24, "__substg1.0_0037001F": b"i\0"}
    embedded = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_3001001F": "inner".encode("utf-16-le"),
        "__substg1.0_3701000D": {
            **inner,
            "__attach_version1.0_#00000000": make.outlook_file("qa.docx", make.word()),
        },
    }
    content = real(make, make.outlook_file("form.docx", word), embedded)
    found = [(f.name, f.content, f.lost) for f in msg_attachments(content, 9, 10**6, 3)]
    assert found == [("form.docx", word, False), ("qa.docx", make.word(), False)]
    message = read_message(make.with_files(("FW.msg", content)))
    assert [(a.sniffed, a.inside) for a in message.documents] == [("docx", "message")] * 2
    assert message.trouble == ()


def test_what_outlook_keeps_as_a_link_or_another_program_s_object_is_told(make):
    link = {"__substg1.0_3708001F": "\\\\server\\form.docx".encode("utf-16-le")}
    object_ = {"__substg1.0_3701000D": {"\x01Ole": b"\0" * 20, "CONTENTS": b"x"}}
    for hidden in (link, object_):
        content = real(make, make.outlook_file("form.docx", make.word()), hidden)
        assert [f.lost for f in msg_attachments(content, 9, 10**6, 3)] == [False, True]
        message = read_message(make.with_files(("FW.msg", content)))
        assert [a.sniffed for a in message.documents] == ["docx"]
        assert message.trouble == ("container-damaged",)
