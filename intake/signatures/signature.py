"""What one digital signature comes to.

Does: names it: proven, broken, or in doubt and why; and whom its certificate names.
Trusts: nothing; a name is only as good as the authority that vouches for it.
Never touches: certificates. Known limits: none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Why a signature proves nothing, though nothing in it is broken: the whole vocabulary, each as
# it stands in a sentence after "cannot be relied on: ".
DOUBTS: dict[str, str] = {
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
class Signature:
    """Proven when it is neither broken nor in doubt. `doubt` is a word of DOUBTS, or ""."""

    signer: Signer | None = None
    broken: bool = False
    doubt: str = ""

    @property
    def proven(self) -> bool:
        return bool(self.signer and self.signer.name) and not self.broken and not self.doubt


BROKEN = Signature(broken=True)


def doubtful(doubt: str) -> Signature:
    return Signature(doubt=doubt)


def doubt_about(signatures: Sequence[Signature]) -> str:
    """Why they do not count, one and all; "" when they do. None at all are none that count."""
    if any(signature.broken for signature in signatures):
        return "altered"
    doubts = [s.doubt or "unclear" for s in signatures if not s.proven]
    return doubts[0] if doubts else "" if signatures else "unclear"
