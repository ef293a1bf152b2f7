"""Every key that a kind's file may have is on the page about adding one, and no other is."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_args

from config.kind import Kind, KindSign
from config.kind_checking import LAYOUT_RULES, READABLE_FILE_TYPES
from config.kind_shape import (
    Column,
    Contradiction,
    Criterion,
    Denial,
    Field,
    FormShape,
    Plan,
    Prompt,
    Qualifier,
    ReadAs,
    ReportShape,
    Section,
    SignOff,
    TableShape,
)
from config.rules import Rule

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-kind.md").read_text(encoding="utf-8")
TOLD = PAGE.partition("## 6. Every key there is")[2].partition("\n## ")[0]
PLACES: dict[str, Any] = {
    "At the top of the file": Kind,
    "`[[signs]]`": KindSign,
    "`[rules.NAME]`": Rule,
    "`[shape]` of a table": TableShape,
    "`[[shape.columns]]`, `[[shape.plan.columns]]`": Column,
    "`[shape]` of a report": ReportShape,
    "`[[shape.sections]]`": Section,
    "`[[shape.prompts]]`": Prompt,
    "`[shape.plan]`": Plan,
    "`[shape.sign_off]`": SignOff,
    "`[shape]` of a form": FormShape,
    "`[[shape.fields]]`, `[[shape.front_sheet]]`, `[[shape.sign_off.roles]]`,"
    " `[[shape.sign_off.parts]]`": Field,
    "`[[shape.criteria]]`": Criterion,
    "`[[shape.contradictions]]`": Contradiction,
    "`[shape.denial]`": Denial,
    "`[[shape.denial.qualifiers]]`": Qualifier,
}
GIVEN_BY_THE_FILE = "id"  # by its name


def told() -> dict[str, list[tuple[str, bool]]]:
    """The keys under each heading of the page, each with whether it says that it is needed."""
    parts = re.findall(r"^### (.+)\n((?:(?!### ).*\n?)*)", TOLD, re.M)
    rows = {name: re.findall(r"^\| `(\w+)`( \*)? \|", body, re.M) for name, body in parts}
    return {name: [(key, bool(star)) for key, star in found] for name, found in rows.items()}


def read() -> dict[str, list[tuple[str, bool]]]:
    """The same of what the loader reads."""
    return {
        name: [
            (each.name, each.default is MISSING)
            for each in fields(model)
            if each.name != GIVEN_BY_THE_FILE
        ]
        for name, model in PLACES.items()
    }


def test_the_page_has_every_key_that_is_read_and_says_which_are_needed() -> None:
    page, model = told(), read()
    assert list(page) == list(model)
    for name, keys in model.items():
        assert sorted(page[name]) == sorted(keys), name


def test_the_page_has_every_word_that_a_key_may_have() -> None:
    words = set(re.findall(r"[\w-]+", TOLD))
    assert set(get_args(ReadAs)) <= words
    assert {*READABLE_FILE_TYPES, *LAYOUT_RULES} <= words
