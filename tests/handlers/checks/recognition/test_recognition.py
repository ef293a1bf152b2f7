"""What a document is, told from its content: whole, renamed, half finished, joined, or none."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import pytest

from config.kind import Kind, Kinds
from config.kind_loading import load_kinds
from config.kind_shape import FormShape, ReportShape, TableShape
from handlers.checks.recognition import word_index
from handlers.checks.recognition.recognition import Recognition, recognise_returns
from handlers.document import Block, Paragraph, Row
from handlers.readers.word.document import open_word
from tests import builders as build
from tests.builders_office import all_through_libreoffice
from tests.papers.paper import blank_word
from tests.plain_reports import report

KINDS: Kinds = load_kinds()
TABLES = [kind for kind in KINDS.all if isinstance(kind.shape, TableShape)]
SMALL = [
    kind
    for kind in KINDS.all
    if isinstance(kind.shape, FormShape) and not (kind.shape.criteria or kind.shape.statements)
]
IMR, QA, STATEMENT = build.make_imr(), build.make_qa_form(), build.make_statement()
SECTIONS = [s.heading for s in KINDS["imr"].shape.sections]  # type: ignore[union-attr]


@cache
def blocks_of(docx: bytes) -> tuple[Block, ...]:
    return tuple(open_word(docx).iter_blocks())


def found_in(docx: bytes) -> Recognition:
    return recognise_returns(blocks_of(docx), KINDS.all)


def kinds_in(docx: bytes) -> list[str]:
    return [part.kind.id for part in found_in(docx).parts]


def nearest_to(docx: bytes) -> str | None:
    found = found_in(docx)
    assert found.parts == ()
    return found.nearest.id if found.nearest else None


def paper(*lines: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A plain document; a line that begins with "# " is a heading."""
    word = blank_word()
    for line in lines:
        if line.startswith("# "):
            word.add_heading(line[2:], 1)
        else:
            word.add_paragraph(line)
    if table:
        made = word.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def text_of(blocks: Sequence[Block]) -> str:
    return "\n".join(b.text for b in blocks if isinstance(b, Paragraph | Row))


# Whole returns


@pytest.mark.parametrize("code", build.CODES)
def test_an_imr_is_an_imr_whoever_wrote_it(code: str) -> None:
    (part,) = found_in(build.make_imr(code=code)).parts
    assert (part.kind.id, part.confidence) == ("imr", 1.0)
    assert part.blocks == blocks_of(build.make_imr(code=code))


@pytest.mark.parametrize(
    ("docx", "kind"),
    [(QA, "qa_form"), (STATEMENT, "evaluation_statement")],
    ids=["qa", "statement"],
)
def test_a_form_is_known_for_sure(docx: bytes, kind: str) -> None:
    (part,) = found_in(docx).parts
    assert (part.kind.id, part.confidence) == (kind, 1.0)


@pytest.mark.parametrize(
    ("kind", "docx"), [(k, d) for k, d in build.blanks().items() if KINDS[k] not in TABLES]
)
def test_a_blank_template_is_still_its_kind(kind: str, docx: bytes) -> None:
    assert kinds_in(docx) == [kind]


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.all if kind not in TABLES], ids=lambda kind: kind.id
)
def test_every_kind_in_the_words_of_its_own_toml_is_that_kind_and_no_other(kind: Kind) -> None:
    match kind.shape:
        case ReportShape(sections=sections):
            lines = [f"# {section.heading}" for section in sections]
        case FormShape(criteria=criteria, statements=statements, fields=fields):
            said = [c.text for c in criteria] + list(statements)
            lines = [*said, *(f"{field.label}:" for field in fields)]
    assert kinds_in(paper(kind.titles[0], *lines)) == [kind.id]


def test_a_document_saved_by_another_program_is_what_it_was() -> None:
    made = (IMR, QA, STATEMENT)
    saved = all_through_libreoffice(made)
    assert [kinds_in(each) for each in saved] == [kinds_in(each) for each in made]


# Written otherwise


def test_headings_that_are_bold_lines_with_typed_numbers_do() -> None:
    assert kinds_in(build.with_bold_headings(IMR)) == ["imr"]


