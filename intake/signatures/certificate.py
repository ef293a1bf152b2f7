"""Says whom a certificate names, and whether an authority of ours vouches for it (the extra `sig`).

Nobody is asked over the network, so a certificate that was withdrawn is not noticed.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from asn1crypto.x509 import Certificate
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    ValidationError,
)

from intake.decoding import fold_to_one_line
from intake.headers import address
from intake.signatures.signature import SignatureTrust, Signer

MAX_NAME_LENGTH = 80
MAX_ADDRESSES = 10
_SIGNS = frozenset({"digital_signature", "non_repudiation"})
# What a certificate that limits its uses has to be for: mail, or documents (Adobe, Microsoft, and
# RFC 9336, which goes by its number here). One for a web server signs nothing of ours.
MAIL_PURPOSES = frozenset({"email_protection"})
# Asked of pyHanko's own functions, which cannot be told the purposes as above.
ANY_SIGNER_USAGE = KeyUsageConstraints(key_usage=_SIGNS)
DOCUMENT_PURPOSES = MAIL_PURPOSES | {
    "adobe_authentic_documents_trust",
    "microsoft_document_signing",
    "1.3.6.1.5.5.7.3.36",
}

Result = TypeVar("Result")


def signer_of_certificate(certificate: Certificate) -> Signer:
    """Whom it names. Never trusted for being well written."""
    named = certificate.subject.native
    addresses = [*_all(named.get("email_address")), *_alternatives(certificate)]
    strict = [a for a in map(address.strict_address, addresses) if a]
    name = fold_to_one_line(" ".join(_all(named.get("common_name"))), MAX_NAME_LENGTH)
    shown = name or next(iter(strict), "")
    return Signer(shown, tuple(dict.fromkeys(strict))[:MAX_ADDRESSES])


def validation_context(trust: SignatureTrust) -> ValidationContext:
    roots = [Certificate.load(der) for der in trust.authorities]
    return ValidationContext(trust_roots=roots, moment=trust.at, allow_fetching=False)


def _uses(purposes: frozenset[str]) -> KeyUsageConstraints:
    """What a certificate has to be for, where it limits itself."""
    return KeyUsageConstraints(
        key_usage=_SIGNS, extd_key_usage=purposes, explicit_extd_key_usage_required=False
    )


def certificate_doubt(
    certificate: Certificate,
    others: Iterable[Certificate],
    trust: SignatureTrust,
    purposes: frozenset[str],
) -> str:
    """Why what it signed proves nothing, a word of DOUBTS; "" when it does."""
    validator = CertificateValidator(certificate, list(others), validation_context(trust))
    try:
        run_without_waiting(validator.async_validate_usage(set()))  # type: ignore[no-untyped-call]
        _uses(purposes).validate(certificate)
    except (ExpiredError, NotYetValidError):
        return "out-of-date"
    except (ValidationError, PathBuildingError):
        return "unknown-authority"
    return ""


def run_without_waiting(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine that never waits comes to. An event loop needs descriptors, and a child
    has none to spare; only fetching would wait, and nothing is fetched."""
    try:
        work.send(None)
    except StopIteration as end:
        result: Result = end.value
        return result
    work.close()
    raise RuntimeError("it waited")


def _all(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _alternatives(certificate: Certificate) -> list[str]:
    names = certificate.subject_alt_name_value
    if names is None:
        return []
    return [str(name.native) for name in names if name.name == "rfc822_name"]
