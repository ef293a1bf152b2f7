"""A form signed in whatever layout: what stands there is read or asked about, a blank is named."""

from __future__ import annotations

import pytest

from config.rules import VALUE_REFUSALS
from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from handlers.fields.fields import read_fields
from tests.handlers.checks.form.specimen import judged, kind, qa_form, statement

PARTS = ("Signed", "Date", "Name", "Title")
VALUES = {
    "Signed": "A. Person", "Date": "20/05/2010", "Name": "Alex Person", "Title": "Chief Executive",
}  # fmt: skip
LABEL_ROWS = ("Signed\t\t\tDate", "Name\t\t\tTitle")


def told(blocks: list[Block]) -> set[tuple[str, str | None]]:
    findings = judged("evaluation_statement", blocks).findings
    return {(f.rule, f.where.section) for f in findings if f.severity != "advice"}


def head() -> list[Block]:
    """The statement down to its declaration."""
    blocks = list(statement())
    at = next(
        i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and b.text[:6] == "Signed"
    )
    return blocks[:at]


@pytest.mark.parametrize("rule", ["", "__________\t\t\t__________"])
@pytest.mark.parametrize("gone", PARTS)
def test_under_the_line_and_side_by_side_only_the_blank_one_is_named(gone, rule):
    shown = {part: "" if part == gone else value for part, value in VALUES.items()}
    blocks = []
    for one, other in (("Signed", "Date"), ("Name", "Title")):
        blocks += [Paragraph(f"{shown[one]}\t\t\t{shown[other]}")]
        blocks += [Paragraph(rule)] if rule else []
        blocks += [Paragraph(f"{one}\t\t\t{other}"), Paragraph("")]
    found = {f.label_words: f.text for f in read_fields(blocks, PARTS)}
    assert found == shown


@pytest.mark.parametrize("gone", range(3))
def test_three_side_by_side_with_one_blank(gone):
    values = ["A. Person", "Named GP", "20/05/2010"]
    values[gone] = ""
    lines = ["\t\t".join(values), "______\t\t______\t\t______", "Signed\t\tRole\t\tDate"]
    found = read_fields([Paragraph(line) for line in lines], ("Signed", "Role", "Date"))
    assert [f.text for f in found] == values


@pytest.mark.parametrize("part", ["Date", "Name", "Title"])
def test_a_picture_anchored_beside_another_blank_may_be_the_signature(part):
    """Failure mode 93: Word anchors a floating picture in any paragraph near it."""
    lines = [
        Paragraph(f"{label}: {'' if label == 'Signed' else VALUES[label]}", picture=label == part)
        for label in PARTS
    ]
    assert told([*head(), *lines]) == {("signed-image", "Signed")}


@pytest.mark.parametrize(
    "line",
    ["Signed: A. Person, Chief Executive, 20 May 2010",
     "Signed by A. Person, Chief Executive, on 20 May 2010"],
)  # fmt: skip
def test_several_values_after_one_label_answer_the_blanks_without_labels(line):
    assert told([*head(), Paragraph(line)]) == set()


@pytest.mark.parametrize(
    "lines",
    [["Alex Person", "Chief Executive", "20 May 2010"],
     ["Alex Person, Chief Executive, 20 May 2010"],
     ["Yours sincerely", "Alex Person", "Chief Executive", "20 May 2010"]],
)  # fmt: skip
def test_a_sign_off_without_labels_is_never_refused(lines):
    judgement = judged("evaluation_statement", [*head(), *map(Paragraph, lines)])
    assert judgement.verdict == "refer"
    says = {f.message for f in judgement.findings if f.severity == "question"}
    words = VALUE_REFUSALS["form"]["unsigned-lines"].says  # typed: nothing was filled in by hand
    assert says == {words.format(absent="no signature")}


def test_a_statement_with_nothing_below_it_is_refused():
    assert judged("evaluation_statement", head()).verdict == "reject"


