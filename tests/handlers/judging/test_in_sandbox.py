"""The worker is believed for the shape of what it says, and for no more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest

from handlers.comments.copy import annotate_task
from handlers.comments.request import CommentNote, CommentRequest
from handlers.context import Context
from handlers.findings import FindingPlace, Judgement
from handlers.judging.arrival import UNREAD_PHRASES, JudgingRequest
from handlers.judging.in_sandbox import SandboxJudge
from handlers.judging.judging import judge_document
from handlers.readers.libreoffice.converter import Converter
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import UnforeseenFault, WorkerLimits
from tests import builders as build
from tests.handlers.readers.libreoffice.odt import odt
from tests.registry import KINDS

HERE = Path(__file__).parents[1]
QUESTION = JudgingRequest(Context(date(2010, 5, 28)), "docx")
QUESTION_ODT = replace(QUESTION, format="odt")
ASSUMED = JudgingRequest(Context(date(2010, 5, 28), assume="imr"), "docx")
SMALL = WorkerLimits(wall_seconds=20, cpu_seconds=1, memory_bytes=400 << 20, reply_bytes=4 << 20)


@pytest.fixture(scope="module")
def sandbox_judge() -> Iterator[SandboxJudge]:
    with Worker(setup=KINDS) as worker:
        yield SandboxJudge(worker, KINDS)


@pytest.fixture(scope="module")
def odd() -> Iterator[SandboxJudge]:
    """A worker whose tasks do what the document says: crash, spin, lie."""
    tasks = {name: f"odd_tasks:{name}" for name in ("annotate", "judge", "unpack", "sniff")}
    with Worker(SMALL, tasks, setup=KINDS, path=[HERE]) as worker:
        yield SandboxJudge(worker, KINDS)


def test_what_comes_back_from_the_worker_is_what_judging_said(sandbox_judge: SandboxJudge) -> None:
    joined = build.combined(build.make_qa_form(), build.make_statement())
    for docx in (joined, build.make_chronology(build.STORIES["GP"]), b"words"):
        assert sandbox_judge.judge_in_sandbox(docx, QUESTION) == judge_document(
            docx, QUESTION, KINDS
        )


def test_a_mail_is_unpacked_in_the_worker(sandbox_judge: SandboxJudge) -> None:
    raw = build.mail("a@b.example", "c@d.example", "N12", "Words.", [("x.docx", b"PK\3\4x")])
    message = sandbox_judge.unpack_message(raw)
    assert message.sender == "a@b.example"
    assert [a.content for a in message.documents] == [b"PK\3\4x"]


@pytest.mark.parametrize(
    ("deed", "why"),
    [("crash", "ended"), ("spin", "time"), ("hoard", "size"), ("flood", "size")],
)
def test_a_worker_that_dies_on_a_document_is_a_question_that_says_why(
    odd: SandboxJudge, deed: str, why: str
) -> None:
    """Failure modes 48 and 55."""
    (judgement,) = odd.judge_in_sandbox(deed.encode(), QUESTION)
    assert (judgement.kind, judgement.verdict) == (None, "refer")
    assert judgement.findings[0].rule == "too-much"
    assert UNREAD_PHRASES[why] in judgement.findings[0].message
    assert odd.judge_in_sandbox(b"good", QUESTION) == (Judgement("imr", 0.5),)


def test_the_kind_that_was_named_stays_with_what_could_not_be_read(odd: SandboxJudge) -> None:
    (judgement,) = odd.judge_in_sandbox(b"crash", ASSUMED)
    assert judgement.kind == "imr"


@pytest.mark.parametrize(
    "lie",
    [
        "nothing",
        "no list",
        "no kind",
        "a verdict",
        "a severity",
        "a place",
        "a date",
        "a digest",
        "too many digests",
        "other words",
    ],
)
def test_an_answer_of_another_shape_or_in_other_words_is_not_believed(
    odd: SandboxJudge, lie: str
) -> None:
    """Failure mode 83. No judgement at all would leave the document unanswered and unlogged."""
    (judgement,) = odd.judge_in_sandbox(lie.encode(), QUESTION)
    assert [f.rule for f in judgement.findings] == ["too-much"]


def test_a_bug_of_ours_is_raised_and_is_nobody_s_question(odd: SandboxJudge) -> None:
    """Promise 6: the delivery is tried again and then set aside."""
    with pytest.raises(UnforeseenFault):
        odd.judge_in_sandbox(b"stumble", QUESTION)
    with pytest.raises(UnforeseenFault):
        odd.unpack_message(b"stumble")


@pytest.mark.parametrize("deed", ["crash", "garbled"])
def test_a_mail_that_cannot_be_read_is_from_nobody(odd: SandboxJudge, deed: str) -> None:
    """Failure modes 27 and 28."""
    message = odd.unpack_message(deed.encode())
    assert (message.sender, message.documents) == ("", ())
    assert message.trouble == ("unreadable",)


def test_no_words_of_an_unreadable_document_come_out(odd: SandboxJudge) -> None:
    """Failure mode 89."""
    told: Any = odd.judge_in_sandbox(b"crash Jane Canary", QUESTION)
    assert "Canary" not in repr(told)


def test_a_copy_is_annotated_in_the_worker(sandbox_judge: SandboxJudge) -> None:
    docx = build.make_chronology(build.STORIES["GP"])
    request = CommentRequest(
        (CommentNote(FindingPlace(1, 3, "Date"), "chronology", ("Words.",)),), "A", "A", "t"
    )
    assert (
        sandbox_judge.annotate_document(docx, request) == annotate_task(docx, request, KINDS)[1][0]
    )
    assert sandbox_judge.annotate_document(b"no document", request) is None


@pytest.mark.parametrize("deed", ["crash", "spin", "hoard", "none", "two", "huge", "path"])
def test_what_is_no_word_document_of_a_likely_size_is_no_copy(odd: SandboxJudge, deed: str) -> None:
    """Failure mode 55: what a document that took the worker over would have us put back."""
    assert odd.annotate_document(deed.encode(), CommentRequest((), "", "", "")) is None
    assert odd.annotate_document(b"good", CommentRequest((), "", "", "")) == b"PK copy"


@pytest.mark.parametrize("to", ["doc", "rtf", "odt"])
def test_another_word_processors_chronology_is_converted_judged_and_advised_about(
    sandbox_judge: SandboxJudge, to: Literal["doc", "rtf", "odt"]
) -> None:
    build.needs_office()
    docx = build.make_chronology(build.STORIES["GP"])
    (said,) = sandbox_judge.judge_in_sandbox(build.through_libreoffice(docx, to), QUESTION)
    assert said.clues.digests == sandbox_judge.judge_in_sandbox(docx, QUESTION)[0].clues.digests
    assert (said.kind, said.verdict, said.clues.rows) == ("chronology", "accept", 46)
    assert "converted" in [finding.rule for finding in said.findings]


def test_a_fault_in_what_was_converted_is_found_as_in_any_other(
    sandbox_judge: SandboxJudge,
) -> None:
    build.needs_office()
    broken = build.with_cell(build.make_chronology(build.STORIES["GP"]), 14, "Date", "31/06/2007")
    (said,) = sandbox_judge.judge_in_sandbox(build.through_libreoffice(broken, "odt"), QUESTION)
    faults = [(f.rule, f.where.row) for f in said.findings if f.severity == "fault"]
    assert faults == [("date-invalid", 14)]


NIL = "<p>No member of the family is or has been known to this agency.</p>"
PAGE = (
    f"<html><body><h2>Nil return</h2><p>Agency: Meadow Lane Surgery</p>{NIL}<p>Name: Jane Holt</p>"
    "<p>Role: Practice Manager</p><p>Date: 20/05/2010</p></body></html>"
)


def test_a_document_saved_as_a_web_page_is_converted_and_judged(
    sandbox_judge: SandboxJudge,
) -> None:
    build.needs_office()
    (said,) = sandbox_judge.judge_in_sandbox(PAGE.encode(), QUESTION)
    assert (said.kind, said.verdict) == ("nil_return", "accept")
    assert "converted" in [finding.rule for finding in said.findings]


@pytest.mark.parametrize(
    "more", ["<img src='https://x.example/a.png'>", "<p style='display:none'>Known.</p>", "<form>"]
)
def test_a_web_page_with_more_in_it_is_told_how_to_save_it(
    sandbox_judge: SandboxJudge, more: str
) -> None:
    page = PAGE.replace("</body>", f"{more}</body>")
    (said,) = sandbox_judge.judge_in_sandbox(page.encode(), QUESTION)
    assert [f.rule for f in said.findings] == ["format-not-read"]


def test_a_web_page_that_is_no_return_is_told_how_to_save_it(sandbox_judge: SandboxJudge) -> None:
    build.needs_office()
    page = "<html><body><p>The surgery is closed on Monday.</p></body></html>"
    (said,) = sandbox_judge.judge_in_sandbox(page.encode(), QUESTION)
    assert [f.rule for f in said.findings] == ["format-not-read"]


def test_a_web_page_that_does_something_is_held(sandbox_judge: SandboxJudge) -> None:
    page = PAGE.replace("</body>", "<script language='VBScript'>MsgBox 1</script></body>")
    (said,) = sandbox_judge.judge_in_sandbox(page.encode(), QUESTION)
    assert said.verdict == "hold"


def test_without_a_converter_a_person_looks_and_is_told_why(tmp_path: Path) -> None:
    with Worker(setup=KINDS) as worker:
        sandbox_judge = SandboxJudge(worker, KINDS, Converter(program=tmp_path / "not-there"))
        (said,) = sandbox_judge.judge_in_sandbox(b"{\\rtf1 made up}", QUESTION)
    assert [(f.rule, f.severity) for f in said.findings] == [("no-converter", "question")]


def test_what_cannot_be_converted_is_a_question(sandbox_judge: SandboxJudge) -> None:
    build.needs_office()
    (said,) = sandbox_judge.judge_in_sandbox(b"not a .doc at all", replace(QUESTION, format="doc"))
    assert [(f.rule, f.severity) for f in said.findings] == [("not-converted", "question")]


def test_a_document_that_makes_libreoffice_eat_its_memory_is_a_question_and_stops_none() -> None:
    """Failure mode 48: 800 KB that LibreOffice makes 2.6 GB of; here it may take 600 MB."""
    build.needs_office()
    greedy = odt(20_000 * '<text:p><text:s text:c="65000"/></text:p>')
    good = build.through_libreoffice(build.make_chronology(build.STORIES["GP"]), "odt")
    with Worker(setup=KINDS) as worker:
        sandbox_judge = SandboxJudge(worker, KINDS, Converter(memory=600 << 20, seconds=40))
        began = time.monotonic()
        (told,) = sandbox_judge.judge_in_sandbox(greedy, QUESTION_ODT)
        assert time.monotonic() - began < 30, "its time ended it, not its memory"
        (said,) = sandbox_judge.judge_in_sandbox(good, QUESTION_ODT)
    assert [(f.rule, f.severity) for f in told.findings] == [("not-converted", "question")]
    assert said.verdict == "accept"


@pytest.mark.parametrize("document", [b"path", b"list"])
def test_a_word_that_no_file_is_sniffed_as_is_not_believed(
    odd: SandboxJudge, document: bytes
) -> None:
    assert odd.sniff_format(document) == "unknown"
