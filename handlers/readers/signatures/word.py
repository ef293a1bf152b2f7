"""The digital signatures on a Word document. Needs the extra `sig`.

Does: finds the signature parts and checks each: its own arithmetic, every part it lists, whether it
covers what is read, and whose certificate it is.
Trusts: what `xmldsig.py`, `manifest.py` and `intake/signatures/certificate.py` trust.
Never touches: the text.
Known limits: a signature with SHA-1, which Word before 2016 made unless told otherwise, is not
followed: a person looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from asn1crypto.x509 import Certificate

from handlers.readers.signatures import xmldsig
from handlers.readers.signatures.manifest import covered_by
from handlers.readers.signatures.xmldsig import Altered, Unclear
from handlers.readers.word.hazards import SIGNATURE
from handlers.readers.word.package import Package
from handlers.readers.word.parts import Parts
from intake.signatures.certificate import DOCUMENTS, doubt_in, signer_of
from intake.signatures.signature import BROKEN, Signature, Trust, doubtful

MOST = 10


def signatures_on(data: bytes, trust: Trust) -> Sequence[Signature]:
    """Every signature on the document, in order. Raises what the package raises."""
    package = Package(data)
    parts = Parts(package)
    listed = [one.part for one in parts.relations if one.type.endswith(SIGNATURE)]
    if len(listed) > MOST or not all(name in package for name in listed):
        return [doubtful("unclear")]
    return [_checked(name, package, parts, trust) for name in listed]


def _checked(name: str, package: Package, parts: Parts, trust: Trust) -> Signature:
    try:
        signed = xmldsig.opened(xmldsig.parsed(package.whole(name)))
        covered = covered_by(signed.objects, package, parts)
    except Altered:
        return BROKEN
    except Unclear:
        return doubtful("unclear")
    certificate = Certificate.load(signed.certificate)
    others = [Certificate.load(der) for der in signed.others]
    doubt = "" if covered.whole(parts) else "partial"
    doubt = doubt or doubt_in(certificate, others, trust, DOCUMENTS)
    return Signature(signer_of(certificate), doubt=doubt)