def test_an_imr_without_half_of_its_headings_is_less_sure_and_still_an_imr() -> None:
    half = IMR
    for heading in SECTIONS[1:9:2]:
        half = build.without_section(half, heading)
    (part,) = found_in(half).parts
    assert part.kind.id == "imr"
    assert 0.5 <= part.confidence < 0.8


def test_an_imr_in_the_rewordings_that_people_use_is_an_imr() -> None:
    sections = KINDS["imr"].shape.sections  # type: ignore[union-attr]
    reworded = [f"# {s.also[0] if s.also else s.heading}" for s in sections]
    assert kinds_in(paper("Individual Management Review", *reworded)) == ["imr"]


@pytest.mark.parametrize(
    ("docx", "title", "kind"),
    [
        (QA, "Individual Management Review\nQuality Assurance Form", "qa_form"),
        (STATEMENT, "Evaluation Statement of behalf of agency", "evaluation_statement"),
    ],
    ids=["qa", "statement"],
)
def test_a_form_whose_title_was_lost_is_known_by_what_it_says(
    docx: bytes, title: str, kind: str
) -> None:
    (part,) = found_in(build.with_text(docx, title, "")).parts
    assert part.kind.id == kind
    assert part.confidence < 1


def test_another_board_s_initials_and_a_corrected_spelling_make_no_difference() -> None:
    edited = build.with_text(
        QA,
        "Report refers to all the key issues indentified within the chronology",
        "Report refers to all the key issues identified within the chronology.",
    )
    (part,) = found_in(edited).parts
    assert part.confidence == 1.0


def test_criteria_in_a_table_for_each_page_with_the_answers_elsewhere_are_a_qa_form() -> None:
    word = blank_word()
    word.add_paragraph("Individual Management Review Quality Assurance Form")
    for page in (build.CRITERIA[:6], build.CRITERIA[6:12], build.CRITERIA[12:]):
        criteria, answers = word.add_table(0, 1), word.add_table(0, 4)
        for criterion in page:
            criteria.add_row().cells[0].text = criterion
            answers.add_row().cells[0].text = "X"
        word.add_page_break()  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    word.save(out)
    assert kinds_in(out.getvalue()) == ["qa_form"]


def test_statements_in_one_long_paragraph_with_line_breaks_are_found() -> None:
    said = "\n".join((*build.STATEMENTS, build.DECLARATION, "x" * 200))
    blocks = [Paragraph("Evaluation Statement"), Paragraph(said)]
    (part,) = recognise_returns(blocks, KINDS.all).parts
    assert (part.kind.id, part.confidence) == ("evaluation_statement", 1.0)


# Several in one file


@pytest.mark.parametrize("heading", ["Appendix 2: Genogram", "Key to personnel", "Codes"])
def test_a_reports_appendix_behind_its_statement_is_the_reports(heading: str) -> None:
    behind = (Paragraph(heading, bold=True), Paragraph("HV1: health visitor"))
    for forms in ((STATEMENT,), (QA,), (QA, STATEMENT)):
        alone = blocks_of(build.combined(IMR, *forms))
        report, *_, last = recognise_returns((*alone, *behind), KINDS.all).parts
        assert (report.blocks[-2:], last.blocks[-2:]) == (behind, alone[-2:])
        signed = (*alone, *behind, Paragraph("Signed: A. Person"))
        assert recognise_returns(signed, KINDS.all).parts[-1].blocks[-1] == signed[-1]


def test_what_stands_behind_a_statement_and_is_no_appendix_is_the_statements() -> None:
    alone = blocks_of(build.combined(IMR, STATEMENT))
    for line in ("The key worker agreed.", "See the appendix.", "Staff were told."):
        last = recognise_returns((*alone, Paragraph(line)), KINDS.all).parts[-1]
        assert last.blocks[-1] == Paragraph(line)


def test_an_imr_with_its_form_and_its_statement_behind_it_is_three_returns() -> None:
    parts = found_in(build.combined(IMR, QA, STATEMENT)).parts
    assert [part.kind.id for part in parts] == ["imr", "qa_form", "evaluation_statement"]
    assert [part.confidence for part in parts] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "order",
    [
        ("imr", "qa_form", "evaluation_statement"),
        ("evaluation_statement", "qa_form", "imr"),
        ("qa_form", "evaluation_statement", "imr"),
        ("evaluation_statement", "imr", "qa_form"),
    ],
)
def test_each_return_in_a_combined_file_has_all_that_is_its_own(order: tuple[str, ...]) -> None:
    whole = {"imr": IMR, "qa_form": QA, "evaluation_statement": STATEMENT}
    parts = found_in(build.combined(*(whole[kind] for kind in order))).parts
    assert [part.kind.id for part in parts] == list(order)
    for part in parts:
        own = text_of(blocks_of(whole[part.kind.id]))
        assert text_of(part.blocks).split() == own.split()


