"""What files that people write are made of: parts with known keys, and values that mean something.

Does: names the types that the settings and a case file share, and refuses what pydantic would
take for them by guessing (a number for a date).
Trusts: nothing in the files.
Never touches: files; a path is only put beside the file that names it.
Known limits: none.
"""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo


class Part(BaseModel):
    """A table of keys, each of them known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def one_line(text: str) -> str:
    """Raises ValueError for what could not stand in a subject line or a signature."""
    if not text.isprintable():
        raise ValueError("should be one line of plain characters")
    return text


def _beside(path: Path, info: ValidationInfo) -> Path:
    if path == Path():
        raise ValueError("should name a file or folder")
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path


Words = Annotated[str, Field(min_length=1)]
OneLine = Annotated[Words, AfterValidator(one_line)]
Beside = Annotated[Path, AfterValidator(_beside)]  # relative to the file that names it
Day = Annotated[date, Field(strict=True)]
TimeOfDay = Annotated[time, Field(strict=True)]
YesOrNo = Annotated[bool, Field(strict=True)]
Port = Annotated[int, Field(strict=True, ge=1, le=65_535)]
