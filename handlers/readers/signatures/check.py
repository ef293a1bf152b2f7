"""Whether a document's digital signatures count, noted where the judges look.

Does: has every signature on the document checked; notes an altered document, a doubt, or who
signed. One that does not count spoils the others.
Trusts: nothing in the document. Without the extra `sig`, or without being told whom to trust,
every signature is in doubt.
Never touches: the reading of the document, which goes on whatever comes of this.
Known limits: those of `pdf.py` and `word.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.document import Traits
from intake.signatures.signature import Signature, Trust, doubt_about, doubtful, loaded

MODULES: Mapping[str, str] = {
    "pdf": "handlers.readers.signatures.pdf",
    "docx": "handlers.readers.signatures.word",
    "docm": "handlers.readers.signatures.word",
}


def note_signatures(data: bytes, format: str, trust: Trust | None, traits: Traits) -> None:
    """Note what the signatures on a document come to, where there are any."""
    if not traits.digital_signature:
        return
    found = _signatures(data, format, trust)
    traits.signature_doubt = doubt_about(found)
    if not traits.signature_doubt:
        traits.signers = tuple(dict.fromkeys(s.signer.name for s in found if s.signer))


def warm() -> None:
    """Load what checking needs, if it is installed, while files can still be opened."""
    for module in MODULES.values():
        loaded(module)


def _signatures(data: bytes, format: str, trust: Trust | None) -> Sequence[Signature]:
    module = loaded(MODULES[format]) if format in MODULES else None
    if module is None or trust is None:
        return [doubtful("unchecked")]
    try:
        found: Sequence[Signature] = module.signatures_on(data, trust)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  # whatever a forger writes, it proves nothing
        return [doubtful("unclear")]
    return found
