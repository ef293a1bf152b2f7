"""Letters by SMTP, to a server that does not always do what a good one does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from intake.sign_in.account import Login, PasswordLogin, SignInAccount
from outbox.sending.mail_server import MailServer
from outbox.sending.smtp import SmtpTransport
from outbox.sending.transport import (
    AnswerPending,
    HandoverPostponed,
    HandoverRefused,
    TransportUnavailable,
)
from outbox.writing.letter import Letter
from tests.outbox.test_transports import LETTER
from tests.servers.certificates import Certificates
from tests.servers.smtp import DIE, DIE_AFTER, HANG, Post, Step

US = "scr-returns@board.example"


class Fixed:
    """An account whose password or token is known."""

    def __init__(self, login: Login | Exception) -> None:
        self._login = login
        self.away = 0

    def login(self) -> Login:
        if isinstance(self._login, Exception):
            raise self._login
        return self._login

    def forget_rejected_login(self) -> None:
        self.away += 1


GOOD = Fixed(PasswordLogin("scr-intake", "pässword"))


@pytest.fixture
def transport(post: Post, certificates: Certificates) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(server(post, certificates), GOOD, US)
    yield transport
    transport.disconnect()


def server(post: Post, certificates: Certificates, patience: float = 5.0) -> MailServer:
    found = MailServer(
        "localhost", post.port, "starttls", "board.example", certificates.ca, patience
    )
    return replace(found, letter_answer_seconds=patience)


def once(to: MailServer, account: SignInAccount | None = GOOD, letter: Letter = LETTER) -> None:
    transport = SmtpTransport(to, account, US)
    try:
        transport.send(letter)
    finally:
        transport.disconnect()


def reply(letter: Letter = LETTER) -> Letter:
    return replace(letter, message=b"Auto-Submitted: auto-replied\r\n" + letter.message)


def test_what_goes_over_the_wire_is_what_was_queued(transport: SmtpTransport, post: Post) -> None:
    """Failure modes 74 and 80: one recipient, CRLF, no Bcc; a line that is a dot too."""
    letter = replace(LETTER, message=LETTER.message + b".\r\n..two\r\n")
    transport.send(letter)
    (taken,) = post.taken
    assert taken.content == letter.message
    assert taken.recipients == ["author@meadowlane.example"]
    assert sorted(taken.options) == ["BODY=8BITMIME", f"SIZE={len(letter.message)}"]


def test_a_reply_bounces_to_nobody_and_anything_else_to_us(
    transport: SmtpTransport, post: Post
) -> None:
    """Failure mode 65."""
    transport.send(reply())
    transport.send(LETTER)
    assert [taken.sender for taken in post.taken] == ["<>", US]


def test_one_connection_serves_a_round(transport: SmtpTransport, post: Post) -> None:
    for _ in range(3):
        transport.send(LETTER)
    assert (len(post.taken), post.hellos) == (3, 2)  # once before STARTTLS, once after


def test_a_new_round_is_a_new_connection(transport: SmtpTransport, post: Post) -> None:
    transport.send(LETTER)
    transport.disconnect()
    transport.send(LETTER)
    assert (len(post.taken), post.hellos) == (2, 4)


@pytest.mark.parametrize(
    ("step", "answer", "comes_to"),
    [
        ("MAIL", "451 4.3.0 later", HandoverPostponed),
        ("MAIL", "550 5.7.60 not as that sender", HandoverPostponed),
        ("MAIL", "552 5.3.4 too large", HandoverRefused),
        ("RCPT", "450 4.2.0 greylisted", HandoverPostponed),
        ("RCPT", "550 5.1.1 no such canary", HandoverRefused),
        ("RCPT", "530 5.7.0 sign in first", HandoverPostponed),
        ("DATA", "451 4.3.0 later", HandoverPostponed),
        ("TAKEN", "452 4.3.1 disk full", HandoverPostponed),
        ("TAKEN", "554 5.6.0 canary", HandoverRefused),
    ],
)
def test_a_refusal_is_for_now_or_for_good_by_its_code(
    transport: SmtpTransport, post: Post, step: Step, answer: str, comes_to: type[Exception]
) -> None:
    """Failure mode 75. The same connection then takes the next letter."""
    post.does[step if step != "DATA" else "TAKEN"] = [answer]
    with pytest.raises((HandoverPostponed, HandoverRefused)) as refused:
        transport.send(LETTER)
    assert type(refused.value) is comes_to
    assert answer[:9] in str(refused.value)
    assert "canary" not in str(refused.value)
    transport.send(LETTER)
    assert (len(post.taken), post.hellos) == (1, 2)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "TAKEN"])
def test_a_connection_that_dies_takes_the_letter_again_the_same(
    transport: SmtpTransport, post: Post, step: Step
) -> None:
    """Failure mode 73."""
    post.does[step] = [DIE]
    with pytest.raises(HandoverPostponed) as lost:
        transport.send(LETTER)
    assert not isinstance(lost.value, TransportUnavailable)
    transport.send(LETTER)
    assert [taken.content for taken in post.taken] == [LETTER.message]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "TAKEN"])
def test_what_is_no_answer_is_not_taken_for_one(
    transport: SmtpTransport, post: Post, step: Step
) -> None:
    """Whatever follows on that connection could be the answer to something else."""
    post.does[step] = ["garbage", "", ""]
    with pytest.raises(HandoverPostponed):
        transport.send(LETTER)
    transport.send(LETTER)
    assert (len(post.taken), post.hellos) == (1, 4)


def test_a_server_gone_silent_before_any_letter_is_away(
    post: Post, certificates: Certificates
) -> None:
    post.does["MAIL"] = [HANG, HANG]
    with pytest.raises(TransportUnavailable, match="silent"):
        once(server(post, certificates, patience=0.3))
    assert post.taken == []


@pytest.mark.parametrize("step", ["RCPT", "TAKEN"])
def test_a_server_silent_about_one_letter_takes_the_next_over_a_new_connection(
    post: Post, certificates: Certificates, step: Step
) -> None:
    """Failure mode 114: it may be waiting for that one recipient's server."""
    transport = SmtpTransport(server(post, certificates, patience=0.3), GOOD, US)
    post.does[step] = [HANG]
    with pytest.raises(HandoverPostponed, match="silent") as told:
        transport.send(LETTER)
    assert not isinstance(told.value, TransportUnavailable)
    transport.open()
    transport.send(LETTER)
    transport.disconnect()
    assert [taken.content for taken in post.taken] == [LETTER.message]


