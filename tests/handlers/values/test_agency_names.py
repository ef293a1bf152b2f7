"""What people call an organisation for short."""

from __future__ import annotations

import pytest

from handlers.checks.table.table_context import SenderNames
from handlers.context import AgencyFacts
from handlers.values.agency_names import compare_with_sender, is_generic_name, is_short_for

SHORT = {
    "Beacon Family Support": ("BFS", "B.F.S.", "bfs"),
    "Wexley Child and Adolescent Mental Health": ("CAMHS", "CAMH", "WCAMHS"),
    "St Brannock's Primary School": ("School", "the school", "SBPS", "Our School"),
    "Harbour Road Surgery": ("the surgery", "HRS"),
    "Wexley Police": ("Police", "WP"),
}
NOT = {
    "Beacon Family Support": ("BF", "Support", "Beacon Road", "BFT", "FSB"),
    "Harbour Road Surgery": ("GP", "Hill Surgery", "the practice"),
    "Wexley Children's Services": ("Services", "the service", "S"),
    "Wexley Police": ("Shire Police", "W"),
    "Surgery": ("S",),
}


def test_initials_and_the_head_word_of_a_name_stand_for_it() -> None:
    known = {(name, said) for name, all_ in SHORT.items() for said in all_}
    assert {(name, said) for name, said in known if not is_short_for(said, name)} == set()


def test_other_letters_and_other_names_do_not() -> None:
    known = {(name, said) for name, all_ in NOT.items() for said in all_}
    assert {(name, said) for name, said in known if is_short_for(said, name)} == set()


def test_a_word_that_may_be_several_agencies_names_nobody() -> None:
    said = ("GP", "the practice", "Health Visiting", "School", "CAMHS", "social care",
            "Shire Police", "Borough Council", "Meadow Lane Surgery")  # fmt: skip
    generic = ["GP", "the practice", "School", "CAMHS", "social care"]
    assert [one for one in said if is_generic_name(one)] == generic


# Agencies that a board knows by a word that many bodies' names hold.
BY_A_WORD = {
    "Foxglove Primary School": "School",
    "Westmoor Police": "Police",
    "Millrace Housing Association": "Housing",
    "Castle Infirmary NHS Trust": "Trust",
    "Westmoor Children's Social Care": "Council",
    "Harrow Road Surgery": "GP",
}
OURS = {
    "Foxglove Primary School": (
        "School", "The School", "School (Foxglove)", "School, Mill Lane", "Foxglove Primary Scool",
        "School - Foxglove Primary, Mill Lane", "School office", "Head of School",
    ),
    "Westmoor Police": (
        "Police HQ", "Police Public Protection Unit", "Police - Child Abuse Investigation Team",
        "Westmoor Police, Northgate Station", "Police, Northgate Station", "DC Hall, Police",
    ),
    "Millrace Housing Association": ("Housing Dept", "Housing (Millrace)", "Housing, 3 Bridge St"),
    "Castle Infirmary NHS Trust": ("The Trust", "Trust HQ"),
    "Westmoor Children's Social Care": ("Westmoor Borough Council", "Council", "City Council"),
    "Harrow Road Surgery": (
        "GP", "GP surgery", "Named GP", "GP Dr Amin", "Compiled by the Named GP", "Harrow Rd GP",
    ),
}  # fmt: skip
ANOTHERS = {
    "Foxglove Primary School": (
        "Hawthorn Nursery School", "Hawthorn Primary School", "St Mary's School",
        "School of St Mary",
    ),
    "Westmoor Police": ("Northshire Police", "Police Scotland", "British Transport Police"),
    "Millrace Housing Association": ("Derwent Housing", "Derwent Housing Association"),
    "Castle Infirmary NHS Trust": ("Northshire NHS Trust", "Hill Hospital Trust"),
    "Westmoor Children's Social Care": ("Northshire County Council", "Derwent Council"),
    "Harrow Road Surgery": ("Mill Lane GP Surgery",),
}  # fmt: skip


@pytest.mark.parametrize(("name", "short"), BY_A_WORD.items())
def test_a_common_word_for_an_agency_names_it_only_without_anothers_name(
    name: str, short: str
) -> None:
    agency = AgencyFacts("X9", name, (short,))
    rows = SenderNames(agency)
    for said in OURS[name]:
        assert compare_with_sender(said, agency) == "own", said
    for said in ANOTHERS[name]:
        assert compare_with_sender(said, agency) == "other", said
        assert not rows.is_named_by(said), said


def test_a_sort_of_organisation_in_common_makes_no_two_names_one() -> None:
    agency = AgencyFacts("SCH", "Foxglove Primary School")
    assert compare_with_sender("Hawthorn Primary School", agency) == "other"
    assert compare_with_sender("Foxglove Infant School", agency) is None
    trust = AgencyFacts("PROB", "Shireshire Probation Trust")
    assert compare_with_sender("Northshire Probation Trust", trust) == "other"
