"""Who sent it: by the policy of each mailbox, and every trick held for its own reason."""

from __future__ import annotations

import pytest

from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.set_apart_reasons import SET_APART_REASONS
from intake.message.parse import read_message
from tests import builders as build
from tests.board import CASE
from tests.processors import ALIAS, AUTHOR, SERVER, SERVICE, Desk, apart, mail, outcomes

GP = build.make_chronology(build.STORIES["GP"])
NAMED = CASE.replace('name = "Author One"', 'name = "Jane Author"')
PASS = f"Authentication-Results: {SERVER}; dmarc=pass header.from=meadowlane.example"
FAIL = f"Authentication-Results: {SERVER}; dmarc=fail header.from=meadowlane.example"
FORGED = f"Authentication-Results: mx.evil.example; {PASS.partition('; ')[2]}"


def headed(*lines: str, raw: bytes = b"") -> bytes:
    """A message with these lines above all of its headers."""
    above = "".join(f"{line}\r\n" for line in lines)
    return above.encode() + (raw or mail(GP))


def with_from(value: str) -> bytes:
    """A message whose From is written by hand."""
    return mail(GP).replace(f"From: {AUTHOR}".encode(), f"From: {value}".encode(), 1)


# Where a mail server vouches


@pytest.mark.parametrize(
    "lines",
    [
        (PASS,),
        (FORGED, PASS),
        (PASS, "Received: from elsewhere", FORGED),
        (PASS, "Received: from board", PASS),
    ],
)
def test_a_registered_sender_whom_our_server_vouches_for_is_believed(
    desk: Desk, lines: tuple[str, ...]
) -> None:
    """Failure mode 41."""
    settlement = desk.mailed(headed(*lines), "mail-3")
    assert outcomes(settlement) == [("chronology", "accept")]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((), "results-missing"),
        ((FORGED,), "results-missing"),
        ((FAIL,), "results-fail"),
        ((PASS, "Received: from elsewhere", FAIL), "results-contradict"),
        ((FAIL, "Received: from elsewhere", PASS), "results-contradict"),
        ((PASS.replace("meadowlane", "evil"),), "results-other"),
        ((f"Authentication-Results: {SERVER}; (((",), "results-garbled"),
        ((f"Authentication-Results: {SERVER}; dmarc=none (dmarc=pass)",), "results-fail"),
        (("ARC-Authentication-Results: i=1; " + PASS.partition(": ")[2],), "results-missing"),
        ((f"Authentication-Results: {SERVER}; dkim=pass; spf=pass",), "results-missing"),
    ],
)
def test_a_forged_or_missing_word_of_our_server_is_held_for_its_own_reason(
    desk: Desk, lines: tuple[str, ...], reason: str
) -> None:
    """Failure modes 39, 40, 41, 45 and 46: the boundary's own verdict on DMARC, or nothing."""
    settlement = desk.mailed(headed(*lines), "mail-3")
    assert apart(settlement) == ("hold", reason)
    assert settlement.first_origin.agency_id is None
    assert desk.registry.states()["chronology"] == "awaited"


# Who is named


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("author@meadowlane.example, evil@elsewhere.example", "sender-several"),
        ("author@meadowlane.example(<evil@elsewhere.example>)", "sender-unclear"),
        ("author@meadowlane.example(<evil@elsewhere.example", "sender-unclear"),
        ("author@meadowlane.example <evil@elsewhere.example>", "sender-unclear"),
        ("Author One", "sender-unclear"),
        ('"author@meadowlane.example" <x@elsewhere.example>', "sender-shown"),
        ("=?utf-8?q?author=40meadowlane=2Eexample?= <x@elsewhere.example>", "sender-shown"),
        ("Jane Author <jane@gmail.com>", "sender-webmail"),
        ("Jane Author <jane@elsewhere.example>", "sender-named"),
        ("author@meadow-lane.example", "sender-lookalike"),
        ("author@rneadowlane.example", "sender-lookalike"),
        ("author@xn--mowlne-m9d.example", "sender-unknown"),
        ("someone@elsewhere.example", "sender-unknown"),
        (SERVICE, "sender-ours"),
        (SERVICE.upper(), "sender-ours"),
        (ALIAS, "sender-ours"),
        (f"scr-returns+anything@{SERVICE.partition('@')[2]}", "sender-ours"),
    ],
)
def test_each_trick_with_the_sender_is_held_for_its_own_reason(
    desk: Desk, value: str, reason: str
) -> None:
    """Failure modes 42, 43, 44, 68 and 72, in a mailbox that believes everyone."""
    desk.registry.load(NAMED)
    settlement = desk.mailed(with_from(value))
    assert apart(settlement) == ("hold", reason)
    assert settlement.first_origin.agency_id is None
    assert reason in SET_APART_REASONS


