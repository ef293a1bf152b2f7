"""Which row is which criterion, and how a missing or reworded one is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Paragraph, Row
from tests.handlers.checks.form.specimen import (
    HEADINGS,
    answered,
    answers,
    cell,
    criterion,
    judged,
    qa_form,
    rules,
    table,
    told,
    without_remarks,
)


def test_a_criterion_that_is_not_there_is_named_by_its_number():
    judgement = judged("qa_form", qa_form(answers(c7=[])))
    (finding,) = told(judgement, "criterion-missing")
    assert finding.where.criterion == 7
    assert rules(judgement) == ["criterion-missing"]
    assert "all 17 answers" not in judgement.passed


def test_a_reworded_criterion_is_a_fault_and_its_answer_is_still_read():
    reworded = "Report retains a focus on the family concerned."
    judgement = judged("qa_form", qa_form(answers(c10=answered("No", reworded, "See above"))))
    (finding,) = told(judgement, "criterion-reworded")
    assert (finding.where.criterion, finding.severity) == (10, "fault")
    assert (10, "no") in judgement.clues.answers


def test_a_corrected_spelling_and_the_boards_own_initials_pass():
    right = criterion(6).replace("indentified", "identified")
    initials = criterion(17).replace("SCB", "NCSCB")
    grid = answers(c6=answered("Yes", right), c17=answered("Yes", initials))
    assert judged("qa_form", qa_form(grid)).findings == ()


def test_a_number_typed_before_each_criterion_makes_no_difference():
    grid = [answered("Yes", f"{n}. {criterion(n)}") for n in range(1, 18)]
    assert judged("qa_form", qa_form(grid)).findings == ()


def test_an_automatic_number_before_each_criterion_makes_no_difference():
    grid = [answered("Yes", Paragraph(criterion(n), numbered=True)) for n in range(1, 18)]
    assert judged("qa_form", qa_form(grid)).findings == ()


def test_a_leading_column_of_numbers_headed_no_is_not_the_answer_no():
    grid = [[str(n), *answered("Partially", criterion(n), "Soon")] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, ("No.", *HEADINGS)))
    assert rules(judgement) == ["answer-partially"]
    assert judgement.clues.answers[16] == (17, "partially")


def test_rows_that_continue_in_a_second_table_without_headings_are_read_on():
    blocks = qa_form(answers()[:8])
    blocks += table(6, *answers()[8:])
    assert judged("qa_form", blocks).findings == ()


def test_a_second_table_may_repeat_the_headings():
    blocks = qa_form(answers()[:8])
    blocks += table(6, HEADINGS, *answers()[8:])
    assert judged("qa_form", blocks).findings == ()


def test_a_criterion_cut_in_two_by_a_page_break_is_one_criterion():
    first = answered("Yes", "Report identifies the records accessed and others")
    rest = ["consulted or interviewed in the completion of the report.", "", "", "", "Noted"]
    grid = answers()
    grid[6:7] = [first, rest]
    judgement = judged("qa_form", qa_form(grid))
    assert without_remarks(judgement) == ()
    assert (7, "yes") in judgement.clues.answers


def test_rows_in_another_order_keep_their_own_numbers():
    grid = answers(c3=answered("Partially", criterion(3), "Asked for"))
    judgement = judged("qa_form", qa_form(grid[::-1]))
    (finding,) = told(judgement, "answer-partially")
    assert finding.where.criterion == 3


def test_two_reworded_rows_do_not_take_each_others_place():
    grid = answers(
        c8=answered("No", "Report takes account of the wishes of the child(ren) and parents.", "a"),
        c9=answered(
            "Yes",
            "Report is sensitive to the racial and religious identity of the child(ren) and all"
            " family members.",
        ),
    )
    judgement = judged("qa_form", qa_form(grid))
    assert [f.where.criterion for f in told(judgement, "criterion-reworded")] == [8, 9]
    assert (8, "no") in judgement.clues.answers and (9, "yes") in judgement.clues.answers


def test_a_form_without_its_grid_misses_every_criterion_and_names_each():
    found = told(judged("qa_form", qa_form([])), "criterion-missing")
    assert [f.where.criterion for f in found] == list(range(1, 18))
    assert {f.message for f in found} == {"This criterion is not on the form."}


def test_a_grid_of_other_words_is_one_question_about_the_form():
    """Failure mode 91: rows that are none of the criteria may be a form that we do not know."""
    other = [answered("Yes", f"Standard {n} of our own is met in every part") for n in range(9)]
    judgement = judged("qa_form", qa_form(other))
    assert [(f.rule, f.severity) for f in judgement.findings] == [("criteria-unread", "question")]


def test_a_further_column_is_no_part_of_a_criterion():
    grid = [["CDOP", *answered("Yes", criterion(n)), "4.3"] for n in range(1, 18)]
    headings = ("Theme", *HEADINGS, "Para ref")
    assert judged("qa_form", qa_form(grid, headings)).findings == ()


def test_a_column_after_the_comments_with_words_of_its_own_changes_no_wording():
    grid = [[*answered("Yes", criterion(n)), "See part four of the report"] for n in range(1, 18)]
    assert judged("qa_form", qa_form(grid, (*HEADINGS, "Where in the IMR"))).findings == ()


def test_one_row_never_stands_for_two_criteria():
    between = "Report is sensitive to the individual needs of the child(ren) and family members."
    judgement = judged("qa_form", qa_form(answers(c8=[], c9=answered("Yes", between))))
    assert len(told(judgement, "criterion-reworded")) == 1
    assert len(told(judgement, "criterion-missing")) == 1


def test_a_criterion_may_be_called_by_its_number():
    grid = [answered("Yes", f"Criterion {n}: {criterion(n)}") for n in range(1, 18)]
    assert judged("qa_form", qa_form(grid)).findings == ()


def test_a_second_table_laid_out_in_its_own_way_is_read_by_position():
    blocks = qa_form(answers()[:8])
    own = [[str(n), *answered("Partially", criterion(n), "Soon")] for n in range(9, 18)]
    judgement = judged("qa_form", blocks + table(6, *own))
    assert rules(judgement) == ["answer-partially"]
    assert judgement.clues.answers[16] == (17, "partially")


def test_a_heading_row_across_the_grid_is_passed_over():
    across = [replace(cell("The report as a whole, and what it says", 0), span=5)]
    grid = [*answers()[:8], across, *answers()[8:]]
    assert without_remarks(judged("qa_form", qa_form(grid))) == ()


def typed(heading, *lines):
    """A form whose grid is lines of running text in place of a table."""
    blocks = [b for b in qa_form([]) if not (isinstance(b, Row) and b.table == 4)]
    at = next(i for i, b in enumerate(blocks) if isinstance(b, Row) and b.table == 5)
    return [*blocks[:at], *map(Paragraph, (heading, *lines)), *blocks[at:]]


def test_a_grid_typed_with_tabs_is_read():
    lines = [f"{n}. {criterion(n)}\t{'' if n == 9 else 'X'}\t\t\t" for n in range(1, 18)]
    judgement = judged("qa_form", typed("Criteria\tYes\tNo\tPartially\tComments", *lines))
    assert [(f.rule, f.where.criterion) for f in judgement.findings] == [("answer-missing", 9)]
    assert len(judgement.clues.answers) == 16


def test_answers_on_the_line_below_each_criterion_are_read():
    lines = []
    for n in range(1, 18):
        lines += [criterion(n), f"Answer: {'' if n == 9 else 'No' if n == 3 else 'Yes'}"]
        lines += ["Comments: the board asks for it in May"] if n == 3 else []
    judgement = judged("qa_form", typed("The criteria", *lines))
    assert {(f.rule, f.where.criterion) for f in judgement.findings} == {
        ("answer-missing", 9),
        ("answer-no", 3),
    }


@pytest.mark.parametrize("set_in", ["", "      ", "\t\t", "    - "])
def test_a_comment_below_the_ticks_is_the_answers_however_far_it_is_set_in(set_in):
    lines = []
    for n in range(1, 18):
        boxes = "☐ Yes  ☐ No  ☒ Partially" if n == 9 else "☒ Yes  ☐ No  ☐ Partially"
        lines += [f"{n}. {criterion(n)}", f"{set_in}{boxes}"]
        lines += [f"{set_in}Comments: to follow from the nursery"] if n == 9 else []
    judgement = judged("qa_form", typed("The criteria", *lines))
    assert [f.rule for f in judgement.findings] == ["answer-partially"]


def test_answers_behind_each_criterion_on_its_own_line_are_read():
    lines = [f"{criterion(n)} Yes ☑ No ☐ Partially ☐" for n in range(1, 18)]
    assert judged("qa_form", typed("The criteria", *lines)).findings == ()


def test_a_row_of_the_agencys_own_is_told_of_and_a_no_in_it_is_for_a_person():
    own = "The report was read by our safeguarding lead before it was sent"
    for answer, severity in (("Yes", "advice"), ("No", "question"), ("Partially", "question")):
        grid = [*answers(), answered(answer, own)]
        (finding,) = judged("qa_form", qa_form(grid)).findings
        assert (finding.rule, finding.severity) == ("criterion-added", severity)
        assert (finding.where.table, finding.where.row) == (4, 19)
    guidance = ["Guidance on the whole of the form", *["tick one"] * 3, "say why"]
    for unanswered in (answered("", own), [own], answered("Yes", criterion(3)), guidance):
        assert without_remarks(judged("qa_form", qa_form([*answers(), unanswered]))) == ()


def test_a_column_headed_in_two_languages_holds_its_choice():
    headings = ("Meini prawf / Criteria", "Ie / Yes", "Na / No", "Yn rhannol / Partially", "Sylw")
    grid = answers(c2=[criterion(2), "X", "", "X", ""], c3=[criterion(3), "", "", "X", "Why"])
    judgement = judged("qa_form", qa_form(grid, headings))
    assert [f.where.criterion for f in told(judgement, "answer-double")] == [2]
    assert (3, "partially") in judgement.clues.answers


def test_a_tick_in_a_column_nobody_knows_is_asked_about_where_a_choice_has_none():
    headings = ("Criteria", "Yes", "No", "To a degree", "Comments")
    grid = answers(c2=[criterion(2), "X", "", "X", ""])
    found = told(judged("qa_form", qa_form(grid, headings)), "answer-unclear")
    assert [f.where.criterion for f in found] == [2]


def test_criteria_are_told_in_the_order_of_the_form_whichever_check_tells_them():
    grid = answers(c9=[], c6=answered("", criterion(6)), c12=[criterion(12), "X", "X", "", ""])
    judgement = judged("qa_form", qa_form(grid))
    told_of = [f.where.criterion for f in judgement.findings if f.where.criterion]
    assert told_of == [6, 9, 12]
