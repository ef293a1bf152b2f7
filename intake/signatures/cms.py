"""Checks a signature over bytes as mail carries it (CMS, RFC 5652; needs the extra `sig`).

The caller says which bytes count. Several signers, or SHA-1 and weaker, are not clear.
"""

from __future__ import annotations

from asn1crypto import cms
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import async_validate_detached_cms

from intake.signatures.certificate import (
    ANY_SIGNER_USAGE,
    MAIL_PURPOSES,
    certificate_doubt,
    run_without_waiting,
    signer_of_certificate,
    validation_context,
)
from intake.signatures.signature import (
    BROKEN_SIGNATURE,
    DigitalSignature,
    SignatureTrust,
    doubtful_signature,
)

_SIGNED_DATA = "signed_data"


def signature_over(content: bytes, signed: bytes, trust: SignatureTrust) -> DigitalSignature:
    """What `signed` (DER or BER of a CMS SignedData) says of `content`. Never raises for their
    sake."""
    try:
        return _checked(content, signed, trust)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  # whatever a forger writes, it proves nothing
        return doubtful_signature("unclear")


def _checked(content: bytes, signed: bytes, trust: SignatureTrust) -> DigitalSignature:
    wrapped = cms.ContentInfo.load(signed)
    if wrapped["content_type"].native != _SIGNED_DATA:
        return doubtful_signature("unclear")
    data = wrapped["content"]
    # What is packed in is taken out, so that the signature is of the bytes that are read and no
    # others: two parsers could find two contents.
    data["encap_content_info"] = {"content_type": data["encap_content_info"]["content_type"].native}
    status = run_without_waiting(
        async_validate_detached_cms(
            content, data, validation_context(trust), key_usage_settings=ANY_SIGNER_USAGE
        )
    )
    if not (status.intact and status.valid):
        return BROKEN_SIGNATURE
    others = extract_certificate_info(data).other_certs
    doubt = certificate_doubt(status.signing_cert, others, trust, MAIL_PURPOSES)
    if not doubt and not status.trusted:
        doubt = "unclear"
    return DigitalSignature(signer_of_certificate(status.signing_cert), doubt=doubt)
