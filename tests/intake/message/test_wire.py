"""A Message on its way out of the confined worker."""

from __future__ import annotations

import copy
import json

import pytest

from intake.headers.header_block import MailLimits
from intake.message.message import GarbledMessage, message_from_wire
from intake.message.parse import ReadingOptions, read_message, unpack_task


@pytest.fixture
def raw(make):
    return make.with_files(
        ("imr.docx", make.word()), ("logo.png", b"\x89PNG\r\n\x1a\n"),
        From_="MAILER-DAEMON <x@surgery.example>", References="<a@b.example>",
        X_Failed_Recipients="x@y.example",
    )  # fmt: skip


def test_a_message_comes_back_as_it_went_through_json(raw):
    value, blobs = unpack_task(raw, None, None)
    assert message_from_wire(json.loads(json.dumps(value)), blobs) == read_message(raw)


def test_limits_travel_as_the_argument_of_the_task(raw):
    value, blobs = unpack_task(raw, ReadingOptions(MailLimits(attachments=1)), None)
    assert len(blobs) == 1 and "too-many-parts" in message_from_wire(value, blobs).trouble


REPLACED = {
    "message_id": ["x", "<a b@c>", 1, None, "<" + "a" * 300 + "@b>", "<a@b>\r\nBcc: x"],
    "in_reply_to": ["<a@b>", [""], ["x"], [1], ["<a@b>"] * 51],
    "sender": ["", "ann", "a@B.example", "a@b.example\n", "a@b.example, c@d.example", 1],
    "signature": ["signed", 1],
    "signed_by": [["x"], [""], ["a@b.example"] * 11],
    "sender_trouble": ["none", "other", 1],
    "recipients": [[""], ["x"], ["a@b.example"] * 51],
    "subject": ["a\nb", "x" * 501, "\u202e", 1],
    "body_text": ["\0", "x" * 100_001, None],
    "automatic": ["other", 1, True],
    "bounce": ["x", {}, {"weight": "x", "named": []}, {"weight": "", "named": ["x"]}],
    "attachments": [None, [], [{}], "x"],
    "trouble": [["other"], [""], "too-deep", [1], ["too-deep"] * 99],
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in REPLACED.items() for v in vs])
def test_an_answer_out_of_shape_is_garbled(raw, name, value):
    described, blobs = unpack_task(raw, None, None)
    with pytest.raises(GarbledMessage):
        message_from_wire({**described, name: value}, blobs)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sniffed", "exe"), ("sniffed", ""), ("declared", "a/b"), ("declared", "verylongone"),
        ("declared", "DOCX"), ("damaged", 1), ("inside", "tnef"), ("inline_picture", None),
        ("more", 1),
    ],
)  # fmt: skip
def test_an_attachment_out_of_shape_is_garbled(raw, name, value):
    described, blobs = unpack_task(raw, None, None)
    changed = copy.deepcopy(described)
    changed["attachments"][0][name] = value
    with pytest.raises(GarbledMessage):
        message_from_wire(changed, blobs)


def test_fields_too_many_or_too_few_and_blobs_that_do_not_match_are_garbled(raw):
    described, blobs = unpack_task(raw, None, None)
    missing = {name: value for name, value in described.items() if name != "subject"}
    for value, with_blobs in (
        (missing, blobs), ({**described, "more": 1}, blobs), ([], blobs), (None, blobs),
        (described, blobs[1:]), (described, [*blobs, b""]), (described, ["x"] * len(blobs)),
    ):  # fmt: skip
        with pytest.raises(GarbledMessage):
            message_from_wire(value, with_blobs)
