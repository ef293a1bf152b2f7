"""Files that people write (TOML): known keys only, and every problem at once, each with its
place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails


class StrictModel(BaseModel):
    """A table of keys, each of them known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def require_one_line(text: str) -> str:
    """Raises ValueError for what could not stand in a subject line or a signature."""
    if not text.isprintable():
        raise ValueError("should be one line of plain characters")
    return text


def _beside(path: Path, info: ValidationInfo) -> Path:
    if path == Path():
        raise ValueError("should name a file or folder")
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path


NonEmptyText = Annotated[str, Field(min_length=1)]
OneLineText = Annotated[NonEmptyText, AfterValidator(require_one_line)]
RelativePath = Annotated[Path, AfterValidator(_beside)]  # relative to the file that names it
StrictDate = Annotated[date, Field(strict=True)]
TimeOfDay = Annotated[time, Field(strict=True)]
YesOrNo = Annotated[bool, Field(strict=True)]
Port = Annotated[int, Field(strict=True, ge=1, le=65_535)]


_DAY = "should be a date, such as 2010-04-16 (no quotes)"
_TIME = "should be a time, such as 08:00:00 (no quotes)"
_TABLE = "should be a table of keys"
_LIST = "should be a list in [ ]"
_WHOLE = "should be a whole number"

# By pydantic's type of error; what stands in { } is the rule that was broken, never the value.
_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "unexpected_keyword_argument": "is not a known key",
    "string_type": "should be text in quotes",
    "path_type": "should be text in quotes",
    "string_too_short": "should not be empty",
    "too_short": "should have at least one entry",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "finite_number": "should be a number",
    "greater_than_equal": "should be {ge:g} or more",
    "less_than_equal": "should be {le:g} or less",
    "literal_error": "should be {expected}",
    "enum": "should be {expected}",
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": "should be a date, without a time",
    "time_type": _TIME,
    "time_parsing": _TIME,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _TABLE,
    "mapping_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "dataclass_type": _TABLE,
    "union_tag_not_found": "is missing",
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


class InvalidUserFile(Exception):
    """A file cannot be used as it stands."""

    def __init__(self, headline: str, problems: Iterable[Problem]) -> None:
        self.headline = headline
        self.problems = tuple(problems)
        super().__init__(headline)

    def __str__(self) -> str:
        lines = [f"  - {_sentence(str(p))}" for p in self.problems]
        return "\n".join([self.headline, *lines])


def unreadable_reason(why: OSError | UnicodeDecodeError | TOMLDecodeError) -> str:
    """Why a file could not be read at all, in a sentence."""
    match why:
        case OSError():
            return f"it cannot be read: {(why.strerror or 'no reason is given').lower()}"
        case UnicodeDecodeError():
            return f"it is not text in UTF-8: byte {why.start + 1} is not"
        case _:
            return f"it is not TOML: {str(why)[:1].lower()}{str(why)[1:]}"


def validation_problems(
    why: ValidationError, prefix: str = "", unsaid: Collection[str] = ()
) -> list[Problem]:
    """Every error pydantic found, as problems in the words of the file.

    `unsaid` are steps of pydantic's own that no file has: the names of a union's members.
    """
    errors = why.errors(include_input=False)
    return [Problem(_place(error, prefix, unsaid), _what(error)) for error in errors]


def _place(error: ErrorDetails, prefix: str, unsaid: Collection[str]) -> str:
    """ "agencies", 1, "due" is told as "agencies 2, due": people count from one."""
    words: list[str] = [prefix] if prefix else []
    # The key whose value says which member of a union it is.
    key = str(error.get("ctx", {}).get("discriminator", "")).strip("'")
    for step in (*error["loc"], *([key] if key else [])):
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        elif not isinstance(step, int) and step not in unsaid:
            words.append(step if step.isprintable() else "a key that cannot be printed")
    return ", ".join(words)


def _what(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    if error["type"] == "union_tag_invalid":
        return f"should be {context['expected_tags'].replace(', ', ' or ')}"
    return _SENTENCES.get(error["type"], "is not understood").format_map(context)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "`")) else text + "."
