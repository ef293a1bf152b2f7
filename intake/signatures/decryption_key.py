"""The seal: the key that opens mail encrypted to the board (S/MIME enveloped data, RFC 5652).

Does: reads a certificate and its private key, and opens what was encrypted to it.
Trusts: the library's parser, which is written in Rust and safe against hostile input; this is the
one thing from outside that is read outside the confined worker, since the key must not go there.
Never touches: a disk with what it opened; that goes to the worker and, encrypted, to the vault.
Known limits: RSA keys with PKCS #1 v1.5 and AES-CBC, which is what Outlook and Thunderbird write
unless told otherwise; what is encrypted in another way stays closed, for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from intake.sign_in.account import Secret


class SealSpoiled(Exception):
    """and key_file do not hold an RSA certificate and its key, in PEM form, without a password"""


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """Never printed."""

    certificate: x509.Certificate
    key: RSAPrivateKey

    def opened(self, sealed: bytes) -> bytes | None:
        """The message inside, its own headers first; None for what is not to be opened by us."""
        try:
            return pkcs7_decrypt_der(sealed, self.certificate, self.key, [])
        except (ValueError, UnsupportedAlgorithm):
            return None


def read_seal(certificate: Path, key: Secret) -> Seal:
    """Raises SealSpoiled, and what `Secret.read` raises."""
    try:
        held = x509.load_pem_x509_certificate(certificate.read_bytes())
        private = load_pem_private_key(key.content(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as why:
        raise SealSpoiled from why
    if not isinstance(private, RSAPrivateKey) or held.public_key() != private.public_key():
        raise SealSpoiled
    return Seal(held, private)
