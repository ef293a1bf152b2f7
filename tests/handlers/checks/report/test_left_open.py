"""What was left open: guidance, sentences that put a section off, prompts, half an action plan."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from config.kind_loading import load_kinds
from handlers.document import Paragraph
from handlers.findings import Finding, Judgement
from handlers.judging.vocabulary import Vocabulary
from tests.handlers.checks.report.conftest import HEADINGS, KIND, PLAN_HEADINGS, PLAN_ROW, table

HEAVY = ("introduction", "summary", "analysis", "conclusions")
SECTIONS = {s.key: s for s in KIND.shape.sections}  # type: ignore[union-attr]
TO_COME = (
    "This section is to follow once the chronology has been agreed.",
    "To be written when the interviews are done.",
    "Awaiting information from the hospital.",
    "The conclusions will follow.",
    "Draft - not yet written",
    "This section has not been completed.",
    "To follow. The author is awaiting two interviews.",
    "The author will write this when the records arrive.",
    "Work in progress.",
    "This part of the report is still to be drafted.",
    "We are waiting for the post mortem.",
    "The lessons are to be added once legal advice is received.",
    "Pending the outcome of the trial.",
    "TBC.",
    "N/A.",
)
ANSWERS = (
    "The lesson is that each message must have an owner, and that nobody waits for another.",
    "No lessons were found for the surgery.",
    "The hospital was waiting for a reply that the surgery never sent.",
    "A strategy meeting was still to be arranged when Child N was hurt.",
    "Staff had not been told of the referral.",
    "Pending tray items were not read for a week.",
)


@pytest.mark.parametrize("number", ["", "7.1 "])
@pytest.mark.parametrize("boxed", [False, True], ids=["lines", "a table of sections"])
@pytest.mark.parametrize("words", TO_COME)
@pytest.mark.parametrize("key", HEAVY)
def test_a_section_that_says_that_it_is_to_come_is_empty(draft, key, words, boxed, number):
    """Failure mode 93: a report whose conclusions will follow is accepted."""
    body = [Paragraph(number + words)]
    draft.bodies[key] = table(9, (number + words,)) if boxed else body
    (found,) = draft.found("section-empty")
    assert (found.severity, found.where.section) == ("fault", SECTIONS[key].heading)
    assert "nothing written" not in found.message


def test_a_sentence_that_says_there_is_nothing_is_written_where_its_author_was_told_to_say_so(
    draft,
):
    """Failure mode 91: the author writes "Nothing to report." and has the same letter again."""
    short = ("Nothing to report.", "Nothing to report at present", "4.1 Nothing to add.")
    whole = ("There is nothing to report.", "There is nothing to report under this heading.")

    def told(key: str, words: str) -> list[Finding]:
        spoiled = replace(draft, bodies={**draft.bodies, key: [Paragraph(words)]})
        return spoiled.found("section-empty")

    for key in HEAVY:
        section = SECTIONS[key]
        for words in short:
            assert bool(told(key, words)) == bool(section.empty_fix), (key, words)
        for words in whole:
            assert told(key, words) == [], (key, words)
        for words in ("None.", "Nil", "N/A", "-"):
            (one,) = told(key, words)
            assert ("nothing to report" in one.fix) == (not section.empty_fix), (key, words)
            for sentence in re.findall(r'"(.+?)"', one.fix):
                assert told(key, sentence) == [], (key, sentence)


@pytest.mark.parametrize("words", ANSWERS)
@pytest.mark.parametrize("key", HEAVY)
def test_a_short_section_that_says_something_is_written(draft, key, words):
    """Failure mode 91: a short answer with the words of a delay in it is sent back."""
    draft.bodies[key] = [Paragraph(words)]
    assert draft.found("section-empty") == []


@pytest.mark.parametrize(
    "shape", ["as printed", "numbered", "one paragraph", "a sentence", "boxed"]
)
@pytest.mark.parametrize("key", [k for k, s in SECTIONS.items() if s.guidance and k in HEAVY])
def test_guidance_that_was_left_is_no_section(draft, key, shape):
    """Failure mode 94: the toolkit's own words under a heading are taken for the report."""
    guidance = SECTIONS[key].guidance
    texts = {
        "as printed": guidance,
        "numbered": [f"{SECTIONS[key].number}.{n} {text}" for n, text in enumerate(guidance, 1)],
        "one paragraph": [" ".join(guidance[:6])],
        "a sentence": [max(guidance, key=len)[:90]],
        "boxed": guidance,
    }[shape]
    body = (
        table(9, *((text,) for text in texts)) if shape == "boxed" else list(map(Paragraph, texts))
    )
    draft.bodies[key] = body
    (found,) = draft.found("section-empty")
    assert found.where.section == SECTIONS[key].heading
    assert "guidance" in found.message


