"""The line to the mail server: what a server can say, and that none of it harms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outbox.sending.mail_server import MailServer
from outbox.sending.smtp import SmtpTransport
from outbox.sending.transport import (
    HandoverPostponed,
    HandoverRefused,
    TransportUnavailable,
)
from tests.outbox.test_smtp import GOOD, US
from tests.outbox.test_transports import LETTER
from tests.servers.certificates import Certificates
from tests.servers.scripted_smtp import (
    Saying,
    Wire,
    breaks_tls,
    dies,
    drops_tls,
    for_ever,
    hangs,
    hushes_tls,
    scripted,
)

WIDE = b"250-" + b"x" * 900 + b"\r\n"
SOON = 0.5  # seconds of patience, where a test waits it out


def to(wire: Wire, certificates: Certificates, patience: float = 30.0) -> SmtpTransport:
    server = MailServer(
        "localhost", wire.port, "starttls", "board.example", certificates.ca, patience
    )
    return SmtpTransport(replace(server, letter_answer_seconds=patience), GOOD, US)


# In every step


GO_ON = b"354 go on, whatever it is\r\n"
STEPS = ["MAIL", "RCPT", "DATA", "TAKEN"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "saying",
    [
        for_ever(b"2", 0.05),
        for_ever(b"250-still here\r\n", 0.05),
        for_ever(WIDE),
        for_ever(b"x" * 10_000),
        hangs,
        dies,
        b"2",
        b"\r\n",
        b"abc def\r\n",
        b"199 what\r\n",
        b"221 2.0.0 bye\r\n",
        GO_ON,
        b"250 ok\r\n" * 4,
        b"\x00\xff\xfe\r\n",
    ],
    ids=[
        "a byte at a time", "a line at a time", "no end of lines", "no end of a line", "nothing",
        "goodbye without a word", "half a line", "an empty line", "no code", "a code of none",
        "goodbye", "a code of another step", "four at once", "rubbish",
    ],
)  # fmt: skip
def test_whatever_a_server_says_is_over_soon_and_the_next_letter_goes(
    certificates: Certificates, step: str, saying: Saying
) -> None:
    """Failure modes 73 and 76. The letter is taken, or waits; it is never given up for this."""
    if (step, saying) == ("DATA", GO_ON):
        saying = b"334 that belongs elsewhere\r\n"  # "go on" is what belongs there
    with scripted(certificates, **{step: [saying]}) as wire:
        transport = to(wire, certificates, SOON)
        try:
            transport.send(LETTER)
        except HandoverPostponed as why:
            assert "canary" not in str(why)
        patient = to(wire, certificates)
        for each in (transport, patient):
            each.disconnect()
        patient.send(LETTER)
        patient.disconnect()
        assert wire.taken[-1] == LETTER.message


def test_an_answer_of_any_length_is_over_by_its_size_too(certificates: Certificates) -> None:
    """It is not kept in memory for as long as it may take."""
    with scripted(certificates, TAKEN=[for_ever(WIDE)]) as wire:
        transport = to(wire, certificates, patience=600.0)
        with pytest.raises(HandoverPostponed, match="lost"):
            transport.send(LETTER)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"GREETING": [for_ever(b"2", 0.05)]}, "broke off"),
        ({"GREETING": [for_ever(WIDE)]}, "broke off"),
        ({"GREETING": [b"421 4.3.2 canary busy\r\n"]}, r"\(421 4\.3\.2\)"),
        ({"GREETING": [dies]}, "broke off"),
        ({"EHLO": [b"250-mx\r\n250 SIZE\r\n"]}, "no STARTTLS"),
        ({"EHLO": [b"421 4.3.2 later\r\n"], "HELO": [b"421 4.3.2 later\r\n"]}, "421"),
        ({"EHLO": [for_ever(WIDE)]}, "broke off"),
        ({"STARTTLS": [b"454 4.7.0 canary not now\r\n"]}, r"\(454 4\.7\.0\)"),
        ({"STARTTLS": [b"250 as you like\r\n"]}, r"\(250\)"),
        ({"STARTTLS": [breaks_tls]}, "does not speak TLS"),
        ({"STARTTLS": [drops_tls]}, "broke off"),
        ({"STARTTLS": [hushes_tls]}, "cannot be reached"),
        ({"STARTTLS": [dies]}, "broke off"),
        ({"SECURE_EHLO": [dies]}, "broke off"),
        ({"SECURE_EHLO": [b"250-mx\r\n250 SIZE\r\n"]}, "no way to sign in"),
        ({"AUTH": [dies]}, "broke off"),
        ({"AUTH": [b"535 5.7.8 canary\r\n"]}, r"does not let the account in \(535 5\.7\.8\)"),
        ({"AUTH": [b"454 4.7.0 later\r\n"]}, r"does not let the account in \(454 4\.7\.0\)"),
        ({"AUTH": [b"334 \r\n"]}, r"does not let the account in \(334\)"),
    ],
)
def test_a_server_that_is_not_ready_is_away_and_the_letter_waits(
    certificates: Certificates, says: dict[str, list[Saying]], told: str
) -> None:
    """Failure modes 75, 79 and 89."""
    with scripted(certificates, **says) as wire:
        transport = to(wire, certificates, SOON)
        with pytest.raises(TransportUnavailable, match=told) as away:
            transport.send(LETTER)
        transport.disconnect()
        assert wire.taken == []
        assert "canary" not in str(away.value)
        patient = to(wire, certificates)
        patient.send(LETTER)
        patient.disconnect()
    assert wire.taken == [LETTER.message]


# What may be said before TLS


def test_nothing_of_a_letter_or_an_account_is_said_before_tls(certificates: Certificates) -> None:
    """Failure mode 79: also where a server, or who sits before it, offers signing in at once."""
    offers = [b"250-mx\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n"]
    with scripted(certificates, EHLO=offers) as wire:
        transport = to(wire, certificates)
        transport.send(LETTER)
        transport.disconnect()
    assert [line.split()[0] for line in wire.clear] == [b"ehlo", b"STARTTLS"]


def test_what_was_offered_before_tls_counts_no_more_after_it(certificates: Certificates) -> None:
    """Whoever sits before the server could have offered it."""
    offers = [b"250-mx\r\n250-AUTH LOGIN\r\n250 STARTTLS\r\n"]
    bare = [b"250 mx\r\n"]
    with scripted(certificates, EHLO=offers, SECURE_EHLO=bare) as wire:
        transport = to(wire, certificates)
        with pytest.raises(TransportUnavailable, match="no way to sign in"):
            transport.send(LETTER)
    assert not [line for line in wire.heard if line.upper().startswith(b"AUTH")]


def test_answers_slipped_in_before_tls_are_answers_to_nothing(certificates: Certificates) -> None:
    """Whoever sits before the server would have its own words taken for the server's."""
    slipped = b"220 go ahead\r\n250-evil\r\n250 AUTH LOGIN\r\n"
    with scripted(certificates, STARTTLS=[slipped]) as wire:
        transport = to(wire, certificates)
        transport.send(LETTER)
        transport.disconnect()
    signed_in = [line for line in wire.heard if line.startswith(b"AUTH")]
    assert [line.split()[1] for line in signed_in] == [b"PLAIN"], "as the server offered, in TLS"


