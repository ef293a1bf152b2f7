"""The small returns, each of which always comes to its own outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.kind_loading import SHIPPED_KINDS_FOLDER, load_kind_file
from config.kind_shape import FormShape
from handlers.document import Paragraph, Traits
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import AGENCY, CONTEXT, judged, rules, told


def letter(*lines: str) -> list[Paragraph]:
    return [Paragraph(line) for line in lines]


NIL = (
    "Nil return",
    "Agency: Meadow Lane Surgery",
    "No members of the family are or have been known to the agency.",
    "We have searched our paper and electronic records.",
    "Name: Commissioner One",
    "Role: Practice Manager",
    "Date: 20/05/2010",
)


def nil_without(word: str) -> list[Paragraph]:
    return letter(*(line for line in NIL if word not in line))


@each_case(
    ("id", "rule", "verdict"),
    [
        ("panel_representative", "to-confirm", "refer"),
        ("staff_to_interview", "restricted", "refer"),
        ("extension_request", "extension-requested", "refer"),
        ("debrief_slip", "attendance", "refer"),
        ("scope_alert", "scope-alert", "refer"),
        ("interview_summary", "not-required", "hold"),
    ],
)
@each_case("lines", [(), ("Dear Administrator", "Name: A. Person")])
def test_each_always_comes_to_its_outcome_whatever_it_says(id, rule, verdict, lines):
    judgement = judged(id, letter(*lines))
    assert len(told(judgement, rule)) == 1
    assert judgement.verdict == verdict


def test_a_good_nil_return_is_accepted():
    judgement = judged("nil_return", letter(*NIL))
    assert judgement.findings == ()
    assert judgement.clues.agency == "own"
    assert judgement.clues.dated == date(2010, 5, 20)


@pytest.mark.parametrize(
    ("line", "rule", "severity"),
    [
        ("known", "statement-missing", "fault"),
        ("Name", "name-missing", "fault"),
        ("Role", "role-missing", "fault"),
        ("Date", "date-missing", "fault"),
        ("Agency", "agency-missing", "fault"),
        ("searched", "records-missing", "advice"),
    ],
)
def test_a_nil_return_that_leaves_something_out_is_told_what(line, rule, severity):
    (finding,) = judged("nil_return", nil_without(line)).findings
    assert (finding.rule, finding.severity) == (rule, severity)


@pytest.mark.parametrize(
    "sentence",
    [
        "None of the family has ever been known to us.",
        "The child and family are not known to this agency.",
        "We have had no involvement with the family.",
        "We hold no records of any of those named.",
        "The family is unknown to Meadow Lane Surgery.",
        "There is no trace of the family on our systems.",
    ],
)
def test_no_involvement_may_be_said_in_many_ways(sentence):
    blocks = [*nil_without("known"), Paragraph(sentence)]
    assert judged("nil_return", blocks).findings == ()


def test_a_nil_return_that_says_the_family_is_known_is_a_question():
    blocks = [*nil_without("known"), Paragraph("The family is well known to the agency.")]
    assert "statement-involved" in rules(judged("nil_return", blocks))


def test_a_letter_that_names_its_agency_needs_no_label_for_it():
    blocks = [*nil_without("Agency"), Paragraph("On behalf of Meadow Lane Surgery")]
    assert judged("nil_return", blocks).findings == ()
    nobody = replace(CONTEXT, agency=None)
    assert rules(judged("nil_return", blocks, nobody)) == ["agency-missing"]


def test_a_label_left_blank_is_missing_whatever_the_letter_says():
    lines = [line if "Agency" not in line else "Agency: ......" for line in NIL]
    blocks = letter(*lines, f"On behalf of {AGENCY.name}")
    assert rules(judged("nil_return", blocks)) == ["agency-missing"]


@pytest.mark.parametrize("end", ["Yours sincerely", "Yours faithfully,", "With kind regards"])
def test_a_plain_letter_signed_at_its_foot_is_as_good_as_labelled_blanks(end):
    """An agency that knows nobody writes a letter, and was asked for no form."""
    lines = ["Meadow Lane Surgery", "28 May 2010", "Nil Return", NIL[2]]
    lines += ["We searched our electronic records.", end, "Commissioner One", "Practice Manager"]
    assert judged("nil_return", letter(*lines)).findings == ()
    assert rules(judged("nil_return", letter(*lines[:-1]))) == ["role-missing"]
    assert rules(judged("nil_return", letter(*lines[:-2]))) == ["name-missing", "role-missing"]


def test_a_blank_nil_return_gets_one_finding():
    blanks = letter("Nil return", "Agency:", "Name: ....", "Role: ....", "Date: ....")
    assert rules(judged("nil_return", blanks)) == ["blank-template"]


@pytest.mark.parametrize(
    ("date", "rule"), [("w/c 3/5/10", "date-invalid"), ("1 June 2010", "date-future")]
)
def test_a_nil_return_is_dated_with_one_day_that_has_come(date, rule):
    blocks = [*nil_without("Date"), Paragraph(f"Date: {date}")]
    assert rules(judged("nil_return", blocks)) == [rule]


def test_template_text_left_in_a_nil_return_is_a_fault():
    blocks = letter(*NIL, "Re: [insert child's identifier]")
    assert rules(judged("nil_return", blocks)) == ["placeholder-left"]


def test_a_nil_return_on_paper_may_be_filled_in_by_hand():
    judgement = judged("nil_return", nil_without("Name"), traits=Traits(on_paper=True))
    assert rules(judgement) == ["handwriting"]


def test_a_panel_representative_is_named_with_role_and_contact():
    full = letter("Name: A. Person", "Role: Director", "Contact details: 01234 567890")
    assert rules(judged("panel_representative", full)) == ["to-confirm"]
    bare = rules(judged("panel_representative", letter("Thank you for your letter.")))
    assert bare == ["name-missing", "role-missing", "contact-missing", "to-confirm"]


def test_a_request_in_a_letter_says_what_until_when_and_why():
    blocks = letter(
        "We ask for more time for our IMR, until Friday 11 June 2010, because two of the staff",
        "are on leave.",
        "Name: Jane Holt",
    )
    assert rules(judged("extension_request", blocks)) == ["extension-requested"]


def test_a_request_that_says_neither_what_nor_when_nor_why_is_advised_and_still_decided():
    judgement = judged("extension_request", letter("Please may we have more time?"))
    assert rules(judgement) == [
        "return-missing",
        "new_date-missing",
        "reason-missing",
        "name-missing",
        "extension-requested",
    ]
    assert judgement.verdict == "refer"
    assert {f.severity for f in judgement.findings} == {"question"}, "each is asked for"


def test_a_panel_form_with_nobody_in_it_is_asked_for_a_name_and_thanked_for_none():
    """Its title, which begins with the label of a blank, names nobody."""
    lines = ("Representative on the Serious Case Review Panel", "Name of representative: TBC",
             "Job title:", "Telephone: to follow")  # fmt: skip
    judgement = judged("panel_representative", letter(*lines))
    assert rules(judgement) == ["name-missing", "role-missing", "contact-missing", "to-confirm"]
    assert not any("Thank you" in f.message for f in judgement.findings)


def test_the_new_date_of_a_request_may_lie_ahead_and_must_be_a_day():
    lines = ("Return: IMR", "Reason: leave", "Name: Jane Holt")
    ahead = judged("extension_request", letter(*lines, "New date: 11/06/2010"))
    assert rules(ahead) == ["extension-requested"]
    assert ahead.clues.dated is None
    vague = judged("extension_request", letter(*lines, "New date: some time in June"))
    assert rules(vague) == ["new_date-invalid", "extension-requested"]


FORMS = [
    kind
    for kind in map(load_kind_file, sorted(SHIPPED_KINDS_FOLDER.glob("*.toml")))
    if isinstance(kind.shape, FormShape)
]
WORDS = {
    "count": "is 1 comment",
    "says": "a",
    "fix": "b",
    "value": "c",
    "choices": "d",
    "state": "e",
    "who": "f",
    "why": "g",
    "found": "h",
    "asked": "i",
    "your_agency": "j",
    "before": "k",
    "shows": "l",
    "what": "k",
    "place": "m",
    "wording": "n",
    "answer": "Yes",
    "criteria": "3 and 5",
}


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.id)
def test_every_rule_of_a_form_can_be_told_with_the_words_its_check_gives(kind):
    for rule in kind.rules.values():
        assert rule.says.format(**WORDS).strip()
        assert rule.fix.format(**WORDS).strip()


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.id)
def test_every_form_has_the_rules_that_its_shape_needs(kind):
    shape = kind.shape
    needed = set(shape.always)
    if shape.criteria:
        needed |= {"criterion-missing", "criterion-reworded", "answer-missing", "answer-double"}
        needed |= {"answer-no", "answer-partially", "comment-missing"}
    if shape.statements:
        needed |= {"statement-missing", "statement-reworded"}
        assert len(shape.statement_names) == len(shape.statements)
    always_looked_at = {"names", "attending", "what"}  # a person reads the whole letter anyway
    needed |= {f"{f.key}-missing" for f in shape.fields if f.key not in always_looked_at}
    needed |= {f"{field.key}-invalid" for field in shape.fields if field.reads_as == "date"}
    assert needed <= set(kind.rules)


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.id)
def test_no_rule_of_a_form_is_there_for_nothing(kind):
    """Every rule is raised by a check of the shape, or needs the register or the case."""
    register = {"answer-contradicts", "date-before-report", "date-early", "nil-and-chronology"}
    register |= {"changed-since-signed"}
    whole = {
        "blank-template",
        "placeholder-left",
        "handwriting",
        "signature-altered",
        "signed-by-another",
        "hidden-text",
        "comments-left",
    }
    grid = {"criterion-missing", "criterion-reworded", "answer-missing", "answer-double"}
    grid |= {"criteria-unread", "criterion-added", "answers-missing", "answers-unread"}
    grid |= {"answer-unclear", "answer-not-applicable"}
    rest = {
        "comment-missing",
        "comment-beside",
        "statement-missing",
        "statement-reworded",
        "signatory-is-author",
    }
    rest |= {"declaration-reworded", "not-final"}
    told_by = ("missing", "invalid", "future", "other", "unclear", "junior")
    signed = ("typed", "image", "digitally", "unproven", "scan")
    fields = {f"{f.key}-{end}" for f in kind.shape.fields for end in (*told_by, *signed)}
    choices = {f"answer-{choice.casefold()}" for choice in kind.shape.answers}
    if kind.shape.denial is not None:
        rest |= {qualifier.rule for qualifier in kind.shape.denial.qualifiers}
        rest |= {"statement-involved", "statement-unclear", "statement-beside"}
        rest |= {"statement-unsure", "statement-noted", "statement-draft", "statement-unfilled"}
        rest |= {"statement-unsigned"}
    known = register | whole | grid | rest | fields | choices | set(kind.shape.always)
    assert set(kind.rules) <= known


@pytest.mark.parametrize(
    "sentence",
    [
        "Further to your letter, Ann Dean will represent this surgery on the panel.",
        "Our panel member will be Ann Dean.",
        "Our representative is Ann Dean.",
        "You asked who would join. It will be Ann Dean, our Records Manager.",
        "Ann Dean has agreed to serve on the panel for Meadow Lane Surgery.",
        "Please note that Ann Dean is our nominee for the panel.",
        "We have appointed Ann Dean to be our representative in the panel meetings.",
        "DCI Wray has moved on. In his place Superintendent Ann Dean will sit on the Panel.",
    ],
)
def test_the_representative_named_in_a_sentence_is_kept_by_name(sentence):
    judgement = judged("panel_representative", letter("Dear Administrator", sentence, "Jane Holt"))
    assert "name-missing" not in rules(judgement)
    assert dict(judgement.clues.asks)["Name"] == "Ann Dean"


def test_two_who_are_named_in_one_breath_are_both_kept():
    said = "We wish to nominate two people to share the panel seat: Tom Birch and Rita Vale."
    judgement = judged("panel_representative", letter("Dear Administrator", said, "Jane Holt"))
    assert dict(judgement.clues.asks)["Name"] == "Tom Birch and Rita Vale"
