"""What is said of a file before any return is found in it."""

from __future__ import annotations

import re
import string

import pytest

from config.kind_loading import load_kinds
from config.rules import ARRIVAL_RULES
from handlers.document import DANGERS
from handlers.findings import Clues, Finding, Judgement
from handlers.judging import arrival
from intake.message.message import SNIFFED_FORMATS
from tests.each_case import each_case

KINDS = load_kinds()
WORDS = {"why": "it is so", "format": "a PDF", "nearest": "IMR", "form": "evaluation statement"}
WORDS |= {"what": "it is so"}
WORDS |= {"after": "3", "before": "5", "gone": "2"}
WORDS |= {"says": "The date. Nothing is entered.", "fix": "enter the day."}
WORDS |= {"several": "Two IMRs", "noun": "IMR", "differ": "One is signed, and one is not."}


@each_case("rule", ARRIVAL_RULES)
def test_every_rule_is_said_in_plain_whole_sentences(rule: str) -> None:
    found = arrival.file_finding(rule, **WORDS)
    for text in (found.message, found.fix):
        assert text[0].isupper()
        assert text.endswith(".")
        assert "{" not in text
        assert not re.search(r"\b(invalid|failed|error|fault)\b", text, re.I)


def test_no_rule_asks_for_a_word_that_nothing_fills() -> None:
    for law in ARRIVAL_RULES.values():
        asked = {name for _, name, _, _ in string.Formatter().parse(law.says + law.fix) if name}
        assert asked <= set(WORDS)


@each_case("format", sorted(SNIFFED_FORMATS | {"something new"}))
def test_every_format_comes_to_one_judgement_in_whole_sentences(format: str) -> None:
    for assumed in (None, *KINDS.all):
        (judgement,) = arrival.judge_unread_format(format, assumed)
        (finding,) = judgement.findings
        assert "  " not in finding.message
        assert judgement.verdict in ("refer", "reject")
        assert judgement.kind == (assumed.id if assumed else None)


@pytest.mark.parametrize("format", ["doc", "rtf", "odt", "pdf", "jpeg", "zip", "msg", "unknown"])
def test_what_we_do_not_read_is_never_sent_back_unless_it_is_meant_as_a_chronology(
    format: str,
) -> None:
    """Principle 2 of the toolkit's rules."""
    for assumed in (None, KINDS["imr"], KINDS["qa_form"]):
        (judgement,) = arrival.judge_unread_format(format, assumed)
        assert judgement.verdict == "refer"


def test_all_that_makes_a_file_dangerous_is_one_finding_in_our_own_words() -> None:
    found = arrival.danger_finding(["dde-field", "remote-part", "words from the file"])
    assert found.severity == "danger"
    assert DANGERS["dde-field"] in found.message
    assert DANGERS["remote-part"] in found.message
    assert "words from the file" not in found.message


def test_a_danger_without_a_word_we_know_is_still_told() -> None:
    assert DANGERS["package"] in arrival.danger_finding(["words from the file"]).message


def test_what_is_held_for_a_danger_keeps_its_kind_and_loses_everything_else() -> None:
    said = Judgement("imr", 0.9, (Finding("x", "fault", "a", "b"),), ("all",), Clues("N12/A"))
    (held,) = arrival.hold_for_danger(["doctype"], [said])
    assert (held.kind, held.verdict) == ("imr", "hold")
    assert held == Judgement("imr", 0.9, (arrival.danger_finding(["doctype"]),))