def test_a_secret_is_not_said_to_who_did_not_ask_for_it(certificates: Certificates) -> None:
    """AUTH LOGIN asks for the name, then for the password; a refusal asks for nothing."""
    login = [b"250-mx\r\n250 AUTH LOGIN\r\n"] * 2
    for answers, lines in (([b"504 5.7.4 not that\r\n"], 0), ([b"334 VXNlcm5hbWU6\r\n"], 1)):
        refusal = [b"535 5.7.8 nobody of that name\r\n"]
        with scripted(certificates, SECURE_EHLO=login, AUTH=answers, SECRET=refusal) as wire:
            transport = to(wire, certificates)
            with pytest.raises(TransportUnavailable, match="does not let the account in"):
                transport.send(LETTER)
            transport.disconnect()
        signing = next(n for n, line in enumerate(wire.heard) if line.startswith(b"AUTH"))
        assert len(wire.heard[signing + 1 :]) == lines


# Taken or not


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("MAIL", b"250-2.1.0 several\r\n250-2.1.0 lines\r\n250 2.1.0 of it\r\n"),
        ("RCPT", b"251 2.1.5 forwarded\r\n"),
        ("RCPT", b"252 2.1.5 I shall try\r\n"),
        ("DATA", b"354-go\r\n354 on\r\n"),
        ("TAKEN", b"250-2.0.0 taken\r\n250 2.0.0 as 1A2B\r\n"),
        ("TAKEN", b"250\r\n"),
        ("TAKEN", b"251 taken\r\n"),
        ("TAKEN", b"250 taken\n"),
    ],
)
def test_a_yes_is_a_yes_by_its_first_digit(
    certificates: Certificates, step: str, answer: bytes
) -> None:
    """RFC 5321, 4.2.1: a server with a number of its own would else get the letter for days."""
    with scripted(certificates, **{step: [answer]}) as wire:
        transport = to(wire, certificates)
        transport.send(LETTER)
        transport.send(LETTER)
        transport.disconnect()
    assert (wire.taken, len(wire.talks)) == ([LETTER.message] * 2, 1)


