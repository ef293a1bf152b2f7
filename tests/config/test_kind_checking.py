"""What a kind says of itself is known, or it is refused with the nearest name (failure mode 96)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.kinds import SHIPPED, load_kinds
from config.problem import Refused


def told(folder: Path, kind: str, *changes: tuple[str, str]) -> list[str]:
    """The problems of a kind that ships, with something in it changed."""
    text = (SHIPPED / f"{kind}.toml").read_text(encoding="utf-8")
    for right, wrong in changes:
        assert right in text, right
        text = text.replace(right, wrong, 1)
    (folder / f"{kind}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_kinds(folder)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "says"),
    [
        (
            "imr",
            "[rules.section-empty]",
            "[rules.section-emty]",
            "rules, section-emty is not a rule that any check looks for; "
            "did you mean section-empty?",
        ),
        (
            "chronology",
            "[rules.order]",
            "[rules.ordre]",
            "rules, ordre is not a rule that any check looks for; did you mean order?",
        ),
        ("qa_form", "[rules.answer-no]", "[rules.answer-non]", "did you mean answer-no?"),
        (
            "qa_form",
            "[rules.signed-scan]",
            "[rules.sined-scan]",
            "did you mean signed-scan?",
        ),
        (
            "overview_report",
            "[rules.comments-left]",
            "[rules.plan-missing]",
            "rules, plan-missing is not looked for: this kind has no plan",
        ),
        (
            "imr",
            'section = "introduction"',
            'section = "introdution"',
            "shape, prompts 1, section: names introdution, which is not there; "
            "did you mean introduction?",
        ),
        (
            "imr",
            'genogram_section        = "genogram"',
            'genogram_section        = "genogramm"',
            "shape, genogram_section: names genogramm, which is not there; did you mean genogram?",
        ),
        (
            "imr",
            'section = "signing-off"',
            'section = "signing"',
            "shape, sign_off, section: names signing, which is not there",
        ),
        ("imr", '"page-numbers", ', '"pagenumbers", ', "did you mean page-numbers?"),
        ("imr", '"by-whom",', '"bywhom",', "must_fill: names bywhom, which is not there"),
        (
            "evaluation_statement",
            'about           = "imr"',
            'about           = "imrs"',
            "shape, about: names imrs, which is no kind of return; did you mean imr?",
        ),
        (
            "qa_form",
            '"plan-missing"',
            '"plan-missng"',
            "names plan-missng, which is no rule of imr; did you mean plan-missing?",
        ),
        (
            "qa_form",
            "[rules.answer-missing]",
            "[rules.answer-mising]",
            "rules, answer-missing is missing: the shape needs it",
        ),
    ],
)
def test_a_slip_is_told_with_its_place_and_the_nearest_name(
    tmp_path: Path, kind: str, right: str, wrong: str, says: str
) -> None:
    found = told(tmp_path, kind, (right, wrong))
    assert [line for line in found if says in line], found
    assert all(line.startswith(f"{kind}.toml, ") for line in found)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_no_letter_of_any_rules_name_can_slip_unsaid(tmp_path: Path, path: Path) -> None:
    """Every rule of every kind, with one letter of its name gone, is refused by that name. (What a
    form must be told of every such document is named by the form itself.)"""
    text = path.read_text(encoding="utf-8")
    (always,) = re.findall(r"^always\s*=\s*\[(.*)\]", text, re.M) or [""]
    for rule in re.findall(r"^\[rules\.([^\]]+)\]", text, re.M):
        slip = rule[:-2] + rule[-1]
        found = told(tmp_path, path.stem, (f"[rules.{rule}]", f"[rules.{slip}]"))
        assert [line for line in found if f"rules, {slip} is not" in line], rule
        assert rule in always or [line for line in found if f"did you mean {rule}?" in line]
