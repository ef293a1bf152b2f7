"""Certificate authorities and the people they vouch for, made when a test asks for them.

Does: issues certificates with keys, as an authority does, honest or not.
Trusts: nothing. Never touches: files, the clock; certificates are good from 2009 to 2012 unless
a test says otherwise, since that is when the made-up cases play.
Known limits: elliptic keys, which are quick to make, unless `rsa` is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

FROM, TO = datetime(2009, 1, 1, tzinfo=UTC), datetime(2012, 1, 1, tzinfo=UTC)
MAIL = (ExtendedKeyUsageOID.EMAIL_PROTECTION,)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Holder:
    """Somebody with a key, and the certificate that says whose it is."""

    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


class Authority:
    """Issues certificates. Its own is its word for itself, or that of the one it is `under`."""

    def __init__(self, name: str = "Shire Authority", under: Authority | None = None) -> None:
        self._name = _named(name)
        if under:
            self.own = under.issue(name, uses=(), authority=True)
        else:
            key = ec.generate_private_key(ec.SECP256R1())
            own = self._certificate(key, self._name, key, FROM, TO, authority=True)
            self.own = Holder(key, own)

    def issue(
        self,
        name: str,
        address: str = "",
        *,
        start: datetime = FROM,
        end: datetime = TO,
        uses: tuple[ObjectIdentifier, ...] = MAIL,
        rsa_key: bool = False,
        authority: bool = False,
    ) -> Holder:
        key: Key = (
            rsa.generate_private_key(65_537, 2_048)
            if rsa_key
            else ec.generate_private_key(ec.SECP256R1())
        )
        made = self._certificate(
            key, _named(name), self.own.key, start, end, address, uses, authority=authority
        )
        return Holder(key, made)

    def _certificate(
        self,
        key: Key,
        subject: x509.Name,
        issuer_key: Key,
        start: datetime,
        end: datetime,
        address: str = "",
        uses: tuple[ObjectIdentifier, ...] = (),
        *,
        authority: bool = False,
    ) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
            .add_extension(_usage(authority), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        )
        if uses:
            made = made.add_extension(x509.ExtendedKeyUsage(uses), critical=False)
        if address:
            names = x509.SubjectAlternativeName([x509.RFC822Name(address)])
            made = made.add_extension(names, critical=False)
        return made.sign(issuer_key, SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
