"""A nil return as a letter: every layout, whole and with each part blanked in turn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_sentences import labelled_lines
from handlers.document import Block, Cell, Paragraph
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, row, table

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


def _cell(*lines: str) -> Cell:
    return Cell(tuple(map(Paragraph, lines)), 0)


FRAMES: dict[str, Callable[[Lines], list[Block]]] = {
    "one cell": lambda lines: table(1, [_cell(*lines)]),
    "a cell for each piece": lambda lines: table(1, [_cell(*lines[:4])], [_cell(*lines[4:])]),
    "a logo beside it": lambda lines: table(1, [_cell(HEAD[0]), _cell(*lines)]),
    "a column for a margin": lambda lines: table(1, *(["", line] for line in lines)),
    "a table in a table": lambda lines: table(
        1, [Cell((), 0, tables=((row(1, 1, _cell(*lines)),),))]
    ),
    "its end in a cell": lambda lines: [
        *map(Paragraph, lines[:-3]), *table(1, [_cell(*lines[-3:]), _cell("Meadow Lane Surgery")]),
    ],
    "whoever signs in a cell": lambda lines: [
        *map(Paragraph, lines[:8]), *table(1, [_cell(HEAD[0], *lines[8:]), _cell(HEAD[0])]),
    ],
}  # fmt: skip


@each_case("frame", FRAMES)
@each_case(
    "layout", ["a line each", "one line", "on behalf", "kind regards", "the date at its end"]
)
@each_case("rule", ["", "name-missing", "role-missing"])
def test_a_letter_that_a_table_lays_out_is_read_as_outside_of_it(
    frame: str, layout: str, rule: str
) -> None:
    lines = tuple(line for line in LAYOUTS[layout](*SPOILED.get(rule, WHOLE)) if line)
    found = judged("nil_return", FRAMES[frame](lines)).findings
    assert [f.rule for f in found if f.severity != "advice"] == ([rule] if rule else [])


ENDS: dict[str, list[str]] = {
    "Jane Holt: Practice Manager": [],
    "Jane Holt Esq of no (known) post & co": ["name-unclear", "role-unclear"],
    "It is Mrs Jane Holt and Mr A Dean who are both the managers of the work here.": [
        "name-unclear", "role-unclear",
    ],
    "Tel: 01632 960144": ["name-missing", "role-missing"],
}  # fmt: skip


@each_case("end", ENDS)
def test_words_under_the_close_that_are_not_understood_are_never_called_absent(end: str) -> None:
    assert found(_letter(WHOLE[2], (end,))) == ENDS[end]


def test_an_end_in_a_box_that_is_read_before_the_greeting_is_the_end() -> None:
    assert found(("Yours sincerely", *WHOLE[:2], *HEAD, WHOLE[2], "Dear Pat", SAID)) == []


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
