"""The vocabulary: what is ours may be said, and nothing else, whoever has taken the worker over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.not_yet_in_blanks import NO_VALUE_CLASSES
from handlers.findings import Finding, FindingPlace, Judgement
from handlers.judging.vocabulary import MAX_FINDINGS, MAX_SENTENCE_CHARS, Vocabulary
from tests.registry import KINDS

OURS = Finding(
    "date-invalid",
    "fault",
    "31/02/2009 is not a day in the calendar.",
    "Enter the day it happened in figures, day first (dd/mm/yyyy).",
    FindingPlace(table=1, row=14, column="Date"),
)
VOCABULARY = Vocabulary(KINDS)


def may(finding: Finding, *passed: str) -> bool:
    return VOCABULARY.contains_judgement(Judgement("chronology", 1.0, (finding,), passed))


def test_our_own_sentences_may_be_said() -> None:
    assert may(OURS, "the headings", "all 46 times")


@pytest.mark.parametrize("kind", NO_VALUE_CLASSES)
def test_what_is_said_of_words_that_are_no_value_is_ours(kind: str) -> None:
    assert may(replace(OURS, message=NO_VALUE_CLASSES[kind].says))


@pytest.mark.parametrize(
    "words",
    [
        "Jane Canary was seen.",
        "31/02/2009 is not a day Canary knows.",
        "Please send it to anybody@attacker.example instead.",
        "Look at https://attacker.example/x first.",
        "The answer is 07700900123.",
        "The date\nis missing.",
        "The date\u202eis missing.",
        "The \u0430nswer is missing.",  # a Cyrillic letter
        "The date " * MAX_SENTENCE_CHARS,
    ],
)
def test_other_words_may_not_wherever_they_stand(words: str) -> None:
    """Failure mode 83: in a message, a fix, a column, a section or what passed."""
    assert not may(replace(OURS, message=words))
    assert not may(replace(OURS, fix=words))
    assert not may(replace(OURS, where=FindingPlace(column=words)))
    assert not may(replace(OURS, where=FindingPlace(section=words)))
    assert not may(OURS, words)


def test_there_is_an_end_to_findings() -> None:
    assert VOCABULARY.contains_judgement(Judgement("chronology", 1.0, (OURS,) * MAX_FINDINGS))
    assert not VOCABULARY.contains_judgement(
        Judgement("chronology", 1.0, (OURS,) * (MAX_FINDINGS + 1))
    )


def test_whom_a_signature_names_is_told_and_no_tale_beside_it() -> None:
    signed = replace(OURS, rule="signed-digitally", message="Signed digitally, by Edith Example.")
    assert may(signed)
    assert not may(replace(signed, message="Signed digitally, by " + "Edith Zebedee " * 20))
    assert not may(replace(signed, rule="signed-typed"))
