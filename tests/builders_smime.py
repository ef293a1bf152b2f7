"""Signed and encrypted mail, made as mail programs make it.

Does: signs a message beside itself (multipart/signed) or around it (application/pkcs7-mime), and
encrypts one to a certificate.
Trusts: its caller. Never touches: files, the network.
Known limits: what `cryptography` and, where it is there, `openssl cms` can write.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from tests.authority import Holder

HEAD = (
    b"From: %s\r\nTo: returns@board.example\r\nSubject: Review N12\r\n"
    b"Message-ID: <signed@surgery.example>\r\nMIME-Version: 1.0\r\n"
)
SENDER = b"ann@surgery.example"


def inner(*files: tuple[str, bytes], words: str = "Attached for N12.\n") -> bytes:
    """A message's parts with their own headers, as they are signed or encrypted."""
    message = EmailMessage(policy=SMTP)
    message.set_content(words)
    for name, content in files:
        message.add_attachment(content, "application", "octet-stream", filename=name)
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary("=_inner")
    del message["MIME-Version"]
    return message.as_bytes()


def signature(content: bytes, holder: Holder, *, around: bool = False) -> bytes:
    options = [pkcs7.PKCS7Options.Binary]
    if not around:
        options.append(pkcs7.PKCS7Options.DetachedSignature)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(holder.certificate, holder.key, SHA256())
    return builder.sign(Encoding.DER, options)


def signed_beside(content: bytes, holder: Holder, sender: bytes = SENDER) -> bytes:
    return beside(content, signature(content, holder), sender)


def beside(content: bytes, signature: bytes, sender: bytes = SENDER) -> bytes:
    head = (
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature";\r\n'
        b" micalg=sha-256; boundary=outer\r\n\r\n--outer\r\n"
    )
    tail = (
        b"\r\n--outer\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
    )
    end = base64.encodebytes(signature).replace(b"\n", b"\r\n") + b"--outer--\r\n"
    return HEAD % sender + head + content + tail + end


def signed_around(content: bytes, holder: Holder, sender: bytes = SENDER) -> bytes:
    return wrapped(signature(content, holder, around=True), "signed-data", sender)


def encrypted_to(content: bytes, holder: Holder, sender: bytes = SENDER) -> bytes:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(holder.certificate)
    return wrapped(builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary]), sender=sender)


def wrapped(der: bytes, kind: str = "enveloped-data", sender: bytes = SENDER) -> bytes:
    head = (
        f"Content-Type: application/pkcs7-mime; smime-type={kind}; name=smime.p7m\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    body = base64.encodebytes(der).replace(b"\n", b"\r\n")
    return HEAD % sender + head.encode() + body


def by_openssl(arguments: str, content: bytes, holder: Holder) -> bytes:
    """What `openssl cms` makes of it. The certificate and the key are where `{}` stands. Skips the
    test, loudly, where OpenSSL is missing; under CI, fails it."""
    if shutil.which("openssl") is None:
        words = "openssl is not installed: mail that another program signed is untested"
        pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
    with tempfile.TemporaryDirectory() as folder:
        pair = Path(folder) / "pair.pem"
        pair.write_bytes(holder.pem + holder.key_pem)
        command = ["openssl", "cms", *arguments.format(pair).split()]
        return subprocess.run(command, input=content, capture_output=True, check=True).stdout