@pytest.mark.parametrize(
    ("step", "answer", "comes_to"),
    [
        ("DATA", b"451 4.3.0 later\r\n", HandoverPostponed),
        ("DATA", b"554 5.7.1 not that\r\n", HandoverRefused),
        ("DATA", b"503 5.5.1 out of order\r\n", HandoverPostponed),
        ("TAKEN", b"552 5.3.4 too large\r\n", HandoverRefused),
        ("RCPT", b"552 5.2.2 mailbox full\r\n", HandoverRefused),
        ("RCPT", b"550-5.1.1 several\r\n550 5.1.1 lines\r\n", HandoverRefused),
        ("RCPT", b"421 4.3.2 shutting down\r\n", HandoverPostponed),
        ("TAKEN", b"421 4.3.2 shutting down\r\n", HandoverPostponed),
        ("TAKEN", b"221 2.0.0 bye\r\n", HandoverPostponed),
        ("DATA", b"250 2.0.0 taken, unseen\r\n", HandoverPostponed),
    ],
)
def test_a_no_is_for_now_or_for_good_and_the_next_letter_goes(
    certificates: Certificates, step: str, answer: bytes, comes_to: type[Exception]
) -> None:
    """Failure mode 75."""
    with scripted(certificates, **{step: [answer]}) as wire:
        transport = to(wire, certificates)
        with pytest.raises((HandoverPostponed, HandoverRefused)) as no:
            transport.send(LETTER)
        assert type(no.value) is comes_to
        transport.send(LETTER)
        transport.disconnect()
    assert wire.taken[-1] == LETTER.message


def test_no_for_one_and_not_now_for_the_next_are_told_apart(certificates: Certificates) -> None:
    """Failure modes 74 and 75."""
    answers = [b"550 5.1.1 nobody\r\n", b"450 4.2.0 greylisted\r\n"]
    with scripted(certificates, RCPT=list(answers)) as wire:
        transport = to(wire, certificates)
        for comes_to in (HandoverRefused, HandoverPostponed):
            with pytest.raises(comes_to):
                transport.send(LETTER)
        transport.send(LETTER)
        transport.disconnect()
    assert (len(wire.taken), len(wire.talks)) == (1, 1)


def test_a_yes_with_a_goodbye_on_its_heels_is_a_yes(certificates: Certificates) -> None:
    goodbye = b"250 2.0.0 taken\r\n421 4.4.2 enough\r\n"
    with scripted(certificates, TAKEN=[goodbye]) as wire:
        transport = to(wire, certificates)
        transport.send(LETTER)
        transport.send(LETTER)
        transport.disconnect()
    assert len(wire.taken) == 2


