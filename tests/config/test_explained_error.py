"""What an exception says to people is an attribute: it is there where docstrings are stripped."""

from __future__ import annotations

import ast
import importlib

from config.explained_error import ExplainedError
from tests.test_architecture import MODULES, ROOT


def test_nothing_that_people_read_is_a_docstring() -> None:
    """Python leaves docstrings out under -OO, and a paragraph for engineers would be printed."""
    asked = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(
            isinstance(node, ast.Attribute) and node.attr == "__doc__"
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert asked == []


def test_every_explained_error_has_a_sentence() -> None:
    for path in MODULES:
        if path.name != "__main__.py":
            module = path.relative_to(ROOT).with_suffix("")
            importlib.import_module(".".join(module.parts).removesuffix(".__init__"))
    kinds = [ExplainedError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    own = {kind.__name__: getattr(kind, "sentence", "") for kind in kinds[1:]}
    assert len(own) > 50
    assert [name for name, words in own.items() if len(words.split()) < 4] == []
