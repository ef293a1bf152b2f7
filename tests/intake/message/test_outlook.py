"""Outlook's .msg."""

from __future__ import annotations

from intake.message.outlook import files


def test_its_files_come_out_with_their_names_and_whether_the_text_shows_them(make):
    content = make.msg(
        make.outlook_file("form.docx", make.word()),
        make.outlook_file("logo.png", b"\x89PNG" * 2_000, "logo@x"),
    )
    assert [(f.name, f.content, f.shown) for f in files(content, 9, 10**6, 3)] == [
        ("form.docx", make.word(), False),
        ("logo.png", b"\x89PNG" * 2_000, True),
    ]


def test_a_mail_attached_to_it_gives_up_its_files_too(make):
    def holding(inner):
        return {"__substg1.0_3701000D": {"__attach_version1.0_#00000000": inner}}

    one = make.outlook_file("form.docx", b"x")
    assert [f.name for f in files(make.msg(holding(one)), 9, 99, 3)] == ["form.docx"]
    assert not list(files(make.msg(holding(holding(holding(one)))), 9, 99, 3))


def test_what_comes_out_is_bounded_in_number_and_in_bytes(make):
    """Streams of a compound file may overlap, so that little becomes much."""
    content = make.msg(*[make.outlook_file("a", b"x" * 5_000)] * 4)
    assert len(list(files(content, 2, 10**6, 3))) == 2
    assert [len(f.content) for f in files(content, 9, 6_000, 3)] == [5_000, 1_001]


def test_an_old_name_in_a_code_page_is_read(make):
    old = {"__substg1.0_37010102": b"x", "__substg1.0_3704001E": b"CAF\xc9.DOC"}
    assert [f.name for f in files(make.msg(old), 9, 99, 3)] == ["CAF\u00c9.DOC"]
