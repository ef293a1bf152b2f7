"""What ticks an answer, and what is said of none, two, No and Partially."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Cell, Paragraph
from tests.handlers.checks.form.specimen import (
    answered,
    answers,
    cell,
    criterion,
    judged,
    qa_form,
    rules,
    told,
)

SINGLE = ("Criteria", "Answer", "Comments")


def fifth(*contents: str | Paragraph | Cell):
    """The judgement of a form whose fifth row has these cells after the criterion."""
    return judged("qa_form", qa_form(answers(c5=[criterion(5), *contents])))


def answer_of(judgement, number=5):
    return dict(judgement.clues.answers).get(number)


@pytest.mark.parametrize(
    "tick",
    (
        *("X", "x", " X ", "[x]", "(X)", "X see below", "☐ x"),
        *("✓", "✔", "√", "☑", "☒", "✗", "\uf0fc", "\uf0fe", "þ", "ü"),
        *("Yes", "Y", "yes", "YES.", "Yes - see below"),
        *("/", "*", "tick", "v"),  # what is typed where nothing else is at hand
    ),
)
def test_a_tick_is_any_mark_people_tick_with(tick):
    judgement = fifth(tick, "☐", "", "")
    assert judgement.findings == ()
    assert answer_of(judgement) == "yes"


@pytest.mark.parametrize("nothing", ["", "☐", "□", "[ ]", "[]", "-", "n/a", "\uf0a8", "..."])
def test_an_empty_box_or_a_dash_is_no_tick(nothing):
    judgement = fifth(nothing, nothing, nothing, "")
    assert rules(judgement) == ["answer-missing"]
    (finding,) = judgement.findings
    assert (finding.where.criterion, finding.severity) == (5, "fault")
    assert finding.fix == "Tick one answer beside it: Yes, No or Partially."


def test_a_check_box_of_word_is_a_tick_whatever_is_drawn_in_it():
    drawn = [Paragraph("☐", ticks=(False,)), Paragraph("☒", ticks=(True,)), Paragraph("☐")]
    judgement = fifth(*drawn, "Being done")
    assert rules(judgement) == ["answer-no"]


def test_two_ticks_are_a_fault_at_the_criterion():
    judgement = fifth("X", "", "X", "")
    assert rules(judgement) == ["answer-double"]
    assert judgement.findings[0].where.criterion == 5
    assert answer_of(judgement) is None


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (("", "No", ""), "no"),
        (("", "N", ""), "no"),
        (("", "", "P"), "partially"),
        (("", "", "Partly"), "partially"),
        (("", "", "Yes"), "partially"),  # "yes, this one"
        (("No", "", ""), "no"),
        (("Partially", "", ""), "partially"),
        (("No", "", "X"), "partially"),
        (("No", "No", "Yes"), None),
    ],
)
def test_words_typed_in_the_columns(cells, answer):
    assert answer_of(fifth(*cells, "A comment")) == answer


@pytest.mark.parametrize("both", ["Yes / No", "Yes and Partially", "Yes, No or Partially", "Y/N"])
def test_two_answers_typed_in_one_of_the_columns_are_for_a_person(both):
    for cells in ((both, "", "", ""), ("", both, "", "")):
        judgement = fifth(*cells)
        assert rules(judgement) == ["answer-unclear"], cells
        assert answer_of(judgement) is None


def test_a_struck_out_tick_is_no_tick():
    judgement = fifth(Paragraph("X", struck=True), "", "X", "Soon")
    assert answer_of(judgement) == "partially"


def test_a_tick_that_is_a_picture_is_for_a_person():
    """A tick drawn by hand is not in the text, and sending the form back would be unjust."""
    judgement = fifth(Paragraph("", picture=True), "", "", "")
    assert rules(judgement) == ["handwriting"]
    assert judgement.verdict == "refer"


def test_the_columns_are_found_by_their_headings_in_any_order():
    headings = ("Criteria", "Comments", "Partially", "No", "Yes")
    grid = [[criterion(n), "Soon", "", "X", ""] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, headings))
    assert rules(judgement) == ["answer-no"]


def test_without_headings_the_columns_are_found_by_their_place():
    grid = [[str(n), criterion(n), "", "", "X", "Soon"] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, ()))
    assert rules(judgement) == ["answer-partially"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", "yes"),
        ("No", "no"),
        ("Partially", "partially"),
        ("Y", "yes"),
        ("Yes, no changes were needed", "yes"),
        ("No - in hand", "no"),
        ("Yes ☐ No ☒ Partially ☐", "no"),
        ("☐ Yes ☐ No ☒ Partially", "partially"),
        ("[ ] Yes [x] No [ ] Partially", "no"),
        ("☒ Yes", "yes"),
        ("Yes / No / Partially", None),
        ("Yes\nNo\nPartially", None),
        ("Yes / No", None),
        ("N/A", None),
        ("Choose an item", None),
        ("", None),
    ],
)
def test_one_column_may_hold_the_whole_answer(text, answer):
    grid = [[criterion(n), text if n == 5 else "Yes", "Noted"] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, SINGLE))
    assert answer_of(judgement) == answer
    assert answer_of(judgement, 4) == "yes"


def test_one_column_headed_with_all_the_choices_holds_answer_and_comment():
    headings = ("Criteria", "Yes/ No/ Partially/ Comments")
    grid = [[criterion(n), "Partially, two are still to come"] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, headings))
    assert rules(judgement) == ["answer-partially"]


def test_check_boxes_in_one_cell_go_by_the_words_beside_them():
    whole = Paragraph("Partially  Yes  No", ticks=(False, False, True))
    grid = [[criterion(n), whole if n == 5 else "Yes", "Noted"] for n in range(1, 18)]
    assert answer_of(judged("qa_form", qa_form(grid, SINGLE))) == "no"


def test_choices_struck_out_until_one_is_left_are_an_answer():
    left = [Paragraph("Yes", struck=True), Paragraph("No"), Paragraph("Partially", struck=True)]
    grid = [
        [criterion(n), Cell(tuple(left), 1) if n == 5 else "Yes", "Noted"] for n in range(1, 18)
    ]
    assert answer_of(judged("qa_form", qa_form(grid, SINGLE))) == "no"


@pytest.mark.parametrize(("text", "answer"), [("Yes", "yes"), ("Partially", "partially")])
def test_answer_cells_merged_into_one_are_read_as_one(text, answer):
    merged = replace(cell(text, 1), span=3)
    blocks = qa_form(answers(c5=[criterion(5), merged]))
    assert answer_of(judged("qa_form", blocks)) == answer


@pytest.mark.parametrize(
    ("text", "rule"), [("Yes / No / Partially", "answer-missing"), ("Yes / No", "answer-double")]
)
def test_a_list_of_choices_is_untouched_while_it_is_whole(text, rule):
    grid = [[criterion(n), text if n == 5 else "Yes", ""] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, SINGLE))
    assert [(f.rule, f.where.criterion) for f in judgement.findings] == [(rule, 5)]


def test_the_prompt_of_a_content_control_is_neither_answer_nor_comment():
    prompt = Paragraph("Yes or no?", placeholder=True)
    assert rules(fifth(prompt, prompt, prompt, "")) == ["answer-missing"]
    enter = Paragraph("Click here to enter text.", placeholder=True)
    assert rules(fifth("", "", "X", enter)) == ["answer-partially", "comment-missing"]


def test_a_no_is_a_question_and_never_a_fault():
    judgement = judged(
        "qa_form", qa_form(answers(c8=answered("No", criterion(8), "In hand by May")))
    )
    (finding,) = judgement.findings
    assert (finding.rule, finding.severity, finding.where.criterion) == ("answer-no", "question", 8)
    assert judgement.verdict == "refer"


def test_a_partially_is_advice():
    judgement = judged(
        "qa_form", qa_form(answers(c8=answered("Partially", criterion(8), "In hand by May")))
    )
    assert rules(judgement) == ["answer-partially"]
    assert judgement.verdict == "accept"


@pytest.mark.parametrize("answer", ["No", "Partially"])
def test_a_no_or_a_partially_without_a_comment_is_advised_on(answer):
    judgement = judged("qa_form", qa_form(answers(c8=answered(answer, criterion(8)))))
    (finding,) = told(judgement, "comment-missing")
    assert (finding.where.criterion, finding.severity) == (8, "advice")


def test_a_yes_needs_no_comment():
    assert judged("qa_form", qa_form()).findings == ()


def test_a_comment_merged_down_over_several_criteria_counts_for_each():
    grid = answers(
        c8=answered("Partially", criterion(8), "Both in hand"),
        c9=[*answered("Partially", criterion(9))[:4], Cell((), 4, continued=True)],
    )
    assert rules(judged("qa_form", qa_form(grid))) == ["answer-partially"]


def test_what_is_so_of_every_criterion_is_told_once():
    grid = [answered("Partially", criterion(n), "Soon") for n in range(1, 18)]
    (finding,) = told(judged("qa_form", qa_form(grid)), "answer-partially")
    assert finding.where.criterion is None


def test_a_grid_that_nobody_touched_is_one_fault():
    grid = [answered("", criterion(n)) for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid))
    assert [(f.rule, f.severity) for f in judgement.findings] == [("answers-missing", "fault")]
    assert "all 17 answers" not in judgement.passed


def test_a_grid_answered_in_a_way_we_do_not_know_is_one_question():
    """Failure mode 91: what we could not read is never told as what was not written."""
    grid = [[criterion(n), "", "", "", "Met, see 4.2"] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid))
    assert [(f.rule, f.severity) for f in judgement.findings] == [("answers-unread", "question")]


def test_one_answer_that_is_not_understood_is_a_question_about_it():
    judgement = fifth("", "as discussed with you", "", "")
    assert [(f.rule, f.where.criterion) for f in judgement.findings] == [("answer-unclear", 5)]
    assert answer_of(judgement, 4) == "yes"


def test_not_applicable_with_a_reason_is_a_question_and_without_one_no_answer():
    judgement = fifth("", "N/A", "", "There was no legal advice to take")
    assert rules(judgement) == ["answer-not-applicable"]
    (finding,) = fifth("", "N/A", "", "").findings
    assert (finding.rule, finding.where.criterion) == ("answer-missing", 5)
    assert finding.message == "This says that it does not apply, and it is needed here."


def test_words_for_not_yet_are_no_answer():
    (finding,) = fifth("TBC", "", "", "").findings
    assert (finding.rule, finding.where.criterion) == ("answer-missing", 5)
    assert finding.message == "This says that it is still to come."


PUT_OFF = ("TBC", "To follow", "Awaiting legal advice", "Genogram still being drawn", "Draft")


@pytest.mark.parametrize("comment", PUT_OFF)
@pytest.mark.parametrize(
    ("answers", "rule"), [(("", "", ""), "answer-missing"), (("Yes", "", "Yes"), "answer-double")]
)
def test_a_comment_that_puts_off_what_has_no_one_answer_is_told_with_it(comment, answers, rule):
    """Else the author ticks one, and the comment is asked about in the next letter."""
    (finding,) = fifth(*answers, comment).findings
    assert (finding.rule, finding.severity) == (rule, "fault")
    assert finding.message.endswith("The comment beside it says that something is still to come.")
    assert finding.fix.endswith("or take those words out.")


@pytest.mark.parametrize("comment", ["", "See section 2", "None", "Drawn by our secretary"])
def test_another_comment_beside_no_answer_is_not_told(comment):
    (finding,) = fifth("", "", "", comment).findings
    assert finding.message == "No answer is ticked."


def test_a_list_left_at_its_prompt_is_told_to_be_chosen_from():
    prompt = Paragraph("Choose an item.", placeholder=True)
    grid = [[criterion(n), "Yes" if n != 5 else prompt, ""] for n in range(1, 18)]
    headings = ("Criteria", "Answer", "Comments")
    (finding,) = judged("qa_form", qa_form(grid, headings)).findings
    assert (finding.rule, finding.where.criterion) == ("answer-missing", 5)
    assert "Choose one of Yes, No or Partially" in finding.fix
    untouched = [[criterion(n), prompt, ""] for n in range(1, 18)]
    (finding,) = judged("qa_form", qa_form(untouched, headings)).findings
    assert "Choose one of Yes, No or Partially" in finding.fix


def test_a_list_of_an_older_word_left_at_its_prompt_is_left_blank():
    grid = [[criterion(n), "Yes" if n != 5 else "Select", ""] for n in range(1, 18)]
    (finding,) = judged("qa_form", qa_form(grid, ("Criteria", "Answer", "Comments"))).findings
    assert (finding.rule, finding.where.criterion) == ("answer-missing", 5)
    assert "Choose one of Yes, No or Partially" in finding.fix
    untouched = [[criterion(n), "Select", ""] for n in range(1, 18)]
    form = qa_form(untouched, ("Criteria", "Answer", "Comments"))
    (finding,) = judged("qa_form", form).findings
    assert (finding.rule, finding.severity) == ("answers-missing", "fault")


def test_yes_with_a_comment_that_it_is_not_so_yet_is_a_question_and_no_fault():
    for comment in ("Not yet", "To follow", "Awaiting panel", "Will be done by 30 June", "TBC"):
        judgement = fifth("X", "", "", comment)
        (finding,) = judgement.findings
        assert (finding.rule, finding.where.criterion) == ("answer-unclear", 5), comment
        assert finding.severity == "question"
        assert "may say that this is not so yet" in finding.message
        assert "take those words out of the comment" in finding.fix
    assert fifth("X", "", "", "See section 2").findings == ()


def test_a_comment_on_what_was_not_so_then_leaves_yes_an_answer():
    comment = "The agency had not yet been told in 2009 and the report says so."
    assert rules(fifth("X", "", "", comment)) == ["comment-beside"]


def test_yes_with_a_comment_that_denies_or_limits_it_is_a_question_and_no_fault():
    for comment in ("No", "Partially", "Not really.", "Apart from appendix 2", "Two weeks late"):
        (finding,) = fifth("X", "", "", comment).findings
        assert (finding.rule, finding.severity) == ("answer-unclear", "question"), comment
        assert "may say that this is not so, or not wholly" in finding.message


def test_an_administrator_alone_is_told_once_of_comments_that_may_say_more():
    said = {3: "Drawn by my secretary.", 5: "Drawn by my secretary."}
    grid = [[criterion(n), "X", "", "", said.get(n, "See section 4")] for n in range(1, 18)]
    (finding,) = judged("qa_form", qa_form(grid)).findings
    assert (finding.rule, finding.severity) == ("comment-beside", "advice")
    assert "(criterion 3 and 5)" in finding.message


def test_partially_may_say_what_is_still_to_follow():
    assert rules(fifth("", "", "X", "Genogram to follow")) == ["answer-partially"]


def test_a_whole_cell_says_yes_and_that_it_is_to_follow():
    grid = [[criterion(n), "Yes" if n != 5 else "Yes. Genogram to follow.", ""]
            for n in range(1, 18)]  # fmt: skip
    judgement = judged("qa_form", qa_form(grid, ("Criteria", "Answer", "Comments")))
    assert rules(judgement) == ["answer-unclear"]


@pytest.mark.parametrize("answer", ["Partially", "No"])
@pytest.mark.parametrize("comment", ["To follow", "TBC", "to be confirmed", "N/A", "?", "-"])
def test_a_comment_that_tells_nothing_is_told_as_that(answer, comment):
    found = judged("qa_form", qa_form(answers(c5=answered(answer, criterion(5), comment))))
    (finding,) = told(found, "comment-missing")
    assert (finding.severity, finding.where.criterion) == ("advice", 5)
    assert "does not say what is outstanding" in finding.message


@pytest.mark.parametrize(
    "comment", ["Genogram to follow by 3 June.", "See paragraph 4.2", "Genogram", "As above",
                "To follow: the notes of two interviews."],
)  # fmt: skip
def test_a_comment_that_tells_something_is_one(comment):
    found = judged("qa_form", qa_form(answers(c5=answered("Partially", criterion(5), comment))))
    assert rules(found) == ["answer-partially"]


def test_an_answer_that_is_asked_about_is_said_to_have_its_reason_where_it_has_one():
    for comment, said in (("No advice was needed", True), ("", False), ("TBC", False)):
        grid = answers(c13=answered("No", criterion(13), comment))
        (found,) = [f for f in judged("qa_form", qa_form(grid)).findings if f.rule == "answer-no"]
        assert ("a reason is given" in found.message) is said
        assert ("A person will read it." in found.message) is said
