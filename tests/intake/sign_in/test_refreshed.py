"""OAuth 2 by refresh token, against a provider on loopback."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from intake.sign_in.account import SecretFile, SignInRefused, SignInUnavailable, TokenLogin
from intake.sign_in.oauth import REFRESH_EARLY_SECONDS, RefreshedAccount, TokenEndpoint, read_tokens
from tests.servers.certificates import Certificates
from tests.servers.provider import Provider


class Clock:
    now = 1_270_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account(
    kept: Path, provider: Provider, certificates: Certificates, clock: Clock
) -> RefreshedAccount:
    kept.write_text("begun")
    return made(kept, provider, certificates.ca, clock)


def made(
    file: Path, provider: Provider, ca: Path | None, clock: Clock, secret: Path | None = None
) -> RefreshedAccount:
    return RefreshedAccount(
        "somebody",
        file,
        TokenEndpoint(provider.token_endpoint, ca),
        {"client_id": "scr-intake", "scope": "mail"},
        SecretFile(secret) if secret else None,
        clock,
    )


def gives(access: str, **more: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 3600} | more


def test_a_refresh_token_is_exchanged_for_an_access_token(
    account: RefreshedAccount, provider: Provider
) -> None:
    provider.answers = [gives("one")]
    assert account.login() == TokenLogin("somebody", "one")
    assert provider.asked == [
        {
            "client_id": "scr-intake",
            "scope": "mail",
            "grant_type": "refresh_token",
            "refresh_token": "begun",
        }
    ]


def test_it_is_asked_for_again_only_shortly_before_it_expires(
    account: RefreshedAccount, provider: Provider, clock: Clock
) -> None:
    """Failure mode 15."""
    provider.answers = [gives("one"), gives("two")]
    account.login()
    clock.now += 3600 - REFRESH_EARLY_SECONDS - 1
    assert account.login() == TokenLogin("somebody", "one")
    clock.now += 1
    assert account.login() == TokenLogin("somebody", "two")


def test_a_new_refresh_token_is_saved_and_used_from_then_on(
    account: RefreshedAccount,
    provider: Provider,
    kept: Path,
    certificates: Certificates,
    clock: Clock,
) -> None:
    """Failure mode 15: the provider takes the old one no more, also after a restart."""
    provider.answers = [gives("one", refresh_token="rotated"), gives("two")]
    account.login()
    assert read_tokens(kept).refresh == "rotated"
    clock.now += 3600
    made(kept, provider, certificates.ca, clock).login()
    assert [form["refresh_token"] for form in provider.asked] == ["begun", "rotated"]
    assert read_tokens(kept).refresh == "rotated"


def test_two_that_share_a_token_file_do_not_spend_each_others_token(
    account: RefreshedAccount,
    provider: Provider,
    kept: Path,
    certificates: Certificates,
    clock: Clock,
) -> None:
    provider.answers = [gives("one", refresh_token="rotated")]
    account.login()
    assert made(kept, provider, certificates.ca, clock).login() == TokenLogin("somebody", "one")
    assert len(provider.asked) == 1


def test_a_token_that_the_mail_server_does_not_take_is_not_offered_again(
    account: RefreshedAccount, provider: Provider
) -> None:
    provider.answers = [gives("one"), gives("two")]
    account.login()
    account.forget_rejected_login()
    assert account.login() == TokenLogin("somebody", "two")


def test_a_refresh_token_that_cannot_be_saved_is_held_until_it_can(
    account: RefreshedAccount,
    provider: Provider,
    kept: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Failure modes 15 and 60."""
    provider.answers = [gives("one", refresh_token="rotated"), gives("two")]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("intake.sign_in.oauth.write_tokens", full)
        assert account.login() == TokenLogin("somebody", "one")
    assert read_tokens(kept).refresh == "begun"
    assert account.login() == TokenLogin("somebody", "one")
    assert read_tokens(kept).refresh == "rotated"


def test_a_client_secret_goes_with_it_where_the_provider_wants_one(
    kept: Path, provider: Provider, certificates: Certificates, clock: Clock
) -> None:
    kept.write_text("begun")
    secret = Path(shutil.copy2(kept, kept.with_name("client")))
    secret.write_text("of the client")
    provider.answers = [gives("one")]
    made(kept, provider, certificates.ca, clock, secret).login()
    assert provider.asked[0]["client_secret"] == "of the client"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((400, {"error": "invalid_grant", "error_description": "canary"}), "used up"),
        ((401, {"error": "invalid_client"}), "client id"),
        ((400, {"error": "canary"}), "a word we know"),
        ((400, b"canary"), "a word we know"),
    ],
)
def test_a_refusal_is_told_in_our_words_alone(
    account: RefreshedAccount, provider: Provider, answer: Any, told: str
) -> None:
    provider.answers = [answer]
    with pytest.raises(SignInRefused, match=told) as refused:
        account.login()
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}),
        (429, {}),
        (302, {}),
        (307, {}),
        (200, b"<html>"),
        (200, []),
        (200, {}),
        (200, {"access_token": 7}),
        (200, {"access_token": "two\r\nlines"}),
    ],
)
def test_an_answer_that_is_none_may_be_another_next_time(
    account: RefreshedAccount, provider: Provider, kept: Path, answer: Any
) -> None:
    provider.answers = [answer, gives("one")]
    with pytest.raises(SignInUnavailable):
        account.login()
    assert read_tokens(kept).refresh == "begun"
    assert account.login() == TokenLogin("somebody", "one")


def test_a_lasting_that_is_no_number_is_taken_for_an_hour(
    account: RefreshedAccount, provider: Provider, kept: Path, clock: Clock
) -> None:
    provider.answers = [gives("one", expires_in="soon")]
    account.login()
    assert json.loads(kept.read_text())["expires"] == clock.now + 3600


def test_a_provider_whose_certificate_is_not_verified_is_sent_nothing(
    kept: Path, provider: Provider, clock: Clock
) -> None:
    """Failure mode 79."""
    kept.write_text("begun")
    with pytest.raises(SignInUnavailable):
        made(kept, provider, None, clock).login()
    assert provider.asked == []


def test_a_token_file_that_is_gone_is_told(account: RefreshedAccount, kept: Path) -> None:
    kept.unlink()
    with pytest.raises(SignInRefused, match="cannot be read"):
        account.login()
