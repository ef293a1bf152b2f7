"""The base of the exceptions that people are told of: they read a sentence of ours, never the
text that the system or another program gave."""

from __future__ import annotations


class ExplainedError(Exception):
    """Something that this program does not decide went wrong; `sentence` says what, in our
    words."""

    sentence: str
