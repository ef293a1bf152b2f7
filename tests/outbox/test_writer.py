"""Letters as they are written: golden texts, and headers that nobody else can influence."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError

from config.english import possessive
from outbox.samples.drafts import RECEIPT, SAMPLES, sample_draft
from outbox.samples.facts import ACCEPTED
from outbox.writing.letter_passages import LINE_WIDTH, wrap_letter_text
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.subject_line import LetterMalformed
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD

NOW = datetime(2010, 4, 1, 10, 15, tzinfo=ZoneInfo("Europe/London"))
GOLDEN = Path(__file__).parent / "golden"
ID = "<scr.0123456789abcdef@board.example>"


@pytest.fixture
def writer() -> LetterWriter:
    return LetterWriter(BOARD, "scr-returns@board.example")


@pytest.mark.parametrize("name", SAMPLES)
def test_each_letter_reads_as_it_was_agreed(writer: LetterWriter, name: str) -> None:
    """Run with SCR_WRITE_GOLDEN=1 to write the texts anew, and then read them."""
    letter = parse_letter(writer.write(SAMPLES[name], ID, NOW))
    text = f"Subject: {letter['Subject']}\n\n{letter_plain_text(letter)}".replace("\r\n", "\n")
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("SCR_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_is_narrow_enough_to_read(writer: LetterWriter, name: str) -> None:
    text = letter_plain_text(parse_letter(writer.write(SAMPLES[name], ID, NOW)))
    assert max(map(len, text.splitlines())) <= LINE_WIDTH + 4


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_never_blames_or_talks_like_a_machine(writer: LetterWriter, name: str) -> None:
    text = letter_plain_text(parse_letter(writer.write(SAMPLES[name], ID, NOW))).casefold()
    assert not [w for w in ("invalid", "failed", "error", "illegal", "must ") if w in text]


_NAME_NO_CASE = ("digest", "unplaced", "confirmation")


@pytest.mark.parametrize("name", SAMPLES)
def test_each_subject_has_the_marking_the_case_and_whether_there_is_something_to_do(
    writer: LetterWriter, name: str
) -> None:
    subject = str(parse_letter(writer.write(SAMPLES[name], ID, NOW))["Subject"])
    begins = "OFFICIAL-SENSITIVE: "
    if SAMPLES[name].kind == "alert":
        begins += "scr-intake: "
    elif SAMPLES[name].kind not in _NAME_NO_CASE and name != "urgent-held":
        # of those whose it is, or for which review, is not known
        begins += "SCR N12: "
    assert subject.startswith(begins)
    says = (
        "action needed",
        "you can do",
        "nothing was logged",
        "for your attention",
        "need you",
        "needs you",
        "your answer",
    )
    assert any(words in subject for words in says)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_letter_to_an_agency_has_its_checklist_what_happens_next_and_whom_to_ask(
    writer: LetterWriter, name: str
) -> None:
    draft = SAMPLES[name]
    if draft.kind in (
        "digest",
        "alert",
        "urgent",
        "confirmation",
        "to-chair",
        "undecided",
        "unplaced",
    ):
        return
    text = letter_plain_text(parse_letter(writer.write(draft, ID, NOW)))
    assert f"{possessive(draft.facts.agency)} returns for N12" in text  # type: ignore[attr-defined]
    assert "The Administrator will read it." in " ".join(text.split())
    if name.startswith("decision-message"):  # what a person wrote stands for itself
        return
    leads = ("What happens next", "What to do next", "If you need more time", "You do not need")
    asks = ("tell us today when it will be", "tell us today when they will be")
    assert any(words in text for words in (*leads, *asks))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("replies", [True, False])
def test_every_letter_of_every_kind_has_just_the_headers_it_should(
    writer: LetterWriter, name: str, replies: bool
) -> None:
    """RFC 3834 and RFC 5322; failure modes 65 and 77. A reply is threaded under what it answers."""
    thread = "<CAF+1@mail.meadowlane.example>" if replies else ""
    draft = replace(SAMPLES[name], thread=thread, replies=replies)
    letter = parse_letter(writer.write(draft, ID, NOW))
    assert letter["Auto-Submitted"] == ("auto-replied" if replies else "auto-generated")
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["X-SCR-Intake"] == draft.kind
    assert letter["Message-ID"] == ID
    assert [letter["In-Reply-To"], letter["References"]] == [thread or None] * 2
    known = {
        *("from", "to", "subject", "date", "message-id", "in-reply-to", "references"),
        *("auto-submitted", "x-auto-response-suppress", "x-scr-intake", "importance"),
        *("mime-version", "content-type"),
    }
    names = [name.lower() for name in letter]
    assert set(names) <= known
    assert len(names) == len(set(names))


def test_every_letter_says_that_a_program_sent_it(writer: LetterWriter) -> None:
    """RFC 3834; failure mode 65."""
    reply = replace(sample_draft("acknowledgement", ACCEPTED), replies=True)
    assert parse_letter(writer.write(reply, ID, NOW))["Auto-Submitted"] == "auto-replied"
    letter = parse_letter(writer.write(SAMPLES["chaser"], ID, NOW))
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["X-SCR-Intake"] == "chaser"


def test_the_message_id_is_ours_and_the_same_at_every_try(writer: LetterWriter) -> None:
    raw = writer.write(SAMPLES["chaser"], ID, NOW)
    assert parse_letter(raw)["Message-ID"] == ID
    assert raw == writer.write(SAMPLES["chaser"], ID, NOW)


@pytest.mark.parametrize("length", [10, 78, 180])
def test_a_long_id_is_answered_without_being_encoded(writer: LetterWriter, length: int) -> None:
    """Failure mode 78."""
    thread = f"<{'x' * length}@meadowlane.example>"
    reply = replace(sample_draft("acknowledgement", ACCEPTED), thread=thread, replies=True)
    raw = writer.write(reply, ID, NOW)
    assert f"In-Reply-To: {thread}\r\n".encode() in raw


@pytest.mark.parametrize(
    "thread",
    [
        "no brackets@x.example",
        "<a@b>\r\nBcc: <evil@x.example>",
        "<=?utf-8?q?hello=0ABcc:_evil?=@x.example> x",
        f"<{'x' * 500}@x.example>",
    ],
)
def test_an_id_that_is_not_strictly_one_is_left_out(writer: LetterWriter, thread: str) -> None:
    """Failure mode 77."""
    reply = replace(sample_draft("acknowledgement", ACCEPTED), thread=thread, replies=True)
    letter = parse_letter(writer.write(reply, ID, NOW))
    assert letter["In-Reply-To"] is None
    assert letter["Bcc"] is None


def test_a_name_cannot_bring_a_header_along(writer: LetterWriter) -> None:
    """Failure mode 77."""
    person = replace(SAMPLES["chaser"].recipient, name="Ann\r\nBcc: evil@x.example")
    letter = parse_letter(writer.write(replace(SAMPLES["chaser"], recipient=person), ID, NOW))
    assert letter["Bcc"] is None
    assert letter["To"].addresses[0].addr_spec == "author@meadowlane.example"


def test_a_name_that_would_turn_into_a_header_stops_the_letter(writer: LetterWriter) -> None:
    """Failure mode 77: an encoded word that reads back as something else is not sent."""
    person = replace(SAMPLES["chaser"].recipient, name="=?utf-8?q?hello=0ABcc:_evil?=")
    with pytest.raises(LetterMalformed):
        writer.write(replace(SAMPLES["chaser"], recipient=person), ID, NOW)


def test_the_wire_form_has_only_crlf(writer: LetterWriter) -> None:
    """Failure mode 80."""
    raw = writer.write(SAMPLES["rejection"], ID, NOW)
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_template_that_asks_for_what_is_not_there_is_refused(writer: LetterWriter) -> None:
    with pytest.raises(UndefinedError):
        writer.write(sample_draft("rejection", ACCEPTED.documents[0]), ID, NOW)


def test_names_beyond_ascii_arrive_whole(writer: LetterWriter) -> None:
    facts = replace(ACCEPTED, to="Zoë Müller", agency="Llŷn Surgery")
    text = letter_plain_text(
        parse_letter(writer.write(sample_draft("acknowledgement", facts), ID, NOW))
    )
    assert "Dear Zoë Müller" in text
    assert "Llŷn Surgery's QA form" in text


def test_a_long_line_is_wrapped_under_its_own_text() -> None:
    text = wrap_letter_text("Changes\n  1. " + "word " * 30)
    _, first, second, *_ = text.split("\n")
    assert first.startswith("  1. word") and len(first) <= LINE_WIDTH
    assert second.startswith("     word")


def test_columns_are_never_wrapped() -> None:
    line = "  Evaluation Statement   still to come   was due Wednesday 29 September, or later"
    assert wrap_letter_text(line).strip() == line.strip()


WAY = "by Egress, or from any CJSM address, to scr-returns@board.example."


@pytest.mark.parametrize("name", [n for n, d in SAMPLES.items() if d.recipient.contact_id])
def test_every_letter_to_an_agency_names_the_boards_secure_way(name: str) -> None:
    writer = LetterWriter(BOARD.model_copy(update={"secure_way": WAY}), "scr-returns@board.example")
    text = " ".join(letter_plain_text(parse_letter(writer.write(SAMPLES[name], ID, NOW))).split())
    assert f"To send us anything securely: {WAY} If something here looks wrong" in text


def test_a_receipt_names_it_too() -> None:
    writer = LetterWriter(BOARD.model_copy(update={"secure_way": WAY}), "scr-returns@board.example")
    assert f"To send us anything securely: {WAY}" in " ".join(writer.write_receipt(RECEIPT).split())
