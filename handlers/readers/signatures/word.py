"""Checks the digital signatures on a Word document (needs the extra `sig`).

A signature with SHA-1, which Word before 2016 made unless told otherwise, is not followed: a person
looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from asn1crypto.x509 import Certificate

from handlers.readers.signatures import xmldsig
from handlers.readers.signatures.manifest import check_covered_parts
from handlers.readers.signatures.pdf import MAX_SIGNATURES
from handlers.readers.signatures.xmldsig import AlteredAfterSigning, UnsupportedXmlSignature
from handlers.readers.word.hazards import SIGNATURE_RELATION
from handlers.readers.word.package import Package
from handlers.readers.word.parts import PackageParts
from intake.signatures.certificate import (
    DOCUMENT_PURPOSES,
    certificate_doubt,
    signer_of_certificate,
)
from intake.signatures.signature import (
    BROKEN_SIGNATURE,
    DigitalSignature,
    SignatureTrust,
    doubtful_signature,
)


def signatures_on(data: bytes, trust: SignatureTrust) -> Sequence[DigitalSignature]:
    """Every signature on the document, in order. Raises what the package raises."""
    package = Package(data)
    parts = PackageParts(package)
    listed = [one.part for one in parts.relations if one.type.endswith(SIGNATURE_RELATION)]
    if len(listed) > MAX_SIGNATURES or not all(name in package for name in listed):
        return [doubtful_signature("unclear")]
    return [_checked(name, package, parts, trust) for name in listed]


def _checked(
    name: str, package: Package, parts: PackageParts, trust: SignatureTrust
) -> DigitalSignature:
    try:
        signed = xmldsig.verify_signature(xmldsig.parse_signature(package.read_member(name)))
        covered = check_covered_parts(signed.objects, package, parts)
    except AlteredAfterSigning:
        return BROKEN_SIGNATURE
    except UnsupportedXmlSignature:
        return doubtful_signature("unclear")
    certificate = Certificate.load(signed.certificate)
    others = [Certificate.load(der) for der in signed.others]
    doubt = "" if covered.covers_all_seen(parts) else "partial"
    doubt = doubt or certificate_doubt(certificate, others, trust, DOCUMENT_PURPOSES)
    return DigitalSignature(signer_of_certificate(certificate), doubt=doubt)
