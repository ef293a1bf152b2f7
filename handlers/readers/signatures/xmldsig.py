"""Checks one XML signature (W3C XML-Signature), as far as Office documents use it.

The algorithms are a closed list without SHA-1. References reach only objects of the signature
itself, by an Id that stands once in the file, so that nothing can be put in their place.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, Hash, HashAlgorithm
from cryptography.x509 import load_der_x509_certificate
from lxml import etree

Element = etree._Element

DSIG_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
XADES_NAMESPACE = "http://uri.etsi.org/01903/v1.3.2#"
MAX_CERTIFICATES = 20
MAX_REFERENCES = 2_000
MIN_RSA_BITS = 2_048

_MORE, _ENC = "http://www.w3.org/2001/04/xmldsig-more#", "http://www.w3.org/2001/04/xmlenc#"
DIGEST_METHODS: Mapping[str, type[HashAlgorithm]] = {
    f"{_ENC}sha256": SHA256,
    f"{_MORE}sha384": SHA384,
    f"{_ENC}sha512": SHA512,
}
_METHODS: Mapping[str, tuple[str, type[HashAlgorithm]]] = {
    f"{_MORE}{key}-{name}": (key, digest)
    for key in ("rsa", "ecdsa")
    for name, digest in (("sha256", SHA256), ("sha384", SHA384), ("sha512", SHA512))
}
# Canonical forms, and whether each is the exclusive one.
CANONICAL_FORMS: Mapping[str, bool] = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": False,
    "http://www.w3.org/2006/12/xml-c14n11": False,
    "http://www.w3.org/2001/10/xml-exc-c14n#": True,
}
_INCLUSIVE = next(iter(CANONICAL_FORMS))
_XML = "{http://www.w3.org/XML/1998/namespace}"


class UnsupportedXmlSignature(Exception):
    """The signature is made in a way that is not followed here."""


class AlteredAfterSigning(Exception):
    """What was signed is not what is there."""


@dataclass(frozen=True, slots=True)
class SignedContent:
    """What a signature that holds is of: its objects, the certificate (DER) it was made with,
    and others that came along."""

    objects: tuple[Element, ...]
    certificate: bytes
    others: tuple[bytes, ...]


def parse_signature(content: bytes) -> Element:
    """The root of a signature part, comments and all. Raises UnsupportedXmlSignature."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise UnsupportedXmlSignature from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsupportedXmlSignature
    return root


def verify_signature(root: Element) -> SignedContent:
    """Raises AlteredAfterSigning where the arithmetic fails, UnsupportedXmlSignature where it
    cannot be done."""
    if root.tag != _ds("Signature"):
        raise UnsupportedXmlSignature
    info = only_child(root, "SignedInfo")
    certificates = list(_certificates(root))
    signer = _maker(info, only_child(root, "SignatureValue"), certificates)
    objects = tuple(_referred(reference, root) for reference in find_references(info))
    return SignedContent(objects, signer, tuple(c for c in certificates if c != signer))


def find_references(parent: Element) -> list[Element]:
    found = parent.findall(_ds("Reference"))
    if not 0 < len(found) <= MAX_REFERENCES:
        raise UnsupportedXmlSignature
    return found


def find_transforms(reference: Element) -> Sequence[Element]:
    """Its transforms in order, none where there are none."""
    return reference.findall(f"{_ds('Transforms')}/{_ds('Transform')}")


def hash_and_digest(reference: Element) -> tuple[Hash, bytes]:
    """A hash to fill, and what it has to come to. Raises UnsupportedXmlSignature."""
    digest = DIGEST_METHODS.get(only_child(reference, "DigestMethod").get("Algorithm", ""))
    if digest is None:
        raise UnsupportedXmlSignature
    return Hash(digest()), _decoded(only_child(reference, "DigestValue"))


