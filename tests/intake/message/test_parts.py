"""The tree of parts, walked."""

from __future__ import annotations

from intake.headers.header_block import MailLimits, parse_headers
from intake.message.mime import ReadingBudget, walk_leaves

MIXED = parse_headers(b'Content-Type: multipart/mixed; boundary="b"')


def walked(body: bytes, limits: MailLimits | None = None):
    budget = ReadingBudget(limits or MailLimits())
    found = [(leaf.kind, leaf.content) for leaf in walk_leaves(MIXED, body, budget)]
    return found, tuple(budget.told)


def test_each_part_ends_before_the_line_end_of_its_delimiter():
    found, troubles = walked(
        b"preamble\r\n--b\r\n\r\none\r\n\r\n--b  \r\n\r\ntwo\r\n--b--\r\nepilogue"
    )
    assert found == [("text/plain", b"one\r\n"), ("text/plain", b"two")]
    assert troubles == ()


def test_a_delimiter_inside_a_line_or_with_more_behind_it_is_text():
    found, _ = walked(b"--b\n\nnot --b\n--bc\n--b c\n--b--")
    assert found == [("text/plain", b"not --b\n--bc\n--b c")]


def test_a_boundary_that_never_comes_leaves_one_damaged_text():
    budget = ReadingBudget(MailLimits())
    (leaf,) = walk_leaves(MIXED, b"N12", budget)
    assert leaf.damaged and leaf.content == b"N12" and tuple(budget.told) == ("truncated",)


def test_a_multipart_left_open_is_truncated_and_only_its_last_leaf_is_damaged():
    """Failure mode 34."""
    budget = ReadingBudget(MailLimits())
    found = list(walk_leaves(MIXED, b"--b\n\none\n--b\n\ntwo", budget))
    assert [leaf.damaged for leaf in found] == [False, True]
    assert tuple(budget.told) == ("truncated",)


def test_an_inner_multipart_left_open_damages_what_is_in_it_only():
    inner = b"--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--c\n\ntwo\n"
    budget = ReadingBudget(MailLimits())
    found = list(walk_leaves(MIXED, inner + b"--b\n\nthree\n--b--", budget))
    assert [(leaf.content, leaf.damaged) for leaf in found] == [
        (b"one", False), (b"two", True), (b"three", False),
    ]  # fmt: skip


def test_parts_of_a_digest_are_mails():
    digest = parse_headers(b"Content-Type: multipart/digest; boundary=b")
    (leaf,) = walk_leaves(digest, b"--b\n\nFrom: a\n--b--", ReadingBudget(MailLimits()))
    assert leaf.kind == "message/rfc822"


def test_a_part_whose_headers_are_too_long_is_left_out_and_told():
    limits = MailLimits(part_header_bytes=50)
    found, troubles = walked(b"--b\nX: " + b"y" * 99 + b"\n\none\n--b\n\ntwo\n--b--", limits)
    assert found == [("text/plain", b"two")]
    assert troubles == ("header-too-long",)


def test_parts_end_where_the_bound_is():
    """Failure mode 28."""
    found, troubles = walked(b"--b\n\nx\n" * 9 + b"--b--", MailLimits(parts=4))
    assert len(found) == 3
    assert troubles == ("truncated", "too-many-parts")
