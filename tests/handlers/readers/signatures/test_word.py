"""Digital signatures on a Word document: whole, unaltered, and whose."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

import pytest

from handlers.readers.signatures.word import signatures_on
from intake.signatures.signature import SignatureTrust, doubt_about_signatures
from tests import builders as build
from tests.authority import Authority, Holder
from tests.builders_package import packed, parts, rewrite
from tests.builders_signed import signed_docx

DOCUMENT = build.make_statement()
MAIN, RELS = "word/document.xml", "word/_rels/document.xml.rels"
SIGNATURE = "_xmlsignatures/sig1.xml"


@pytest.fixture(scope="module")
def signed(officer: Holder) -> bytes:
    return signed_docx(DOCUMENT, officer)


def test_one_that_holds_says_who_signed(signed: bytes, trust: SignatureTrust) -> None:
    (found,) = signatures_on(signed, trust)
    assert found.is_proven
    assert found.signer is not None
    assert (found.signer.name, found.signer.addresses) == ("Commissioner One", ("one@gp.example",))


def test_a_key_of_either_kind_will_do(shire: Authority, trust: SignatureTrust) -> None:
    (found,) = signatures_on(signed_docx(DOCUMENT, shire.issue("C", rsa_key=True)), trust)
    assert found.is_proven


def test_a_chain_through_an_authority_in_between_is_followed(
    shire: Authority, trust: SignatureTrust
) -> None:
    between = Authority("Trust Authority", under=shire)
    officer = between.issue("Commissioner One")
    (found,) = signatures_on(signed_docx(DOCUMENT, officer, [between.own]), trust)
    assert found.is_proven
    (found,) = signatures_on(signed_docx(DOCUMENT, officer), trust)
    assert found.doubt == "unknown-authority"


def test_two_officers_may_sign(signed: bytes, shire: Authority, trust: SignatureTrust) -> None:
    both = signed_docx(signed, shire.issue("Commissioner Two"), named="sig2.xml")
    found = signatures_on(both, trust)
    assert [s.signer.name for s in found if s.signer] == ["Commissioner One", "Commissioner Two"]
    assert doubt_about_signatures(found) == ""


@pytest.mark.parametrize("part", [MAIN, "word/styles.xml", "word/settings.xml", SIGNATURE])
def test_a_part_changed_breaks_it(signed: bytes, trust: SignatureTrust, part: str) -> None:
    held = parts(signed)
    spoilt = {**held, part: _spoilt(held[part])}
    (found,) = signatures_on(packed(spoilt), trust)
    assert found.broken


def test_a_part_changed_and_listed_anew_breaks_it(signed: bytes, trust: SignatureTrust) -> None:
    """The list of parts agrees with what is there; SignedInfo does not agree with the list."""
    held = parts(signed)
    changed = held[MAIN].replace(b"2010", b"2011")
    lists = [
        base64.b64encode(hashlib.sha256(content).digest()) for content in (held[MAIN], changed)
    ]
    assert held[SIGNATURE].count(lists[0]) == 1
    forged = {**held, MAIN: changed, SIGNATURE: held[SIGNATURE].replace(*lists)}
    (found,) = signatures_on(packed(forged), trust)
    assert found.broken


def _spoilt(content: bytes) -> bytes:
    """One digit of a signed value, or one space more."""
    if b"<DigestValue>" in content:
        at = content.index(b"<DigestValue>") + len(b"<DigestValue>")
        other = b"B" if content[at : at + 1] == b"A" else b"A"
        return content[:at] + other + content[at + 1 :]
    at = content.rindex(b"</")
    return content[:at] + b" " + content[at:]


Change = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "change",
    [
        lambda rels: rels.replace(b"styles.xml", b"styles2.xml"),
        lambda rels: rels.replace(b'Target="', b'TargetMode="External" Target="', 1),
    ],
)
def test_a_relation_changed_breaks_it(signed: bytes, trust: SignatureTrust, change: Change) -> None:
    (found,) = signatures_on(rewrite(signed, RELS, change), trust)
    assert found.broken


def test_a_part_that_was_signed_and_is_gone_breaks_it(signed: bytes, trust: SignatureTrust) -> None:
    held = parts(signed)
    del held["word/styles.xml"]
    (found,) = signatures_on(packed(held), trust)
    assert found.broken


def test_a_part_that_has_become_something_else_breaks_it(
    signed: bytes, trust: SignatureTrust
) -> None:
    types = lambda xml: xml.replace(b"wordprocessingml.styles+xml", b"wordprocessingml.footer+xml")  # noqa: E731
    (found,) = signatures_on(rewrite(signed, "[Content_Types].xml", types), trust)
    assert found.broken


def test_a_header_slipped_in_afterwards_is_not_covered(
    signed: bytes, trust: SignatureTrust
) -> None:
    """All that was signed is untouched, and yet there is more to be seen."""
    line = (
        b'<Relationship Id="rIdNew" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/header" Target="header9.xml"/></Relationships>'
    )
    more = rewrite(signed, RELS, lambda rels: rels.replace(b"</Relationships>", line))
    (found,) = signatures_on(packed({**parts(more), "word/header9.xml": b"<hdr/>"}), trust)
    assert found.doubt == "partial"


@pytest.mark.parametrize("part", [MAIN, RELS, "word/styles.xml"])
def test_one_that_leaves_out_what_is_read_covers_only_part(
    officer: Holder, trust: SignatureTrust, part: str
) -> None:
    (found,) = signatures_on(signed_docx(DOCUMENT, officer, without=[part]), trust)
    assert found.doubt == "partial"


def test_what_office_itself_leaves_out_may_change(signed: bytes, trust: SignatureTrust) -> None:
    """The title and the date last printed are no part of what was signed."""
    retitled = rewrite(signed, "docProps/core.xml", lambda xml: xml.replace(b"</", b"\n</", 1))
    assert retitled != signed
    (found,) = signatures_on(retitled, trust)
    assert found.is_proven


def test_the_same_name_from_an_authority_of_its_own_making_proves_nothing(
    trust: SignatureTrust,
) -> None:
    forger = Authority("Shire Authority")
    for holder in (forger.issue("Commissioner One", "one@gp.example"), forger.own):
        (found,) = signatures_on(signed_docx(DOCUMENT, holder, [forger.own]), trust)
        assert found.doubt == "unknown-authority"


def test_a_signature_made_with_another_key_than_the_certificates_is_broken(
    shire: Authority, officer: Holder, trust: SignatureTrust
) -> None:
    """The officer's certificate is no secret: anybody can put it there."""
    mixed = Holder(shire.issue("A Forger").key, officer.certificate)
    (found,) = signatures_on(signed_docx(DOCUMENT, mixed), trust)
    assert found.broken


