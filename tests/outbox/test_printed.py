"""Places by what is printed on the form, which numbers neither its criteria nor its statements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.kind import Kind
from config.kind_loading import load_kinds
from config.kind_shape import FormShape
from handlers.findings import Finding, FindingPlace
from outbox.writing.places import criteria_phrase, group_into_changes, section_phrase

KINDS = load_kinds()
QA, STATEMENT = KINDS["qa_form"], KINDS["evaluation_statement"]


def shape(kind: Kind) -> FormShape:
    assert isinstance(kind.shape, FormShape)
    return kind.shape


def test_a_criterion_is_named_by_how_it_begins() -> None:
    assert criteria_phrase([3], QA) == 'the criterion that begins "Access to legal advice"'
    two = criteria_phrase([3, 13], QA)
    assert two == (
        'the criteria that begin "Access to legal advice" and "Good practice is highlighted"'
    )


def test_no_criterion_begins_as_another_does_and_none_is_broken_off_at_a_small_word() -> None:
    said = [criteria_phrase([criterion.number], QA) for criterion in shape(QA).criteria]
    assert len(set(said)) == len(said)
    assert not [words for words in said if words.split()[-1].strip('"') in ("the", "of", "a", "to")]


def test_a_criterion_that_its_kind_does_not_know_keeps_its_number() -> None:
    assert criteria_phrase([3], None) == "criterion 3"
    assert criteria_phrase([3, 99], QA) == "criteria 3 and 99"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("statement 2", "the statement about the Terms of Reference"),
        ("statement 3", "the statement about Ofsted's grade descriptors"),
        ("the declaration", 'the declaration that begins "I have read this report"'),
        ("Signed", "Signed"),
    ],
)
def test_a_statement_is_named_by_what_it_is_about(name: str, said: str) -> None:
    assert section_phrase(name, STATEMENT) == said


def test_every_statement_of_every_kind_has_a_place_in_words() -> None:
    for kind in KINDS.all:
        if isinstance(kind.shape, FormShape) and kind.shape.statements:
            assert len(kind.shape.statement_places) == len(kind.shape.statements)


def test_a_board_that_names_no_places_has_its_statements_told_by_how_they_begin() -> None:
    own = replace(STATEMENT, shape=replace(shape(STATEMENT), statement_places=()))
    assert (
        section_phrase("statement 3", own) == 'the statement that begins "The IMR has been checked"'
    )
    assert section_phrase("the declaration", own) == "the declaration"


def test_the_numbers_that_programs_read_stay_as_they_are() -> None:
    """Only printed words change: `--json` keeps its `where`."""
    finding = Finding("answer-no", "question", "No.", "Mend it.", FindingPlace(criterion=3))
    (change,) = group_into_changes([finding], QA)
    assert change.place == 'The criterion that begins "Access to legal advice"'
    assert finding.where.criterion == 3
