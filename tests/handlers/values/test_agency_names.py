"""What people call an organisation for short."""

from __future__ import annotations

from handlers.values.agency_names import is_generic_name, is_short_for

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