def test_answers_that_came_before_their_questions_are_not_believed(
    certificates: Certificates,
) -> None:
    """Two for one, and each later question would get the answer to the one before: a refusal of
    the reader would be told of the letter."""
    twice = b"250 2.1.0 ok\r\n250 2.1.0 ok\r\n"
    nobody = b"550 5.1.1 nobody\r\n"
    with scripted(certificates, MAIL=[twice], RCPT=[nobody, nobody]) as wire:
        transport = to(wire, certificates)
        with pytest.raises(HandoverPostponed, match="lost"):
            transport.send(LETTER)
        with pytest.raises(HandoverRefused, match="the address it is to"):
            transport.send(LETTER)
        transport.disconnect()
    assert wire.taken == []


def test_who_was_not_let_in_may_be_the_next_time(certificates: Certificates) -> None:
    with scripted(certificates, AUTH=[b"535 5.7.8 no\r\n"]) as wire:
        transport = to(wire, certificates)
        with pytest.raises(TransportUnavailable):
            transport.send(LETTER)
        transport.send(LETTER)
        transport.disconnect()
    assert len(wire.taken) == 1


def test_a_server_that_will_not_say_goodbye_is_left(certificates: Certificates) -> None:
    with scripted(certificates, QUIT=[hangs]) as wire:
        transport = to(wire, certificates, SOON)
        transport.send(LETTER)
        transport.disconnect()
    assert len(wire.taken) == 1


def test_a_server_that_looks_long_at_a_letter_is_given_the_time(
    certificates: Certificates,
) -> None:
    """RFC 5321, 4.5.3.2.6: who gives up while it is being looked at sends it twice."""

    def slowly(wire: Wire, to: object) -> None:
        wire.over.wait(3 * SOON)
        to.sendall(b"250 2.0.0 taken\r\n")  # type: ignore[attr-defined]

    with scripted(certificates, TAKEN=[slowly]) as wire:
        transport = to(wire, certificates, SOON)
        transport._server = replace(transport._server, letter_answer_seconds=60.0)
        transport.send(LETTER)
        transport.disconnect()
    assert len(wire.taken) == 1


def test_an_expired_certificate_is_sent_nothing(tmp_path: Path) -> None:
    """Failure mode 79."""
    expired = Certificates.made_in(tmp_path, until=datetime.now(UTC) - timedelta(days=1))
    told = pytest.raises(TransportUnavailable, match="not verified: certificate has expired")
    with scripted(expired) as wire, told:
        to(wire, expired).send(LETTER)
    assert [line.split()[0] for line in wire.heard] == [b"ehlo", b"STARTTLS"]


def test_a_name_that_does_not_resolve_is_away(certificates: Certificates) -> None:
    nowhere = MailServer("mail.nowhere.invalid", 587, "starttls", "board.example", certificates.ca)
    with pytest.raises(TransportUnavailable, match="cannot be reached"):
        SmtpTransport(nowhere, GOOD, US).send(LETTER)


ABROAD = replace(
    LETTER,
    recipient="\u0430\u0432\u0442\u043e\u0440@meadowlane.example",
    message=LETTER.message.replace(b"author@", "\u0430\u0432\u0442\u043e\u0440@".encode()),
)


def test_an_address_in_other_letters_is_given_to_a_server_that_takes_it(
    certificates: Certificates,
) -> None:
    """RFC 6531: the server is told so, and given the address as it is."""
    offers = [b"250-mx\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n"]
    with scripted(certificates, SECURE_EHLO=offers) as wire:
        transport = to(wire, certificates)
        transport.send(ABROAD)
        transport.disconnect()
    assert any(b"SMTPUTF8" in line for line in wire.heard if line.upper().startswith(b"MAIL"))
    assert any("\u0430\u0432\u0442\u043e\u0440@".encode() in line for line in wire.heard)


def test_a_server_that_takes_no_such_address_is_asked_no_more(certificates: Certificates) -> None:
    with scripted(certificates) as wire:
        transport = to(wire, certificates)
        with pytest.raises(HandoverRefused, match="addresses in other letters"):
            transport.send(ABROAD)
        transport.disconnect()
    assert not [line for line in wire.heard if line.upper().startswith((b"MAIL", b"RCPT"))]
