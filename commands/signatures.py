"""What the settings say of signatures and sealed mail: whom to believe, and our own key.

Does: reads the authorities' certificates and the key for encrypted mail, when the house opens.
Trusts: the settings, which were checked.
Never touches: mail.
Known limits: whether our own certificate is still valid is for the agencies' programs to mind.
"""

from __future__ import annotations

from pathlib import Path

from config.problem import Problem, Refused
from config.sentence import sentence_of
from config.settings import Signatures
from intake.seal import Seal, SealSpoiled, read_seal
from intake.sign_in.secret import NO_SECRET, Secret

HEADLINE = "The settings for signatures cannot be used as they stand."


def seal_of(asked: Signatures, credentials: Path | None) -> Seal | None:
    """The key for encrypted mail, None where there is none. Raises Refused."""
    if asked.certificate_file is None or asked.key_file is None:
        return None
    try:
        return read_seal(asked.certificate_file, Secret(asked.key_file, credentials))
    except NO_SECRET as why:
        raise Refused(HEADLINE, [Problem("signatures, key_file", _said(why))]) from why
    except SealSpoiled as why:
        raise Refused(HEADLINE, [Problem("signatures, certificate_file", _said(why))]) from why


def _said(why: Exception) -> str:
    return sentence_of(why)
