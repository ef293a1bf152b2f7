"""The base of the exceptions whose sentence people read: of ours, and never what the world said."""

from __future__ import annotations


class ExplainedError(Exception):
    """Something of the world went otherwise, and `sentence` says what, to whoever is told of it."""

    sentence: str
