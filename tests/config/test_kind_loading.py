"""Reading kinds of return: every kind of mistake has a place, and a board's own come last."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.kind_loading import load_kind_file, load_kinds
from config.user_file import InvalidUserFile

KIND = """
title = "Agency summary"
noun  = "agency summary"
order = 20

[shape]
type   = "form"
fields = [{ key = "signed", label = "Signed", reads_as = "signature" }]

[rules.signed-missing]
severity = "fault"
says     = "It is not signed."
fix      = "Sign it."
"""


def problems(folder: Path, text: str, name: str = "summary.toml") -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InvalidUserFile) as refused:
        load_kinds(folder)
    return [str(problem) for problem in refused.value.problems]


def test_the_pack_is_what_every_agency_owes() -> None:
    pack = [kind.id for kind in load_kinds().pack_kinds]
    assert pack == ["chronology", "imr", "qa_form", "evaluation_statement"]


def test_a_boards_own_kind_is_added_after_those_that_ship(tmp_path: Path) -> None:
    (tmp_path / "agency_summary.toml").write_text(KIND)
    kinds = load_kinds(tmp_path)
    assert kinds["agency_summary"].title == "Agency summary"
    assert len(kinds.all) == len(load_kinds().all) + 1


def test_a_boards_own_kind_replaces_the_one_that_ships_whole(tmp_path: Path) -> None:
    (tmp_path / "qa_form.toml").write_text(KIND)
    kinds = load_kinds(tmp_path)
    assert kinds["qa_form"].title == "Agency summary"
    cannot_tell = {"handwriting", "signed-unproven", "hidden-text"}  # what no kind leaves unsaid
    assert set(kinds["qa_form"].rules) == {"signed-missing", *cannot_tell}
    assert len(kinds.all) == len(load_kinds().all)


def test_an_empty_folder_changes_nothing_and_none_at_all_is_told(tmp_path: Path) -> None:
    assert load_kinds(tmp_path) == load_kinds()
    with pytest.raises(InvalidUserFile, match="nowhere is not a folder"):
        load_kinds(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('severity = "fault"', 'severity = "grave"', "rules, signed-missing, severity: should be"),
        ('noun  = "agency summary"', "", "noun is missing"),
        ("order = 20", 'order = "last"', "order: should be a whole number"),
        ("order = 20", "oder = 20", "oder is not a known key"),
        ("order = 20", 'id = "imr"', "id is not a known key: the file's name is the kind's id"),
        ('label = "Signed"', 'lable = "Signed"', "shape, fields 1, lable is not a known key"),
        ('"signature"', '"seal"', "shape, fields 1, reads_as: should be 'text'"),
        ('type   = "form"', 'type   = "poem"', "shape, type is not one of table, report, form"),
        ('"It is not signed."', '"Not {signed."', "rules, signed-missing, says: has a { or }"),
        ('"Sign it."', '"Sign it}."', "rules, signed-missing, fix: has a { or }"),
        ('"Sign it."', '"Sign {it}."', "fix: asks for {it}: this rule may have no such words"),
        ('"Sign it."', '"Sign {}."', "fix: asks for {}: this rule may have no such words"),
        (
            "signed-missing]",
            "signed-unproven]\nsays = '{whi}'\nfix = ''\nseverity = 'fault'\n"
            "[rules.signed-missing]",
            "asks for {whi}: this rule may have {who} or {why}",
        ),
        ("[shape]", "[shape]\nalways = ['seen']", "rules, seen is missing: the shape needs it"),
        ("[shape]", "[shape]\nstatements = ['So.']", "rules, statement-missing is missing: the"),
        (
            "[shape]",
            "[shape]\ncontradictions = [{ criterion = 1 }]",
            "rules, answer-contradicts is missing: the shape needs it",
        ),
        (
            "[shape]",
            "[shape]\ncriteria = [{ number = 1, text = 'So.' }]",
            "rules, answer-double is missing: the shape needs it",
        ),
        ("[shape]", "[shape", "summary.toml is not TOML"),
    ],
)
def test_each_kind_of_mistake_is_told_with_its_file_and_place(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert right in KIND
    found = problems(tmp_path, KIND.replace(right, wrong))
    assert [line for line in found if told in line]
    assert all(line.startswith("summary.toml") for line in found)


def test_mistakes_in_several_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text(KIND.replace("title", "titel"))
    found = problems(tmp_path, KIND.replace("noun ", "nuon "), "second.toml")
    assert {line.partition(".toml")[0] for line in found} == {"first", "second"}
    assert len(found) == 4


def test_a_mistake_in_the_shape_hides_none_outside_it(tmp_path: Path) -> None:
    text = KIND.replace('label = "Signed"', "label = 3").replace("order = 20", "order = []")
    assert problems(tmp_path, text) == [
        "summary.toml, shape, fields 1, label: should be text in quotes",
        "summary.toml, order: should be a whole number",
    ]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(InvalidUserFile, match="cannot be read"):
        load_kind_file(folder)