@pytest.mark.parametrize("column", range(2, 6))
@pytest.mark.parametrize("which", [0, 1, 2])
def test_each_table_of_a_plan_is_asked_for_its_columns(draft, which, column):
    """Failure mode 95: a column that one table has is taken to be in all of them."""
    drop = lambda row: tuple(c for i, c in enumerate(row) if i != column)  # noqa: E731
    body = [Paragraph("8.1 The recommendations follow.")]
    for n in range(3):
        rows = (PLAN_HEADINGS, PLAN_ROW)
        body += [*table(2 + n, *(map(drop, rows) if n == which else rows)), Paragraph("")]
    draft.bodies["recommendations"] = body
    (found,) = draft.found("plan-column-missing")
    assert found.where.table == 2 + which
    assert PLAN_HEADINGS[column] in found.message


def test_the_right_half_of_a_plan_completes_its_left(draft):
    left, right = (0, 1, 2, 3), (1, 4, 5)
    draft.bodies["recommendations"] = [
        b
        for n, half in enumerate((left, right), 2)
        for b in table(n, *(tuple(row[i] for i in half) for row in (PLAN_HEADINGS, PLAN_ROW)))
    ]
    assert draft.found("plan-column-missing") == []


@pytest.mark.parametrize(
    ("column", "heading", "rule"),
    [
        (5, "Performance indicator", "plan-column-unclear"),
        (5, "Success criteria", "plan-column-unclear"),
        (5, "Outcome measure", "plan-column-unclear"),
        (5, "Monitoring", "plan-column-unclear"),
        (4, "Review date", "plan-column-unclear"),
        (4, "Date agreed", "plan-column-missing"),
        (4, "Date raised", "plan-column-missing"),
    ],
)
def test_another_column_is_not_taken_for_the_one_that_is_missing(draft, column, heading, rule):
    """Failure mode 95."""
    headings = tuple(heading if i == column else h for i, h in enumerate(PLAN_HEADINGS))
    draft.plan(PLAN_ROW, headings=headings)
    (found,) = [f for f in draft.judged().findings if f.rule.startswith("plan-column")]
    assert found.rule == rule
    assert PLAN_HEADINGS[column] in found.message


@pytest.mark.parametrize("key", HEAVY)
@pytest.mark.parametrize(
    "left",
    [
        Paragraph("6.1 Click here to enter text."),
        Paragraph("6.1 Information was shared late. Click or tap here to enter text."),
        Paragraph("Information was shared late.", prompted=True),
    ],
)
def test_a_prompt_beside_other_words_is_template_text(draft, key, left):
    """Failure mode 94."""
    draft.bodies[key] = [*draft.bodies[key], left]
    (found,) = draft.found("placeholder-left")
    assert found.where.section == SECTIONS[key].heading


def test_template_text_in_a_page_header_is_found(draft):
    draft.traits.margins.append("[Insert Name Of Agency]  Strictly Confidential")
    (found,) = draft.found("placeholder-left")
    assert found.where.section == "Page header or footer"


def test_one_blank_is_told_once(draft):
    """Failure mode 96: the author is told twice of one thing."""
    draft.replace_front("Author: Author One", "Author: [Insert name]")
    draft.bodies["conclusions"] = [Paragraph("[Insert conclusions]", placeholder=True)]
    draft.plan(replace_at(PLAN_ROW, 3, "[Insert name]"))
    draft.bodies["signing-off"] = [
        replace(b, text="Name: [Insert name]") if b.text == "Name: Author One" else b
        for b in draft.bodies["signing-off"]
    ]
    told = {f.rule for f in draft.judged().findings if f.severity == "fault"}
    assert told == {
        "front-sheet-author", "section-empty", "plan-by-whom-missing", "sign-off-missing",
    }  # fmt: skip


def test_template_text_beside_another_blank_is_still_told(draft):
    draft.replace_front("Author: Author One", "Author:")
    draft.replace_front("Name: Child N", "Name: [INSERT PSEUDONYM]")
    assert {"front-sheet-author", "placeholder-left"} <= draft.rules()


def replace_at(row, at, text):
    return tuple(text if i == at else cell for i, cell in enumerate(row))


