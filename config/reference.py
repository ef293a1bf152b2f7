"""The shapes that a board's case references have: "SAR#-#" for SAR26-2.

Does: says what such a shape may be made of. `#` stands for a number, `@` for one letter; anything
else stands for itself.
Trusts: nothing in the settings.
Never touches: documents; `handlers/typed/reference.py` looks for references of a shape.
Known limits: a shape that is also that of something else (a nurse N1, a road M25) finds that too.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

LONGEST = 40
_MADE_OF = re.compile(r"[A-Za-z0-9#@/. -]+")


def _shape(text: str) -> str:
    """Raises ValueError for what could not tell a reference from a word or a date."""
    if len(text) > LONGEST:
        raise ValueError(f"should be {LONGEST} characters at most")
    if not _MADE_OF.fullmatch(text) or text != text.strip():
        raise ValueError(
            "should be made of letters, figures, single spaces, - / and ., with # for a number and"
            " @ for a letter, such as SAR#-#"
        )
    if "#" not in text:
        raise ValueError("should have a # where the number stands, such as SAR#-#")
    if not any(map(str.isalpha, text)):
        raise ValueError("should have a letter of its own, such as the N of N#: dates have none")
    return text


def _listed(value: object) -> object:
    """One shape may be given without the list."""
    return [value] if isinstance(value, str) else value


Shape = Annotated[str, AfterValidator(_shape)]
Shapes = Annotated[tuple[Shape, ...], BeforeValidator(_listed)]