def test_blank_templates_in_one_file_are_told_apart_too() -> None:
    joined = build.combined(build.blank_imr(), build.blank_qa_form(), build.blank_statement())
    assert kinds_in(joined) == ["imr", "qa_form", "evaluation_statement"]


def test_a_form_without_its_title_behind_an_imr_keeps_its_first_blanks() -> None:
    form = build.with_text(QA, "Individual Management Review\nQuality Assurance Form", "")
    imr, qa = found_in(build.combined(IMR, form)).parts
    assert "Agency\tMeadow Lane Surgery" in text_of(qa.blocks)
    assert "Job designation" in text_of(imr.blocks)


def test_a_list_of_appendices_does_not_cut_an_imr_short() -> None:
    listed = build.with_paragraph(IMR, "Signing Off", "Quality Assurance Form")
    imr, qa = found_in(build.combined(listed, QA)).parts
    assert "Report author" in text_of(imr.blocks)
    assert text_of(qa.blocks).startswith("Individual Management Review\nQuality Assurance Form")


def test_what_was_recognised_loses_nothing_and_doubles_nothing() -> None:
    joined = build.combined(STATEMENT, IMR, QA)
    parts = found_in(joined).parts
    assert tuple(block for part in parts for block in part.blocks) == blocks_of(joined)


def test_a_second_return_too_broken_to_be_sure_of_is_asked_about() -> None:
    headings = [f"# {SECTIONS[n]}" for n in (0, 1, 2)]
    broken = paper("Individual Management Review", *headings)
    found = found_in(build.combined(QA, broken))
    assert [part.kind.id for part in found.parts] == ["qa_form"]
    assert found.nearest is not None
    assert found.nearest.id == "imr"


def test_a_title_more_in_a_document_that_holds_a_return_is_not_asked_about() -> None:
    cover = blocks_of(paper("Individual Management Review", "Appendix 1: chronology"))
    assert recognise_returns(cover, KINDS.all, besides=True).nearest is None
    assert recognise_returns(cover, KINDS.all).nearest is KINDS["imr"]


# Reports that share headings


def test_an_imr_is_not_also_an_overview_report_for_the_headings_they_share() -> None:
    lines = [f"# {heading}" for heading in (*SECTIONS, "Conclusions and Recommendations")]
    found = recognise_returns(blocks_of(paper("Individual Management Review", *lines)), KINDS.all)
    assert [part.kind.id for part in found.parts] == ["imr"]
    assert found.nearest is None


def test_an_imr_with_an_executive_summary_at_its_front_is_one_imr() -> None:
    summed_up = build.with_paragraph(IMR, "Introduction", "Executive Summary")
    found = found_in(summed_up)
    assert [part.kind.id for part in found.parts] == ["imr"]
    assert found.nearest is None


def test_an_overview_report_is_that_and_no_imr() -> None:
    sections = {s.heading: ("Words.",) for s in KINDS["overview_report"].shape.sections}  # type: ignore[union-attr]
    assert kinds_in(report("Overview Report", (), sections)) == ["overview_report"]


# What is none of them

POLICY = (
    "# Safeguarding Children Policy",
    "# 1. Introduction",
    "This policy is for all staff.",
    "# 2. Background Information",
    "It replaces the policy of 2007.",
    "# 3. Analysis",
    "Training was reviewed.",
    "# 4. Conclusions",
    "The policy holds.",
    "# 5. Recommendations and Action Plan",
    "See the table.",
)
PLAN = (("Action", "By Whom", "Timescale"), ("Train staff", "Manager", "June 2010"))


def test_a_policy_with_the_headings_that_every_report_has_is_not_recognised() -> None:
    assert nearest_to(paper(*POLICY, table=PLAN)) in ("imr", "overview_report")