def test_two_from_headers_are_held(desk: Desk) -> None:
    """Failure mode 35."""
    raw = headed("From: evil@elsewhere.example")
    assert apart(desk.mailed(raw)) == ("hold", "sender-several")


def test_a_part_whose_headers_contradict_each_other_is_held(desk: Desk) -> None:
    """Failure mode 35: two programs would read two different documents."""
    raw = mail(GP).replace(
        b"Content-Disposition:", b"Content-Type: text/plain\r\nContent-Disposition:"
    )
    assert apart(desk.mailed(raw)) == ("hold", "headers-twice")


def test_a_look_alike_that_passes_dmarc_for_itself_is_still_one(desk: Desk) -> None:
    """Failure modes 41 and 43."""
    line = PASS.replace("meadowlane", "meadow-lane")
    raw = headed(line, raw=mail(GP, sender="author@meadow-lane.example"))
    assert apart(desk.mailed(raw, "mail-3")) == ("hold", "sender-lookalike")


def test_what_an_unknown_sender_s_document_reads_like_is_kept_for_the_administrator(
    desk: Desk,
) -> None:
    settlement = desk.mailed(mail(GP, sender="someone@elsewhere.example", subject="For N12"))
    (submission,) = settlement.submissions
    assert (submission.kind, submission.candidates) == ("chronology", ("N12",))
    entry = desk.registry.register.entries.get_entry(1)
    assert entry is not None
    assert (entry.kind, entry.agency_id, entry.told.candidates) == ("chronology", None, ("N12",))


def test_the_worker_s_word_on_the_sender_is_not_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that took the worker over decides neither who sent it nor that a person did."""
    raw = headed("Auto-Submitted: auto-generated", raw=mail(GP))
    lied = read_message(mail(GP, sender="commissioner@meadowlane.example"))
    monkeypatch.setattr(SandboxJudge, "unpack_message", lambda *_: lied)
    settlement = desk.mailed(raw)
    contact = desk.registry.register.people.find_contact(settlement.first_origin.contact_id or 0)
    assert contact is not None
    assert contact.email == AUTHOR
    assert settlement.first_origin.automatic == "auto-reply"


# Mail that is not for the service


@pytest.mark.parametrize(
    "raw",
    [
        mail(sender="friend@elsewhere.example", subject="Lunch on Friday?", body="Shall we?"),
        mail(sender="news@elsewhere.example", subject="News", body="News.", list_id="<n.example>"),
        build.out_of_office("friend@elsewhere.example", SERVICE, "Automatic reply: lunch"),
    ],
)
def test_mail_that_is_for_nobody_here_is_left_as_it_was(desk: Desk, raw: bytes) -> None:
    settlement = desk.mailed(raw)
    assert settlement.delivery_outcome == "not ours"
    assert [v for v in settlement.return_verdicts if v != "automatic"] == []


def test_a_stranger_who_names_a_case_is_not_left_unheard(desk: Desk) -> None:
    raw = mail(sender="friend@elsewhere.example", subject="About N12", body="I know something.")
    assert apart(desk.mailed(raw)) == ("hold", "sender-unknown")


def test_a_pgp_signature_proves_nothing(desk: Desk) -> None:
    """Failure mode 38: there is no program here that verifies one, so none is ever believed."""
    signed = (
        f"From: {AUTHOR}\r\nSubject: N12\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt comes on Monday.\r\n"
        "--b\r\nContent-Type: application/pgp-signature\r\n\r\n"
        "-----BEGIN PGP SIGNATURE-----\r\n\r\n=abcd\r\n-----END PGP SIGNATURE-----\r\n--b--\r\n"
    ).encode()
    assert apart(desk.mailed(signed, "mail-3")) == ("hold", "results-missing")
    assert apart(desk.mailed(signed)) == ("refer", "nothing-attached")
