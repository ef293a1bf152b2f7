"""A comment that is none yet is told, beside any answer; a name alone is no contact details."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph
from tests.handlers.checks.form.specimen import answered, answers, criterion, judged, qa_form, rules

UNWRITTEN = (
    "TBC - check with Head",
    "TBC",
    "tbc with Head",
    "TBC, awaiting legal",
    "To be confirmed with the author",
    "check with Head",
    "Check with Head before sending",
    "?? check with legal",
    "Comment to follow",
    "to add",
    "xx% of staff seen",
    "Ask Jo",
    "need to check this",
    "insert reference here",
    "See section ??",
    "See paragraph xx",
    "See page TBC",
    "See appendix [number]",
)
WRITTEN = (
    "See section 6",
    "Section 6, paragraphs 6.1 to 6.9",
    "DC2 only.",
    "Force solicitor",
    "The author checked with the office that all records were seen",
    "Two staff were not interviewed as they have left",
    "Legal advice was not needed",
    "Head to be told of the findings",
    "Staff will be briefed in June",
    "Council legal services",
    "See IMR 4.2, confirmed with author",
    "The date is given in section 3",
    "Checked with Head, agreed 12 May",
    "Awaiting reply from the coroner",
    "To be completed by JP in June",
    "To be confirmed at the panel on 3 June",
)


def told(answer: str, comment: str) -> set[tuple[str, str]]:
    grid = answers(c11=answered(answer, criterion(11), comment))
    found = judged("qa_form", qa_form(grid)).findings
    return {(f.rule, f.severity) for f in found} - {
        ("answer-partially", "advice"), ("answer-no", "question"), ("comment-beside", "advice"),
    }  # fmt: skip


@pytest.mark.parametrize("answer", ["Partially", "No"])
def test_a_comment_still_to_be_written_is_told_beside_what_wants_one(answer):
    kept = [said for said in UNWRITTEN if told(answer, said) != {("comment-missing", "advice")}]
    assert kept == []
    assert [said for said in WRITTEN if told(answer, said)] == []


def test_beside_yes_it_is_a_question():
    unclear = {("answer-unclear", "question")}
    assert [said for said in UNWRITTEN if said != "to add" and told("Yes", said) != unclear] == []


NOT_YET = (
    "No action plan has been written yet",
    "The action plan has not been written yet.",
    "There is no action plan",
    "No staff have been interviewed yet",
    "None yet",
)
SO_THEN = (
    "No recommendations were made",
    "Staff had not yet been told when it was written",
    "No issues arose",
)


def test_what_is_not_there_yet_takes_a_yes_back():
    unclear = {("answer-unclear", "question")}
    assert [said for said in NOT_YET if told("Yes", said) != unclear] == []
    assert [said for said in SO_THEN if told("Yes", said)] == []
    assert [said for said in NOT_YET[:-1] if told("Partially", said)] == []


@pytest.mark.parametrize(
    ("below", "rule"),
    [
        ("Quality assurance of the report", "child-missing"),
        ("How the report was made and agreed", "child-missing"),
        ("N13/A", "child-other"),
        ("Child number two", "child-unclear"),
        ("A.B.", "child-unclear"),
        ("Jane Green", "child-unclear"),
    ],
)
def test_the_form_s_next_line_is_no_identifier(below, rule):
    lines = ("Agency: Meadow Lane Surgery", "Child Identifier:", below)
    form = [block for block in qa_form() if getattr(block, "table", 0) not in (1, 3)]
    found = judged("qa_form", [*form[:2], *map(Paragraph, lines), *form[2:]]).findings
    assert [f.rule for f in found] == [rule]


NAMES = ("Mrs J Penhale", "Jane Green, Head teacher", "D/Supt S Okafor", "Dr A Green (Named GP)")
WITH_A_WAY = (
    *("Jane Green 01234 567890", "Jane Green ext 214", "j.green@school.example", "as above"),
    *("Jane Green, Park Surgery, High Street", "Jane Green, 12 High Street, SH1 2AB"),
)


def test_a_name_alone_is_told_where_the_form_asks_for_contact_details():
    for person in NAMES:
        (found,) = judged("qa_form", qa_form(person=person)).findings
        assert (found.rule, found.severity) == ("completed_by-missing", "advice"), person
        assert "no way to reach" in found.message
    assert [p for p in WITH_A_WAY if judged("qa_form", qa_form(person=p)).findings] == []


@pytest.mark.parametrize("answer", ["Yes", "Partially"])
@pytest.mark.parametrize(
    "comment",
    ["[insert name of setting]", "The author spoke to staff at [insert name of setting]."],
)
def test_template_text_in_a_comment_is_told_once(answer: str, comment: str) -> None:
    grid = answers(c5=answered(answer, criterion(5), comment))
    told = [rule for rule in rules(judged("qa_form", qa_form(grid))) if rule != "answer-partially"]
    assert told == ["placeholder-left"]


@pytest.mark.parametrize("comment", ["No issues.", "No further comments", "Nothing to add"])
def test_a_comment_that_says_nothing_is_not_shown_to_anybody(comment: str) -> None:
    grid = answers(c5=answered("Yes", criterion(5), comment))
    assert rules(judged("qa_form", qa_form(grid))) == []


def test_a_comment_that_may_deny_the_answer_is_still_shown() -> None:
    grid = answers(c5=answered("Yes", criterion(5), "None"))
    assert rules(judged("qa_form", qa_form(grid))) == ["comment-beside"]
