"""What each agency's records say of made-up case N12, ready to be put in a chronology.

Does: reads the stories in `text/story-*.toml` and works out, from the date of birth and the date
of each event, the age that the agency would have written beside it.
Trusts: the text files to be in order of time and within the review's period (tests hold them).
Never touches: the clock, chance, anything outside its own folder.
Known limits: only Child N is ever given an age; every other subject is grown up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Literal

CHILD = "Child N"
BIRTH_DATE = date(2007, 5, 9)
CODES = ("GP", "POL", "CSC", "HOSP", "SCH")

AgeStyle = Literal["clinical", "plain"]


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One entry of a chronology, as it is typed. The fields are the columns, in their order."""

    date: str
    time: str
    agency: str
    subject: str
    age: str
    child_seen: str
    source: str
    event: str
    comment: str


def age_as_recorded(day: date, style: AgeStyle, born: date = BIRTH_DATE) -> str:
    """The age a record gives: "5/7", "6/52" and "8/12" in the clinical style, else "8 mths".

    From two years on both write "2y 3m"; before birth, "unborn".
    """
    days = (day - born).days
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    if days < 0:
        return "unborn"
    if months >= 24:
        years, over = divmod(months, 12)
        return f"{years}y {over}m" if over else f"{years}y"
    if days < 7 or months < 2:
        return f"{days}/7" if days < 14 else f"{days // 7}/52"
    return f"{months}/12" if style == "clinical" and months < 12 else f"{months} mths"


def _read(code: str) -> dict[str, Any]:
    path = files(__package__) / "text" / f"story-{code.lower()}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def _event(
    story: Mapping[str, Any],
    when: datetime,
    subject: str,
    seen: str,
    source: str,
    event: str,
    comment: str,
) -> StoryEvent:
    return StoryEvent(
        date=when.strftime(story["dates"]),
        time=f"{when:%H:%M}",
        agency=story["agency"],
        subject=subject,
        age=age_as_recorded(when.date(), story["ages"]) if subject == CHILD else "",
        child_seen=seen,
        source=source,
        event=event,
        comment=comment,
    )


_TOLD = {code: _read(code) for code in CODES}
AGENCIES: Mapping[str, str] = {code: story["name"] for code, story in _TOLD.items()}
STORIES: Mapping[str, tuple[StoryEvent, ...]] = {
    code: tuple(_event(story, *line) for line in story["events"]) for code, story in _TOLD.items()
}