def canonical_bytes(element: Element, algorithm: str = _INCLUSIVE) -> bytes:
    """Raises UnsupportedXmlSignature for a form that is not listed, or where lxml's is not to the
    letter."""
    inherited = (name for above in element.iterancestors() for name in above.attrib)
    if algorithm not in CANONICAL_FORMS or any(str(name).startswith(_XML) for name in inherited):
        raise UnsupportedXmlSignature
    # Inside a document lxml puts xmlns="" on its grandchildren, so it gets a document of its own.
    alone = parse_signature(etree.tostring(element, with_tail=False))
    exclusive = CANONICAL_FORMS[algorithm]
    return etree.tostring(alone, method="c14n", exclusive=exclusive, with_comments=False)


def only_child(parent: Element, name: str) -> Element:
    """The one child of that name. Raises UnsupportedXmlSignature."""
    found = parent.findall(_ds(name))
    if len(found) != 1:
        raise UnsupportedXmlSignature
    return found[0]


def _referred(reference: Element, root: Element) -> Element:
    """The object a reference of SignedInfo is to, once its digest is found right."""
    target = _by_id(root, reference.get("URI", ""))
    steps = [step.get("Algorithm", "") for step in find_transforms(reference)]
    if len(steps) > 1:
        raise UnsupportedXmlSignature
    filled, expected = hash_and_digest(reference)
    filled.update(canonical_bytes(target, *steps))
    if filled.finalize() != expected:
        raise AlteredAfterSigning
    return target


def _by_id(root: Element, uri: str) -> Element:
    named = [e for e in root.iter(etree.Element) if uri[1:] in (e.get("Id"), e.get("ID"))]
    if uri[:1] != "#" or len(named) != 1 or not uri[1:]:
        raise UnsupportedXmlSignature
    (target,) = named
    parent = target.getparent()
    own = target.tag == _ds("Object") and parent is root
    if not own and target.tag != f"{{{XADES_NAMESPACE}}}SignedProperties":
        raise UnsupportedXmlSignature
    return target


def _maker(info: Element, value: Element, certificates: Sequence[bytes]) -> bytes:
    """The certificate whose key made the signature.

    Raises AlteredAfterSigning when it is none of them.
    """
    form = only_child(info, "CanonicalizationMethod").get("Algorithm", "")
    method = _METHODS.get(only_child(info, "SignatureMethod").get("Algorithm", ""))
    if method is None or not certificates:
        raise UnsupportedXmlSignature
    content, signature = canonical_bytes(info, form), _decoded(value)
    tried = [_made_with(c, *method, content, signature) for c in certificates]
    if True in tried:
        return certificates[tried.index(True)]
    raise UnsupportedXmlSignature if None in tried else AlteredAfterSigning


def _made_with(
    der: bytes, kind: str, digest: type[HashAlgorithm], content: bytes, signature: bytes
) -> bool | None:
    """None when its key cannot be tried."""
    try:
        key = load_der_x509_certificate(der).public_key()
        if kind == "rsa" and isinstance(key, RSAPublicKey) and key.key_size >= MIN_RSA_BITS:
            key.verify(signature, content, PKCS1v15(), digest())
        elif kind == "ecdsa" and isinstance(key, EllipticCurvePublicKey):
            half = len(signature) // 2
            pair = (int.from_bytes(n, "big") for n in (signature[:half], signature[half:]))
            key.verify(encode_dss_signature(*pair), content, ECDSA(digest()))
        else:
            return None
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError):
        return None
    return True


def _certificates(root: Element) -> Iterator[bytes]:
    """Those that came along, the signer's usually first.

    Raises UnsupportedXmlSignature for too many.
    """
    keys = root.findall(f"{_ds('KeyInfo')}/{_ds('X509Data')}/{_ds('X509Certificate')}")
    keys += list(root.iter(f"{{{XADES_NAMESPACE}}}EncapsulatedX509Certificate"))
    if len(keys) > MAX_CERTIFICATES:
        raise UnsupportedXmlSignature
    yield from dict.fromkeys(_decoded(key) for key in keys)


def _decoded(element: Element) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnsupportedXmlSignature from None


def _ds(name: str) -> str:
    return f"{{{DSIG_NAMESPACE}}}{name}"
