"""Every rule about a file itself, shown by one file and what it comes to.

Does: lists the rows, in the order of `config/arrivals.toml`. Each has a file judged as the service
would, as far along the way as its rule is told.
Trusts: `tests/builders.py` for the files.
Never touches: a worker or LibreOffice: a stand-in judges in this process, or converts nothing.
Known limits: what the worker and LibreOffice really do is shown by
`tests/handlers/readers/libreoffice` and `tests/handlers/judging/test_in_sandbox.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.deliveries import judge_documents
from handlers.deliveries.sort_by_case import told_as_new_versions
from handlers.document import Traits
from handlers.findings import Clues, Judgement
from handlers.judging.arrival import NOT_OPENED_RULES, JudgingRequest
from handlers.judging.in_sandbox import SandboxJudge
from handlers.judging.judging import READERS_BY_FORMAT, judge_document, judge_task
from handlers.readers.libreoffice.folder import ConversionFailed, ConverterNotInstalled
from handlers.readers.pdf.pdf_file import OcrNotInstalled
from handlers.readers.word.document import open_word
from handlers.register.agency_standing import KnownReport, check_against_standing
from handlers.register.submissions import Submission
from handlers.sandbox.protocol import DeliveryOutOfTime
from handlers.scanning.virus_scanner import ContentRefused, RefusalRule
from handlers.senders.covering_note import NoteSays, add_note_findings, with_identifier_told
from handlers.senders.sender_proof import question_altered_mail
from intake.message.message import Attachment, Message
from tests import builders as build
from tests.builders_workbook import workbook_file
from tests.handlers.readers.pdf.pdfs import pdf
from tests.handlers.rules.shown import CONTEXT, KINDS, STANDING
from tests.plain_reports import report

SOUND = build.make_statement()
TOLD = frozenset({"signed-typed"})  # of the kind, not of the file; nobody signs in no manner
QA = build.make_qa_form()
PICTURE = b"\x89PNG\r\n\x1a\n"

Said = tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """`come` has the file judged; `besides` is what else is told of it."""

    rule: str
    come: Callable[[], Said]
    besides: frozenset[str] = frozenset()


def judged(data: bytes, ending: str = "", assume: str | None = None) -> Said:
    return judge_document(data, JudgingRequest(replace(CONTEXT, assume=assume), ending), KINDS)


def of(rule: str, data: bytes, ending: str = "", *besides: str) -> Arrived:
    return Arrived(rule, lambda: judged(data, ending), frozenset(besides))


def read_as(reader: Callable[[bytes], Any]) -> Said:
    """A picture, with `reader` in the place of the one for pictures."""
    before = READERS_BY_FORMAT["png"]
    table: dict[str, Any] = READERS_BY_FORMAT  # type: ignore[assignment]  # put back below
    table["png"] = reader
    try:
        return judged(PICTURE)
    finally:
        table["png"] = before


def made_out(_: bytes) -> Any:
    reading = open_word(SOUND)
    reading.traits = Traits(on_paper=True, made_out=True)
    return reading


def no_reader(_: bytes) -> Any:
    raise OcrNotInstalled


@dataclass(frozen=True, slots=True)
class _Answer:
    value: Any


class Here:
    """The worker, in this process."""

    seconds_left = 60.0

    def __init__(self, fault: Exception | None = None) -> None:
        self._fault = fault

    @contextmanager
    def time_limit(self, seconds: float) -> Iterator[None]:
        """Nothing is heard in no time."""
        self.seconds_left = seconds
        yield

    def run_in_child(self, task: str, data: bytes, request: JudgingRequest) -> _Answer:
        if self.seconds_left <= 0:
            raise DeliveryOutOfTime
        if isinstance(self._fault, ContentRefused):
            raise self._fault
        return _Answer([] if task == "screen" else judge_task(data, request, KINDS))

    def convert_to_docx(self, data: bytes, format: str, seconds: float) -> bytes:
        """As a converter: the sound document, or its fault."""
        if self._fault is not None:
            raise self._fault
        return SOUND


def converted(fault: Exception | None = None) -> Said:
    here: Any = Here(fault)
    return SandboxJudge(here, KINDS, here).judge_in_sandbox(
        b"", JudgingRequest(CONTEXT, "odt", "odt")
    )


def out_of_time() -> Said:
    here: Any = Here()
    sandbox_judge = SandboxJudge(here, KINDS, here)
    with sandbox_judge.delivery_time_limit(0.0, 1, last=True):
        return sandbox_judge.judge_in_sandbox(b"", JudgingRequest(CONTEXT, "rtf", "rtf"))


def refused(rule: RefusalRule) -> Said:
    """By the virus scanner."""
    here: Any = Here(ContentRefused(rule, "Made.Up-1"))
    return SandboxJudge(here, KINDS, here).judge_in_sandbox(
        b"", JudgingRequest(CONTEXT, "docx", "docx")
    )


def standing(data: bytes, **where: Any) -> Said:
    (held,) = check_against_standing(replace(STANDING, **where), [judged(data)], KINDS)
    return held


def answered(data: bytes) -> Said:
    """Brought by a mail that speaks of the identifier."""
    (one,) = with_identifier_told((Submission(1, "", standing(data)),))
    return one.judgements


def shorter() -> Said:
    """A chronology, where one with an entry more was accepted."""
    chronology = build.make_chronology(build.STORIES["GP"])
    clues = judged(chronology)[0].clues
    longer = replace(clues, rows=(clues.rows or 0) + 1, digests=(*clues.digests, 1))
    return standing(chronology, accepted={"chronology": longer})


def twice() -> Said:
    """Two chronologies that differ, in one delivery."""
    rows = build.STORIES["GP"]
    both = [judged(build.make_chronology(told)) for told in (rows, rows[:-1])]
    return check_against_standing(STANDING, both, KINDS)[0]


def report_again() -> Said:
    """A report's second version, where its statement is held and was signed before."""
    signed = Clues(dated=date(2010, 5, 1))
    reports = {"imr": KnownReport(versions=1)}
    held = {"evaluation_statement": signed}
    return standing(build.make_imr(), held=held, reports=reports, day=date(2010, 5, 20))


