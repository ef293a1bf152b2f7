"""Everything there is to mend in one letter, each cause in one sentence that is true of it."""

from __future__ import annotations

import pytest

from handlers.document import Block, Cell, Paragraph
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import (
    STATEMENTS,
    answered,
    answers,
    criterion,
    judged,
    qa_form,
    row,
    rules,
    statement,
    table,
    told,
    without_remarks,
)

PARTS = ("Signed", "Date", "Name", "Title")
BLANKS = dict.fromkeys(("signed", "date", "name", "title"), "")
MISSING = [f"{part}-missing" for part in BLANKS]
VALUES = {
    "Signed": "A. Person", "Date": "20/05/2010", "Name": "Alex Person", "Title": "Chief Executive",
}  # fmt: skip


def unsigned(statements: dict[int, Paragraph | None] | None = None) -> list[Block]:
    """An evaluation statement with its four blanks empty."""
    return statement(statements, **{part: f"{part.title()}:" for part in BLANKS})


def ticked(*marks: tuple[str, str]) -> list[Block]:
    """The statements in a table of Yes and No; those of the declaration too."""
    rows = [[text, *marks[n % len(marks)]] for n, text in enumerate(STATEMENTS)]
    return [
        Paragraph("Evaluation Statement", title=True),
        *table(1, ["Statement", "Yes", "No"], *rows),
    ]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({2: None}, "statement-missing"),
        ({3: Paragraph("The IMR was held against Ofsted grade descriptors")}, "statement-reworded"),
        ({5: Paragraph("I have read this report.")}, "declaration-reworded"),
        ({1: Paragraph(STATEMENTS[0], struck=True)}, "statement-missing"),
        ({n: Paragraph(f"{'☐' if n == 3 else '☑'} {STATEMENTS[n - 1]}") for n in range(1, 5)},
         "statement-reworded"),
    ],
)  # fmt: skip
def test_a_statement_nobody_signed_is_told_of_its_statements_too(changed, rule):
    judgement = judged("evaluation_statement", unsigned(changed))
    assert rules(judgement) == [rule, *MISSING]


@pytest.mark.parametrize("mark", [("✓", ""), ("Yes", ""), ("☑", "☐")])
def test_where_statements_are_ticked_nothing_filled_in_is_not_said(mark):
    blocks = [*ticked(mark), *(Paragraph(f"{part}:") for part in PARTS)]
    assert rules(judged("evaluation_statement", blocks)) == MISSING


@pytest.mark.parametrize("mark", [("", ""), ("☐", "☐"), ("Yes / No",)])
def test_a_statement_as_it_was_sent_out_is_told_that_nothing_is_filled_in(mark):
    blocks = [*ticked(mark), *(Paragraph(f"{part}:") for part in PARTS)]
    assert rules(judged("evaluation_statement", blocks)) == ["blank-template"]


def test_a_qa_form_nobody_filled_in_is_told_of_its_criteria_too():
    empty = {f"c{n}": answered("", criterion(n)) for n in range(1, 18)}
    blanks = dict.fromkeys(("agency", "person", "child", "signed", "role", "date"), "")
    found = rules(judged("qa_form", qa_form(answers(**{**empty, "c7": []}), **blanks)))
    assert {"criterion-missing", "signed-missing", "role-missing", "date-missing"} <= set(found)
    assert "blank-template" not in found


# A blank beside a table of statements