def test_weak_arithmetic_is_not_followed(officer: Holder, trust: SignatureTrust) -> None:
    old = "http://www.w3.org/2000/09/xmldsig#sha1"
    (found,) = signatures_on(signed_docx(DOCUMENT, officer, digest=old), trust)
    assert found.doubt == "unclear"


HOSTILE: list[Change] = [
    lambda xml: b"",
    lambda xml: xml[:-20],
    lambda xml: b"<Signature/>",
    lambda xml: xml.replace(b"<?xml", b"<!DOCTYPE x []><?xml"),
    lambda xml: xml.replace(b'URI="#idPackageObject"', b'URI="http://elsewhere.example/"'),
    lambda xml: xml.replace(b'URI="#idPackageObject"', b'URI=""'),
    lambda xml: xml.replace(b'Id="idPackageSignature"', b'Id="idPackageObject"'),
    lambda xml: xml.replace(b"</Signature>", b'<Object Id="idPackageObject"/></Signature>'),
    lambda xml: xml.replace(b"</Signature>", b"<SignedInfo/></Signature>"),
    lambda xml: xml.replace(b"<Object ", b"<Lost><Object ").replace(
        b"</Object>", b"</Object></Lost>"
    ),
    lambda xml: xml.replace(b"rsa-sha256", b"hmac-sha256").replace(b"ecdsa-", b"hmac-"),
    lambda xml: xml.replace(b"<KeyInfo>", b"<KeyInfo/><Lost>").replace(b"</KeyInfo>", b"</Lost>"),
    lambda xml: xml.replace(b"<X509Certificate>M", b"<X509Certificate>!"),
    lambda xml: xml.replace(b"<SignatureValue>", b"<SignatureValue>&#x20AC;"),
    lambda xml: xml.replace(b"<Signature ", b'<Signature xml:lang="en" '),
]


@pytest.mark.parametrize("change", HOSTILE, ids=range(len(HOSTILE)))
def test_a_signature_put_together_otherwise_is_never_believed(
    signed: bytes, trust: SignatureTrust, change: Change
) -> None:
    assert rewrite(signed, SIGNATURE, change) != signed
    found = signatures_on(rewrite(signed, SIGNATURE, change), trust)
    assert doubt_about_signatures(found)


def test_an_object_put_beside_the_signed_one_adds_nothing(
    officer: Holder, trust: SignatureTrust
) -> None:
    """The list of parts counts only inside an object that SignedInfo refers to."""
    short = signed_docx(DOCUMENT, officer, without=[MAIN])
    full = parts(signed_docx(DOCUMENT, officer))[SIGNATURE]
    listed = full[full.index(b"<Manifest>") : full.index(b"</Manifest>")]
    more = b'<Object Id="more">' + listed + b"</Manifest></Object></Signature>"
    forged = rewrite(short, SIGNATURE, lambda xml: xml.replace(b"</Signature>", more))
    (found,) = signatures_on(forged, trust)
    assert found.doubt == "partial"
