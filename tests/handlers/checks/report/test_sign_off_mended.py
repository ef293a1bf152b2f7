"""Authors who mend a signing off as they understand the letter are not sent away a second time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from handlers.document import Row
from tests import combinations
from tests.handlers.checks.report.sign_off_layouts import LAYOUTS, PARTS, ROLES, lines, table
from tests.handlers.checks.report.sign_off_mendings import mendings
from tests.handlers.checks.report.test_sign_off_sweep import (
    AUTHOR,
    COMMISSIONER,
    FIELDS,
    ONE_AFTER_ANOTHER,
    UNLABELLED,
    people,
    signing,
)

ALL = {**LAYOUTS, **ONE_AFTER_ANOTHER}
LEFT = ("", "TBC", "..........", "[insert]")
PEOPLE = (AUTHOR, COMMISSIONER)
# Where a line in the midst may as well begin the next person's: the letter names the place itself.
UNASKED = {
    ("role under it", "at the end of their lines"),
    ("roles in brackets after dots", "under the words"),
    ("roles in brackets after dots", "at the end of their lines"),
    ("for and on behalf of", "under the words"),
    ("columns of labels beneath", "in their cell"),
}


def opened(layout, who, part, left):
    return ALL[layout](*people(who, replace(PEOPLE[who], **{FIELDS[part]: left})))


@pytest.mark.parametrize(
    ("layout", "who", "part", "left"), combinations.of(ALL, [0, 1], PARTS, LEFT, times=2)
)
def test_a_line_added_anywhere_sensible_is_never_rejected(draft, layout, who, part, left):
    """Failure mode 91: an author who gave what was asked for was told again that it is missing."""
    blocks = opened(layout, who, part, left)
    value = getattr(PEOPLE[who], FIELDS[part])
    for way, mended in mendings(blocks, who, part.capitalize(), value):
        if (layout, way) in UNASKED:
            continue
        draft.bodies["signing-off"] = mended
        assert {f.severity for f in signing(draft)} <= {"question"}, way


IN_CELLS = ("four columns", "a table each", "a column each", "a row each", "headings over values",
            "pairs under merged roles", "an approving officer")  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("layout", IN_CELLS)
def test_a_label_said_again_with_its_value_in_the_cell_is_that_value(draft, layout, part):
    for who in (0, 1):
        said = f"{part.capitalize()}: {getattr(PEOPLE[who], FIELDS[part])}"
        draft.bodies["signing-off"] = opened(layout, who, part, said)
        assert signing(draft) == [], who


PLACES = {
    "label and value": 'name on the line for "Name:"',
    "four columns": 'name in the cell beside "Name"',
    "headings over values": 'name in the cell under "Name"',
    "in the label's cell": 'name in the same cell as "Name"',
    "labels in the row beneath": 'name in the cell above "Name"',
    "a column each": 'name beside "Name", in the agency commissioner\'s column',
    "a row each": 'name under "Name", in the agency commissioner\'s row',
    "a cell each": 'name in the same cell as "Name"',
    "all on one line": 'name on the line for "Name:"',
    "side by side with tabs": (
        'name on the line for "Name", on the agency commissioner\'s side of it'
    ),
    "columns of tabs": 'name beside "Name", in the agency commissioner\'s column',
}


@pytest.mark.parametrize("layout", PLACES)
def test_the_letter_says_where_it_goes_and_that_it_takes_the_place_of_what_stands_there(
    draft, layout
):
    for left, there in (("TBC", True), ("", False)):
        draft.bodies["signing-off"] = opened(layout, 1, "name", left)
        (found,) = signing(draft)
        assert f"put the agency commissioner's {PLACES[layout]}" in found.fix
        assert found.fix.endswith(", in place of what stands there.") == there
        assert "add" not in found.fix


def test_where_there_is_no_table_no_cell_is_named(draft):
    """Whoever wrote with tab stops or in plain lines looks in vain for a cell."""
    for layout, who, part in combinations.of(ALL, [0, 1], PARTS, times=2):
        made = opened(layout, who, part, "")
        draft.bodies["signing-off"] = made
        if not any(isinstance(block, Row) for block in made):
            assert not any("cell" in found.fix for found in signing(draft)), (layout, part)


def test_a_line_to_add_says_whose_it_is_and_is_accepted_where_it_is_asked_for(draft):
    for layout in UNLABELLED:
        draft.bodies["signing-off"] = made = opened(layout, 1, "date", "")
        (found,) = signing(draft)
        (label,) = re.findall(r'at the end of the signing off: "(.+):"', found.fix)
        draft.bodies["signing-off"] = [*made, *lines(f"{label}: {COMMISSIONER.date}")]
        assert signing(draft) == []


def test_a_line_that_is_another_s_or_says_nothing_fills_no_blank(draft):
    """Nothing faulty is accepted for a line that stands near it."""
    made = opened("a column each", 1, "name", "TBC")
    third = ("Chair of the board", "Name: Tom Third", "Job title: Chair", "Signed: T. Third",
             "Date: 24/05/2010")  # fmt: skip
    for added in (
        ("Name: TBC",), ("Agency commissioner", "Name: to follow"),
        ("Report author's name: Helen Marsh",), ("Report author", "Name: Helen Marsh"),
        ("Witnessed by:", "Name: Tom Third"), third,
    ):  # fmt: skip
        draft.bodies["signing-off"] = [*made, *lines(*added)]
        found = [f for f in signing(draft) if f.rule != "sign-off-same-person"]
        assert any("agency commissioner's name" in f.message for f in found), added
    draft.bodies["signing-off"] = table(("", *ROLES), *(
        (part, given, f"{part.capitalize()}:")
        for part, given in zip(PARTS, AUTHOR.parts, strict=True)
    ))  # fmt: skip
    assert {f.severity for f in signing(draft)} == {"fault"}


def test_one_name_in_the_other_s_column_leaves_its_own_blank(draft):
    author = replace(AUTHOR, name="Helen Marsh")
    draft.bodies["signing-off"] = LAYOUTS["a column each"](author, replace(COMMISSIONER, name=""))
    (found,) = [f for f in signing(draft) if f.severity == "fault"]
    assert "agency commissioner's name" in found.message


def test_where_both_lack_it_whose_a_line_is_cannot_be_told(draft):
    author, other = (replace(one, name="TBC") for one in PEOPLE)
    draft.bodies["signing-off"] = [
        *LAYOUTS["a column each"](author, other), *lines("Name: Helen Marsh"),
    ]  # fmt: skip
    assert {(f.rule, f.severity) for f in signing(draft)} == {("sign-off-unclear", "question")}


@pytest.mark.parametrize(
    "line", ["Agency commissioner's name: Tom Third", "Agency commissioner's date: 25/05/2010"]
)
def test_two_answers_that_differ_are_a_question(draft, line):
    draft.bodies["signing-off"] = [*LAYOUTS["a column each"](*PEOPLE), *lines(line)]
    (found,) = signing(draft)
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
    same = lines("Agency commissioner's name: H. Marsh", "Agency commissioner's date: 24 May 2010")
    draft.bodies["signing-off"] = [*LAYOUTS["a column each"](*PEOPLE), *same]
    assert signing(draft) == []
