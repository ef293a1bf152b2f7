"""Gives the sentence that an exception or a value stands for: the first paragraph of its docstring.

What an exception carries is never used; it may hold what was being read.
"""

from __future__ import annotations


def docstring_sentence(what: object) -> str:
    """ "The disk is full."; "" for what has no docstring. What is said below an empty line is for
    whoever reads the code."""
    return " ".join((what.__doc__ or "").split("\n\n")[0].split())
