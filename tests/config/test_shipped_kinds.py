"""The kinds that ship, read as a strict board officer would read them: every rule, every word."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from config.kind import Kind
from config.kind_loading import load_kinds
from config.kind_shape import ReportShape
from config.rules import ARRIVAL_RULES, VALUE_REFUSALS, Severity
from tests.each_case import each_case

KINDS = load_kinds()
RULES = [(kind.id, id, rule) for kind in KINDS.all for id, rule in kind.rules.items()]
REFUSED = [
    (f"{what} {why}", words) for what, r in VALUE_REFUSALS.items() for why, words in r.items()
]
SENTENCES = [
    *((f"{kind} {id} says", rule.says) for kind, id, rule in RULES),
    *((f"{kind} {id} fix", rule.fix) for kind, id, rule in RULES),
    *((f"{place} says", words.says) for place, words in REFUSED if words.says),
    *((f"{place} fix", words.fix) for place, words in REFUSED),
    *((f"{place} fix_in_table", words.fix_for_place(in_table=True)) for place, words in REFUSED),
]

# The tables of the toolkit's rules: each rule's id and how heavy it is.
TOOLKIT: Mapping[str, Mapping[Severity, str]] = {
    "chronology": {
        "fault": "heading-changed heading-missing heading-added no-rows date-missing date-invalid "
        "date-future order time-invalid agency-missing source-missing event-missing merged-across",
        "question": "date-outside-period agency-other",
        "advice": "date-uncertain ditto time-estimated time-style time-missing subject-missing "
        "subject-unknown age-missing age-odd age-conflict child-seen tracked-changes",
    },
    "imr": {
        "fault": "section-missing section-empty front-sheet-author front-sheet-date "
        "sign-off-missing sign-off-date placeholder-left plan-missing plan-column-missing "
        "plan-action-missing plan-by-whom-missing plan-timescale-missing plan-evidence-missing",
        "question": "section-unclear sign-off-image sign-off-unclear sign-off-same-person "
        "names-suspected tracked-changes comments-left",
        "advice": "section-reworded section-order front-sheet-strictly-confidential "
        "front-sheet-agency front-sheet-title front-sheet-in-respect-of front-sheet-name "
        "front-sheet-ethnic-origin genogram-missing prompts-missing focus-unmatched page-numbers "
        "paragraph-numbers contents version personnel-key-missing vague-recommendation "
        "plan-outcome-missing plan-timescale-vague",
    },
    "qa_form": {
        "fault": "criterion-missing criterion-reworded answer-missing answer-double "
        "agency-missing signed-missing role-missing date-missing date-future",
        "question": "answer-no answer-contradicts",
        "advice": "answer-partially comment-missing child-missing",
        "danger": "child-other",
    },
    "evaluation_statement": {
        "fault": "statement-missing signed-missing date-missing name-missing title-missing "
        "date-future signature-altered",
        "question": "signed-image date-early date-before-report title-junior signatory-is-author",
        "advice": "signed-typed signed-digitally",
    },
    "nil_return": {
        "fault": "agency-missing statement-missing name-missing role-missing date-missing",
        "question": "nil-and-chronology",
        "advice": "records-missing",
    },
    "panel_representative": {
        "question": "to-confirm",
        "advice": "role-missing contact-missing",
    },
    "staff_to_interview": {"question": "restricted"},
    "extension_request": {"question": "extension-requested"},
    "debrief_slip": {"question": "attendance"},
    "scope_alert": {"question": "scope-alert"},
    "interview_summary": {"danger": "not-required"},
    "overview_report": {
        "fault": "section-missing section-empty placeholder-left",
        "question": "section-unclear names-suspected tracked-changes comments-left",
        "advice": "section-reworded section-order prompts-missing vague-recommendation",
    },
    "executive_summary": {
        "fault": "section-missing section-empty placeholder-left",
        "question": "section-unclear names-suspected tracked-changes comments-left",
        "advice": "section-reworded section-order vague-recommendation",
    },
}
EXPECTED = [
    (kind, rule, severity)
    for kind, table in TOOLKIT.items()
    for severity, rules in table.items()
    for rule in rules.split()
]

BANNED = re.compile(r"\b(?:invalid|fail(?:ed|s|ure)?|errors?|must of|please ensure)\b", re.I)


def test_every_kind_of_return_the_toolkit_expects_is_there() -> None:
    assert {kind.id for kind in KINDS.all} == set(TOOLKIT)
    assert [kind.id for kind in KINDS.pack_kinds] == [
        "chronology",
        "imr",
        "qa_form",
        "evaluation_statement",
    ]


@each_case(("kind", "rule", "severity"), EXPECTED)
def test_every_rule_of_the_toolkit_is_there_with_its_weight(
    kind: str, rule: str, severity: Severity
) -> None:
    assert KINDS[kind].rules[rule].severity == severity


@each_case(("place", "words"), SENTENCES)
def test_every_rule_speaks_in_plain_whole_sentences(place: str, words: str) -> None:
    assert re.fullmatch(r"\{(?:says|fix)\}|[A-Z{].*(?:\.|\{(?:says|fix)\})", words), place
    assert not BANNED.search(words), place
    assert words == " ".join(words.split()), place


@each_case("kind", KINDS.all, ids=lambda kind: kind.id)
def test_a_kind_is_named_so_that_a_sentence_can_be_made_of_it(kind: Kind) -> None:
    """ "Your {noun} is due on Friday", "We have not had the {noun}"."""
    assert re.fullmatch(r"[A-Za-z][\w' -]*\w", kind.noun)
    assert not re.match(r"(?:a|an|the|your)\b", kind.noun, re.I)
    assert kind.title[0].isupper()
    assert len(kind.column_heading) <= 20  # the heading of a column in the digest's matrix


def test_no_two_kinds_go_by_one_name() -> None:
    for name in ("title", "noun", "column_heading", "order"):
        said = [getattr(kind, name) for kind in KINDS.all]
        assert len(said) == len(set(said)), name


def test_the_whole_pack_is_chased() -> None:
    assert all(kind.chased for kind in KINDS.pack_kinds)


REPORTS = [kind for kind in KINDS.all if isinstance(kind.shape, ReportShape)]


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.id)
def test_a_reports_sections_are_numbered_as_they_stand(kind: Kind) -> None:
    assert isinstance(kind.shape, ReportShape)
    sections = kind.shape.sections
    assert [section.number for section in sections] == list(range(1, len(sections) + 1))
    assert len({section.key for section in sections}) == len(sections)
    wordings = [words.casefold() for s in sections for words in (s.heading, *s.also)]
    assert len(wordings) == len(set(wordings))


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.id)
def test_what_a_report_says_of_its_sections_is_about_sections_it_has(kind: Kind) -> None:
    shape = kind.shape
    assert isinstance(shape, ReportShape)
    keys = {section.key for section in shape.sections}
    named = [shape.genogram_section, shape.analysis_section, shape.recommendations_section]
    named += [prompt.section for prompt in shape.prompts]
    named += [shape.sign_off.section] if shape.sign_off else []
    assert set(filter(None, named)) <= keys


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.id)
def test_no_rule_of_a_report_is_there_for_nothing(kind: Kind) -> None:
    """A rule under a name that no check uses would never be looked for, and nobody would know."""
    shape = kind.shape
    assert isinstance(shape, ReportShape)
    told = {"blank-template", "section-missing", "section-empty", "section-reworded"}
    told |= {"section-unclear"}
    told |= {"section-order", "tracked-changes", "comments-left", "hidden-text", *shape.layout}
    told |= {"not-final"}
    told |= {f"front-sheet-{field.key}" for field in shape.front_sheet}
    told |= {f"front-sheet-{what}" for what in ("unclear", "date-invalid", "date-future")}
    told |= {f"front-sheet-{w.lower().replace(' ', '-')}" for w in (*shape.front_words, "title")}
    told |= {"prompts-missing"} if shape.prompts else set()
    told |= {"genogram-missing"} if shape.genogram_section else set()
    told |= {"focus-unmatched"} if shape.analysis_section else set()
    told |= {"vague-recommendation"} if shape.vague_phrases else set()
    told |= {"placeholder-left"} if shape.placeholders else set()
    told |= {"names-suspected"} if shape.anonymised else set()
    told |= {"personnel-key-missing"} if shape.key_words else set()
    if shape.plan:
        told |= {"plan-missing", "plan-column-missing", "plan-timescale-vague"}
        told |= {"plan-unclear", "plan-column-unclear"}
        told |= {f"plan-{key}-missing" for key in (*shape.plan.must_fill, *shape.plan.should_fill)}
    if shape.sign_off:
        told |= {"sign-off-missing", "sign-off-image", "sign-off-unproven"}
        told |= {"sign-off-same-person", "sign-off-unclear", "sign-off-date"}
    assert set(kind.rules) <= told


def test_no_rule_sends_its_reader_to_an_identifier_in_a_letter_that_gives_none() -> None:
    laws = [law for kind in load_kinds().all for law in kind.rules.values()]
    told = [f"{law.says} {law.fix}" for law in (*laws, *ARRIVAL_RULES.values())]
    assert not [each for each in told if "identifier" in each and "letter" in each]
    assert not [each for each in told if "There is nothing to send again" in each]
