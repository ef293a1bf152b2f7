"""The rules by which we cannot tell: given to a kind that lacks them, and not to be lost (failure
modes 91 and 95)."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from config.checks import CHECKS_BY_SHAPE, raisable_rules
from config.kind import Kind
from config.kind_loading import SHIPPED_KINDS_FOLDER, DefaultRule, load_default_rules, load_kinds
from config.kind_shape import FormShape
from config.user_file import InvalidUserFile
from tests.config.yesterday import NEW, UNSAID, as_it_was, write, write_all
from tests.each_case import each_case

KINDS = load_kinds()
EVERY = [
    pytest.param(shape, id, default, id=f"{shape}-{id}")
    for shape, rules in load_default_rules().items()
    for id, default in rules.items()
]


def loaded(folder: Path, id: str, raw: dict[str, Any]) -> Kind:
    write(folder, id, raw)
    return load_kinds(folder)[id]


@each_case(("shape", "id", "default"), EVERY)
def test_a_default_is_a_rule_that_a_check_of_its_shape_raises(
    shape: str, id: str, default: DefaultRule
) -> None:
    known = {each.rule for check in CHECKS_BY_SHAPE[shape] for each in check.raises}
    known |= {
        rule for kind in KINDS.all if kind.shape.type == shape for rule in raisable_rules(kind)
    }
    assert id in known
    assert set(default.instead_of) <= known
    assert default.severity == "question" or default.instead_of


@each_case(("shape", "id", "default"), EVERY)
def test_a_default_asks_for_no_word_that_its_check_does_not_have(
    shape: str, id: str, default: DefaultRule
) -> None:
    fills = {
        each.rule: each.placeholders for check in CHECKS_BY_SHAPE[shape] for each in check.raises
    }
    for text in (default.says, default.fix):
        asked = {word for _, word, _, _ in Formatter().parse(text) if word is not None}
        assert asked <= set(fills.get(id, "").split())


@pytest.mark.parametrize(
    "path", sorted(SHIPPED_KINDS_FOLDER.glob("*.toml")), ids=lambda path: path.stem
)
def test_a_kind_of_yesterday_has_every_question_that_stands_for_a_fault(
    tmp_path: Path, path: Path
) -> None:
    """It loads by itself, beside ours, and asks what ours asks, at our weight."""
    kind = loaded(tmp_path, path.stem, as_it_was(path.stem))
    ours = KINDS[path.stem]
    light = UNSAID
    assert set(ours.rules) - set(kind.rules) == light & set(NEW.get(path.stem, ()))
    for id in NEW.get(path.stem, ()):
        if id not in light:
            assert kind.rules[id].severity == ours.rules[id].severity, id
            assert kind.rules[id].tell == ours.rules[id].tell, id


def test_all_kinds_of_yesterday_load_together(tmp_path: Path) -> None:
    write_all(tmp_path)
    assert {kind.id for kind in load_kinds(tmp_path).all} == {kind.id for kind in KINDS.all}


def given(shape: str) -> list[tuple[str, str]]:
    """Each kind that ships and a default it has, whatever it is in the kind's own file."""
    return [
        (kind.id, id)
        for kind in KINDS.all
        for id in kind.rules
        if kind.shape.type == shape and id in load_default_rules()[shape]
    ]


@pytest.mark.parametrize(("kind", "rule"), [g for s in CHECKS_BY_SHAPE for g in given(s)])
def test_a_kinds_own_words_and_weight_go_before(tmp_path: Path, kind: str, rule: str) -> None:
    raw = as_it_was(kind)
    raw["rules"][rule] = {"severity": "advice", "says": "We looked.", "fix": "Look."}
    own = loaded(tmp_path, kind, raw).rules[rule]
    assert (own.severity, own.says) == ("advice", "We looked.")


@pytest.mark.parametrize(("kind", "rule"), [g for s in CHECKS_BY_SHAPE for g in given(s)])
def test_none_can_be_taken_out_alone(tmp_path: Path, kind: str, rule: str) -> None:
    raw = as_it_was(kind)
    raw["rules"].pop(rule, None)
    assert loaded(tmp_path, kind, raw).includes_rule(rule)


@pytest.mark.parametrize(
    ("rule", "instead_of"),
    [
        ("section-unclear", "section-missing"),
        ("plan-unclear", "plan-missing"),
        ("plan-column-unclear", "plan-column-missing"),
        ("sign-off-unclear", "sign-off-missing"),
        ("sign-off-unproven", "sign-off-missing"),
        ("front-sheet-date-invalid", "front-sheet-date"),
    ],
)
@pytest.mark.parametrize("weight", ["", "question", "advice"])
def test_what_nobody_looks_for_or_minds_is_not_asked_about(
    tmp_path: Path, rule: str, instead_of: str, weight: str
) -> None:
    raw = as_it_was("imr")
    raw["rules"].pop(rule, None)
    if weight:
        raw["rules"][instead_of]["severity"] = weight
    else:
        del raw["rules"][instead_of]
    own = loaded(tmp_path, "imr", raw).rules.get(rule)
    as_heavy = load_default_rules()["report"][rule].severity is None and weight
    assert (own.severity if own else "") == (as_heavy or "")


@pytest.mark.parametrize("weight", ["fault", "question", "advice"])
def test_one_sentence_for_all_answers_weighs_what_one_for_each_would(
    tmp_path: Path, weight: str
) -> None:
    raw = as_it_was("qa_form")
    raw["rules"]["answer-missing"]["severity"] = weight
    assert loaded(tmp_path, "qa_form", raw).rules["answers-missing"].severity == weight


def test_what_a_form_is_nothing_without_is_still_refused(tmp_path: Path) -> None:
    raw = as_it_was("qa_form")
    del raw["rules"]["criterion-reworded"]
    write(tmp_path, "qa_form", raw)
    with pytest.raises(InvalidUserFile, match="criterion-reworded is missing: the shape needs it"):
        load_kinds(tmp_path)


def test_a_return_that_settles_the_pack_is_read_by_the_words_of_a_denial(tmp_path: Path) -> None:
    """Failure mode 94: to a list of phrases "not known, but Mother was a patient" is a denial."""
    shape = loaded(tmp_path, "nil_return", as_it_was("nil_return")).shape
    ours = KINDS["nil_return"].shape
    assert isinstance(shape, FormShape) and isinstance(ours, FormShape)
    assert shape.denial == ours.denial


def test_its_own_blank_is_the_one_that_is_so_read(tmp_path: Path) -> None:
    raw = as_it_was("nil_return")
    raw["rules"]["said-missing"] = raw["rules"].pop("statement-missing")
    (field,) = [field for field in raw["shape"]["fields"] if field["key"] == "statement"]
    field.update(key="said", said_by=["not * known to"])
    shape = loaded(tmp_path, "nil_return", raw).shape
    assert isinstance(shape, FormShape) and shape.denial is not None
    assert shape.denial.field == "said"


def test_a_form_that_settles_nothing_is_given_none(tmp_path: Path) -> None:
    raw = as_it_was("nil_return")
    raw["settles_pack"] = False
    del raw["rules"]["nil-and-chronology"]
    shape = loaded(tmp_path, "nil_return", raw).shape
    assert isinstance(shape, FormShape) and shape.denial is None
