"""The digital signatures on a PDF. Needs the extra `sig`.

Does: checks that every signature is of the bytes it names, that these leave out nothing but itself,
that what was added later is only other signatures, and whose certificate it is.
Trusts: pyHanko for the arithmetic and for what later changes did.
Never touches: the network; what a page shows.
Known limits: one signature has to cover the file to its last byte. Where a later time stamp does
that instead, or a validation record stands after the last signature, a person looks. A file with
two kinds of cross-reference table at once is not followed.
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
    ANY_SIGNER,
    DOCUMENTS,
    context,
    doubt_in,
    finished,
    signer_of,
)
from intake.signatures.signature import BROKEN, Signature, Trust, doubtful

MOST = 10
_HEX = frozenset(b"0123456789abcdefABCDEF")


def signatures_on(data: bytes, trust: Trust) -> Sequence[Signature]:
    """Every signature on the file, in order. Raises what pyHanko raises for a malformed one."""
    signed = PdfFileReader(BytesIO(data), strict=True).embedded_regular_signatures
    if not signed or len(signed) > MOST:
        return [doubtful("unclear")]
    fields = frozenset(one.field_name for one in signed)
    found = [_checked(one, fields, trust) for one in signed]
    if not any(covers(one.byte_range, data) for one in signed):
        found.append(doubtful("partial"))
    return found


def _checked(one: EmbeddedPdfSignature, fields: frozenset[str], trust: Trust) -> Signature:
    # The day the signer says it was proves nothing, and LibreOffice writes one that is none.
    one.sig_object.pop("/M", None)
    status = finished(
        async_validate_pdf_signature(one, context(trust), key_usage_settings=ANY_SIGNER)
    )
    if not (status.intact and status.valid):
        return BROKEN
    covered = _doubt_in_cover(status, fields)
    if covered is None:
        return BROKEN
    certificate = status.signing_cert
    doubt = covered or doubt_in(certificate, one.other_embedded_certs, trust, DOCUMENTS)
    if not doubt and not status.bottom_line:
        doubt = "unclear"
    return Signature(signer_of(certificate), doubt=doubt)


def _doubt_in_cover(status: PdfSignatureStatus, fields: frozenset[str]) -> str | None:
    """A doubt about how much it covers, "" for none; None when the file was changed since."""
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "partial"
    level = status.modification_level
    if level == ModificationLevel.OTHER or not status.docmdp_ok:
        return None
    later: set[str] = getattr(status.diff_result, "changed_form_fields", set()) - fields
    return "later" if later or level == ModificationLevel.ANNOTATIONS else ""


def covers(byte_range: Any, data: bytes) -> bool:
    """From the first byte to the last, leaving out one string of hexadecimal figures: itself."""
    start, length, after, rest = (int(number) for number in byte_range)
    gap = data[length:after]
    return (
        (start, after + rest) == (0, len(data))
        and gap[:1] + gap[-1:] == b"<>"
        and _HEX.issuperset(gap[1:-1])
    )