def test_a_server_that_says_ok_and_hangs_up_has_the_letter(
    transport: SmtpTransport, post: Post
) -> None:
    post.does["TAKEN"] = [DIE_AFTER]
    transport.send(LETTER)
    transport.send(LETTER)
    assert len(post.taken) == 2


def test_a_goodbye_to_a_connection_kept_open_is_met_with_another(
    transport: SmtpTransport, post: Post
) -> None:
    transport.send(LETTER)
    post.does["MAIL"] = ["421 4.4.2 idle too long"]
    transport.send(LETTER)
    assert len(post.taken) == 2
    post.does["MAIL"] = ["421 4.3.2 no", "421 4.3.2 no"]
    with pytest.raises(TransportUnavailable):
        transport.send(LETTER)


@pytest.mark.parametrize("step", ["RCPT", "TAKEN"])
def test_while_one_answer_is_long_in_coming_another_letter_leaves(
    post: Post, certificates: Certificates, step: Step
) -> None:
    """Failure mode 114: by a connection of its own."""
    post.does[step] = [HANG]
    slow = replace(server(post, certificates, 3.0), seconds_others_wait=0.2)
    transport = SmtpTransport(slow, GOOD, US)
    with pytest.raises(AnswerPending) as still:
        transport.send(LETTER)
    transport.send(LETTER)
    transport.disconnect()
    assert len(post.taken) == 1
    with pytest.raises(HandoverPostponed, match="went silent"):
        still.value.answer.wait_for_result()
