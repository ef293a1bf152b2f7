"""Who signs a nil return: every way in which people say it, whole and with a part left out.

Failure mode 94: what is there and was not understood is a question, never a rejection.
"""

from __future__ import annotations

from itertools import product

import pytest

from handlers.checks.form.letter_signature import split_signature_line
from handlers.document import Block, Paragraph
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, table

SAID = "No member of the family is or has been known to us. All our records were searched."
HEAD = ("Nil return N12", "Agency: Meadow Lane Surgery")
DAY = "9 March 2010"


def found(lines: tuple[str, ...] | list[Block]) -> dict[str, str]:
    blocks = [Paragraph(line) if isinstance(line, str) else line for line in lines]
    findings = judged("nil_return", blocks).findings
    return {f.rule: f.severity for f in findings if f.severity != "advice"}


WAYS = {
    "a label for both": ("Completed by: Jane Holt, Practice Manager", f"Completed on: {DAY}"),
    "in brackets": ("Completed by: Jane Holt (Practice Manager)", f"Date: {DAY}"),
    "named at length": ("Name of person making this return: Jane Holt", "Role: Bursar", DAY),
    "responding officer": ("Responding officer: Jane Holt", "Post: Bursar", f"Date: {DAY}"),
    "author": ("Author: Jane Holt", "Job role: Ward sister", f"Dated: {DAY}"),
    "contact": ("Contact: Jane Holt, Named Nurse", f"Date: {DAY}"),
    "signed": (f"Signed: J. Holt, Named Nurse, Meadow Lane Surgery, {DAY}",),
    "role for a label": (DAY, "Practice Manager: Jane Holt"),
    "checked by": (f"Checked by Jane Holt, Office Manager, {DAY}",),
    "submitted by": (f"Submitted by Jane Holt, Office Manager on behalf of the surgery on {DAY}.",),
    "prepared by": (f"Prepared by Jane Holt (Office Manager), {DAY}",),
    "a memo": ("From: Jane Holt, Office Manager, Meadow Lane Surgery", f"Date: {DAY}"),
    "bars": ("Jane", "Jane Holt | Office Manager | Meadow Lane Surgery | 01632 960000", DAY),
    "dashes": ("Jane Holt - Office Manager - Meadow Lane Surgery", DAY),
    "a rank": ("DS 412 Holt", "Public Protection Unit", DAY),
    "letters": ("Yours sincerely", "Jane Holt BA (Hons), RGN", "Nurse Manager", DAY),
    "a title": ("Dr J Holt MRCGP", "Partner", DAY),
    "for another": (DAY, "Yours sincerely", "pp J Holt", "for Dr A Green, Senior Partner"),
    "a close of her own": (DAY, "Kindest", "Jane Holt", "Head of Care"),
    "one line with the close": (DAY, "Kind regards, Jane Holt, Head of Care"),
}  # fmt: skip
AFTER = {
    "nothing": (),
    "a footer": ("This e-mail is confidential.", "Tel: 01632 960123"),
    "more": ("Registered charity number 960123", "www.meadowlane.example"),
}


@pytest.mark.parametrize(("way", "after"), list(product(WAYS, AFTER)))
def test_every_way_of_saying_who_signs_is_read(way: str, after: str) -> None:
    assert found((*HEAD, SAID, *WAYS[way], *AFTER[after])) == {}


@pytest.mark.parametrize("way", ["author", "contact", "named at length", "a memo"])
def test_who_signs_may_be_said_above_the_statement(way: str) -> None:
    assert found((*HEAD, *WAYS[way], SAID)) == {}


def test_a_memo_s_head_in_a_table_says_who_it_is_from() -> None:
    rows = table(
        1, ("To:", "SCB Administrator"), ("From:", "Jane Holt, Head of Care"), ("Date:", DAY)
    )
    assert found([*map(Paragraph, HEAD), *rows, Paragraph(SAID)]) == {}


def test_i_and_who_i_am_says_who_signs_and_is_no_part_of_what_is_said() -> None:
    said = "I, Jane Holt, Practice Manager at Meadow Lane Surgery, confirm that no member of the"
    assert found((*HEAD, f"{said} family is or has been known to us.", "Jane Holt", DAY)) == {}


CLOSES = ("Yours", "Kindest", "Best", "Rgds", "With thanks", "Speak soon", "Take care", "End",
          "Respectfully", "With compliments", "Many thanks in advance",
          "On behalf of the practice")  # fmt: skip


@each_case("close", CLOSES)
def test_a_close_is_nobody_s_name_and_a_name_is_no_role(close: str) -> None:
    assert found((*HEAD, DAY, SAID, close, "Jane Holt")) == {"role-missing": "fault"}


NO_ROLES = ("Monday to Thursday", "she/her", "Dictated, not signed", "Wayfinding for adults")


@pytest.mark.parametrize("line", NO_ROLES)
def test_a_line_that_is_not_understood_under_a_name_is_a_question(line: str) -> None:
    lines = (*HEAD, DAY, SAID, "Yours sincerely", "Jane Holt", line)
    assert found(lines) == {"role-unclear": "question"}


PLACES = ("Meadow Lane Surgery", "12 Lane End, Shireton SH1 2AB", "01632 960123",
          "Tel. 01632 960123", "j.holt@meadowlane.example",
          "Meadow Lane Primary School")  # fmt: skip


@pytest.mark.parametrize("line", PLACES)
def test_a_place_under_a_name_is_no_role(line: str) -> None:
    lines = (*HEAD, DAY, SAID, "Yours sincerely", "Jane Holt", line)
    assert found(lines) == {"role-missing": "fault"}


def test_a_team_that_signs_is_a_question() -> None:
    lines = (*HEAD, DAY, SAID, "Regards", "The Safeguarding Team")
    assert found(lines) == {"name-unclear": "question", "role-unclear": "question"}


def test_a_label_that_stands_with_a_blank_is_a_fault() -> None:
    lines = (*HEAD, SAID, "Name of person making this return:", "Post: Bursar", f"Date: {DAY}")
    assert found(lines) == {"name-missing": "fault"}


def test_a_letter_that_ends_after_its_statement_is_signed_by_nobody() -> None:
    lines = (*HEAD, DAY, SAID, "Yours sincerely")
    assert found(lines) == {"name-missing": "fault", "role-missing": "fault"}


@pytest.mark.parametrize("role", ["as above", "ditto"])
def test_a_role_that_points_elsewhere_is_a_question(role: str) -> None:
    lines = (*HEAD, SAID, "Name: Jane Holt", f"Role: {role}", f"Date: {DAY}")
    assert found(lines) == {"role-unclear": "question"}


def test_a_role_where_a_name_is_asked_for_is_a_question() -> None:
    lines = (*HEAD, SAID, "Name: Practice Manager", "Role: Practice Manager", f"Date: {DAY}")
    assert found(lines) == {"name-unclear": "question"}


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("Jane Holt", ["name"]),
        ("R. van der Holt", ["name"]),
        ("JANE HOLT", ["name"]),
        ("Electronic Patient Record", ["unknown"]),
        ("Nurse Manager", ["role"]),
        ("Nurse Jane Holt", ["name", "role"]),
        ("Shireton House", ["place"]),
        ("Dr A. Head", ["name"]),
        ("Head of Governance, 9 March 2010", ["day", "role"]),
    ],
)
def test_a_piece_is_known_by_its_words(text: str, sorts: list[str]) -> None:
    assert [piece.sort for piece in split_signature_line(text, frozenset())] == sorts
