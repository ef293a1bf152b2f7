"""Documents with digital signatures, made as Word and a PDF program make them, and spoilt.

Does: signs a .docx by the rules of ECMA-376 part 2 and W3C XML-Signature, written from those and
not from the reader; signs a PDF by pyHanko's signer.
Trusts: its caller. Never touches: files, the network.
Known limits: the XML is in canonical form as it is written, so this signer needs no canonicaliser
but for relationships; that others' is read right, LibreOffice's own signature shows.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Collection, Sequence

from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from tests.authority import Holder
from tests.builders_package import packed, parts
from tests.handlers.readers.pdf.pdfs import pdf, text

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_SIGNATURE_TYPE = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
_ORIGIN_TYPE = "application/vnd.openxmlformats-package.digital-signature-origin"
_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_TRANSFORM = f"{_PACKAGE}/RelationshipTransform"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_DSIG = "http://www.w3.org/2000/09/xmldsig#"
_UNSIGNED = ("[Content_Types].xml", "docProps/", "_xmlsignatures/")
_UNSIGNED_RELATIONS = ("core-properties", "extended-properties", "thumbnail", "digital-signature")

STATEMENT = (
    "Evaluation Statement of behalf of agency",
    "The IMR conforms to the SCB IMR report template",
    "The IMR follows the specific Terms of Reference for the SCR",
    "The IMR has been checked against Ofsted grade descriptors",
    "The IMR has sound and SMART recommendations",
    "I have read this report and confirm that I have approved it as my agency's",
    "IMR report to the Serious Case Review Panel.",
    "Signed:",
    "Date: 20 May 2010",
    "Name: Commissioner One",
    "Title: Director of Nursing",
)


def statement_pdf() -> bytes:
    """An evaluation statement as a PDF, everything but the signature filled in."""
    lines = (text(50, 780 - 30 * at, said) for at, said in enumerate(STATEMENT))
    return pdf("".join(lines))


def signed_pdf(
    document: bytes, holder: Holder, chain: Sequence[Holder] = (), field: str = "Signature1"
) -> bytes:
    """The document with one more signature, invisible, appended as Adobe's programs append it."""
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(holder.der),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore.from_certs(
            [x509.Certificate.load(one.der) for one in chain]
        ),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    about = signers.PdfSignatureMetadata(field_name=field)
    return signers.sign_pdf(writer, about, signer=signer).getvalue()


def signed_docx(
    docx: bytes,
    holder: Holder,
    chain: Sequence[Holder] = (),
    *,
    without: Collection[str] = (),
    digest: str = _SHA256,
    named: str = "sig1.xml",
) -> bytes:
    """The document with one more signature part. `without` are parts it leaves out."""
    held = parts(docx)
    types = _types(held["[Content_Types].xml"])
    covered = [n for n in held if not n.startswith(_UNSIGNED) and n not in without]
    manifest = "".join(_reference(name, held[name], types, digest) for name in sorted(covered))
    held[f"_xmlsignatures/{named}"] = _signature(manifest, holder, chain)
    _point_to(held, named)
    return packed(held)


def _signature(manifest: str, holder: Holder, chain: Sequence[Holder]) -> bytes:
    inside = (
        f"<Manifest>{manifest}</Manifest><SignatureProperties><SignatureProperty "
        'Id="idSignatureTime" Target="#idPackageSignature"><mdssi:SignatureTime '
        f'xmlns:mdssi="{_PACKAGE}/digital-signature"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD'
        "</mdssi:Format><mdssi:Value>2010-05-20T10:00:00Z</mdssi:Value></mdssi:SignatureTime>"
        "</SignatureProperty></SignatureProperties>"
    )
    canonical = f'<Object xmlns="{_DSIG}" Id="idPackageObject">{inside}</Object>'
    kind = "ecdsa" if isinstance(holder.key, ec.EllipticCurvePrivateKey) else "rsa"
    info = (
        f'<CanonicalizationMethod Algorithm="{_C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{_MORE}{kind}-sha256"></SignatureMethod>'
        f'<Reference Type="{_DSIG}Object" URI="#idPackageObject">{_digest(canonical.encode())}'
        "</Reference>"
    )
    value = _made(holder, f'<SignedInfo xmlns="{_DSIG}">{info}</SignedInfo>'.encode())
    certificates = "".join(
        f"<X509Certificate>{base64.b64encode(one.der).decode()}</X509Certificate>"
        for one in (holder, *chain)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Signature xmlns="{_DSIG}" '
        f'Id="idPackageSignature"><SignedInfo>{info}</SignedInfo><SignatureValue>'
        f"{base64.b64encode(value).decode()}</SignatureValue><KeyInfo><X509Data>{certificates}"
        f'</X509Data></KeyInfo><Object Id="idPackageObject">{inside}</Object></Signature>'
    ).encode()


