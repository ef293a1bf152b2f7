"""What every sort of file comes to, from its bytes alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from pydantic import TypeAdapter

from config.kind_loading import load_kinds
from config.kind_shape import FormShape
from handlers.checks.form.letter_sentences import phrase_pattern
from handlers.checks.form.statement_answers import statement_patterns
from handlers.checks.form.wording import as_written, text_around_wording
from handlers.checks.recognition.word_index import folded_wording
from handlers.context import AgencyFacts, CaseFacts, Context
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.document_checks import LETTER_FORMAT
from handlers.judging.judging import (
    REFUSAL_RULES,
    judge_document,
    judge_task,
    judgement_as_json,
    warm,
)
from handlers.readers.pdf import ocr
from handlers.readers.word import errors
from tests import builders as build
from tests.builders_package import Element, body, w
from tests.builders_workbook import workbook_file
from tests.handlers.readers.pdf.pdfs import grey_pages, pdf, png
from tests.handlers.readers.pdf.pdfs import text as printed
from tests.handlers.readers.pdf.reading import needs_ocr
from tests.papers.paper import blank_word, document_bytes
from tests.plain_reports import report

ROOT = Path(__file__).parents[3]
KINDS = load_kinds()
TODAY = date(2010, 5, 28)
IMR, QA, STATEMENT = build.make_imr(), build.make_qa_form(), build.make_statement()
CHRONOLOGY = build.make_chronology(build.STORIES["GP"])
SPREADSHEET = workbook_file([build.CHRONOLOGY_HEADINGS])


def judged(data: bytes, ending: str = "docx", assume: str | None = None) -> tuple[Judgement, ...]:
    return judge_document(data, JudgingRequest(Context(TODAY, assume=assume), ending), KINDS)


def outcome(data: bytes, ending: str = "docx", assume: str | None = None) -> tuple[str, list[str]]:
    """The verdict of the one judgement, and its rules."""
    (judgement,) = judged(data, ending, assume)
    return judgement.verdict, [finding.rule for finding in judgement.findings]


def without_word_folder(docx: bytes) -> bytes:
    """A Word document whose parts all lie in another folder, as the format allows."""
    parts = {name.replace("word/", "text/"): data for name, data in build.parts(docx).items()}
    moved = {name: data.replace(b"word/", b"text/") for name, data in parts.items()
             if name.endswith((".rels", "[Content_Types].xml"))}  # fmt: skip
    return build.packed({**parts, **moved})


def emptied(root: Element) -> None:
    for block in list(body(root))[:-1]:
        body(root).remove(block)


def only_pictures(root: Element) -> None:
    for text in root.iter(w("t")):
        text.text = ""


# Returns in Word


@pytest.mark.parametrize("change", [lambda docx: docx, build.macro_enabled, build.strict])
def test_a_word_document_is_judged_by_its_content(change: Callable[[bytes], bytes]) -> None:
    (judgement,) = judged(change(CHRONOLOGY), "docm")
    assert (judgement.kind, judgement.verdict) == ("chronology", "accept")


def test_a_chronology_behind_an_imr_is_two_returns() -> None:
    found = judged(build.combined(IMR, CHRONOLOGY))
    assert {j.kind: j.verdict for j in found} == {"chronology": "accept", "imr": "accept"}


def test_three_returns_in_one_file_are_judged_each_on_its_own() -> None:
    broken = build.with_text(STATEMENT, build.STATEMENTS[1], "")
    found = judged(build.combined(IMR, QA, broken))
    assert [(j.kind, j.verdict) for j in found] == [
        ("imr", "accept"),
        ("qa_form", "accept"),
        ("evaluation_statement", "reject"),
    ]


@pytest.mark.parametrize("kind", ["chronology", "imr", "qa_form", "evaluation_statement"])
def test_a_blank_template_is_its_kind_and_sent_back(kind: str) -> None:
    (judgement,) = judged(build.blanks()[kind])
    assert (judgement.kind, judgement.verdict) == (kind, "reject")
    assert judgement.findings[0].rule in ("blank-template", "no-rows")


@pytest.mark.parametrize("ending", ["doc", "pdf", "txt", "xlsx"])
def test_a_wrong_ending_is_advice_and_nothing_worse(ending: str) -> None:
    assert outcome(STATEMENT, ending) == ("accept", ["signed-typed", "wrong-ending"])


@pytest.mark.parametrize("ending", ["", "docx", "docm", "dotx", "dotm"])
def test_word_s_own_endings_are_right(ending: str) -> None:
    assert outcome(STATEMENT, ending) == ("accept", ["signed-typed"])


def test_the_advice_on_the_ending_is_told_once_for_a_file_of_several_returns() -> None:
    told = [f.rule for j in judged(build.combined(IMR, QA), "pdf") for f in j.findings]
    assert told.count("wrong-ending") == 1


# Not recognised


def test_what_is_not_recognised_is_a_question_that_names_the_nearest_kind() -> None:
    (judgement,) = judged(report("Individual Management Review", ("To follow.",), {}))
    assert (judgement.kind, judgement.verdict) == (None, "refer")
    assert judgement.findings[0].rule == "not-recognised-near"
    assert "most like the IMR" in judgement.findings[0].message


def test_a_document_with_nothing_in_it_is_sent_back_and_a_picture_is_for_a_person() -> None:
    assert outcome(build.edited(STATEMENT, emptied)) == ("reject", ["empty"])
    pictured = build.edited(build.signed_with_picture(STATEMENT), only_pictures)
    assert outcome(pictured) == ("refer", ["not-recognised"])


def test_a_danger_in_a_document_with_nothing_in_it_holds_it() -> None:
    assert outcome(build.remote_template(build.edited(STATEMENT, emptied))) == (
        "hold",
        ["dangerous"],
    )


LOG = ("Date", "Time", "Agency", "Attendees", "Room", "Chair", "Minutes", "Notes")


def listing(*headings: str) -> bytes:
    """A list of meetings, or of anything, under these headings."""
    word = blank_word()
    table = word.add_table(2, len(headings))
    for at, heading in enumerate(headings):
        table.cell(0, at).text, table.cell(1, at).text = heading, "01/02/2010" if at == 0 else "x"
    return document_bytes(word)


def test_another_list_of_days_and_times_is_not_sent_back_as_a_chronology() -> None:
    """Only its place told most of its headings, and six of them would have been faults."""
    assert outcome(listing(*LOG)) == ("refer", ["not-recognised-near"])
    (meant,) = judged(listing(*LOG), assume="chronology")
    assert (meant.kind, meant.verdict) == ("chronology", "reject")


def test_a_chronology_with_half_its_headings_is_one_and_told_what_is_missing() -> None:
    (short,) = judged(listing(*build.CHRONOLOGY_HEADINGS[:3], "Source of Information", "Event"))
    assert (short.kind, short.verdict) == ("chronology", "reject")
    assert [f.rule for f in short.findings].count("heading-missing") == 4


def test_what_is_near_to_nothing_is_a_question_without_a_guess() -> None:
    assert outcome(report("Lone working", (), {"Scope": ("All staff.",)})) == (
        "refer",
        ["not-recognised"],
    )


def test_a_second_return_that_nobody_can_be_sure_of_is_a_question_beside_the_first() -> None:
    sections = {"Introduction": ("Words.",), "Genogram": (), "Background Information": ()}
    broken = report("Individual Management Review", (), sections)
    for first, kind in ((QA, "qa_form"), (CHRONOLOGY, "chronology")):
        sure, unsure = judged(build.combined(first, broken))
        assert (sure.kind, sure.verdict) == (kind, "accept")
        assert (unsure.kind, unsure.verdict) == (None, "refer")
        assert unsure.findings[0].rule == "perhaps-besides"
        assert "most like the IMR" in unsure.findings[0].message


# A kind that the sender or the administrator named


def test_a_kind_that_was_named_is_judged_as_that() -> None:
    letter = report("Dear Administrator", ("We hold no records of any of those named.",), {})
    (judgement,) = judged(letter, assume="nil_return")
    assert (judgement.kind, judgement.confidence, judgement.verdict) == (
        "nil_return",
        0.6,
        "reject",
    )


def test_a_kind_that_was_named_is_looked_for_among_several() -> None:
    untitled = build.with_text(STATEMENT, "Evaluation Statement of behalf of agency", "")
    (judgement,) = judged(build.combined(QA, untitled), assume="evaluation_statement")
    assert (judgement.kind, judgement.confidence) == ("evaluation_statement", 0.9)
    assert judgement.verdict == "accept"


def test_a_chronology_that_was_named_and_is_none_is_a_question() -> None:
    (judgement,) = judged(STATEMENT, assume="chronology")
    assert (judgement.kind, judgement.verdict) == (None, "refer")
    assert "most like the chronology" in judgement.findings[0].message
    (judgement,) = judged(build.combined(IMR, CHRONOLOGY), assume="chronology")
    assert (judgement.kind, judgement.verdict) == ("chronology", "accept")


# Not read (the toolkit's rules, section 6)


@pytest.mark.parametrize(
    ("data", "verdict", "rule"),
    [
        (b"", "reject", "empty"),
        (b"\0" * 2_000, "reject", "empty"),
        (build.truncated(STATEMENT), "reject", "unreadable"),
        (build.encrypted(STATEMENT), "refer", "protected"),
        (b"-----BEGIN PGP MESSAGE-----", "refer", "protected"),
        (b"%PDF-1.4\n%%EOF", "reject", "unreadable"),
        (b"{\\rtf1 words}", "refer", "format-not-read"),
        (b"\xff\xd8\xff\xe0 a picture", "reject", "unreadable"),
        (b"Some words.", "refer", "format-not-read"),
        (b"\x01\x02\x03\x04", "refer", "format-not-read"),
        (build.zipped([("a.txt", b"words")]), "refer", "format-not-read"),
    ],
)
def test_a_file_that_is_not_read_comes_to_its_own_outcome(
    data: bytes, verdict: str, rule: str
) -> None:
    """Failure modes 48 and 53."""
    assert outcome(data) == (verdict, [rule])


@pytest.mark.parametrize("ending", ["doc", "html"])
def test_a_page_that_word_saved_is_to_be_saved_as_a_document_and_checked_at_once(
    ending: str,
) -> None:
    """A system may save HTML under the ending of a document."""
    (judgement,) = judged(b"<html><body><h2>Evaluation Statement</h2></body></html>", ending)
    (finding,) = judgement.findings
    assert (judgement.verdict, finding.rule) == ("refer", "format-not-read")
    assert "choose File, Save As, Word Document (.docx)" in finding.fix


def test_what_word_does_not_open_is_not_to_be_saved_in_it() -> None:
    (judgement,) = judged(b"\x01\x02\x03\x04")
    assert "Save As" not in judgement.findings[0].fix


@pytest.mark.parametrize(("to", "called"), [("doc", "(.doc)"), ("odt", "OpenDocument")])
def test_another_word_processor_s_format_is_a_question_also_for_a_chronology(
    to: Literal["doc", "odt"], called: str
) -> None:
    saved = build.through_libreoffice(STATEMENT, to)
    for assume in (None, "chronology", "evaluation_statement"):
        (judgement,) = judged(saved, to, assume)
        assert judgement.verdict == "refer"
        assert called in judgement.findings[0].message


@pytest.mark.parametrize("data", [b"%PDF-1.4", SPREADSHEET, b"\x89PNG\r\n\x1a\n"])
def test_a_chronology_that_is_not_a_text_has_to_be_copied_into_ours(data: bytes) -> None:
    (judgement,) = judged(data, assume="chronology")
    assert (judgement.kind, judgement.verdict) == ("chronology", "reject")
    assert "Copy the entries into the Word chronology" in judgement.findings[0].fix


def test_a_spreadsheet_meant_as_something_else_is_a_question() -> None:
    found = outcome(workbook_file([("Agency", "Meadow Lane Surgery")]), "xlsx", "qa_form")
    assert found[0] == "refer"
    assert "not-in-word" in found[1]


def test_a_document_whose_parts_lie_elsewhere_is_read_all_the_same() -> None:
    """The format allows it, and exports of case systems do it."""
    assert outcome(without_word_folder(STATEMENT)) == outcome(STATEMENT)


def test_a_bomb_is_stopped_and_put_to_a_person() -> None:
    """Failure mode 48."""
    assert outcome(build.zip_bomb(STATEMENT)) == ("refer", ["too-much"])


def test_every_way_a_word_file_can_be_refused_has_an_outcome() -> None:
    ways = set(errors.UnreadableFile.__subclasses__())
    assert ways == {*REFUSAL_RULES, errors.DangerousFile, errors.LegacyWordFile}


# Dangers


@pytest.mark.parametrize(
    "danger",
    [
        build.remote_template,
        build.dde_field,
        build.ole_object,
        build.alt_chunk,
        build.with_doctype,
        build.duplicate_member,
        build.escaping_member,
    ],
)
def test_a_danger_holds_the_document_and_nothing_else_is_told_of_it(
    danger: Callable[[bytes], bytes],
) -> None:
    """Failure modes 49 to 51."""
    assert outcome(danger(STATEMENT), "pdf") == ("hold", ["dangerous"])


def test_a_danger_holds_every_return_in_the_file() -> None:
    found = judged(build.remote_template(build.combined(IMR, QA)))
    assert [(j.kind, j.verdict) for j in found] == [("imr", "hold"), ("qa_form", "hold")]
    assert {f.rule for j in found for f in j.findings} == {"dangerous"}
    assert all(j.passed == () and j.clues.answers == () for j in found)


# Another case, another agency

CASE = CaseFacts("N12", "N12/A", (date(2007, 1, 1), date(2010, 2, 14)))
AGENCY = AgencyFacts("GP", "Meadow Lane Surgery", ("GP", "MLS"))


def test_a_form_with_another_case_s_identifier_is_a_danger() -> None:
    context = Context(TODAY, CASE, AGENCY)
    other = build.make_qa_form(child_identifier="N13/A")
    (judgement,) = judge_document(other, JudgingRequest(context), KINDS)
    assert judgement.verdict == "hold"


def test_what_a_document_says_of_itself_comes_out_as_clues() -> None:
    context = Context(TODAY, CASE, AGENCY)
    (form,) = judge_document(
        build.make_qa_form(agency="Shire Police"), JudgingRequest(context), KINDS
    )
    assert form.clues.agency == "other"
    (imr,) = judge_document(
        build.make_imr(in_respect_of="N13/A", reference="N13"), JudgingRequest(context), KINDS
    )
    assert imr.clues.child_identifier == "N13/A"
    assert imr.clues.identifier_place == "Front sheet"
    assert form.clues.identifier_place == ""
    (table,) = judge_document(
        build.make_chronology(build.STORIES["POL"]), JudgingRequest(context), KINDS
    )
    assert table.clues.agency == "Shire Police"


# As the worker says it


def test_a_judgement_comes_back_from_json_as_it_went_in() -> None:
    said = judged(build.combined(QA, build.with_cell(CHRONOLOGY, 5, "Date", "2009")))
    told = json.loads(json.dumps([judgement_as_json(judgement) for judgement in said]))
    assert tuple(TypeAdapter(list[Judgement]).validate_python(told)) == said


def test_a_form_has_one_digest_which_a_tick_in_another_column_changes() -> None:
    (form,), (again,) = judged(QA), judged(build.make_qa_form())
    (other,) = judged(build.make_qa_form(answers={**build.ALL_YES, 4: "No"}))
    assert len(form.clues.digests) == 1
    assert form.clues.digests == again.clues.digests != other.clues.digests


def test_the_worker_s_task_says_what_judging_says() -> None:
    question = JudgingRequest(Context(TODAY), "docx")
    assert judge_task(QA, question, KINDS) == [judgement_as_json(j) for j in judged(QA)]


# Read from paper


def as_pdf(docx: bytes) -> bytes:
    build.needs_office()
    return build.through_libreoffice(docx, "pdf")


def test_a_chronology_as_a_pdf_has_to_be_copied_into_ours_and_its_rows_are_not_judged() -> None:
    events = [replace(event, source="") for event in build.STORIES["POL"]]
    (judgement,) = judged(as_pdf(build.make_chronology(events)))
    assert (judgement.kind, judgement.verdict) == ("chronology", "reject")
    assert [f.rule for f in judgement.findings if f.severity == "fault"] == ["chronology-format"]


def test_a_qa_form_as_a_pdf_is_read_and_its_signature_is_for_a_person() -> None:
    (judgement,) = judged(as_pdf(build.make_qa_form()))
    assert (judgement.kind, judgement.verdict) == ("qa_form", "refer")
    assert len(judgement.clues.answers) == 17
    assert {f.rule for f in judgement.findings if f.severity != "advice"} == {"signed-scan"}


def test_a_statement_as_a_pdf_is_read_and_its_signature_is_for_a_person() -> None:
    (judgement,) = judged(as_pdf(build.make_statement()))
    assert (judgement.kind, judgement.verdict) == ("evaluation_statement", "refer")
    assert "signed-image" in {f.rule for f in judgement.findings}


def test_a_report_as_a_pdf_is_a_question_since_word_is_asked_for() -> None:
    (judgement,) = judged(as_pdf(build.make_imr()))
    assert (judgement.kind, judgement.verdict) == ("imr", "refer")
    assert "not-in-word" in {f.rule for f in judgement.findings}


def test_a_report_as_a_pdf_is_not_sent_back_for_what_is_wrong_in_it() -> None:
    short = build.without_section(build.make_imr(), "Analysis")
    (word,) = judged(short)
    assert word.verdict == "reject"
    (paper,) = judged(as_pdf(short), "pdf")
    assert (paper.kind, paper.verdict) == ("imr", "refer")
    assert {f.rule: f.severity for f in paper.findings}["section-missing"] == "question"
    assert "it is not sent back for that" in paper.findings[-1].message


def test_what_a_scanner_wrote_behind_its_picture_is_not_sent_back_for_a_misread_letter() -> None:
    """Its text layer was made out by machine, and says so by being invisible."""
    kind = KINDS["evaluation_statement"]
    assert isinstance(kind.shape, FormShape)
    lines = [kind.titles[0], *kind.shape.statements, "Signed: A. Body", "Date: 3l/02/2O10",
             "Name: A. Body", "Title: Chief Executive"]  # fmt: skip
    misread = [said.replace("confirm", "confirrn").replace("sound", "souncl") for said in lines]
    placed = "".join(printed(50, 800 - 20 * n, said, 6) for n, said in enumerate(misread))
    (typed,), (behind,) = judged(pdf(placed), "pdf"), judged(pdf(f"3 Tr {placed}"), "pdf")
    assert (typed.kind, typed.verdict) == ("evaluation_statement", "reject")
    assert (behind.kind, behind.verdict) == ("evaluation_statement", "refer")
    assert behind.findings[-1].rule == "made-out"


def test_what_was_made_out_from_a_picture_is_not_sent_back_for_its_faults() -> None:
    needs_ocr()
    undated = as_pdf(build.make_statement(dated="31/02/2010"))
    (typed,) = judged(undated)
    assert typed.verdict == "reject"
    (page,) = grey_pages(undated)
    (seen,) = judged(png(*page), "png")
    assert (seen.kind, seen.verdict) == ("evaluation_statement", "refer")
    assert {f.rule: f.severity for f in seen.findings}["date-invalid"] == "question"
    assert seen.findings[-1].rule == "made-out"
    assert typed.clues.digests and not seen.clues.digests  # the next scan reads otherwise


def test_a_fault_in_a_pdf_form_is_located() -> None:
    answers = {**build.ALL_YES, 5: "No"}
    (judgement,) = judged(as_pdf(build.make_qa_form(answers=answers)))
    assert [f.where.criterion for f in judgement.findings if f.rule == "answer-no"] == [5]


def test_a_picture_is_a_question_that_says_so_where_nothing_reads_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "_loaded", lambda: None)
    assert outcome(build.picture()) == ("refer", ["no-ocr"])


def test_what_looks_for_words_in_a_letter_is_made_before_the_first_comes() -> None:
    """A child that made it for its one letter took ten times as long over that."""
    phrase_pattern.cache_clear()
    warm(KINDS)
    made = phrase_pattern.cache_info().misses
    for words in (b"I am leaving the surgery on Friday.", b"Please find our report attached."):
        judge_document(words, JudgingRequest(Context(TODAY), format=LETTER_FORMAT), KINDS)
    assert phrase_pattern.cache_info().misses == made > 0


@pytest.mark.parametrize(
    "paper", [CHRONOLOGY, IMR, QA, STATEMENT], ids=["chronology", "imr", "form", "statement"]
)
def test_what_a_kind_is_known_by_is_made_before_the_first_document_comes(paper: bytes) -> None:
    """A child that made the patterns for its one statement took four times as long over it."""
    made = (statement_patterns, as_written, folded_wording)
    for one in (*made, text_around_wording):
        one.cache_clear()
    warm(KINDS)
    before = [one.cache_info().misses for one in made]
    judged(paper)
    assert [one.cache_info().misses for one in made] == before
    assert all(before)


MADE = """
from config.kind_loading import load_kinds
from handlers.judging.judging import warm
from handlers.values import doubts, open_places, unfinished

def made():
    lists = [vars(one) for one in (doubts.DOUBT_LISTS, unfinished.PHRASES)]
    patterns = open_places.open_place_patterns.cache_info().currsize
    return patterns, *("_lists" in one for one in lists)

print(made())
warm(load_kinds())
print(made())
"""


def test_what_only_judging_needs_is_made_by_the_worker_and_by_no_command_that_reads() -> None:
    told = subprocess.run(
        [sys.executable, "-c", MADE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split("\n")[:2] == ["(0, False, False)", "(1, True, True)"]
