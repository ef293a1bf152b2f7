"""Every reason for which something is set apart has words, and is known by one name."""

from __future__ import annotations

import ast

from handlers.register.set_apart_reasons import SET_APART_REASONS, SetApartReason
from tests.test_architecture import MODULES, ROOT, parsed


def test_every_reason_has_words() -> None:
    assert list(SET_APART_REASONS) == list(SetApartReason)


def test_a_set_of_reasons_names_them_and_spells_none() -> None:
    """A misspelt reason would be in no set, and nothing would say so."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {inner.value}"
        for path in MODULES
        if path.name != "set_apart_reasons.py"
        for node in parsed(path).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if node.targets[0].id.endswith(("_REASONS", "_REASON", "_LOOKED_AT", "_NO_RETURN"))
        for inner in ast.walk(node.value)
        if isinstance(inner, ast.Constant) and inner.value in set(SetApartReason)
    ]
    assert wrong == []
