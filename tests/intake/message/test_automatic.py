"""Mail that no person wrote."""

from __future__ import annotations

import pytest

from intake.message.parse import read_message

REPORT = "multipart/report; boundary=b; report-type="


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (f"Content-Type: {REPORT}delivery-status", "bounce"),
        (f"Content-Type: {REPORT}delivery-status\nAuto-Submitted: auto-replied", "bounce"),
        ("X-Failed-Recipients: ann@surgery.example\nX-Autoreply: yes", "bounce"),
        ("From: Mail Delivery <MAILER-DAEMON@mx.example>\nPrecedence: bulk", "bounce"),
        ("From: postmaster@surgery.example", "bounce"),
        ("From: MAILER-DAEMON", "bounce"),
        ("Return-Path: < >", "bounce"),
        ("X-SCR-Intake: 1\nAuto-Submitted: auto-generated", "own-loop"),
        (f"Content-Type: {REPORT}disposition-notification\nReturn-Path: <>", "receipt"),
        ("Content-Type: message/disposition-notification", "receipt"),
        ("Subject: Read: N12\nReturn-Path: <>", "receipt"),
        ("Subject: Automatic reply: N12\nAuto-Submitted: auto-replied", "absence"),
        ("Subject: Automatic reply: N12\nReturn-Path: <>", "absence"),
        ("Subject: Out of Office Re: N12", "absence"),
        ("Subject: =?utf-8?q?Out_of_office=3A_N12?=", "absence"),
        ("Subject: Auto: away", "absence"),
        ("Subject: I am on annual leave", "absence"),
        ("X-POST-MessageClass: 9; Autoresponder", "absence"),
        ("Auto-Submitted: auto-generated; owner=x", "auto-reply"),
        ("Auto-Submitted: auto-notified (by x)", "auto-reply"),
        ("X-Autoreply: yes", "auto-reply"),
        ("X-Autorespond: N12", "auto-reply"),
        ("Precedence: auto_reply", "auto-reply"),
        ("List-Id: <news.example>\nPrecedence: bulk", "list"),
        ("List-Unsubscribe: <mailto:x@news.example>", "list"),
        ("Precedence: list", "list"),
        ("Precedence: Bulk", "bulk"),
        ("Precedence: junk", "bulk"),
    ],
)
def test_a_mark_of_a_program_is_named(make, head, name):
    """Failure modes 65, 66 and 72b: bounces are told before automatic replies."""
    if "From:" not in head:
        head = f"From: ann@surgery.example\n{head}"
    assert read_message(make.by_hand(head, "--b\n\nx\n--b--")).automatic == name


@pytest.mark.parametrize(
    "head",
    [
        "X-Auto-Response-Suppress: All",
        "Auto-Submitted: no",
        "Auto-Submitted: No; x=y",
        "Precedence: normal",
        "Return-Path: <ann@surgery.example>",
        "X-Autoreply: no",
        "Subject: Re: Automatic reply: N12",
        "Subject: Read: N12",
        "Subject: Office move N12",
        "Subject: Chronology: the parents were out of office hours support",
        "Subject: Autopsy report, automatic door accident",
    ],
)
def test_what_people_send_is_not_automatic(make, head):
    """Failure mode 67."""
    assert read_message(make.by_hand(f"From: ann@surgery.example\n{head}", "x")).automatic == ""


def test_a_status_part_makes_a_bounce_whatever_holds_it(make):
    head = "From: ann@surgery.example\nContent-Type: multipart/mixed; boundary=b"
    part = "--b\nContent-Type: message/delivery-status\n\nStatus: 4.2.2\n--b--"
    assert read_message(make.by_hand(head, part)).automatic == "bounce"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatische Antwort: N12",
        "Abwesenheitsnotiz: N12",
        "=?utf-8?q?R=C3=A9ponse_automatique_=3A_N12?=",
        "Absence du bureau: N12",
        "Ateb awtomatig: N12",
        "Allan o'r swyddfa: N12",
    ],
)
def test_absences_in_other_languages_are_told_by_their_subjects(subject):
    """Failure mode 72b."""
    raw = f"From: ann@surgery.example\r\nSubject: {subject}\r\n\r\nx".encode()
    assert read_message(raw).automatic == "absence"


@pytest.mark.parametrize("subject", ["Automatic replying machines", "Oooh, N12", "RE: N12"])
def test_a_word_that_only_begins_like_one_is_no_absence(subject):
    raw = f"From: ann@surgery.example\r\nSubject: {subject}\r\n\r\nx".encode()
    assert read_message(raw).automatic == ""
