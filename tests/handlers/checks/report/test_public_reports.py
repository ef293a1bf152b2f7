"""The independent author's two reports, which the public will read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.context import AgencyFacts
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from tests import builders as build
from tests.chronologies import CONTEXT
from tests.plain_reports import report

KINDS = load_kinds()
AUTHOR = replace(CONTEXT, agency=AgencyFacts("IA", "Independent Author"))

Sections = Mapping[str, tuple[str, ...]]

OVERVIEW: Sections = {
    "Introduction": (
        "The terms of reference are at appendix 1. The review was held after Child N was hurt.",
        "Method: records were read and staff were interviewed. Five agencies contributed an "
        "Individual Management Review, whose authors had no involvement in the case.",
        "Members of the panel",
        "Dr Jane Sandford, chair of the panel; a head of service, Shire Council.",
        "The author's background",
        "The author has thirty years' experience and is independent of every agency.",
        "The family",
        "The mother was seen twice. There are no parallel proceedings.",
    ),
    "The Facts": (
        "The genogram is at appendix 2. The family is White British; culture was considered.",
        "The integrated chronology is at appendix 3.",
    ),
    "Analysis": ("The health visitor's persistence was good practice.",),
    "Conclusions and Recommendations": ("By May 2011 injuries to infants go to a paediatrician.",),
}
SUMMARY: Sections = {
    "1. Preface": (
        "1.1 Serious Case Reviews are carried out by the Safeguarding Children Board, when a child "
        "dies or is seriously injured as result of abuse or neglect.",
        "1.2 This report summarises the findings in respect of a child called Child N.",
    ),
    "2. Serious Case Review Process": (
        "2.1 Each agency was required to undertake an Individual Management Review.",
    ),
    "3. CASE SUMMARY": ("Child N was four months old and lived with both parents.",),
    "4. KEY ISSUES OR THEMES ARISING FROM THE SERIOUS CASE REVIEW": ("Bruises went unexplained.",),
    "5. RECOMMENDATIONS": ("Injuries to infants go to a paediatrician.",),
    "6. SUMMARY": ("The injuries might have been prevented.",),
    "7. List names of SCB Chair, SCRCP Chair, Independent Author, job titles and employing "
    "agencies of SCRCP members": ("Dr Jane Sandford, chair; a head of service, Shire Council.",),
}
TITLES = {"overview_report": "Overview Report", "executive_summary": "Executive Summary"}
WHOLE: Mapping[str, Sections] = {"overview_report": OVERVIEW, "executive_summary": SUMMARY}


def judged(kind: str, sections: Sections, *front: str) -> Judgement:
    """The one return the document is known to be, which must be of this kind."""
    docx = report(TITLES[kind], ("Serious Case Review", "Child N", *front), sections)
    (judgement,) = judge_document(docx, JudgingRequest(AUTHOR, "docx", "docx"), KINDS)
    assert judgement.kind == kind
    return judgement


def told(judgement: Judgement) -> list[tuple[str, str, str | None]]:
    return [(f.rule, f.severity, f.where.section) for f in judgement.findings]


def test_an_overview_report_in_the_toolkits_format_is_accepted() -> None:
    judgement = judged("overview_report", OVERVIEW)
    assert judgement.findings == ()
    assert judgement.passed == ("all four sections",)


def test_an_executive_summary_keeps_the_templates_standing_text() -> None:
    judgement = judged("executive_summary", SUMMARY)
    assert judgement.verdict == "accept"
    assert "Preface" not in {finding.where.section for finding in judgement.findings}


def test_the_seventh_part_may_go_under_the_toolkits_instruction_or_a_heading() -> None:
    headed = dict(zip([*list(SUMMARY)[:-1], "7. Members of the Serious Case Review Panel"],
                      SUMMARY.values(), strict=True))  # fmt: skip
    assert judged("executive_summary", headed).passed == ("all seven sections",)
    (kept,) = judged("executive_summary", SUMMARY).findings
    assert (kept.rule, kept.severity) == ("section-reworded", "advice")


@pytest.mark.parametrize("kind", WHOLE)
def test_a_part_that_is_missing_or_empty_is_a_fault_named_by_its_heading(kind: str) -> None:
    sections = WHOLE[kind]
    for heading in list(sections)[1:3]:
        without = {h: text for h, text in sections.items() if h != heading}
        emptied = {h: () if h == heading else text for h, text in sections.items()}
        for changed, rule in ((without, "section-missing"), (emptied, "section-empty")):
            (found,) = [f for f in judged(kind, changed).findings if f.severity == "fault"]
            assert found.rule == rule
            assert found.where.section is not None
            assert found.where.section.casefold() in heading.casefold()


def test_what_an_overview_report_does_not_mention_is_advice_in_its_part() -> None:
    bare = {**OVERVIEW, "The Facts": ("Child N lived with both parents.",)}
    (found,) = judged("overview_report", bare).findings
    assert (found.rule, found.severity, found.where.section) == (
        "prompts-missing",
        "advice",
        "The Facts",
    )
    assert "the genogram, ethnic, cultural or other equalities issues or" in found.message


@pytest.mark.parametrize("left", ["INSERT PSEUDONYM was a child.", "HIS/HER injuries healed."])
def test_a_gap_of_the_template_that_was_not_filled_is_a_fault_in_its_part(left: str) -> None:
    unfilled = {**SUMMARY, "1. Preface": (left,)}
    faults = [row for row in told(judged("executive_summary", unfilled)) if row[1] == "fault"]
    assert faults == [("placeholder-left", "fault", "Preface")]


def test_the_panel_may_be_named_and_nobody_else() -> None:
    named = {**OVERVIEW, "Analysis": ("Good practice by Dr Peter Milford was noted.",)}
    assert told(judged("overview_report", named)) == [("names-suspected", "question", "Analysis")]
    named = {**SUMMARY, "3. CASE SUMMARY": ("Dr Peter Milford saw the child.",)}
    assert ("names-suspected", "question", "Case Summary") in told(
        judged("executive_summary", named)
    )


def test_a_format_sent_back_with_nothing_written_is_told_as_one() -> None:
    shape = KINDS["overview_report"].shape
    printed = {s.heading: s.guidance for s in shape.sections}  # type: ignore[union-attr]
    assert told(judged("overview_report", printed)) == [("blank-template", "fault", None)]


def test_a_report_that_is_no_agencys_gives_no_clue_to_another_agency() -> None:
    """Lines on its cover are no agency's name: it would be held as another agency's."""
    for kind, sections in WHOLE.items():
        assert judged(kind, sections, "Sandford and Partners").clues.agency is None


def test_an_imr_is_not_also_an_overview_report_whatever_it_mentions() -> None:
    """They share two headings of the Overview Report's four."""
    imr = build.with_paragraph(build.make_imr(), "Analysis", "Overview Report")
    imr = build.with_text(imr, "Conclusions/ Lessons to be learned", "Conclusions")
    later = replace(CONTEXT, today=date(2010, 6, 1))  # the report is dated 20 May 2010
    (judgement,) = judge_document(imr, JudgingRequest(later, "docx", "docx"), KINDS)
    assert (judgement.kind, judgement.verdict) == ("imr", "accept")


