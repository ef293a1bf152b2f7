"""Whether our own server vouches for a sender's domain."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.headers.authentication_results import (
    AUTHENTICATION_DOUBTS,
    UnparsedResults,
    authentication_doubt,
    is_authenticated,
    parse_results,
)
from tests.each_case import each_case

OURS = "mx.board.example"
PASS = f"{OURS}; dmarc=pass header.from=surgery.example"
FAIL = f"{OURS}; dmarc=fail header.from=surgery.example"


def headed(*lines: str) -> bytes:
    head = [*lines, "From: ann@surgery.example", "Subject: N12"]
    return ("\r\n".join(head) + "\r\n\r\nbody").encode()


def vouched(*lines: str, domain: str = "surgery.example") -> bool:
    return is_authenticated(headed(*lines), OURS, domain)


def doubted(*lines: str) -> str:
    return authentication_doubt(headed(*lines), OURS, "surgery.example")


def results(value: str) -> str:
    return f"Authentication-Results: {value}"


@pytest.mark.parametrize(
    "value",
    [
        PASS,
        f"{OURS} 1; spf=pass smtp.mailfrom=ann@surgery.example; {PASS.partition('; ')[2]}",
        f"{OURS};\r\n dkim=fail reason=\"signature; dmarc=fail\" header.d=x.example;\r\n"
        " dmarc=pass (p=none dis=none) header.from=surgery.example",
        f"{OURS.upper()}; DMARC=Pass header.from=SURGERY.example;",
        f"{OURS} (a (nested) comment); dmarc/1=pass header.from=\"surgery.example\"",
    ],
)  # fmt: skip
def test_our_server_vouching_for_that_domain_is_enough(value):
    assert vouched(results(value))


@each_case(
    "value",
    [
        FAIL,
        f"{OURS}; none",
        f"{OURS}; dmarc=none header.from=surgery.example",
        f"{OURS}; dmarc=pass",
        f"{OURS}; dmarc=pass header.from=evil.example",
        f"{OURS}; dmarc=pass header.from=surgery.example.evil.example",
        f"{OURS}; dmarc=pass header.from=surgery.example header.from=evil.example",
        f"{OURS}; dmarc=pass header.from=surgery.example; dmarc=fail header.from=surgery.example",
        f"{OURS}; dmarc=pass policy.from=surgery.example",
        "mx.evil.example; dmarc=pass header.from=surgery.example",
        f"x.{OURS}; dmarc=pass header.from=surgery.example",
        "dmarc=pass header.from=surgery.example",
        "",
        f"{OURS} 2; dmarc=pass header.from=surgery.example",
    ],
)
def test_anything_less_is_not(value):
    """Failure mode 41: the one domain, and our server's word on it."""
    assert not vouched(results(value))


@pytest.mark.parametrize(
    "value",
    [
        f"{OURS}; spf=fail (dmarc=pass header.from=surgery.example)",
        f"{OURS}; spf=pass x.y=\"; dmarc=pass header.from=surgery.example; \"@evil.example",
        f"{OURS}; spf=fail smtp.mailfrom=\"a\\\"; dmarc=pass header.from=surgery.example\"",
        f"{OURS}; spf=fail (unclosed; dmarc=pass header.from=surgery.example",
        f"{OURS}; spf=fail reason=\"unclosed; dmarc=pass header.from=surgery.example",
        f"{OURS}; x-spf=fail dmarc=pass header.from=surgery.example",
        f"({OURS}; dmarc=pass) mx.evil.example; dmarc=pass header.from=surgery.example",
        f"{OURS}; dmarc==pass header.from=surgery.example",
        f"{OURS}; dmarc=pass header.from=surgery.example @evil.example",
    ],
)  # fmt: skip
def test_a_pass_inside_a_comment_a_quote_or_broken_syntax_is_none(value):
    """Failure mode 40."""
    assert not vouched(results(value))


def test_a_forged_pass_below_our_servers_word_counts_for_nothing():
    """Failure mode 39."""
    assert not vouched(results(FAIL), "Received: by x", results(PASS))
    assert not vouched(results(FAIL), results(PASS))
    assert not vouched(results(f"{OURS}; spf=pass"), "Received: by x", results(PASS))


