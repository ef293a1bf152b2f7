"""The sentence that an exception or a value of ours stands for: what its docstring begins with.

Does: gives the first paragraph of a docstring, on one line.
Trusts: our own docstrings; tests hold every exception's to being fit to be read.
Never touches: what an exception carries, which may hold what was being read.
Known limits: none.
"""

from __future__ import annotations


def sentence_of(what: object) -> str:
    """ "The disk is full."; "" for what has no docstring. What is said below an empty line is for
    whoever reads the code."""
    return " ".join((what.__doc__ or "").split("\n\n")[0].split())