def test_what_is_said_in_place_of_a_rule_s_sentence_is_in_our_own_words(draft):
    """Failure mode 83: what the worker may not say is told as a file that could not be read."""
    spoken = Vocabulary(load_kinds())
    draft.bodies["conclusions"] = [Paragraph(SECTIONS["conclusions"].guidance[0])]
    draft.traits.margins.append("[Insert Name Of Agency]")
    headings = zip(PLAN_HEADINGS, PLAN_ROW, replace_at(PLAN_ROW, 5, ""), PLAN_ROW, strict=True)
    draft.bodies["recommendations"] = table(2, *headings)
    draft.bodies["signing-off"] = [
        replace(b, text="Name: Vacant") if b.text == "Name: Author One" else b
        for b in draft.bodies["signing-off"]
    ]
    judged = draft.judged()
    assert len([f for f in judged.findings if f.severity == "fault"]) == 4
    assert spoken.contains_judgement(judged)
    assert any("recommendation 2" in f.message for f in judged.findings)


def test_template_text_for_the_only_recommendation_is_one_missing_plan(draft):
    row = ("Better", "[Insert recommendation]", "Prompt", "Manager", "1/9/10", "Audit")
    draft.plan(row)
    assert [f.rule for f in draft.judged().findings] == ["plan-missing"]


def test_template_text_in_a_long_section_is_placed_by_its_paragraph_and_heading(draft):
    """Nobody counts a heading as a paragraph; the front sheet and rows have places of their own."""
    said = 'Some of the template\'s own text is still here: look for "[insert"'
    draft.bodies["summary"] += [Paragraph("[Insert date] the surgery was told.")]
    draft.bodies["analysis"][-1] = Paragraph("6.2 [Insert date] the surgery was told.")
    found = draft.found("placeholder-left")
    assert [f.message for f in found] == [
        f"{said}, in paragraph 3 of this part.",
        f"{said}, in paragraph 2 of this part (headings not counted),"
        " under the second heading in it.",
    ]
    assert Vocabulary(load_kinds()).contains_judgement(Judgement("imr", 1.0, tuple(found)))
    draft.bodies["summary"][0] = Paragraph("<insert name> was seen.")
    (found, _) = draft.found("placeholder-left")
    assert found.message.endswith(", in paragraphs 1 and 3 of this part.")


def test_each_of_the_template_s_words_is_told_and_what_each_asks_for(draft, rows):
    """Failure mode 91: one of two is named, and its author mends that one."""
    draft.bodies["summary"] += [Paragraph("Seen on INSERT DATE by INSERT ROLE, who is named.")]
    (found,) = draft.found("placeholder-left")
    assert 'look for "INSERT DATE" and "INSERT ROLE", in paragraph 3' in found.message
    assert found.fix == "Write in the place of each what it asks for."
    draft.bodies["summary"][-1:] = [
        Paragraph("Seen on INSERT DATE by the nurse of the agency, who is named."),
        *rows(8, ("Name of Organisation:", "INSERT NAME")),
    ]
    assert [f.fix for f in draft.found("placeholder-left")] == [
        "Write the date in its place, day first.", "Write the agency's name in its place.",
    ]  # fmt: skip
    draft.bodies["summary"][-2:] = rows(8, ("Name of Organisation:", "Meadow Lane Surgery"))[:1]
    draft.bodies["summary"][-2] = Paragraph("Seen on 3 May 2009 by the nurse of the agency.")
    assert draft.found("placeholder-left") == []


def test_what_may_be_a_name_taken_out_is_a_question_with_both_ways_on(draft):
    draft.bodies["summary"] += [Paragraph("The letter of [name of nurse Jackson] came late.")]
    (found,) = draft.found("placeholder-left")
    assert (found.severity, "may still be here" in found.message) == ("question", True)
    assert "Jackson" not in found.message
    assert Vocabulary(load_kinds()).contains_judgement(Judgement("imr", 1.0, (found,)))


def test_template_text_in_the_page_header_is_known_without_brackets(draft):
    draft.traits.margins.append("Report of INSERT AGENCY, Strictly Confidential")
    (found,) = draft.found("placeholder-left")
    assert (found.where.section, found.fix) == (
        "Page header or footer", "Write the agency's name in its place.",
    )  # fmt: skip


def _signed(whole, *date):
    """A signing off, with these lines in place of the author's day."""
    line = "Signed: A. One     Date: 28 May 2010"
    assert any(block.text == line for block in whole)
    mine = [Paragraph("Signed: A. One"), *map(Paragraph, date)]
    return [one for block in whole for one in (mine if block.text == line else [block])]


def test_template_text_in_no_blank_is_told_with_the_blank_that_is_open(draft):
    """Failure mode 91: it was told alone in the next letter, and the report came three times."""
    signed = _signed(draft.bodies["signing-off"], "Date: ..........")
    for left in ("Submitted to the panel: INSERT DATE", "[Insert Agency Logo]"):
        for at in (0, len(signed)):
            draft.bodies["signing-off"] = [*signed[:at], Paragraph(left), *signed[at:]]
            rules = sorted(f.rule for f in draft.judged().findings if f.severity == "fault")
            assert rules == ["placeholder-left", "sign-off-missing"], (left, at)