def test_a_forged_pass_of_another_server_above_ours_counts_for_nothing():
    """Failure mode 39."""
    evil = "mx.evil.example; dmarc=pass header.from=surgery.example"
    assert not vouched(results(evil), results(FAIL))
    assert vouched(results(evil), results(PASS))


def test_words_in_our_servers_name_that_disagree_are_not_believed_wherever_they_stand():
    """Failure mode 39: one of the two is forged, and a person may ask which."""
    other = f"{OURS}; dmarc=pass header.from=evil.example"
    for forged in (FAIL, other):
        lines = ("Received: by board", results(PASS), "Received: by surgery", results(forged))
        assert doubted(*lines) == "results-contradict"
        assert doubted(results(forged), "Received: by board", results(PASS)) == "results-contradict"


def test_our_server_met_twice_on_the_way_vouches_twice():
    assert vouched("Received: by board", results(PASS), "Received: by board", results(PASS))


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ((), "results-missing"),
        ((results(f"{OURS}; spf=pass"),), "results-missing"),
        ((results(f"{OURS}; ((("),), "results-garbled"),
        ((results(FAIL),), "results-fail"),
        ((results(f"{OURS}; dmarc=none header.from=surgery.example"),), "results-fail"),
        ((results(f"{OURS}; dmarc=pass header.from=evil.example"),), "results-other"),
        ((results(FAIL), "Received: by x", results(PASS)), "results-contradict"),
    ],
)
def test_each_doubt_has_its_own_word(lines, word):
    assert word in AUTHENTICATION_DOUBTS
    assert doubted(*lines) == word


def test_several_headers_of_our_server_are_read_together():
    assert vouched(results(f"{OURS}; spf=pass"), results(PASS))


def test_a_header_of_ours_that_cannot_be_read_is_no_word_at_all():
    assert not vouched(results(f"{OURS}; ((("), results(PASS))


def test_a_header_of_another_server_that_cannot_be_read_does_not_matter():
    without_an_id = "spf=pass smtp.mailfrom=x; dmarc=pass action=none header.from=surgery.example"
    assert vouched(results(without_an_id), results(PASS), results("((("))
    assert not vouched(results(without_an_id))


def test_arc_and_dkim_alone_are_no_evidence():
    """Failure modes 41 and 46."""
    assert not vouched(f"ARC-Authentication-Results: i=1; {PASS}", "ARC-Seal: x")
    assert not vouched(results(f"{OURS}; dkim=pass header.d=evil.example; spf=pass"))


def test_two_from_headers_or_an_odd_one_are_never_vouched_for():
    """Failure mode 35."""
    assert not vouched(results(PASS), "From: bob@evil.example")
    assert not vouched(results(PASS), "X: y\rFrom: bob@evil.example")
    assert not vouched(results(PASS), "X: \0")
    assert not vouched(results(PASS), "neither header nor body")


def test_what_stands_in_the_body_is_not_read():
    raw = f"From: ann@surgery.example\r\n\r\n{results(PASS)}\r\n"
    assert not is_authenticated(raw.encode(), OURS, "surgery.example")


def test_nothing_configured_vouches_for_nothing():
    raw = f"{results('; dmarc=pass header.from=')}\r\nFrom: ann@surgery.example\r\n\r\n".encode()
    assert not is_authenticated(raw, "", "surgery.example")
    assert not is_authenticated(raw, OURS, "")


def test_domains_compare_in_their_a_label_form():
    value = f"{OURS}; dmarc=pass header.from=xn--bcher-kva.example"
    assert vouched(results(value), domain="b\u00fccher.example")


@given(st.text(max_size=120))
def test_a_header_parses_or_says_that_it_does_not(value):
    for text in (value, f"{OURS}; {value}"):
        with contextlib.suppress(UnparsedResults):
            parse_results(text)


@given(st.binary(max_size=300))
def test_no_bytes_raise_or_vouch(raw):
    assert not is_authenticated(raw, OURS, "surgery.example")
