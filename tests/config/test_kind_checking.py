"""What a kind says of itself is known, or it is refused with the nearest name (failure mode 96)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from config.kind_checking import READABLE_FILE_TYPES
from config.kind_loading import SHIPPED_KINDS_FOLDER, load_kinds
from config.user_file import InvalidUserFile
from handlers.judging.document_checks import FORMAT_ENDINGS


def told(folder: Path, kind: str, *changes: tuple[str, str]) -> list[str]:
    """The problems of a kind that ships, with something in it changed."""
    text = (SHIPPED_KINDS_FOLDER / f"{kind}.toml").read_text(encoding="utf-8")
    for right, wrong in changes:
        assert right in text, right
        text = text.replace(right, wrong, 1)
    (folder / f"{kind}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidUserFile) as refused:
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
            "imr",
            'key      = "background"',
            'key      = "genogram"',
            "shape, sections 3, key is also that of sections 2",
        ),
        ("imr", "number   = 3", "number   = 2", "sections 3, number is also that of sections 2"),
        ("imr", 'key     = "by-whom"', 'key     = "action"', "key is also that of columns 3"),
        ("imr", 'key      = "designation"', 'key      = "name"', "key is also that of parts 1"),
        ("imr", 'key   = "commissioner"', 'key   = "author"', "key is also that of roles 1"),
        ("chronology", 'key      = "time"', 'key      = "date"', "columns 2, key is also that of"),
        ("qa_form", 'key      = "role"', 'key      = "signed"', "key is also that of fields"),
        (
            "qa_form",
            "number = 2\n",
            "number = 1\n",
            "criteria 2, number is also that of criteria 1",
        ),
        (
            "imr",
            'file_types = ["docx", "docm"]',
            'file_types = ["docx", "docmm"]',
            "file_types: names docmm, which no judge reads; did you mean docm?",
        ),
        (
            "imr",
            'file_types = ["docx", "docm"]',
            'file_types = [".docx"]',
            "file_types: names .docx, which no judge reads; did you mean docx?",
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


@pytest.mark.parametrize(
    "path", sorted(SHIPPED_KINDS_FOLDER.glob("*.toml")), ids=lambda path: path.stem
)
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


ONE_RULE = re.compile(r"rules += \[[^\]]*\]")


def belied_by(folder: Path, *rules: str, softened: str = "") -> None:
    """A board's own QA form, whose answers only these rules belie, and its own IMR where one is
    softened in it."""
    text = (SHIPPED_KINDS_FOLDER / "qa_form.toml").read_text(encoding="utf-8")
    assert ONE_RULE.search(text)
    text = ONE_RULE.sub(f"rules = {json.dumps(rules)}", text)
    (folder / "qa_form.toml").write_text(text, encoding="utf-8")
    if softened:
        soften(folder, softened)


def soften(folder: Path, rule: str) -> None:
    text = (SHIPPED_KINDS_FOLDER / "imr.toml").read_text(encoding="utf-8")
    fault = f'[rules.{rule}]\nseverity = "fault"'
    assert fault in text
    lighter = text.replace(fault, fault.replace("fault", "advice"))
    (folder / "imr.toml").write_text(lighter, encoding="utf-8")


def test_an_answer_that_only_advice_would_belie_is_refused(tmp_path: Path) -> None:
    """It would never be told, and the answers be called in order."""
    belied_by(tmp_path, "section-order")
    with pytest.raises(
        InvalidUserFile, match="rules: names nothing that is more than advice in imr"
    ):
        load_kinds(tmp_path)


@pytest.mark.parametrize(
    "rules",
    [("section-order", "section-missing"), ("section-empty",), ("section-unclear",)],
    ids=" ".join,
)
def test_one_rule_that_may_weigh_more_is_enough(tmp_path: Path, rules: tuple[str, ...]) -> None:
    belied_by(tmp_path, *rules)
    load_kinds(tmp_path)


def test_what_a_board_softened_is_held_against_its_own_form_alone(tmp_path: Path) -> None:
    """Our QA form goes on beside a board's IMR, and belies less."""
    soften(tmp_path, "plan-column-missing")
    load_kinds(tmp_path)
    belied_by(tmp_path, "plan-column-missing", softened="plan-column-missing")
    with pytest.raises(InvalidUserFile, match="more than advice") as refused:
        load_kinds(tmp_path)
    assert all(p.place.startswith("qa_form.toml") for p in refused.value.problems)


def test_the_file_types_a_kind_may_name_are_those_that_are_judged() -> None:
    assert set(READABLE_FILE_TYPES) == {
        ending for endings in FORMAT_ENDINGS.values() for ending in endings
    } - {""}
