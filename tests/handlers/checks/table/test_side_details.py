"""Front tables and lists of subjects beside a chronology are no entries (failure mode 95)."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.checks.table.side_details import is_front_details, is_list_of_subjects
from handlers.context import CaseFacts, Subject

CASE = CaseFacts(
    "K31",
    period=(date(2008, 1, 1), date(2010, 3, 20)),
    subjects=(
        Subject("Child K", date(2006, 8, 14), "subject"),
        Subject("Sibling L", date(2008, 11, 3), "sibling"),
    ),
)
AGENCY = "Wolds Ambulance Service NHS Trust"


@pytest.mark.parametrize(
    "rows",
    [
        [[AGENCY, "Chronology", "K31"], ["Author: Lead", "Version 1.0", "Completed 6 May 2010"]],
        [[AGENCY, "Chronology", "Review: K31"], ["Author: Lead", "Version: 1", "Date: 06/05/2010"]],
        [["Internal Chronology", AGENCY, "SCR: K31"]],
    ],
)
def test_titles_and_labelled_details_are_no_entries(rows: list[list[str]]) -> None:
    assert is_front_details(rows, CASE)


@pytest.mark.parametrize(
    "rows",
    [
        [["03/05/2009", "GP", "Seen with a cough"]],
        [[AGENCY, "Chronology", "K31"], ["03/05/2009", "Version: 1", "Status: seen"]],
        [["Date: 3 May 2009", "Contact: by telephone", "Child: Child K"]],
        [[AGENCY, "Chronology", "K31"], ["Crew attended", "Child K", "Conveyed"]],
        [["Date: 31/11/2009", "Contact: at home", "Author: Lead"]],
        [["Mother", "rang", "Status: seen"]],
        [["Chronology"] * 3, ["Author: " + "she was seen at home and taken to hospital by us"] * 3],
    ],
)
def test_a_day_of_the_review_or_a_tale_in_such_a_table_may_be_an_entry(
    rows: list[list[str]],
) -> None:
    assert not is_front_details(rows, CASE)


def test_a_day_may_be_an_entry_where_the_period_is_not_known() -> None:
    assert not is_front_details([["Chronology", "Date: 6 May 2010", "Version 1"]], None)


def test_the_subjects_of_the_review_with_their_days_of_birth_are_no_entries() -> None:
    rows = [["Child K", "14/08/2006", "subject"], ["Sibling L", "3 November 2008", "sibling"]]
    assert is_list_of_subjects(rows, CASE)
    assert is_list_of_subjects([["14/08/2006", "Child K"]], CASE)
    assert not is_list_of_subjects(rows, None)


@pytest.mark.parametrize(
    "row",
    [
        ["Child K", "14/08/2007", "subject"],
        ["Child K", "14/08/2006", "seen at home by the crew"],
        ["Child K", "14/08/2006", "03/05/2009"],
        ["Sibling L", "14/08/2006", "sibling"],
        ["Uncle", "14/08/2006", "uncle"],
        ["Child K", "subject", "seen"],
    ],
)
def test_another_day_or_a_tale_beside_a_subject_may_be_an_entry(row: list[str]) -> None:
    assert not is_list_of_subjects([row], CASE)
