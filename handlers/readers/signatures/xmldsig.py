"""One XML signature (W3C XML-Signature), as far as Office documents use it.

Does: checks the arithmetic of SignedInfo and of every object it refers to, and gives out those
objects and no others. Needs the extra `sig` for nothing; `cryptography` is always there.
Trusts: lxml to canonicalise, `cryptography` for the arithmetic.
Never touches: what the objects mean (`manifest.py`), whose certificate it is.
Known limits: a closed list of algorithms; SHA-1 is not on it. References reach only objects of the
signature itself, by an Id that stands once in the file, so that nothing can be put in their place.
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

DSIG = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
MOST_CERTIFICATES = 20
MOST_REFERENCES = 2_000
LEAST_RSA_BITS = 2_048

_MORE, _ENC = "http://www.w3.org/2001/04/xmldsig-more#", "http://www.w3.org/2001/04/xmlenc#"
DIGESTS: Mapping[str, type[HashAlgorithm]] = {
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
C14N: Mapping[str, bool] = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": False,
    "http://www.w3.org/2006/12/xml-c14n11": False,
    "http://www.w3.org/2001/10/xml-exc-c14n#": True,
}
_INCLUSIVE = next(iter(C14N))
_XML = "{http://www.w3.org/XML/1998/namespace}"


class Unclear(Exception):
    """The signature is made in a way that is not followed here."""


class Altered(Exception):
    """What was signed is not what is there."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature that holds is of: its objects, the certificate (DER) it was made with,
    and others that came along."""

    objects: tuple[Element, ...]
    certificate: bytes
    others: tuple[bytes, ...]


def parsed(content: bytes) -> Element:
    """The root of a signature part, comments and all. Raises Unclear."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Unclear from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unclear
    return root


def opened(root: Element) -> Signed:
    """Raises Altered where the arithmetic fails, Unclear where it cannot be done."""
    if root.tag != _ds("Signature"):
        raise Unclear
    info = one(root, "SignedInfo")
    certificates = list(_certificates(root))
    signer = _maker(info, one(root, "SignatureValue"), certificates)
    objects = tuple(_referred(reference, root) for reference in references(info))
    return Signed(objects, signer, tuple(c for c in certificates if c != signer))


def references(parent: Element) -> list[Element]:
    found = parent.findall(_ds("Reference"))
    if not 0 < len(found) <= MOST_REFERENCES:
        raise Unclear
    return found


def transforms(reference: Element) -> Sequence[Element]:
    """Its transforms in order, none where there are none."""
    return reference.findall(f"{_ds('Transforms')}/{_ds('Transform')}")


def hashing(reference: Element) -> tuple[Hash, bytes]:
    """A hash to fill, and what it has to come to. Raises Unclear."""
    digest = DIGESTS.get(one(reference, "DigestMethod").get("Algorithm", ""))
    if digest is None:
        raise Unclear
    return Hash(digest()), _decoded(one(reference, "DigestValue"))


def canonical(element: Element, algorithm: str = _INCLUSIVE) -> bytes:
    """Raises Unclear for a form that is not listed, or where lxml's is not to the letter."""
    inherited = (name for above in element.iterancestors() for name in above.attrib)
    if algorithm not in C14N or any(str(name).startswith(_XML) for name in inherited):
        raise Unclear
    # Inside a document lxml puts xmlns="" on its grandchildren, so it gets a document of its own.
    alone = parsed(etree.tostring(element, with_tail=False))
    exclusive = C14N[algorithm]
    return etree.tostring(alone, method="c14n", exclusive=exclusive, with_comments=False)


def one(parent: Element, name: str) -> Element:
    """The one child of that name. Raises Unclear."""
    found = parent.findall(_ds(name))
    if len(found) != 1:
        raise Unclear
    return found[0]


def _referred(reference: Element, root: Element) -> Element:
    """The object a reference of SignedInfo is to, once its digest is found right."""
    target = _by_id(root, reference.get("URI", ""))
    steps = [step.get("Algorithm", "") for step in transforms(reference)]
    if len(steps) > 1:
        raise Unclear
    filled, expected = hashing(reference)
    filled.update(canonical(target, *steps))
    if filled.finalize() != expected:
        raise Altered
    return target


def _by_id(root: Element, uri: str) -> Element:
    named = [e for e in root.iter(etree.Element) if uri[1:] in (e.get("Id"), e.get("ID"))]
    if uri[:1] != "#" or len(named) != 1 or not uri[1:]:
        raise Unclear
    (target,) = named
    parent = target.getparent()
    own = target.tag == _ds("Object") and parent is root
    if not own and target.tag != f"{{{XADES}}}SignedProperties":
        raise Unclear
    return target


def _maker(info: Element, value: Element, certificates: Sequence[bytes]) -> bytes:
    """The certificate whose key made the signature. Raises Altered when it is none of them."""
    form = one(info, "CanonicalizationMethod").get("Algorithm", "")
    method = _METHODS.get(one(info, "SignatureMethod").get("Algorithm", ""))
    if method is None or not certificates:
        raise Unclear
    content, signature = canonical(info, form), _decoded(value)
    tried = [_made_with(c, *method, content, signature) for c in certificates]
    if True in tried:
        return certificates[tried.index(True)]
    raise Unclear if None in tried else Altered


def _made_with(
    der: bytes, kind: str, digest: type[HashAlgorithm], content: bytes, signature: bytes
) -> bool | None:
    """None when its key cannot be tried."""
    try:
        key = load_der_x509_certificate(der).public_key()
        if kind == "rsa" and isinstance(key, RSAPublicKey) and key.key_size >= LEAST_RSA_BITS:
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
    """Those that came along, the signer's usually first. Raises Unclear for too many."""
    keys = root.findall(f"{_ds('KeyInfo')}/{_ds('X509Data')}/{_ds('X509Certificate')}")
    keys += list(root.iter(f"{{{XADES}}}EncapsulatedX509Certificate"))
    if len(keys) > MOST_CERTIFICATES:
        raise Unclear
    yield from dict.fromkeys(_decoded(key) for key in keys)


def _decoded(element: Element) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unclear from None


def _ds(name: str) -> str:
    return f"{{{DSIG}}}{name}"
