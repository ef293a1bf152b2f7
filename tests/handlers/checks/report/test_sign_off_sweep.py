"""Every layout of a signing off, whole and with each part of each person left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import combinations
from tests.handlers.checks.report.sign_off_layouts import (
    LAYOUTS,
    PARTS,
    ROLES,
    Person,
    each,
    lines,
    table,
)

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


@pytest.mark.parametrize(
    ("layout", "who", "part"), combinations.of(LAYOUTS, [0, 1], PARTS, times=4)
)
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


NOT_YET = ("TBC", "Awaiting signature", "N/A", "to follow", "see attached")
LABELLED = [name for name in LAYOUTS if name not in UNLABELLED]


@pytest.mark.parametrize(("layout", "words"), combinations.of(LABELLED, NOT_YET))
def test_words_that_mean_not_yet_are_a_blank_in_every_layout(draft, layout, words):
    """Failure mode 93."""
    changed = replace(COMMISSIONER, signature=words)
    (found,) = told(draft, layout, AUTHOR, changed)
    assert (found.rule, found.severity) == ("sign-off-missing", "fault")
    assert "agency commissioner's signature" in found.message


NO_DAYS = ("31/06/2010", "24/05/2031", "05/24/2010")


@pytest.mark.parametrize(("layout", "day"), combinations.of(LAYOUTS, NO_DAYS, times=1))
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


NO_LABEL_BESIDE = (
    "labels under rules", "labels in a cell", "as under a letter", "side by side over labels",
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("layout", "who", "job"), combinations.of(LAYOUTS, [0, 1], JOBS_AND_ROLES, times=4)
)
def test_a_job_in_the_words_of_a_role_is_a_job_where_one_is_awaited(draft, layout, who, job):
    """Failure mode 91: a good report is sent back for the chief executive's job designation."""
    if job.casefold() == ROLES[1].casefold() and layout in NO_LABEL_BESIDE:
        return  # the very words that head the other's block, with nothing beside them
    changed = replace((AUTHOR, COMMISSIONER)[who], job=job)
    assert told(draft, layout, *people(who, changed)) == []


def footed(role, p):
    return [*lines(role), *table(p.parts, ("Signature", "Name", "Role", "Date")), *lines("")]


def behind(role, p):
    labels = ("Signature", "Name", "Position", "Date")
    return lines(role, *(f"....{v}........ ({x})" for x, v in zip(labels, p.parts, strict=True)))


def run_together(role, p):
    labels = ("Signed", "Print Name", "Designation", "Date")
    return lines(role, " ".join(f"{x} {v}" for x, v in zip(labels, p.parts, strict=True)))


def headed_rows(a, c):
    heads = ("Signature", "Name", "Job title", "Date")
    return table(*(row for role, p in zip(ROLES, (a, c), strict=True)
                   for row in ((role,), heads, p.parts)))  # fmt: skip


def under_in_columns(a, c):
    labels = ("Signature", "Name", "Position", "Date")
    pairs = zip(labels, a.parts, c.parts, strict=True)
    return table(ROLES, *(row for x, v, w in pairs for row in ((v, w), (x, x))))


def countersigned(a, c):
    rest = ("Name", "Job title", "Date")
    out = [f"Signed by author: {a.signature or '........'}"]
    out += [f"{x}: {v}" for x, v in zip(rest, a.parts[1:], strict=True)]
    out += [f"Countersigned: {c.signature or '........'}"]
    return lines(*out, *(f"{x}: {v}" for x, v in zip(rest, c.parts[1:], strict=True)))


def in_brackets_after_dots(role, p):
    return lines(
        f"Signed: ....{p.signature}............ ({role})   Dated: ....{p.date}....",
        f"Print name: ....{p.name}.....   Position: ....{p.job}.....",
    )


def for_the_trust(role, p):
    labels = ("Signature of officer", "Officer’s name", "Officer’s position", "Date of signature")
    said = "Signed for and on behalf of the Meadow Lane Trust"
    return lines(role, said, *(f"{x}: {v}" for x, v in zip(labels, p.parts, strict=True)))


ONE_AFTER_ANOTHER = {
    "labels in the row beneath": each(footed),
    "labels in brackets behind": each(behind),
    "run together": each(run_together),
    "a role over headings, twice": headed_rows,
    "columns of labels beneath": under_in_columns,
    "countersigned": countersigned,
    "roles in brackets after dots": each(in_brackets_after_dots),
    "for and on behalf of": each(for_the_trust),
}


def test_more_layouts_whole_and_with_each_part_left_out(draft):
    """Failure modes 91 and 92; in one test, since each is a document."""
    for layout, made in ONE_AFTER_ANOTHER.items():
        draft.bodies["signing-off"] = made(AUTHOR, COMMISSIONER)
        assert signing(draft) == [], layout
        for who, part in [(who, part) for who in (0, 1) for part in PARTS]:
            changed = replace((AUTHOR, COMMISSIONER)[who], **{FIELDS[part]: ""})
            draft.bodies["signing-off"] = made(*people(who, changed))
            (found,) = signing(draft)
            assert (found.rule, found.severity) == ("sign-off-missing", "fault"), (layout, part)
            assert f"{ROLES[who].lower()}'s {part}." in found.message, layout


def signing(draft):
    return [f for f in draft.judged().findings if f.rule.startswith("sign-off")]


@pytest.mark.parametrize("words", ["Medical Director", "24 May 2010", "Head of Nursing, 24/05/10"])
def test_a_job_or_a_day_where_a_name_should_be_is_no_signature(draft, words):
    """Failure mode 92: "Signed by ......, Medical Director, on 24 May" was signed by a director."""
    (found,) = told(draft, "label and value", commissioner=replace(COMMISSIONER, signature=words))
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
    assert told(draft, "label and value", commissioner=replace(COMMISSIONER, signature="CO")) == []


def test_whose_a_table_is_may_stand_under_each(draft):
    """Failure mode 91: the second table was nobody's, and its person "not signed"."""

    def under(role, p):
        return [*table(("Signature", "Name", "Post", "Date"), p.parts), *lines(f"({role})")]

    draft.bodies["signing-off"] = each(under)(COMMISSIONER, AUTHOR)
    assert signing(draft) == []
    draft.bodies["signing-off"] = each(under)(AUTHOR, replace(COMMISSIONER, job=""))
    (found,) = signing(draft)
    assert "agency commissioner's job designation." in found.message


def test_a_name_in_brackets_under_a_blank_signature_is_the_name(draft):
    def bracketed(role, p):
        rest = (f"({p.name})", f"Job title: {p.job}", f"Date: {p.date}")
        return lines(role, f"Signed: {p.signature}", *rest)

    draft.bodies["signing-off"] = each(bracketed)(AUTHOR, COMMISSIONER)
    assert signing(draft) == []
    draft.bodies["signing-off"] = each(bracketed)(AUTHOR, replace(COMMISSIONER, signature=""))
    (found,) = signing(draft)
    assert "agency commissioner's signature" in found.message
    assert "name" not in found.message


def test_a_tick_is_nobody_s_signature(draft):
    made = LAYOUTS["label and value"](AUTHOR, replace(COMMISSIONER, signature=""))
    at = [i for i, b in enumerate(made) if b.text == "Signed: "]
    made[at[0]] = replace(made[at[0]], text="Signed electronically ☑", ticks=(True,))
    draft.bodies["signing-off"] = made
    (found,) = signing(draft)
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
