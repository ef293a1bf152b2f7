"""The token file: begun by a person, kept by the service."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from intake.sign_in.account import SecretExposed, SecretInvalid
from intake.sign_in.oauth import OAuthTokens, lock_token_file, read_tokens, write_tokens


def test_a_person_begins_with_a_bare_refresh_token(kept: Path) -> None:
    kept.write_text("1//made-up\n")
    assert read_tokens(kept) == OAuthTokens("1//made-up")


def test_what_was_written_is_read_again_and_stays_private(kept: Path) -> None:
    tokens = OAuthTokens("refresh", "access", 1270112400.5)
    write_tokens(kept, tokens)
    assert read_tokens(kept) == tokens
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("held", ["{", '{"refresh": "x"}', "{}", '{"refresh": 1, "access": [', ""])
def test_what_holds_no_tokens_is_told(kept: Path, held: str) -> None:
    kept.write_text(held)
    with pytest.raises(SecretInvalid):
        read_tokens(kept)


def test_what_others_can_read_is_refused(kept: Path) -> None:
    kept.write_text("1//made-up")
    kept.chmod(0o644)
    with pytest.raises(SecretExposed):
        read_tokens(kept)


def test_one_at_a_time(kept: Path) -> None:
    """Two that refresh at once would each spend the other's token."""
    inside = threading.Event()

    def second() -> None:
        with lock_token_file(kept):
            inside.set()

    with lock_token_file(kept):
        thread = threading.Thread(target=second)
        thread.start()
        assert not inside.wait(0.1)
    thread.join()
    assert inside.is_set()


def test_tokens_are_never_printed() -> None:
    """Failure mode 89."""
    assert "secret" not in repr(OAuthTokens("secret", "secret"))
