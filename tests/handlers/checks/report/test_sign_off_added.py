"""What the letter asks to add to a signing off is accepted, with the old blank still above it."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.handlers.checks.report.sign_off_layouts import LAYOUTS, lines
from tests.handlers.checks.report.test_sign_off_sweep import AUTHOR, COMMISSIONER, signing

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


ROLES_BELOW = ("Signed: A. Green", "Report author", "Ann Green, Named GP", "Date: 20/05/2010", "",
               "Signed: {}", "Agency commissioner",
               "Helen Marsh, Director", "Date: {}")  # fmt: skip
ROLES_BELOW_BESIDE = ("Signed: A. Green\t\t\tSigned: {}", "Report author\t\t\tAgency commissioner",
                      "Ann Green, Named GP\t\tHelen Marsh, Director",
                      "Date: 20/05/2010\t\tDate: {}")  # fmt: skip


def test_a_blank_that_holds_only_its_rule_is_that_person_s_where_roles_stand_below(draft):
    for block in (ROLES_BELOW, ROLES_BELOW_BESIDE):
        for signed, day, missing in (
            ("H. Marsh", "24/05/2010", ""),
            ("__________", "__________", "date and signature."),
            ("__________", "24/05/2010", "signature."),
            ("H. Marsh", "..........", "date."),
        ):
            values = [signed, day]
            texts = [one.format(values.pop(0)) if "{}" in one else one for one in block]
            found = [(f.severity, f.message.split("agency commissioner's ")[-1])
                     for f in _told(draft, *texts)]  # fmt: skip
            assert found == ([("fault", missing)] if missing else []), (texts, found)


def test_a_name_and_a_job_by_themselves_are_no_day(draft):
    author = ("Report author", "Signature: A. Green", "Ann Green, Named GP", "Date: 20/05/2010")
    (found,) = _told(draft, *author, "Agency commissioner", "Signature: H. Marsh",
                     "Helen Marsh, Director")  # fmt: skip
    assert (found.severity, "commissioner's date." in found.message) == ("fault", True)


LABELLED_LINES = (
    "label and value", "label, colon and tab", "numbered headings", "all on one line",
    "signed by headings", "declaration and lines", "underscores round the value",
)  # fmt: skip


def test_in_each_layout_the_line_asked_for_is_accepted_with_the_old_blank_above_it(draft):
    values = {"Signature": "H. Marsh", "Signed": "H. Marsh", "Date": "24/05/2010"}
    for layout in LABELLED_LINES:
        for part in ("signature", "date"):
            made = LAYOUTS[layout](AUTHOR, replace(COMMISSIONER, **{part: ""}))
            draft.bodies["signing-off"] = made
            (found,) = signing(draft)
            (label,) = re.findall(r'"([^"]+):"', found.fix)
            value = next(v for k, v in values.items() if label.casefold().startswith(k.casefold()))
            draft.bodies["signing-off"] = [*made, *lines(f"{label}: {value}")]
            assert signing(draft) == [], (layout, part, found.fix)
