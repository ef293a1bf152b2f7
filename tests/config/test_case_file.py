"""The case file: the example loads as it stands, and everything wrong is told with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.case_file import CaseFile, case_file_problems, load_case_file
from config.kind_loading import load_kinds
from config.user_file import InvalidUserFile
from intake.drop.scan import DONE_FOLDER, RETURNED_FOLDER

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "case-n12.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
KINDS = load_kinds()


def loaded(folder: Path, text: str) -> CaseFile:
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    return load_case_file(path, KINDS)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(InvalidUserFile) as refused:
        loaded(folder, text)
    return [str(problem) for problem in refused.value.problems]


def test_the_example_says_what_it_means() -> None:
    case = load_case_file(EXAMPLE, KINDS)
    gp, police = case.agencies
    assert (case.reference, case.child_identifier) == ("N12", "N12/A")
    assert case.period is not None
    assert case.period.begins == date(2007, 1, 1)
    assert case.due_date_for(gp, "chronology") == date(2010, 4, 16)
    assert case.due_date_for(police, "chronology") == date(2010, 4, 30)
    pack = ("chronology", "imr", "qa_form", "evaluation_statement")
    assert case.kinds_owed_by(gp, KINDS) == case.kinds_owed_by(police, KINDS) == pack


def test_a_review_is_complete_six_months_after_the_decision_unless_set(tmp_path: Path) -> None:
    text = "".join(line for line in TEXT.splitlines(True) if not line.startswith("complete_by"))
    assert loaded(tmp_path, text).completion_date == date(2010, 9, 1)
    late = text.replace("= 2010-03-01", "= 2009-08-31")
    assert loaded(tmp_path, late).completion_date == date(2010, 2, 28)


def test_ten_different_slips_are_told_at_once_each_with_its_place(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        """
        reference        = "N 12"
        child_identifer  = "N12/A"
        decided          = 2010
        period           = { from = 2010-02-14, to = 2007-01-01 }
        staff_interviews = "yes"
        [due]
        chronology           = 2010-04-16
        imr                  = "28 May"
        qa_form              = 2010-05-28
        evaluation_statement = 2010-05-28
        debreif_slip         = 2010-05-28
        [[subjects]]
        born = 2007-05-09
        [[agencies]]
        code     = "GP/.."
        name     = "Meadow Lane Surgery"
        contacts = [
          { name = "A", role = "writer", email = "a@b.example" },
          { name = "B", role = "author", email = "b@b.example, c@d.example" },
        ]
        [[agencies]]
        code     = "POL"
        name     = "Shire Police"
        contacts = [{ name = "C", role = "author", email = "A@B.example" }]
        [[agencies]]
        code    = "pol"
        name    = "The same again"
        returns = ["nil_return"]
        """,
    )
    assert [line.partition(". The kinds are")[0] for line in told] == [
        "reference: should be letters, digits, dots and dashes, such as N12:"
        " it stands in subject lines",
        "decided: should be a date, such as 2010-04-16 (no quotes)",
        "period: should run forward: `from` is after `to`",
        "staff_interviews: should be true or false",
        "due, imr: should be a date, such as 2010-04-16 (no quotes)",
        "subjects 1, name is missing",
        "agencies 1, code: should be letters, digits and dashes, such as GP: it names a folder",
        "agencies 1, contacts 1, role: should be 'author', 'commissioner'"
        " or 'panel representative'",
        "agencies 1, contacts 2, email: should be one e-mail address, such as name@agency.example",
        "child_identifer is not a known key",
        "due, debreif_slip is not a kind of return",
        "agencies 3: owes nil_return, which has no due date: add it under [due]",
        "agencies 2, code is used more than once",
        "agencies 3, code is used more than once",
        "agencies 1, contacts 1, email is also that of agencies 2, contacts 1",
    ]


def test_what_is_due_before_the_decision_is_told_wherever_it_stands(tmp_path: Path) -> None:
    text = TEXT.replace("= 2010-04-30", "= 2009-04-30").replace("= 2010-09-01", "= 2009-09-01")
    text = text.replace("imr                  = 2010-05-28", "imr = 2010-02-28")
    assert problems(tmp_path, text) == [
        "due, imr is before the decision to undertake the review",
        "agencies 2, due, chronology is before the decision to undertake the review",
        "complete_by is before the decision to undertake the review",
    ]


@pytest.mark.parametrize("name", [DONE_FOLDER, RETURNED_FOLDER, DONE_FOLDER.upper()])
def test_no_agency_or_case_takes_the_name_of_a_folder_of_ours(tmp_path: Path, name: str) -> None:
    """Its files would be passed over for ever."""
    told = problems(tmp_path, TEXT.replace('"GP"\nname', f'"{name}"\nname'))
    assert told == ["agencies 1, code is a name that the drop folder keeps for itself"]
    told = problems(tmp_path, TEXT.replace('= "N12" ', f'= "{name}" '))
    assert told == ["reference is a name that the drop folder keeps for itself"]


@pytest.mark.parametrize("value", ["20100301", "2010-03-01T09:00:00", '"2010-03-01"', "true"])
def test_nothing_but_a_date_is_a_date(tmp_path: Path, value: str) -> None:
    """A number would be taken for seconds since 1970."""
    told = problems(tmp_path, TEXT.replace("= 2010-03-01", f"= {value}"))
    assert told == ["decided: should be a date, such as 2010-04-16 (no quotes)"]


def test_an_agency_may_owe_nothing_and_have_no_contacts_yet(tmp_path: Path) -> None:
    case = loaded(tmp_path, TEXT + '\n[[agencies]]\ncode = "X"\nname = "X"\nreturns = []\n')
    assert case.kinds_owed_by(case.agencies[2], KINDS) == ()


def test_a_name_of_two_lines_never_reaches_a_letter(tmp_path: Path) -> None:
    """Failure mode 77: it would be a header of its own."""
    told = problems(tmp_path, TEXT.replace('"Author One"', '"Author\\nBcc: x@y.example"'))
    assert told == ["agencies 1, contacts 1, name: should be one line of plain characters"]


def test_a_case_with_no_agency_is_refused(tmp_path: Path) -> None:
    told = problems(tmp_path, 'reference = "N1"\ndecided = 2010-03-01\nagencies = []\n')
    assert told == ["agencies: should have at least one entry"]


@pytest.mark.parametrize(
    "part", ["due = 3", "agencies = 3", "agencies = [3]", "[[agencies]]\ncontacts = 3"]
)
def test_a_part_of_the_wrong_shape_is_told_and_not_tripped_over(tmp_path: Path, part: str) -> None:
    assert problems(tmp_path, f'reference = "N1"\ndecided = 2010-03-01\n{part}\n')


KEYS = ("reference", "decided", "due", "agencies", "code", "name", "returns", "contacts", "email")
LEAVES = st.booleans() | st.integers() | st.text(max_size=3) | st.dates() | st.just("chronology")
TOML = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS), inner)
)


@settings(max_examples=30)  # to make one up costs more than to look at it
@given(st.dictionaries(st.sampled_from(KEYS), TOML))
def test_whatever_a_file_holds_its_disagreements_can_be_told(raw: dict[str, Any]) -> None:
    assert all(problem.what for problem in case_file_problems(raw, KINDS))


def test_a_case_survives_being_stored() -> None:
    case = load_case_file(EXAMPLE, KINDS)
    assert CaseFile.model_validate_json(case.model_dump_json(by_alias=True)) == case
