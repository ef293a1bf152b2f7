"""A signature over bytes, as mail carries it (CMS, RFC 5652). Needs the extra `sig`.

Does: holds a signature against the bytes it should be of, and its certificate against the
authorities.
Trusts: pyHanko for the arithmetic.
Never touches: content packed into the signature: the caller says which bytes count.
Known limits: one signer. A signature by several, or with SHA-1 or weaker, is not clear.
"""

from __future__ import annotations

from asn1crypto import cms
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import async_validate_detached_cms

from intake.signatures.certificate import ANY_SIGNER, MAIL, context, doubt_in, finished, signer_of
from intake.signatures.signature import BROKEN, Signature, Trust, doubtful

_SIGNED_DATA = "signed_data"


def signature_over(content: bytes, signed: bytes, trust: Trust) -> Signature:
    """What `signed` (DER or BER of a CMS SignedData) says of `content`. Never raises for their
    sake."""
    try:
        return _checked(content, signed, trust)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  # whatever a forger writes, it proves nothing
        return doubtful("unclear")


def _checked(content: bytes, signed: bytes, trust: Trust) -> Signature:
    wrapped = cms.ContentInfo.load(signed)
    if wrapped["content_type"].native != _SIGNED_DATA:
        return doubtful("unclear")
    data = wrapped["content"]
    # What is packed in is taken out, so that the signature is of the bytes that are read and no
    # others: two parsers could find two contents.
    data["encap_content_info"] = {"content_type": data["encap_content_info"]["content_type"].native}
    status = finished(
        async_validate_detached_cms(content, data, context(trust), key_usage_settings=ANY_SIGNER)
    )
    if not (status.intact and status.valid):
        return BROKEN
    others = extract_certificate_info(data).other_certs
    doubt = doubt_in(status.signing_cert, others, trust, MAIL)
    if not doubt and not status.trusted:
        doubt = "unclear"
    return Signature(signer_of(status.signing_cert), doubt=doubt)