@pytest.mark.parametrize("style", ["Heading 1", "Heading 2"])
@pytest.mark.parametrize("kind", WHOLE)
def test_each_part_is_missing_empty_put_off_or_a_question_by_itself(kind: str, style: str) -> None:
    """Failure modes 91 and 93."""
    whole = WHOLE[kind]
    for heading in whole:
        spoiled: Mapping[str, Sections] = {
            "section-missing": {h: text for h, text in whole.items() if h != heading},
            "section-empty": {h: () if h == heading else text for h, text in whole.items()},
            "section-empty, put off": {
                h: ("1.1 To follow.",) if h == heading else text for h, text in whole.items()
            },
            "section-unclear": {
                "As it strikes us" if h == heading else h: text for h, text in whole.items()
            },
        }
        for rule, sections in spoiled.items():
            docx = report(TITLES[kind], ("Serious Case Review", "Child N"), sections, style)
            (judgement,) = judge_document(docx, JudgingRequest(AUTHOR, "docx", "docx"), KINDS)
            found = [
                f
                for f in judgement.findings
                if f.severity != "advice" and f.rule != "names-suspected"
            ]
            assert [f.rule for f in found] == [rule.partition(",")[0]], (heading, rule)
            asked = "question" if rule == "section-unclear" else "fault"
            assert found[0].severity == asked, heading
