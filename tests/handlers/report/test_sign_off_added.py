"""What the letter asks to add to a signing off is accepted, with the old blank still above it."""

from __future__ import annotations

from tests.handlers.report.sign_off_layouts import lines
from tests.handlers.report.test_sign_off_sweep import signing

BLANK = (
    "Signed (author): A. Green", "Name: Dr Ann Green", "Job designation: Named GP",
    "Date: 20/05/2010", "", "Signed (agency commissioner): ..............",
    "Name: Helen Marsh", "Job designation: Medical Director", "Date: 24/05/2010",
)  # fmt: skip


def _told(draft, *texts):
    draft.bodies["signing-off"] = lines(*texts)
    return signing(draft)


def test_of_two_blanks_for_one_part_of_one_person_one_filled_is_filled(draft):
    signature = "Signature: H. Marsh"
    for at in range(6, len(BLANK) + 1):
        assert _told(draft, *BLANK[:at], signature, *BLANK[at:]) == [], at
    one = [*BLANK]
    one[0] = "Signed (author): ________"
    assert {f.rule for f in _told(draft, *one, signature)} == {"sign-off-missing"}
    assert _told(draft, one[0], "Signature: A. Green", *one[1:], signature) == []


def test_what_is_added_below_another_person_s_heading_is_not_the_one_s_above(draft):
    for head in ("Chair of the board", "Witnessed by:", "For the board"):
        found = _told(draft, *BLANK, head, "Signature: T. Third")
        assert found, head


def test_two_blocks_without_roles_stay_two_people_s(draft):
    blank = ("Signed: .........", "Name: .........", "Job title: .........", "Date: .........")
    full = ("Signed: C. One", "Name: Commissioner One", "Job title: Partner", "Date: 29/5/10")
    (found,) = _told(draft, *blank, *full)
    assert "report author's name, job designation, date and signature" in found.message


def test_the_letter_names_a_line_by_its_own_printed_label(draft):
    (found,) = _told(draft, *BLANK)
    assert (found.rule, found.severity) == ("sign-off-missing", "fault")
    assert '"Signed (agency commissioner):"' in found.fix
    assert _told(draft, *BLANK, "Signed (agency commissioner): H. Marsh") == []
