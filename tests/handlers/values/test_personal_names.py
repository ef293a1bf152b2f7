"""Names, jobs and who is who: what tells one from another by its form alone."""

from __future__ import annotations

import pytest

from config.label_words import NAME_TITLES
from handlers.values.personal_names import (
    find_full_name,
    is_full_name,
    is_full_name_and_no_job,
    is_person_name,
    is_role_title,
    is_same_person,
)
from tests.each_case import each_case


@each_case(
    ("one", "other", "same"),
    [
        ("Author One", "author one", True),
        ("Dr A. One", "Author One", True),
        ("Mrs Author B. One", "Author One", True),
        *((f"{title} A. One", "Author One", True) for title in sorted(NAME_TITLES)),
        ("Dr Author One MBBS", "A. One", True),
        ("A. One (Mrs)", "Author One", True),
        ("A. Lord", "Author Lord", True),
        ("Author Lord", "Author Dean", False),
        ("AUTHOR MIDDLE ONE", "Author One", True),
        ("Rev B. One", "Author One", False),
        ("Commissioner One", "Author One", False),
        ("Author Two", "Author One", False),
        ("One", "Author One", False),
        ("", "Author One", False),
        ("", "", False),
    ],
)
def test_people_are_told_apart_by_surname_and_first_initial(one, other, same):
    assert is_same_person(one, other) is same


@each_case("title", sorted(NAME_TITLES))
def test_every_title_is_one_wherever_a_name_is_looked_for(title):
    named = f"{title.title()} Jane Holt"
    assert is_full_name(named)
    assert is_full_name_and_no_job(named)
    assert is_person_name(named)
    assert find_full_name(f"It was written by {named} and sent on.").endswith("Jane Holt")


@pytest.mark.parametrize("name", ["Zo\u00eb Green", "Jos\u00e9 Garc\u00eda", "Al de la Mare"])
def test_a_letter_with_an_accent_is_a_letter_of_a_name(name):
    assert is_person_name(name)
    assert is_full_name(name)


@pytest.mark.parametrize("job", ["Head of Midwifery", "Practice Manager"])
def test_a_job_is_no_name(job):
    assert is_role_title(job)
    assert not is_full_name_and_no_job(job)