def _made(holder: Holder, content: bytes) -> bytes:
    if not isinstance(holder.key, ec.EllipticCurvePrivateKey):
        return holder.key.sign(content, padding.PKCS1v15(), SHA256())
    pair = decode_dss_signature(holder.key.sign(content, ec.ECDSA(SHA256())))
    return b"".join(number.to_bytes(32, "big") for number in pair)


def _reference(name: str, content: bytes, types: dict[str, str], digest: str) -> str:
    kind = types.get("/" + name) or types[name.rpartition(".")[2]]
    uri = f'URI="/{name}?ContentType={kind}"'
    if not name.endswith(".rels"):
        return f"<Reference {uri}>{_digest(content, digest)}</Reference>"
    ids, canonical = _relations(content)
    listed = "".join(
        f'<mdssi:RelationshipReference xmlns:mdssi="{_PACKAGE}/digital-signature" '
        f'SourceId="{one}"></mdssi:RelationshipReference>'
        for one in ids
    )
    return (
        f'<Reference {uri}><Transforms><Transform Algorithm="{_TRANSFORM}">{listed}</Transform>'
        f'<Transform Algorithm="{_C14N}"></Transform></Transforms>'
        f"{_digest(canonical, digest)}</Reference>"
    )


def _relations(content: bytes) -> tuple[list[str], bytes]:
    """The ids to be signed, and the canonical form of those relationships."""
    space = f"{_PACKAGE}/relationships"
    found = {
        one.get("Id", ""): one
        for one in etree.fromstring(content)
        if not any(word in one.get("Type", "") for word in _UNSIGNED_RELATIONS)
    }
    lines = "".join(
        f'<Relationship Id="{id}" Target="{found[id].get("Target")}" '
        f'TargetMode="{found[id].get("TargetMode", "Internal")}" Type="{found[id].get("Type")}">'
        "</Relationship>"
        for id in sorted(found)
    )
    return list(found), f'<Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def _digest(content: bytes, algorithm: str = _SHA256) -> str:
    value = hashlib.new("sha1" if algorithm.endswith("sha1") else "sha256", content).digest()
    return (
        f'<DigestMethod Algorithm="{algorithm}"></DigestMethod>'
        f"<DigestValue>{base64.b64encode(value).decode()}</DigestValue>"
    )


def _types(content: bytes) -> dict[str, str]:
    found = etree.fromstring(content)
    return {e.get("PartName") or e.get("Extension", ""): e.get("ContentType", "") for e in found}


def _point_to(held: dict[str, bytes], named: str) -> None:
    """Content types, the origin part and the relations to it and from it."""
    base, listed = f"{_PACKAGE}/relationships/digital-signature", "_xmlsignatures/_rels/"
    listed += "origin.sigs.rels"
    override = f'<Override PartName="/_xmlsignatures/{named}" ContentType="{_SIGNATURE_TYPE}"/>'
    if listed not in held:
        held["_xmlsignatures/origin.sigs"] = b""
        held[listed] = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
        held["_rels/.rels"] = _added(
            held["_rels/.rels"],
            f'<Relationship Id="rIdSigs" Type="{base}/origin" '
            'Target="_xmlsignatures/origin.sigs"/>',
        )
        override += f'<Default Extension="sigs" ContentType="{_ORIGIN_TYPE}"/>'
    held[listed] = _added(
        held[listed],
        f'<Relationship Id="rId{named}" Type="{base}/signature" Target="{named}"/>',
    )
    held["[Content_Types].xml"] = _added(held["[Content_Types].xml"], override)


def _added(content: bytes, line: str) -> bytes:
    whole = re.sub(rb"<(\w+)( [^>]*)/>\s*\Z", rb"<\1\2></\1>", content)
    at = whole.rindex(b"</")
    return whole[:at] + line.encode() + whole[at:]
