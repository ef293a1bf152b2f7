"""What mails without a document come to that speak of more time: for which return, until when, or
that they are none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.time_request_words import TIME_REQUEST_REASONS
from handlers.register.entries import Entries
from handlers.register.submissions import Submission
from tests.in_process import InProcessWorker
from tests.processors import Desk, mail
from tests.registry import KINDS

WRITTEN = datetime(2010, 4, 6, 9, 0, tzinfo=UTC)
UNREAD = "unread"
_IN = tomllib.loads(Path(__file__).with_name("time_requests_by_mail.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    yield Desk(tmp_path_factory.mktemp("desk"), InProcessWorker(KINDS))


def said(judge: Desk, words: str, subject: str = "Serious Case Review N12") -> Submission:
    raw = mail(subject=subject, body=f"{words}\n\nRegards\nAuthor One\n")
    delivery = judge.registry.arrived(raw, "mail-1", now=WRITTEN)
    (part,) = judge.processor.settle_delivery(delivery, WRITTEN).parts
    (submission,) = part.submissions
    return submission


def asked(submission: Submission) -> tuple[str, str] | None:
    """The returns and the day of a request; None of anything else."""
    for one in submission.judgements:
        if one.kind == "extension_request":
            kept, rules = dict(one.clues.asks), {finding.rule for finding in one.findings}
            unread = UNREAD if "new_date-unclear" in rules else ""
            return kept.get("Return", ""), kept.get("New date", unread)
    return None


@pytest.mark.parametrize("case", _IN["asks"], ids=lambda case: case["mail"][:60])
def test_a_request_is_known_with_its_returns_and_its_day(judge: Desk, case: dict[str, Any]) -> None:
    assert asked(said(judge, case["mail"])) == (case["names"], case["until"])


@pytest.mark.parametrize("case", _IN["withdrawn"], ids=lambda case: case["mail"][:60])
def test_a_withdrawal_is_none_and_says_of_which_return(
    judge: Desk, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a request waits; what becomes of it else: `tests/flow/test_withdrawn_requests.py`."""
    monkeypatch.setattr(Entries, "has_open_time_request", lambda *_: True)
    submission = said(judge, case["mail"])
    assert (submission.reason, submission.verdict) == ("request-withdrawn", "refer")
    assert sorted(submission.names) == sorted(case["names"])


@pytest.mark.parametrize("case", _IN["none"], ids=lambda case: case["mail"][:60])
def test_what_only_speaks_of_time_is_no_request(judge: Desk, case: dict[str, Any]) -> None:
    submission = said(judge, case["mail"])
    assert asked(submission) is None and submission.reason != "request-withdrawn"


def test_what_is_declined_is_not_what_a_message_is_about(judge: Desk) -> None:
    """Its chasing goes on, and no more time is offered for it."""
    assert said(judge, "We do not need longer for the chronology. How long is the IMR?").names == (
        "imr",
    )


def test_a_reason_is_what_the_asking_sentence_gives_or_one_beside_it(judge: Desk) -> None:
    for words, reason in (
        ("May we have until 18 June for the IMR, as our author is ill?", "as our author is ill?"),
        ("May we have until 19 June for the IMR? The author is ill.", "The author is ill."),
        ("May we have until 21 June for the IMR? The chronology is on its way.", None),
        ("May we have until 22 June for the QA form? The statement will be on time.", None),
    ):
        (judgement,) = said(judge, words).judgements
        assert dict(judgement.clues.asks).get("Reason") == reason, words


def test_a_nearly_nil_return_is_a_nil_return_with_a_question(judge: Desk) -> None:
    """Failure mode: an `extend` was offered for it."""
    for words in (
        "Nil return from us - well, nearly. There was one call from the grandmother in 2008.",
        "Please take this as our nil return for now. I will write again if the father is known.",
    ):
        (judgement,) = said(judge, words).judgements
        assert (judgement.kind, judgement.verdict) == ("nil_return", "refer")
    assert said(judge, "Do we have to send a nil return if nobody is known?").judgements == ()


def test_the_subject_says_for_which_return_where_the_words_do_not(judge: Desk) -> None:
    words = "Is there any flexibility on the 28th? A week would do it."
    assert asked(said(judge, words, "Re: IMR")) == ("IMR", "one week more")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Email finally fixed after the migration. Our IMR author has gone off sick, so the IMR"
         " will not be with you before the end of June.", "because of illness"),
        ("Our computers are working again. Could we have until 11 June for the IMR?", ""),
        ("The server is still not fixed. Could we have until 11 June for the IMR?",
         "because of a computer fault"),
        ("The IMR is being checked with Operation Elm. Could we have until 11 June for it?", ""),
        ("The records of the accident are many. Could we have until 11 June for the IMR?", ""),
    ],
)  # fmt: skip
def test_no_reason_is_told_back_that_was_not_given(judge: Desk, words: str, told: str) -> None:
    (request,) = (j for j in said(judge, words).judgements if j.kind == "extension_request")
    because = {reason.says for reason in TIME_REQUEST_REASONS}
    summary = " ".join(finding.message for finding in request.findings)
    assert [one for one in because if one in summary] == [told] * bool(told)
