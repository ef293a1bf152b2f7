"""The key that opens mail encrypted to the board."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import pytest

from intake.sign_in.account import SecretExposed, SecretFile, SecretMissing
from intake.signatures.decryption_key import (
    DecryptionKey,
    DecryptionKeyInvalid,
    read_decryption_key,
)
from tests.authority import Authority, Holder
from tests.builders_smime import by_openssl, encrypted_to, inner

CONTENT = inner(("imr.pdf", b"%PDF-1.4 made up"))
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing")


@pytest.fixture(scope="module")
def board() -> Holder:
    return Authority().issue("The board", "returns@board.example", rsa_key=True)


@pytest.fixture
def seal(board: Holder, tmp_path: Path) -> DecryptionKey:
    return read_decryption_key(*written(tmp_path, board.pem, board.key_pem))


def written(
    folder: Path, certificate: bytes, key: bytes, mode: int = 0o600
) -> tuple[Path, SecretFile]:
    held, secret = folder / "sealed.pem", folder / "sealed.key"
    held.write_bytes(certificate)
    secret.write_bytes(key)
    secret.chmod(mode)
    return held, SecretFile(secret)


def der(raw: bytes) -> bytes:
    return base64.b64decode(raw.partition(b"\r\n\r\n")[2])


def test_what_was_encrypted_to_us_opens_as_it_was(seal: DecryptionKey, board: Holder) -> None:
    assert seal.decrypt_message(der(encrypted_to(CONTENT, board))) == CONTENT


@needs_openssl
@pytest.mark.parametrize("cipher", ["aes-128-cbc", "aes-256-cbc"])
def test_what_openssl_encrypted_opens_too(seal: DecryptionKey, board: Holder, cipher: str) -> None:
    made = by_openssl(f"-encrypt -binary -outform DER -{cipher} {{}}", CONTENT, board)
    assert seal.decrypt_message(made) == CONTENT


@needs_openssl
def test_what_the_library_cannot_open_stays_closed(seal: DecryptionKey, board: Holder) -> None:
    """RSA-OAEP, and AES-GCM, which some programs write: a person looks."""
    oaep = "-encrypt -binary -outform DER -aes128 -recip {} -keyopt rsa_padding_mode:oaep"
    assert seal.decrypt_message(by_openssl(oaep, CONTENT, board)) is None
    gcm = "-encrypt -binary -outform DER -aes-128-gcm {}"
    assert seal.decrypt_message(by_openssl(gcm, CONTENT, board)) is None


def test_what_was_encrypted_to_somebody_else_or_is_nonsense_stays_closed(
    seal: DecryptionKey,
) -> None:
    other = Authority().issue("Elsewhere", rsa_key=True)
    sealed = der(encrypted_to(CONTENT, other))
    for hostile in (sealed, sealed[:40], b"", b"0\x80" * 2_000, b"\xff" * 100):
        assert seal.decrypt_message(hostile) is None


def test_a_changed_message_never_raises(seal: DecryptionKey, board: Holder) -> None:
    sealed = der(encrypted_to(CONTENT, board))
    for at in range(0, len(sealed), 7):
        changed = sealed[:at] + bytes([sealed[at] ^ 0x41]) + sealed[at + 1 :]
        assert isinstance(seal.decrypt_message(changed), bytes | None)


def test_a_key_that_others_can_read_is_refused(board: Holder, tmp_path: Path) -> None:
    with pytest.raises(SecretExposed):
        read_decryption_key(*written(tmp_path, board.pem, board.key_pem, 0o644))


def test_a_systemd_credential_stands_in_for_the_file(board: Holder, tmp_path: Path) -> None:
    held, secret = written(tmp_path, board.pem, board.key_pem)
    elsewhere = tmp_path / "keys" / "sealed.key"
    assert (
        read_decryption_key(held, SecretFile(elsewhere, secret.file.parent)).decrypt_message(b"")
        is None
    )
    with pytest.raises(SecretMissing):
        read_decryption_key(held, SecretFile(elsewhere))


def test_a_pair_that_is_none_is_refused(board: Holder, tmp_path: Path) -> None:
    other, curved = Authority().issue("Other", rsa_key=True), Authority().issue("Curved")
    for certificate, key in (
        (other.pem, board.key_pem),
        (curved.pem, curved.key_pem),
        (b"words", board.key_pem),
        (board.pem, b"words"),
    ):
        with pytest.raises(DecryptionKeyInvalid):
            read_decryption_key(*written(tmp_path, certificate, key))


def test_the_key_is_never_printed(seal: DecryptionKey) -> None:
    assert "RSA" not in repr(seal)