def test_template_text_in_a_blank_of_the_signing_off_is_told_once(draft):
    whole = draft.bodies["signing-off"]
    for date in (["Date: INSERT DATE"], ["Date:", "INSERT DATE"], ["Date:", "[Insert date]"]):
        draft.bodies["signing-off"] = _signed(whole, *date)
        told = [f.rule for f in draft.judged().findings if f.severity == "fault"]
        assert told == ["sign-off-missing"], date


def test_the_toolkit_s_guidance_among_an_author_s_own_text_is_advice(draft):
    whole = draft.bodies["post-incident"]
    guidance = SECTIONS["post-incident"].guidance[0]
    for text in (guidance, f"5.2 {guidance}"):
        draft.bodies["post-incident"] = [*whole, Paragraph(text)]
        (found,) = draft.found("placeholder-left")
        assert (found.severity, found.where.section) == ("advice", HEADINGS["post-incident"])
        assert "own guidance still stands here, in paragraph 2 of this part" in found.message
        assert Vocabulary(load_kinds()).contains_judgement(Judgement("imr", 1.0, (found,)))
    draft.bodies["post-incident"] = whole
    several = SECTIONS["analysis"].guidance
    first, second, third, *_ = several[0].split(". ")
    for text in (f"{first}. {second}.", f"{third}.", f"{several[1]} {several[3]}"):
        before = draft.bodies["analysis"]
        draft.bodies["analysis"] = [*before, Paragraph(text)]
        (found,) = draft.found("placeholder-left")
        assert (found.severity, found.where.section) == ("advice", HEADINGS["analysis"])
        draft.bodies["analysis"] = before
    for text in (f"{guidance} None was found.", SECTIONS["introduction"].guidance[4]):
        draft.bodies["post-incident"] = [*whole, Paragraph(text)]
        assert draft.found("placeholder-left") == []
    draft.bodies["post-incident"] = [Paragraph(guidance)]
    assert draft.found("placeholder-left") == []


def test_a_note_or_a_sentence_that_looks_like_a_heading_is_counted_as_a_paragraph(draft):
    """Its author sees no heading in the section, in bold or in capitals though it stands."""
    draft.bodies["summary"] = [
        Paragraph("He was seen twice."),
        Paragraph("Commentary: a child who is ill should be seen.", bold=True),
        Paragraph("CHECK THESE TIMES WITH SUE"),
        Paragraph("He was not seen again."),
    ]
    (found,) = draft.found("not-final")
    assert ", in paragraph 3 of this part. " in found.message
    draft.bodies["summary"][1] = Paragraph("Key issue 1: who saw him?", bold=True)
    (found,) = draft.found("not-final")
    place = "in paragraph 2 of this part (headings not counted), under the first heading in it. "
    assert place in found.message


NEEDED = [k for k in HEAVY if k not in ("genogram", "recommendations")]


def under(*texts: str) -> list[Paragraph]:
    """Sub-headings, with a text under each that is not empty."""
    body = []
    for number, text in enumerate(texts, 1):
        body.append(Paragraph(f"Key issue {number}", heading=2))
        body += [Paragraph(text)] if text else []
    return body


@pytest.mark.parametrize("texts", [("", ""), ("6.1 N/A", "6.2 N/A"), ("6.1 None.", "Nil")])
@pytest.mark.parametrize("key", NEEDED)
def test_a_section_of_sub_headings_with_nothing_under_them_is_empty(draft, key, texts):
    """Failure mode 93: an IMR is accepted whose analysis has the sub-headings and no analysis."""
    draft.bodies[key] = under(*texts)
    (found,) = draft.found("section-empty")
    assert (found.severity, found.where.section) == ("fault", SECTIONS[key].heading)


def test_nothing_to_report_under_each_sub_heading_is_no_analysis(draft):
    draft.bodies["analysis"] = under("6.1 None.", "6.2 Nothing to report.")
    assert draft.found("section-empty")


@pytest.mark.parametrize(
    "texts", [("6.1 N/A", "6.2 HV1 did not ask about the bruise."), ("", "HV1 did not ask.")]
)
@pytest.mark.parametrize("key", NEEDED)
def test_a_section_with_something_under_one_of_its_sub_headings_is_written(draft, key, texts):
    draft.bodies[key] = under(*texts)
    assert draft.found("section-empty") == []


def test_a_section_whose_only_sentence_is_styled_as_a_heading_is_asked_about(draft):
    draft.bodies["conclusions"] = [Paragraph("No lessons were found for this agency", heading=2)]
    (found,) = draft.found("section-empty")
    assert found.severity == "question"
