"""Notes whether a document's digital signatures count, where the judges look.

One that does not count spoils the others. Without the extra `sig`, or without authorities to trust,
every signature is in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.document import Traits
from intake.signatures.signature import (
    DigitalSignature,
    SignatureTrust,
    doubt_about_signatures,
    doubtful_signature,
    load_if_installed,
)

CHECKER_MODULES: Mapping[str, str] = {
    "pdf": "handlers.readers.signatures.pdf",
    "docx": "handlers.readers.signatures.word",
    "docm": "handlers.readers.signatures.word",
}


def note_signatures(data: bytes, format: str, trust: SignatureTrust | None, traits: Traits) -> None:
    """Note what the signatures on a document come to, where there are any."""
    if not traits.digital_signature:
        return
    found = _signatures(data, format, trust)
    traits.signature_doubt = doubt_about_signatures(found)
    if not traits.signature_doubt:
        traits.signers = tuple(dict.fromkeys(s.signer.name for s in found if s.signer))


def preload_checkers() -> None:
    """Load what checking needs, if it is installed, while files can still be opened."""
    for module in CHECKER_MODULES.values():
        load_if_installed(module)


def _signatures(
    data: bytes, format: str, trust: SignatureTrust | None
) -> Sequence[DigitalSignature]:
    module = load_if_installed(CHECKER_MODULES[format]) if format in CHECKER_MODULES else None
    if module is None or trust is None:
        return [doubtful_signature("unchecked")]
    try:
        found: Sequence[DigitalSignature] = module.signatures_on(data, trust)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  # whatever a forger writes, it proves nothing
        return [doubtful_signature("unclear")]
    return found
