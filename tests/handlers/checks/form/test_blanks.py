"""The blanks of a form: filled in, a real day, in the past."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph
from handlers.values.blanks_not_filled import read_no_value
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import (
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


@each_case(
    ("key", "label", "rule"),
    [
        ("agency", "Agency", "agency-missing"),
        ("signed", "Signed", "signed-missing"),
        ("role", "Role", "role-missing"),
        ("date", "Date", "date-missing"),
    ],
)
@each_case("blank", ["", ".....", "____"])
def test_a_blank_of_the_qa_form_left_empty_is_a_fault_by_its_label(key, label, rule, blank):
    judgement = judged("qa_form", qa_form(**{key: blank}))
    (finding,) = judgement.findings
    assert (finding.rule, finding.severity, finding.where.section) == (rule, "fault", label)


def test_who_completed_the_form_is_only_advice():
    judgement = judged("qa_form", qa_form(person=""))
    assert rules(judgement) == ["completed_by-missing"]
    assert judgement.verdict == "accept"


@pytest.mark.parametrize(("key", "label"), [("date", "Date"), ("name", "Name"), ("title", "Title")])
def test_a_blank_of_the_statement_left_as_dots_is_a_fault_by_its_label(key, label):
    judgement = judged("evaluation_statement", statement(**{key: f"{label}....."}))
    (finding,) = told(judgement, f"{key}-missing")
    assert (finding.severity, finding.where.section) == ("fault", label)


def test_what_the_form_prints_across_a_table_answers_no_heading_above_it():
    below = (
        "Chief Officer/Chief Executive/Director/Commissioner responsible for quality"
        " assurance and sign off of the IMR."
    )
    *stated, _ = statement(signed="", date="", name="", title="")
    signing = table(
        9,
        ("Signed", "Date", "Name", "Title"),
        ("", "20/05/2010", "A. Person", "Director of Nursing"),
        (below,),
    )
    judgement = judged("evaluation_statement", [*stated, *signing])
    assert [(f.rule, f.severity) for f in judgement.findings] == [("signed-missing", "fault")]


def test_a_blank_whose_very_label_is_gone_is_missing_too():
    blocks = [b for b in statement() if not (isinstance(b, Paragraph) and b.text[:5] == "Title")]
    assert "title-missing" in rules(judged("evaluation_statement", blocks))


def test_four_blanks_on_one_line_are_four_blanks():
    one = "Signed.....A. Person.....Date.....20/05/2010.....Name.....A. Person.....Title....."
    blocks = statement(signed=one, date="", name="", title="")
    assert rules(judged("evaluation_statement", blocks)) == ["title-missing", "signed-typed"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/02/2010", "31/02/2010 is not a day in the calendar."),
        ("May 2010", "This gives a month, and one day is needed."),
        ("w/c 3/5/10", "This gives a week, and one day is needed."),
    ],
)
def test_a_date_that_is_not_one_day_is_a_fault_with_its_own_advice(text, says):
    judgement = judged("qa_form", qa_form(date=text))
    (finding,) = judgement.findings
    assert (finding.rule, finding.where.section, finding.message) == ("date-invalid", "Date", says)
    assert finding.fix


def test_a_date_after_today_is_a_fault():
    judgement = judged("qa_form", qa_form(date="29/05/2010"))
    (finding,) = judgement.findings
    assert (finding.rule, finding.severity) == ("date-future", "fault")
    assert finding.message == "29/05/2010 is in the future."


def test_a_date_of_today_is_in_order():
    assert judged("qa_form", qa_form(date="28 May 2010")).findings == ()


def test_a_statement_dated_after_today_is_a_fault():
    judgement = judged("evaluation_statement", statement(date="Date: 1st June 2010"))
    assert "date-future" in rules(judgement)


@pytest.mark.parametrize("day", ["12 February 2009", "13 February 2010"])
def test_a_statement_dated_before_the_end_of_what_is_reviewed_is_a_question(day):
    judgement = judged("evaluation_statement", statement(date=f"Date: {day}"))
    (finding,) = told(judgement, "date-early")
    assert (finding.severity, finding.where.section) == ("question", "Date")
    assert "the date" not in judgement.passed
    last = judged("evaluation_statement", statement(date="Date: 14 February 2010"))
    assert "date-early" not in rules(last)


def test_a_date_of_two_figures_takes_the_century_of_the_review():
    assert judged("qa_form", qa_form(date="20.05.10")).findings == ()


def test_a_label_inside_a_comment_of_the_grid_is_no_blank():
    grid = answers(c5=answered("Partially", criterion(5), "Date: agreed\nRole: none"))
    assert rules(judged("qa_form", qa_form(grid, date=""))) == ["answer-partially", "date-missing"]


def test_a_role_written_by_hand_is_for_a_person():
    judgement = judged("qa_form", qa_form(role=Paragraph("", picture=True)))
    assert rules(judgement) == ["handwriting"]
    assert judgement.verdict == "refer"


def test_the_labels_may_stand_side_by_side_over_their_blanks():
    blocks = [b for b in qa_form() if getattr(b, "table", 0) != 5]
    blocks += [
        row(6, 1, "Signed", "Role", "Date"),
        row(6, 2, "Commissioner One", "Practice Manager", "20/05/2010"),
    ]
    assert judged("qa_form", blocks).findings == ()


def test_of_two_blanks_with_one_label_the_one_filled_in_counts():
    blocks = [Paragraph("Agency: ......"), Paragraph(""), *qa_form()]
    assert judged("qa_form", blocks).findings == ()


@each_case("words", ["TBC", "Awaiting signature", "N/A", "see attached", "?", "Draft"])
@each_case("key", ["signed", "date", "name", "title"])
def test_words_that_mean_not_yet_leave_each_blank_empty(key, words):
    """Failure mode 93: "TBC", "awaiting signature", "N/A" fill a blank."""
    blocks = statement(**{key: f"{key.title()}: {words}"})
    (found,) = [f for f in judged("evaluation_statement", blocks).findings if f.severity == "fault"]
    assert found.rule == f"{key}-missing"
    assert found.message == read_no_value(words).says


NOBODYS = (
    "on", "by", "on behalf of Meadow Lane Surgery", "for and on behalf of", "Sign above",
    "Meadow Lane Surgery", "(please sign)", "Mr/Mrs/Ms/Dr", "A. N. Other", "same",
)  # fmt: skip
SOMEBODYS = ("P. Okafor", "ON", "Dr Hale", "May On", "P. Okafor, on behalf of Meadow Lane Surgery")


@pytest.mark.parametrize("key", ["signed", "name"])
def test_words_that_are_nobody_s_leave_a_blank_for_a_name_empty(key):
    """What joins a name to the rest, printed guidance, a title or an agency alone."""
    for words in NOBODYS:
        blocks = statement(**{key: f"{key.title()}: {words}"})
        found = judged("evaluation_statement", blocks).findings
        assert [f.rule for f in found if f.severity == "fault"] == [f"{key}-missing"], words
    for words in SOMEBODYS:
        blocks = statement(**{key: f"{key.title()}: {words}"})
        assert not told(judged("evaluation_statement", blocks), f"{key}-missing"), words


POINTING_BACK = (
    "ditto", "As above", "(as above)", "same", "same day", "as before", "As stated above", "do.",
    "see above", '"', "as for author",
)  # fmt: skip
POINTING_AWAY = (
    "As per IMR",
    "as in the report",
    "per front sheet",
    "same as IMR",
    "see section 9",
)
POINTING_NOWHERE = (
    "Same Day Emergency Care Matron", "IMR Author", "Ditto Lane Clinic Manager", "Author",
    "Team Manager, Above Bar Surgery", "Head of Records", "Front Sheet Coordinator",
)  # fmt: skip


@each_case("key", ["role", "date"])
@each_case("words", POINTING_BACK)
def test_what_points_to_another_line_of_the_form_is_asked_about(key, words):
    (found,) = judged("qa_form", qa_form(**{key: words})).findings
    assert (found.rule, found.severity) == ("handwriting", "question")
    assert found.where.section == key.title()
    assert "points to another line" in found.message


@each_case("key", ["title", "date", "name"])
@each_case("words", POINTING_AWAY)
def test_what_points_to_another_paper_leaves_a_blank_empty_and_is_told_as_that(key, words):
    found = judged("evaluation_statement", statement(**{key: f"{key.title()}: {words}"})).findings
    (fault,) = [f for f in found if f.severity == "fault"]
    assert (fault.rule, "points to another place" in fault.message) == (f"{key}-missing", True)


@pytest.mark.parametrize("words", POINTING_BACK)
def test_what_points_to_another_line_is_no_name_and_not_nothing_either(words):
    found = judged("evaluation_statement", statement(name=f"Name: {words}")).findings
    (fault,) = [f for f in found if f.severity == "fault"]
    assert fault.rule == "name-missing"
    assert "othing" not in fault.message


@pytest.mark.parametrize("role", POINTING_NOWHERE)
def test_a_job_in_words_that_could_point_is_a_job(role):
    assert judged("qa_form", qa_form(role=role)).findings == ()


def test_a_job_is_no_name_save_where_the_name_stands_for_the_job():
    found = judged("evaluation_statement", statement(name="Name: Chief Executive")).findings
    assert [f.rule for f in found if f.severity == "fault"] == ["name-missing"]
    swapped = statement(name="Name: Chief Executive", title="Title: Paul Okafor")
    assert judged("evaluation_statement", swapped).verdict == "refer"


def test_a_date_of_signing_before_the_review_begins_is_a_fault():
    (finding,) = judged("qa_form", qa_form(date="24/05/1010")).findings
    assert (finding.rule, finding.severity) == ("date-invalid", "fault")


def test_a_label_in_two_languages_is_known_by_either_half():
    for label in ("Teitl / Title", "Title / Teitl", "Swydd / Title"):
        for value, missing in (("Chief Executive", False), ("", True)):
            blocks = [*statement(title=""), *table(9, (label, value))]
            found = told(judged("evaluation_statement", blocks), "title-missing")
            assert bool(found) == missing, (label, value)


def test_a_table_of_versions_is_nobody_s_blank():
    versions = table(
        8, ("Version", "Date", "Author"), ("0.1", "02/04/2010", "A. One"), ("1.0", "", "A. One")
    )
    for blocks in ([*versions, *qa_form()], [*qa_form(), *versions]):
        assert judged("qa_form", blocks).findings == ()
    for blocks in ([*versions, *qa_form(date="")], [*qa_form(date=""), *versions]):
        (finding,) = judged("qa_form", blocks).findings
        assert (finding.rule, finding.severity) == ("date-missing", "fault")


def test_a_signature_is_asked_for_by_the_office_that_gives_it():
    for label in ("Signature of Chief Officer", "Signature of the Commissioner"):
        signed = statement(signed=f"{label}: C. One")
        assert rules(judged("evaluation_statement", signed)) == ["signed-typed"]
        unsigned = statement(signed=f"{label}: ........")
        assert "signed-missing" in rules(judged("evaluation_statement", unsigned))


def test_who_has_a_copy_of_the_form_fills_none_of_its_blanks():
    copies = [Paragraph("Distribution list"), *table(9, ["1", "Jane Holt"], ["2", "Head of Care"])]
    for key in ("signed", "role"):
        (finding,) = judged("qa_form", [*qa_form(**{key: ""}), *copies]).findings
        assert (finding.rule, finding.severity) == (f"{key}-missing", "fault")


def test_the_template_s_words_in_a_sentence_ask_for_what_they_say():
    """Failure mode 91: the author is told to write a name where a date belongs."""
    fixes = {
        "INSERT DATE": "Write the date in its place, day first.",
        "INSERT AGENCY": "Write the agency's name in its place.",
        "[DD/MM/YYYY]": "Write the date in its place, day first.",
        "[Insert date], as INSERT AGENCY knows,": "Write in the place of each what it asks for.",
    }
    for words, fix in fixes.items():
        comment = f"It was seen on {words} by the author, whose name the agency gave."
        grid = answers(c5=answered("Yes", criterion(5), comment))
        (found,) = without_remarks(judged("qa_form", qa_form(grid)))
        assert (found.rule, found.where.criterion, found.fix) == ("placeholder-left", 5, fix)


@pytest.mark.parametrize("words", ["staff insert dates in the log", "staff choose an item there"])
def test_a_comment_that_speaks_of_such_words_is_in_order(words):
    grid = answers(c5=answered("Yes", criterion(5), f"It was seen that {words}."))
    assert without_remarks(judged("qa_form", qa_form(grid))) == ()


NOT_SETTLED = (
    "18/05/2010 (TBC)", "18/05/2010 TBC", "TBC 18/05/2010", "18 May 2010 (to be confirmed)",
    "18/05/2010 - to be confirmed", "2010-05-18, awaited",
)  # fmt: skip


@pytest.mark.parametrize("value", NOT_SETTLED)
def test_a_day_that_is_still_to_come_is_told_once_and_as_what_it_is(value):
    """Failure modes 93 and 96: "no date" is said of a day that stands there."""
    for id, blocks in (
        ("qa_form", qa_form(date=value)),
        ("evaluation_statement", statement(date=f"Date: {value}")),
    ):
        (found,) = [f for f in judged(id, blocks).findings if f.severity != "advice"]
        assert (found.rule, found.severity) == ("date-invalid", "fault")
        assert found.message == "A date stands here, with words that say that it is still to come."
        assert "enter the date alone" in found.fix
    assert judged("qa_form", qa_form(date="18/05/2010")).findings == ()


@pytest.mark.parametrize(
    ("value", "look"),
    [
        ("dd/mm/yyyy", "dd/mm/yyyy"), ("[DD/MM/YYYY]", "DD/MM/YYYY"),
        ("INSERT DATE", "insert date"), ("DD MM YYYY", "DD MM YYYY"),
        ("Click or tap to enter a date.", "click or tap"),
    ],
)  # fmt: skip
def test_a_blank_with_the_form_s_own_words_in_it_is_told_by_them(value, look):
    """Failure mode 96: "Nothing is entered" is said where something stands."""
    for id, blocks in (
        ("qa_form", qa_form(date=value)),
        ("evaluation_statement", statement(date=f"Date: {value}")),
    ):
        (found,) = told(judged(id, blocks), "date-missing")
        assert f'the form\'s own "{look}" still stands here' in found.message


@pytest.mark.parametrize("label", ["Date (dd/mm/yyyy): ", "Date [DD/MM/YYYY]: ....."])
def test_the_form_for_a_day_beside_its_label_is_no_entry(label):
    (found,) = told(judged("evaluation_statement", statement(date=label)), "date-missing")
    assert found.message == "Nothing is entered."
    filled = statement(date=f"{label.rstrip(' .')} 18/05/2010")
    assert not told(judged("evaluation_statement", filled), "date-missing")


HEDGED = (
    "TBC ✓",
    "✓ TBC",
    "☑ (to be confirmed)",
    "x TBC",
    "Yes TBC",
    "Yes (TBC)",
    "✓ pending",
    "✓ ?",
)


@each_case("column", range(3))
@each_case("value", HEDGED)
def test_a_tick_that_is_still_to_come_is_no_answer(value, column):
    """Failure mode 93: "TBC" beside a tick is an answer."""
    cells = [value if at == column else "" for at in range(3)]
    (found, *_) = judged("qa_form", qa_form(answers(c5=[criterion(5), *cells, ""]))).findings
    if column == 1 and value.startswith("Yes"):
        return  # "Yes" in the column for "No" is two answers, or none
    assert (found.rule, found.severity) == ("answer-unclear", "question")
    assert "still to come" in found.message


@pytest.mark.parametrize("value", ["✓", "✓ 3.2", "✓ see section 4", "Yes", "x"])
def test_a_tick_with_a_note_is_an_answer(value):
    grid = answers(c5=[criterion(5), value, "", "", ""])
    assert judged("qa_form", qa_form(grid)).findings == ()


def test_a_criterion_to_be_put_back_is_given_in_all_its_words():
    """Failure mode 91: its author has no more of it than how it begins."""
    (found,) = told(judged("qa_form", qa_form(answers(c5=[]))), "criterion-missing")
    assert criterion(5).rstrip(".") in found.fix
    assert "answer it" in found.fix


@pytest.mark.parametrize("words", ["TBC", "To be confirmed", "awaited"])
def test_what_is_still_to_come_beside_what_was_added_is_advice(words):
    """Failure mode 93: "TBC" stands beside the day that counts, and nobody is told."""
    added = {"date": "Date: 20 May 2010", "name": "Name: Commissioner One"}
    for key, line in added.items():
        blocks = [*statement(**{key: f"{key.title()}: {words}"}), Paragraph(line)]
        judgement = judged("evaluation_statement", blocks)
        (found,) = told(judgement, f"{key}-missing")
        assert (found.severity, judgement.verdict) == ("advice", "accept")
        assert "still stand beside it" in found.message
        dotted = [*statement(**{key: f"{key.title()}: ......"}), Paragraph(line)]
        assert not told(judged("evaluation_statement", dotted), f"{key}-missing")
    blocks = [*qa_form(role=words), Paragraph("Role: Practice Manager")]
    assert [f.severity for f in judged("qa_form", blocks).findings] == ["advice"]


def test_a_blank_for_two_things_answered_by_two_lines_is_one_person_s():
    """Whoever added the two lines was told that there are two people."""
    added = statement(name="Name and title: TBC", title="Name: Commissioner One")
    added = [*added, Paragraph("Title: Director of Nursing")]
    assert not [
        f for f in judged("evaluation_statement", added).findings if "two people" in f.message
    ]