def signed_in(layout: str, gone: str) -> list[Block]:
    shown = {part: "" if part == gone else value for part, value in VALUES.items()}
    lines: list[Block] = [Paragraph(f"{part}: {value}") for part, value in shown.items()]
    head = Paragraph("Evaluation Statement", title=True)
    pairs = list(zip(STATEMENTS, shown.items(), strict=False))
    match layout:
        case "one answer column":
            rows = [("Statement", "Yes / No"), *((text, "Yes") for text in STATEMENTS)]
            return [head, *table(1, *rows), *lines]
        case "rows of the same table":
            rows = [("Statement", "Confirmed"), *((text, "Yes") for text in STATEMENTS)]
            return [head, *table(1, *rows, *shown.items())]
        case "above the table":
            return [head, *lines, *ticked(("✓", ""))[1:]]
        case "beside the statements":
            rows = [(text, "Yes", "", f"{part}: {value}") for text, (part, value) in pairs]
            return [head, *table(1, ("Statement", "Yes", "No", "Sign off"), *rows),
                    Paragraph(STATEMENTS[4])]  # fmt: skip
        case "with comments":
            rows = [(text, "Yes", "", "Reviewed") for text in STATEMENTS]
            return [head, *table(1, ("Statement", "Yes", "No", "Comments"), *rows), *lines]
        case "under rules":
            under = [(Paragraph(v), Paragraph("____________"), Paragraph(p))
                     for p, v in shown.items()]  # fmt: skip
            return [*ticked(("Yes", "")), *(line for three in under for line in three)]
        case _:
            raise ValueError(layout)


@each_case("gone", PARTS)
@each_case(
    "layout",
    ["one answer column", "rows of the same table", "above the table", "beside the statements",
     "with comments", "under rules"],
)  # fmt: skip
def test_a_blank_beside_a_table_of_statements_is_evidently_blank(layout, gone):
    """The table's own words, "Yes" and "Confirmed", are nobody's name."""
    judgement = judged("evaluation_statement", signed_in(layout, gone))
    found = [f.rule for f in judgement.findings if f.severity != "advice"]
    assert found == [f"{gone.lower()}-missing"]


def test_a_name_without_a_label_beside_the_table_is_still_asked_about():
    blocks = [*ticked(("Yes", "")), Paragraph("Signed:"), Paragraph(""), Paragraph("Alex Person"),
              Paragraph("Date: 20/05/2010"), Paragraph("Title: Chief Executive")]  # fmt: skip
    assert judged("evaluation_statement", blocks).verdict != "accept"
    assert "signed-missing" not in rules(judged("evaluation_statement", blocks))


# What stands beside a statement


@pytest.mark.parametrize("number", [2, 4])
def test_a_no_is_told_as_an_answer_with_what_to_do_about_it(number):
    rows = [[text, "" if n == number else "✓", "✓" if n == number else ""]
            for n, text in enumerate(STATEMENTS)]  # fmt: skip
    blocks = [Paragraph("Evaluation Statement", title=True),
              *table(1, ["Statement", "Yes", "No"], *rows),
              *(Paragraph(f"{p}: {v}") for p, v in VALUES.items())]  # fmt: skip
    (finding,) = told(judged("evaluation_statement", blocks), "statement-missing")
    assert finding.message == 'The answer is "No".'
    assert "answer Yes" in finding.fix and "reply" in finding.fix
    assert "in the words of the form" not in finding.fix


def test_a_statement_left_without_a_tick_in_a_table_of_ticks_is_asked_about():
    rows = [[text, "" if n == 2 else "✓", ""] for n, text in enumerate(STATEMENTS)]
    blocks = [Paragraph("Evaluation Statement", title=True),
              *table(1, ["Statement", "Yes", "No"], *rows),
              *(Paragraph(f"{p}: {v}") for p, v in VALUES.items())]  # fmt: skip
    (finding,) = told(judged("evaluation_statement", blocks), "statement-reworded")
    assert finding.where.section == "statement 3"
    assert "without a tick" in finding.message


# One cause, one sentence


@pytest.mark.parametrize(
    "signing",
    [
        [["Signed", "[insert name]", "Role", "Director", "Date", "24/05/2010"]],
        [["Signed", "A. Person"], ["Role", "[insert role]"], ["Date", "24/05/2010"]],
    ],
)
def test_template_text_in_a_blank_is_told_once_at_that_blank(signing):
    blocks = [*qa_form(signed="", role="", date="")[:-4], *table(9, *signing)]
    findings = [f.rule for f in judged("qa_form", blocks).findings]
    assert findings == ["signed-missing" if len(signing) == 1 else "role-missing"]