@pytest.mark.parametrize("deep", [1, 2])
def test_a_form_in_a_frame_is_the_form(deep):
    """Layout tables of one cell around the whole form, once or twice."""
    blocks = list(statement())
    lines = tuple(b for b in blocks if isinstance(b, Paragraph))
    signed = tuple(Row(1, n, (Cell((Paragraph(part),), 0), Cell((Paragraph(VALUES[part]),), 1)))
                   for n, part in enumerate(PARTS, 1))  # fmt: skip
    at = next(i for i, b in enumerate(lines) if b.text[:6] == "Signed")
    cell = Cell(lines[:at], 0, tables=(signed,))
    for _ in range(deep - 1):
        cell = Cell((Paragraph(""),), 0, tables=((Row(1, 1, (cell,)),),))
    assert told([Row(1, 1, (cell,)), TableEnd(1)]) == set()


@pytest.mark.parametrize("mark", ["X", "x", "pp", "p.p."])
def test_a_mark_where_somebody_is_to_sign_is_for_a_person(mark):
    lines = [Paragraph(f"{p}: {mark if p == 'Signed' else VALUES[p]}") for p in PARTS]
    assert ("handwriting", "Signed") in told([*head(), *lines])


@pytest.mark.parametrize(
    ("labels", "gone"),
    [(("Signature of officer", "Date of signature", "Officer’s name", "Rank"), "Signed"),
     (("Electronically signed by", "Date signed", "Print name", "Position held"), "Date"),
     (("Authorised signatory", "Date of authorisation", "Signatory name", "Signatory position"),
      "Title")],
)  # fmt: skip
def test_labels_in_the_words_of_police_schools_and_housing_are_read(labels, gone):
    def lines(values: dict[str, str]) -> list[Block]:
        return [Paragraph(f"{x}: {values[part]}") for x, part in zip(labels, PARTS, strict=True)]

    assert told([*head(), *lines(VALUES)]) == set()
    found = judged("evaluation_statement", [*head(), *lines({**VALUES, gone: ""})])
    assert found.verdict == "reject"
    assert f"{gone.lower()}-missing" in [f.rule for f in found.findings]


@pytest.mark.parametrize("words", ["Medical Director, on 24 May 2010", "24 May 2010"])
def test_a_job_or_a_day_where_the_name_should_be_is_for_a_person(words):
    lines = [Paragraph(f"{p}: {words if p == 'Signed' else VALUES[p]}") for p in PARTS]
    assert ("handwriting", "Signed") in told([*head(), *lines])


def test_a_form_signed_in_a_sentence_is_read_and_never_refused_for_it():
    said = "This has been approved and signed by Alex Person, Chief Executive, on 20 May 2010."
    assert told([*head(), Paragraph(said)]) == set()
    for gone in ("Alex Person", ", Chief Executive", ", on 20 May 2010"):
        short = said.replace(gone, "............" if gone == "Alex Person" else "")
        assert judged("evaluation_statement", [*head(), Paragraph(short)]).verdict == "refer", gone
    blanks = [Paragraph(f"{part}: .........") for part in PARTS]
    assert judged("evaluation_statement", [*head(), Paragraph(said), *blanks]).verdict == "reject"


UNREAD = (("Ann Green", "17 May 2010"), ("Ann Green, 17 May 2010",))
READ = (
    ("Signed: Ann Green, dated 17 May 2010",),
    ("Signed Ann Green, dated 17 May 2010",),
    ("Signed by Ann Green, dated 17 May 2010",),
    ("Signed: Ann Green", "Date: 17 May 2010"),
)


def test_a_role_without_a_line_of_its_own_is_missing_only_where_all_that_stands_there_is_read():
    """Failure mode 91: and then it is said that there is no line for it, not that one is blank."""
    form = qa_form()[:-4]
    for lines in UNREAD:
        found = judged("qa_form", [*form, *map(Paragraph, lines)]).findings
        assert {f.severity for f in found if f.where.section == "Role"} == {"question"}, lines
    for lines in READ:
        (found,) = judged("qa_form", [*form, *map(Paragraph, lines)]).findings
        assert (found.rule, found.severity) == ("role-missing", "fault"), lines
        assert found.message == "There is no line for it, and nothing else there gives it."
    (blank,) = judged("qa_form", qa_form(role="")).findings
    assert blank.message == "Nothing is entered."


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("left", ["TBC", "Awaiting signature", ""])
def test_a_line_added_counts_before_what_was_left_open_above_it(part, left):
    """Failure mode 91: an author adds what the letter asks for, and "TBC" still stands there."""
    rows = [(one, left if one == part else VALUES[one]) for one in PARTS]
    cells = [
        Row(1, n, tuple(Cell((Paragraph(text),), at) for at, text in enumerate(row)))
        for n, row in enumerate(rows, 1)
    ]
    form = [*head(), *cells, TableEnd(1)]
    rule = f"{part.lower()}-missing"
    assert rule in {rule for rule, _ in told(form)}
    assert told([*form, Paragraph(f"{part}: {VALUES[part]}")]) == set()
    assert rule in {rule for rule, _ in told([*form, Paragraph(f"{part}: to follow")])}