def test_the_few_headings_of_an_overview_report_are_not_enough_without_its_title() -> None:
    headings = ("# Introduction", "# Analysis", "# Conclusions and Recommendations")
    assert nearest_to(paper("Review of the year", *headings)) == "overview_report"


def test_a_policy_with_other_headings_is_near_to_nothing() -> None:
    assert nearest_to(paper("# Lone Working", "# Purpose", "Words.", "# Scope", "Words.")) is None


def test_a_summary_of_a_policy_is_no_executive_summary_of_a_review() -> None:
    lines = ("# Executive Summary", "# Introduction", "# Recommendations", "# Conclusion")
    assert nearest_to(paper("Annual report", *lines)) == "executive_summary"


def test_a_letter_that_only_mentions_returns_is_none_of_them() -> None:
    letter = paper(
        "Dear Administrator",
        "Please find attached our chronology and evaluation statement.",
        "The Individual Management Review and its quality assurance form will follow.",
        "We may need to send an extension request, and we do not make a nil return.",
        "Yours sincerely",
    )
    assert nearest_to(letter) is None


def test_a_title_alone_names_the_nearest_kind_and_makes_nothing_sure() -> None:
    assert nearest_to(paper("Individual Management Review", "To follow.")) == "imr"
    assert nearest_to(paper("Quality Assurance Form", "To follow.")) == "qa_form"


def test_a_table_that_is_not_quite_the_chronology_is_nearest_to_it() -> None:
    table = (("Date", "What happened", "Event"), ("01/02/2009", "A visit", "A visit"))
    assert nearest_to(paper("What we know", table=table)) == "chronology"


def test_an_empty_document_is_near_to_nothing() -> None:
    assert recognise_returns((), KINDS.all) == Recognition(())


# The small returns


@pytest.mark.parametrize("kind", SMALL, ids=lambda kind: kind.id)
def test_a_small_return_is_known_when_it_says_at_the_top_what_it_is(kind: Kind) -> None:
    for title in kind.titles:
        for line in (title, f"Re: {title} for N12", f"# Meadow Lane Surgery: {title}"):
            letter = paper("1 May 2010", "Dear Administrator", line, "Words.", "Name: A. Person")
            assert kinds_in(letter) == [kind.id], line


@pytest.mark.parametrize("kind", SMALL, ids=lambda kind: kind.id)
def test_a_small_return_is_not_known_by_a_word_or_two(kind: Kind) -> None:
    title = kind.titles[0]
    for line in (f"We attach our {title.lower()}.", f"{title} will follow on Monday next week."):
        assert kinds_in(paper("Dear Administrator", line, "Yours sincerely")) == [], line
    assert kinds_in(paper(*["Words."] * 30, title)) == []


@pytest.mark.parametrize("kind", SMALL, ids=lambda kind: kind.id)
def test_an_imr_with_such_a_heading_is_an_imr_and_nothing_else(kind: Kind) -> None:
    """An IMR held because it has a heading "Interview notes" would be lost to its agency."""
    found = found_in(build.with_paragraph(IMR, "Introduction", kind.titles[0]))
    assert [part.kind.id for part in found.parts] == ["imr"]
    assert found.nearest is None


# Its price


