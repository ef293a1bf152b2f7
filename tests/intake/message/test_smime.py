"""Signed mail, unwrapped and its signature held against it."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from intake.message.message import Message
from intake.message.parse import ReadingOptions, read_message
from intake.signatures import signature
from intake.signatures.signature import SignatureTrust
from tests import builders_smime as smime
from tests.authority import Authority, Holder
from tests.builders_smime import SENDER, inner, signed_around, signed_beside

PDF = b"%PDF-1.4 made up"
CONTENT = inner(("imr.pdf", PDF))
ADDRESS = SENDER.decode()


@pytest.fixture(scope="module")
def shire() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def ann(shire: Authority) -> Holder:
    return shire.issue("Ann Author", ADDRESS)


@pytest.fixture(scope="module")
def terms(shire: Authority) -> ReadingOptions:
    return ReadingOptions(trust=SignatureTrust((shire.own.der,), datetime(2010, 5, 28, tzinfo=UTC)))


def has_it_all(message: Message) -> bool:
    documents = [(a.content, a.sniffed, a.declared, a.inside) for a in message.documents]
    words = "Attached for N12." in message.body_text
    return words and documents == [(PDF, "pdf", "pdf", "")] and message.sender == ADDRESS


@pytest.mark.parametrize("sign", [signed_beside, signed_around])
def test_a_proper_signature_says_whose_it_is(sign, ann: Holder, terms: ReadingOptions) -> None:
    """Failure mode 36."""
    message = read_message(sign(CONTENT, ann), terms)
    assert has_it_all(message)
    assert (message.signature, message.signed_by) == ("proven", (ADDRESS,))


@pytest.mark.parametrize("sign", [signed_beside, signed_around])
def test_whose_it_is_is_said_and_not_who_sent_it(
    sign, shire: Authority, terms: ReadingOptions
) -> None:
    """Failure mode 37: a valid signature of the wrong person is told from the right one's."""
    other = shire.issue("Someone Else", "else@surgery.example")
    message = read_message(sign(CONTENT, other), terms)
    assert (message.signature, message.signed_by) == ("proven", ("else@surgery.example",))
    assert message.sender == ADDRESS


@pytest.mark.parametrize("sign", [signed_beside, signed_around])
def test_what_was_changed_afterwards_is_broken_and_still_read(
    sign, ann: Holder, terms: ReadingOptions
) -> None:
    whole = sign(CONTENT, ann)
    if sign is signed_beside:
        changed = whole.replace(b"Attached for N12.", b"Attached for N13.", 1)
    else:
        head, _, body = whole.partition(b"\r\n\r\n")
        der = base64.b64decode(body).replace(b"for N12.", b"for N13.", 1)
        changed = head + b"\r\n\r\n" + base64.encodebytes(der)
    message = read_message(changed, terms)
    assert message.signature == "broken"
    assert "N13" in message.body_text
    assert len(message.documents) == 1


def test_line_ends_changed_on_the_way_break_nothing(ann: Holder, terms: ReadingOptions) -> None:
    """A Maildir keeps its messages with line feeds alone."""
    raw = signed_beside(CONTENT, ann).replace(b"\r\n", b"\n")
    assert read_message(raw, terms).signature == "proven"


@pytest.mark.parametrize("sign", [signed_beside, signed_around])
def test_a_signature_that_proves_nothing_says_so(sign, ann: Holder, terms: ReadingOptions) -> None:
    assert terms.trust
    stranger = Authority("Shire Authority").issue("Ann Author", ADDRESS)
    ended = replace(terms, trust=replace(terms.trust, at=datetime(2013, 1, 1, tzinfo=UTC)))
    for raw, on in (
        (sign(CONTENT, stranger), terms),
        (sign(CONTENT, ann), ended),
        (sign(CONTENT, ann), ReadingOptions()),
    ):
        message = read_message(raw, on)
        assert message.signature == "doubtful"
        assert has_it_all(message)


@pytest.mark.parametrize("sign", [signed_beside, signed_around])
def test_without_the_extra_it_is_unwrapped_and_proves_nothing(
    sign, ann: Holder, terms: ReadingOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature, "is_extra_installed", lambda: False)
    signature.load_if_installed.cache_clear()
    try:
        message = read_message(sign(CONTENT, ann), terms)
    finally:
        signature.load_if_installed.cache_clear()
    assert message.signature == "doubtful"
    assert has_it_all(message)


