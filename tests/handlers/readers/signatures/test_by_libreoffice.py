"""Signatures that a real program made, with a library of its own, read by ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from handlers.document import Traits
from handlers.readers.signatures import pdf, word
from handlers.readers.signatures.check import note_signatures
from intake.signatures.signature import SignatureTrust
from tests.builders_package import rewrite
from tests.handlers.readers.signatures.conftest import ARRIVED

HERE = Path(__file__).parent / "by_libreoffice"
DOCX, PDF = ((HERE / f"statement.{ending}").read_bytes() for ending in ("docx", "pdf"))


@pytest.fixture(scope="module")
def trust() -> SignatureTrust:
    authority = x509.load_pem_x509_certificate((HERE / "authority.pem").read_bytes())
    return SignatureTrust((authority.public_bytes(Encoding.DER),), ARRIVED)


def test_a_document_it_saved_and_signed_counts(trust: SignatureTrust) -> None:
    """It signs white space between relationships as elements, which the standard drops."""
    (found,) = word.signatures_on(DOCX, trust)
    assert found.is_proven
    assert found.signer is not None
    assert found.signer.name == "Commissioner One"


@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/_rels/document.xml.rels", "_rels/.rels", "_xmlsignatures/sig1.xml"],
)
def test_a_change_to_it_is_seen(trust: SignatureTrust, part: str) -> None:
    changes = {
        "word/document.xml": (b"2010", b"2011"),
        "word/_rels/document.xml.rels": (b"footer1.xml", b"footer2.xml"),
        "_rels/.rels": (b"word/document.xml", b"word/styles.xml"),
        "_xmlsignatures/sig1.xml": (b"<SignatureValue>", b"<SignatureValue>AAAA"),
    }
    changed = rewrite(DOCX, part, lambda xml: xml.replace(*changes[part], 1))
    assert changed != DOCX
    traits = Traits(digital_signature=True)
    note_signatures(changed, "docx", trust, traits)
    assert not traits.is_signed_digitally


def test_a_pdf_it_signed_counts(trust: SignatureTrust) -> None:
    """It writes a day of signing that is none to the letter."""
    (found,) = pdf.signatures_on(PDF, trust)
    assert found.is_proven


def test_a_byte_of_the_pdf_changed_is_seen(trust: SignatureTrust) -> None:
    at = PDF.index(b"stream") + 40
    (found,) = pdf.signatures_on(PDF[:at] + bytes([PDF[at] ^ 1]) + PDF[at + 1 :], trust)
    assert found.broken
