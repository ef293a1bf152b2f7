"""Every layout of a signing off, whole and with each part of each person left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.handlers.report.sign_off_layouts import LAYOUTS, PARTS, ROLES, Person

AUTHOR = Person("A. Green", "Dr Ann Green", "Named GP", "20/05/2010")
COMMISSIONER = Person("H. Marsh", "Helen Marsh", "Medical Director", "24 May 2010")
FIELDS = dict(zip(PARTS, ("signature", "name", "job", "date"), strict=True))


UNLABELLED = ("as under a letter",)


def told(draft, layout, author=AUTHOR, commissioner=COMMISSIONER):
    draft.bodies["signing-off"] = LAYOUTS[layout](author, commissioner)
    return [f for f in draft.judged().findings if f.rule.startswith("sign-off")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_signed_in_full_is_accepted(draft, layout):
    """Failure mode 92: a value typed over dots is taken for the next label."""
    assert told(draft, layout) == []


def people(who, changed):
    return (changed, COMMISSIONER) if who == 0 else (AUTHOR, changed)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", [0, 1], ids=["author", "commissioner"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_part_left_blank_is_told_for_its_person_and_nobody_else(draft, layout, who, part):
    """Failure mode 91: a fault only on positive evidence, and then of whom and what."""
    changed = replace((AUTHOR, COMMISSIONER)[who], **{FIELDS[part]: ""})
    (found,) = told(draft, layout, *people(who, changed))
    if layout in UNLABELLED and part == "name":
        part = "signature"  # of two names without labels one is gone, and it may be either
    assert found.rule in ("sign-off-missing", "sign-off-unclear")
    assert f"{ROLES[who].lower()}'s {part}" in found.message
    assert not [p for p in PARTS if p != part and f" {p}" in found.message.split("'s ")[1][:40]]
    assert ROLES[1 - who].lower() not in found.message


@pytest.mark.parametrize("words", ["TBC", "Awaiting signature", "N/A", "to follow", "see attached"])
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in UNLABELLED])
def test_words_that_mean_not_yet_are_a_blank_in_every_layout(draft, layout, words):
    """Failure mode 93."""
    changed = replace(COMMISSIONER, signature=words)
    (found,) = told(draft, layout, AUTHOR, changed)
    assert (found.rule, found.severity) == ("sign-off-missing", "fault")
    assert "agency commissioner's signature" in found.message


@pytest.mark.parametrize("day", ["31/06/2010", "24/05/2031", "05/24/2010"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_day_of_signing_that_cannot_be_is_told_in_every_layout(draft, layout, day):
    (found,) = told(draft, layout, AUTHOR, replace(COMMISSIONER, date=day))
    assert (found.rule, found.severity) == ("sign-off-date", "fault")
    assert "agency commissioner's date" in found.message


@pytest.mark.parametrize("who", [0, 1], ids=["author", "commissioner"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_person_who_gave_nothing_is_never_accepted(draft, layout, who):
    found = told(draft, layout, *people(who, Person("", "", "", "")))
    assert found
    faults = [f.message for f in found if f.severity == "fault"]
    assert all(ROLES[who].lower() in message for message in faults)


NO_LABEL_BESIDE = ("labels under rules", "labels in a cell", "as under a letter")
JOBS_AND_ROLES = (
    "Chief Executive",
    "Chief Executive Officer",
    "Chief Officer",
    "Commissioner",
    "Commissioning Manager",
    "Agency Commissioner",
    "Independent Author",
    "IMR Author",
    "Senior Manager",
    "Reviewing Officer",
)


@pytest.mark.parametrize("job", JOBS_AND_ROLES)
@pytest.mark.parametrize("who", [0, 1], ids=["author", "commissioner"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_job_in_the_words_of_a_role_is_a_job_where_one_is_awaited(draft, layout, who, job):
    """Failure mode 91: a good report is sent back for the chief executive's job designation."""
    if job.casefold() == ROLES[1].casefold() and layout in NO_LABEL_BESIDE:
        return  # the very words that head the other's block, with nothing beside them
    changed = replace((AUTHOR, COMMISSIONER)[who], job=job)
    assert told(draft, layout, *people(who, changed)) == []
