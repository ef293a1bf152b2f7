"""The rules of the chronology, one after the other: each seen to speak and seen to be silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.kinds import SHIPPED, load_kind
from config.shape import Column
from handlers.context import Subject
from handlers.document.block import Paragraph, Row, Traits
from handlers.finding import Finding, Where
from handlers.table.claims import Claims
from handlers.table.judge import TableJudge, as_read
from tests.chronologies import (
    CASE,
    CHILD,
    CONTEXT,
    KIND,
    MOTHER,
    cell,
    entry,
    judge,
    only,
    row,
    rules,
    table,
    without_case,
)


def test_a_right_chronology_is_accepted_and_told_what_was_in_order() -> None:
    judgement = judge(table(entry(), entry("02/02/2009", "09:05", seen="No")))
    assert judgement.findings == ()
    assert judgement.verdict == "accept"
    assert (judgement.kind, judgement.confidence) == ("chronology", 1.0)
    assert judgement.passed == (
        "the headings",
        "all 2 dates",
        "the order of events",
        "all 2 times",
        "the agency in every row",
        "the source of every entry",
    )
    assert judgement.clues.rows == 2


def test_a_finding_says_where_in_the_words_of_the_form() -> None:
    finding = only(judge(table(entry(), entry("31/02/2009"))), "date-invalid")
    assert finding.where == Where(table=1, row=3, column="Date")
    assert finding.severity == "fault"
    assert finding.message == "31/02/2009 is not a day in the calendar."
    assert finding.fix == "Enter the day it happened, day first, such as 28/02/2009."


# One entry with one thing wrong, and the one rule that speaks.
ONE_THING_WRONG = {
    "date-missing": entry(""),
    "date-invalid": entry("Feb 2009"),
    "date-future": entry("02/04/2010", age="2y 10m"),
    "date-uncertain": entry("?01/02/2009"),
    "date-outside-period": entry("15/02/2010", age="2y 9m"),
    "time-missing": entry(time=""),
    "time-invalid": entry(time="am"),
    "time-style": entry(time="17.45"),
    "agency-missing": entry(agency=" "),
    "agency-other": entry(agency="Shire Police"),
    "subject-missing": entry(subject="", age=""),
    "subject-unknown": entry(subject="A neighbour", age=""),
    "age-missing": entry(age=""),
    "age-odd": entry(age="seven"),
    "age-conflict": entry(age="7"),
    "child-seen": entry(seen="maybe"),
    "source-missing": entry(source="-"),
    "event-missing": entry(event=""),
}
SEVERITY = {
    "date-missing": "fault", "date-invalid": "fault", "date-future": "fault",
    "date-uncertain": "advice", "date-outside-period": "question", "time-missing": "advice",
    "time-invalid": "fault", "time-style": "advice", "agency-missing": "fault",
    "agency-other": "question", "subject-missing": "advice", "subject-unknown": "advice",
    "age-missing": "advice", "age-odd": "advice", "age-conflict": "advice", "child-seen": "advice",
    "source-missing": "fault", "event-missing": "fault", "heading-changed": "fault",
    "heading-missing": "fault", "heading-added": "fault", "no-rows": "fault", "order": "fault",
    "merged-across": "fault", "tracked-changes": "advice",
}  # fmt: skip


@pytest.mark.parametrize("rule", ONE_THING_WRONG)
def test_one_thing_wrong_is_one_finding_of_its_rule(rule: str) -> None:
    finding = only(judge(table(entry("01/01/2009", age="1y 7m"), ONE_THING_WRONG[rule])), rule)
    assert finding.severity == SEVERITY[rule]
    assert finding.where.row == 3
    assert finding.where.column in [column.heading for column in KIND.shape.columns]


def test_every_rule_of_the_toolkit_is_in_the_kind_with_its_weight() -> None:
    for rule, severity in SEVERITY.items():
        assert KIND.rules[rule].severity == severity


def test_no_rule_repeats_its_place_or_leaves_a_gap_in_its_words() -> None:
    for block in ONE_THING_WRONG.values():
        for finding in judge(table(block)).findings:
            assert "{" not in finding.message + finding.fix
            assert not finding.message.startswith(("Row", "Table", finding.where.column or "Row"))


def test_every_fault_is_told_at_once() -> None:
    judgement = judge(table(entry("31/02/2009", "25:10", agency="", source="", event="")))
    assert set(rules(judgement)) == {
        "date-invalid", "time-invalid", "agency-missing", "source-missing", "event-missing",
    }  # fmt: skip


# Dates


@pytest.mark.parametrize(
    "text", ["01.02.09", "1/2/2009", "01.02/09", "1st Feb 09", "1 February 2009", "2009-02-01"]
)
def test_dates_in_the_accepted_styles_pass(text: str) -> None:
    assert judge(table(entry(text))).findings == ()


def test_each_sort_of_wrong_date_has_its_own_advice() -> None:
    wrong = [
        "31/02/2009",
        "02/13/2009",
        "Feb 2009",
        "2009",
        "w/c 2/2/09",
        "2-5/2/09",
        "approx 3/2/09",
    ]
    judgement = judge(table(*(entry(text) for text in wrong), entry("13/02/2009", age="1")))
    assert rules(judgement) == ["date-invalid"] * len(wrong)
    assert len({finding.message for finding in judgement.findings}) == len(wrong)


def test_a_range_is_told_where_its_end_goes() -> None:
    finding = only(judge(table(entry("2-5/2/09"))), "date-invalid")
    assert finding.fix == (
        "Enter the start date only, such as 02/02/2009; put the end date in Authors Comment."
    )


def test_a_dash_or_a_zero_width_space_is_a_missing_date() -> None:
    only(judge(table(entry("-"))), "date-missing")
    only(judge(table(entry("\u200b"))), "date-missing")


def test_today_is_not_the_future_and_both_ends_of_the_period_are_in_it() -> None:
    today = replace(CONTEXT, today=date(2009, 2, 1))
    assert judge(table(entry("01/02/2009")), today).findings == ()
    ends = judge(
        table(entry("01/01/2007", age="unborn"), entry("14/02/2010", age="2y 9m")), CONTEXT
    )
    assert ends.findings == ()


def test_without_a_case_the_period_the_subjects_and_the_agency_are_not_judged() -> None:
    judgement = judge(table(entry("01/02/1999", agency="Anyone", subject="Anyone")), without_case())
    assert judgement.findings == ()


def test_the_words_name_the_period() -> None:
    finding = only(judge(table(ONE_THING_WRONG["date-outside-period"])), "date-outside-period")
    assert "from 1 January 2007 to 14 February 2010" in finding.message


# Times


def test_each_sort_of_wrong_time_has_its_own_advice() -> None:
    wrong = ["am", "before noon", "17:00-18:00", "25:10", "24:00"]
    judgement = judge(table(entry(), *(entry(time=text) for text in wrong)))
    assert rules(judgement) == ["time-invalid"] * len(wrong)
    assert len({finding.message for finding in judgement.findings}) == len(wrong)


@pytest.mark.parametrize("text", ["N/K", "n/a", "not known", "unknown", "?", "-", "\u2013"])
def test_a_time_that_is_not_known_is_as_blank(text: str) -> None:
    assert judge(table(entry(time=text))).verdict == "accept"
    only(judge(table(entry(time=text))), "time-missing")


@pytest.mark.parametrize("text", ["?17:45", "approx 17:45", "c. 17:45", "~17:45", "17:45 (est)"])
def test_a_time_marked_as_an_estimate_is_a_time_with_advice(text: str) -> None:
    judgement = judge(table(entry(time=text)))
    assert only(judgement, "time-estimated").severity == "advice"
    assert "the time" not in judgement.passed


@pytest.mark.parametrize("text", ["17.45", "1745hrs", "5.45pm", "1745"])
def test_a_clear_time_in_another_style_is_accepted_with_advice(text: str) -> None:
    judgement = judge(table(entry(time=text)))
    only(judgement, "time-style")
    assert judgement.verdict == "accept"
    assert "all" not in " ".join(judgement.passed)


# Agency


@pytest.mark.parametrize(
    "text", ["GP", "g.p.", "MLS", "Meadow Lane Surgery", "MEADOW LANE", "GP surgery"]
)
def test_the_sender_may_be_named_in_any_of_its_ways(text: str) -> None:
    assert judge(table(entry(agency=text))).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "GPs",
        "the GP's",
        "GP - nurse",
        "GP / Nurse",
        "GP & reception",
        "Meadow Lane Surgery, GP",
        "GP (info from Police)",
    ],
)
def test_the_sender_may_stand_beside_its_own_staff(text: str) -> None:
    assert judge(table(entry(agency=text))).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "GP and Social Care",
        "GP / Police",
        "Police, GP",
        "GP + HV",
        "GP & Shire Police",
        "GP with Children's Services",
        "Meadow Lane Surgery; City Hospital",
        "GP/CAMHS",
        "GP\nPolice",
    ],
)
def test_another_agency_beside_the_sender_is_asked_about(text: str) -> None:
    only(judge(table(entry(agency=text))), "agency-other")


def test_a_sender_whose_name_holds_an_and_is_no_two_agencies() -> None:
    both = (
        replace(CONTEXT.agency, name="Education and Health", code="EH") if CONTEXT.agency else None
    )
    context = replace(CONTEXT, agency=both)
    assert judge(table(entry(agency="Education and Health")), context).findings == ()


@pytest.mark.parametrize("text", ["Surgery", "City Hospital", "GPS", "Lane"])
def test_an_agency_that_only_shares_a_word_or_letters_is_another(text: str) -> None:
    context = replace(
        CONTEXT, agency=replace(CONTEXT.agency, name="Hill Surgery") if CONTEXT.agency else None
    )
    only(judge(table(entry(agency=text)), context), "agency-other")


def test_a_whole_chronology_of_another_agency_is_a_clue() -> None:
    rows = [entry(agency="Shire Police"), entry("02/02/2009", agency="SHIRE POLICE")]
    assert judge(table(*rows)).clues.agency == "Shire Police"
    assert judge(table(*rows, entry("03/02/2009"))).clues.agency is None
    assert judge(table(entry())).clues.agency is None


# Subjects and ages


@pytest.mark.parametrize(
    "text",
    ["Child N", "child n", "N", "CN", "Mother", "Mum", "M", "Mother / Child N", "N & Mother",
     "Child N (aged 1)", "Family", "Mother and N", "Mother\nChild N"],
)  # fmt: skip
def test_the_subjects_may_be_named_as_people_name_them(text: str) -> None:
    assert "subject-unknown" not in rules(judge(table(entry(subject=text))))


def test_one_stranger_among_the_subjects_is_noticed() -> None:
    assert "subject-unknown" in rules(judge(table(entry(subject="Mother and Uncle"))))


def test_subjects_are_not_judged_where_the_case_lists_none() -> None:
    context = replace(CONTEXT, case=replace(CASE, subjects=()))
    assert judge(table(entry(subject="Anyone")), context).findings == ()


def test_an_adult_needs_no_age_and_none_of_theirs_is_odd() -> None:
    for age in ("", "N/A", "adult", "in her twenties", "99", "22"):
        assert judge(table(entry(subject="Mother", age=age))).findings == ()


def test_an_age_is_wanted_for_whichever_child_is_named() -> None:
    assert rules(judge(table(entry(subject="Mother / Child N", age="")))) == ["age-missing"]


def test_two_ages_for_two_people_are_not_odd() -> None:
    assert judge(table(entry(subject="Mother / Child N", age="22 / 1"))).findings == ()


def test_a_subject_without_a_date_of_birth_is_asked_nothing_about_age() -> None:
    subjects = (replace(CHILD, born=None), MOTHER)
    context = replace(CONTEXT, case=replace(CASE, subjects=subjects))
    assert judge(table(entry(age=""), entry(age="40")), context).findings == ()


@pytest.mark.parametrize("age", ["1", "1y", "20 mths", "20/12", "1y 8m", "aged 1", "?1"])
def test_an_age_that_agrees_with_the_date_of_birth_passes(age: str) -> None:
    assert judge(table(entry(age=age))).findings == ()


def test_before_birth_a_child_is_unborn() -> None:
    unborn = [entry("01/02/2007", age="unborn"), entry("01/03/2007", age="30/40")]
    assert judge(table(*unborn)).findings == ()
    assert "age-conflict" in rules(judge(table(entry("01/02/2007", age="1"))))


def test_two_people_who_share_an_initial_are_known_and_not_mistaken() -> None:
    subjects = (Subject("Molly", date(2005, 1, 1)), Subject("Mother", date(1980, 1, 1), "mother"))
    context = replace(CONTEXT, case=replace(CASE, subjects=subjects))
    assert judge(table(entry(subject="M", age="29")), context).findings == ()


# Child seen


@pytest.mark.parametrize("text", ["Y", "n", "Yes", "NO", "y."])
def test_y_n_yes_and_no_pass(text: str) -> None:
    assert judge(table(entry(seen=text))).findings == ()


def test_more_than_y_or_n_is_kept_and_blank_or_other_words_are_asked_for_one() -> None:
    alone = only(judge(table(entry(seen="Y - alone"))), "child-seen")
    assert "kept" in alone.message
    assert alone.severity == "advice"
    for text in ("", "N/A", "maybe"):
        assert only(judge(table(entry(seen=text))), "child-seen").message == (
            "Neither Y nor N is entered."
        )


# The cells of a row


def test_cells_merged_across_are_told_once_and_their_columns_left_alone() -> None:
    texts = entry()
    cells = (
        cell("01/02/2009 17:45", 0, span=2),
        *(cell(t, i) for i, t in enumerate(texts) if i > 1),
    )
    merged = Row(1, 3, cells)
    blocks = table(entry())
    finding = only(judge([*blocks[:-1], merged, blocks[-1]]), "merged-across")
    assert finding.where == Where(1, 3, "Date")


TITLES = (
    "2009", "February 2009", "Feb", "2008 - 2009", "Ante-natal period",
    "Section 2: January to June",
    "Child N moves to Shireshire (May 2008)", "12/02/2009", "Monday 12 February 2009", "No contact",
    "Before the birth (01/01/2007 - 08/05/2007)", "No contact from 4 March 2009 to 18 June 2009",
)  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("span", [9, 7, 5])
def test_a_row_that_only_parts_the_entries_is_left_out_with_advice(title: str, span: int) -> None:
    blocks = table(entry())
    rest = (cell("", span, 9 - span),) if span < 9 else ()
    parting = Row(1, 3, (cell(title, 0, span), *rest))
    judgement = judge([*blocks[:-1], parting, row(4, entry()), blocks[-1]])
    finding = only(judgement, "separator-row")
    assert (finding.severity, finding.where) == ("advice", Where(1, 3))
    assert judgement.clues.rows == 2


@pytest.mark.parametrize("title", ["2009", "Feb 2009", "February", "Ante-natal period"])
def test_a_title_alone_under_date_parts_the_entries_too(title: str) -> None:
    blank = dict.fromkeys(("agency", "subject", "age", "seen", "source", "event", "time"), "")
    only(judge(table(entry(), entry(title, **blank), entry())), "separator-row")


@pytest.mark.parametrize("text", ["12/02/2009", "w/c 2/2/09", "N/K", "12 Feb", "31/02/2009"])
def test_a_row_with_no_more_than_a_day_is_an_entry(text: str) -> None:
    blank = dict.fromkeys(("agency", "subject", "age", "seen", "source", "event", "time"), "")
    assert judge(table(entry(), entry(text, **blank), entry())).verdict == "reject"


@pytest.mark.parametrize(
    "text",
    [
        "12/02/2009 Seen by the GP with Mother",
        "GP: seen on 12 Feb 2009 at home",
        "12/02/2009 - 14/02/2009 in hospital",
        "GP: seen on 12/02/2009, and on 14/02/2009 at home",
        "x" * 200,
    ],
)
def test_an_entry_across_the_whole_table_is_merged(text: str) -> None:
    blocks = table(entry())
    across = Row(1, 3, (cell(text, 0, span=9),))
    assert rules(judge([*blocks[:-1], across, blocks[-1]])) == ["merged-across"]


def test_a_row_that_only_goes_on_from_the_one_above_is_told_in_one_sentence() -> None:
    blank = dict.fromkeys(
        ("date", "agency", "subject", "age", "seen", "source", "event", "time"), ""
    )
    for heading, words in (
        ("Event", {"event": "And more."}),
        ("Authors Comment", {"comment": "And."}),
    ):
        judgement = judge(table(entry(), entry(**{**blank, **words}), entry()))
        finding = only(judgement, "row-continues")
        assert (finding.where, finding.severity) == (Where(1, 3), "fault")
        assert heading in finding.message
        assert judgement.clues.rows == 2
    first = judge(table(entry(**{**blank, "event": "Seen."}), entry()))
    assert {"date-missing", "source-missing"} <= set(rules(first))


TOTALS = (
    {"date": "Total", "event": "12 entries"}, {"date": "TOTAL", "agency": "GP", "seen": "7"},
    {"event": "Total: 12"}, {"date": "Sub-total 2009", "event": "4 contacts"},
    {"agency": "Grand total", "event": "12"}, {"date": "Number of entries", "comment": "12"},
)  # fmt: skip
NO_TOTALS = (
    {"event": "Total hysterectomy discussed with Mother, who was referred again"},
    {"event": "Total: 12", "source": "GP records"}, {"date": "12/02/2009", "event": "Total: 12"},
    {"date": "N/K", "event": "Total: 12"},
)  # fmt: skip


def test_a_row_that_adds_the_entries_up_is_none_of_them() -> None:
    blank = dict.fromkeys(
        ("date", "agency", "subject", "age", "seen", "source", "event", "time"), ""
    )
    for words in TOTALS:
        judgement = judge(table(entry(), entry(**{**blank, **words})))
        assert only(judgement, "separator-row").where == Where(1, 3)
    for words in NO_TOTALS:
        assert judge(table(entry(), entry(**{**blank, **words}))).verdict == "reject"


def test_wide_cells_that_are_all_there_are_not_merged() -> None:
    """Word leaves odd spans behind where somebody dragged a border in a few rows."""
    dragged = tuple(cell(text, 2 * i, span=2) for i, text in enumerate(entry("02/02/2009")))
    blocks = table(entry())
    assert judge([*blocks[:-1], Row(1, 3, dragged), blocks[-1]]).findings == ()


def test_cells_merged_down_are_told_once_a_row_and_not_as_blank() -> None:
    below = list(row(3, entry("")).cells)
    below[0] = cell("", 0, continued=True)
    blocks = table(entry())
    finding = only(judge([*blocks[:-1], Row(1, 3, tuple(below)), blocks[-1]]), "merged-down")
    assert finding.where == Where(1, 3)


def test_a_picture_or_a_table_in_a_cell_is_not_a_blank_cell() -> None:
    cells = list(row(2, entry(event="")).cells)
    cells[7] = replace(cells[7], paragraphs=(Paragraph("", picture=True),))
    blocks = table(entry("02/02/2009"))
    assert judge([blocks[0], Row(1, 2, tuple(cells)), *blocks[1:]]).findings == ()
    cells[7] = replace(cell("", 7), tables=((row(1, ("a", "b")),),))
    assert judge([blocks[0], Row(1, 2, tuple(cells)), *blocks[1:]]).findings == ()


def test_click_here_to_enter_text_is_a_blank_cell() -> None:
    cells = list(row(2, entry()).cells)
    cells[6] = replace(cells[6], paragraphs=(Paragraph("Click here", placeholder=True),))
    blocks = table()
    only(judge([blocks[0], Row(1, 2, tuple(cells)), blocks[1]]), "source-missing")


# The whole document


def test_changes_that_were_not_accepted_are_advice() -> None:
    judgement = judge(table(entry()), traits=Traits(tracked_changes=3))
    assert only(judgement, "tracked-changes").severity == "advice"
    assert judgement.verdict == "accept"
    assert judge(table(entry()), traits=Traits()).findings == ()


def test_headings_with_nothing_under_them_suggest_a_nil_return() -> None:
    blank = ("",) * 9
    for blocks in (table(), table(blank, blank)):
        judgement = judge(blocks)
        finding = only(judgement, "no-rows")
        assert "nil return" in finding.fix
        assert judgement.clues.rows == 0
        assert judgement.passed == ("the headings",)


def test_a_rule_taken_out_of_the_kind_is_no_longer_looked_for() -> None:
    kept = {rule: law for rule, law in KIND.rules.items() if rule != "source-missing"}
    claims = Claims([replace(KIND, rules=kept)], CONTEXT, Traits())
    for block in table(entry(source="")):
        claims.hear(block)
    judgement = claims.judges[0].close(Traits())
    assert judgement is not None
    assert judgement.findings == ()


def test_a_form_is_not_a_table() -> None:
    form = load_kind(SHIPPED / "qa_form.toml")
    with pytest.raises(TypeError):
        TableJudge(form, CONTEXT)


def test_no_finding_carries_cell_text() -> None:
    """Failure mode 89."""
    canary = "ZXCANARY"
    wrong = entry(*(f"{canary} {index}" for index in range(9)))
    messages = judge(
        table(wrong, headings=("Date", *[canary] * 3, "Age", "Child seen", canary, "Event", canary))
    )
    for finding in messages.findings:
        assert canary not in f"{finding.message} {finding.fix} {finding.where}"


def test_findings_come_in_the_order_a_person_meets_them() -> None:
    columns = (Column("date", "Date"), Column("event", "Event"))

    def at(rule: str, row: int | None, column: str | None) -> Finding:
        return Finding(rule, "fault", "Made up.", rule, Where(1, row, column))

    told = as_read(
        [
            at("event-missing", 2, "Event"),
            at("event-missing", 9, "Event"),
            at("date-missing", 5, "Date"),
            at("date-invalid", 2, "Date"),
            at("order", None, None),
        ],
        columns,
    )
    places = [(f.rule, f.where.row) for f in told]
    assert places == [
        ("order", None),
        ("date-invalid", 2),
        ("event-missing", 2),
        ("event-missing", 9),
        ("date-missing", 5),
    ]


# People of another review


def test_most_rows_naming_nobody_of_the_review_is_a_question() -> None:
    strangers = [entry(subject="Child Q", age="") for _ in range(3)]
    judgement = judge(table(entry(), *strangers))
    told = [f for f in judgement.findings if f.severity != "advice"]
    assert [f.rule for f in told] == ["subjects-of-another"]
    assert told[0].where.column == "Name of subject"
    assert "3 of the 4" in told[0].message
    assert KIND.rules["subjects-of-another"].tell == ("administrator",)


@pytest.mark.parametrize("known", ["Child N", "Mother / a neighbour", "Mum", "N", "the family"])
def test_half_of_the_rows_naming_strangers_is_not(known: str) -> None:
    strangers = [entry(subject="Child Q", age="") for _ in range(4)]
    familiar = [entry(subject=known, age="") for _ in range(4)]
    assert judge(table(*familiar, *strangers)).verdict == "accept"


def test_rows_that_name_nobody_say_nothing_about_the_review() -> None:
    judgement = judge(table(*(entry(subject="", age="") for _ in range(9))))
    assert "subjects-of-another" not in rules(judgement)


# What says that nothing is there


@pytest.mark.parametrize("column", ["agency", "source"])
@pytest.mark.parametrize(
    "text",
    ["TBC", "to follow", "N/K", "n/a", "Unknown", "None", "?", "Click or tap here to enter text."],
)
def test_words_for_not_yet_leave_a_cell_blank(column: str, text: str) -> None:
    """Failure mode 93."""
    said: dict[str, str] = {column: text}
    finding = only(judge(table(entry(), entry(**said))), f"{column}-missing")
    assert finding.where.row == 3


@pytest.mark.parametrize(
    "text",
    [
        "TBC",
        "To be completed",
        "to follow",
        "Click or tap here to enter text.",
        "N/A",
        "n.a.",
        "?",
        "??",
        "none",
        "None.",
        "nil",
        "n/k",
        "N/K",
        "Not known",
        "Unknown",
        "Not applicable",
        "Event",
        "EVENT:",
        "No event",
        "No events",
        "(none)",
        "x",
        "0",
        "Nothing to report",
        "Please see attached",
    ],
)
def test_an_event_still_to_be_told_is_none(text: str) -> None:
    """Failure mode 93."""
    only(judge(table(entry(), entry(event=text))), "event-missing")


@pytest.mark.parametrize(
    "text",
    [
        "Chased.",
        "Requested",
        "Draft",
        "Text",
        "Awaiting appointment",
        "DNA",
        "No reply",
        "No contact made",
        "Not known to the agency",
        "None seen at home",
        "Event at school",
        "Home visit",
        "\u5bb6\u8bbf",
        "Email",
        "Unknown caller reported a fall",
        "No injuries",
        "N/A was told to the caller",
        "6/52 check",
    ],
)
def test_a_word_or_two_may_tell_an_event(text: str) -> None:
    assert judge(table(entry(), entry(event=text))).findings == ()


@pytest.mark.parametrize(
    "text", ["Text", "Image", "File", "On file", "Name book", "E-mail", "Draft letter"]
)
def test_a_word_or_two_may_name_a_source(text: str) -> None:
    assert judge(table(entry(), entry(source=text))).findings == ()


def test_a_row_of_the_template_with_the_agency_alone_in_it_is_blank() -> None:
    unused = ("", "", "GP", "", "", "", "", "", "")
    judgement = judge(table(entry(), unused, unused, entry()))
    assert judgement.findings == ()
    assert judgement.clues.rows == 2


def test_headings_over_two_rows_may_stand_again_further_down() -> None:
    upper = ("Date", "Time", "Agency", "Name of", "Age", "Child", "Source of", "Event", "Authors")
    lower = ("", "", "", "subject", "", "seen", "Information", "", "Comment")
    assert judge(table(lower, entry(), upper, lower, entry(), headings=upper)).findings == ()
