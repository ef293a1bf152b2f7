"""What is added in a statement's own line takes it back only where it evidently says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.checks.form.judge import judge_form
from handlers.document import Block, Paragraph, Traits
from handlers.findings import Judgement
from tests.handlers.checks.form.specimen import CONTEXT, STATEMENTS, kind, qa_form, statement, told

HONEST = (
    "The author was not involved in the case.",
    "I am not related to the family.",
    "I had never met the family.",
    "No member of staff was disciplined.",
    "We will not publish it ourselves.",
    "I cannot praise the author enough.",
    "Our thoughts remain with the child and the family.",
    "I shall attend the panel myself in November.",
    "The lessons will be shared at our next training day.",
    "Nothing in the report has been changed since I read it.",
)
DOUBTING = (
    "My deputy read it for me.",
    "My assistant signed this in my name.",
    "The version I read was an early one.",
    "I would rather the panel did not rely on this until I have spoken with the chair.",
    "I leave it to the governors whether we stand by it.",
    "I rely on the author's word for what it says.",
    "I worked from a one-page summary.",
)
DENYING = (
    "No.",
    "No, section 5 is missing.",
    "Not met.",
    "Not agreed.",
    "We do not confirm this.",
    "This is not true.",
    "We cannot confirm it, because the action plan is missing.",
)
WAYS: tuple[Callable[[str, str], str], ...] = (
    lambda wording, added: f"{wording.rstrip('.')}. {added}",
    lambda wording, added: f"{wording.rstrip('.')} ({added.rstrip('.')}).",
    lambda wording, added: f"{added} {wording}",
    lambda wording, added: f"{wording} - {added}",
    lambda wording, added: f"{wording}\n{added}",
)
AT = (1, 4, 5)  # two of the statements and the declaration


def judged(text: str, at: int) -> Judgement:
    blocks: list[Block] = statement({at: Paragraph(text)})
    return judge_form(blocks, Traits(), kind("evaluation_statement"), CONTEXT)


@pytest.mark.parametrize("at", AT)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("added", HONEST)
def test_an_honest_sentence_in_the_line_of_a_statement_is_accepted(added, way, at):
    """A negation about something else is no answer, and takes nothing back."""
    assert judged(way(STATEMENTS[at - 1], added), at).verdict == "accept"


@pytest.mark.parametrize("at", AT)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("added", DOUBTING)
def test_a_doubtful_sentence_there_is_a_question_and_never_a_fault(added, way, at):
    assert judged(way(STATEMENTS[at - 1], added), at).verdict == "refer"


@pytest.mark.parametrize("at", AT)
@pytest.mark.parametrize("way", WAYS[:4])
@pytest.mark.parametrize("added", DENYING)
def test_no_more_than_a_denial_there_is_a_fault(added, way, at):
    assert judged(way(STATEMENTS[at - 1], added), at).verdict == "reject"


@pytest.mark.parametrize(
    "text",
    [
        f"We do not confirm that {STATEMENTS[0]}",
        f"{STATEMENTS[1]}. The IMR does not follow the Terms of Reference.",
        f"{STATEMENTS[3]}. The recommendations are not SMART.",
    ],
)
def test_the_statement_denied_in_its_own_words_is_a_fault(text):
    at = next(n for n, wording in enumerate(STATEMENTS, 1) if wording in text)
    assert judged(text, at).verdict == "reject"


@pytest.mark.parametrize("at", AT)
def test_who_takes_out_what_the_letter_says_is_accepted(at):
    wording = STATEMENTS[at - 1]
    (finding,) = told(judged(f"{wording} {DOUBTING[0]}", at), "statement-reworded")
    assert "take out what was added" in finding.fix
    assert "say so in your message" in finding.fix
    assert "answer Yes" not in finding.fix
    assert judged(wording, at).verdict == "accept"


@pytest.mark.parametrize("added", HONEST)
def test_only_an_answer_is_called_one(added):
    for at in AT:
        messages = [f.message for f in judged(f"{added} {STATEMENTS[at - 1]}", at).findings]
        assert not any("The answer is" in message for message in messages)


@pytest.mark.parametrize("added", [*HONEST, *DOUBTING])
def test_a_quality_assurance_form_is_read_the_same_way(added):
    blocks = [*qa_form(), Paragraph(added)]
    verdict = judge_form(blocks, Traits(), kind("qa_form"), CONTEXT).verdict
    assert verdict == ("accept" if added in HONEST else "refer")


@pytest.mark.parametrize("at", AT)
def test_yes_behind_a_harmless_sentence_is_the_answer_that_the_letter_asks_for(at: int) -> None:
    """An author who adds "Yes", as the letter says, is not asked again."""
    wording = STATEMENTS[at - 1].rstrip(".")
    said = "No member of staff was disciplined."
    for added in (f"{said} Yes", f"{said} Yes.", f"Yes. {said}"):
        assert judged(f"{wording}. {added}", at).verdict == "accept", added
    for added in ("No. Yes", "Not yet. Yes", "No part of it was read. Yes", "No, 5 is missing. Yes",
                  f"{said} No", "[x] No [x] Yes", "(section 5 is missing)"):  # fmt: skip
        assert judged(f"{wording}. {added}", at).verdict != "accept", added


def test_whoever_answered_no_is_told_to_put_yes_in_its_place() -> None:
    (found,) = told(judged(f"{STATEMENTS[0]}. No.", 1), "statement-missing")
    assert "take that answer out, answer Yes in its place" in found.fix
