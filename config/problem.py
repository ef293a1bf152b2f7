"""What is wrong with a file a person wrote: every problem at once, each with its place.

Does: names the refusal that settings, kinds and case files share, and turns pydantic's errors
into sentences.
Trusts: nothing.
Never touches: files. A sentence never repeats a value, which may be a password or a name.
Known limits: an error that pydantic words in its own way is passed on in its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "unexpected_keyword_argument": "is not a known key",
    "string_type": "should be text in quotes",
    "bool_type": "should be true or false",
    "int_type": "should be a whole number",
    "date_type": "should be a date, such as 2010-04-16 (no quotes)",
    "date_from_datetime_inexact": "should be a date, without a time",
    "time_type": "should be a time, such as 08:00:00 (no quotes)",
    "list_type": "should be a list in [ ]",
    "tuple_type": "should be a list in [ ]",
    "dict_type": "should be a table of keys",
    "model_type": "should be a table of keys",
    "dataclass_type": "should be a table of keys",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is, such as "agencies 2, contacts 1, email", and what it is."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place} {self.what}" if self.what.startswith("is ") else self._told()

    def _told(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


class Refused(Exception):
    """A file cannot be used as it stands."""

    def __init__(self, headline: str, problems: Iterable[Problem]) -> None:
        self.headline = headline
        self.problems = tuple(problems)
        super().__init__(headline)

    def __str__(self) -> str:
        lines = [f"  - {_sentence(str(p))}" for p in self.problems]
        return "\n".join([self.headline, *lines])


def problems_in(why: ValidationError, prefix: str = "") -> list[Problem]:
    """Every error pydantic found, as problems in the words of the file."""
    return [Problem(_place(e, prefix), _what(e)) for e in why.errors(include_input=False)]


def _place(error: ErrorDetails, prefix: str) -> str:
    """ "agencies", 1, "due" is told as "agencies 2, due": people count from one."""
    words: list[str] = [prefix] if prefix else []
    for step in error["loc"]:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        elif not isinstance(step, int):
            words.append(step)
    return ", ".join(words)


def _what(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"]) if "ctx" in error else error["msg"]
    if error["type"] == "literal_error":
        return f"should be {error['ctx']['expected']}"
    return _SENTENCES.get(error["type"], error["msg"][:1].lower() + error["msg"][1:])


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
