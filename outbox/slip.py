"""A slip in a template of the board's own: where it is, what it is, and what to do.

Does: puts what a template at fault raised into a sentence that its author can act on.
Trusts: nothing. Of what is not Jinja2's own only the type is told: its words may be a letter's.
Never touches: templates.
Known limits: none.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from config.sentence import sentence_of
from outbox.head import LetterMisshapen

LOOK = "To see how a letter of a kind would read: `scr-intake letters preview KIND`"
_UNKNOWN = re.compile(r"(?:has no attribute |^)'([^']+)'(?: is undefined)?$")


@dataclass(frozen=True, slots=True)
class Slip:
    """`place` is such as "rejection.txt.j2, line 3"."""

    place: str
    says: str
    fix: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


def slip(why: Exception, template: str, folders: Collection[Path], known: str = "") -> Slip:
    """What was raised by `template`. `folders` are those that templates lie in; `known` tells
    which facts the letter has."""
    match why:
        case TemplateSyntaxError():
            place = f"{why.name or template}, line {why.lineno}"
            return Slip(place, f"cannot be read: {str(why.message).rstrip('.')}.", _MEND)
        case LetterMisshapen():
            says = sentence_of(why)
            return Slip(f"{template}, line 1", _uncapitalised(says), why.fix)
        case UnicodeDecodeError():
            return Slip(template, "is not text in UTF-8.", "Save it as plain text in UTF-8.")
    asks = isinstance(why, UndefinedError)
    return Slip(_place(why, template, folders), _says(why), known if asks and known else LOOK)


_MEND = "See to the braces and to the end of each if and for. " + LOOK


def _says(why: Exception) -> str:
    match why:
        case TemplateNotFound():
            return f'includes "{why.name}", which is not there.'
        case SecurityError():
            return "does what no template may do."
        case UndefinedError() if found := _UNKNOWN.search(str(why)):
            return f'asks for "{found[1]}", which this letter does not have.'
        case TemplateError():
            return f"cannot be used: {why}."
    return f"goes wrong ({type(why).__name__})."


def _place(why: Exception, template: str, folders: Collection[Path]) -> str:
    """The innermost template on the way to where it went wrong."""
    for frame in reversed(traceback.extract_tb(why.__traceback__)):
        for folder in folders:
            if Path(frame.filename).is_relative_to(folder):
                name = Path(frame.filename).relative_to(folder).as_posix()
                return f"{name}, line {frame.lineno}"
    return template


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
