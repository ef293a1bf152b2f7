"""Signed and encrypted mail as the processor settles it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.composition.sources import read_decryption_seal
from config.settings import SignatureSettings
from config.user_file import InvalidUserFile
from handlers.judging.in_sandbox import SandboxJudge
from handlers.sandbox.client import Worker
from intake.signatures.decryption_key import DecryptionKey
from tests import builders as build
from tests.authority import Authority, Holder
from tests.builders_smime import encrypted_to, inner, signed_around, signed_beside
from tests.processors import AUTHOR, Desk, apart, outcomes, rules
from tests.registry import KINDS

GP = build.make_chronology(build.STORIES["GP"])
SENDER = AUTHOR.encode()
CONTENT = inner(("chronology.docx", GP))
both_ways = pytest.mark.parametrize("sign", [signed_beside, signed_around])


@pytest.fixture(scope="module")
def shire() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def author(shire: Authority) -> Holder:
    return shire.issue("An Author", AUTHOR, rsa_key=True)


@pytest.fixture(scope="module")
def board(shire: Authority) -> Holder:
    return shire.issue("The board", "returns@board.example", rsa_key=True)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(setup=KINDS) as made:
        yield made


@pytest.fixture
def sandbox_judge(worker: Worker, shire: Authority, board: Holder) -> SandboxJudge:
    key = board.key
    seal = DecryptionKey(board.certificate, key)  # type: ignore[arg-type]  # an RSA key, as asked for
    return SandboxJudge(worker, KINDS, authorities=(shire.own.der,), seal=seal)


@pytest.fixture
def desk(tmp_path: Path, worker: Worker, sandbox_judge: SandboxJudge) -> Desk:
    return Desk(tmp_path, worker, sandbox_judge)


@both_ways
def test_a_properly_signed_return_is_accepted_as_any_other(sign, desk: Desk, author: Holder):
    """Failure mode 36."""
    assert outcomes(desk.mailed(sign(CONTENT, author, SENDER))) == [("chronology", "accept")]


@both_ways
def test_a_valid_signature_of_somebody_else_is_held(sign, desk: Desk, shire: Authority):
    """Failure mode 37."""
    other = shire.issue("Another Author", "other@meadowlane.example", rsa_key=True)
    settlement = desk.mailed(sign(CONTENT, other, SENDER))
    assert apart(settlement) == ("hold", "signed-by-another")


def test_a_message_changed_after_it_was_signed_is_a_question(desk: Desk, author: Holder):
    raw = signed_beside(CONTENT, author, SENDER)
    settlement = desk.mailed(raw.replace(b"Attached for", b"Attachments for", 1))
    assert outcomes(settlement) == [("chronology", "refer")]
    assert rules(settlement) == ["message-altered"]


@both_ways
def test_a_signature_that_proves_nothing_changes_nothing(sign, desk: Desk):
    """Failure mode 47: it opens no door either."""
    stranger = Authority("Elsewhere").issue("An Author", AUTHOR, rsa_key=True)
    assert outcomes(desk.mailed(sign(CONTENT, stranger, SENDER))) == [("chronology", "accept")]
    unknown = desk.mailed(sign(CONTENT, stranger, SENDER), source="mail-3")
    assert apart(unknown)[0] == "hold"


def test_a_proper_signature_does_not_prove_a_sender_the_mailbox_does_not(
    desk: Desk, author: Holder
):
    settlement = desk.mailed(signed_beside(CONTENT, author, SENDER), source="mail-3")
    assert apart(settlement) == ("hold", "results-missing")


def test_a_message_encrypted_to_us_is_opened_and_judged(desk: Desk, board: Holder):
    settlement = desk.mailed(encrypted_to(CONTENT, board, SENDER))
    assert outcomes(settlement) == [("chronology", "accept")]


def test_a_message_signed_and_encrypted_is_opened_and_its_signer_held_against_the_sender(
    desk: Desk, board: Holder, author: Holder, shire: Authority
):
    other = shire.issue("Another Author", "other@meadowlane.example", rsa_key=True)
    for signer, said in ((author, None), (other, "signed-by-another")):
        _, _, signed = signed_beside(CONTENT, signer).partition(b"MIME-Version: 1.0\r\n")
        settlement = desk.mailed(encrypted_to(signed, board, SENDER))
        if said:
            assert apart(settlement) == ("hold", said)
        else:
            assert outcomes(settlement) == [("chronology", "accept")]


def test_nothing_that_was_opened_rests_in_clear(desk: Desk, board: Holder, tmp_path: Path):
    marked = inner(("chronology.docx", GP), words="Attached for N12, canary-in-the-seal.\n")
    desk.mailed(encrypted_to(marked, board, SENDER))
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(b"canary-in-the-seal" in held or GP[:200] in held for held in files)


def test_the_key_never_goes_to_the_worker(
    desk: Desk, sandbox_judge: SandboxJudge, board: Holder, monkeypatch: pytest.MonkeyPatch
):
    """Failure mode 83."""
    asked: list[object] = []
    ask = Worker.run_in_child

    def overheard(self: Worker, task: str, data: bytes, argument: object = None):
        asked.append((data, argument))
        return ask(self, task, data, argument)

    monkeypatch.setattr(Worker, "run_in_child", overheard)
    desk.mailed(encrypted_to(CONTENT, board, SENDER))
    assert len(asked) >= 3  # unpack, unpack what was opened, judge
    held = repr(asked).encode()
    assert b"PrivateKey" not in held
    assert board.key_pem[30:60] not in held


def test_without_a_key_or_with_another_an_encrypted_message_is_a_question(
    tmp_path: Path, worker: Worker, shire: Authority, board: Holder
):
    elsewhere = shire.issue("Elsewhere", rsa_key=True)
    raw = encrypted_to(CONTENT, elsewhere, SENDER)
    seal = DecryptionKey(board.certificate, board.key)  # type: ignore[arg-type]
    for n, sandbox_judge in enumerate(
        (SandboxJudge(worker, KINDS), SandboxJudge(worker, KINDS, seal=seal))
    ):
        settlement = Desk(tmp_path / str(n), worker, sandbox_judge).mailed(raw)
        assert outcomes(settlement) == [(None, "refer")]
        assert rules(settlement) == ["sealed"]


def test_the_settings_name_certificate_and_key_or_say_what_is_wrong_with_them(
    tmp_path: Path, board: Holder
):
    held, key = tmp_path / "sealed.pem", tmp_path / "sealed.key"
    asked = SignatureSettings(certificate_file=held, key_file=key)
    assert read_decryption_seal(SignatureSettings(), None) is None
    with pytest.raises(InvalidUserFile, match="key_file"):
        read_decryption_seal(asked, None)
    held.write_bytes(board.pem)
    key.write_bytes(board.key_pem)
    key.chmod(0o644)
    with pytest.raises(InvalidUserFile, match="0600"):
        read_decryption_seal(asked, None)
    key.chmod(0o600)
    assert read_decryption_seal(asked, None) is not None
    held.write_bytes(b"words")
    with pytest.raises(InvalidUserFile, match="certificate_file"):
        read_decryption_seal(asked, None)
