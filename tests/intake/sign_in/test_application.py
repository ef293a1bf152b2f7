"""Microsoft 365: msal itself, against an authority on loopback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intake.sign_in.account import SecretFile, SignInRefused, SignInUnavailable, TokenLogin
from intake.sign_in.accounts import DEFAULT_SCOPE, ApplicationAccount, client_builder
from tests.servers.certificates import Certificates
from tests.servers.provider import Provider


@pytest.fixture
def account(kept: Path, provider: Provider, certificates: Certificates) -> ApplicationAccount:
    kept.write_text("of the application")
    return made(kept, provider, certificates.ca)


def made(secret: Path, provider: Provider, ca: Path | None) -> ApplicationAccount:
    build = client_builder(f"{provider.root}/tenant", "scr-intake", ca)
    return ApplicationAccount("somebody", SecretFile(secret), build)


def gives(access: str) -> tuple[int, dict[str, Any]]:
    return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 3600}


def test_an_application_signs_in_by_its_own_secret(
    account: ApplicationAccount, provider: Provider
) -> None:
    """Failure mode 15."""
    provider.answers = [gives("one")]
    assert account.login() == TokenLogin("somebody", "one")
    (form,) = provider.asked
    assert (form["grant_type"], form["scope"]) == ("client_credentials", DEFAULT_SCOPE)
    assert (form["client_id"], form["client_secret"]) == ("scr-intake", "of the application")


def test_a_token_is_kept_until_it_is_turned_away(
    account: ApplicationAccount, provider: Provider
) -> None:
    provider.answers = [gives("one"), gives("two")]
    assert [account.login(), account.login()] == [TokenLogin("somebody", "one")] * 2
    account.forget_rejected_login()
    assert account.login() == TokenLogin("somebody", "two")


def test_building_one_asks_nobody_and_loads_nothing(kept: Path) -> None:
    """msal's constructor talks to the network; a start must not wait for that."""
    code = (
        "import sys; from pathlib import Path;"
        "from intake.sign_in.accounts import ApplicationAccount, client_builder as client_of;"
        "from intake.sign_in.account import SecretFile as Secret;"
        "build = client_of('https://nowhere.example/tenant', 'scr-intake', None);"
        f"ApplicationAccount('somebody', Secret(Path({str(kept)!r})), build);"
        "print('msal' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_refusal_is_told_in_our_words_alone(
    account: ApplicationAccount, provider: Provider
) -> None:
    provider.answers = [(401, {"error": "invalid_client", "error_description": "canary"})]
    with pytest.raises(SignInRefused, match="client id") as refused:
        account.login()
    assert "canary" not in str(refused.value)


def test_a_new_secret_is_used_without_a_restart(
    account: ApplicationAccount, provider: Provider, kept: Path
) -> None:
    provider.answers = [(401, {"error": "invalid_client"}), gives("one")]
    with pytest.raises(SignInRefused):
        account.login()
    kept.write_text("a new one")
    assert account.login() == TokenLogin("somebody", "one")
    assert provider.asked[-1]["client_secret"] == "a new one"


@pytest.mark.parametrize(
    "answer", [(500, b"<html>"), (200, b"<html>"), (400, {"error": "temporarily_unavailable"})]
)
def test_an_answer_that_is_none_may_be_another_next_time(
    account: ApplicationAccount, provider: Provider, answer: Any
) -> None:
    provider.answers = [answer, gives("one")]
    with pytest.raises(SignInUnavailable):
        account.login()
    assert account.login() == TokenLogin("somebody", "one")


def test_an_authority_whose_certificate_is_not_verified_is_sent_nothing(
    kept: Path, provider: Provider
) -> None:
    """Failure mode 79."""
    kept.write_text("of the application")
    with pytest.raises(SignInUnavailable):
        made(kept, provider, None).login()
    assert provider.asked == []


def test_a_secret_that_cannot_be_read_names_its_file(
    account: ApplicationAccount, kept: Path
) -> None:
    kept.unlink()
    with pytest.raises(SignInRefused, match=str(kept)):
        account.login()
