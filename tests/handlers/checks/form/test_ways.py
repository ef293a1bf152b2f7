"""Every way of marking an answer, read right for every criterion; and what is wrong is named.

Failure mode 91: an answer that a person can see is never told as one that is missing.
"""

from __future__ import annotations

import pytest

from handlers.checks.form.judge import judge_form
from handlers.findings import Judgement
from handlers.readers.pdf.pdf import open_pdf
from handlers.readers.word.document import open_word
from tests.builders_office import all_through_libreoffice
from tests.handlers.checks.form.specimen import CONTEXT, kind, without_remarks
from tests.handlers.checks.form.ways import WAYS, Chosen, form

NONE: Chosen = frozenset()
NO, BOTH = frozenset({"No"}), frozenset({"Yes", "Partially"})
# A mark nobody knows, such as initials, is two of them beside each other: still two.
FAULTY, WELL = 9, [(n, "yes") for n in range(1, 18)]


def judged(data: bytes) -> Judgement:
    reading = open_word(data) if data[:2] == b"PK" else open_pdf(data)
    return judge_form(list(reading.iter_blocks()), reading.traits, kind("qa_form"), CONTEXT)


def named(judgement: Judgement) -> set[tuple[str, int | None]]:
    return {(f.rule, f.where.criterion) for f in judgement.findings if f.severity != "advice"}


# Looks that a form is made with, too: in the same column of every row they may be its own.
OF_FORMS = ("a shaded word", "a shaded cell", "a bold word")


@pytest.mark.parametrize("way", OF_FORMS)
def test_a_look_of_one_whole_column_alone_is_one_question(way):
    """Failure mode 91: a Yes column shaded by whoever made the form answers nothing."""
    judgement = judged(form(way, {}))
    assert [(f.rule, f.severity) for f in judgement.findings] == [("answers-unread", "question")]
    assert not judgement.clues.answers


@pytest.mark.parametrize("way", [way for way in WAYS if way not in OF_FORMS])
def test_all_seventeen_answers_are_read(way):
    judgement = judged(form(way, {}))
    assert list(judgement.clues.answers) == WELL
    assert without_remarks(judgement) == ()


@pytest.mark.parametrize("way", WAYS)
def test_all_seventeen_answers_are_read_where_they_differ(way):
    given = {n: frozenset({("Yes", "No", "Partially")[n % 3]}) for n in range(1, 18)}
    said = dict(judged(form(way, given)).clues.answers)
    assert said == {n: next(iter(one)).casefold() for n, one in given.items()}


@pytest.mark.parametrize("way", WAYS)
def test_the_one_that_is_not_answered_is_named_and_no_other(way):
    judgement = judged(form(way, {FAULTY: NONE}))
    assert named(judgement) == {("answer-missing", FAULTY)}
    assert [answer for answer in WELL if answer[0] != FAULTY] == list(judgement.clues.answers)


@pytest.mark.parametrize("way", WAYS)
def test_the_one_that_is_answered_twice_is_named_and_no_other(way):
    judgement = judged(form(way, {FAULTY: BOTH}))
    assert named(judgement) <= {("answer-double", FAULTY), ("answer-unclear", FAULTY)}
    assert named(judgement)
    assert FAULTY not in dict(judgement.clues.answers)


@pytest.mark.parametrize("way", WAYS)
def test_the_one_that_is_answered_no_is_named_and_no_other(way):
    judgement = judged(form(way, {FAULTY: NO}))
    assert named(judgement) == {("answer-no", FAULTY)}
    assert dict(judgement.clues.answers) == {**dict(WELL), FAULTY: "no"}


@pytest.mark.parametrize("way", WAYS)
def test_a_table_for_each_criterion_is_read_as_one_grid(way):
    assert named(judged(form(way, {FAULTY: NONE}, apart=True))) == {("answer-missing", FAULTY)}


# What LibreOffice saves of a look, it saves in its own words; a page has no looks but bold, a
# strike and what stands there.
SAVED = ("a tick", "a shaded word", "the other words struck out", "one cell, highlighted",
         "one cell, the others struck out", "one cell, boxes before the words")  # fmt: skip


WRONG = {("answer-missing", FAULTY), ("answer-no", 3)}


# One test for many documents: to start LibreOffice takes ten times as long as to have one saved.
@pytest.mark.parametrize("to", ["docx", "odt"])
def test_a_form_saved_by_libreoffice_is_the_same_form(to):
    saved = all_through_libreoffice([form(way, {FAULTY: NONE, 3: NO}) for way in SAVED], to)
    saved = all_through_libreoffice(saved, "docx") if to == "odt" else saved
    told = {way: named(judged(data)) for way, data in zip(SAVED, saved, strict=True)}
    assert told == dict.fromkeys(SAVED, WRONG)


# On paper a criterion may be cut by the end of its page, and a frame is another column.
PRINTED = ("an x", "a filled circle", "a shaded word", "a red word", "the other words struck out",
           "one cell, framed", "one cell, circles", "boxes and words without headings",
           "further columns", "headings for each criterion", "in the comments")  # fmt: skip


def test_a_form_printed_to_a_pdf_is_read_or_asked_about_and_never_told_as_unanswered():
    pages = all_through_libreoffice([form(way, {}) for way in PRINTED], "pdf")
    judgements = zip(PRINTED, map(judged, pages), strict=True)
    faults = [(way, f) for way, j in judgements for f in j.findings if f.severity == "fault"]
    assert faults == []


def test_what_is_wrong_on_a_form_printed_to_a_pdf_is_named():
    ways = ("a tick", "an x", "one cell, boxes before the words")
    pages = all_through_libreoffice([form(way, {FAULTY: NONE, 3: NO}) for way in ways], "pdf")
    told = {way: named(judged(page)) for way, page in zip(ways, pages, strict=True)}
    assert [way for way, found in told.items() if not found >= WRONG] == []