def test_template_text_in_the_grid_is_told_once_at_its_criterion():
    grid = answers(
        c4=[criterion(4), "Choose an item", "", "", ""],
        c5=answered("Yes", criterion(5), "Click or tap here [insert comment]"),
    )
    found = [(f.rule, f.where.criterion) for f in without_remarks(judged("qa_form", qa_form(grid)))]
    assert found == [("answer-missing", 4), ("placeholder-left", 5)]


# The number that the author's own form prints


def test_a_criterion_has_the_number_that_its_form_prints_and_no_other():
    for made in (lambda n: [f"{n + 2}. {criterion(n)}"], lambda n: [str(n + 2), criterion(n)]):
        grid = [[*made(n), *answered("" if n == 9 else "Yes", "")[1:]] for n in range(1, 18)]
        (finding,) = judged("qa_form", qa_form(grid, ())).findings
        assert (finding.where.criterion, finding.where.number) == (9, 11)
    (finding,) = judged("qa_form", qa_form(answers(c9=answered("", criterion(9))))).findings
    assert (finding.where.criterion, finding.where.number) == (9, None)


def test_a_blank_under_a_sentence_and_a_rule_is_not_signed_with_the_sentence():
    shown = {**VALUES, "Signed": ""}
    lines = [text for part, value in shown.items() for text in (value, "____________", part)]
    blocks = [*statement()[:6], *map(Paragraph, lines)]
    assert rules(judged("evaluation_statement", blocks)) == ["signed-missing"]


def test_where_two_people_sign_what_the_first_left_blank_is_asked_about():
    """Whose signature the board asked for is not ours to say."""
    second = table(8, *VALUES.items())
    for gone in PARTS:
        first = [Paragraph(f"{p}: {'' if p == gone else v}") for p, v in VALUES.items()]
        blocks = [*statement()[:6], *first, *second]
        found = judged("evaluation_statement", blocks)
        told_of = [(f.rule, f.where.section) for f in found.findings if f.severity != "advice"]
        assert told_of == [("handwriting", gone)]


# Answers in rows and words of their own


@pytest.mark.parametrize("word", ["No:", ""])
def test_an_answer_in_a_cell_before_its_statement_is_read(word):
    rows = [["Yes:" if n != 2 else word, text] for n, text in enumerate(STATEMENTS[:4])]
    blocks = [Paragraph("Evaluation Statement", title=True), *table(1, *rows),
              Paragraph(STATEMENTS[4]), *table(2, *VALUES.items())]  # fmt: skip
    (finding,) = [f for f in judged("evaluation_statement", blocks).findings
                  if f.severity != "advice"]  # fmt: skip
    assert finding.where.section == "statement 3"
    assert finding.rule == ("statement-missing" if word else "statement-reworded")


@pytest.mark.parametrize(
    ("mark", "rule"), [("☒☐☐", ""), ("☐☐☒", "answer-partially"), ("☒☒☐", "answer-double"),
                       ("☐☐☐", "answer-missing")],
)  # fmt: skip
@pytest.mark.parametrize("deep", [False, True])
def test_answers_in_the_row_below_a_criterion_or_in_a_table_inside_it_are_read(mark, rule, deep):
    rows: list[list[str | Cell]] = [["Criteria", "Answer", "Comments"]]
    if not deep:
        rows = [["Criteria", "Comments"]]
    for n in range(1, 18):
        boxes = mark if n == 5 else "☒☐☐"
        words = [f"{b} {w}" for b, w in zip(boxes, ("Yes", "No", "Partially"), strict=True)]
        if deep:
            inner = tuple(row(1, i, *cells) for i, cells in
                          enumerate((("Yes", "No", "Partially"), tuple(boxes)), 1))  # fmt: skip
            rows.append([criterion(n), Cell((), 1, tables=(inner,)), "Some words"])
        else:
            rows += [[criterion(n), "Some words of comment"], [*words]]
    blocks = [b for b in qa_form([]) if getattr(b, "table", 0) != 4]
    judgement = judged("qa_form", [*blocks[:-4], *table(4, *rows), *blocks[-4:]])
    found = [(f.rule, f.where.criterion) for f in without_remarks(judgement)]
    assert found == ([(rule, 5)] if rule else [])