LEADERS = ("." * 26, "_" * 26, "\u2026" * 9, ". " * 13)
GEOMETRIES = (
    "{label}: {leader} {value}", "{label}{leader}{value}", "{label} {leader} {value}",
    "{label}: {value} {leader}", "{label}: {value}{leader}", "{label}: {leader}{value}{leader}",
    "{label}\t{leader}\t{value}", "{label}\t{value}\t{leader}", "{label}:\t{leader}{value}{leader}",
    "{label}: {value}\n{leader}", "{leader} {label}: {value}", "{label}: {leader} {leader}{value}",
)  # fmt: skip
GIVEN = {
    "signed": ("Signed", "Helen Marsh"), "date": ("Date", "20 May 2010"),
    "name": ("Name", "Helen Marsh"), "title": ("Title", "Director of Nursing"),
}  # fmt: skip


@pytest.mark.parametrize("leader", LEADERS)
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_what_is_printed_to_write_on_never_changes_the_judgement(leader: str, geometry: str):
    def lines(left: str = "") -> dict[str, str | Paragraph]:
        return {
            key: geometry.format(label=label, leader=leader, value="" if key == left else value)
            for key, (label, value) in GIVEN.items()
        }

    assert judged("evaluation_statement", statement(**lines())).verdict == "accept"
    for left in GIVEN:
        assert {where for _, where in told(statement(**lines(left)))} == {GIVEN[left][0]}, left


def holds_senior(title: str) -> bool:
    return judged("evaluation_statement", statement(title=f"Title: {title}")).verdict == "accept"


def test_all_that_is_asked_of_a_title_is_said_where_it_is_missing():
    findings = judged("evaluation_statement", statement(title="Title:")).findings
    (found,) = [f for f in findings if f.rule == "title-missing"]
    for words in ("Chief Officer, Chief Executive, Director or Commissioner", "another title"):
        assert words in found.fix
    rule = kind("evaluation_statement").rules["title-junior"]
    assert list(rule.tell) == ["agency", "administrator"]
    for words in ("Chief Executive", "a Director", "the Commissioner of the report"):
        assert words in rule.fix and holds_senior(words)


@pytest.mark.parametrize(
    ("lines", "absent"),
    [
        (("Yours faithfully", "Paula Rennick", "Chief Executive"), "no signature and no date"),
        (("Yours faithfully", "", "Paula Rennick\nChief Executive"), "no signature and no date"),
        (("Paula Rennick, Chief Executive",), "no signature and no date"),
        (("Yours faithfully", "Paula Rennick", "Chief Executive", "28 April 2010"), "no signature"),
    ],
)
def test_a_typed_name_under_a_letter_is_told_what_was_not_found_and_where_to_add_it(lines, absent):
    """A letter said "something stands here" and "nothing is needed", of a form nobody signed."""
    blocks = [*head(), *(Paragraph(text) for text in lines)]
    findings = judged("evaluation_statement", blocks).findings
    said = [f for f in findings if f.rule == "handwriting"]
    assert {f.severity for f in said} == {"question"}
    assert {f.where.section for f in said} >= {"Signed", "Name"}
    for finding in said:
        assert f"we found {absent} there" in finding.message
        assert '"Signed: ' in finding.fix


def test_what_may_be_a_signature_and_a_day_is_not_called_absent():
    lines = ("P Rennick", "Paula Rennick", "Chief Executive", "28 April 2010")
    blocks = [*head(), *(Paragraph(text) for text in lines)]
    findings = judged("evaluation_statement", blocks).findings
    assert all("we found no" not in f.message for f in findings)
    added = ("Signed: P Rennick", "Date: 28 April 2010", "Name: P Rennick", "Title: Director")
    mended = [*head(), Paragraph("Yours faithfully"), *(Paragraph(text) for text in added)]
    assert told(mended) == set()
