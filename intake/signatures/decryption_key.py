"""Opens mail that was encrypted to the board (S/MIME enveloped data, RFC 5652).

This is the one thing from outside that is read outside the confined worker, since the key must not
go there. It reads RSA with PKCS #1 v1.5 and AES-CBC; other encryption stays closed, for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from config.explained_error import ExplainedError
from intake.sign_in.account import SecretFile


class DecryptionKeyInvalid(ExplainedError):
    sentence = (
        "and key_file do not hold an RSA certificate and its key, in PEM form, without a password"
    )


@dataclass(frozen=True, slots=True, repr=False)
class DecryptionKey:
    """The board's certificate and its key for mail encrypted to it, which no log and no repr
    prints."""

    certificate: x509.Certificate
    key: RSAPrivateKey

    def decrypt_message(self, sealed: bytes) -> bytes | None:
        """The message inside, its own headers first; None for what is not to be opened by us."""
        try:
            return pkcs7_decrypt_der(sealed, self.certificate, self.key, [])
        except (ValueError, UnsupportedAlgorithm):
            return None


def read_decryption_key(certificate: Path, key: SecretFile) -> DecryptionKey:
    """Raises DecryptionKeyInvalid, and what `SecretFile.read` raises."""
    try:
        held = x509.load_pem_x509_certificate(certificate.read_bytes())
        private = load_pem_private_key(key.read_file_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as why:
        raise DecryptionKeyInvalid from why
    if not isinstance(private, RSAPrivateKey) or held.public_key() != private.public_key():
        raise DecryptionKeyInvalid
    return DecryptionKey(held, private)
