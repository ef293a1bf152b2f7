"""A form as a whole: good ones pass, blank ones get one finding, clues come out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.kind_shape import TableShape
from handlers.checks.form import final_wording
from handlers.checks.form.judge import judge_form
from handlers.context import AgencyFacts
from handlers.document import Paragraph, Traits
from handlers.findings import Clues
from tests.handlers.checks.form.specimen import (
    CASE,
    CONTEXT,
    STATEMENTS,
    answered,
    answers,
    criterion,
    judged,
    kind,
    qa_form,
    row,
    rules,
    statement,
    told,
)

NOTHING = dict.fromkeys(("agency", "person", "child", "signed", "role", "date"), "")


def unanswered() -> list[list[object]]:
    return [answered("", criterion(n)) for n in range(1, 18)]  # type: ignore[misc]


def test_a_good_qa_form_is_accepted_without_a_word():
    judgement = judged("qa_form", qa_form())
    assert judgement.findings == ()
    assert judgement.verdict == "accept"
    assert judgement.passed == ("all 17 answers", "the signature", "the date")


def test_a_good_evaluation_statement_is_accepted_with_advice_on_its_typed_signature():
    judgement = judged("evaluation_statement", statement())
    assert rules(judgement) == ["signed-typed"]
    assert judgement.verdict == "accept"
    assert judgement.passed == ("the statements", "the date")


def test_a_qa_form_says_what_the_register_compares():
    judgement = judged("qa_form", qa_form(answers(c5=answered("No", criterion(5), "Soon."))))
    expected = tuple((n, "no" if n == 5 else "yes") for n in range(1, 18))
    assert judgement.clues == Clues(
        "N12/A", agency="own", dated=date(2010, 5, 20), answers=expected
    )


def test_a_form_from_a_sender_not_yet_known_says_only_what_it_can():
    context = replace(CONTEXT, case=None, agency=None)
    clues = judged("qa_form", qa_form(), context).clues
    assert (clues.child_identifier, clues.agency) == ("N12/A", None)


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("meadow lane surgery", "own"),
        ("MLS", "own"),
        ("The Meadow Lane Surgery, 1 High Street", "own"),
        ("Medow Lane Surgury", "own"),
        ("Meadow Lane", None),
        ("Meadow Lane Medical Practice", None),
        ("Shire Police", "other"),
        ("Lane End Nursery", "other"),
        ("", None),
    ],
)
def test_the_agency_is_told_by_a_word_and_never_by_name(name, whose):
    """Only a name with little in common with the sender's is another's: that holds the form."""
    assert judged("qa_form", qa_form(agency=name)).clues.agency == whose


def test_words_that_many_agencies_share_make_no_two_agencies_one():
    context = replace(CONTEXT, agency=AgencyFacts("CH", "Shire City Council Children's Services"))
    police = replace(CONTEXT, agency=AgencyFacts("POL", "Shire Police"))
    assert judged("qa_form", qa_form(agency="Shire Hospital"), police).clues.agency == "other"
    for name, whose in (("Borough Council Health Services", "other"), ("City Council", None)):
        assert judged("qa_form", qa_form(agency=name), context).clues.agency == whose


def test_a_blank_qa_form_gets_one_finding_and_not_twenty_five():
    judgement = judged("qa_form", qa_form(unanswered(), **NOTHING))
    assert rules(judgement) == ["blank-template"]
    assert judgement.verdict == "reject"
    assert judgement.passed == ()


def test_a_form_that_holds_only_what_the_board_printed_is_blank():
    blanks = {**NOTHING, "agency": "Meadow Lane Surgery", "child": "N12/A"}
    assert rules(judged("qa_form", qa_form(unanswered(), **blanks))) == ["blank-template"]


def test_a_form_with_one_tick_is_not_blank():
    grid = unanswered()
    grid[3] = answered("Yes", criterion(4))
    judgement = judged("qa_form", qa_form(grid, **NOTHING))
    assert "blank-template" not in rules(judgement)
    assert {"answer-missing", "signed-missing", "role-missing"} <= set(rules(judgement))


def test_a_blank_statement_with_dots_to_sign_on_is_blank():
    dots = {"signed": "Signed.....", "date": "Date.....", "name": "Name.....", "title": "Title..."}
    assert rules(judged("evaluation_statement", statement(**dots))) == ["blank-template"]


def test_template_text_left_in_a_blank_is_named_by_the_blank():
    judgement = judged("qa_form", qa_form(role="Manager [insert department]"))
    (finding,) = told(judgement, "placeholder-left")
    assert finding.where.section == "Role"
    assert finding.severity == "fault"


def test_template_text_in_the_running_text_is_left_text_too():
    blocks = [Paragraph("Please return it by INSERT DATE"), *statement()]
    assert "placeholder-left" in rules(judged("evaluation_statement", blocks))


def test_template_text_that_is_all_a_blank_holds_is_an_empty_blank():
    judgement = judged("qa_form", qa_form(role="[Insert role]"))
    assert rules(judgement) == ["role-missing"]


def test_a_prompt_of_a_content_control_is_an_empty_blank():
    prompt = Paragraph("Click here to enter text.", placeholder=True)
    assert rules(judged("qa_form", qa_form(role=prompt))) == ["role-missing"]


def test_a_scan_whose_ink_cannot_be_read_is_a_question_and_never_a_fault():
    traits = Traits(on_paper=True)
    judgement = judged("qa_form", qa_form(unanswered(), **NOTHING), traits=traits)
    assert rules(judgement) == ["handwriting", "child-missing", "signed-scan"]
    assert judgement.verdict == "refer"
    assert judgement.passed == ()


def test_a_scan_that_lost_its_grid_is_a_question():
    blocks = [Paragraph(criterion(n)) for n in range(1, 18)]
    judgement = judged("qa_form", blocks, traits=Traits(on_paper=True))
    assert judgement.verdict == "refer"


def test_a_signed_statement_on_paper_is_a_question_about_its_signature():
    judgement = judged("evaluation_statement", statement(), traits=Traits(on_paper=True))
    assert rules(judgement) == ["signed-image"]
    assert judgement.verdict == "refer"


def test_tracked_changes_are_no_concern_of_a_form_and_comments_are_a_question():
    traits = Traits(tracked_changes=3, comments=2)
    assert rules(judged("qa_form", qa_form(), traits=traits)) == ["comments-left"]


def test_no_message_carries_a_word_that_the_form_was_filled_in_with():
    names = ["Zebedee Canary", "Canary Towers", "canary-note"]
    grid = answers(
        c5=answered("No", criterion(5), "canary-note"), c6=["Canary Towers", "", "", "", ""]
    )
    blocks = qa_form(grid, agency=names[1], child=names[0], signed=names[0], date="canary day")
    judgement = judged("qa_form", blocks)
    assert judgement.verdict == "reject"
    shown = repr(judgement).casefold()
    assert "canary" not in shown and "zebedee" not in shown


def test_a_kind_of_another_shape_is_our_mistake():
    other = replace(kind("qa_form"), shape=TableShape(columns=()))
    with pytest.raises(TypeError):
        judge_form(qa_form(), Traits(), other, CONTEXT)


def test_the_order_of_findings_is_the_order_of_the_form():
    grid = answers(c2=answered("", criterion(2)), c9=answered("", criterion(9)))
    judgement = judged("qa_form", qa_form(grid, date=""))
    assert [f.where.criterion for f in told(judgement, "answer-missing")] == [2, 9]
    assert rules(judgement) == ["answer-missing", "date-missing"]


def test_a_form_with_four_thousand_rows_is_judged_all_the_same():
    extra = [["Something that is no criterion of ours at all", "", "", "", ""]] * 4000
    judgement = judged("qa_form", qa_form([*answers(), *extra]))
    assert judgement.findings == ()


def test_which_tables_tell_of_versions_is_asked_once_however_many_rows_are_in_doubt(monkeypatch):
    """Asked for each row, a form of four thousand rows took minutes."""
    asked = []
    histories = final_wording._histories
    monkeypatch.setattr(
        final_wording, "_histories", lambda sheet: asked.append(sheet) or histories(sheet)
    )
    extra = [["Something that is no criterion of ours at all", "", "", "", ""]] * 5
    assert judged("qa_form", qa_form([*answers(), *extra])).findings == ()
    assert len(asked) == 1


def test_a_statement_filled_in_inside_a_table_is_read_there():
    blocks = [row(1, i, text, "") for i, text in enumerate(STATEMENTS, start=1)]
    blanks = [
        row(2, 1, "Signed", "Commissioner One"),
        row(2, 2, "Date", "20/05/2010"),
        row(2, 3, "Name", "Commissioner One"),
        row(2, 4, "Title", "Chief Executive"),
    ]
    judgement = judged("evaluation_statement", [*blocks, *blanks])
    assert rules(judgement) == ["signed-typed"]
    assert judgement.clues.dated == date(2010, 5, 20)


def test_a_form_for_no_known_case_still_gives_its_identifier():
    context = replace(CONTEXT, case=replace(CASE, child_identifier="", reference="Q3"))
    clues = judged("qa_form", qa_form(child="N13 / A"), context).clues
    assert clues.child_identifier == "N13 / A"


def test_a_board_that_takes_a_rule_out_hears_no_more_of_it():
    """The TOML promises so; only the grid and the statements need their rules."""
    needed = ("criterion-", "answer-missing", "answer-double", "statement-")
    grid = answers(c5=answered("No", criterion(5)), c6=answered("Partially", criterion(6)))
    spoilt = qa_form(grid, **{**NOTHING, "child": "N13/A", "role": "[insert role] x"})
    for id, blocks in (("qa_form", spoilt), ("evaluation_statement", statement(name="Name..."))):
        for rule in kind(id).rules:
            if not rule.startswith(needed):
                kept = {r: law for r, law in kind(id).rules.items() if r != rule}
                judgement = judge_form(blocks, Traits(), replace(kind(id), rules=kept), CONTEXT)
                assert rule not in rules(judgement)
