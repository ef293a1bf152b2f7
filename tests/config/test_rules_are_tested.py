"""Every rule of the pack is shown at work by a test that names it.

Known limits: it asks that a rule's id stands in some test, as a value the test uses. Whether that
test shows it told and not told, its reader sees.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.kind import Kind
from config.kinds import load_kinds

TESTS = Path(__file__).parent.parent
# These list rules, as this folder's tests do; they show none at work.
LISTS = {"SEVERITY", "test_no_rule_of_a_form_is_there_for_nothing"}


def values(node: ast.AST) -> Iterator[str]:
    """Every string a test file uses, without those in the lists above."""
    if isinstance(node, ast.FunctionDef) and node.name in LISTS:
        return
    if isinstance(node, ast.Assign) and any(ast.unparse(t) in LISTS for t in node.targets):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for inner in ast.iter_child_nodes(node):
        yield from values(inner)


NAMED = {
    value
    for path in TESTS.rglob("test_*.py")
    if path.parent != Path(__file__).parent
    for value in values(ast.parse(path.read_text(encoding="utf-8")))
}


@pytest.mark.parametrize("kind", load_kinds().pack, ids=lambda kind: kind.id)
def test_every_rule_of_the_pack_is_named_by_a_test(kind: Kind) -> None:
    unshown = [rule for rule in kind.rules if rule not in NAMED]
    assert not unshown, f"no test shows these rules of {kind.id}: {', '.join(unshown)}"
