"""What an exception says to people is the first paragraph of its docstring, on one line."""

from __future__ import annotations

import ast

from config.sentence import docstring_sentence
from tests.test_architecture import MODULES, ROOT


def test_nobody_words_a_docstring_but_here() -> None:
    """Or a paragraph for whoever reads the code is read by the operator, with its line ends."""
    asked = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(
            isinstance(node, ast.Attribute) and node.attr == "__doc__"
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert asked == ["config/sentence.py"]


def test_what_stands_below_an_empty_line_is_not_said() -> None:
    class Odd(Exception):
        """It is larger than
        anything.

        `head` is the header block.
        """

    assert docstring_sentence(Odd) == docstring_sentence(Odd()) == "It is larger than anything."
