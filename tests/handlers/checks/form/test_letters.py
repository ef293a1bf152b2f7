"""A nil return as a letter: every layout, whole and with each part blanked in turn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_sentences import labelled_lines
from handlers.document import Paragraph
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, table

SAID = "We have searched our records and no member of the family is or has been known to us."
HEAD = ("Meadow Lane Surgery", "12 Meadow Lane, Shireton SH1 2AB", "Tel: 01632 960144")
Lines = tuple[str, ...]


def _letter(date: str, foot: Lines, close: str = "Yours sincerely") -> Lines:
    return (*HEAD, date, "Dear Pat", "Re: Serious Case Review N12", SAID, close, *foot)


LAYOUTS: dict[str, Callable[[str, str, str], Lines]] = {
    "a line each": lambda n, r, d: _letter(d, (n, r)),
    "one line": lambda n, r, d: _letter(d, (", ".join(filter(None, (n, r))),)),
    "in brackets": lambda n, r, d: _letter(d, (f"{n} ({r})" if n and r else n or r,)),
    "with its place": lambda n, r, d: _letter(d, (n, f"{r}, Meadow Lane Surgery" if r else "")),
    "on behalf": lambda n, r, d: _letter(d, (n, r, "For and on behalf of Meadow Lane Surgery")),
    "the agency below": lambda n, r, d: _letter(d, (n, r, "Meadow Lane Surgery", HEAD[2])),
    "kind regards": lambda n, r, d: _letter(d, ("", n, r), "Kind regards,"),
    "first name above": lambda n, r, d: _letter(d, (n.split(" ")[0], n, r), "Kind regards"),
    "no close": lambda n, r, d: (*HEAD, d, "To whom it may concern", SAID, n, r),
    "the date at its end": lambda n, r, d: _letter("", (n, r, d)),
    "dated at its end": lambda n, r, d: _letter("", (n, r, f"Dated: {d}" if d else "")),
    "an e-mail's head": lambda n, r, d: (
        f"From: {n or 'Reception'}", f"Sent: {d} 10:12" if d else "", "To: SCB Administrator",
        "Subject: N12", "Hi Pat,", f"Meadow Lane Surgery: {SAID}", "Kind regards", n, r,
    ),
    "labels": lambda n, r, d: (
        "Agency: Meadow Lane Surgery", SAID, f"Name: {n}", f"Role: {r}", f"Date: {d}",
    ),
}  # fmt: skip
WHOLE = ("Jane Holt", "Practice Manager", "1 April 2010")
SPOILED = {
    "name-missing": ("", *WHOLE[1:]),
    "role-missing": (WHOLE[0], "", WHOLE[2]),
    "date-missing": (*WHOLE[:2], ""),
    "date-future": (*WHOLE[:2], "1 April 2110"),
    "date-invalid": (*WHOLE[:2], "31/02/2010"),
}


def found(lines: Lines) -> list[str]:
    blocks = [Paragraph(line) for line in lines if line]
    return [f.rule for f in judged("nil_return", blocks).findings if f.severity != "advice"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_whole_letter_is_accepted_in_every_layout(layout: str) -> None:
    assert found(LAYOUTS[layout](*WHOLE)) == []


@each_case("rule", SPOILED)
@each_case("layout", LAYOUTS)
def test_the_part_that_is_wanting_is_named_and_no_other(layout: str, rule: str) -> None:
    assert found(LAYOUTS[layout](*SPOILED[rule])) == [rule]


@pytest.mark.parametrize("rule", SPOILED)
def test_a_table_of_labels_is_read_as_lines_are(rule: str) -> None:
    name, role, date = SPOILED[rule]
    rows = [("Agency", HEAD[0]), ("Statement", SAID), ("Name", name), ("Role", role)]
    blocks = table(1, *rows, ("Date", date))
    assert [f.rule for f in judged("nil_return", blocks).findings] == [rule]


def test_a_name_that_is_a_job_s_word_is_a_name_beside_its_title() -> None:
    assert found(_letter(WHOLE[2], ("Dr A. Head", "Partner"))) == []


def test_a_letterhead_that_names_its_people_takes_nobody_s_name_away() -> None:
    lines = ("Meadow Lane Surgery", "Practice Manager: Jane Holt", "1 April 2010", "Dear Pat", SAID)
    assert found((*lines, "Yours sincerely", "Jane Holt", "Practice Manager")) == []


def test_the_day_of_the_letter_it_answers_is_not_its_own() -> None:
    lines = ("Meadow Lane Surgery", "Dear Pat", "Thank you for your letter of 3 March 2010.", SAID)
    assert found((*lines, "Yours sincerely", "Jane Holt", "Practice Manager")) == ["date-missing"]


def test_a_picture_for_a_letterhead_may_name_the_agency() -> None:
    lines = ("1 April 2010", "Dear Pat", SAID, "Yours sincerely", "Jane Holt", "Practice Manager")
    blocks = [Paragraph("", picture=True), *(Paragraph(line) for line in lines)]
    judgement = judged("nil_return", blocks)
    assert [(f.rule, f.severity) for f in judgement.findings] == [("agency-missing", "question")]
    assert found(lines) == ["agency-missing"]


def test_what_stands_beside_its_label_is_found_in_a_line_and_in_a_row_of_two_cells() -> None:
    """A row of one cell, or of three, has no label and value."""
    passages = [
        FormPassage("Known to you?", 1, table=1),
        FormPassage("No", 1, table=1),
        FormPassage("Alone", 2, table=1),
        *(FormPassage(text, 3, table=1) for text in ("Date", "Agency", "Event")),
        FormPassage("Agency: Meadow Lane Surgery", 4),
    ]
    assert list(labelled_lines(passages)) == [
        ("Known to you", "No", 1),
        ("Agency", "Meadow Lane Surgery", 4),
    ]