@pytest.mark.parametrize("sign", [signed_beside, signed_around])
def test_without_the_extra_what_was_changed_is_told_all_the_same(
    sign, ann: Holder, terms: ReadingOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sign(CONTENT, ann)
    if sign is signed_beside:
        changed = whole.replace(b"Attached for N12.", b"Attached for N13.", 1)
    else:
        head, _, body = whole.partition(b"\r\n\r\n")
        der = base64.b64decode(body).replace(b"for N12.", b"for N13.", 1)
        changed = head + b"\r\n\r\n" + base64.encodebytes(der)
    monkeypatch.setattr(signature, "is_extra_installed", lambda: False)
    signature.load_if_installed.cache_clear()
    try:
        assert read_message(changed, terms).signature == "broken"
        assert read_message(changed).signature == "broken"
        assert read_message(whole, terms).signature == "doubtful"
    finally:
        signature.load_if_installed.cache_clear()


def test_an_ordinary_message_has_no_signature(terms: ReadingOptions, make) -> None:
    assert read_message(make.with_files(("a.pdf", PDF)), terms).signature == ""


def test_a_signature_over_a_part_of_the_message_is_none_over_the_message(
    ann: Holder, terms: ReadingOptions
) -> None:
    """What stands beside the signed part, anybody may have added."""
    _, _, signed = signed_beside(CONTENT, ann).partition(b"MIME-Version: 1.0\r\n")
    raw = (
        smime.HEAD % SENDER + b"Content-Type: multipart/mixed; boundary=mixed\r\n\r\n--mixed\r\n"
        + signed + b"\r\n--mixed\r\nContent-Type: application/pdf\r\n\r\n%PDF-added\r\n--mixed--"
    )  # fmt: skip
    message = read_message(raw, terms)
    assert message.signature == ""
    assert [a.content[:9] for a in message.documents] == [PDF[:9], b"%PDF-adde"]


def test_a_signed_message_forwarded_inside_says_nothing_of_who_sent_this(
    ann: Holder, terms: ReadingOptions, make
) -> None:
    """Failure mode 30."""
    for sign in (signed_beside, signed_around):
        raw = make.with_files(("a.eml", sign(CONTENT, ann)))
        message = read_message(raw, terms)
        assert message.signature == ""
        assert [(a.content, a.inside) for a in message.documents] == [(PDF, "message")]


def test_a_part_added_after_the_signature_is_not_taken_for_signed(
    ann: Holder, terms: ReadingOptions
) -> None:
    raw = signed_beside(CONTENT, ann)
    added = b"--outer\r\nContent-Type: application/pdf\r\n\r\n%PDF-added\r\n--outer--"
    message = read_message(raw.replace(b"--outer--", added), terms)
    assert message.signature == ""
    assert len(message.documents) == 2


def test_signed_twice_over_is_unwrapped_to_the_document(ann: Holder, terms: ReadingOptions) -> None:
    _, _, once = signed_around(CONTENT, ann).partition(b"MIME-Version: 1.0\r\n")
    message = read_message(signed_beside(once, ann), terms)
    assert message.signature == "proven"
    assert [a.content for a in message.documents] == [PDF]


def test_what_the_service_opened_is_read_in_place_of_what_was_closed(terms: ReadingOptions) -> None:
    raw = smime.wrapped(b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x80")
    closed = read_message(raw, terms)
    assert closed.sealed_attachment is not None
    opened = read_message(raw, replace(terms, opened=CONTENT))
    assert has_it_all(opened)
    assert opened.sealed_attachment is None


def test_what_was_signed_and_then_encrypted_keeps_its_signature(
    ann: Holder, terms: ReadingOptions
) -> None:
    _, _, signed = signed_beside(CONTENT, ann).partition(b"MIME-Version: 1.0\r\n")
    raw = smime.wrapped(b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x80")
    opened = read_message(raw, replace(terms, opened=signed))
    assert (opened.signature, opened.signed_by) == ("proven", (ADDRESS,))
    assert has_it_all(opened)


STREAMED = "-sign -signer {} -binary -nodetach -outform DER -md sha256 -stream"


def test_what_openssl_streams_with_lengths_left_open_is_unwrapped(
    ann: Holder, terms: ReadingOptions
) -> None:
    long = inner(("imr.pdf", PDF + b"x" * 50_000))
    der = smime.by_openssl(STREAMED, long, ann)
    assert b"\x24\x80" in der  # octets in pieces
    message = read_message(smime.wrapped(der, "signed-data"), terms)
    assert (message.signature, message.signed_by) == ("proven", (ADDRESS,))
    assert [len(a.content) for a in message.documents] == [len(PDF) + 50_000]