def test_a_criterion_of_few_words_beside_the_choices_is_no_row_of_headings():
    listed = "Yes / No / [Partially]"
    grid = [[criterion(n) if n != 3 else "Access to legal advice", listed] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, ("Criteria", "Yes / No / Partially")))
    found = [f.where.criterion for f in told(judgement, "criterion-reworded")]
    assert (found, told(judgement, "criterion-missing")) == ([3], [])


def test_boxes_below_a_criterion_that_are_all_empty_are_no_answer_whatever_follows():
    lines = []
    for n in range(1, 18):
        boxes = "[ ] Yes [ ] No [ ] Partially" if n == 9 else "[x] Yes [ ] No [ ] Partially"
        lines += [Paragraph(criterion(n)), Paragraph(boxes), Paragraph("Comments:")]
    blocks = [b for b in qa_form([]) if getattr(b, "table", 0) != 4]
    judgement = judged("qa_form", [*blocks[:-4], *lines, *blocks[-4:]])
    assert [(f.rule, f.where.criterion) for f in judgement.findings] == [("answer-missing", 9)]


def test_guidance_below_a_wording_is_no_part_of_it_and_no_answer():
    texts = {n: "Access to legal advice" if n == 3 else criterion(n) for n in range(1, 18)}
    grid = [answered("" if n == 9 else "Yes", f"{t}\nSee the toolkit.") for n, t in texts.items()]
    found = [(f.rule, f.where.criterion) for f in judged("qa_form", qa_form(grid)).findings]
    assert found == [("criterion-reworded", 3), ("answer-missing", 9)]


@pytest.mark.parametrize(
    "given", ["[Yes]  No  Partially", "Yes  [No]  Partially", "Yes *No* Partially"]
)
def test_a_choice_in_brackets_among_words_with_nothing_between_is_the_answer(given):
    listed = [given if n == 4 else "[Yes]  No  Partially" for n in range(1, 18)]
    grid = [[criterion(n), listed[n - 1], "Noted"] for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid, ("Criteria", "Rating", "Comments")))
    found = [f.rule for f in without_remarks(judgement)]
    assert found == ([] if given.startswith("[") else ["answer-no"])


@pytest.mark.parametrize("gone", ["", *PARTS])
def test_labels_under_their_cells_in_a_table_name_the_cells_above(gone):
    shown = {part: "" if part == gone else value for part, value in VALUES.items()}
    rows = [[*list(shown.values())[:2]], [*PARTS[:2]], [*list(shown.values())[2:]], [*PARTS[2:]]]
    judgement = judged("evaluation_statement", [*statement()[:6], *table(8, *rows)])
    found = [f.rule for f in judgement.findings if f.severity != "advice"]
    assert found == ([f"{gone.lower()}-missing"] if gone else [])


def test_the_last_statement_over_a_rule_is_nobodys_signature():
    shown = {**VALUES, "Signed": ""}
    lines = [text for part, value in shown.items() for text in (value, "____________", part)]
    blocks = [statement()[0], statement()[5], *statement()[1:5], *map(Paragraph, lines)]
    assert rules(judged("evaluation_statement", blocks)) == ["signed-missing"]


@pytest.mark.parametrize("word", ["", "No"])
def test_an_answer_on_the_line_below_a_statement_is_read_and_one_left_out_is_asked_about(word):
    lines = [text for n, s in enumerate(STATEMENTS[:4]) for text in (s, word if n == 1 else "Yes")]
    blocks = [statement()[0], *map(Paragraph, lines), *statement()[5:]]
    found = [f for f in judged("evaluation_statement", blocks).findings if f.severity != "advice"]
    rule = "statement-missing" if word else "statement-reworded"
    assert [(f.rule, f.where.section) for f in found] == [(rule, "statement 2")]