def in_a_message() -> Said:
    """A nil return that is a message's own words."""
    lines = ("Sent: 20 May 2010", "We searched our records at Meadow Lane Surgery.")
    lines += ("No member of the family is or has been known to us.", "Kind regards")
    words = "\n".join((*lines, "Author One", "Practice Manager")).encode()
    return judge_document(words, JudgingRequest(CONTEXT, format="letter"), KINDS)


def unsure() -> bytes:
    sections = {"Introduction": ("Words.",), "Genogram": (), "Background Information": ()}
    return build.combined(QA, report("Individual Management Review", (), sections))


def brought(**how: Any) -> Said:
    """An attachment that never gets as far as the worker."""
    nobody: Any = None
    return judge_documents.judge_attachment(Attachment(SOUND, "", **how), CONTEXT, nobody)


def altered() -> Said:
    """A sound document in a message that was changed after it was signed."""
    message = Message(signature="broken")
    (one,) = question_altered_mail((Submission(1, "", judged(SOUND)),), message)
    return one.judgements


def as_new_version() -> Said:
    """A sound document that says of no review that it is for it."""
    (one,) = told_as_new_versions((Submission(1, "content", judged(SOUND)),), {"content"})
    return one.judgements


def worded(said: NoteSays) -> tuple[Judgement, ...]:
    nil = Judgement("nil_return", 1.0)
    (one,) = add_note_findings((Submission(1, "", (nil,)),), said, KINDS)
    return one.judgements


def not_opened(word: str) -> Arrived:
    return Arrived(NOT_OPENED_RULES[word], lambda: brought(closed=word))


def rows() -> Iterator[Arrived]:
    yield of("dangerous", build.remote_template(SOUND))
    yield Arrived("infected", lambda: refused("infected"))
    yield Arrived("not-scanned", lambda: refused("not-scanned"))
    yield of("unreadable", build.truncated(SOUND))
    yield of("empty", b"")
    yield of("too-much", build.zip_bomb(SOUND))
    yield Arrived("out-of-time", out_of_time)
    yield of("protected", build.encrypted(SOUND))
    yield of("sealed", b"-----BEGIN PKCS7-----")
    yield Arrived("message-altered", altered, TOLD)
    yield of("not-recognised", report("Lone working", (), {"Scope": ("All staff.",)}))
    yield of("not-recognised-near", report("Minutes", (), {"Introduction": (), "Analysis": ()}))
    titled = report("Individual Management Review", ("To follow.",), {})
    yield Arrived("if-nearest", lambda: judged(titled), frozenset({"not-recognised-near"}))
    yield of("perhaps-besides", unsure())
    yield of("format-not-read", b"Some words.")
    yield of("chronology-format", workbook_file([build.CHRONOLOGY_HEADINGS]))
    yield of("wrong-ending", SOUND, "pdf", *TOLD)
    yield Arrived("not-owed", lambda: standing(SOUND, owed=frozenset()), TOLD)
    yield Arrived("taken-as-new-version", as_new_version, TOLD)
    yield Arrived("cut-short", lambda: brought(damaged=True))
    yield Arrived("another-case", lambda: standing(report_of("N13/A"), elsewhere={"n13"}))
    yield Arrived(
        "accepted-elsewhere", lambda: judge_documents.add_accepted_elsewhere(judged(SOUND)), TOLD
    )
    yield Arrived("shorter-than-before", shorter)
    yield Arrived("two-versions", twice)
    yield Arrived("signed-before-report", report_again)
    yield Arrived("identifier-unknown", lambda: standing(report_of("N13/A")))
    yield Arrived("identifier-told", lambda: answered(report_of("N13/A")))
    yield Arrived("another-agency", lambda: standing(build.make_qa_form(agency="Shire Police")))
    yield Arrived("converted", converted, TOLD)
    yield Arrived("not-converted", lambda: converted(ConversionFailed()))
    yield Arrived("no-converter", lambda: converted(ConverterNotInstalled()))
    yield Arrived("no-ocr", lambda: read_as(no_reader))
    yield Arrived("mail-says-more", lambda: worded("more"))
    yield Arrived("mail-says-unfinished", lambda: worded("unfinished"))
    yield of("adobe-form", pdf(catalog=ADOBE, more=["<< /Length 0 >>\nstream\n\nendstream"]))
    yield Arrived("not-in-word", lambda: judged(ON_SHEET, "", "debrief_slip"), SLIP)
    yield Arrived("in-a-message", in_a_message)
    yield Arrived("made-out", lambda: read_as(made_out), frozenset({"signed-image"}))
    yield from map(not_opened, NOT_OPENED_RULES)


def report_of(identifier: str) -> bytes:
    return build.make_imr(in_respect_of=identifier)


ADOBE = "/NeedsRendering true /AcroForm << /Fields [] /XFA [(template) 5 0 R] >>"
ON_SHEET = workbook_file([("De-briefing Attendance Slip",), ("HV1 will attend",)])
SLIP = frozenset({"attendance"})
ROWS: Mapping[str, Arrived] = {row.rule: row for row in rows()}
