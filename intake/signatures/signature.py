"""What one digital signature comes to, and what it is held against."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class SignatureTrust:
    """`authorities` are certificates (DER); `at` knows its time zone."""

    authorities: tuple[bytes, ...]
    at: datetime


# They log names out of certificates, and whole tracebacks.
_TALKATIVE = ("pyhanko", "pyhanko_certvalidator")

# What they import only on some path, when a child cannot any more.
_LATE = (
    "cryptography.hazmat.backends.openssl.backend",
    "pyhanko.pdf_utils.crypt",
    "pyhanko.pdf_utils.crypt.pdfmac",
    "pyhanko.pdf_utils.filters",
    "pyhanko.pdf_utils.metadata.xmp_xml",
    "pyhanko.sign.fields",
)


@cache
def load_if_installed(module: str) -> Any:
    """Our module of that name, or None where the extra is not installed."""
    if not is_extra_installed():
        return None
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in _LATE:
        importlib.import_module(name)
    return importlib.import_module(module)


def is_extra_installed() -> bool:
    try:
        importlib.import_module("pyhanko.sign.validation")
    except ImportError:
        return False
    return True


# Why a signature proves nothing, though nothing in it is broken: the whole vocabulary, each as
# it stands in a sentence after "cannot be relied on: ".
SIGNATURE_DOUBTS: dict[str, str] = {
    "unchecked": "the service has no program here that checks signatures",
    "unknown-authority": "no authority we know vouches for whoever signed",
    "out-of-date": "the certificate it was made with was not valid on the day it reached us",
    "partial": "it does not cover the whole document",
    "altered": "what was signed was changed afterwards",
    "later": "something was filled in after it was signed",
    "unclear": "it is made in a way that we cannot follow",
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Whom a certificate names: cleaned, bounded, not yet vouched for by anyone."""

    name: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """Proven when it is neither broken nor in doubt. `doubt` is a word of SIGNATURE_DOUBTS, or
    ""."""

    signer: Signer | None = None
    broken: bool = False
    doubt: str = ""

    @property
    def is_proven(self) -> bool:
        return bool(self.signer and self.signer.name) and not self.broken and not self.doubt


BROKEN_SIGNATURE = DigitalSignature(broken=True)


def doubtful_signature(doubt: str) -> DigitalSignature:
    return DigitalSignature(doubt=doubt)


def doubt_about_signatures(signatures: Sequence[DigitalSignature]) -> str:
    """Why they do not count, one and all; "" when they do. None at all are none that count."""
    if any(signature.broken for signature in signatures):
        return "altered"
    doubts = [s.doubt or "unclear" for s in signatures if not s.is_proven]
    return doubts[0] if doubts else "" if signatures else "unclear"
