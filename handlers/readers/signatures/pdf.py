"""Checks the digital signatures on a PDF (needs the extra `sig`).

One signature has to cover the file to its last byte; where a later time stamp or a validation
record stands after it, a person looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from intake.signatures.certificate import (
    ANY_SIGNER_USAGE,
    DOCUMENT_PURPOSES,
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

MAX_SIGNATURES = 10
_HEX = frozenset(b"0123456789abcdefABCDEF")


def signatures_on(data: bytes, trust: SignatureTrust) -> Sequence[DigitalSignature]:
    """Every signature on the file, in order. Raises what pyHanko raises for a malformed one."""
    signed = PdfFileReader(BytesIO(data), strict=True).embedded_regular_signatures
    if not signed or len(signed) > MAX_SIGNATURES:
        return [doubtful_signature("unclear")]
    fields = frozenset(one.field_name for one in signed)
    found = [_checked(one, fields, trust) for one in signed]
    if not any(covers_whole_file(one.byte_range, data) for one in signed):
        found.append(doubtful_signature("partial"))
    return found


def _checked(
    one: EmbeddedPdfSignature, fields: frozenset[str], trust: SignatureTrust
) -> DigitalSignature:
    # The day the signer says it was proves nothing, and LibreOffice writes one that is none.
    one.sig_object.pop("/M", None)
    status = run_without_waiting(
        async_validate_pdf_signature(
            one, validation_context(trust), key_usage_settings=ANY_SIGNER_USAGE
        )
    )
    if not (status.intact and status.valid):
        return BROKEN_SIGNATURE
    covered = _doubt_in_cover(status, fields)
    if covered is None:
        return BROKEN_SIGNATURE
    certificate = status.signing_cert
    doubt = covered or certificate_doubt(
        certificate, one.other_embedded_certs, trust, DOCUMENT_PURPOSES
    )
    if not doubt and not status.bottom_line:
        doubt = "unclear"
    return DigitalSignature(signer_of_certificate(certificate), doubt=doubt)


def _doubt_in_cover(status: PdfSignatureStatus, fields: frozenset[str]) -> str | None:
    """A doubt about how much it covers, "" for none; None when the file was changed since."""
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "partial"
    level = status.modification_level
    if level == ModificationLevel.OTHER or not status.docmdp_ok:
        return None
    later: set[str] = getattr(status.diff_result, "changed_form_fields", set()) - fields
    return "later" if later or level == ModificationLevel.ANNOTATIONS else ""


def covers_whole_file(byte_range: Any, data: bytes) -> bool:
    """From the first byte to the last, leaving out one string of hexadecimal figures: itself."""
    start, length, after, rest = (int(number) for number in byte_range)
    gap = data[length:after]
    return (
        (start, after + rest) == (0, len(data))
        and gap[:1] + gap[-1:] == b"<>"
        and _HEX.issuperset(gap[1:-1])
    )