def test_the_work_grows_no_faster_than_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in lines compared, not in seconds: ten times the document, ten times the work."""
    compared = 0

    def alike(one: frozenset[str], other: frozenset[str], share: float) -> bool:
        nonlocal compared
        compared += 1
        return False

    monkeypatch.setattr(word_index, "_alike", alike)

    def work(paragraphs: int) -> int:
        nonlocal compared
        compared = 0
        words = "The analysis of the chronology, its summary and the action plan of unit"
        recognise_returns([Paragraph(f"{words} {n}") for n in range(paragraphs)], KINDS.all)
        return compared

    small = work(200)
    assert small > 0
    assert work(2_000) <= 10 * small


@pytest.mark.parametrize("lead", ["Section {}: ", "Section {} - ", "Part {}: ", "Chapter {}. "])
def test_headings_that_say_that_they_head_a_section_are_headings(lead: str) -> None:
    """Failure mode 97: a short report under "Section 1: Introduction" is judged as a nil return."""
    said = [
        line
        for number, heading in enumerate(SECTIONS, 1)
        for line in (
            lead.format(number) + heading,
            "No contact was recorded with the family in this part of our records search.",
        )
    ]
    assert kinds_in(paper("Individual Management Review", *said)) == ["imr"]
    assert kinds_in(paper(*said)) == ["imr"]


@pytest.mark.parametrize("parted", [". ", ": ", " – ", " "])
def test_headings_in_bold_on_the_line_of_their_text_are_headings(parted: str) -> None:
    """A report is no nil return because its author did not press Enter."""
    word = blank_word()
    for said in ("Strictly Confidential", "Individual Management Review", "Author: A. Green"):
        word.add_paragraph(said)
    told = "The family was not known to the surgery before 2007, and no record was held of it. "
    for number, heading in enumerate(SECTIONS[:-1], 1):
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{number}. {heading}{parted}").bold = True
        paragraph.add_run(told * 6)
    for said in ("Signed: A. Green", "Name: Dr A. Green", "Role: Named GP", "Date: 20 May 2010"):
        word.add_paragraph(said)
    out = io.BytesIO()
    word.save(out)
    assert kinds_in(out.getvalue()) == ["imr"]


def test_statements_with_evidence_behind_them_and_criteria_cut_short_are_known():
    statement, form = STATEMENT, QA
    for text in build.STATEMENTS[:4]:
        statement = build.with_text(statement, text, f"{text}. Evidence: section 2 of the report.")
    assert kinds_in(statement) == ["evaluation_statement"]
    for text in build.CRITERIA:
        form = build.with_text(form, text, " ".join(text.split()[:4]))
    assert kinds_in(form) == ["qa_form"]


NEARLY = (
    "The IMR conforms to the SCB IMR report template",
    "The IMR follows the Terms of Reference",
    "The IMR has been checked against Ofsted grade descriptors",
    "The IMR has sound and SMART recommendations",
    "I approve this report.",
)


@pytest.mark.parametrize("title", ["Evaluation Statement \u2013 review N12", "Our statement", ""])
def test_a_statement_is_known_by_statements_that_are_nearly_there(title: str) -> None:
    """With one reworded and the declaration in its author's words, whatever its title."""
    assert kinds_in(paper(title, *NEARLY, "Signed: B. Nance")) == ["evaluation_statement"]


def test_two_statements_nearly_there_in_a_text_of_its_own_are_none() -> None:
    said = ("Guidance for officers", "The IMR must follow the Terms of Reference", *NEARLY[2:3])
    assert kinds_in(paper(*said)) == []


# One sign alone makes no return: each of these has several.
GUIDANCE = KINDS["evaluation_statement"].shape.guidance[0]  # type: ignore[union-attr]
STATEMENTS = KINDS["evaluation_statement"].shape.statements  # type: ignore[union-attr]
OWN_DECLARATION = "I have read this report and to the best of my knowledge it is a fair account."
LONG_NAME = "St Brannock's and Upper Westmarch Community and Mental Health NHS Foundation Trust"


@pytest.mark.parametrize(
    "lines",
    [
        (
            f"# Evaluation Statement on behalf of {LONG_NAME}",
            *STATEMENTS[:2],
            STATEMENTS[3],
            OWN_DECLARATION,
        ),
        (f"{LONG_NAME} - Evaluation Statement - SCR K47", *STATEMENTS[:3], OWN_DECLARATION),
        ("Trust sign-off of the IMR", *STATEMENTS[:3], OWN_DECLARATION, GUIDANCE),
        ("Evaluation Statement", STATEMENTS[0], STATEMENTS[1], OWN_DECLARATION),
    ],
)
def test_a_statement_with_its_declaration_reworded_is_known_by_its_other_signs(
    lines: tuple[str, ...],
) -> None:
    assert kinds_in(paper(*lines)) == ["evaluation_statement"]


@pytest.mark.parametrize(
    "lines",
    [
        (f"# Evaluation Statement on behalf of {LONG_NAME}", "It will follow next week."),
        ("We enclose the evaluation statement of the Trust.", STATEMENTS[0]),
        (GUIDANCE, "Please find our reply below."),
        ("I have read this report and have three comments on it.", GUIDANCE),
    ],
)
def test_one_sign_alone_makes_no_statement(lines: tuple[str, ...]) -> None:
    assert kinds_in(paper(*lines)) == []
